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
#include "wuyou-backup-manifest.h"
#include "wuyou-backup-private.h"
#include "wuyou-blob-file.h"

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

/* One that goes while it is looked at is left out; whether it may be is told by its row (_wuyou_backup_add_gone). */
static gboolean
copy_noted (const char *from, const char *to, const char *listed, WuyouManifest *manifest, GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (copy_one (from, to, &failure))
    return _wuyou_manifest_add (manifest, listed, error);
  if (!g_file_test (from, G_FILE_TEST_EXISTS))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
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
    g_autofree char *listed = g_build_filename (WUYOU_BACKUP_FILES, name, entry, NULL);

    if (g_str_has_suffix (entry, ".part"))
      continue;
    if (!copy_noted (one, other, listed, manifest, error))
      return FALSE;
  }
  return TRUE;
}

/* One of the backup's files, "files/f1/ID", below @to. */
static gboolean
copy_listed (WuyouManifest *manifest, const char *path, const char *to, GError **error)
{
  g_autofree char *source = g_build_filename (manifest->folder, path, NULL);
  g_autofree char *target = g_build_filename (to, path + strlen (WUYOU_BACKUP_FILES), NULL);
  g_autofree char *folder = g_path_get_dirname (target);

  g_mkdir_with_parents (folder, 0700);
  return copy_one (source, target, error);
}

gboolean
_wuyou_backup_restore_files (WuyouManifest *manifest, const char *to, GError **error)
{
  GHashTableIter iter;
  gpointer path, hash;

  g_mkdir_with_parents (to, 0700);
  g_hash_table_iter_init (&iter, manifest->hashes);
  while (g_hash_table_iter_next (&iter, &path, &hash))
    if (*(char *) hash != '\0' && g_str_has_prefix (path, WUYOU_BACKUP_FILES "/")
        && !copy_listed (manifest, path, to, error))
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
_wuyou_backup_empty_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *inside = g_build_filename (path, name, NULL);

    _wuyou_backup_remove_tree (inside);
  }
}

void
_wuyou_backup_remove_tree (const char *path)
{
  if (!g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    _wuyou_backup_empty_folder (path);
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
