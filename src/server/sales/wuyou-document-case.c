/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "sales/wuyou-document-case.h"

#include <glib/gi18n-lib.h>

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"

void
wuyou_document_case_clear (WuyouDocumentCase *self)
{
  g_clear_pointer (&self->document, wuyou_document_free);
  wuyou_contract_case_clear (&self->sale);
  g_clear_pointer (&self->file, wuyou_file_free);
  g_clear_pointer (&self->key, wuyou_key_unref);
}

static gboolean
read_case (WuyouDbConn *conn, gpointer data, GError **error)
{
  WuyouDocumentCase *self = data;
  WuyouStore *store = self->context->store;
  const char *scope = wuyou_request_get_caller (self->request)->scope;

  wuyou_document_case_clear (self);
  self->document = wuyou_record_load (conn, store, &wuyou_document_type, self->id, scope, NULL, error);
  return self->document != NULL
         && wuyou_contract_case_load (&self->sale, conn, self->context, self->document->contract_id, scope, error)
         && wuyou_file_load (conn, store, self->id, &self->file, &self->key, error);
}

gboolean
wuyou_document_case_load (WuyouDocumentCase *self, GError **error)
{
  if (!wuyou_db_read (self->context->db, read_case, self, error))
    return FALSE;
  if (self->key != NULL)
    return TRUE;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_NOT_FOUND, "erased");
  return FALSE;
}

gboolean
wuyou_document_check_slot (int slot, const WuyouContract *contract, guint32 roles, GError **error)
{
  const WuyouSlotRule *rule = wuyou_slot_rule_find (slot);

  if (rule == NULL || !wuyou_permission_check (roles, rule->object, rule->verbs)) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_FORBIDDEN, "slot");
    return FALSE;
  }
  if (contract->consent_attested_by == NULL) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_CUSTOMER_CONSENT_REQUIRED,
                         N_ ("The owner’s consents must be recorded before any document is taken."));
    return FALSE;
  }
  if (rule->states & (1u << contract->state))
    return TRUE;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_ILLEGAL_TRANSITION,
                       N_ ("This kind of document is not taken in the contract’s present state."));
  return FALSE;
}

WuyouReply *
wuyou_document_case_reply (const WuyouDocumentCase *self, guint status, GError **error)
{
  GString *out;

  if (self->document->state == WUYOU_DOCUMENT_UPLOADING
      && !wuyou_blob_get_size (self->context->blobs, self->id, &self->document->received, error))
    return NULL;
  out = g_string_new (NULL);
  wuyou_json_begin_object (out, NULL);
  {
    g_autoptr (GString) record = g_string_new (NULL);

    wuyou_record_write_json (&wuyou_document_type, self->document, WUYOU_CODEC_MASK_PI, record);
    wuyou_json_add_raw (out, "document", record->str);
  }
  wuyou_json_end_object (out);
  return wuyou_reply_new_json (status, out);
}
