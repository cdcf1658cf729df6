/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/wuyou-error.h"
#include "base/wuyou-id.h"
#include "ctl/wuyou-ctl-records.h"
#include "ctl/wuyou-ctl-store.h"

WuyouStore *
wuyou_ctl_create_store (const WuyouCtl *ctl, GError **error)
{
  g_autoptr (WuyouStore) store = NULL;
  g_autoptr (GError) local = NULL;
  gboolean empty = FALSE;

  if (!wuyou_ctl_need_database (ctl, error))
    return NULL;
  if (!wuyou_store_init (ctl->uri, ctl->data_dir, &local)
      && !g_error_matches (local, WUYOU_ERROR, WUYOU_ERROR_CONFLICT)) {
    g_propagate_error (error, g_steal_pointer (&local));
    return NULL;
  }
  store = wuyou_ctl_open (ctl, error);
  if (store == NULL || !wuyou_ctl_is_empty (store, &empty, error) || !wuyou_ctl_write_public_key (store, error))
    return NULL;
  if (empty)
    return g_steal_pointer (&store);
  wuyou_ctl_fail (error, _ ("This database is in use already. Name an empty one."));
  return NULL;
}

static WuyouOrg *
create_operator (const WuyouIdSource *ids, const char *name)
{
  WuyouOrg *org = wuyou_org_new ();

  org->id = wuyou_id_new (ids);
  org->kind = WUYOU_ORG_OPERATOR;
  org->code = g_strdup ("op");
  org->path = g_strdup ("/op/");
  org->name = g_strdup (name);
  return org;
}

static WuyouAccount *
create_admin (const WuyouIdSource *ids, const WuyouOrg *org, const char *email, const char *name)
{
  WuyouAccount *account = wuyou_account_new ();

  account->id = wuyou_id_new (ids);
  account->org_id = g_strdup (org->id);
  account->email = g_strdup (email);
  account->name = g_strdup (name != NULL ? name : email);
  account->roles = g_strdup ("OSYS");
  account->state = WUYOU_ACCOUNT_ACTIVE;
  return account;
}

gboolean
wuyou_ctl_init (WuyouCtl *ctl, GError **error)
{
  g_autoptr (WuyouStore) store = wuyou_ctl_create_store (ctl, error);
  const WuyouIdSource ids = { .clock = ctl->clock };
  g_autoptr (WuyouCtlBatch) batch = NULL;
  g_autoptr (WuyouOrg) org = NULL;
  g_autoptr (WuyouAccount) admin = NULL;
  g_autofree char *password = wuyou_ctl_create_password ();
  WuyouActor actor;

  if (store == NULL)
    return FALSE;
  actor = wuyou_ctl_actor (store, NULL, NULL);
  batch = wuyou_ctl_batch_new (store, &actor);
  org = create_operator (&ids, wuyou_ctl_get (ctl, "operator"));
  admin = create_admin (&ids, org, wuyou_ctl_get (ctl, "admin"), wuyou_ctl_get (ctl, "name"));
  if (!wuyou_ctl_batch_add_org (batch, org, error)
      || !wuyou_ctl_batch_add_account (batch, admin, org->path, password, WUYOU_PASSWORD_INITIAL, error)
      || !wuyou_ctl_batch_save (batch, error))
    return FALSE;
  g_print (_ ("Keys and database are ready.\n\nAdministrator:     %s\nOne-time password: %s\n\n"
              "Keep a copy of master.key and signing.key in %s apart from the backups.\n"),
           admin->email, password, ctl->data_dir);
  return TRUE;
}
