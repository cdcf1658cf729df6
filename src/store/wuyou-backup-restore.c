/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/wuyou-error.h"
#include "wuyou-backup-manifest.h"
#include "wuyou-backup-private.h"
#include "wuyou-backup.h"

static gboolean
check_keys (const char *folder, const char *keys, GError **error)
{
  g_auto (WuyouManifest) manifest = { NULL };

  _wuyou_manifest_init (&manifest, folder);
  return _wuyou_manifest_read (&manifest, error) && _wuyou_manifest_check_keys (&manifest, keys, error);
}

static gboolean
restore_keys (const char *keys, const char *uri, GError **error)
{
  g_autoptr (WuyouDb) db = wuyou_db_open (uri, error);

  return db != NULL && _wuyou_backup_insert_keys (db, keys, error);
}

static GHashTable *
read_erasures (const char *folder, const char *later, GError **error)
{
  g_autofree char *own = g_build_filename (folder, WUYOU_BACKUP_ERASURES, NULL);
  g_autoptr (GHashTable) erasures = _wuyou_erasures_new ();

  if (!_wuyou_erasures_add_file (erasures, own, error)
      || (later != NULL && !_wuyou_erasures_add_file (erasures, later, error)))
    return NULL;
  return g_steal_pointer (&erasures);
}

/* After the keys: what is erased is found by what its key opens. */
static gboolean
repeat_erasures (GHashTable *erasures, const char *uri, const char *data_dir, GError **error)
{
  g_autoptr (WuyouStore) store = wuyou_store_open (uri, data_dir, &wuyou_clock_system, error);

  return store != NULL && _wuyou_erasures_repeat (erasures, store, error);
}

gboolean
wuyou_backup_restore (const char *folder,
                      const char *keys_file,
                      const char *erasures,
                      const char *uri,
                      const char *data_dir,
                      GError **error)
{
  WuyouDbKind kind;
  g_autofree char *keys = keys_file != NULL ? g_strdup (keys_file) : g_build_filename (folder, WUYOU_BACKUP_KEYS, NULL);
  g_autofree char *database = _wuyou_backup_find_database (folder, &kind);
  g_autoptr (GHashTable) erased = NULL;
  g_autofree char *from = g_build_filename (folder, "files", NULL);
  g_autofree char *to = g_build_filename (data_dir, "files", NULL);

  if (!wuyou_backup_verify (folder, error) || !check_keys (folder, keys, error))
    return FALSE;
  if (g_str_has_prefix (uri, "sqlite:") != (kind == WUYOU_DB_SQLITE)) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_CONFLICT, "A backup goes back into the engine it came from");
    return FALSE;
  }
  erased = read_erasures (folder, erasures, error);
  if (erased == NULL)
    return FALSE;
  g_mkdir_with_parents (data_dir, 0700);
  return wuyou_db_restore (kind, database, uri, error) && restore_keys (keys, uri, error)
         && repeat_erasures (erased, uri, data_dir, error) && _wuyou_backup_copy_files (from, to, NULL, error)
         && _wuyou_backup_copy_root (folder, data_dir, error);
}
