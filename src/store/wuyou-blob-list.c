/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/wuyou-error.h"
#include "base/wuyou-id.h"
#include "wuyou-blob-file.h"
#include "wuyou-blob-private.h"

static void
free_entry (gpointer data)
{
  WuyouBlobEntry *entry = data;

  g_free (entry->id);
  g_free (entry);
}

/* What is not called like one of ours is none of our business. */
static void
add_entry (GPtrArray *entries, const char *folder, const char *name)
{
  gboolean finished = !g_str_has_suffix (name, ".part");
  g_autofree char *id = g_strndup (name, strlen (name) - (finished ? 0 : strlen (".part")));
  g_autofree char *path = g_build_filename (folder, name, NULL);
  WuyouBlobEntry *entry;
  GStatBuf info;

  if (!wuyou_id_is_valid (id) || g_lstat (path, &info) != 0 || !S_ISREG (info.st_mode))
    return;
  entry = g_new0 (WuyouBlobEntry, 1);
  entry->id = g_steal_pointer (&id);
  entry->finished = finished;
  entry->written_at = (gint64) info.st_mtime * G_USEC_PER_SEC;
  g_ptr_array_add (entries, entry);
}

GPtrArray *
wuyou_blobs_list (WuyouBlobs *blobs, guint folder, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (free_entry);
  g_autofree char *path = g_strdup_printf ("%s/%02x", blobs->directory, folder);
  g_autoptr (GError) failure = NULL;
  g_autoptr (GDir) dir = g_dir_open (path, 0, &failure);
  const char *name;

  if (dir == NULL && !g_error_matches (failure, G_FILE_ERROR, G_FILE_ERROR_NOENT)) {
    g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_UNAVAILABLE, "%s", failure->message);
    return NULL;
  }
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    add_entry (entries, path, name);
  return g_steal_pointer (&entries);
}
