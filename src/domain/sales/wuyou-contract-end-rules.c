/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "sales/wuyou-contract-end-rules.h"

#include <glib/gi18n-lib.h>

#include "base/wuyou-error.h"
#include "base/wuyou-money.h"
#include "base/wuyou-text.h"
#include "sales/wuyou-refund-rules.h"

static gboolean
refuse (GError **error, WuyouError code, const char *field, const char *authority, const char *sentence)
{
  g_set_error_literal (error, WUYOU_ERROR, code, sentence);
  if (error != NULL && field != NULL)
    wuyou_error_set_field (*error, field, authority);
  return FALSE;
}

static gboolean
refuse_way (GError **error)
{
  return refuse (error, WUYOU_ERROR_ILLEGAL_TRANSITION, NULL, NULL,
                 N_ ("This step is not possible in the record’s present state."));
}

/* DSAL may act on what they created, DADM on any contract of the dealership. */
gboolean
wuyou_contract_guard_own (const WuyouStep *step, GError **error)
{
  const WuyouContractFacts *facts = step->context;

  return facts->own || facts->manager || refuse (error, WUYOU_ERROR_FORBIDDEN, NULL, NULL, "not the creator");
}

static gboolean
check_document (gboolean available,
                const WuyouContractFacts *facts,
                const char *slot,
                const char *missing,
                GError **error)
{
  if (available)
    return TRUE;
  if (facts->documents_pending)
    return refuse (error, WUYOU_ERROR_DOCUMENT_PENDING, slot, NULL, N_ ("This document is still being checked."));
  return refuse (error, WUYOU_ERROR_INVALID, slot, NULL, missing);
}

static gboolean
check_claims (const WuyouContractFacts *facts, GError **error)
{
  return !facts->claims_block
         || refuse (error, WUYOU_ERROR_NOT_ELIGIBLE, "claims", "S-10",
                    N_ ("There is a claim on this contract. It can be cancelled only when that was refused or "
                        "withdrawn."));
}

/* Who asked for it does not decide it. */
static gboolean
check_other_person (const char *account_id, const char *field, const WuyouContractFacts *facts, GError **error)
{
  return account_id == NULL || g_strcmp0 (account_id, facts->actor_id) != 0
         || refuse (error, WUYOU_ERROR_FORBIDDEN, field, "5", N_ ("This is for somebody else to decide."));
}

static gboolean
check_cancellable (const WuyouContract *contract, const WuyouContractFacts *facts, GError **error)
{
  if (facts->product == NULL)
    return refuse (error, WUYOU_ERROR_CORRUPT, NULL, NULL, "no product version");
  if (contract->gift && !wuyou_refund_is_for_gifts (facts->product->benefit_json))
    return refuse (error, WUYOU_ERROR_NOT_ELIGIBLE, "gift", "S-10",
                   N_ ("This contract was given by the dealership. By its terms nothing is paid back."));
  if (contract->revoke_proposed_by != NULL)
    return refuse (error, WUYOU_ERROR_NOT_ELIGIBLE, "revoke_proposed_by", NULL,
                   N_ ("The operator is deciding whether to revoke this contract."));
  return check_claims (facts, error);
}

static gboolean
check_quote (const WuyouContract *contract,
             const WuyouContractFacts *facts,
             const WuyouContractInput *input,
             GError **error)
{
  WuyouDate cancel_on = wuyou_refund_cancel_on (facts->product->benefit_json, input->cancel_requested_on);
  WuyouRefund refund;

  if (cancel_on > contract->ends_on)
    return refuse (error, WUYOU_ERROR_INVALID, "cancel_requested_on", "S-10",
                   N_ ("The contract ends by itself before the notice is over."));
  if (!wuyou_refund_compute (contract, facts->product->benefit_json, cancel_on, &refund, error))
    return FALSE;
  return input->refund_fen == refund.refund_fen
         || refuse (error, WUYOU_ERROR_INVALID, "refund_fen", "S-10",
                    N_ ("The refund is not the one that the terms give for this day. Look at the quote again."));
}

gboolean
wuyou_contract_guard_request_cancel (const WuyouStep *step, GError **error)
{
  const WuyouContract *contract = step->record;
  const WuyouContractFacts *facts = step->context;
  const WuyouContractInput *input = step->input;

  if (!wuyou_contract_guard_own (step, error) || !check_cancellable (contract, facts, error))
    return FALSE;
  if (input->cancel_requested_on == WUYOU_DATE_NONE || input->cancel_requested_on < contract->signed_on
      || input->cancel_requested_on > facts->today)
    return refuse (error, WUYOU_ERROR_INVALID, "cancel_requested_on", "S-10",
                   N_ ("The owner asked for it between signing and today."));
  return check_document (facts->cancel_request_available, facts, "CANCEL_REQUEST",
                         N_ ("The owner’s signed request must be uploaded first."), error)
         && check_quote (contract, facts, input, error);
}

gboolean
wuyou_contract_guard_cancel (const WuyouStep *step, GError **error)
{
  const WuyouContract *contract = step->record;
  const WuyouContractFacts *facts = step->context;

  if (!check_other_person (contract->cancel_requested_by, "cancel_requested_by", facts, error)
      || !check_claims (facts, error))
    return FALSE;
  return facts->today >= contract->cancel_on
         || refuse (error, WUYOU_ERROR_NOT_ELIGIBLE, "cancel_on", "S-10",
                    N_ ("The notice is still running. The contract gives cover until the day of cancellation."));
}

gboolean
wuyou_contract_guard_from_active (const WuyouStep *step, GError **error)
{
  const WuyouContract *contract = step->record;

  return contract->cancel_from == WUYOU_CONTRACT_ACTIVE || refuse_way (error);
}

gboolean
wuyou_contract_guard_from_paid (const WuyouStep *step, GError **error)
{
  const WuyouContract *contract = step->record;

  return contract->cancel_from == WUYOU_CONTRACT_PAID || refuse_way (error);
}

gboolean
wuyou_contract_guard_withdraw_to_active (const WuyouStep *step, GError **error)
{
  return wuyou_contract_guard_from_active (step, error) && wuyou_contract_guard_own (step, error);
}

gboolean
wuyou_contract_guard_withdraw_to_paid (const WuyouStep *step, GError **error)
{
  return wuyou_contract_guard_from_paid (step, error) && wuyou_contract_guard_own (step, error);
}

gboolean
wuyou_contract_guard_refund (const WuyouStep *step, GError **error)
{
  const WuyouContract *contract = step->record;
  const WuyouContractFacts *facts = step->context;
  const WuyouContractInput *input = step->input;

  if (contract->refund_state != WUYOU_REFUND_APPROVED)
    return refuse_way (error); /* there is nothing to pay, or it was paid */
  if (!check_other_person (contract->cancel_requested_by, "cancel_requested_by", facts, error)
      || !check_other_person (contract->cancelled_by, "cancelled_by", facts, error))
    return FALSE;
  if (input->refunded_on == WUYOU_DATE_NONE || input->refunded_on < contract->cancel_on
      || input->refunded_on > facts->today)
    return refuse (error, WUYOU_ERROR_INVALID, "refunded_on", "S-10",
                   N_ ("The refund was paid between the day of cancellation and today."));
  if (input->refund_fen != contract->refund_fen)
    return refuse (error, WUYOU_ERROR_INVALID, "refund_fen", "S-10",
                   N_ ("The amount paid back must be the one that was quoted."));
  return (input->refund_reference != NULL && *input->refund_reference != '\0')
         || refuse (error, WUYOU_ERROR_INVALID, "refund_reference", "S-10",
                    N_ ("What is the reference of the refund?"));
}

gboolean
wuyou_contract_guard_transfer (const WuyouStep *step, GError **error)
{
  const WuyouContract *contract = step->record;
  const WuyouContractFacts *facts = step->context;
  const WuyouContractInput *input = step->input;

  if (input->transferred_on == WUYOU_DATE_NONE || input->transferred_on < contract->effective_on
      || input->transferred_on > facts->today)
    return refuse (error, WUYOU_ERROR_INVALID, "transferred_on", "S-11",
                   N_ ("The car changed hands between the start of the contract and today."));
  return check_document (facts->transfer_proof_available, facts, "TRANSFER_PROOF",
                         N_ ("The proof of the transfer must be uploaded first."), error);
}

gboolean
wuyou_contract_guard_propose_revoke (const WuyouStep *step, GError **error)
{
  const WuyouContract *contract = step->record;

  return contract->revoke_proposed_by == NULL || refuse_way (error);
}

gboolean
wuyou_contract_guard_drop_revoke (const WuyouStep *step, GError **error)
{
  const WuyouContract *contract = step->record;

  return contract->revoke_proposed_by != NULL || refuse_way (error);
}

gboolean
wuyou_contract_guard_revoke (const WuyouStep *step, GError **error)
{
  const WuyouContract *contract = step->record;
  const WuyouContractFacts *facts = step->context;
  const WuyouContractInput *input = step->input;

  if (!wuyou_contract_guard_drop_revoke (step, error)
      || !check_other_person (contract->revoke_proposed_by, "revoke_proposed_by", facts, error))
    return FALSE;
  return (input->revoke_notice_on != WUYOU_DATE_NONE && input->revoke_notice_on >= contract->effective_on
          && input->revoke_notice_on <= facts->today)
         || refuse (error, WUYOU_ERROR_INVALID, "revoke_notice_on", NULL,
                    N_ ("The owner is told first, on a day between the start of the contract and today."));
}

/* The wholesale price goes back in the same proportion as the owner's, by the same days. */
static void
set_quote (WuyouContract *c, const WuyouContractFacts *facts, WuyouDate cancel_on)
{
  const char *benefit = facts->product->benefit_json;
  WuyouRefund refund;

  if (!wuyou_refund_compute (c, benefit, cancel_on, &refund, NULL))
    return;
  g_free (c->refund_json);
  c->refund_json = wuyou_refund_to_json (&refund, c, benefit);
  c->cancel_on = cancel_on;
  c->refund_fen = refund.refund_fen;
  c->refund_due_on = refund.due_on;
  c->refund_state = refund.refund_fen > 0 ? WUYOU_REFUND_QUOTED : 0;
  c->credit_fen = wuyou_money_scale (c->wholesale_fen, refund.units - refund.used, refund.units);
}

static void
clear_quote (WuyouContract *c)
{
  g_clear_pointer (&c->refund_json, g_free);
  g_clear_pointer (&c->cancel_requested_by, g_free);
  c->cancel_requested_on = c->cancel_on = c->refund_due_on = WUYOU_DATE_NONE;
  c->refund_fen = c->credit_fen = 0;
  c->refund_state = c->cancel_from = 0;
}

static void
approve_quote (WuyouContract *c, const WuyouContractFacts *facts)
{
  wuyou_text_set (&c->cancelled_by, facts->actor_id);
  if (c->refund_state == WUYOU_REFUND_QUOTED)
    c->refund_state = WUYOU_REFUND_APPROVED;
}

/* What comes with a step. */
typedef struct {
  const WuyouTransition *transition;
  const WuyouContractFacts *facts;
  const WuyouContractInput *input;
  gint64 now;
} Step;

static void
apply_request (WuyouContract *c, const Step *step)
{
  c->cancel_from = step->transition->from;
  c->cancel_requested_on = step->input->cancel_requested_on;
  wuyou_text_set (&c->cancel_requested_by, step->facts->actor_id);
  set_quote (c, step->facts, wuyou_refund_cancel_on (step->facts->product->benefit_json, c->cancel_requested_on));
}

static void
apply_cancel (WuyouContract *c, const Step *step)
{
  approve_quote (c, step->facts);
}

static void
apply_no_cancel (WuyouContract *c, const Step *step)
{
  clear_quote (c);
  c->cancel_closed_at = step->now;
}

static void
apply_refund (WuyouContract *c, const Step *step)
{
  c->refund_state = WUYOU_REFUND_PAID;
  c->refunded_on = step->input->refunded_on;
  wuyou_text_set (&c->refund_reference, step->input->refund_reference);
}

static void
apply_fulfil (WuyouContract *c, const Step *step G_GNUC_UNUSED)
{
  clear_quote (c);
}

static void
apply_transfer (WuyouContract *c, const Step *step)
{
  c->transferred_on = step->input->transferred_on;
}

static void
apply_propose_revoke (WuyouContract *c, const Step *step)
{
  wuyou_text_set (&c->revoke_proposed_by, step->facts->actor_id);
}

static void
apply_drop_revoke (WuyouContract *c, const Step *step G_GNUC_UNUSED)
{
  g_clear_pointer (&c->revoke_proposed_by, g_free);
}

static void
apply_revoke (WuyouContract *c, const Step *step)
{
  c->revoke_notice_on = step->input->revoke_notice_on;
  if (step->facts->product != NULL && wuyou_refund_is_for_revoked (step->facts->product->benefit_json))
    set_quote (c, step->facts, step->facts->today);
  approve_quote (c, step->facts);
}

static const struct {
  const char *action;
  void (*apply) (WuyouContract *c, const Step *step);
} effects[] = {
  { "request-cancel", apply_request },  { "cancel", apply_cancel },
  { "keep", apply_no_cancel },          { "withdraw-cancel", apply_no_cancel },
  { "refund", apply_refund },           { "fulfil", apply_fulfil },
  { "transfer", apply_transfer },       { "propose-revoke", apply_propose_revoke },
  { "drop-revoke", apply_drop_revoke }, { "revoke", apply_revoke },
};

gboolean
wuyou_contract_apply_end (WuyouContract *contract,
                          const WuyouTransition *transition,
                          const WuyouContractFacts *facts,
                          const WuyouContractInput *input,
                          gint64 now)
{
  const Step step = { transition, facts, input, now };

  for (guint i = 0; i < G_N_ELEMENTS (effects); i++)
    if (g_str_equal (effects[i].action, transition->action)) {
      effects[i].apply (contract, &step);
      return TRUE;
    }
  return FALSE;
}
