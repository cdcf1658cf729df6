/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-backup.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/wuyou-error.h"
#include "wuyou-backup-manifest.h"
#include "wuyou-backup-private.h"
#include "wuyou-blob-file.h"

#define ROOT_FILE "audit-root"
#define MAX_TRIES 3

FILE *
_wuyou_backup_create_file (const char *path, GError **error)
{
  FILE *file = g_fopen (path, "wx");

  if (file == NULL)
    _wuyou_blob_set_error (error, path, errno);
  else
    g_chmod (path, 0600);
  return file;
}

gboolean
_wuyou_backup_close_file (FILE *file, const char *path, GError **error)
{
  gboolean ok = fflush (file) == 0 && fsync (fileno (file)) == 0 && !ferror (file);
  int saved = errno;

  if (fclose (file) == 0 && ok)
    return TRUE;
  _wuyou_blob_set_error (error, path, saved);
  return FALSE;
}

gboolean
_wuyou_backup_write_text (const char *path, const char *text, GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                &failure))
    return TRUE;
  g_set_error_literal (error, WUYOU_ERROR,
                       g_error_matches (failure, G_FILE_ERROR, G_FILE_ERROR_NOSPC) ? WUYOU_ERROR_STORAGE_FULL
                                                                                   : WUYOU_ERROR_UNAVAILABLE,
                       failure->message);
  return FALSE;
}

gboolean
_wuyou_backup_copy_root (const char *from, const char *to, GError **error)
{
  g_autofree char *source = g_build_filename (from, ROOT_FILE, NULL);
  g_autofree char *target = g_build_filename (to, ROOT_FILE, NULL);
  g_autofree char *text = NULL;

  return !g_file_get_contents (source, &text, NULL, NULL) || _wuyou_backup_write_text (target, text, error);
}

static gboolean
count_erasures (WuyouDbConn *conn, gpointer data, GError **error)
{
  WuyouDbStmt *stmt = wuyou_db_query (conn, error, "SELECT count(*) FROM erasures", "");

  if (stmt == NULL || wuyou_db_step (stmt, error) != WUYOU_DB_ROW)
    return FALSE;
  *(gint64 *) data = wuyou_db_column_int (stmt, 0);
  return TRUE;
}

/* The order matters: root before the database, so that it is never newer than the log; files after it, so that
 * every file a row names is there. */
static gboolean
write_once (WuyouStore *store, const char *folder, GError **error)
{
  WuyouDb *db = wuyou_store_get_db (store);
  gboolean sqlite = wuyou_db_kind (db) == WUYOU_DB_SQLITE;
  g_autofree char *database = g_build_filename (folder, sqlite ? WUYOU_BACKUP_SQLITE : WUYOU_BACKUP_POSTGRES, NULL);
  g_autofree char *keys = g_build_filename (folder, WUYOU_BACKUP_KEYS, NULL);
  g_autofree char *erasures = g_build_filename (folder, WUYOU_BACKUP_ERASURES, NULL);

  return _wuyou_backup_copy_root (wuyou_store_get_data_dir (store), folder, error)
         && wuyou_db_backup (db, database, error) && _wuyou_backup_write_keys (db, keys, error)
         && wuyou_backup_write_erasures (store, erasures, error);
}

/* Again when a customer is erased between database and keys: his search tokens would be in the one, and the key that
 * tells which they are no longer in the other. */
static gboolean
write_parts (WuyouStore *store, const char *folder, GError **error)
{
  WuyouDb *db = wuyou_store_get_db (store);
  gint64 before, after;

  for (guint i = 0; i < MAX_TRIES; i++) {
    _wuyou_backup_empty_folder (folder);
    if (!wuyou_db_read (db, count_erasures, &before, error) || !write_once (store, folder, error)
        || !wuyou_db_read (db, count_erasures, &after, error))
      return FALSE;
    if (before == after)
      return TRUE;
  }
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_BUSY,
                       _ ("Customers are being erased one after the other. Make the backup when that is done."));
  return FALSE;
}

gboolean
_wuyou_backup_write_list (WuyouStore *store, const char *folder, GError **error)
{
  g_auto (WuyouManifest) manifest = { NULL };
  WuyouDbKind kind;
  g_autofree char *database = _wuyou_backup_find_database (folder, &kind);
  g_autofree char *name = g_path_get_basename (database);
  g_autofree char *from = g_build_filename (wuyou_store_get_data_dir (store), WUYOU_BACKUP_FILES, NULL);
  g_autofree char *to = g_build_filename (folder, WUYOU_BACKUP_FILES, NULL);
  g_autofree char *root = g_build_filename (folder, ROOT_FILE, NULL);

  _wuyou_manifest_init (&manifest, folder);
  return _wuyou_manifest_add (&manifest, name, error) && _wuyou_manifest_add (&manifest, WUYOU_BACKUP_KEYS, error)
         && _wuyou_manifest_add (&manifest, WUYOU_BACKUP_ERASURES, error)
         && (!g_file_test (root, G_FILE_TEST_EXISTS) || _wuyou_manifest_add (&manifest, ROOT_FILE, error))
         && _wuyou_backup_copy_files (from, to, &manifest, error)
         && _wuyou_backup_add_gone (&manifest, wuyou_store_get_db (store), error)
         && _wuyou_manifest_write (&manifest, error);
}

/* Left by a run that was killed, so that it may be emptied: nothing is in it that a backup would not put there. */
static gboolean
check_left (const char *folder, GError **error)
{
  static const char *const parts[]
      = { WUYOU_BACKUP_SQLITE, WUYOU_BACKUP_POSTGRES, WUYOU_BACKUP_KEYS, WUYOU_BACKUP_ERASURES, WUYOU_BACKUP_FILES,
          ROOT_FILE,           WUYOU_BACKUP_MANIFEST };
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    gboolean ours = FALSE;

    for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
      ours = ours || g_str_has_prefix (name, parts[i]); /* with a log of SQLite's, or half-written */
    if (ours)
      continue;
    g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_CONFLICT,
                 _ ("The backup is first written to %s, where something else lies (%s). Move it away."), folder, name);
    return FALSE;
  }
  return TRUE;
}

/* Whoever holds the lock writes there. -1: error. */
static int
take_folder (const char *folder, GError **error)
{
  int fd = g_mkdir (folder, 0700) == 0 || errno == EEXIST ? open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;

  if (fd < 0) {
    _wuyou_blob_set_error (error, folder, errno);
    return -1;
  }
  if (flock (fd, LOCK_EX | LOCK_NB) != 0)
    g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_CONFLICT, _ ("Another backup is being written to %s."), folder);
  else if (check_left (folder, error))
    return fd;
  close (fd);
  return -1;
}

static gboolean
place_folder (const char *part, const char *folder, GError **error)
{
  if (g_rename (part, folder) == 0)
    return TRUE;
  _wuyou_blob_set_error (error, folder, errno);
  return FALSE;
}

/* Under its name stands a whole backup or nothing. */
gboolean
wuyou_backup_create (WuyouStore *store, const char *folder, GError **error)
{
  g_autofree char *place = g_canonicalize_filename (folder, NULL);
  g_autofree char *part = g_strconcat (place, ".part", NULL);
  gboolean ok;
  int fd;

  if (g_file_test (place, G_FILE_TEST_EXISTS)) {
    g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_CONFLICT, "%s: %s", place, g_strerror (EEXIST));
    return FALSE;
  }
  fd = take_folder (part, error);
  if (fd < 0)
    return FALSE;
  ok = write_parts (store, part, error) && _wuyou_backup_write_list (store, part, error)
       && _wuyou_backup_sync (part, error) && place_folder (part, place, error);
  if (!ok)
    _wuyou_backup_remove_tree (part);
  close (fd);
  return ok;
}

char *
_wuyou_backup_find_database (const char *folder, WuyouDbKind *ret_kind)
{
  g_autofree char *sqlite = g_build_filename (folder, WUYOU_BACKUP_SQLITE, NULL);

  *ret_kind = g_file_test (sqlite, G_FILE_TEST_EXISTS) ? WUYOU_DB_SQLITE : WUYOU_DB_POSTGRES;
  return *ret_kind == WUYOU_DB_SQLITE ? g_steal_pointer (&sqlite)
                                      : g_build_filename (folder, WUYOU_BACKUP_POSTGRES, NULL);
}

gboolean
_wuyou_backup_check (WuyouManifest *manifest, GError **error)
{
  WuyouDbKind kind;
  g_autofree char *database = _wuyou_backup_find_database (manifest->folder, &kind);

  wuyou_db_register_postgres ();
  return _wuyou_manifest_read (manifest, error) && _wuyou_manifest_check (manifest, error)
         && wuyou_db_check_backup (kind, database, error) && _wuyou_backup_check_files (manifest, error);
}

gboolean
wuyou_backup_verify (const char *folder, GError **error)
{
  g_auto (WuyouManifest) manifest = { NULL };

  _wuyou_manifest_init (&manifest, folder);
  return _wuyou_backup_check (&manifest, error);
}
