/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "wuyou-backup.h"
#include "ctl/wuyou-ctl-store.h"

gboolean
wuyou_ctl_backup (WuyouCtl *ctl, GError **error)
{
  g_autoptr (WuyouStore) store = wuyou_ctl_open (ctl, error);

  if (store == NULL || !wuyou_backup_create (store, wuyou_ctl_arg (ctl, 0), error))
    return FALSE;
  g_print (_ ("Backup: %s\nKeep the file of customer keys apart from it, and no longer than 35 days.\n"),
           wuyou_ctl_arg (ctl, 0));
  return TRUE;
}

gboolean
wuyou_ctl_backup_verify (WuyouCtl *ctl, GError **error)
{
  if (!wuyou_backup_verify (wuyou_ctl_arg (ctl, 0), error))
    return FALSE;
  g_print (_ ("The backup %s is whole.\n"), wuyou_ctl_arg (ctl, 0));
  return TRUE;
}

gboolean
wuyou_ctl_restore (WuyouCtl *ctl, GError **error)
{
  g_autoptr (WuyouStore) store = NULL;

  if (!wuyou_ctl_need_database (ctl, error))
    return FALSE;
  if (!wuyou_backup_restore (wuyou_ctl_arg (ctl, 0), wuyou_ctl_get (ctl, "keys"), wuyou_ctl_get (ctl, "erasures"),
                             ctl->uri, ctl->data_dir, error))
    return FALSE;
  store = wuyou_ctl_open (ctl, error); /* migrates an older one */
  if (store == NULL || !wuyou_ctl_write_public_key (store, error))
    return FALSE;
  g_print (_ ("Restored from %s. Check it: wuyouctl … audit verify\n"), wuyou_ctl_arg (ctl, 0));
  return TRUE;
}
