/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "client/wuyou-sealed-file.h"

#include <errno.h>
#include <fcntl.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#include "base/wuyou-error.h"

#define NONCE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG crypto_aead_xchacha20poly1305_ietf_ABYTES
#define SEALED_FRAME (WUYOU_SEALED_FRAME + NONCE + TAG)
#define KEY_BYTES crypto_aead_xchacha20poly1305_ietf_KEYBYTES
#define THUMBNAIL 192
#define MOST_PIXELS (G_GINT64_CONSTANT (200) * 1000 * 1000) /* a larger picture gets no thumbnail here */

typedef struct {
  WuyouSealedSource source;
  guint8 key[KEY_BYTES];
  gint64 size;
  guint number;
} Job;

typedef struct {
  Job *job;
  GInputStream *in;
  int out;
  GChecksum *sum;
  GdkPixbufLoader *loader; /* NULL: no picture, or one that cannot be shown */
  gint64 size;
  guint n_frames;
} Copy;

static void
job_free (Job *job)
{
  sodium_memzero (job->key, sizeof job->key);
  g_free (job->source.path);
  g_free (job->source.id);
  g_clear_object (&job->source.file);
  g_clear_pointer (&job->source.bytes, g_bytes_unref);
  g_free (job);
}

void
wuyou_sealed_summary_free (WuyouSealedSummary *summary)
{
  g_free (summary->sha256);
  g_clear_pointer (&summary->thumbnail, g_bytes_unref);
  g_free (summary);
}

static char *
bind_frame (const char *id, guint number)
{
  return g_strdup_printf ("wuyou-upload %s %u", id, number);
}

static gboolean
refuse_reading (GError **error)
{
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_INVALID, N_ ("This file cannot be read. Choose it again."));
  return FALSE;
}

static gboolean
refuse_writing (GError **error)
{
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_STORAGE_FULL, g_strerror (errno));
  return FALSE;
}

static gboolean
write_all (int fd, const guint8 *data, gsize length)
{
  while (length > 0) {
    gssize written = write (fd, data, length);

    if (written < 0 && errno == EINTR)
      continue;
    if (written < 0)
      return FALSE;
    data += written;
    length -= (gsize) written;
  }
  return TRUE;
}

static gboolean
seal_frame (Copy *copy, const guint8 *data, gsize length, GError **error)
{
  g_autofree char *bound = bind_frame (copy->job->source.id, copy->n_frames++);
  g_autofree guint8 *out = g_malloc (NONCE + length + TAG);

  randombytes_buf (out, NONCE);
  crypto_aead_xchacha20poly1305_ietf_encrypt (out + NONCE, NULL, data, length, (const guint8 *) bound, strlen (bound),
                                              NULL, out, copy->job->key);
  return write_all (copy->out, out, NONCE + length + TAG) || refuse_writing (error);
}

/* A size of nothing ends the decoding before room for the picture is taken. */
static void
on_size_prepared_cb (GdkPixbufLoader *loader, int width, int height, gpointer data)
{
  int longer = MAX (width, height);

  if (width <= 0 || height <= 0 || (gint64) width * height > MOST_PIXELS)
    gdk_pixbuf_loader_set_size (loader, 0, 0);
  else if (longer > THUMBNAIL)
    gdk_pixbuf_loader_set_size (loader, MAX (1, width * THUMBNAIL / longer), MAX (1, height * THUMBNAIL / longer));
}

static void
begin_picture (Copy *copy, const guint8 *head, gsize length)
{
  gboolean jpeg = length > 3 && memcmp (head, "\xff\xd8\xff", 3) == 0;
  gboolean png = length > 4 && memcmp (head, "\x89PNG", 4) == 0;

  if (!jpeg && !png)
    return;
  copy->loader = gdk_pixbuf_loader_new_with_type (jpeg ? "jpeg" : "png", NULL);
  if (copy->loader != NULL)
    g_signal_connect (copy->loader, "size-prepared", G_CALLBACK (on_size_prepared_cb), NULL);
}

static void
end_picture (Copy *copy)
{
  if (copy->loader != NULL)
    gdk_pixbuf_loader_close (copy->loader, NULL);
  g_clear_object (&copy->loader);
}

static void
feed_picture (Copy *copy, const guint8 *data, gsize length)
{
  if (copy->loader != NULL && !gdk_pixbuf_loader_write (copy->loader, data, length, NULL))
    end_picture (copy);
}

static GBytes *
take_thumbnail (Copy *copy)
{
  g_autoptr (GdkPixbuf) upright = NULL;
  GdkPixbuf *pixbuf;
  char *jpeg = NULL;
  gsize length = 0;

  if (copy->loader == NULL)
    return NULL;
  if (!gdk_pixbuf_loader_close (copy->loader, NULL) || (pixbuf = gdk_pixbuf_loader_get_pixbuf (copy->loader)) == NULL) {
    g_clear_object (&copy->loader);
    return NULL;
  }
  upright = gdk_pixbuf_apply_embedded_orientation (pixbuf);
  gdk_pixbuf_save_to_buffer (upright, &jpeg, &length, "jpeg", NULL, "quality", "80", NULL);
  g_clear_object (&copy->loader);
  return jpeg != NULL ? g_bytes_new_take (jpeg, length) : NULL;
}

static gboolean
copy_frames (Copy *copy, GCancellable *cancellable, GError **error)
{
  g_autofree guint8 *buffer = g_malloc (WUYOU_SEALED_FRAME);
  gsize length;

  do {
    if (!g_input_stream_read_all (copy->in, buffer, WUYOU_SEALED_FRAME, &length, cancellable, NULL))
      return refuse_reading (error);
    if (length == 0)
      break;
    if (copy->size == 0)
      begin_picture (copy, buffer, length);
    copy->size += (gint64) length;
    if (copy->size > copy->job->source.most)
      return copy->job->source.check (copy->size, buffer, length, error);
    g_checksum_update (copy->sum, buffer, (gssize) length);
    feed_picture (copy, buffer, length);
    if (!seal_frame (copy, buffer, length, error))
      return FALSE;
  } while (length == WUYOU_SEALED_FRAME);
  return TRUE;
}

/* Only what is a file has a size that can be believed: a pipe or a device never ends. */
static gboolean
look_first (const WuyouSealedSource *source, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInfo) info = NULL;
  g_autoptr (GFileInputStream) in = NULL;
  guint8 head[64];
  gsize length = 0;

  if (source->file == NULL) {
    const guint8 *data = g_bytes_get_data (source->bytes, &length);
    return source->check ((gint64) length, data, length, error);
  }
  info = g_file_query_info (source->file, "standard::size,standard::type", 0, cancellable, NULL);
  if (info == NULL || g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    return refuse_reading (error);
  in = g_file_read (source->file, cancellable, NULL);
  if (in == NULL || !g_input_stream_read_all (G_INPUT_STREAM (in), head, sizeof head, &length, cancellable, NULL))
    return refuse_reading (error);
  return source->check (g_file_info_get_size (info), head, length, error);
}

static GInputStream *
open_source (const WuyouSealedSource *source, GCancellable *cancellable)
{
  if (source->file == NULL)
    return g_memory_input_stream_new_from_bytes (source->bytes);
  return G_INPUT_STREAM (g_file_read (source->file, cancellable, NULL));
}

static gboolean
write_copy (Copy *copy, GCancellable *cancellable, GError **error)
{
  const WuyouSealedSource *source = &copy->job->source;
  g_autofree char *folder = g_path_get_dirname (source->path);

  copy->in = open_source (source, cancellable);
  if (copy->in == NULL)
    return refuse_reading (error);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    return refuse_writing (error);
  copy->out = g_open (source->path, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600);
  if (copy->out < 0)
    return refuse_writing (error);
  if (!copy_frames (copy, cancellable, error))
    return FALSE;
  if (copy->size == 0)
    return refuse_reading (error);
  return fsync (copy->out) == 0 || refuse_writing (error);
}

static WuyouSealedSummary *
summarise (Copy *copy)
{
  WuyouSealedSummary *summary = g_new0 (WuyouSealedSummary, 1);

  *summary = (WuyouSealedSummary){
    .size = copy->size,
    .sha256 = g_strdup (g_checksum_get_string (copy->sum)),
    .thumbnail = take_thumbnail (copy),
  };
  return summary;
}

static void
write_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Copy copy = { .job = data, .out = -1 };
  GError *error = NULL;

  copy.sum = g_checksum_new (G_CHECKSUM_SHA256);
  if (look_first (&copy.job->source, cancellable, &error) && write_copy (&copy, cancellable, &error)) {
    g_task_return_pointer (task, summarise (&copy), (GDestroyNotify) wuyou_sealed_summary_free);
  } else {
    if (copy.out >= 0)
      g_unlink (copy.job->source.path);
    g_task_return_error (task, error);
  }
  end_picture (&copy);
  if (copy.out >= 0)
    close (copy.out);
  g_clear_object (&copy.in);
  g_checksum_free (copy.sum);
}

static GTask *
job_task (const guint8 *key, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data, Job **ret_job)
{
  GTask *task = g_task_new (NULL, cancellable, callback, data);
  Job *job = g_new0 (Job, 1);

  memcpy (job->key, key, sizeof job->key);
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  *ret_job = job;
  return task;
}

void
wuyou_sealed_file_write_async (const WuyouSealedSource *source,
                               const guint8 *key,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  Job *job;
  g_autoptr (GTask) task = job_task (key, cancellable, callback, user_data, &job);

  job->source = *source;
  job->source.path = g_strdup (source->path);
  job->source.id = g_strdup (source->id);
  job->source.file = source->file != NULL ? g_object_ref (source->file) : NULL;
  job->source.bytes = source->bytes != NULL ? g_bytes_ref (source->bytes) : NULL;
  g_task_run_in_thread (task, write_in_thread);
}

WuyouSealedSummary *
wuyou_sealed_file_write_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
read_sealed (Job *job, guint8 *sealed, gsize length)
{
  int fd = g_open (job->source.path, O_RDONLY | O_CLOEXEC, 0);
  gssize got;

  if (fd < 0)
    return FALSE;
  got = pread (fd, sealed, length, (off_t) job->number * (off_t) SEALED_FRAME);
  close (fd);
  return got == (gssize) length;
}

static void
read_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  gint64 from = (gint64) job->number * WUYOU_SEALED_FRAME;
  gsize length = (gsize) CLAMP (job->size - from, 0, WUYOU_SEALED_FRAME);
  g_autofree guint8 *sealed = g_malloc (NONCE + length + TAG);
  g_autofree guint8 *plain = g_malloc (MAX (length, 1));
  g_autofree char *bound = bind_frame (job->source.id, job->number);

  if (!read_sealed (job, sealed, NONCE + length + TAG)
      || crypto_aead_xchacha20poly1305_ietf_decrypt (plain, NULL, NULL, sealed + NONCE, length + TAG,
                                                     (const guint8 *) bound, strlen (bound), sealed, job->key)
             != 0)
    g_task_return_new_error (task, WUYOU_ERROR, WUYOU_ERROR_CORRUPT, "a sealed copy cannot be read");
  else
    g_task_return_pointer (task, g_bytes_new_take (g_steal_pointer (&plain), length), (GDestroyNotify) g_bytes_unref);
}

void
wuyou_sealed_file_read_async (const char *path,
                              const char *id,
                              const guint8 *key,
                              gint64 size,
                              guint number,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  Job *job;
  g_autoptr (GTask) task = job_task (key, cancellable, callback, user_data, &job);

  job->source.path = g_strdup (path);
  job->source.id = g_strdup (id);
  job->size = size;
  job->number = number;
  g_task_run_in_thread (task, read_in_thread);
}

GBytes *
wuyou_sealed_file_read_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
