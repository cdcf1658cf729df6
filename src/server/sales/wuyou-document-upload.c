/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "sales/wuyou-document-upload.h"

#include "sales/wuyou-document-case.h"

static WuyouUploadStand
judge (int state)
{
  if (state == WUYOU_DOCUMENT_UPLOADING)
    return WUYOU_UPLOAD_OPEN;
  return wuyou_document_is_destroyed (state) ? WUYOU_UPLOAD_GONE : WUYOU_UPLOAD_DONE;
}

static void
free_case (gpointer data)
{
  wuyou_document_case_clear (data);
  g_free (data);
}

static gpointer
load_case (WuyouServerContext *context, WuyouRequest *request, const char *id, GError **error)
{
  WuyouDocumentCase *doc = g_new0 (WuyouDocumentCase, 1);

  *doc = (WuyouDocumentCase){ .context = context, .request = request, .id = id };
  if (wuyou_document_case_load (doc, error))
    return doc;
  free_case (doc);
  return NULL;
}

static gboolean
check_case (gpointer data, GError **error)
{
  WuyouDocumentCase *doc = data;

  return wuyou_document_check_slot (doc->document->slot, doc->sale.contract,
                                    wuyou_request_get_caller (doc->request)->roles, error);
}

void
wuyou_document_describe (gpointer data, WuyouUploadFile *ret_file)
{
  WuyouDocumentCase *doc = data;

  *ret_file = (WuyouUploadFile){ doc->id, doc->document->size, judge (doc->document->state), doc->file, doc->key };
}

static gboolean
read_stand (WuyouDbConn *conn, const char *id, WuyouUploadStand *ret_stand, GError **error)
{
  int state;

  if (!wuyou_document_read_state (conn, id, &state, error))
    return FALSE;
  *ret_stand = judge (state);
  return TRUE;
}

static const WuyouUploadKind kind = { load_case, free_case, check_case, wuyou_document_describe, read_stand };

static gpointer
begin_upload (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  return wuyou_upload_begin (&kind, request, context, error);
}

const WuyouUpload wuyou_document_upload = { begin_upload, wuyou_upload_take, wuyou_upload_finish, wuyou_upload_free };
