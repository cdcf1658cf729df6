/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-blob-appender.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/wuyou-error.h"
#include "wuyou-blob-file.h"
#include "wuyou-blob-private.h"

/* How many are kept open, and for how long; a forgotten one is opened again, and its digest computed at its end. */
#define MAX_APPENDERS 128
#define IDLE_SECONDS 60
#define MAX_TRIES 8 /* to open a file that others rename or delete at the same time */

static void
free_appender (gpointer data)
{
  WuyouBlobAppender *appender = data;

  if (appender->fd >= 0)
    close (appender->fd);
  g_clear_pointer (&appender->digest, g_checksum_free);
  sodium_memzero (appender->key, sizeof appender->key);
  g_free (appender->buffer);
  g_free (appender->id);
  g_free (appender);
}

static WuyouBlobAppender *
new_appender (const char *id)
{
  WuyouBlobAppender *appender = g_new0 (WuyouBlobAppender, 1);

  appender->id = g_strdup (id);
  appender->fd = -1;
  appender->buffer = g_malloc (WUYOU_BLOB_FRAME + WUYOU_BLOB_OVERHEAD);
  return appender;
}

GHashTable *
_wuyou_blob_appenders_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_appender);
}

/* --- the file --- */

gboolean
_wuyou_blob_write_at (WuyouBlobAppender *appender, gsize length, GError **error)
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
drop_broken_end (WuyouBlobAppender *appender, WuyouBlobIndex *index)
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
resume (WuyouBlobAppender *appender, GError **error)
{
  WuyouBlobIndex index;

  if (lseek (appender->fd, 0, SEEK_END) < WUYOU_BLOB_HEAD) {
    memcpy (appender->buffer, WUYOU_BLOB_MAGIC, WUYOU_BLOB_HEAD);
    appender->end = 0;
    if (!_wuyou_blob_write_at (appender, WUYOU_BLOB_HEAD, error))
      return FALSE;
  }
  if (!_wuyou_blob_index_read (appender->fd, &index, error))
    return FALSE;
  drop_broken_end (appender, &index);
  appender->size = index.size;
  appender->end = index.end;
  appender->digest = index.size == 0 ? g_checksum_new (G_CHECKSUM_SHA256) : NULL;
  _wuyou_blob_index_clear (&index);
  if (ftruncate (appender->fd, appender->end) == 0)
    return TRUE;
  _wuyou_blob_set_error (error, "Writing a file", errno);
  return FALSE;
}

static gboolean
digest_frames (WuyouBlobAppender *appender, WuyouBlobIndex *index, GError **error)
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
digest_file (WuyouBlobAppender *appender, GError **error)
{
  WuyouBlobIndex index;
  gboolean ok;

  if (!_wuyou_blob_index_read (appender->fd, &index, error))
    return FALSE;
  appender->digest = g_checksum_new (G_CHECKSUM_SHA256);
  ok = digest_frames (appender, &index, error);
  _wuyou_blob_index_clear (&index);
  return ok;
}

char *
_wuyou_blob_dup_sha256 (WuyouBlobAppender *appender, GError **error)
{
  g_autoptr (GChecksum) digest = NULL;

  if (appender->digest == NULL && !digest_file (appender, error))
    return NULL;
  digest = g_checksum_copy (appender->digest); /* asking ends it */
  return g_strdup (g_checksum_get_string (digest));
}

static gboolean
lock_file (WuyouBlobAppender *appender, GError **error)
{
  if (flock (appender->fd, LOCK_EX | LOCK_NB) == 0)
    return TRUE;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_BUSY, "Another upload of this file is under way");
  return FALSE;
}

/* With the lock held: what is open is what is called @path, no process having deleted or renamed it before. */
static gboolean
is_named (const WuyouBlobAppender *appender, const char *path, gint64 *ret_size)
{
  struct stat open_info, path_info;

  if (fstat (appender->fd, &open_info) != 0 || stat (path, &path_info) != 0)
    return FALSE;
  *ret_size = open_info.st_size;
  return open_info.st_ino == path_info.st_ino && open_info.st_dev == path_info.st_dev;
}

static void
reset (WuyouBlobAppender *appender)
{
  if (appender->fd >= 0)
    close (appender->fd);
  appender->fd = -1;
  appender->size = appender->end = 0;
  g_clear_pointer (&appender->digest, g_checksum_free);
}

static gboolean
open_path (WuyouBlobAppender *appender, const char *path, gboolean create, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (create)
    g_mkdir (folder, 0700);
  appender->fd = open (path, O_RDWR | O_CLOEXEC | (create ? O_CREAT : 0), 0600);
  if (appender->fd >= 0)
    return TRUE;
  if (errno == ENOENT && !create)
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_OFFSET, "nothing was received");
  else
    _wuyou_blob_set_error (error, "Opening a file", errno);
  return FALSE;
}

static gboolean
open_locked (WuyouBlobAppender *appender, const char *path, gboolean create, GError **error)
{
  for (guint i = 0; i < MAX_TRIES; i++) {
    gint64 size;

    reset (appender);
    if (!open_path (appender, path, create, error) || !lock_file (appender, error))
      return FALSE;
    if (is_named (appender, path, &size))
      return TRUE;
  }
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_BUSY, "Another upload of this file is under way");
  return FALSE;
}

/* A part beside the whole was made by this very call: another process finished the file just before. */
static gboolean
check_unfinished (WuyouBlobs *blobs, WuyouBlobAppender *appender, const char *part, GError **error)
{
  g_autofree char *whole = _wuyou_blob_path (blobs->directory, appender->id, TRUE);

  if (!g_file_test (whole, G_FILE_TEST_EXISTS))
    return TRUE;
  g_unlink (part);
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_OFFSET, "finished");
  return FALSE;
}

/* What another process did to the file since shows in its name or size: then nothing of what is known counts. */
static gboolean
prepare (WuyouBlobs *blobs, WuyouBlobAppender *appender, gboolean create, GError **error)
{
  g_autofree char *part = _wuyou_blob_path (blobs->directory, appender->id, FALSE);
  gint64 size;

  if (appender->fd >= 0) {
    if (!lock_file (appender, error))
      return FALSE;
    if (is_named (appender, part, &size) && size == appender->end)
      return TRUE;
  }
  return open_locked (appender, part, create, error) && check_unfinished (blobs, appender, part, error)
         && resume (appender, error);
}

/* --- those that are kept --- */

static gboolean
is_over (gpointer key G_GNUC_UNUSED, gpointer value, gpointer data)
{
  const WuyouBlobAppender *appender = value;
  const gint64 *before = data;

  return !appender->busy && appender->idle_since <= *before;
}

/* With the lock held. */
static void
close_idle (WuyouBlobs *blobs, gint64 now)
{
  gint64 before = now - IDLE_SECONDS * G_TIME_SPAN_SECOND;

  if (g_hash_table_size (blobs->appenders) > MAX_APPENDERS)
    before = now;
  g_hash_table_foreach_remove (blobs->appenders, is_over, &before);
}

void
wuyou_blobs_close_idle (WuyouBlobs *blobs, gint64 now)
{
  g_mutex_lock (&blobs->lock);
  close_idle (blobs, now);
  g_mutex_unlock (&blobs->lock);
}

/* Takes the name before the file is touched, so that two threads never open the same one. */
static WuyouBlobAppender *
reserve (WuyouBlobs *blobs, const char *id, GError **error)
{
  WuyouBlobAppender *appender;
  gboolean busy;

  g_mutex_lock (&blobs->lock);
  close_idle (blobs, g_get_monotonic_time ());
  appender = g_hash_table_lookup (blobs->appenders, id);
  busy = appender != NULL && appender->busy;
  if (appender == NULL) {
    appender = new_appender (id);
    g_hash_table_insert (blobs->appenders, appender->id, appender);
  }
  appender->busy = TRUE;
  g_mutex_unlock (&blobs->lock);
  if (!busy)
    return appender;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_BUSY, "Another upload of this file is under way");
  return NULL;
}

WuyouBlobAppender *
_wuyou_blob_take (WuyouBlobs *blobs,
                  const char *id,
                  const WuyouKey *key,
                  GBytes *file_key,
                  gboolean create,
                  GError **error)
{
  WuyouBlobAppender *appender = reserve (blobs, id, error);

  if (appender == NULL)
    return NULL;
  if (_wuyou_blob_open_key (key, id, file_key, appender->key, error) && prepare (blobs, appender, create, error))
    return appender;
  _wuyou_blob_give_back (blobs, appender, FALSE);
  return NULL;
}

void
_wuyou_blob_give_back (WuyouBlobs *blobs, WuyouBlobAppender *appender, gboolean keep)
{
  g_mutex_lock (&blobs->lock);
  if (appender->fd >= 0)
    flock (appender->fd, LOCK_UN);
  appender->busy = FALSE;
  appender->idle_since = g_get_monotonic_time ();
  if (!keep || appender->deleted)
    g_hash_table_remove (blobs->appenders, appender->id);
  g_mutex_unlock (&blobs->lock);
}

/* One that is at work finds its file without a name the next time; its descriptor goes when it is given back. */
void
_wuyou_blob_forget (WuyouBlobs *blobs, const char *id)
{
  WuyouBlobAppender *appender;

  g_mutex_lock (&blobs->lock);
  appender = g_hash_table_lookup (blobs->appenders, id);
  if (appender != NULL && appender->busy)
    appender->deleted = TRUE;
  else if (appender != NULL)
    g_hash_table_remove (blobs->appenders, id);
  g_mutex_unlock (&blobs->lock);
}
