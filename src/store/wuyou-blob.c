/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-blob.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/wuyou-error.h"
#include "wuyou-blob-file.h"
#include "wuyou-blob-private.h"

#define HEAD ((gint64) sizeof WUYOU_BLOB_MAGIC - 1)
#define MAX_APPENDERS 128 /* kept open; a forgotten one is opened again and its digest computed anew */

/* A file that grows. Its digest runs along, so that finishing need not read it again. */
typedef struct {
  char *id;
  gboolean busy;
  int fd;
  guint8 key[32];
  guint8 *buffer;
  gint64 size, end;
  GChecksum *digest;
} Appender;

static void
free_appender (gpointer data)
{
  Appender *appender = data;

  if (appender->fd >= 0)
    close (appender->fd);
  g_checksum_free (appender->digest);
  sodium_memzero (appender->key, sizeof appender->key);
  g_free (appender->buffer);
  g_free (appender->id);
  g_free (appender);
}

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
  blobs->appenders = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_appender);
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
write_at (Appender *appender, gsize length, GError **error)
{
  for (gsize done = 0; done < length;) {
    gssize n = pwrite (appender->fd, appender->buffer + done, length - done, appender->end + (gint64) done);

    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0) {
      _wuyou_blob_set_error (error, "Writing a file", n < 0 ? errno : ENOSPC);
      return FALSE;
    }
    done += (gsize) n;
  }
  return TRUE;
}

/* The last frame may have been cut by a crash although its length is right; the ones before it were not the last. */
static void
drop_broken_end (Appender *appender, WuyouBlobIndex *index)
{
  g_autofree guint8 *plain = g_malloc (WUYOU_BLOB_FRAME);

  while (index->frames->len > 0) {
    WuyouBlobFrame frame = g_array_index (index->frames, WuyouBlobFrame, index->frames->len - 1);

    if (_wuyou_blob_frame_read (appender->fd, appender->key, appender->id, &frame, appender->buffer, plain))
      return;
    index->size = frame.plain_offset;
    index->end = frame.file_offset;
    g_array_set_size (index->frames, index->frames->len - 1);
  }
}

static gboolean
digest_frames (Appender *appender, WuyouBlobIndex *index, GError **error)
{
  g_autofree guint8 *plain = g_malloc (WUYOU_BLOB_FRAME);

  for (guint i = 0; i < index->frames->len; i++) {
    const WuyouBlobFrame *frame = &g_array_index (index->frames, WuyouBlobFrame, i);

    if (!_wuyou_blob_frame_read (appender->fd, appender->key, appender->id, frame, appender->buffer, plain)) {
      g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_CORRUPT, "A stored file is damaged");
      return FALSE;
    }
    g_checksum_update (appender->digest, plain, frame->length);
  }
  return TRUE;
}

static gboolean
resume (Appender *appender, GError **error)
{
  WuyouBlobIndex index;
  gboolean ok;

  if (lseek (appender->fd, 0, SEEK_END) < HEAD) {
    memcpy (appender->buffer, WUYOU_BLOB_MAGIC, HEAD);
    appender->end = 0;
    if (!write_at (appender, HEAD, error))
      return FALSE;
  }
  if (!_wuyou_blob_index_read (appender->fd, &index, error))
    return FALSE;
  drop_broken_end (appender, &index);
  ok = digest_frames (appender, &index, error);
  appender->size = index.size;
  appender->end = index.end;
  _wuyou_blob_index_clear (&index);
  return ok && ftruncate (appender->fd, appender->end) == 0;
}

static gboolean
open_file (Appender *appender, WuyouBlobs *blobs, GError **error)
{
  g_autofree char *path = _wuyou_blob_path (blobs->directory, appender->id, FALSE);
  g_autofree char *folder = g_path_get_dirname (path);

  g_mkdir (folder, 0700);
  appender->fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (appender->fd < 0) {
    _wuyou_blob_set_error (error, "Opening a file", errno);
    return FALSE;
  }
  if (flock (appender->fd, LOCK_EX | LOCK_NB) == 0)
    return TRUE;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_BUSY, "Another upload of this file is under way");
  return FALSE;
}

static Appender *
new_appender (WuyouBlobs *blobs, const char *id, const WuyouKey *key, GBytes *file_key, GError **error)
{
  Appender *appender = g_new0 (Appender, 1);

  appender->id = g_strdup (id);
  appender->fd = -1;
  appender->busy = TRUE;
  appender->buffer = g_malloc (WUYOU_BLOB_FRAME + WUYOU_BLOB_OVERHEAD);
  appender->digest = g_checksum_new (G_CHECKSUM_SHA256);
  if (_wuyou_blob_open_key (key, id, file_key, appender->key, error) && open_file (appender, blobs, error)
      && resume (appender, error))
    return appender;
  free_appender (appender);
  return NULL;
}

static gboolean
is_idle (gpointer key G_GNUC_UNUSED, gpointer value, gpointer data G_GNUC_UNUSED)
{
  return !((Appender *) value)->busy;
}

/* NULL without error: there is none yet. */
static Appender *
take_known (WuyouBlobs *blobs, const char *id, GError **error)
{
  Appender *appender;

  g_mutex_lock (&blobs->lock);
  if (g_hash_table_size (blobs->appenders) > MAX_APPENDERS)
    g_hash_table_foreach_remove (blobs->appenders, is_idle, NULL);
  appender = g_hash_table_lookup (blobs->appenders, id);
  if (appender != NULL && appender->busy) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_BUSY, "Another upload of this file is under way");
    appender = NULL;
  } else if (appender != NULL) {
    appender->busy = TRUE;
  }
  g_mutex_unlock (&blobs->lock);
  return appender;
}

static Appender *
take_appender (WuyouBlobs *blobs, const char *id, const WuyouKey *key, GBytes *file_key, GError **error)
{
  GError *busy = NULL;
  Appender *appender = take_known (blobs, id, &busy);

  if (busy != NULL) {
    g_propagate_error (error, busy);
    return NULL;
  }
  if (appender != NULL)
    return appender;
  appender = new_appender (blobs, id, key, file_key, error);
  if (appender == NULL)
    return NULL;
  g_mutex_lock (&blobs->lock);
  g_hash_table_replace (blobs->appenders, appender->id, appender);
  g_mutex_unlock (&blobs->lock);
  return appender;
}

static void
give_back (WuyouBlobs *blobs, Appender *appender, gboolean keep)
{
  g_mutex_lock (&blobs->lock);
  appender->busy = FALSE;
  if (!keep)
    g_hash_table_remove (blobs->appenders, appender->id);
  g_mutex_unlock (&blobs->lock);
}

static gboolean
append_frames (Appender *appender, const guint8 *data, gsize length, GError **error)
{
  while (length > 0) {
    guint32 part = (guint32) MIN (length, WUYOU_BLOB_FRAME);
    gsize whole = _wuyou_blob_frame_seal (appender->key, appender->id, appender->size, data, part, appender->buffer);

    if (!write_at (appender, whole, error))
      return FALSE;
    g_checksum_update (appender->digest, data, part);
    appender->size += part;
    appender->end += (gint64) whole;
    data += part;
    length -= part;
  }
  return TRUE;
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
  Appender *appender = take_appender (blobs, id, key, file_key, error);
  gboolean ok;

  if (appender == NULL)
    return FALSE;
  ok = appender->size == offset;
  if (!ok)
    g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_OFFSET, "The file has %" G_GINT64_FORMAT " bytes", appender->size);
  *ret_size = appender->size;
  if (!ok) {
    give_back (blobs, appender, TRUE);
    return FALSE;
  }
  ok = append_frames (appender, data, length, error);
  *ret_size = appender->size;
  give_back (blobs, appender, ok);
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
  if (fd >= 0 && lseek (fd, 0, SEEK_END) >= HEAD)
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
seal_end (WuyouBlobs *blobs, Appender *appender, GError **error)
{
  g_autofree char *part = _wuyou_blob_path (blobs->directory, appender->id, FALSE);
  g_autofree char *whole = _wuyou_blob_path (blobs->directory, appender->id, TRUE);
  gsize length = _wuyou_blob_end_seal (appender->key, appender->id, appender->size, appender->buffer);

  if (!write_at (appender, length, error))
    return FALSE;
  if (fsync (appender->fd) == 0 && g_rename (part, whole) == 0 && sync_folder (whole))
    return TRUE;
  _wuyou_blob_set_error (error, "Finishing a file", errno);
  return FALSE;
}

/* Nobody can tell which bytes are the wrong ones: all of them are to be sent again. */
static void
start_over (Appender *appender, GError **error)
{
  appender->size = 0;
  appender->end = HEAD;
  g_checksum_reset (appender->digest);
  if (ftruncate (appender->fd, HEAD) != 0)
    _wuyou_blob_set_error (error, "Emptying a file", errno);
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

gboolean
wuyou_blob_finish (WuyouBlobs *blobs,
                   const char *id,
                   const WuyouKey *key,
                   GBytes *file_key,
                   const char *sha256,
                   GError **error)
{
  g_autofree char *whole = _wuyou_blob_path (blobs->directory, id, TRUE);
  g_autoptr (GChecksum) digest = NULL;
  Appender *appender;
  gboolean ok;

  if (g_file_test (whole, G_FILE_TEST_EXISTS))
    return check_whole (blobs, id, key, file_key, sha256, error);
  appender = take_appender (blobs, id, key, file_key, error);
  if (appender == NULL)
    return FALSE;
  digest = g_checksum_copy (appender->digest);
  ok = g_str_equal (g_checksum_get_string (digest), sha256);
  if (!ok)
    start_over (appender, error);
  ok = ok && seal_end (blobs, appender, error);
  give_back (blobs, appender, FALSE);
  return ok;
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
  g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, content);
  gsize length;
  gconstpointer data = g_bytes_get_data (content, &length);
  gint64 size;

  if (!wuyou_blob_append (blobs, id, key, file_key, 0, data, length, &size, error)
      || !wuyou_blob_finish (blobs, id, key, file_key, sha256, error))
    return FALSE;
  if (ret_sha256 != NULL)
    *ret_sha256 = g_steal_pointer (&sha256);
  return TRUE;
}

gboolean
wuyou_blob_delete (WuyouBlobs *blobs, const char *id, GError **error)
{
  g_autofree char *part = _wuyou_blob_path (blobs->directory, id, FALSE);
  g_autofree char *whole = _wuyou_blob_path (blobs->directory, id, TRUE);
  GError *busy = NULL;
  Appender *appender = take_known (blobs, id, &busy);

  if (busy != NULL) {
    g_propagate_error (error, busy);
    return FALSE;
  }
  if (appender != NULL)
    give_back (blobs, appender, FALSE);
  if ((g_unlink (part) == 0 || errno == ENOENT) && (g_unlink (whole) == 0 || errno == ENOENT))
    return TRUE;
  _wuyou_blob_set_error (error, "Deleting a file", errno);
  return FALSE;
}
