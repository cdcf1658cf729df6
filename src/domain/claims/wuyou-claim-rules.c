/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-claim-rules.h"

#include <string.h>

#include "base/wuyou-json.h"
#include "base/wuyou-text.h"

static gint64
read_days (JsonObject *claim, const char *name, gint64 otherwise)
{
  gint64 days = wuyou_json_get_int (claim, name);

  return days > 0 ? days : otherwise;
}

/* Figures for products that say nothing: requirements 10.1 as the benchmark, U7 for the rest. */
void
wuyou_claim_clocks_read (const char *benefit_json, WuyouClaimClocks *ret_clocks)
{
  g_autoptr (JsonObject) benefit = wuyou_json_parse_object (benefit_json, strlen (benefit_json), NULL);
  JsonObject *claim = wuyou_json_get_object (benefit, "claim");

  *ret_clocks = (WuyouClaimClocks){
    .notify_days = read_days (claim, "notify_within_days", 3),
    .review_days = read_days (claim, "review_workdays", 3),
    .decision_days = read_days (claim, "decision_days", 30),
    .supplement_days = read_days (claim, "supplement_workdays", 10),
    .grace_days = read_days (claim, "grace_workdays", 5),
    .appeal_days = read_days (claim, "complaint_within_days", 15),
    .order_days = read_days (wuyou_json_get_object (benefit, "replacement"), "order_within_days", 180),
    .file_days = read_days (claim, "file_within_days", 0),
    .notify_from_determination = g_strcmp0 (wuyou_json_get_string (claim, "notify_counted_from"), "DETERMINATION") == 0,
  };
}

gint64
wuyou_claim_endorsement_over (const char *benefit_json)
{
  g_autoptr (JsonObject) benefit = wuyou_json_parse_object (benefit_json, strlen (benefit_json), NULL);

  return read_days (wuyou_json_get_object (benefit, "claim"), "endorsement_over_fen", 0);
}

/* S-11: from the day of a transfer there is no cover; a loss before it is answered for as before. */
gboolean
wuyou_claim_is_covered (const WuyouContract *contract, WuyouDate loss_on)
{
  switch (contract->state) {
  case WUYOU_CONTRACT_TRANSFER_ENDED:
    if (loss_on >= contract->transferred_on)
      return FALSE;
    G_GNUC_FALLTHROUGH;
  case WUYOU_CONTRACT_ACTIVE:
  case WUYOU_CONTRACT_CANCEL_REQUESTED:
  case WUYOU_CONTRACT_EXPIRED:
    return contract->effective_on != WUYOU_DATE_NONE && loss_on >= contract->effective_on
           && loss_on <= contract->ends_on;
  default:
    return FALSE;
  }
}

gboolean
wuyou_claim_is_open (const WuyouClaim *claim)
{
  switch (claim->state) {
  case WUYOU_CLAIM_PRE_REJECTED:
  case WUYOU_CLAIM_REJECTED:
  case WUYOU_CLAIM_CLOSED_PAID:
  case WUYOU_CLAIM_CLOSED_UNPAID:
  case WUYOU_CLAIM_WITHDRAWN:
    return FALSE;
  default:
    return TRUE;
  }
}

gboolean
wuyou_claim_allows_cancellation (const WuyouClaim *claim)
{
  return claim->state != WUYOU_CLAIM_CLOSED_PAID && (claim->state == WUYOU_CLAIM_DRAFT || !wuyou_claim_is_open (claim));
}

gint64
wuyou_claim_amount (const WuyouClaim *claim)
{
  return claim->override_by != NULL ? claim->override_fen : claim->settled_fen;
}

#define IN(state) (1u << WUYOU_CLAIM_##state)

/* While more documents are wanted, only what belongs to the phase they are wanted for. */
static const struct {
  const char *section;
  guint states;
  int phase; /* in MORE_DOCS; 0: of either */
} sections[] = {
  { "record", IN (DRAFT), 0 },
  { "loss", IN (DRAFT) | IN (REPORTED), 0 },
  { "consent", IN (DRAFT) | IN (REPORTED) | IN (MORE_DOCS) | IN (PRE_APPROVED) | IN (REPLACING) | IN (APPEAL), 0 },
  { "determination", IN (DRAFT) | IN (REPORTED) | IN (MORE_DOCS) | IN (REPLACING), 0 }, /* its figures are settled by */
  { "replacement", IN (PRE_APPROVED) | IN (REPLACING) | IN (MORE_DOCS), WUYOU_PHASE_REPLACEMENT },
  { "costs", IN (PRE_APPROVED) | IN (REPLACING) | IN (MORE_DOCS), WUYOU_PHASE_REPLACEMENT },
};

gboolean
wuyou_claim_section_is_open (const WuyouClaim *claim, const char *section)
{
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    if (g_str_equal (sections[i].section, section))
      return (sections[i].states & (1u << claim->state)) != 0
             && (claim->state != WUYOU_CLAIM_MORE_DOCS || sections[i].phase == 0 || sections[i].phase == claim->phase);
  return FALSE;
}

static gboolean
is_assessed (const WuyouClaim *claim)
{
  return claim->check_contract != 0 && claim->check_insurance != 0 && claim->check_cause != 0
         && claim->check_exclusions != 0 && (claim->phase != WUYOU_PHASE_REPLACEMENT || claim->settlement_json != NULL);
}

/* C-09: once, but against what was closed as time was over also after an appeal. */
WuyouDate
wuyou_claim_get_appeal_until (const WuyouClaim *claim)
{
  switch (claim->state) {
  case WUYOU_CLAIM_PRE_REJECTED:
  case WUYOU_CLAIM_REJECTED:
    return claim->previous_approver_id == NULL ? claim->due_on : WUYOU_DATE_NONE;
  case WUYOU_CLAIM_CLOSED_UNPAID:
    return claim->due_on;
  default:
    return WUYOU_DATE_NONE;
  }
}

WuyouTurn
wuyou_claim_get_turn (const WuyouClaim *claim)
{
  switch (claim->state) {
  case WUYOU_CLAIM_REPORTED:
    return claim->determination == 0 ? WUYOU_TURN_INSURER : WUYOU_TURN_CLERK;
  case WUYOU_CLAIM_DRAFT:
  case WUYOU_CLAIM_MORE_DOCS:
  case WUYOU_CLAIM_PRE_APPROVED:
  case WUYOU_CLAIM_REPLACING:
    return WUYOU_TURN_CLERK;
  case WUYOU_CLAIM_PRE_REVIEW:
  case WUYOU_CLAIM_FINAL_REVIEW:
    return is_assessed (claim) ? WUYOU_TURN_APPROVER : WUYOU_TURN_ASSESSOR;
  case WUYOU_CLAIM_PRE_SUBMITTED:
  case WUYOU_CLAIM_FINAL_SUBMITTED:
  case WUYOU_CLAIM_APPEAL:
    return WUYOU_TURN_ASSESSOR;
  case WUYOU_CLAIM_APPROVED:
  case WUYOU_CLAIM_SETTLING:
    return WUYOU_TURN_FINANCE;
  default:
    return WUYOU_TURN_NOBODY;
  }
}

void
wuyou_claim_place (WuyouClaim *claim)
{
  claim->turn = (int) wuyou_claim_get_turn (claim);
  claim->queue_on = claim->due_on != WUYOU_DATE_NONE ? claim->due_on : WUYOU_CLAIM_SOME_DAY;
}

static const struct {
  WuyouTurn turn;
  WuyouObject object;
  guint verbs;
} desks[] = {
  { WUYOU_TURN_CLERK, WUYOU_OBJECT_CLAIM, WUYOU_VERB_SUBMIT },
  { WUYOU_TURN_ASSESSOR, WUYOU_OBJECT_CLAIM, WUYOU_VERB_EDIT | WUYOU_VERB_APPROVE },
  { WUYOU_TURN_APPROVER, WUYOU_OBJECT_CLAIM_DECISION, WUYOU_VERB_APPROVE },
  { WUYOU_TURN_FINANCE, WUYOU_OBJECT_CLAIM, WUYOU_VERB_EXECUTE },
  { WUYOU_TURN_INSURER, WUYOU_OBJECT_CLAIM_DETERMINATION, WUYOU_VERB_CREATE },
};

gboolean
wuyou_claim_turn_is_for (WuyouTurn turn, guint32 roles)
{
  for (guint i = 0; i < G_N_ELEMENTS (desks); i++)
    if (desks[i].turn == turn)
      return wuyou_permission_check (roles, desks[i].object, desks[i].verbs);
  return FALSE;
}

const gint64 wuyou_claim_reminders[] = { 3, 1, 0 };

/* After a second refusal there is no other appeal. */
gboolean
wuyou_claim_awaits_dealer (const WuyouClaim *claim)
{
  if (claim->due_on == WUYOU_DATE_NONE)
    return FALSE;
  switch (claim->state) {
  case WUYOU_CLAIM_MORE_DOCS:
  case WUYOU_CLAIM_PRE_APPROVED:
  case WUYOU_CLAIM_CLOSED_UNPAID:
    return TRUE;
  case WUYOU_CLAIM_PRE_REJECTED:
  case WUYOU_CLAIM_REJECTED:
    return claim->previous_approver_id == NULL;
  default:
    return FALSE;
  }
}

/* The last day of a period that is counted in calendar days: a working day (Civil Code 203). */
static WuyouDate
find_last_day (const WuyouCalendar *calendar, WuyouDate from, gint64 days)
{
  WuyouDate last = from + (WuyouDate) days;

  return wuyou_calendar_is_workday (calendar, last) ? last : wuyou_calendar_add_workdays (calendar, last, 1);
}

gboolean
wuyou_claim_is_late (const WuyouClaim *claim, const WuyouClaimClocks *clocks, const WuyouCalendar *calendar)
{
  WuyouDate loss = wuyou_date_of_instant (claim->loss_at), reported = wuyou_date_of_instant (claim->reported_at);
  WuyouDate from = clocks->notify_from_determination ? claim->determined_on : loss;

  if (from != WUYOU_DATE_NONE && reported > find_last_day (calendar, from, clocks->notify_days))
    return TRUE;
  return clocks->file_days > 0 && reported > find_last_day (calendar, loss, clocks->file_days);
}

static void
judge_report (WuyouClaim *claim, const WuyouClaimFacts *facts)
{
  claim->reported_late = wuyou_claim_is_late (claim, &facts->clocks, facts->calendar);
}

static void
apply_report (WuyouClaim *claim, const WuyouClaimFacts *facts, gint64 now)
{
  claim->phase = WUYOU_PHASE_LOSS;
  claim->reported_at = now;
  judge_report (claim, facts);
}

static void
apply_determination (WuyouClaim *claim, const WuyouClaimFacts *facts, const WuyouClaimInput *input)
{
  claim->determination = input->determination;
  claim->determined_on = input->determined_on;
  wuyou_text_set (&claim->determined_by, facts->actor_id);
  claim->determined_by_insurer = facts->actor_is_insurer;
  judge_report (claim, facts);
}

void
wuyou_claim_clear_endorsement (WuyouClaim *claim)
{
  g_clear_pointer (&claim->endorsed_by, g_free);
}

static void
clear_settlement (WuyouClaim *claim)
{
  g_clear_pointer (&claim->settlement_json, g_free);
  g_clear_pointer (&claim->override_reason, g_free);
  g_clear_pointer (&claim->override_by, g_free);
  claim->settled_fen = claim->override_fen = 0;
}

/* What was decided on other papers, other figures or by another assessor; the notes stay to be read. */
static void
clear_assessment (WuyouClaim *claim)
{
  claim->check_contract = claim->check_insurance = claim->check_cause = claim->check_exclusions = 0;
  wuyou_claim_clear_endorsement (claim);
  clear_settlement (claim);
}

/* The review begins anew, whole: nothing of an earlier one counts. */
static void
start_review (WuyouClaim *claim, const WuyouClaimFacts *facts, gint64 now)
{
  claim->submitted_at = now;
  claim->clock_used = claim->requests = 0;
  claim->decide_by = facts->today + (WuyouDate) facts->clocks.decision_days;
  claim->due_on = wuyou_calendar_add_workdays (facts->calendar, facts->today, (int) facts->clocks.review_days);
  clear_assessment (claim);
  g_clear_pointer (&claim->check_notes_json, g_free);
  g_clear_pointer (&claim->assessor_id, g_free);
  g_clear_pointer (&claim->request_json, g_free);
  g_clear_pointer (&claim->request_reason, g_free);
}

/* Of the review's working days; one at least, however late it is. */
static int
count_left (const WuyouClaim *claim, const WuyouClaimFacts *facts)
{
  return (int) MAX (1, facts->clocks.review_days - claim->clock_used);
}

/* The review's clock stands while the dealership has the ball. */
static void
pause_review (WuyouClaim *claim, const WuyouClaimFacts *facts, const WuyouClaimInput *input, gint64 now)
{
  WuyouDate begun = wuyou_calendar_add_workdays (facts->calendar, claim->due_on, -count_left (claim, facts));

  claim->clock_used += wuyou_calendar_count_workdays (facts->calendar, begun, facts->today);
  claim->requested_at = now;
  wuyou_text_set (&claim->request_json, input->request_json);
  wuyou_text_set (&claim->request_reason, input->request_reason);
  clear_assessment (claim);
  claim->due_on = wuyou_calendar_add_workdays (facts->calendar, facts->today, (int) facts->clocks.supplement_days);
}

/* What was looked at before was looked at rightly. From now on the papers are closed, and no review can go on without
 * them; nothing is asked for that is there when the owner consents again. */
static void
apply_revocation (WuyouClaim *claim, const WuyouTransition *transition, const WuyouClaimFacts *facts, gint64 now)
{
  claim->consent_sensitive = FALSE;
  claim->consent_on = WUYOU_DATE_NONE;
  g_clear_pointer (&claim->consent_attested_by, g_free);
  claim->consent_attested_at = 0;
  if (transition->to == WUYOU_CLAIM_MORE_DOCS)
    pause_review (claim, facts, &(WuyouClaimInput){ 0 }, now);
  else if (transition->to != transition->from)
    claim->due_on = claim->decide_by = WUYOU_DATE_NONE;
}

/* The days that the dealership took are not the review's. */
static void
resume_review (WuyouClaim *claim, const WuyouClaimFacts *facts)
{
  if (claim->decide_by != WUYOU_DATE_NONE)
    claim->decide_by += facts->today - wuyou_date_of_instant (claim->requested_at);
  claim->due_on = wuyou_calendar_add_workdays (facts->calendar, facts->today, count_left (claim, facts));
}

static void
assign (WuyouClaim *claim, const WuyouClaimFacts *facts)
{
  wuyou_text_set (&claim->assessor_id, facts->actor_id);
  clear_assessment (claim);
}

static void
apply_decision (WuyouClaim *claim, const WuyouClaimFacts *facts, const WuyouClaimInput *input, gboolean refused)
{
  wuyou_text_set (&claim->approver_id, facts->actor_id);
  wuyou_text_set (&claim->decision_reason, input->reason);
  claim->exclusion = refused ? input->exclusion : 0;
  claim->due_on = refused ? find_last_day (facts->calendar, facts->today, facts->clocks.appeal_days) : WUYOU_DATE_NONE;
}

static void
apply_approval (WuyouClaim *claim, const WuyouClaimFacts *facts, const WuyouClaimInput *input)
{
  apply_decision (claim, facts, input, FALSE);
  if (claim->phase == WUYOU_PHASE_LOSS)
    claim->due_on = find_last_day (facts->calendar, claim->determined_on, facts->clocks.order_days);
}

/* By the time that is over, which may be appealed against; or of the appeal, which is the end. */
static void
apply_closing (WuyouClaim *claim, const WuyouTransition *transition, const WuyouClaimFacts *facts, const char *reason)
{
  if (transition->from != WUYOU_CLAIM_APPEAL) {
    claim->due_on = find_last_day (facts->calendar, facts->today, facts->clocks.appeal_days);
    return;
  }
  wuyou_text_set (&claim->approver_id, facts->actor_id);
  wuyou_text_set (&claim->decision_reason, reason);
  claim->due_on = WUYOU_DATE_NONE;
}

/* Whoever decided before is remembered, so that somebody else decides now. */
static void
apply_appeal (WuyouClaim *claim, const WuyouClaimFacts *facts, gint64 now)
{
  g_autofree char *assessor = g_strdup (claim->assessor_id);

  start_review (claim, facts, now);
  wuyou_text_set (&claim->previous_approver_id, claim->approver_id != NULL ? claim->approver_id : assessor);
  wuyou_text_set (&claim->previous_assessor_id, assessor);
}

/* The second decision is another one, with an appeal of its own. */
static void
begin_replacement (WuyouClaim *claim)
{
  claim->phase = WUYOU_PHASE_REPLACEMENT;
  g_clear_pointer (&claim->approver_id, g_free);
  g_clear_pointer (&claim->previous_approver_id, g_free);
  g_clear_pointer (&claim->previous_assessor_id, g_free);
}

static void
apply_payment (WuyouClaim *claim, const WuyouClaimInput *input)
{
  claim->paid_fen = input->paid_fen;
  claim->paid_on = input->paid_on;
  wuyou_text_set (&claim->payment_reference, input->payment_reference);
  claim->due_on = WUYOU_DATE_NONE;
}

void
wuyou_claim_apply (WuyouClaim *claim,
                   const WuyouTransition *transition,
                   const WuyouClaimFacts *facts,
                   const WuyouClaimInput *input,
                   gint64 now)
{
  claim->state = transition->to;
  wuyou_text_set (&claim->state_reason, input->reason);
  if (g_str_equal (transition->action, "endorse")) {
    wuyou_text_set (&claim->endorsed_by, facts->actor_id);
    return;
  }
  if (g_str_equal (transition->action, WUYOU_CLAIM_REVOKE)) {
    apply_revocation (claim, transition, facts, now);
    return;
  }
  switch (transition->to) {
  case WUYOU_CLAIM_REPORTED:
    if (transition->from == WUYOU_CLAIM_DRAFT)
      apply_report (claim, facts, now);
    else
      apply_determination (claim, facts, input);
    break;
  case WUYOU_CLAIM_PRE_SUBMITTED:
    judge_report (claim, facts);
    G_GNUC_FALLTHROUGH;
  case WUYOU_CLAIM_FINAL_SUBMITTED:
    start_review (claim, facts, now);
    break;
  case WUYOU_CLAIM_PRE_REVIEW:
  case WUYOU_CLAIM_FINAL_REVIEW:
    if (transition->from == WUYOU_CLAIM_MORE_DOCS)
      resume_review (claim, facts);
    else
      assign (claim, facts);
    break;
  case WUYOU_CLAIM_MORE_DOCS:
    pause_review (claim, facts, input, now);
    claim->requests++;
    break;
  case WUYOU_CLAIM_PRE_APPROVED:
  case WUYOU_CLAIM_APPROVED:
    apply_approval (claim, facts, input);
    break;
  case WUYOU_CLAIM_PRE_REJECTED:
  case WUYOU_CLAIM_REJECTED:
    apply_decision (claim, facts, input, TRUE);
    break;
  case WUYOU_CLAIM_REPLACING:
    begin_replacement (claim);
    break;
  case WUYOU_CLAIM_CLOSED_UNPAID:
    apply_closing (claim, transition, facts, input->reason);
    break;
  case WUYOU_CLAIM_WITHDRAWN:
    claim->due_on = WUYOU_DATE_NONE;
    break;
  case WUYOU_CLAIM_APPEAL:
    apply_appeal (claim, facts, now);
    break;
  case WUYOU_CLAIM_CLOSED_PAID:
    apply_payment (claim, input);
    break;
  default:
    break;
  }
}
