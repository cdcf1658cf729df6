/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-blob.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "base/wuyou-error.h"
#include "wuyou-blob-appender.h"
#include "wuyou-blob-file.h"
#include "wuyou-blob-private.h"

WuyouBlobs *
wuyou_blobs_open (const char *directory, GError **error)
{
  WuyouBlobs *blobs;

  if (g_mkdir_with_parents (directory, 0700) != 0) {
    _wuyou_blob_set_error (error, directory, errno);
    return NULL;
  }
  blobs = g_new0 (WuyouBlobs, 1);
  blobs->directory = g_strdup (directory);
  g_mutex_init (&blobs->lock);
  blobs->appenders = _wuyou_blob_appenders_new ();
  return blobs;
}

void
wuyou_blobs_close (WuyouBlobs *blobs)
{
  g_hash_table_unref (blobs->appenders);
  g_mutex_clear (&blobs->lock);
  g_free (blobs->directory);
  g_free (blobs);
}

static gboolean
append_frames (WuyouBlobAppender *appender, const guint8 *data, gsize length, GError **error)
{
  while (length > 0) {
    guint32 part = (guint32) MIN (length, WUYOU_BLOB_FRAME);
    gsize whole = _wuyou_blob_frame_seal (appender->key, appender->id, appender->size, data, part, appender->buffer);

    if (!_wuyou_blob_write_at (appender, whole, error))
      return FALSE;
    if (appender->digest != NULL)
      g_checksum_update (appender->digest, data, part);
    appender->size += part;
    appender->end += (gint64) whole;
    data += part;
    length -= part;
  }
  return TRUE;
}

/* Says where to go on. */
static gboolean
refuse_offset (gint64 size, gint64 *ret_size, GError **error)
{
  *ret_size = size;
  g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_OFFSET, "The file has %" G_GINT64_FORMAT " bytes", size);
  return FALSE;
}

/* What is not there, or is finished, cannot grow. */
static gboolean
refuse_append (WuyouBlobs *blobs, const char *id, GError *failure, gint64 *ret_size, GError **error)
{
  gint64 size;

  if (!g_error_matches (failure, WUYOU_ERROR, WUYOU_ERROR_OFFSET)) {
    g_propagate_error (error, failure);
    return FALSE;
  }
  g_error_free (failure);
  return wuyou_blob_get_size (blobs, id, &size, error) && refuse_offset (size, ret_size, error);
}

gboolean
wuyou_blob_append (WuyouBlobs *blobs,
                   const char *id,
                   const WuyouKey *key,
                   GBytes *file_key,
                   gint64 offset,
                   gconstpointer data,
                   gsize length,
                   gint64 *ret_size,
                   GError **error)
{
  GError *failure = NULL;
  WuyouBlobAppender *appender = _wuyou_blob_take (blobs, id, key, file_key, offset == 0, &failure);
  gboolean ok;

  if (appender == NULL)
    return refuse_append (blobs, id, failure, ret_size, error);
  if (appender->size != offset) {
    refuse_offset (appender->size, ret_size, error);
    _wuyou_blob_give_back (blobs, appender, TRUE);
    return FALSE;
  }
  ok = append_frames (appender, data, length, error);
  *ret_size = appender->size;
  _wuyou_blob_give_back (blobs, appender, ok);
  return ok;
}

gboolean
wuyou_blob_sync (WuyouBlobs *blobs, const char *id, GError **error)
{
  g_autofree char *path = _wuyou_blob_path (blobs->directory, id, FALSE);
  int fd = open (path, O_RDWR | O_CLOEXEC);
  gboolean ok = fd >= 0 && fdatasync (fd) == 0;

  if (!ok)
    _wuyou_blob_set_error (error, "Writing a file", errno);
  if (fd >= 0)
    close (fd);
  return ok;
}

gboolean
wuyou_blob_get_size (WuyouBlobs *blobs, const char *id, gint64 *ret_size, GError **error)
{
  g_autofree char *part = _wuyou_blob_path (blobs->directory, id, FALSE);
  g_autofree char *whole = _wuyou_blob_path (blobs->directory, id, TRUE);
  WuyouBlobIndex index = { NULL, 0, 0, FALSE };
  int fd = open (whole, O_RDONLY | O_CLOEXEC);
  gboolean ok = TRUE;

  if (fd < 0)
    fd = open (part, O_RDONLY | O_CLOEXEC);
  if (fd >= 0 && lseek (fd, 0, SEEK_END) >= WUYOU_BLOB_HEAD)
    ok = _wuyou_blob_index_read (fd, &index, error);
  if (fd >= 0)
    close (fd);
  *ret_size = index.size;
  _wuyou_blob_index_clear (&index);
  return ok;
}

static gboolean
sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean ok = fd >= 0 && fsync (fd) == 0;

  if (fd >= 0)
    close (fd);
  return ok;
}

static gboolean
seal_end (WuyouBlobs *blobs, WuyouBlobAppender *appender, GError **error)
{
  g_autofree char *part = _wuyou_blob_path (blobs->directory, appender->id, FALSE);
  g_autofree char *whole = _wuyou_blob_path (blobs->directory, appender->id, TRUE);
  gsize length = _wuyou_blob_end_seal (appender->key, appender->id, appender->size, appender->buffer);

  if (!_wuyou_blob_write_at (appender, length, error))
    return FALSE;
  if (fsync (appender->fd) == 0 && g_rename (part, whole) == 0 && sync_folder (whole))
    return TRUE;
  _wuyou_blob_set_error (error, "Finishing a file", errno);
  return FALSE;
}

/* Nobody can tell which bytes are the wrong ones: all of them are to be sent again. Into a new file, so that another
 * process that knows the old one sees the difference even when both have the same size. */
static void
start_over (WuyouBlobs *blobs, WuyouBlobAppender *appender, GError **error)
{
  g_autofree char *part = _wuyou_blob_path (blobs->directory, appender->id, FALSE);

  if (g_unlink (part) != 0)
    _wuyou_blob_set_error (error, "Deleting a file", errno);
  else
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_INVALID, N_ ("The file arrived damaged. Send it again."));
}

static gboolean
digest_whole (WuyouBlobReader *reader, GChecksum *digest, GError **error)
{
  g_autofree guint8 *plain = g_malloc (WUYOU_BLOB_FRAME);
  gssize n;

  while ((n = wuyou_blob_reader_read (reader, plain, WUYOU_BLOB_FRAME, error)) > 0)
    g_checksum_update (digest, plain, n);
  return n == 0;
}

/* The file stands since an earlier call, whose answer or row was lost: this one may come with another hash. */
static gboolean
check_whole (WuyouBlobs *blobs,
             const char *id,
             const WuyouKey *key,
             GBytes *file_key,
             const char *sha256,
             GError **error)
{
  g_autoptr (WuyouBlobReader) reader = wuyou_blob_open (blobs, id, key, file_key, error);
  g_autoptr (GChecksum) digest = g_checksum_new (G_CHECKSUM_SHA256);

  if (reader == NULL || !digest_whole (reader, digest, error))
    return FALSE;
  if (g_str_equal (g_checksum_get_string (digest), sha256))
    return TRUE;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_CONFLICT, "finished with another hash");
  return FALSE;
}

static gboolean
finish_part (WuyouBlobs *blobs, WuyouBlobAppender *appender, const char *sha256, GError **error)
{
  g_autofree char *found = _wuyou_blob_dup_sha256 (appender, error);

  if (found == NULL)
    return FALSE;
  if (g_str_equal (found, sha256))
    return seal_end (blobs, appender, error);
  start_over (blobs, appender, error);
  return FALSE;
}

gboolean
wuyou_blob_finish (WuyouBlobs *blobs,
                   const char *id,
                   const WuyouKey *key,
                   GBytes *file_key,
                   const char *sha256,
                   GError **error)
{
  g_autofree char *whole = _wuyou_blob_path (blobs->directory, id, TRUE);
  GError *failure = NULL;
  WuyouBlobAppender *appender = NULL;
  gboolean ok;

  if (!g_file_test (whole, G_FILE_TEST_EXISTS))
    appender = _wuyou_blob_take (blobs, id, key, file_key, FALSE, &failure);
  if (appender == NULL && g_file_test (whole, G_FILE_TEST_EXISTS)) {
    g_clear_error (&failure);
    return check_whole (blobs, id, key, file_key, sha256, error);
  }
  if (appender == NULL) {
    g_propagate_error (error, failure);
    return FALSE;
  }
  ok = finish_part (blobs, appender, sha256, error);
  _wuyou_blob_give_back (blobs, appender, FALSE);
  return ok;
}

/* Nobody announced a hash that it should have: that of what was written is told. */
static gboolean
finish_put (WuyouBlobs *blobs, WuyouBlobAppender *appender, gsize length, char **ret_sha256, GError **error)
{
  g_autofree char *sha256 = _wuyou_blob_dup_sha256 (appender, error);

  if (sha256 == NULL)
    return FALSE;
  if (appender->size != (gint64) length) {
    start_over (blobs, appender, error);
    return FALSE;
  }
  if (!seal_end (blobs, appender, error))
    return FALSE;
  if (ret_sha256 != NULL)
    *ret_sha256 = g_steal_pointer (&sha256);
  return TRUE;
}

gboolean
wuyou_blob_put (WuyouBlobs *blobs,
                const char *id,
                const WuyouKey *key,
                GBytes *file_key,
                GBytes *content,
                char **ret_sha256,
                GError **error)
{
  gsize length;
  gconstpointer data = g_bytes_get_data (content, &length);
  WuyouBlobAppender *appender;
  gint64 size;
  gboolean ok;

  if (!wuyou_blob_append (blobs, id, key, file_key, 0, data, length, &size, error))
    return FALSE;
  appender = _wuyou_blob_take (blobs, id, key, file_key, FALSE, error);
  if (appender == NULL)
    return FALSE;
  ok = finish_put (blobs, appender, length, ret_sha256, error);
  _wuyou_blob_give_back (blobs, appender, FALSE);
  return ok;
}

/* In this order: a part that is renamed meanwhile is found as the whole. */
gboolean
wuyou_blob_delete (WuyouBlobs *blobs, const char *id, GError **error)
{
  g_autofree char *part = _wuyou_blob_path (blobs->directory, id, FALSE);
  g_autofree char *whole = _wuyou_blob_path (blobs->directory, id, TRUE);
  gboolean ok = (g_unlink (part) == 0 || errno == ENOENT) && (g_unlink (whole) == 0 || errno == ENOENT);

  if (!ok)
    _wuyou_blob_set_error (error, "Deleting a file", errno);
  _wuyou_blob_forget (blobs, id);
  return ok;
}
