/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-backup.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <unistd.h>

#include "base/wuyou-error.h"
#include "wuyou-backup-manifest.h"
#include "wuyou-backup-private.h"
#include "wuyou-blob-file.h"

#define ROOT_FILE "audit-root"

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

static gboolean
create_folder (const char *folder, GError **error)
{
  if (g_mkdir (folder, 0700) == 0)
    return TRUE;
  g_set_error (error, WUYOU_ERROR, errno == EEXIST ? WUYOU_ERROR_CONFLICT : WUYOU_ERROR_UNAVAILABLE, "%s: %s", folder,
               g_strerror (errno));
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

/* The order matters: root before the database, so that it is never newer than the log; files after it, so that
 * every file a row names is there. */
static gboolean
write_parts (WuyouStore *store, const char *folder, const char *database, GError **error)
{
  g_autofree char *database_path = g_build_filename (folder, database, NULL);
  g_autofree char *keys_path = g_build_filename (folder, WUYOU_BACKUP_KEYS, NULL);
  g_autofree char *erasures_path = g_build_filename (folder, WUYOU_BACKUP_ERASURES, NULL);
  WuyouDb *db = wuyou_store_get_db (store);

  return _wuyou_backup_copy_root (wuyou_store_get_data_dir (store), folder, error)
         && wuyou_db_backup (db, database_path, error) && _wuyou_backup_write_keys (db, keys_path, error)
         && wuyou_backup_write_erasures (store, erasures_path, error);
}

static gboolean
write_manifest (WuyouStore *store, const char *folder, const char *database, GError **error)
{
  g_auto (WuyouManifest) manifest = { NULL };
  g_autofree char *from = g_build_filename (wuyou_store_get_data_dir (store), "files", NULL);
  g_autofree char *to = g_build_filename (folder, "files", NULL);
  g_autofree char *root = g_build_filename (folder, ROOT_FILE, NULL);

  _wuyou_manifest_init (&manifest, folder);
  return _wuyou_manifest_add (&manifest, database, error) && _wuyou_manifest_add (&manifest, WUYOU_BACKUP_KEYS, error)
         && _wuyou_manifest_add (&manifest, WUYOU_BACKUP_ERASURES, error)
         && (!g_file_test (root, G_FILE_TEST_EXISTS) || _wuyou_manifest_add (&manifest, ROOT_FILE, error))
         && _wuyou_backup_copy_files (from, to, &manifest, error) && _wuyou_backup_check_files (&manifest, error)
         && _wuyou_manifest_write (&manifest, error);
}

gboolean
wuyou_backup_create (WuyouStore *store, const char *folder, GError **error)
{
  gboolean sqlite = wuyou_db_kind (wuyou_store_get_db (store)) == WUYOU_DB_SQLITE;
  const char *database = sqlite ? WUYOU_BACKUP_SQLITE : WUYOU_BACKUP_POSTGRES;

  return create_folder (folder, error) && write_parts (store, folder, database, error)
         && write_manifest (store, folder, database, error);
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
