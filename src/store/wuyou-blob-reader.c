/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#include "base/wuyou-error.h"
#include "wuyou-blob-file.h"
#include "wuyou-blob-private.h"

struct _WuyouBlobReader {
  char *id;
  int fd;
  guint8 key[32];
  WuyouBlobIndex index;
  guint8 *buffer, *plain;
  guint loaded; /* frame in plain; G_MAXUINT: none */
  gint64 position;
};

static void
set_damaged (GError **error)
{
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_CORRUPT, "A stored file is damaged");
}

static gboolean
open_whole (WuyouBlobReader *reader, WuyouBlobs *blobs, GError **error)
{
  g_autofree char *path = _wuyou_blob_path (blobs->directory, reader->id, TRUE);

  reader->fd = open (path, O_RDONLY | O_CLOEXEC);
  if (reader->fd < 0) {
    g_set_error_literal (error, WUYOU_ERROR, errno == ENOENT ? WUYOU_ERROR_NOT_FOUND : WUYOU_ERROR_UNAVAILABLE,
                         "This file is not there");
    return FALSE;
  }
  if (!_wuyou_blob_index_read (reader->fd, &reader->index, error))
    return FALSE;
  if (reader->index.finished
      && _wuyou_blob_read_total (reader->fd, reader->key, reader->id, reader->index.end) == reader->index.size)
    return TRUE;
  set_damaged (error);
  return FALSE;
}

WuyouBlobReader *
wuyou_blob_open (WuyouBlobs *blobs, const char *id, const WuyouKey *key, GBytes *file_key, GError **error)
{
  g_autoptr (WuyouBlobReader) reader = g_new0 (WuyouBlobReader, 1);

  reader->id = g_strdup (id);
  reader->fd = -1;
  reader->loaded = G_MAXUINT;
  if (!_wuyou_blob_open_key (key, id, file_key, reader->key, error) || !open_whole (reader, blobs, error))
    return NULL;
  reader->buffer = g_malloc (WUYOU_BLOB_FRAME + WUYOU_BLOB_OVERHEAD);
  reader->plain = g_malloc (WUYOU_BLOB_FRAME);
  return g_steal_pointer (&reader);
}

void
wuyou_blob_reader_close (WuyouBlobReader *reader)
{
  if (reader->fd >= 0)
    close (reader->fd);
  sodium_memzero (reader->key, sizeof reader->key);
  _wuyou_blob_index_clear (&reader->index);
  g_free (reader->buffer);
  g_free (reader->plain);
  g_free (reader->id);
  g_free (reader);
}

gint64
wuyou_blob_reader_get_size (WuyouBlobReader *reader)
{
  return reader->index.size;
}

gboolean
wuyou_blob_reader_seek (WuyouBlobReader *reader, gint64 offset, GError **error)
{
  if (offset >= 0 && offset <= reader->index.size) {
    reader->position = offset;
    return TRUE;
  }
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_OFFSET, "This place is outside of the file");
  return FALSE;
}

static guint
find_frame (WuyouBlobReader *reader, gint64 position)
{
  guint low = 0, high = reader->index.frames->len;

  while (high - low > 1) {
    guint middle = low + (high - low) / 2;

    if (g_array_index (reader->index.frames, WuyouBlobFrame, middle).plain_offset <= position)
      low = middle;
    else
      high = middle;
  }
  return low;
}

gssize
wuyou_blob_reader_read (WuyouBlobReader *reader, gpointer buffer, gsize length, GError **error)
{
  const WuyouBlobFrame *frame;
  guint number;
  gsize within;

  if (reader->position >= reader->index.size)
    return 0;
  number = find_frame (reader, reader->position);
  frame = &g_array_index (reader->index.frames, WuyouBlobFrame, number);
  if (reader->loaded != number
      && !_wuyou_blob_frame_read (reader->fd, reader->key, reader->id, frame, reader->buffer, reader->plain)) {
    set_damaged (error);
    return -1;
  }
  reader->loaded = number;
  within = (gsize) (reader->position - frame->plain_offset);
  length = MIN (length, frame->length - within);
  memcpy (buffer, reader->plain + within, length);
  reader->position += (gint64) length;
  return (gssize) length;
}

GBytes *
wuyou_blob_read_all (WuyouBlobs *blobs,
                     const char *id,
                     const WuyouKey *key,
                     GBytes *file_key,
                     gsize limit,
                     GError **error)
{
  g_autoptr (WuyouBlobReader) reader = wuyou_blob_open (blobs, id, key, file_key, error);
  g_autofree guint8 *content = NULL;
  gsize done = 0;
  gssize n;

  if (reader == NULL)
    return NULL;
  if ((guint64) reader->index.size > limit) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_TOO_LARGE, "This file is too large");
    return NULL;
  }
  content = g_malloc ((gsize) reader->index.size + 1);
  while ((n = wuyou_blob_reader_read (reader, content + done, (gsize) reader->index.size - done, error)) > 0)
    done += (gsize) n;
  return n < 0 ? NULL : g_bytes_new_take (g_steal_pointer (&content), done);
}
