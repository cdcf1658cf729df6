/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "base/wuyou-error.h"
#include "sales/wuyou-document.h"
#include "wuyou-backup-manifest.h"
#include "wuyou-backup-private.h"
#include "wuyou-blob-file.h"

#define FILES "files" /* folder in the backup and in the data folder */

static gboolean
copy_one (const char *from, const char *to, GError **error)
{
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (to);
  g_autoptr (GError) failure = NULL;

  if (g_file_copy (source, target, G_FILE_COPY_NONE, NULL, NULL, NULL, &failure))
    return TRUE;
  g_set_error (error, WUYOU_ERROR,
               g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_NO_SPACE) ? WUYOU_ERROR_STORAGE_FULL
                                                                          : WUYOU_ERROR_UNAVAILABLE,
               "Copying %s: %s", from, failure->message);
  return FALSE;
}

static gboolean
copy_folder (const char *from, const char *to, const char *name, WuyouManifest *manifest, GError **error)
{
  g_autofree char *source = g_build_filename (from, name, NULL);
  g_autofree char *target = g_build_filename (to, name, NULL);
  g_autoptr (GDir) dir = g_dir_open (source, 0, NULL);
  const char *entry;

  if (dir == NULL)
    return TRUE;
  g_mkdir (target, 0700);
  while ((entry = g_dir_read_name (dir)) != NULL) {
    g_autofree char *one = g_build_filename (source, entry, NULL);
    g_autofree char *other = g_build_filename (target, entry, NULL);
    g_autofree char *listed = g_build_filename (FILES, name, entry, NULL);

    if (g_str_has_suffix (entry, ".part"))
      continue;
    if (!copy_one (one, other, error) || (manifest != NULL && !_wuyou_manifest_add (manifest, listed, error)))
      return FALSE;
  }
  return TRUE;
}

/* One of the backup's files, "files/f1/ID", below @to. */
static gboolean
copy_listed (WuyouManifest *manifest, const char *path, const char *to, GError **error)
{
  g_autofree char *source = g_build_filename (manifest->folder, path, NULL);
  g_autofree char *target = g_build_filename (to, path + strlen (FILES), NULL);
  g_autofree char *folder = g_path_get_dirname (target);

  g_mkdir_with_parents (folder, 0700);
  return copy_one (source, target, error);
}

gboolean
_wuyou_backup_restore_files (WuyouManifest *manifest, const char *to, GError **error)
{
  GHashTableIter iter;
  gpointer path;

  g_mkdir_with_parents (to, 0700);
  g_hash_table_iter_init (&iter, manifest->hashes);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    if (g_str_has_prefix (path, FILES "/") && !copy_listed (manifest, path, to, error))
      return FALSE;
  return TRUE;
}

gboolean
_wuyou_backup_clear_place (const char *folder, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    g_rmdir (path);
  }
  if (g_rmdir (folder) == 0 || errno == ENOENT)
    return TRUE;
  g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_CONFLICT,
               _ ("There are files in %s already. Restore into a data folder without files."), folder);
  return FALSE;
}

void
_wuyou_backup_remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *inside = g_build_filename (path, name, NULL);

    _wuyou_backup_remove_tree (inside);
  }
  g_remove (path);
}

gboolean
_wuyou_backup_sync (const char *folder, GError **error)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean ok = fd >= 0 && syncfs (fd) == 0;

  if (!ok)
    _wuyou_blob_set_error (error, folder, errno);
  if (fd >= 0)
    close (fd);
  return ok;
}

gboolean
_wuyou_backup_copy_files (const char *from, const char *to, WuyouManifest *manifest, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (from, 0, NULL);
  const char *name;

  g_mkdir_with_parents (to, 0700);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (!copy_folder (from, to, name, manifest, error))
      return FALSE;
  return TRUE;
}

typedef struct {
  GHashTable *listed;    /* paths that the manifest names */
  GHashTable *destroyed; /* documents whose file is gone for good */
  GPtrArray *missing;
} Rows;

static void
on_document_cb (const char *const *values, gpointer data)
{
  const WuyouEnum *state = wuyou_enum_find (wuyou_document_states, values[1]);
  Rows *rows = data;

  if (state != NULL && wuyou_document_state_is_destroyed (state->value))
    g_hash_table_add (rows->destroyed, g_strdup (values[0]));
}

/* A file has its hash in its row from the moment on when all of it is there. */
static void
on_file_cb (const char *const *values, gpointer data)
{
  Rows *rows = data;
  g_autofree char *path = _wuyou_blob_path (FILES, values[0], TRUE);

  if (*values[1] != '\0' && !g_hash_table_contains (rows->destroyed, values[0])
      && !g_hash_table_contains (rows->listed, path))
    g_ptr_array_add (rows->missing, g_strdup (values[0]));
}

GPtrArray *
_wuyou_backup_find_missing (WuyouManifest *manifest, GError **error)
{
  static const char *const document_columns[] = { "id", "state", NULL };
  static const char *const file_columns[] = { "id", "sha256", NULL };
  g_autoptr (GHashTable) destroyed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) missing = g_ptr_array_new_with_free_func (g_free);
  Rows rows = { manifest->hashes, destroyed, missing };
  WuyouDbKind kind;
  g_autofree char *path = _wuyou_backup_find_database (manifest->folder, &kind);

  if (!wuyou_db_read_backup (kind, path, "documents", document_columns, on_document_cb, &rows, error)
      || !wuyou_db_read_backup (kind, path, "files", file_columns, on_file_cb, &rows, error))
    return NULL;
  return g_steal_pointer (&missing);
}

gboolean
_wuyou_backup_check_files (WuyouManifest *manifest, GError **error)
{
  g_autoptr (GPtrArray) missing = _wuyou_backup_find_missing (manifest, error);

  if (missing == NULL)
    return FALSE;
  if (missing->len == 0)
    return TRUE;
  g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_CORRUPT, _ ("%u files that the database names are not here, first %s"),
               missing->len, (const char *) missing->pdata[0]);
  return FALSE;
}
