/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-document-upload.h"

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "wuyou-document-case.h"

#define HEAD_BYTES 8 /* tell every kind */

typedef struct {
  WuyouDocumentCase doc;
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

  if (!wuyou_blob_get_size (upload->doc.context->blobs, upload->doc.id, &size, error))
    return FALSE;
  if (size == upload->offset)
    return TRUE;
  g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_OFFSET, "The file has %" G_GINT64_FORMAT " bytes", size);
  return FALSE;
}

static gboolean
check_upload (Upload *upload, GError **error)
{
  WuyouDocumentCase *doc = &upload->doc;
  guint32 roles = wuyou_request_get_caller (doc->request)->roles;
  gint64 length = wuyou_request_get_body_length (doc->request);

  if (!wuyou_document_check_slot (doc->document->slot, doc->sale.contract, roles, error))
    return FALSE;
  if (doc->document->state != WUYOU_DOCUMENT_UPLOADING) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_CONFLICT, "finished");
    return FALSE;
  }
  if (length >= 0 && upload->offset + length > doc->document->size) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_TOO_LARGE, "more than was announced");
    return FALSE;
  }
  return check_offset (upload, error);
}

static void
free_upload (gpointer data)
{
  Upload *upload = data;

  wuyou_document_case_clear (&upload->doc);
  g_free (upload);
}

static gpointer
begin_upload (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  Upload *upload = g_new0 (Upload, 1);

  upload->doc = (WuyouDocumentCase){ .context = context, .request = request };
  upload->doc.id = wuyou_request_get_id_arg (request, 0, error);
  if (upload->doc.id != NULL && parse_offset (request, &upload->offset, error)
      && wuyou_document_case_load (&upload->doc, error) && check_upload (upload, error))
    return upload;
  free_upload (upload);
  return NULL;
}

typedef struct {
  const char *id;
  int state;
} Look;

static gboolean
read_state (WuyouDbConn *conn, gpointer data, GError **error)
{
  Look *look = data;

  return wuyou_document_read_state (conn, look->id, &look->state, error);
}

/* It may have been taken back since the request began. Whoever does that first writes it down and then deletes the
 * file; here the bytes came first, and then this look: so one of the two removes them. */
static gboolean
check_wanted (const WuyouDocumentCase *doc, GError **error)
{
  Look look = { .id = doc->id };

  if (!wuyou_db_read (doc->context->db, read_state, &look, error))
    return FALSE;
  if (look.state == WUYOU_DOCUMENT_UPLOADING)
    return TRUE;
  if (wuyou_document_is_destroyed (look.state) && !wuyou_blob_delete (doc->context->blobs, doc->id, error))
    return FALSE;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_CONFLICT, "finished");
  return FALSE;
}

static gboolean
take_chunk (gpointer data, const guint8 *bytes, gsize length, GError **error)
{
  Upload *upload = data;
  WuyouDocumentCase *doc = &upload->doc;

  if (upload->offset + (gint64) length > doc->document->size) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_TOO_LARGE, "more than was announced");
    return FALSE;
  }
  /* A cut first piece may be too short to tell; what comes out of quarantine is looked at again. */
  if (upload->offset == 0 && length >= HEAD_BYTES && wuyou_document_sniff (bytes, length) == NULL) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_UNSUPPORTED_TYPE, "");
    return FALSE;
  }
  return wuyou_blob_append (doc->context->blobs, doc->id, doc->key, doc->file->file_key, upload->offset, bytes, length,
                            &upload->offset, error)
         && check_wanted (doc, error);
}

static WuyouReply *
finish_upload (gpointer data, GError **error)
{
  Upload *upload = data;
  GString *out = g_string_new (NULL);

  wuyou_json_begin_object (out, NULL);
  wuyou_json_add_int (out, "received", upload->offset);
  wuyou_json_end_object (out);
  return wuyou_reply_new_json (200, out);
}

const WuyouUpload wuyou_document_upload = { begin_upload, take_chunk, finish_upload, free_upload };
