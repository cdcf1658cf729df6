/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/wuyou-error.h"
#include "sales/wuyou-contract-end-rules.h"

/* Requirements 6.1. The guards of its ends are in wuyou-contract-end-rules.c. */

static gboolean
refuse_field (GError **error, WuyouError code, const char *field, const char *sentence)
{
  g_set_error_literal (error, WUYOU_ERROR, code, sentence);
  if (error != NULL && field != NULL)
    wuyou_error_set_field (*error, field, NULL);
  return FALSE;
}

static gboolean
guard_submit (const WuyouStep *step, GError **error)
{
  return wuyou_contract_check (step->record, step->context, error);
}

static gboolean
guard_review (const WuyouStep *step, GError **error)
{
  const WuyouContractFacts *facts = step->context;

  if (facts->product == NULL || !facts->product->rules.needs_review)
    return refuse_field (error, WUYOU_ERROR_ILLEGAL_TRANSITION, NULL, N_ ("This product needs no review."));
  return guard_submit (step, error);
}

static gboolean
guard_no_review (const WuyouStep *step, GError **error)
{
  const WuyouContractFacts *facts = step->context;

  if (facts->product != NULL && facts->product->rules.needs_review)
    return refuse_field (error, WUYOU_ERROR_ILLEGAL_TRANSITION, NULL,
                         N_ ("This product is reviewed by the operator first."));
  return guard_submit (step, error);
}

static gboolean
check_signed_date (const WuyouContract *contract,
                   const WuyouContractInput *input,
                   const WuyouContractFacts *facts,
                   GError **error)
{
  WuyouDate numbered = wuyou_date_of_instant (contract->submitted_at);

  if (input->signed_on == WUYOU_DATE_NONE)
    return refuse_field (error, WUYOU_ERROR_INVALID, "signed_on", N_ ("When was the contract signed?"));
  if (input->signed_on < numbered || input->signed_on > facts->today)
    return refuse_field (error, WUYOU_ERROR_INVALID, "signed_on",
                         N_ ("The day of signing lies between the day the contract was made and today."));
  return TRUE;
}

static gboolean
guard_sign (const WuyouStep *step, GError **error)
{
  const WuyouContract *contract = step->record;
  const WuyouContractFacts *facts = step->context;
  const WuyouContractInput *input = step->input;

  if (!check_signed_date (contract, input, facts, error))
    return FALSE;
  if (!facts->signed_scan_available)
    return refuse_field (error, facts->documents_pending ? WUYOU_ERROR_DOCUMENT_PENDING : WUYOU_ERROR_INVALID,
                         "SIGNED_CONTRACT",
                         facts->documents_pending ? N_ ("The signed contract is still being checked.")
                                                  : N_ ("The signed contract must be uploaded first."));
  if (!facts->consent_scan_available)
    return refuse_field (error, facts->documents_pending ? WUYOU_ERROR_DOCUMENT_PENDING : WUYOU_ERROR_INVALID,
                         "CONSENT_SCAN",
                         facts->documents_pending ? N_ ("The signed notices and consents are still being checked.")
                                                  : N_ ("The signed notices and consents must be uploaded first."));
  if (g_strcmp0 (input->content_sha256, contract->content_sha256) != 0)
    return refuse_field (error, WUYOU_ERROR_INVALID, "content_sha256",
                         N_ ("The signed copy belongs to another revision of this contract."));
  return TRUE;
}

static gboolean
guard_payment (const WuyouStep *step, GError **error)
{
  const WuyouContract *contract = step->record;
  const WuyouContractFacts *facts = step->context;
  const WuyouContractInput *input = step->input;

  if (input->paid_on == WUYOU_DATE_NONE || input->paid_on > facts->today || input->paid_on < contract->signed_on)
    return refuse_field (error, WUYOU_ERROR_INVALID, "paid_on",
                         N_ ("The day of payment lies between signing and today."));
  if (input->paid_fen != contract->received_fen)
    return refuse_field (error, WUYOU_ERROR_INVALID, "paid_fen", N_ ("The amount paid must be the price agreed."));
  if (wuyou_contract_is_free (contract)) /* there is no payment to prove */
    return TRUE;
  if (wuyou_enum_id (wuyou_payment_methods, input->payment_method) == NULL)
    return refuse_field (error, WUYOU_ERROR_INVALID, "payment_method", N_ ("How was it paid?"));
  if (!facts->voucher_available)
    return refuse_field (error, facts->documents_pending ? WUYOU_ERROR_DOCUMENT_PENDING : WUYOU_ERROR_INVALID,
                         "VOUCHER",
                         facts->documents_pending ? N_ ("The payment voucher is still being checked.")
                                                  : N_ ("The payment voucher must be uploaded first."));
  return TRUE;
}

static gboolean
guard_start (const WuyouStep *step, GError **error)
{
  const WuyouContract *contract = step->record;

  if (step->now >= wuyou_date_start (contract->effective_on))
    return TRUE;
  return refuse_field (error, WUYOU_ERROR_ILLEGAL_TRANSITION, "effective_on", N_ ("The contract is not in force yet."));
}

static gboolean
guard_end (const WuyouStep *step, GError **error)
{
  const WuyouContract *contract = step->record;

  if (step->now >= wuyou_date_start (contract->ends_on + 1))
    return TRUE;
  return refuse_field (error, WUYOU_ERROR_ILLEGAL_TRANSITION, "ends_on", N_ ("The contract has not ended yet."));
}

#define CONTRACT(verb) WUYOU_OBJECT_CONTRACT, WUYOU_VERB_##verb
#define REVIEW WUYOU_OBJECT_CONTRACT, WUYOU_VERB_APPROVE
#define PAYMENT WUYOU_OBJECT_CONTRACT_PAYMENT, WUYOU_VERB_SUBMIT
#define CANCELLATION(verb) WUYOU_OBJECT_CONTRACT_CANCELLATION, WUYOU_VERB_##verb
#define REFUND WUYOU_OBJECT_CONTRACT_REFUND, WUYOU_VERB_APPROVE
#define TRANSFER WUYOU_OBJECT_CONTRACT_TRANSFER, WUYOU_VERB_EXECUTE
#define REVOCATION(verb) WUYOU_OBJECT_CONTRACT_REVOCATION, WUYOU_VERB_##verb
#define NOBODY WUYOU_OBJECT_NONE, 0
#define SYSTEM WUYOU_TRANSITION_SYSTEM
#define REASON WUYOU_TRANSITION_REASON
#define ENDS (WUYOU_TRANSITION_REASON | WUYOU_TRANSITION_DESTRUCTIVE)
#define NEXT WUYOU_TRANSITION_NEXT
#define END(name) wuyou_contract_guard_##name
#define S(state) WUYOU_CONTRACT_##state

/* clang-format off */
static const WuyouTransition transitions[] = {
  { S (DRAFT), "submit", S (AWAIT_SIGN), CONTRACT (SUBMIT), guard_no_review, N_("Submit"), NEXT },
  { S (DRAFT), "send-to-review", S (SUBMITTED), CONTRACT (SUBMIT), guard_review, N_("Send to review"), 0 },
  { S (SUBMITTED), "approve", S (AWAIT_SIGN), REVIEW, NULL, N_("Approve"), NEXT },
  { S (SUBMITTED), "return", S (RETURNED), REVIEW, NULL, N_("Return"), REASON },
  { S (RETURNED), "correct", S (DRAFT), CONTRACT (EDIT), END (own), N_("Correct"), NEXT },
  { S (AWAIT_SIGN), "sign", S (AWAIT_PAYMENT), CONTRACT (SUBMIT), guard_sign, N_("Register the signed copy"), NEXT },
  { S (AWAIT_SIGN), "correct", S (DRAFT), CONTRACT (EDIT), END (own), N_("Correct"), REASON },
  { S (AWAIT_PAYMENT), "correct", S (DRAFT), CONTRACT (EDIT), END (own), N_("Correct"), REASON },
  { S (AWAIT_PAYMENT), "pay", S (PAID), PAYMENT, guard_payment, N_("Register the payment"), NEXT },
  { S (PAID), "start", S (ACTIVE), NOBODY, guard_start, N_("Come into force"), SYSTEM },
  { S (DRAFT), "void", S (VOIDED), CONTRACT (EXECUTE), END (own), N_("Void"), ENDS },
  { S (AWAIT_SIGN), "void", S (VOIDED), CONTRACT (EXECUTE), END (own), N_("Void"), ENDS },
  { S (AWAIT_PAYMENT), "void", S (VOIDED), CONTRACT (EXECUTE), END (own), N_("Void"), ENDS },
  { S (ACTIVE), "expire", S (EXPIRED), NOBODY, guard_end, N_("Expire"), SYSTEM },
  { S (PAID), "request-cancel", S (CANCEL_REQUESTED), CANCELLATION (SUBMIT), END (request_cancel), N_("Request cancellation"), REASON },
  { S (ACTIVE), "request-cancel", S (CANCEL_REQUESTED), CANCELLATION (SUBMIT), END (request_cancel), N_("Request cancellation"), REASON },
  { S (CANCEL_REQUESTED), "cancel", S (CANCELLED), CANCELLATION (APPROVE), END (cancel), N_("Cancel the contract"), NEXT | WUYOU_TRANSITION_DESTRUCTIVE },
  { S (CANCEL_REQUESTED), "keep", S (ACTIVE), CANCELLATION (APPROVE), END (from_active), N_("Refuse the cancellation"), REASON },
  { S (CANCEL_REQUESTED), "keep", S (PAID), CANCELLATION (APPROVE), END (from_paid), N_("Refuse the cancellation"), REASON },
  { S (CANCEL_REQUESTED), "withdraw-cancel", S (ACTIVE), CANCELLATION (SUBMIT), END (withdraw_to_active), N_("Withdraw the request"), REASON },
  { S (CANCEL_REQUESTED), "withdraw-cancel", S (PAID), CANCELLATION (SUBMIT), END (withdraw_to_paid), N_("Withdraw the request"), REASON },
  { S (CANCELLED), "refund", S (CANCELLED), REFUND, END (refund), N_("Register the refund"), NEXT },
  { S (REVOKED), "refund", S (REVOKED), REFUND, END (refund), N_("Register the refund"), NEXT },
  { S (ACTIVE), "fulfil", S (FULFILLED), NOBODY, NULL, N_("Fulfil"), SYSTEM },
  { S (EXPIRED), "fulfil", S (FULFILLED), NOBODY, NULL, N_("Fulfil"), SYSTEM },
  { S (CANCEL_REQUESTED), "fulfil", S (FULFILLED), NOBODY, NULL, N_("Fulfil"), SYSTEM },
  { S (TRANSFER_ENDED), "fulfil", S (FULFILLED), NOBODY, NULL, N_("Fulfil"), SYSTEM },
  { S (ACTIVE), "transfer", S (TRANSFER_ENDED), TRANSFER, END (transfer), N_("End by transfer"), ENDS },
  { S (ACTIVE), "propose-revoke", S (ACTIVE), REVOCATION (SUBMIT), END (propose_revoke), N_("Propose to revoke"), REASON },
  { S (ACTIVE), "drop-revoke", S (ACTIVE), REVOCATION (APPROVE), END (drop_revoke), N_("Do not revoke"), REASON },
  { S (ACTIVE), "revoke", S (REVOKED), REVOCATION (APPROVE), END (revoke), N_("Revoke"), ENDS },
};
/* clang-format on */

const WuyouWorkflow wuyou_contract_workflow = {
  "contract",
  wuyou_contract_states,
  transitions,
  G_N_ELEMENTS (transitions),
};
