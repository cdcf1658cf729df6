/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-blob-file.h"

#include <errno.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/wuyou-error.h"

#define NONCE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG crypto_aead_xchacha20poly1305_ietf_ABYTES

G_STATIC_ASSERT (4 + NONCE + TAG == WUYOU_BLOB_OVERHEAD);

char *
_wuyou_blob_path (const char *directory, const char *id, gboolean finished)
{
  gsize length = strlen (id);

  return g_strdup_printf ("%s/%s/%s%s", directory, id + (length > 2 ? length - 2 : 0), id, finished ? "" : ".part");
}

void
_wuyou_blob_set_error (GError **error, const char *what, int saved_errno)
{
  gboolean full = saved_errno == ENOSPC || saved_errno == EDQUOT || saved_errno == EFBIG;

  g_set_error (error, WUYOU_ERROR, full ? WUYOU_ERROR_STORAGE_FULL : WUYOU_ERROR_UNAVAILABLE, "%s: %s", what,
               g_strerror (saved_errno));
}

static void
build_context (char *buffer, gsize size, const char *id, gint64 offset)
{
  if (offset < 0)
    g_snprintf (buffer, (gulong) size, "blob/%s/end", id);
  else
    g_snprintf (buffer, (gulong) size, "blob/%s/%" G_GINT64_FORMAT, id, offset);
}

static gsize
seal_frame (const guint8 *key,
            const char *id,
            gint64 offset,
            guint32 mark,
            gconstpointer plain,
            gsize length,
            guint8 *buffer)
{
  char context[128];
  guint32 mark_le = GUINT32_TO_LE (mark);

  build_context (context, sizeof context, id, offset);
  memcpy (buffer, &mark_le, 4);
  randombytes_buf (buffer + 4, NONCE);
  crypto_aead_xchacha20poly1305_ietf_encrypt (buffer + 4 + NONCE, NULL, plain, length, (const guint8 *) context,
                                              strlen (context), NULL, buffer + 4, key);
  return length + WUYOU_BLOB_OVERHEAD;
}

gsize
_wuyou_blob_frame_seal (const guint8 *key,
                        const char *id,
                        gint64 offset,
                        gconstpointer plain,
                        guint32 length,
                        guint8 *buffer)
{
  return seal_frame (key, id, offset, length, plain, length, buffer);
}

gsize
_wuyou_blob_end_seal (const guint8 *key, const char *id, gint64 total, guint8 *buffer)
{
  gint64 total_le = GINT64_TO_LE (total);

  return seal_frame (key, id, -1, WUYOU_BLOB_END, &total_le, sizeof total_le, buffer);
}

static gboolean
unseal_frame (const guint8 *key, const char *id, gint64 offset, const guint8 *frame, gsize length, guint8 *ret_plain)
{
  char context[128];

  build_context (context, sizeof context, id, offset);
  return crypto_aead_xchacha20poly1305_ietf_decrypt (ret_plain, NULL, NULL, frame + 4 + NONCE, length + TAG,
                                                     (const guint8 *) context, strlen (context), frame + 4, key)
         == 0;
}

gboolean
_wuyou_blob_frame_read (int fd,
                        const guint8 *key,
                        const char *id,
                        const WuyouBlobFrame *frame,
                        guint8 *buffer,
                        guint8 *ret_plain)
{
  gsize whole = (gsize) frame->length + WUYOU_BLOB_OVERHEAD;

  return pread (fd, buffer, whole, frame->file_offset) == (gssize) whole
         && unseal_frame (key, id, frame->plain_offset, buffer, frame->length, ret_plain);
}

gint64
_wuyou_blob_read_total (int fd, const guint8 *key, const char *id, gint64 offset)
{
  guint8 frame[WUYOU_BLOB_OVERHEAD + 8];
  gint64 total;

  if (pread (fd, frame, sizeof frame, offset) != sizeof frame
      || !unseal_frame (key, id, -1, frame, sizeof total, (guint8 *) &total))
    return -1;
  return GINT64_FROM_LE (total);
}

void
_wuyou_blob_index_clear (WuyouBlobIndex *index)
{
  g_clear_pointer (&index->frames, g_array_unref);
}

static gboolean
add_frame (int fd, gint64 file_size, WuyouBlobIndex *index)
{
  WuyouBlobFrame frame = { index->end, index->size, 0 };

  if (pread (fd, &frame.length, 4, index->end) != 4)
    return FALSE;
  frame.length = GUINT32_FROM_LE (frame.length);
  if (frame.length == WUYOU_BLOB_END) {
    index->finished = index->end + WUYOU_BLOB_OVERHEAD + 8 == file_size;
    return FALSE;
  }
  if (frame.length == 0 || frame.length > WUYOU_BLOB_FRAME
      || index->end + frame.length + WUYOU_BLOB_OVERHEAD > file_size)
    return FALSE;
  g_array_append_val (index->frames, frame);
  index->end += frame.length + WUYOU_BLOB_OVERHEAD;
  index->size += frame.length;
  return TRUE;
}

gboolean
_wuyou_blob_index_read (int fd, WuyouBlobIndex *ret_index, GError **error)
{
  char magic[sizeof WUYOU_BLOB_MAGIC - 1];
  struct stat info;

  if (fstat (fd, &info) != 0 || pread (fd, magic, sizeof magic, 0) != sizeof magic
      || memcmp (magic, WUYOU_BLOB_MAGIC, sizeof magic) != 0) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_CORRUPT, "A stored file is damaged");
    return FALSE;
  }
  *ret_index = (WuyouBlobIndex){ g_array_new (FALSE, FALSE, sizeof (WuyouBlobFrame)), 0, sizeof magic, FALSE };
  while (add_frame (fd, info.st_size, ret_index))
    continue;
  return TRUE;
}

static char *
build_key_context (const char *id)
{
  return g_strconcat ("file/", id, NULL);
}

GBytes *
wuyou_blob_create_key (const WuyouKey *key, const char *id)
{
  g_autofree char *context = build_key_context (id);
  guint8 bytes[32];
  GBytes *sealed;

  randombytes_buf (bytes, sizeof bytes);
  sealed = wuyou_key_seal (key, context, bytes, sizeof bytes);
  sodium_memzero (bytes, sizeof bytes);
  return sealed;
}

GBytes *
wuyou_blob_reseal_key (const WuyouKey *from, const WuyouKey *to, const char *id, GBytes *file_key, GError **error)
{
  g_autofree char *context = build_key_context (id);
  guint8 bytes[32];
  GBytes *sealed;

  if (!_wuyou_blob_open_key (from, id, file_key, bytes, error))
    return NULL;
  sealed = wuyou_key_seal (to, context, bytes, sizeof bytes);
  sodium_memzero (bytes, sizeof bytes);
  return sealed;
}

gboolean
_wuyou_blob_open_key (const WuyouKey *key, const char *id, GBytes *file_key, guint8 ret_key[32], GError **error)
{
  g_autofree char *context = build_key_context (id);
  gsize length, plain_length;
  gconstpointer sealed = g_bytes_get_data (file_key, &length);
  g_autoptr (GBytes) plain = wuyou_key_unseal (key, context, sealed, length, error);
  gconstpointer data;

  if (plain == NULL)
    return FALSE;
  data = g_bytes_get_data (plain, &plain_length);
  memcpy (ret_key, data, MIN (plain_length, 32));
  return TRUE;
}
