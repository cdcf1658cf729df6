/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "sales/wuyou-contract-case.h"

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "sales/wuyou-refund-rules.h"
#include "wuyou-claim-store.h"
#include "sales/wuyou-product-cache.h"
#include "records/wuyou-record-view.h"

#define MAX_DOCUMENTS 500

void
wuyou_contract_case_clear (WuyouContractCase *self)
{
  g_clear_pointer (&self->contract, wuyou_contract_free);
  g_clear_pointer (&self->org, wuyou_org_free);
  self->product = NULL;
  g_clear_pointer (&self->documents, g_ptr_array_unref);
}

/* A draft may name what is no product; submitting says so. */
static gboolean
load_product (WuyouContractCase *self, WuyouDbConn *conn, WuyouProductCache *products, GError **error)
{
  const char *id = self->contract->product_id;

  return id == NULL || wuyou_product_cache_load (products, conn, id, &self->product, error);
}

static gboolean
load_documents (WuyouContractCase *self, WuyouDbConn *conn, WuyouStore *store, GError **error)
{
  const WuyouFilter filter = { .field = "contract_id", .op = WUYOU_FILTER_EQUAL, .text = self->contract->id };
  const WuyouRecordQuery query = { .filters = &filter, .n_filters = 1, .limit = MAX_DOCUMENTS };

  self->documents = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_document_free);
  return wuyou_record_list (conn, store, &wuyou_document_type, &query, self->documents, error);
}

gboolean
wuyou_contract_case_load_claims (WuyouContractCase *self, WuyouDbConn *conn, GError **error)
{
  return wuyou_claim_blocks_end (conn, self->contract->id, &self->claims_block, error);
}

gboolean
wuyou_contract_case_load (WuyouContractCase *self,
                          WuyouDbConn *conn,
                          WuyouServerContext *context,
                          const char *id,
                          const char *scope,
                          GError **error)
{
  WuyouStore *store = context->store;

  wuyou_contract_case_clear (self);
  self->contract = wuyou_record_load (conn, store, &wuyou_contract_type, id, scope, &self->erased, error);
  if (self->contract == NULL)
    return FALSE;
  self->org = wuyou_record_load (conn, store, &wuyou_org_type, self->contract->org_id, NULL, NULL, error);
  return self->org != NULL && load_product (self, conn, context->products, error)
         && load_documents (self, conn, store, error) && wuyou_contract_case_load_claims (self, conn, error);
}

gboolean
wuyou_contract_case_check_current (const WuyouContractCase *self,
                                   WuyouDbConn *conn,
                                   WuyouServerContext *context,
                                   GError **error)
{
  gint64 version;

  if (!wuyou_record_read_version (conn, context->store, &wuyou_contract_type, self->contract->id, &version, error))
    return FALSE;
  if (version == self->contract->version)
    return TRUE;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_STALE, "");
  return FALSE;
}

/* A signed paper belongs to the revision that it was printed from, consents to the one who gave them last; other
 * documents to the contract. */
static gboolean
has_document (const WuyouContractCase *self, WuyouSlot slot, gboolean of_revision, gint64 since)
{
  for (guint i = 0; i < self->documents->len; i++) {
    const WuyouDocument *document = self->documents->pdata[i];

    if (document->slot == (int) slot && document->state == WUYOU_DOCUMENT_AVAILABLE && document->created_at >= since
        && (!of_revision || document->revision == self->contract->revision))
      return TRUE;
  }
  return FALSE;
}

static gboolean
has_pending (const WuyouContractCase *self)
{
  for (guint i = 0; i < self->documents->len; i++) {
    const WuyouDocument *document = self->documents->pdata[i];

    if (document->state == WUYOU_DOCUMENT_QUARANTINED)
      return TRUE;
  }
  return FALSE;
}

WuyouContractFacts
wuyou_contract_case_get_facts (const WuyouContractCase *self, const WuyouCaller *caller, gint64 now)
{
  return (WuyouContractFacts){
    .product = self->product,
    .today = wuyou_date_of_instant (now),
    .invoice_available = has_document (self, WUYOU_SLOT_INVOICE, FALSE, 0),
    .policy_available = has_document (self, WUYOU_SLOT_POLICY, FALSE, 0),
    .documents_pending = has_pending (self),
    .signed_scan_available = has_document (self, WUYOU_SLOT_SIGNED_CONTRACT, TRUE, 0),
    .consent_scan_available = has_document (self, WUYOU_SLOT_CONSENT_SCAN, FALSE, self->contract->consent_attested_at),
    .voucher_available = has_document (self, WUYOU_SLOT_VOUCHER, FALSE, 0),
    .cancel_request_available = has_document (self, WUYOU_SLOT_CANCEL_REQUEST, FALSE, self->contract->cancel_closed_at),
    .transfer_proof_available = has_document (self, WUYOU_SLOT_TRANSFER_PROOF, FALSE, 0),
    .claims_block = self->claims_block,
    .actor_id = caller != NULL ? caller->account_id : NULL,
    .own = caller != NULL && g_strcmp0 (self->contract->created_by, caller->account_id) == 0,
    .manager = caller != NULL && (caller->roles & WUYOU_ROLE_BIT (WUYOU_ROLE_DADM)) != 0,
  };
}

guint
wuyou_contract_codec_for (guint32 roles)
{
  gboolean wholesale = wuyou_permission_check (roles, WUYOU_OBJECT_WHOLESALE, WUYOU_VERB_READ);

  return WUYOU_CODEC_MASK_PI | (wholesale ? 0 : WUYOU_CODEC_NO_WHOLESALE);
}

/* What the owner would be told of a request of today. */
static gint64
assume_refund (const WuyouContractCase *self, WuyouDate today)
{
  const char *benefit = self->product != NULL ? self->product->benefit_json : "";
  WuyouRefund refund;

  if (self->contract->refund_state != 0)
    return self->contract->refund_fen;
  return wuyou_refund_compute (self->contract, benefit, wuyou_refund_cancel_on (benefit, today), &refund, NULL)
             ? refund.refund_fen
             : 0;
}

/* Input with which only what is stored can fail: signed and paid today, the printed hash right. */
static WuyouContractInput
assume_input (const WuyouContractCase *self, gint64 now)
{
  WuyouDate today = wuyou_date_of_instant (now);

  return (WuyouContractInput){
    .signed_on = today,
    .paid_on = today,
    .paid_fen = self->contract->received_fen,
    .payment_method = WUYOU_PAYMENT_TRANSFER,
    .content_sha256 = self->contract->content_sha256,
    .cancel_requested_on = today,
    .transferred_on = today,
    .revoke_notice_on = today,
    .refunded_on = today,
    .refund_fen = assume_refund (self, today),
    .refund_reference = "—",
  };
}

void
wuyou_contract_case_write_actions (const WuyouContractCase *self, const WuyouCaller *caller, gint64 now, GString *out)
{
  const WuyouContractFacts facts = wuyou_contract_case_get_facts (self, caller, now);
  const WuyouContractInput input = assume_input (self, now);
  const WuyouStep step = { .record = self->contract, .context = &facts, .input = &input, .now = now };

  wuyou_actions_write (out, &wuyou_contract_workflow, self->contract->state, &step, caller->roles);
}

void
wuyou_contract_case_write_documents (const WuyouContractCase *self, GString *out)
{
  wuyou_json_begin_array (out, "documents");
  for (guint i = 0; i < self->documents->len; i++)
    wuyou_record_write_json (&wuyou_document_type, self->documents->pdata[i], WUYOU_CODEC_MASK_PI, out);
  wuyou_json_end_array (out);
}
