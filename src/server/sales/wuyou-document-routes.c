/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "sales/wuyou-document-routes.h"

#include <glib/gi18n-lib.h>

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "wuyou-audit-store.h"
#include "sales/wuyou-document-case.h"
#include "sales/wuyou-document-upload.h"
#include "records/wuyou-job-service.h"
#include "wuyou-job-store.h"
#include "records/wuyou-once.h"

#define MAX_DOCUMENTS 60 /* of one contract */

/* A document on its way into the database. */
typedef struct {
  WuyouDocumentCase *doc;
  WuyouRecordDraft *draft;
  GBytes *file_key;   /* of a new one */
  const char *sha256; /* of a finished one */
} Save;

static WuyouDocument *
read_announced (WuyouRequest *request, GError **error)
{
  JsonObject *body = wuyou_request_get_json (request, error);
  const WuyouCaller *caller = wuyou_request_get_caller (request);
  g_autoptr (WuyouDocument) document = wuyou_document_new ();

  if (body == NULL || !wuyou_record_read_json (&wuyou_document_type, document, body, WUYOU_CODEC_CLIENT, error)
      || !wuyou_record_check (&wuyou_document_type, document, WUYOU_FIELD_ALWAYS, error))
    return NULL;
  document->state = WUYOU_DOCUMENT_UPLOADING;
  document->created_by = g_strdup (caller->account_id);
  document->created_at = document->updated_at = wuyou_request_get_now (request);
  return g_steal_pointer (&document);
}

static gboolean
read_contract (WuyouDbConn *conn, gpointer data, GError **error)
{
  WuyouDocumentCase *doc = data;
  WuyouStore *store = doc->context->store;
  const char *scope = wuyou_request_get_caller (doc->request)->scope;

  g_clear_pointer (&doc->key, wuyou_key_unref);
  if (!wuyou_contract_case_load (&doc->sale, conn, doc->context, doc->document->contract_id, scope, error))
    return FALSE;
  doc->key = wuyou_record_load_key (conn, store, &wuyou_contract_type, doc->document->contract_id, error);
  if (doc->key == NULL && error != NULL && *error == NULL)
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_NOT_FOUND, "erased");
  return doc->key != NULL;
}

static gboolean
check_announced (const WuyouDocumentCase *doc, GError **error)
{
  guint32 roles = wuyou_request_get_caller (doc->request)->roles;

  if (!wuyou_document_check_slot (doc->document->slot, doc->sale.contract, roles, error))
    return FALSE;
  if (doc->sale.documents->len < MAX_DOCUMENTS)
    return TRUE;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_ILLEGAL_TRANSITION,
                       N_ ("This contract has as many documents as it may have."));
  return FALSE;
}

static gboolean
write_announced (WuyouDbConn *conn, gpointer data, GError **error)
{
  Save *save = data;

  return wuyou_contract_case_check_current (&save->doc->sale, conn, save->doc->context, error)
         && wuyou_record_save (conn, save->draft, error)
         && wuyou_file_insert (conn, save->doc->id, WUYOU_PURPOSE_SALES, wuyou_key_get_id (save->doc->key),
                               save->file_key, error);
}

static WuyouReply *
try_create (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  g_auto (WuyouDocumentCase) doc
      = { .context = context, .request = request, .document = read_announced (request, error) };
  const WuyouActor actor = wuyou_auth_get_actor (request);
  Save save = { .doc = &doc };
  WuyouReply *reply = NULL;
  gboolean replayed;

  if (doc.document == NULL || !wuyou_db_read (context->db, read_contract, &doc, error)
      || !check_announced (&doc, error))
    return NULL;
  doc.id = doc.document->id;
  doc.document->org_id = g_strdup (doc.sale.contract->org_id);
  doc.document->revision = doc.sale.contract->revision;
  save.file_key = wuyou_blob_create_key (doc.key, doc.id);
  save.draft = wuyou_record_prepare (context->store, &wuyou_document_type, NULL, doc.document, doc.key,
                                     doc.sale.org->path, &actor, "create", NULL, error);
  if (save.draft != NULL && wuyou_once_write (context, request, doc.id, write_announced, &save, &replayed, error))
    reply = wuyou_document_case_reply (&doc, 201, error);
  g_clear_pointer (&save.draft, wuyou_record_draft_free);
  g_bytes_unref (save.file_key);
  return reply;
}

static WuyouReply *
create_document (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  return wuyou_try_until_current (request, context, try_create, error);
}

static WuyouReply *
get_document (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  g_auto (WuyouDocumentCase) doc = { .context = context, .request = request };

  doc.id = wuyou_request_get_id_arg (request, 0, error);
  if (doc.id == NULL || !wuyou_document_case_load (&doc, error))
    return NULL;
  return wuyou_document_case_reply (&doc, 200, error);
}

static gboolean
write_changed (WuyouDbConn *conn, gpointer data, GError **error)
{
  Save *save = data;
  WuyouDocumentCase *doc = save->doc;

  if (!wuyou_contract_case_check_current (&doc->sale, conn, doc->context, error)
      || !wuyou_record_save (conn, save->draft, error))
    return FALSE;
  if (save->sha256 == NULL)
    return TRUE;
  return wuyou_file_set_content (conn, doc->id, doc->document->size, save->sha256, error)
         && wuyou_job_put_for (conn, WUYOU_JOB_SCAN, doc->id, doc->sale.contract->org_id,
                               wuyou_request_get_now (doc->request), error);
}

static gboolean
change_document (WuyouDocumentCase *doc, const char *action, int state, const char *sha256, GError **error)
{
  const WuyouActor actor = wuyou_auth_get_actor (doc->request);
  g_autoptr (WuyouDocument) old = doc->document;
  Save save = { .doc = doc, .sha256 = sha256 };
  gboolean right;

  doc->document = wuyou_document_new ();
  wuyou_record_copy (&wuyou_document_type, old, doc->document);
  doc->document->state = state;
  doc->document->updated_at = actor.at;
  if (sha256 != NULL) {
    doc->document->received = doc->document->size;
    g_free (doc->document->sha256);
    doc->document->sha256 = g_strdup (sha256);
  }
  save.draft = wuyou_record_prepare (doc->context->store, &wuyou_document_type, old, doc->document, doc->key,
                                     doc->sale.org->path, &actor, action, NULL, error);
  right = save.draft != NULL && wuyou_db_write (doc->context->db, write_changed, &save, error);
  g_clear_pointer (&save.draft, wuyou_record_draft_free);
  return right;
}

static gboolean
seal_file (WuyouDocumentCase *doc, const char *sha256, GError **error)
{
  guint32 roles = wuyou_request_get_caller (doc->request)->roles;
  WuyouUploadFile file;

  wuyou_document_describe (doc, &file);
  if (file.stand == WUYOU_UPLOAD_OPEN
      && !wuyou_document_check_slot (doc->document->slot, doc->sale.contract, roles, error))
    return FALSE;
  return wuyou_upload_seal (doc->context, &file, sha256, error);
}

static WuyouReply *
try_finish (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  g_auto (WuyouDocumentCase) doc = { .context = context, .request = request };
  const char *sha256 = wuyou_upload_read_sha256 (request, error);

  if (sha256 == NULL)
    return NULL;
  doc.id = wuyou_request_get_id_arg (request, 0, error);
  if (doc.id == NULL || !wuyou_document_case_load (&doc, error))
    return NULL;
  if (doc.document->state != WUYOU_DOCUMENT_UPLOADING && g_strcmp0 (doc.document->sha256, sha256) == 0)
    return wuyou_document_case_reply (&doc, 200, error); /* finished before; the answer was lost */
  if (!seal_file (&doc, sha256, error) || !change_document (&doc, "finish", WUYOU_DOCUMENT_QUARANTINED, sha256, error))
    return NULL;
  wuyou_job_service_wake (context->jobs);
  return wuyou_document_case_reply (&doc, 200, error);
}

static WuyouReply *
finish_document (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  return wuyou_try_until_current (request, context, try_finish, error);
}

static WuyouReply *
try_delete (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  g_auto (WuyouDocumentCase) doc = { .context = context, .request = request };
  guint32 roles = wuyou_request_get_caller (request)->roles;

  doc.id = wuyou_request_get_id_arg (request, 0, error);
  if (doc.id == NULL || !wuyou_document_case_load (&doc, error))
    return NULL;
  if (doc.document->state != WUYOU_DOCUMENT_WITHDRAWN
      && (!wuyou_document_check_slot (doc.document->slot, doc.sale.contract, roles, error)
          || !change_document (&doc, "withdraw", WUYOU_DOCUMENT_WITHDRAWN, NULL, error)))
    return NULL;
  /* On a repeat too: the file may have outlived the first call. */
  return wuyou_blob_delete (context->blobs, doc.id, error) ? wuyou_reply_new (204) : NULL;
}

static WuyouReply *
delete_document (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  return wuyou_try_until_current (request, context, try_delete, error);
}

static gboolean
write_read (WuyouDbConn *conn, gpointer data, GError **error)
{
  WuyouDocumentCase *doc = data;
  const WuyouActor actor = wuyou_auth_get_actor (doc->request);
  const WuyouAuditEntry entry = {
    .action = "read-document",
    .object = "document",
    .object_id = doc->id,
    .scope = doc->sale.org->path,
    .version = doc->document->version,
    .outcome = "OK",
    .reason = wuyou_enum_id (wuyou_slots, doc->document->slot),
  };

  return wuyou_audit_insert (conn, &actor, &entry, error);
}

static gssize
read_source (gpointer data, guint8 *buffer, gsize length, GError **error)
{
  return wuyou_blob_reader_read (data, buffer, length, error);
}

static void
free_source (gpointer data)
{
  wuyou_blob_reader_close (data);
}

static gboolean
check_available (const WuyouDocument *document, GError **error)
{
  switch (document->state) {
  case WUYOU_DOCUMENT_AVAILABLE:
    return TRUE;
  case WUYOU_DOCUMENT_INFECTED:
  case WUYOU_DOCUMENT_REJECTED_TYPE:
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_DOCUMENT_REFUSED, "");
    return FALSE;
  case WUYOU_DOCUMENT_UPLOADING:
  case WUYOU_DOCUMENT_QUARANTINED:
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_DOCUMENT_PENDING,
                         N_ ("This document is still being checked."));
    return FALSE;
  default:
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_NOT_FOUND, "withdrawn");
    return FALSE;
  }
}

static WuyouReply *
get_content (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  static const WuyouReplySource source = { read_source, free_source };
  g_auto (WuyouDocumentCase) doc = { .context = context, .request = request };
  WuyouBlobReader *reader;
  WuyouReply *reply;

  doc.id = wuyou_request_get_id_arg (request, 0, error);
  if (doc.id == NULL || !wuyou_document_case_load (&doc, error))
    return NULL;
  if (!check_available (doc.document, error))
    return NULL;
  reader = wuyou_blob_open (context->blobs, doc.id, doc.key, doc.file->file_key, error);
  if (reader == NULL)
    return NULL;
  if (!wuyou_db_write (context->db, write_read, &doc, error)) { /* no row, no view */
    wuyou_blob_reader_close (reader);
    return NULL;
  }
  reply = wuyou_reply_new_stream (200, doc.document->media_type, (guint64) doc.document->size, &source, reader);
  wuyou_reply_set_file_name (reply, doc.document->file_name);
  return reply;
}

void
wuyou_document_routes_register (WuyouRouter *router)
{
  wuyou_router_add (router, WUYOU_ROUTE_DOCUMENT_CREATE, create_document);
  wuyou_router_add (router, WUYOU_ROUTE_DOCUMENT_GET, get_document);
  wuyou_router_add_upload (router, WUYOU_ROUTE_DOCUMENT_APPEND, &wuyou_document_upload);
  wuyou_router_add (router, WUYOU_ROUTE_DOCUMENT_FINISH, finish_document);
  wuyou_router_add (router, WUYOU_ROUTE_DOCUMENT_CONTENT, get_content);
  wuyou_router_add (router, WUYOU_ROUTE_DOCUMENT_DELETE, delete_document);
}
