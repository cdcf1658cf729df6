/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "base/wuyou-error.h"
#include "wuyou-backup-manifest.h"
#include "wuyou-backup-private.h"
#include "wuyou-backup.h"
#include "wuyou-blob-file.h"

/* Files and database are made ready where no server looks, and put in their places at the very end. What fails before
 * leaves nothing, so that a second try finds the same emptiness as the first. */
typedef struct {
  const char *folder, *uri, *data_dir;
  char *keys, *database, *files, *work_files, *work_uri;
  WuyouDbKind kind;
  WuyouManifest manifest;
  GHashTable *erasures;
  gboolean files_placed;
} Restore;

static void
init_restore (Restore *restore, const char *folder, const char *keys, const char *uri, const char *data_dir)
{
  *restore = (Restore){ .folder = folder, .uri = uri, .data_dir = data_dir };
  restore->keys = keys != NULL ? g_strdup (keys) : g_build_filename (folder, WUYOU_BACKUP_KEYS, NULL);
  restore->database = _wuyou_backup_find_database (folder, &restore->kind);
  restore->files = g_build_filename (data_dir, WUYOU_BACKUP_FILES, NULL);
  restore->work_files = g_build_filename (data_dir, WUYOU_BACKUP_FILES ".restoring", NULL);
  restore->erasures = _wuyou_erasures_new ();
  _wuyou_manifest_init (&restore->manifest, folder);
}

static void
clear_restore (Restore *restore)
{
  g_free (restore->keys);
  g_free (restore->database);
  g_free (restore->files);
  g_free (restore->work_files);
  g_free (restore->work_uri);
  g_hash_table_unref (restore->erasures);
  _wuyou_manifest_clear (&restore->manifest);
}

static gboolean
read_erasures (Restore *restore, const char *later, GError **error)
{
  g_autofree char *own = g_build_filename (restore->folder, WUYOU_BACKUP_ERASURES, NULL);

  return _wuyou_erasures_add_file (restore->erasures, own, error)
         && (later == NULL || _wuyou_erasures_add_file (restore->erasures, later, error));
}

static gboolean
check_engine (Restore *restore, GError **error)
{
  if (g_str_has_prefix (restore->uri, "sqlite:") == (restore->kind == WUYOU_DB_SQLITE))
    return TRUE;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_CONFLICT, "A backup goes back into the engine it came from");
  return FALSE;
}

/* Everything that can be known to be wrong before the first byte is written. */
static gboolean
check_restore (Restore *restore, const char *later, GError **error)
{
  return _wuyou_backup_check (&restore->manifest, error) && check_engine (restore, error)
         && _wuyou_manifest_check_keys (&restore->manifest, restore->keys, error)
         && read_erasures (restore, later, error) && _wuyou_backup_clear_place (restore->files, error);
}

static gboolean
copy_files (Restore *restore, GError **error)
{
  g_mkdir_with_parents (restore->data_dir, 0700);
  _wuyou_backup_remove_tree (restore->work_files);
  return _wuyou_backup_restore_files (&restore->manifest, restore->work_files, error);
}

static gboolean
insert_keys (Restore *restore, GError **error)
{
  g_autoptr (WuyouDb) db = wuyou_db_open (restore->work_uri, error);

  return db != NULL && _wuyou_backup_insert_keys (db, restore->keys, error);
}

/* Whoever signed out, was suspended or changed his password since the backup was made is not let in by it again. */
static gboolean
end_sessions (WuyouDbConn *conn, gpointer data G_GNUC_UNUSED, GError **error)
{
  gint64 now;

  return wuyou_db_now (conn, &now, error)
         && wuyou_db_run (conn, error, "UPDATE sessions SET ended_at = $1, end_reason = 'restored' WHERE ended_at = 0",
                          "i", now)
         && wuyou_db_run (conn, error, "UPDATE reset_tokens SET used_at = $1 WHERE used_at = 0", "i", now);
}

/* Keys first: what is erased is found by what its key opens. */
static gboolean
fill_database (Restore *restore, GError **error)
{
  g_autoptr (WuyouStore) store = NULL;

  restore->work_uri = wuyou_db_begin_restore (restore->kind, restore->database, restore->uri, error);
  if (restore->work_uri == NULL || !insert_keys (restore, error))
    return FALSE;
  store = wuyou_store_open (restore->work_uri, restore->data_dir, &wuyou_clock_system, error);
  return store != NULL && _wuyou_erasures_repeat (restore->erasures, store, error)
         && wuyou_db_write (wuyou_store_get_db (store), end_sessions, NULL, error);
}

static gboolean
place_files (Restore *restore, GError **error)
{
  if (!_wuyou_backup_clear_place (restore->files, error) || !_wuyou_backup_sync (restore->data_dir, error))
    return FALSE;
  restore->files_placed = g_rename (restore->work_files, restore->files) == 0;
  if (!restore->files_placed)
    _wuyou_blob_set_error (error, restore->files, errno);
  return restore->files_placed;
}

static void
cancel_restore (Restore *restore)
{
  if (restore->work_uri != NULL)
    wuyou_db_cancel_restore (restore->kind, restore->uri);
  _wuyou_backup_remove_tree (restore->work_files);
  if (restore->files_placed)
    _wuyou_backup_remove_tree (restore->files);
}

gboolean
wuyou_backup_restore (const char *folder,
                      const char *keys_file,
                      const char *erasures,
                      const char *uri,
                      const char *data_dir,
                      GError **error)
{
  Restore restore;
  gboolean ok;

  init_restore (&restore, folder, keys_file, uri, data_dir);
  ok = check_restore (&restore, erasures, error);
  if (ok) {
    ok = copy_files (&restore, error) && fill_database (&restore, error) && place_files (&restore, error)
         && _wuyou_backup_copy_root (folder, data_dir, error) && wuyou_db_publish_restore (restore.kind, uri, error);
    if (!ok)
      cancel_restore (&restore);
  }
  clear_restore (&restore);
  return ok;
}
