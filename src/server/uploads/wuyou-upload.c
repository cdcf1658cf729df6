/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "uploads/wuyou-upload.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "engine/wuyou-request-members.h"

#define HEAD_BYTES 8 /* tell every kind */

typedef struct {
  const WuyouUploadKind *kind;
  WuyouServerContext *context;
  gpointer file_case;
  WuyouUploadFile file; /* borrows from the case */
  gint64 offset;
} Upload;

static gboolean
parse_offset (WuyouRequest *request, gint64 *ret_offset, GError **error)
{
  const char *text = wuyou_request_get_header (request, "Upload-Offset");

  if (text != NULL && g_ascii_string_to_signed (text, 10, 0, WUYOU_DOCUMENT_MAX_BYTES, ret_offset, NULL))
    return TRUE;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_MALFORMED, "Upload-Offset is needed here");
  return FALSE;
}

/* Before megabytes travel for nothing, and for a body without any. */
static gboolean
check_offset (const Upload *upload, GError **error)
{
  gint64 size;

  if (!wuyou_blob_get_size (upload->context->blobs, upload->file.id, &size, error))
    return FALSE;
  if (size == upload->offset)
    return TRUE;
  g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_OFFSET, "The file has %" G_GINT64_FORMAT " bytes", size);
  return FALSE;
}

static gboolean
refuse_finished (GError **error)
{
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_CONFLICT, "finished");
  return FALSE;
}

static gboolean
refuse_larger (GError **error)
{
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_TOO_LARGE, "more than was announced");
  return FALSE;
}

static gboolean
check_upload (Upload *upload, gint64 length, GError **error)
{
  if (!upload->kind->check (upload->file_case, error))
    return FALSE;
  if (upload->file.stand != WUYOU_UPLOAD_OPEN)
    return refuse_finished (error);
  if (length >= 0 && upload->offset + length > upload->file.size)
    return refuse_larger (error);
  return check_offset (upload, error);
}

void
wuyou_upload_free (gpointer data)
{
  Upload *upload = data;

  if (upload->file_case != NULL)
    upload->kind->free (upload->file_case);
  g_free (upload);
}

gpointer
wuyou_upload_begin (const WuyouUploadKind *kind, WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  const char *id = wuyou_request_get_id_arg (request, 0, error);
  Upload *upload = g_new0 (Upload, 1);

  upload->kind = kind;
  upload->context = context;
  if (id != NULL && parse_offset (request, &upload->offset, error))
    upload->file_case = kind->load (context, request, id, error);
  if (upload->file_case != NULL) {
    kind->describe (upload->file_case, &upload->file);
    if (check_upload (upload, wuyou_request_get_body_length (request), error))
      return upload;
  }
  wuyou_upload_free (upload);
  return NULL;
}

typedef struct {
  const Upload *upload;
  WuyouUploadStand stand;
} Look;

static gboolean
read_stand (WuyouDbConn *conn, gpointer data, GError **error)
{
  Look *look = data;

  return look->upload->kind->read_stand (conn, look->upload->file.id, &look->stand, error);
}

/* It may have been taken back since the request began. Whoever does that first writes it down and then deletes the
 * file; here the bytes came first, and then this look: so one of the two removes them. */
static gboolean
check_wanted (const Upload *upload, GError **error)
{
  Look look = { .upload = upload };

  if (!wuyou_db_read (upload->context->db, read_stand, &look, error))
    return FALSE;
  if (look.stand == WUYOU_UPLOAD_OPEN)
    return TRUE;
  if (look.stand == WUYOU_UPLOAD_GONE && !wuyou_blob_delete (upload->context->blobs, upload->file.id, error))
    return FALSE;
  return refuse_finished (error);
}

gboolean
wuyou_upload_take (gpointer data, const guint8 *bytes, gsize length, GError **error)
{
  Upload *upload = data;
  const WuyouUploadFile *file = &upload->file;

  if (upload->offset + (gint64) length > file->size)
    return refuse_larger (error);
  /* A cut first piece may be too short to tell; what comes out of quarantine is looked at again. */
  if (upload->offset == 0 && length >= HEAD_BYTES && wuyou_document_sniff (bytes, length) == NULL) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_UNSUPPORTED_TYPE, "");
    return FALSE;
  }
  return wuyou_blob_append (upload->context->blobs, file->id, file->key, file->file->file_key, upload->offset, bytes,
                            length, &upload->offset, error)
         && check_wanted (upload, error);
}

WuyouReply *
wuyou_upload_finish (gpointer data, GError **error G_GNUC_UNUSED)
{
  Upload *upload = data;
  GString *out = g_string_new (NULL);

  wuyou_json_begin_object (out, NULL);
  wuyou_json_add_int (out, "received", upload->offset);
  wuyou_json_end_object (out);
  return wuyou_reply_new_json (200, out);
}

/* --- its end --- */

const char *
wuyou_upload_read_sha256 (WuyouRequest *request, GError **error)
{
  JsonObject *body = wuyou_request_get_json (request, error);
  const WuyouMember member = { "sha256", G_TYPE_STRING };
  const char *sha256 = wuyou_json_get_string (body, member.name);
  GError *wrong;

  if (body == NULL || !wuyou_request_check_members (body, &member, 1, error))
    return NULL;
  if (sha256 != NULL && strlen (sha256) == 64 && strspn (sha256, "0123456789abcdef") == 64)
    return sha256;
  wrong = g_error_new_literal (WUYOU_ERROR, WUYOU_ERROR_INVALID, N_ ("A value of another kind is expected here."));
  wuyou_error_set_field (wrong, member.name, NULL);
  g_propagate_error (error, wrong);
  return NULL;
}

static gboolean
check_complete (WuyouServerContext *context, const WuyouUploadFile *file, GError **error)
{
  gint64 size;

  if (!wuyou_blob_get_size (context->blobs, file->id, &size, error))
    return FALSE;
  if (size == file->size)
    return TRUE;
  g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_OFFSET, "received %" G_GINT64_FORMAT, size);
  return FALSE;
}

gboolean
wuyou_upload_seal (WuyouServerContext *context, const WuyouUploadFile *file, const char *sha256, GError **error)
{
  if (file->stand != WUYOU_UPLOAD_OPEN) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_CONFLICT, "finished with another hash");
    return FALSE;
  }
  return check_complete (context, file, error)
         && wuyou_blob_finish (context->blobs, file->id, file->key, file->file->file_key, sha256, error);
}
