/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-backup-manifest.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "base/wuyou-error.h"
#include "wuyou-backup-private.h"
#include "wuyou-blob-file.h"

#define HASH_LENGTH 64
#define END "# end "
#define GONE "# gone "

void
_wuyou_manifest_init (WuyouManifest *manifest, const char *folder)
{
  manifest->folder = g_strdup (folder);
  manifest->lines = g_string_new (NULL);
  manifest->hashes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

void
_wuyou_manifest_clear (WuyouManifest *manifest)
{
  g_clear_pointer (&manifest->folder, g_free);
  if (manifest->lines != NULL)
    g_string_free (g_steal_pointer (&manifest->lines), TRUE);
  g_clear_pointer (&manifest->hashes, g_hash_table_unref);
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
  g_hash_table_insert (manifest->hashes, g_strdup (path), g_steal_pointer (&hash));
  return TRUE;
}

void
_wuyou_manifest_add_gone (WuyouManifest *manifest, const char *path)
{
  g_string_append_printf (manifest->lines, GONE "%s\n", path);
  g_hash_table_insert (manifest->hashes, g_strdup (path), g_strdup (""));
}

/* What the last line holds over @length bytes of lines: how many, and their hash. Owned. */
static char *
build_end (const char *lines, gsize length)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, lines, (gssize) length);
  guint n = 0;

  for (gsize i = 0; i < length; i++)
    n += lines[i] == '\n';
  return g_strdup_printf (END "%u %s\n", n, hash);
}

gboolean
_wuyou_manifest_write (WuyouManifest *manifest, GError **error)
{
  g_autofree char *path = g_build_filename (manifest->folder, WUYOU_BACKUP_MANIFEST, NULL);
  g_autofree char *end = build_end (manifest->lines->str, manifest->lines->len);

  g_string_append (manifest->lines, end);
  return _wuyou_backup_write_text (path, manifest->lines->str, error);
}

static gboolean
refuse (GError **error)
{
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_CORRUPT,
                       _ ("The MANIFEST is damaged or not whole; nothing in this folder can be relied on."));
  return FALSE;
}

/* Cuts the last line off. A list that lost lines would call a backup whole that lost the files. */
static gboolean
cut_end (char *text)
{
  char *last = g_strrstr (text, END);
  g_autofree char *end = last != NULL ? build_end (text, (gsize) (last - text)) : NULL;

  if (last == NULL || !g_str_equal (last, end))
    return FALSE;
  *last = '\0';
  return TRUE;
}

static gboolean
read_line (WuyouManifest *manifest, const char *line)
{
  const char *path = line + HASH_LENGTH + 2;

  if (g_str_has_prefix (line, GONE))
    return g_hash_table_insert (manifest->hashes, g_strdup (line + strlen (GONE)), g_strdup (""));
  if (strlen (line) <= HASH_LENGTH + 2 || strncmp (line + HASH_LENGTH, "  ", 2) != 0 || strstr (path, "..") != NULL)
    return FALSE;
  return g_hash_table_insert (manifest->hashes, g_strdup (path), g_strndup (line, HASH_LENGTH));
}

static gboolean
has_parts (WuyouManifest *manifest)
{
  return (g_hash_table_contains (manifest->hashes, WUYOU_BACKUP_SQLITE)
          || g_hash_table_contains (manifest->hashes, WUYOU_BACKUP_POSTGRES))
         && g_hash_table_contains (manifest->hashes, WUYOU_BACKUP_KEYS)
         && g_hash_table_contains (manifest->hashes, WUYOU_BACKUP_ERASURES);
}

gboolean
_wuyou_manifest_read (WuyouManifest *manifest, GError **error)
{
  g_autofree char *path = g_build_filename (manifest->folder, WUYOU_BACKUP_MANIFEST, NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL)) {
    g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_CORRUPT, "%s has no MANIFEST; it is not a whole backup",
                 manifest->folder);
    return FALSE;
  }
  if (!cut_end (text))
    return refuse (error);
  lines = g_strsplit (text, "\n", 0);
  for (guint i = 0; lines[i] != NULL && lines[i + 1] != NULL; i++)
    if (!read_line (manifest, lines[i]))
      return refuse (error);
  return has_parts (manifest) || refuse (error);
}

static gboolean
check_file (WuyouManifest *manifest, const char *path, const char *expected, GError **error)
{
  g_autofree char *whole = g_build_filename (manifest->folder, path, NULL);
  g_autofree char *hash = hash_file (whole, NULL);

  if (hash == NULL && g_str_equal (path, WUYOU_BACKUP_KEYS)) /* kept apart, as it should be */
    return TRUE;
  if (g_strcmp0 (hash, expected) == 0)
    return TRUE;
  g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_CORRUPT, "%s %s", path, hash == NULL ? "is missing" : "was changed");
  return FALSE;
}

gboolean
_wuyou_manifest_check (WuyouManifest *manifest, GError **error)
{
  GHashTableIter iter;
  gpointer path, hash;

  g_hash_table_iter_init (&iter, manifest->hashes);
  while (g_hash_table_iter_next (&iter, &path, &hash))
    if (*(char *) hash != '\0' && !check_file (manifest, path, hash, error))
      return FALSE;
  return TRUE;
}

gboolean
_wuyou_manifest_check_keys (WuyouManifest *manifest, const char *path, GError **error)
{
  g_autofree char *hash = hash_file (path, error);

  if (hash == NULL)
    return FALSE;
  if (g_strcmp0 (hash, g_hash_table_lookup (manifest->hashes, WUYOU_BACKUP_KEYS)) == 0)
    return TRUE;
  g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_CORRUPT,
               _ ("%s is not the whole file of customer keys of this backup. Nothing was restored."), path);
  return FALSE;
}
