/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "base/wuyou-error.h"
#include "wuyou-backup-manifest.h"

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
    g_autofree char *listed = g_build_filename ("files", name, entry, NULL);

    if (g_str_has_suffix (entry, ".part"))
      continue;
    if (!copy_one (one, other, error) || (manifest != NULL && !_wuyou_manifest_add (manifest, listed, error)))
      return FALSE;
  }
  return TRUE;
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
