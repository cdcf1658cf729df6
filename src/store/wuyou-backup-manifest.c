/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-backup-manifest.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "base/wuyou-error.h"
#include "wuyou-blob-file.h"

void
_wuyou_manifest_init (WuyouManifest *manifest, const char *folder)
{
  manifest->folder = g_strdup (folder);
  manifest->lines = g_string_new (NULL);
}

void
_wuyou_manifest_clear (WuyouManifest *manifest)
{
  g_clear_pointer (&manifest->folder, g_free);
  if (manifest->lines != NULL)
    g_string_free (g_steal_pointer (&manifest->lines), TRUE);
}

static char *
hash_file (const char *path, GError **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guint8 *buffer = g_malloc (WUYOU_BLOB_FRAME);
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  gssize n = -1;

  while (fd >= 0 && (n = read (fd, buffer, WUYOU_BLOB_FRAME)) > 0)
    g_checksum_update (checksum, buffer, n);
  if (n < 0)
    _wuyou_blob_set_error (error, path, errno);
  if (fd >= 0)
    close (fd);
  return n == 0 ? g_strdup (g_checksum_get_string (checksum)) : NULL;
}

gboolean
_wuyou_manifest_add (WuyouManifest *manifest, const char *path, GError **error)
{
  g_autofree char *whole = g_build_filename (manifest->folder, path, NULL);
  g_autofree char *hash = hash_file (whole, error);

  if (hash == NULL)
    return FALSE;
  g_string_append_printf (manifest->lines, "%s  %s\n", hash, path);
  return TRUE;
}

gboolean
_wuyou_manifest_write (WuyouManifest *manifest, GError **error)
{
  g_autofree char *path = g_build_filename (manifest->folder, "MANIFEST", NULL);

  return g_file_set_contents_full (path, manifest->lines->str, (gssize) manifest->lines->len,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error);
}

static gboolean
check_line (const char *folder, const char *line, GError **error)
{
  g_autofree char *path = NULL;
  g_autofree char *hash = NULL;

  if (strlen (line) < 67 || strncmp (line + 64, "  ", 2) != 0 || strstr (line + 66, "..") != NULL) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_CORRUPT, "The MANIFEST is damaged");
    return FALSE;
  }
  path = g_build_filename (folder, line + 66, NULL);
  hash = hash_file (path, NULL);
  if (hash == NULL && g_str_equal (line + 66, WUYOU_BACKUP_KEYS)) /* kept apart, as it should be */
    return TRUE;
  if (hash != NULL && strncmp (hash, line, 64) == 0)
    return TRUE;
  g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_CORRUPT, "%s %s", line + 66,
               hash == NULL ? "is missing" : "was changed");
  return FALSE;
}

gboolean
_wuyou_manifest_check (const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "MANIFEST", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL)) {
    g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_CORRUPT, "%s has no MANIFEST; it is not a whole backup", folder);
    return FALSE;
  }
  lines = g_strsplit (text, "\n", 0);
  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0' && !check_line (folder, lines[i], error))
      return FALSE;
  return TRUE;
}

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
