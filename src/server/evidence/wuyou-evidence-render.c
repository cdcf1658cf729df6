/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "evidence/wuyou-evidence-render.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/wuyou-error.h"
#include "records/wuyou-job-service.h"
#include "uploads/wuyou-decode.h"

#define PIECE (256 * 1024)

/* One sealed file. */
typedef struct {
  int kind;
  char *id, *sha256;
  GBytes *content, *file_key;
} Made;

static void
free_made (gpointer data)
{
  Made *made = data;

  g_free (made->id);
  g_free (made->sha256);
  g_bytes_unref (made->content);
  g_bytes_unref (made->file_key);
  g_free (made);
}

void
wuyou_rendering_clear (WuyouRendering *self)
{
  wuyou_decoded_clear (&self->decoded);
  g_clear_pointer (&self->edits_json, g_free);
  g_clear_pointer (&self->made, g_ptr_array_unref);
  g_clear_pointer (&self->replaced, g_ptr_array_unref);
}

/* --- the original, for the child's eyes only --- */

static gboolean
refuse_unavailable (GError **error, const char *why)
{
  g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_UNAVAILABLE, "decoder: %s", why);
  return FALSE;
}

static gboolean
write_piece (int fd, const guint8 *bytes, gsize length)
{
  while (length > 0) {
    gssize put = write (fd, bytes, length);

    if (put < 0 && errno != EINTR)
      return FALSE;
    bytes += MAX (put, 0);
    length -= (gsize) MAX (put, 0);
  }
  return TRUE;
}

static gboolean
copy_file (WuyouBlobReader *reader, int fd, GError **error)
{
  g_autofree guint8 *piece = g_malloc (PIECE);
  gssize got;

  while ((got = wuyou_blob_reader_read (reader, piece, PIECE, error)) > 0)
    if (!write_piece (fd, piece, (gsize) got))
      return refuse_unavailable (error, g_strerror (errno));
  return got == 0;
}

/* In memory, piece by piece, and nobody can change it any more. -1 with an error. */
static int
open_original (WuyouRendering *self, const WuyouFile *file, GError **error)
{
  g_autoptr (WuyouBlobReader) reader
      = wuyou_blob_open (self->context->blobs, file->id, self->key, file->file_key, error);
  int fd = reader != NULL ? memfd_create ("wuyou-original", MFD_CLOEXEC | MFD_ALLOW_SEALING) : -1;

  if (reader == NULL)
    return -1;
  if (fd < 0) {
    refuse_unavailable (error, g_strerror (errno));
    return -1;
  }
  if (copy_file (reader, fd, error)) {
    if (lseek (fd, 0, SEEK_SET) == 0
        && fcntl (fd, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE) == 0)
      return fd;
    refuse_unavailable (error, g_strerror (errno));
  }
  close (fd);
  return -1;
}

static gboolean
check_program (const WuyouServerConfig *config, GError **error)
{
  g_autofree char *program = wuyou_decode_find_program (config, error);

  if (program == NULL)
    return FALSE;
  return g_file_test (program, G_FILE_TEST_IS_EXECUTABLE) || refuse_unavailable (error, "not there");
}

gboolean
wuyou_rendering_decode (WuyouRendering *self,
                        const WuyouFile *file,
                        const char *media_type,
                        gboolean *ret_blame,
                        GError **error)
{
  gboolean right;
  int fd;

  *ret_blame = FALSE;
  fd = check_program (self->context->config, error) ? open_original (self, file, error) : -1;
  if (fd < 0)
    return FALSE;
  right = wuyou_decode (self->context->config, fd, media_type, self->edits_json,
                        wuyou_job_service_get_stop (self->context->jobs), &self->decoded, ret_blame, error);
  close (fd);
  return right;
}

/* --- its renditions --- */

static void
add_made (WuyouRendering *self, int kind, GBytes *content)
{
  Made *made = g_new0 (Made, 1);

  made->kind = kind;
  made->id = wuyou_id_new (&self->context->ids);
  made->content = g_bytes_ref (content);
  made->file_key = wuyou_blob_create_key (self->key, made->id);
  g_ptr_array_add (self->made, made);
}

gboolean
wuyou_rendering_begin (WuyouRendering *self, WuyouDbConn *conn, GError **error)
{
  const char *purpose = wuyou_key_get_purpose (self->key);

  if (!wuyou_key_check (conn, self->key, error))
    return FALSE;
  for (guint i = 0; i < self->made->len; i++) {
    const Made *made = self->made->pdata[i];

    if (!wuyou_file_insert (conn, made->id, purpose, wuyou_key_get_id (self->key), made->file_key, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
write_begun (WuyouDbConn *conn, gpointer data, GError **error)
{
  return wuyou_rendering_begin (data, conn, error);
}

static gboolean
seal_made (WuyouRendering *self, GError **error)
{
  for (guint i = 0; i < self->made->len; i++) {
    Made *made = self->made->pdata[i];

    if (!wuyou_blob_put (self->context->blobs, made->id, self->key, made->file_key, made->content, &made->sha256,
                         error))
      return FALSE;
  }
  return TRUE;
}

static void
add_all (WuyouRendering *self)
{
  const WuyouDecoded *decoded = &self->decoded;

  self->made = g_ptr_array_new_with_free_func (free_made);
  add_made (self, WUYOU_RENDITION_PLAIN, decoded->plain);
  add_made (self, WUYOU_RENDITION_THUMB, decoded->thumb);
  if (self->edits_json != NULL)
    add_made (self, WUYOU_RENDITION_VIEW, decoded->view);
}

gboolean
wuyou_rendering_seal (WuyouRendering *self, GError **error)
{
  add_all (self);
  return wuyou_db_write (self->context->db, write_begun, self, error) && seal_made (self, error);
}

gboolean
wuyou_rendering_seal_first (WuyouRendering *self, GError **error)
{
  add_all (self);
  return seal_made (self, error);
}

static const char *
get_media_type (const WuyouDecoded *decoded, int kind)
{
  return kind != WUYOU_RENDITION_THUMB && g_str_equal (decoded->media_type, "application/pdf") ? decoded->media_type
                                                                                               : "image/jpeg";
}

static gboolean
write_one (WuyouRendering *self, WuyouDbConn *conn, const Made *made, gint64 now, GError **error)
{
  const WuyouRendition rendition = {
    .id = made->id,
    .evidence_id = (char *) self->evidence_id,
    .kind = made->kind,
    .media_type = (char *) get_media_type (&self->decoded, made->kind),
    .edits_json = made->kind != WUYOU_RENDITION_PLAIN ? self->edits_json : NULL,
    .made_at = now,
  };
  char *replaced = NULL;

  if (!wuyou_rendition_put (conn, &rendition, &replaced, error)) {
    g_free (replaced);
    return FALSE;
  }
  if (replaced != NULL)
    g_ptr_array_add (self->replaced, replaced);
  return wuyou_file_set_content (conn, made->id, (gint64) g_bytes_get_size (made->content), made->sha256, error);
}

static gboolean
remove_view (WuyouRendering *self, WuyouDbConn *conn, GError **error)
{
  char *removed = NULL;
  gboolean right = wuyou_rendition_remove (conn, self->evidence_id, WUYOU_RENDITION_VIEW, &removed, error);

  if (removed != NULL)
    g_ptr_array_add (self->replaced, removed);
  return right;
}

gboolean
wuyou_rendering_write (WuyouRendering *self, WuyouDbConn *conn, gint64 now, GError **error)
{
  g_clear_pointer (&self->replaced, g_ptr_array_unref);
  self->replaced = g_ptr_array_new_with_free_func (g_free);
  if (!wuyou_key_check (conn, self->key, error))
    return FALSE;
  for (guint i = 0; i < self->made->len; i++)
    if (!write_one (self, conn, self->made->pdata[i], now, error))
      return FALSE;
  return wuyou_evidence_forget_tries (conn, self->evidence_id, error)
         && (self->edits_json != NULL || remove_view (self, conn, error));
}

static void
delete_file (WuyouRendering *self, const char *id)
{
  g_autoptr (GError) error = NULL;

  if (!wuyou_blob_delete (self->context->blobs, id, &error))
    g_info ("rendition %s not deleted: %s", id, error->message);
}

static gboolean
forget_begun (WuyouDbConn *conn, gpointer data, GError **error)
{
  WuyouRendering *self = data;

  for (guint i = 0; i < self->made->len; i++)
    if (!wuyou_file_forget_begun (conn, ((const Made *) self->made->pdata[i])->id, error))
      return FALSE;
  return TRUE;
}

static void
delete_made (WuyouRendering *self)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < self->made->len; i++)
    delete_file (self, ((const Made *) self->made->pdata[i])->id);
  if (!wuyou_db_write (self->context->db, forget_begun, self, &error))
    g_info ("rows of renditions not deleted: %s", error->message);
}

void
wuyou_rendering_finish (WuyouRendering *self, gboolean written)
{
  for (guint i = 0; written && self->replaced != NULL && i < self->replaced->len; i++)
    delete_file (self, self->replaced->pdata[i]);
  if (!written && self->made != NULL)
    delete_made (self);
}
