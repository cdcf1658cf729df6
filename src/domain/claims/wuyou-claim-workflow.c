/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "base/wuyou-money.h"
#include "base/wuyou-record.h"
#include "claims/wuyou-claim-rules.h"
#include "claims/wuyou-claim-settlement.h"

/* Requirements 6.2. */

static gboolean
refuse (GError **error, WuyouError code, const char *field, const char *authority, const char *sentence)
{
  g_set_error_literal (error, WUYOU_ERROR, code, sentence);
  if (error != NULL)
    wuyou_error_set_field (*error, field, authority);
  return FALSE;
}

static gboolean
refuse_as (const GError *refusal, GError **error)
{
  g_propagate_error (error, g_error_copy (refusal));
  return FALSE;
}

gboolean
wuyou_claim_check_section (const WuyouClaim *claim, const char *section, GError **error)
{
  GError *all = NULL;

  for (guint i = 0; i < wuyou_claim_type.n_fields; i++) {
    const WuyouField *field = &wuyou_claim_type.fields[i];
    GError *one = NULL;

    if (!g_str_equal (field->section, section) || !(field->flags & WUYOU_FIELD_REQUIRED)
        || wuyou_field_is_set (field, claim))
      continue;
    refuse (&one, WUYOU_ERROR_INVALID, field->name, field->authority, N_ ("This is needed."));
    wuyou_error_take_violation (&all, one);
  }
  if (all == NULL)
    return TRUE;
  g_propagate_error (error, all);
  return FALSE;
}

static gboolean
guard_report (const WuyouStep *step, GError **error)
{
  const WuyouClaim *claim = step->record;
  const WuyouClaimFacts *facts = step->context;

  if (!wuyou_claim_check_section (claim, "loss", error))
    return FALSE;
  if (claim->loss_at > step->now)
    return refuse (error, WUYOU_ERROR_INVALID, "loss_at", "C-01", N_ ("The loss lies in the future."));
  if (!wuyou_claim_is_covered (facts->contract, wuyou_date_of_instant (claim->loss_at)))
    return refuse (error, WUYOU_ERROR_NOT_ELIGIBLE, "loss_at", "1.4",
                   N_ ("The contract was not in force on the day of the loss."));
  return TRUE;
}

static gboolean
guard_determine (const WuyouStep *step, GError **error)
{
  const WuyouClaim *claim = step->record;
  const WuyouClaimFacts *facts = step->context;
  const WuyouClaimInput *input = step->input;

  if (claim->determined_by_insurer && !facts->actor_is_insurer)
    return refuse (error, WUYOU_ERROR_FORBIDDEN, "determination", "1.4",
                   N_ ("The insurer recorded its determination itself; only the insurer changes it."));
  if (wuyou_enum_id (wuyou_determinations, input->determination) == NULL)
    return refuse (error, WUYOU_ERROR_INVALID, "determination", "1.4", N_ ("What did the insurer determine?"));
  if (input->determined_on < wuyou_date_of_instant (claim->loss_at) || input->determined_on > facts->today)
    return refuse (error, WUYOU_ERROR_INVALID, "determined_on", "1.4",
                   N_ ("The insurer determined it between the loss and today."));
  if (!facts->determination_available)
    return refuse (error, WUYOU_ERROR_INVALID, "DETERMINATION", "1.4",
                   N_ ("The insurer’s determination must be uploaded first."));
  return TRUE;
}

static gboolean
check_total_loss (const WuyouClaim *claim, GError **error)
{
  if (claim->determination == 0)
    return refuse (error, WUYOU_ERROR_INVALID, "determination", "1.4",
                   N_ ("The insurer’s determination is not recorded yet."));
  if (claim->determination == WUYOU_DETERMINATION_PARTIAL)
    return refuse (error, WUYOU_ERROR_NOT_ELIGIBLE, "determination", "1.4",
                   N_ ("The insurer did not determine a total loss."));
  if (claim->determined_on < wuyou_date_of_instant (claim->loss_at))
    return refuse (error, WUYOU_ERROR_INVALID, "determined_on", "1.4",
                   N_ ("The insurer determined it between the loss and today."));
  return TRUE;
}

static gboolean
guard_complete (const WuyouStep *step, GError **error)
{
  const WuyouClaimFacts *facts = step->context;

  return facts->missing == NULL || refuse_as (facts->missing, error);
}

/* The facts of the loss may have been corrected since the report. */
static gboolean
guard_submit (const WuyouStep *step, GError **error)
{
  return guard_report (step, error) && check_total_loss (step->record, error) && guard_complete (step, error);
}

static gboolean
is_actor (const char *account_id, const WuyouClaimFacts *facts)
{
  return account_id != NULL && g_strcmp0 (account_id, facts->actor_id) == 0;
}

static gboolean
has_request (const char *json)
{
  g_autoptr (JsonNode) node = json != NULL ? wuyou_json_parse (json, strlen (json), NULL) : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) && json_array_get_length (json_node_get_array (node)) > 0;
}

/* All that is missing is asked for at once; asking again needs a reason (C-04). */
static gboolean
guard_request (const WuyouStep *step, GError **error)
{
  const WuyouClaim *claim = step->record;
  const WuyouClaimInput *input = step->input;

  if (!is_actor (claim->assessor_id, step->context))
    return refuse (error, WUYOU_ERROR_FORBIDDEN, "assessor_id", "C-08",
                   N_ ("Only the assessor who took the case decides this."));
  if (!has_request (input->request_json))
    return refuse (error, WUYOU_ERROR_INVALID, "request_json", "C-04", N_ ("Which documents are needed?"));
  if (claim->requests > 0 && (input->request_reason == NULL || *input->request_reason == '\0'))
    return refuse (error, WUYOU_ERROR_INVALID, "request_reason", "C-04",
                   N_ ("Documents were requested before. Why were these not among them?"));
  return TRUE;
}

/* After an appeal others than those before, whatever they were then (C-09). */
static gboolean
guard_take (const WuyouStep *step, GError **error)
{
  const WuyouClaim *claim = step->record;
  const char *field = is_actor (claim->previous_approver_id, step->context)   ? "previous_approver_id"
                      : is_actor (claim->previous_assessor_id, step->context) ? "previous_assessor_id"
                                                                              : NULL;

  return field == NULL
         || refuse (error, WUYOU_ERROR_FORBIDDEN, field, "C-09", N_ ("An appeal is decided by somebody else."));
}

/* Four eyes (C-08). */
static gboolean
check_other_person (const WuyouStep *step, GError **error)
{
  const WuyouClaim *claim = step->record;

  if (is_actor (claim->assessor_id, step->context))
    return refuse (error, WUYOU_ERROR_FORBIDDEN, "assessor_id", "C-08",
                   N_ ("Whoever assessed a claim does not decide it."));
  return guard_take (step, error);
}

static gboolean
guard_take_over (const WuyouStep *step, GError **error)
{
  const WuyouClaim *claim = step->record;

  if (is_actor (claim->assessor_id, step->context))
    return refuse (error, WUYOU_ERROR_ILLEGAL_TRANSITION, "assessor_id", NULL, N_ ("The case is yours already."));
  return guard_take (step, error);
}

static gboolean
check_decided (const WuyouClaim *claim, int wanted, GError **error)
{
  const struct {
    const char *field;
    int value;
  } checks[] = {
    { "check_contract", claim->check_contract },
    { "check_insurance", claim->check_insurance },
    { "check_cause", claim->check_cause },
    { "check_exclusions", claim->check_exclusions },
  };

  for (guint i = 0; i < G_N_ELEMENTS (checks); i++) {
    if (checks[i].value == 0)
      return refuse (error, WUYOU_ERROR_INVALID, checks[i].field, "6.2", N_ ("This check is not decided yet."));
    if (wanted != 0 && checks[i].value != wanted)
      return refuse (error, WUYOU_ERROR_INVALID, checks[i].field, "6.2", N_ ("This check is not met."));
  }
  return TRUE;
}

static gboolean
guard_approve (const WuyouStep *step, GError **error)
{
  const WuyouClaim *claim = step->record;

  return check_other_person (step, error) && check_decided (claim, WUYOU_CHECK_MET, error)
         && guard_complete (step, error);
}

/* Another amount than the computed one has been proposed by somebody else with its reason. */
static gboolean
check_amount (const WuyouClaim *claim, const WuyouClaimFacts *facts, GError **error)
{
  if (claim->settlement_json == NULL)
    return refuse (error, WUYOU_ERROR_INVALID, "settlement_json", "C-07", N_ ("The settlement is not computed yet."));
  if (is_actor (claim->override_by, facts))
    return refuse (error, WUYOU_ERROR_FORBIDDEN, "override_by", "C-08",
                   N_ ("Whoever set another amount does not approve it."));
  return TRUE;
}

static gboolean
needs_endorsement (const WuyouClaim *claim, const WuyouClaimFacts *facts)
{
  gint64 over = wuyou_claim_endorsement_over (facts->product->benefit_json);

  return over > 0 && wuyou_claim_amount (claim) > over;
}

/* Amounts of a size that the product version names are seen by two who may decide (C-08). */
static gboolean
check_endorsed (const WuyouClaim *claim, const WuyouClaimFacts *facts, GError **error)
{
  if (!needs_endorsement (claim, facts))
    return TRUE;
  if (claim->endorsed_by == NULL)
    return refuse (error, WUYOU_ERROR_INVALID, "endorsed_by", "C-08",
                   N_ ("An amount of this size is endorsed by another approver first."));
  if (is_actor (claim->endorsed_by, facts))
    return refuse (error, WUYOU_ERROR_FORBIDDEN, "endorsed_by", "C-08",
                   N_ ("Whoever endorsed the amount does not decide it."));
  return TRUE;
}

static gboolean
guard_endorse (const WuyouStep *step, GError **error)
{
  const WuyouClaim *claim = step->record;
  const WuyouClaimFacts *facts = step->context;

  if (!needs_endorsement (claim, facts))
    return refuse (error, WUYOU_ERROR_ILLEGAL_TRANSITION, "settled_fen", "C-08",
                   N_ ("An amount of this size needs no endorsement."));
  if (claim->endorsed_by != NULL)
    return refuse (error, WUYOU_ERROR_ILLEGAL_TRANSITION, "endorsed_by", "C-08",
                   N_ ("The amount is endorsed already."));
  return check_other_person (step, error) && check_decided (claim, WUYOU_CHECK_MET, error)
         && check_amount (claim, facts, error);
}

static gboolean
guard_approve_final (const WuyouStep *step, GError **error)
{
  return guard_approve (step, error) && check_amount (step->record, step->context, error)
         && check_endorsed (step->record, step->context, error);
}

static gboolean
guard_reject (const WuyouStep *step, GError **error)
{
  const WuyouClaimFacts *facts = step->context;
  const WuyouClaimInput *input = step->input;

  if (!check_other_person (step, error) || !check_decided (step->record, 0, error))
    return FALSE;
  if (wuyou_enum_id (wuyou_exclusions, input->exclusion) == NULL)
    return refuse (error, WUYOU_ERROR_INVALID, "exclusion", "9.2", N_ ("For which reason is it refused?"));
  if (!wuyou_exclusion_is_listed (facts->product->benefit_json, input->exclusion))
    return refuse (error, WUYOU_ERROR_INVALID, "exclusion", "9.1",
                   N_ ("This product’s terms have no such reason. Choose one that they have."));
  return TRUE;
}

static gboolean
has_brand (const WuyouClaimFacts *facts, int brand)
{
  return brand == facts->contract->brand && (facts->product->rules.brands & (1u << brand)) != 0;
}

/* C-06. A list price that is not known on the contract is the assessor's to judge. */
static gboolean
guard_replace (const WuyouStep *step, GError **error)
{
  const WuyouClaim *claim = step->record;
  const WuyouClaimFacts *facts = step->context;
  gint64 least = wuyou_money_scale (facts->contract->msrp_fen, facts->product->rules.min_replacement_msrp_percent, 100);

  if (!wuyou_claim_check_section (claim, "replacement", error))
    return FALSE;
  if (!has_brand (facts, claim->new_brand))
    return refuse (error, WUYOU_ERROR_NOT_ELIGIBLE, "new_brand", "1.4",
                   N_ ("The new car must be of the brand agreed."));
  if (claim->new_msrp_fen < least)
    return refuse (error, WUYOU_ERROR_NOT_ELIGIBLE, "new_msrp_fen", "C-06",
                   N_ ("The new car’s list price is too low for a replacement."));
  if (claim->new_vin != NULL && g_strcmp0 (claim->new_vin, facts->contract->vin) == 0)
    return refuse (error, WUYOU_ERROR_INVALID, "new_vin", "C-06", N_ ("This is the VIN of the car that was lost."));
  return TRUE;
}

static gboolean
check_delivery (const WuyouClaim *claim, WuyouDate today, GError **error)
{
  WuyouDate loss = wuyou_date_of_instant (claim->loss_at), ordered = claim->new_ordered_on;

  if (ordered != WUYOU_DATE_NONE && (ordered < loss || ordered > today))
    return refuse (error, WUYOU_ERROR_INVALID, "new_ordered_on", "C-06",
                   N_ ("The new car was ordered between the loss and today."));
  if (claim->delivered_on == WUYOU_DATE_NONE)
    return refuse (error, WUYOU_ERROR_INVALID, "delivered_on", "C-06", N_ ("The new car is not handed over yet."));
  if (claim->delivered_on < MAX (loss, ordered) || claim->delivered_on > today)
    return refuse (error, WUYOU_ERROR_INVALID, "delivered_on", "C-06",
                   N_ ("The new car was handed over after its order, and not later than today."));
  return TRUE;
}

static gboolean
check_computable (const WuyouClaim *claim, const WuyouClaimFacts *facts, GError **error)
{
  g_autoptr (WuyouSettlement) settlement = NULL;
  WuyouSettlementInput input;

  wuyou_claim_settlement_input (claim, facts->contract, &input);
  settlement = wuyou_settlement_compute (facts->product->benefit_json, &input, error);
  return settlement != NULL;
}

/* The new car may have been entered anew since it was registered: all of it is looked at again. */
static gboolean
guard_submit_final (const WuyouStep *step, GError **error)
{
  const WuyouClaimFacts *facts = step->context;

  return guard_replace (step, error) && check_delivery (step->record, facts->today, error)
         && check_computable (step->record, facts, error) && guard_complete (step, error);
}

static gboolean
check_phase (const WuyouClaim *claim, int phase, GError **error)
{
  return claim->phase == phase
         || refuse (error, WUYOU_ERROR_ILLEGAL_TRANSITION, "phase", NULL,
                    N_ ("The claim is in the other phase of its review."));
}

/* What was asked for; the rest may not have been taken back meanwhile. */
static gboolean
guard_supply (const WuyouStep *step, GError **error)
{
  const WuyouClaimFacts *facts = step->context;

  if (!check_phase (step->record, WUYOU_PHASE_LOSS, error))
    return FALSE;
  return facts->unfilled == NULL ? guard_complete (step, error) : refuse_as (facts->unfilled, error);
}

static gboolean
guard_supply_final (const WuyouStep *step, GError **error)
{
  const WuyouClaimFacts *facts = step->context;

  if (!check_phase (step->record, WUYOU_PHASE_REPLACEMENT, error))
    return FALSE;
  return facts->unfilled == NULL ? guard_submit_final (step, error) : refuse_as (facts->unfilled, error);
}

static gboolean
guard_lapse (const WuyouStep *step, GError **error)
{
  const WuyouClaim *claim = step->record;
  const WuyouClaimFacts *facts = step->context;
  WuyouDate last = wuyou_calendar_add_workdays (facts->calendar, claim->due_on, (int) facts->clocks.grace_days);

  if (claim->due_on != WUYOU_DATE_NONE && facts->today > last)
    return TRUE;
  return refuse (error, WUYOU_ERROR_ILLEGAL_TRANSITION, "due_on", "C-04",
                 N_ ("There is still time to bring the documents."));
}

static gboolean
guard_pay (const WuyouStep *step, GError **error)
{
  const WuyouClaim *claim = step->record;
  const WuyouClaimFacts *facts = step->context;
  const WuyouClaimInput *input = step->input;

  if (claim->delivered_on == WUYOU_DATE_NONE)
    return refuse (error, WUYOU_ERROR_INVALID, "delivered_on", "C-11", N_ ("The new car is not handed over yet."));
  if (input->paid_fen != wuyou_claim_amount (claim))
    return refuse (error, WUYOU_ERROR_INVALID, "paid_fen", "C-11", N_ ("The amount paid must be the one approved."));
  if (input->paid_on < wuyou_date_of_instant (claim->submitted_at) || input->paid_on > facts->today)
    return refuse (error, WUYOU_ERROR_INVALID, "paid_on", "C-11", N_ ("When was it paid?"));
  if (!facts->proof_available)
    return refuse (error, WUYOU_ERROR_INVALID, "PAYMENT_PROOF", "C-11",
                   N_ ("The proof of payment must be uploaded first."));
  return TRUE;
}

gboolean
wuyou_claim_check_appeal (const WuyouClaim *claim, WuyouDate today, GError **error)
{
  WuyouDate until = wuyou_claim_get_appeal_until (claim);

  if (until == WUYOU_DATE_NONE)
    return refuse (error, WUYOU_ERROR_ILLEGAL_TRANSITION, "previous_approver_id", "C-09",
                   N_ ("There was an appeal already."));
  return today <= until
         || refuse (error, WUYOU_ERROR_ILLEGAL_TRANSITION, "due_on", "C-09", N_ ("The time for an appeal is over."));
}

static gboolean
guard_appeal (const WuyouStep *step, GError **error)
{
  const WuyouClaim *claim = step->record;
  const WuyouClaimFacts *facts = step->context;

  if (!wuyou_claim_check_appeal (claim, facts->today, error))
    return FALSE;
  if (!wuyou_claim_is_covered (facts->contract, wuyou_date_of_instant (claim->loss_at)))
    return refuse (error, WUYOU_ERROR_NOT_ELIGIBLE, "contract_id", "6.1",
                   N_ ("The contract was ended since, so that nothing can be claimed under it any more."));
  return TRUE;
}

static gboolean
guard_reopen (const WuyouStep *step, GError **error)
{
  return check_phase (step->record, WUYOU_PHASE_LOSS, error) && guard_take (step, error);
}

static gboolean
guard_reopen_final (const WuyouStep *step, GError **error)
{
  return check_phase (step->record, WUYOU_PHASE_REPLACEMENT, error) && guard_take (step, error);
}

static gboolean
guard_withdraw (const WuyouStep *step, GError **error)
{
  const WuyouClaimFacts *facts = step->context;

  return facts->statement_available
         || refuse (error, WUYOU_ERROR_INVALID, "WITHDRAWAL_STATEMENT", "6.2",
                    N_ ("The owner’s statement of withdrawal must be uploaded first."));
}

/* At any moment (PIPL 15). Before the review, and while the dealership has the ball, it is an entry of the record. */
static gboolean
guard_revoke (const WuyouStep *step, GError **error)
{
  const WuyouClaim *claim = step->record;

  return claim->consent_sensitive
         || refuse (error, WUYOU_ERROR_ILLEGAL_TRANSITION, "consent_sensitive", "PIPL 15",
                    N_ ("No consent is recorded that could be taken back."));
}

#define CLERK WUYOU_OBJECT_CLAIM, WUYOU_VERB_SUBMIT
#define ASSESS WUYOU_OBJECT_CLAIM, WUYOU_VERB_EDIT | WUYOU_VERB_APPROVE
#define DECIDE WUYOU_OBJECT_CLAIM_DECISION, WUYOU_VERB_APPROVE
#define DETERMINE WUYOU_OBJECT_CLAIM_DETERMINATION, WUYOU_VERB_CREATE
#define PAY WUYOU_OBJECT_CLAIM, WUYOU_VERB_EXECUTE
#define NOBODY WUYOU_OBJECT_NONE, 0
#define SYSTEM WUYOU_TRANSITION_SYSTEM
#define REASON WUYOU_TRANSITION_REASON
#define ENDS (WUYOU_TRANSITION_REASON | WUYOU_TRANSITION_DESTRUCTIVE)
#define NEXT WUYOU_TRANSITION_NEXT
#define ASIDE WUYOU_TRANSITION_ASIDE
#define S(state) WUYOU_CLAIM_##state
#define REVOKE(state, back)                                                                                            \
  {                                                                                                                    \
    S (state), WUYOU_CLAIM_REVOKE, S (back), CLERK, guard_revoke, N_ ("Owner takes the consent back"), REASON | ASIDE  \
  }
#define WITHDRAW(state)                                                                                                \
  {                                                                                                                    \
    S (state), "withdraw", S (WITHDRAWN), CLERK, guard_withdraw, N_ ("Withdraw"), ENDS                                 \
  }

/* clang-format off */
static const WuyouTransition transitions[] = {
  { S (DRAFT), "report", S (REPORTED), CLERK, guard_report, N_("Report the loss"), NEXT },
  { S (DRAFT), "discard", S (WITHDRAWN), CLERK, NULL, N_("Discard"), ENDS },
  { S (REPORTED), "determine", S (REPORTED), DETERMINE, guard_determine, N_("Record the insurer’s determination"), 0 },
  { S (REPORTED), "submit", S (PRE_SUBMITTED), CLERK, guard_submit, N_("Send to preliminary review"), NEXT },
  { S (PRE_SUBMITTED), "take", S (PRE_REVIEW), ASSESS, guard_take, N_("Take the case"), NEXT },
  { S (PRE_REVIEW), "request", S (MORE_DOCS), ASSESS, guard_request, N_("Request documents"), ASIDE },
  { S (PRE_REVIEW), "take-over", S (PRE_REVIEW), ASSESS, guard_take_over, N_("Take over the case"), REASON | ASIDE },
  { S (PRE_REVIEW), "approve", S (PRE_APPROVED), DECIDE, guard_approve, N_("Approve"), NEXT },
  { S (PRE_REVIEW), "reject", S (PRE_REJECTED), DECIDE, guard_reject, N_("Refuse"), ENDS },
  { S (MORE_DOCS), "supply", S (PRE_REVIEW), CLERK, guard_supply, N_("Send the documents"), NEXT },
  { S (MORE_DOCS), "supply-final", S (FINAL_REVIEW), CLERK, guard_supply_final, N_("Send the documents"), 0 },
  { S (MORE_DOCS), "lapse", S (CLOSED_UNPAID), NOBODY, guard_lapse, N_("Close, time is over"), SYSTEM },
  { S (MORE_DOCS), "close", S (CLOSED_UNPAID), ASSESS, guard_lapse, N_("Close, time is over"), ENDS },
  { S (PRE_APPROVED), "replace", S (REPLACING), CLERK, guard_replace, N_("Register the new car"), NEXT },
  { S (REPLACING), "submit", S (FINAL_SUBMITTED), CLERK, guard_submit_final, N_("Send to final review"), NEXT },
  { S (FINAL_SUBMITTED), "take", S (FINAL_REVIEW), ASSESS, guard_take, N_("Take the case"), NEXT },
  { S (FINAL_REVIEW), "request", S (MORE_DOCS), ASSESS, guard_request, N_("Request documents"), ASIDE },
  { S (FINAL_REVIEW), "take-over", S (FINAL_REVIEW), ASSESS, guard_take_over, N_("Take over the case"), REASON | ASIDE },
  { S (FINAL_REVIEW), "endorse", S (FINAL_REVIEW), DECIDE, guard_endorse, N_("Endorse the amount"), NEXT },
  { S (FINAL_REVIEW), "approve", S (APPROVED), DECIDE, guard_approve_final, N_("Approve"), NEXT },
  { S (FINAL_REVIEW), "reject", S (REJECTED), DECIDE, guard_reject, N_("Refuse"), ENDS },
  { S (APPROVED), "settle", S (SETTLING), PAY, NULL, N_("Begin the payment"), NEXT },
  { S (SETTLING), "pay", S (CLOSED_PAID), PAY, guard_pay, N_("Register the payout"), NEXT },
  { S (PRE_REJECTED), "appeal", S (APPEAL), CLERK, guard_appeal, N_("Appeal"), REASON },
  { S (REJECTED), "appeal", S (APPEAL), CLERK, guard_appeal, N_("Appeal"), REASON },
  { S (CLOSED_UNPAID), "appeal", S (APPEAL), CLERK, guard_appeal, N_("Appeal"), REASON },
  { S (APPEAL), "reopen", S (PRE_REVIEW), ASSESS, guard_reopen, N_("Review again"), NEXT },
  { S (APPEAL), "reopen-final", S (FINAL_REVIEW), ASSESS, guard_reopen_final, N_("Review again"), 0 },
  { S (APPEAL), "confirm", S (CLOSED_UNPAID), DECIDE, guard_take, N_("Confirm the refusal"), ENDS },
  WITHDRAW (REPORTED), WITHDRAW (PRE_SUBMITTED), WITHDRAW (PRE_REVIEW), WITHDRAW (MORE_DOCS), WITHDRAW (PRE_APPROVED),
  WITHDRAW (REPLACING), WITHDRAW (FINAL_SUBMITTED), WITHDRAW (FINAL_REVIEW), WITHDRAW (APPROVED), WITHDRAW (APPEAL),
  REVOKE (PRE_SUBMITTED, REPORTED), REVOKE (PRE_REVIEW, MORE_DOCS), REVOKE (FINAL_SUBMITTED, REPLACING),
  REVOKE (FINAL_REVIEW, MORE_DOCS), REVOKE (PRE_REJECTED, PRE_REJECTED), REVOKE (REJECTED, REJECTED),
  REVOKE (APPROVED, APPROVED), REVOKE (SETTLING, SETTLING),
};
/* clang-format on */

const WuyouWorkflow wuyou_claim_workflow = {
  "claim",
  wuyou_claim_states,
  transitions,
  G_N_ELEMENTS (transitions),
};
