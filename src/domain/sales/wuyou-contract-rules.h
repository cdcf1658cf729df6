/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "base/wuyou-workflow.h"
#include "sales/wuyou-contract.h"

G_BEGIN_DECLS

extern const WuyouWorkflow wuyou_contract_workflow;

/* What the guards look at beside the contract; members are borrowed. */
typedef struct {
  const WuyouProduct *product; /* of contract->product_id, or NULL when unknown or not on sale */
  WuyouDate today;
  gboolean invoice_available, policy_available; /* documents scanned clean */
  gboolean documents_pending;                   /* some still in quarantine */
  gboolean signed_scan_available;               /* of this revision */
  gboolean consent_scan_available;
  gboolean voucher_available;
  gboolean cancel_request_available, transfer_proof_available;
  gboolean claims_block; /* some claim is neither a draft nor refused, withdrawn or closed unpaid */
  const char *actor_id;  /* who acts; NULL for the system */
  gboolean own;          /* created by the one who acts */
  gboolean manager;      /* may act on any contract of the dealership */
} WuyouContractFacts;

/* What comes with an action. */
typedef struct {
  const char *reason;
  WuyouDate signed_on, paid_on;
  gint64 paid_fen;
  int payment_method;
  const char *payment_reference;
  const char *content_sha256; /* hash printed on the signed copy */
  WuyouDate cancel_requested_on, transferred_on, revoke_notice_on, refunded_on;
  gint64 refund_fen; /* as the owner was told; as it was paid */
  const char *refund_reference;
} WuyouContractInput;

/* Everything that must hold before submission; INVALID or NOT_ELIGIBLE with all violations. */
gboolean wuyou_contract_check (const WuyouContract *contract, const WuyouContractFacts *facts, GError **error);
/* Applies a checked transition to @contract: state, dates, derived prices and term. Time: @now. */
void wuyou_contract_apply (WuyouContract *contract,
                           const WuyouTransition *transition,
                           const WuyouContractFacts *facts,
                           const WuyouContractInput *input,
                           gint64 now);
/* S-06: the seller attests the owner's consents by recording them, all three. They are of one person: those of @before
 * (NULL: a new contract) are void when the owner is another now. */
void wuyou_contract_attest (WuyouContract *contract, const WuyouContract *before, const char *account_id, gint64 now);
gboolean wuyou_contract_is_free (const WuyouContract *contract);     /* a gift that costs the customer nothing */
gboolean wuyou_contract_is_editable (const WuyouContract *contract); /* a draft; RETURNED goes back to DRAFT first */
gboolean wuyou_contract_reserves_vehicle (const WuyouContract *contract); /* S-04 */

G_END_DECLS
