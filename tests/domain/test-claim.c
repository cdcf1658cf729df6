/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "base/wuyou-error.h"
#include "base/wuyou-text.h"
#include "claims/wuyou-claim-checklist.h"
#include "claims/wuyou-claim-rules.h"
#include "wuyou-test-records.h"
#include "wuyou-test.h"

#define ASSESSOR "01932f1e-0000-7000-8000-00000000000a"
#define APPROVER "01932f1e-0000-7000-8000-00000000000b"
#define EARLIER "01932f1e-0000-7000-8000-00000000000c"
#define ENDORSED_ABOVE(fen) "{\"claim\":{\"endorsement_over_fen\":" #fen "}}"
#define REQUEST "[{\"slot\":\"LOSS_NOTICE\",\"reason\":\"BLURRED\"}]"

static const char *const all_actions[] = {
  "report", "discard",      "determine", "submit",       "take",      "request", "approve",  "reject",
  "supply", "lapse",        "close",     "supply-final", "replace",   "settle",  "pay",      "appeal",
  "reopen", "reopen-final", "confirm",   "withdraw",     "take-over", "endorse", "nonsense", "revoke-consent",
  "",
};

/* Who may take which step when all else is right: the whole of requirements 6.2. Steps of the system: "-". */
static const struct {
  const char *from, *action, *to, *roles;
} expected[] = {
  { "DRAFT", "report", "REPORTED", "DADM DCLM" },
  { "DRAFT", "discard", "WITHDRAWN", "DADM DCLM" },
  { "REPORTED", "determine", "REPORTED", "DADM DCLM ICLM" },
  { "REPORTED", "submit", "PRE_SUBMITTED", "DADM DCLM" },
  { "REPORTED", "withdraw", "WITHDRAWN", "DADM DCLM" },
  { "PRE_SUBMITTED", "take", "PRE_REVIEW", "OCLA" },
  { "PRE_SUBMITTED", "withdraw", "WITHDRAWN", "DADM DCLM" },
  { "PRE_REVIEW", "request", "MORE_DOCS", "OCLA" },
  { "PRE_REVIEW", "take-over", "PRE_REVIEW", "OCLA" },
  { "PRE_REVIEW", "approve", "PRE_APPROVED", "OCLB" },
  { "PRE_REVIEW", "reject", "PRE_REJECTED", "OCLB" },
  { "PRE_REVIEW", "withdraw", "WITHDRAWN", "DADM DCLM" },
  { "MORE_DOCS", "supply", "PRE_REVIEW", "DADM DCLM" },
  { "MORE_DOCS", "lapse", "CLOSED_UNPAID", "-" },
  { "MORE_DOCS", "close", "CLOSED_UNPAID", "OCLA" },
  { "MORE_DOCS", "withdraw", "WITHDRAWN", "DADM DCLM" },
  { "PRE_APPROVED", "replace", "REPLACING", "DADM DCLM" },
  { "PRE_APPROVED", "withdraw", "WITHDRAWN", "DADM DCLM" },
  { "REPLACING", "submit", "FINAL_SUBMITTED", "DADM DCLM" },
  { "REPLACING", "withdraw", "WITHDRAWN", "DADM DCLM" },
  { "FINAL_SUBMITTED", "take", "FINAL_REVIEW", "OCLA" },
  { "FINAL_SUBMITTED", "withdraw", "WITHDRAWN", "DADM DCLM" },
  { "FINAL_REVIEW", "request", "MORE_DOCS", "OCLA" },
  { "FINAL_REVIEW", "take-over", "FINAL_REVIEW", "OCLA" },
  { "FINAL_REVIEW", "endorse", "FINAL_REVIEW", "OCLB" },
  { "FINAL_REVIEW", "approve", "APPROVED", "OCLB" },
  { "FINAL_REVIEW", "reject", "REJECTED", "OCLB" },
  { "FINAL_REVIEW", "withdraw", "WITHDRAWN", "DADM DCLM" },
  { "APPROVED", "settle", "SETTLING", "OFIN" },
  { "APPROVED", "withdraw", "WITHDRAWN", "DADM DCLM" },
  { "SETTLING", "pay", "CLOSED_PAID", "OFIN" },
  { "PRE_REJECTED", "appeal", "APPEAL", "DADM DCLM" },
  { "REJECTED", "appeal", "APPEAL", "DADM DCLM" },
  { "CLOSED_UNPAID", "appeal", "APPEAL", "DADM DCLM" },
  { "APPEAL", "reopen", "PRE_REVIEW", "OCLA" },
  { "APPEAL", "confirm", "CLOSED_UNPAID", "OCLB" },
  { "APPEAL", "withdraw", "WITHDRAWN", "DADM DCLM" },
  { "PRE_SUBMITTED", "revoke-consent", "REPORTED", "DADM DCLM" },
  { "PRE_REVIEW", "revoke-consent", "MORE_DOCS", "DADM DCLM" },
  { "FINAL_SUBMITTED", "revoke-consent", "REPLACING", "DADM DCLM" },
  { "FINAL_REVIEW", "revoke-consent", "MORE_DOCS", "DADM DCLM" },
  { "PRE_REJECTED", "revoke-consent", "PRE_REJECTED", "DADM DCLM" },
  { "REJECTED", "revoke-consent", "REJECTED", "DADM DCLM" },
  { "APPROVED", "revoke-consent", "APPROVED", "DADM DCLM" },
  { "SETTLING", "revoke-consent", "SETTLING", "DADM DCLM" },
};

typedef struct {
  WuyouContract *contract;
  WuyouProduct *product;
  WuyouCalendar *calendar;
  WuyouClaim *claim;
  WuyouClaimFacts facts;
  WuyouClaimInput input;
} Case;

static void
fill_claim (WuyouClaim *claim)
{
  claim->loss_at = WUYOU_TEST_NOW - G_TIME_SPAN_DAY * 30;
  claim->loss_type = WUYOU_LOSS_COLLISION;
  claim->loss_place = g_strdup ("云岭高速 K118");
  claim->loss_cause = g_strdup ("追尾");
  claim->insurer_report_no = g_strdup ("BA2026110800017");
  claim->informant_name = g_strdup ("钱多");
  claim->informant_mobile = g_strdup ("13800001234");
  claim->determination = WUYOU_DETERMINATION_CONSTRUCTIVE;
  claim->determined_on = wuyou_date_of_instant (WUYOU_TEST_NOW) - 10;
  claim->assessor_id = g_strdup (ASSESSOR);
  claim->check_contract = claim->check_insurance = claim->check_cause = claim->check_exclusions = WUYOU_CHECK_MET;
  claim->phase = WUYOU_PHASE_LOSS;
  claim->consent_sensitive = TRUE;
  claim->consent_on = claim->determined_on;
  claim->new_brand = WUYOU_BRAND_BMW;
  claim->new_series = g_strdup ("5 系");
  claim->new_model = g_strdup ("530Li");
  claim->new_msrp_fen = 50000000;
  claim->delivered_on = wuyou_date_of_instant (WUYOU_TEST_NOW) - 1;
  claim->settlement_json = g_strdup ("{}");
  claim->settled_fen = 5130000;
}

static void
open_case (Case *c, int state)
{
  WuyouDate today = wuyou_date_of_instant (WUYOU_TEST_NOW);

  *c = (Case){ wuyou_test_contract_new (), wuyou_test_product_new (), wuyou_calendar_new (), wuyou_claim_new () };
  for (int weekday = 1; weekday <= 5; weekday++)
    wuyou_calendar_set_hours (c->calendar, weekday, 540, 1080);
  c->contract->state = WUYOU_CONTRACT_ACTIVE;
  c->contract->brand = WUYOU_BRAND_BMW;
  c->contract->msrp_fen = 50000000;
  c->contract->effective_on = today - 200;
  c->contract->ends_on = today + 200;
  c->product->rules.min_replacement_msrp_percent = 90;
  fill_claim (c->claim);
  c->claim->state = state;
  c->claim->due_on = state == WUYOU_CLAIM_MORE_DOCS ? today - 60 : today + 3;
  c->facts = (WuyouClaimFacts){
    .contract = c->contract,
    .product = c->product,
    .calendar = c->calendar,
    .clocks = { 3, 3, 30, 10, 5, 15, 180 },
    .today = today,
    .actor_id = APPROVER,
    .determination_available = TRUE,
    .statement_available = TRUE,
    .proof_available = TRUE,
  };
  c->input = (WuyouClaimInput){
    .reason = "理由充分",
    .determination = WUYOU_DETERMINATION_ACTUAL,
    .determined_on = today,
    .exclusion = WUYOU_EXCLUSION_PARTIAL_LOSS,
    .request_json = REQUEST,
    .paid_on = today,
    .paid_fen = 5130000,
    .payment_reference = "TX1",
  };
}

static void
close_case (Case *c)
{
  wuyou_contract_free (c->contract);
  wuyou_product_free (c->product);
  wuyou_calendar_free (c->calendar);
  wuyou_claim_free (c->claim);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Case, close_case)

static gboolean
check_step (const Case *c, const char *action, guint32 roles, GError **error)
{
  const WuyouStep step = { .record = c->claim, .context = &c->facts, .input = &c->input, .now = WUYOU_TEST_NOW };
  const WuyouTransition *row = wuyou_workflow_find (&wuyou_claim_workflow, c->claim->state, action, error);

  return row != NULL && wuyou_workflow_check (row, roles, c->input.reason, &step, error);
}

static char *
find_roles (const Case *c, const char *action)
{
  guint32 roles = 0;

  if (check_step (c, action, 0, NULL))
    return g_strdup ("-");
  for (int role = 1; role < WUYOU_N_ROLES; role++)
    if (check_step (c, action, WUYOU_ROLE_BIT (role), NULL))
      roles |= WUYOU_ROLE_BIT (role);
  return wuyou_roles_format (roles);
}

static const char *
find_expected (const char *state, const char *action)
{
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    if (g_str_equal (expected[i].from, state) && g_str_equal (expected[i].action, action))
      return expected[i].roles;
  return "";
}

static void
test_every_state_action_role (void)
{
  for (const WuyouEnum *state = wuyou_claim_states; state->id != NULL; state++)
    for (guint a = 0; a < G_N_ELEMENTS (all_actions); a++) {
      g_auto (Case) c = { 0 };
      g_autofree char *roles = NULL;

      open_case (&c, state->value);
      if (g_str_equal (all_actions[a], "request"))
        c.facts.actor_id = ASSESSOR;
      if (g_str_equal (all_actions[a], "endorse"))
        wuyou_text_set (&c.product->benefit_json, ENDORSED_ABOVE (5129999));
      roles = find_roles (&c, all_actions[a]);
      g_test_message ("%s %s", state->id, all_actions[a]);
      g_assert_cmpstr (roles, ==, find_expected (state->id, all_actions[a]));
    }
}

/* Every row of the workflow is expected above, or belongs to the second phase and is tried here. */
static void
test_second_phase (void)
{
  static const struct {
    int from;
    const char *action;
    guint32 role;
    const char *other; /* of the first phase */
  } cases[] = {
    { WUYOU_CLAIM_MORE_DOCS, "supply-final", WUYOU_ROLE_BIT (WUYOU_ROLE_DCLM), "supply" },
    { WUYOU_CLAIM_APPEAL, "reopen-final", WUYOU_ROLE_BIT (WUYOU_ROLE_OCLA), "reopen" },
  };

  g_assert_cmpuint (wuyou_claim_workflow.n_transitions, ==, G_N_ELEMENTS (expected) + G_N_ELEMENTS (cases));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (Case) c = { 0 };
    g_autoptr (GError) error = NULL;

    open_case (&c, cases[i].from);
    c.claim->phase = WUYOU_PHASE_REPLACEMENT;
    g_assert_true (check_step (&c, cases[i].action, cases[i].role, NULL));
    g_assert_false (check_step (&c, cases[i].other, cases[i].role, &error));
    wuyou_test_expect_error (&error, WUYOU_ERROR_ILLEGAL_TRANSITION, "phase");
  }
}

/* One thing wrong, one refusal that names it. */
static void
expect_refusal (Case *c, const char *action, WuyouRole role, WuyouError code, const char *field)
{
  g_autoptr (GError) error = NULL;

  g_test_message ("%s %s", action, field);
  g_assert_false (check_step (c, action, WUYOU_ROLE_BIT (role), &error));
  g_assert_error (error, WUYOU_ERROR, (int) code);
  if (wuyou_error_get_violations (error) == NULL)
    g_assert_cmpstr (wuyou_error_get_field (error), ==, field);
}

static void
step (Case *c, const char *action)
{
  const WuyouTransition *row = wuyou_workflow_find (&wuyou_claim_workflow, c->claim->state, action, NULL);

  g_assert_nonnull (row);
  wuyou_claim_apply (c->claim, row, &c->facts, &c->input, WUYOU_TEST_NOW);
}

static void
test_report (void)
{
  g_auto (Case) c = { 0 };

  open_case (&c, WUYOU_CLAIM_DRAFT);
  c.claim->loss_at = WUYOU_TEST_NOW + 1;
  expect_refusal (&c, "report", WUYOU_ROLE_DCLM, WUYOU_ERROR_INVALID, "loss_at");
  c.claim->loss_at = wuyou_date_start (c.contract->effective_on) - 1;
  expect_refusal (&c, "report", WUYOU_ROLE_DCLM, WUYOU_ERROR_NOT_ELIGIBLE, "loss_at");
  c.claim->loss_at++;
  g_assert_true (check_step (&c, "report", WUYOU_ROLE_BIT (WUYOU_ROLE_DCLM), NULL));
  c.contract->state = WUYOU_CONTRACT_EXPIRED; /* since the loss */
  g_assert_true (check_step (&c, "report", WUYOU_ROLE_BIT (WUYOU_ROLE_DCLM), NULL));
  c.contract->state = WUYOU_CONTRACT_CANCELLED;
  expect_refusal (&c, "report", WUYOU_ROLE_DCLM, WUYOU_ERROR_NOT_ELIGIBLE, "loss_at");
  c.contract->state = WUYOU_CONTRACT_ACTIVE;
  g_clear_pointer (&c.claim->loss_place, g_free);
  expect_refusal (&c, "report", WUYOU_ROLE_DCLM, WUYOU_ERROR_INVALID, "loss_place");
}

static void
test_determination (void)
{
  g_auto (Case) c = { 0 };

  open_case (&c, WUYOU_CLAIM_REPORTED);
  c.facts.determination_available = FALSE;
  expect_refusal (&c, "determine", WUYOU_ROLE_ICLM, WUYOU_ERROR_INVALID, "DETERMINATION");
  c.facts.determination_available = TRUE;
  c.input.determined_on++;
  expect_refusal (&c, "determine", WUYOU_ROLE_ICLM, WUYOU_ERROR_INVALID, "determined_on");
  c.claim->determined_on = wuyou_date_of_instant (c.claim->loss_at) - 1; /* the loss was corrected since */
  expect_refusal (&c, "submit", WUYOU_ROLE_DCLM, WUYOU_ERROR_INVALID, "determined_on");
  c.claim->determined_on++;
  g_assert_true (check_step (&c, "submit", WUYOU_ROLE_BIT (WUYOU_ROLE_DCLM), NULL));
  c.claim->determination = WUYOU_DETERMINATION_PARTIAL;
  expect_refusal (&c, "submit", WUYOU_ROLE_DCLM, WUYOU_ERROR_NOT_ELIGIBLE, "determination");
  c.claim->determination = 0;
  expect_refusal (&c, "submit", WUYOU_ROLE_DCLM, WUYOU_ERROR_INVALID, "determination");
}

/* What the insurer said itself nobody else turns into something else. */
static void
test_insurers_own_word (void)
{
  g_auto (Case) c = { 0 };

  open_case (&c, WUYOU_CLAIM_REPORTED);
  c.facts.actor_is_insurer = TRUE;
  step (&c, "determine");
  g_assert_true (c.claim->determined_by_insurer);
  g_assert_true (check_step (&c, "determine", WUYOU_ROLE_BIT (WUYOU_ROLE_ICLM), NULL));
  c.facts.actor_is_insurer = FALSE;
  expect_refusal (&c, "determine", WUYOU_ROLE_DCLM, WUYOU_ERROR_FORBIDDEN, "determination");
}

/* C-08, C-09: nobody decides what they assessed, and an appeal goes to others. */
static void
test_four_eyes (void)
{
  g_auto (Case) c = { 0 };

  open_case (&c, WUYOU_CLAIM_PRE_REVIEW);
  c.facts.actor_id = ASSESSOR;
  expect_refusal (&c, "approve", WUYOU_ROLE_OCLB, WUYOU_ERROR_FORBIDDEN, "assessor_id");
  expect_refusal (&c, "reject", WUYOU_ROLE_OCLB, WUYOU_ERROR_FORBIDDEN, "assessor_id");
  c.facts.actor_id = APPROVER;
  c.claim->previous_approver_id = g_strdup (APPROVER);
  expect_refusal (&c, "approve", WUYOU_ROLE_OCLB, WUYOU_ERROR_FORBIDDEN, "previous_approver_id");
  c.claim->state = WUYOU_CLAIM_APPEAL;
  expect_refusal (&c, "reopen", WUYOU_ROLE_OCLA, WUYOU_ERROR_FORBIDDEN, "previous_approver_id");
  expect_refusal (&c, "confirm", WUYOU_ROLE_OCLB, WUYOU_ERROR_FORBIDDEN, "previous_approver_id");
  c.claim->state = WUYOU_CLAIM_FINAL_REVIEW;
  g_clear_pointer (&c.claim->previous_approver_id, g_free);
  c.claim->override_by = g_strdup (APPROVER);
  expect_refusal (&c, "approve", WUYOU_ROLE_OCLB, WUYOU_ERROR_FORBIDDEN, "override_by");
}

/* C-08: a large amount is seen by two who may decide, and each by somebody else than who assessed it. */
static void
test_endorsement (void)
{
  g_auto (Case) c = { 0 };

  open_case (&c, WUYOU_CLAIM_FINAL_REVIEW);
  wuyou_text_set (&c.product->benefit_json, ENDORSED_ABOVE (5130000));
  g_assert_true (check_step (&c, "approve", WUYOU_ROLE_BIT (WUYOU_ROLE_OCLB), NULL)); /* not above */
  expect_refusal (&c, "endorse", WUYOU_ROLE_OCLB, WUYOU_ERROR_ILLEGAL_TRANSITION, "settled_fen");
  wuyou_text_set (&c.product->benefit_json, ENDORSED_ABOVE (5129999));
  expect_refusal (&c, "approve", WUYOU_ROLE_OCLB, WUYOU_ERROR_INVALID, "endorsed_by");
  c.facts.actor_id = ASSESSOR;
  expect_refusal (&c, "endorse", WUYOU_ROLE_OCLB, WUYOU_ERROR_FORBIDDEN, "assessor_id");
  c.facts.actor_id = EARLIER;
  step (&c, "endorse");
  g_assert_cmpint (c.claim->state, ==, WUYOU_CLAIM_FINAL_REVIEW);
  g_assert_cmpstr (c.claim->assessor_id, ==, ASSESSOR); /* nothing of the assessment is lost */
  g_assert_cmpint (c.claim->check_cause, ==, WUYOU_CHECK_MET);
  expect_refusal (&c, "approve", WUYOU_ROLE_OCLB, WUYOU_ERROR_FORBIDDEN, "endorsed_by");
  expect_refusal (&c, "endorse", WUYOU_ROLE_OCLB, WUYOU_ERROR_ILLEGAL_TRANSITION, "endorsed_by");
  c.facts.actor_id = APPROVER;
  g_assert_true (check_step (&c, "approve", WUYOU_ROLE_BIT (WUYOU_ROLE_OCLB), NULL));
  c.claim->override_by = g_strdup (ASSESSOR);
  c.claim->override_fen = 5129999; /* what is paid counts */
  wuyou_claim_clear_endorsement (c.claim);
  g_assert_true (check_step (&c, "approve", WUYOU_ROLE_BIT (WUYOU_ROLE_OCLB), NULL));
}

/* C-05: thirty days for the whole, and those that the dealership took are not among them. */
static void
test_decide_by (void)
{
  g_auto (Case) c = { 0 };

  open_case (&c, WUYOU_CLAIM_REPORTED);
  step (&c, "submit");
  g_assert_cmpint (c.claim->decide_by, ==, c.facts.today + 30);
  step (&c, "take");
  step (&c, "request");
  c.facts.today += 12;
  step (&c, "supply");
  g_assert_cmpint (c.claim->decide_by, ==, c.facts.today + 30);
}

/* C-09: nor do those who assessed what is appealed against, nor do they confirm it. */
static void
test_four_eyes_of_appeal (void)
{
  g_auto (Case) c = { 0 };

  open_case (&c, WUYOU_CLAIM_APPEAL);
  c.claim->previous_assessor_id = g_strdup (EARLIER);
  c.facts.actor_id = EARLIER;
  expect_refusal (&c, "reopen", WUYOU_ROLE_OCLA, WUYOU_ERROR_FORBIDDEN, "previous_assessor_id");
  expect_refusal (&c, "confirm", WUYOU_ROLE_OCLB, WUYOU_ERROR_FORBIDDEN, "previous_assessor_id");
  c.claim->state = WUYOU_CLAIM_PRE_REVIEW;
  expect_refusal (&c, "approve", WUYOU_ROLE_OCLB, WUYOU_ERROR_FORBIDDEN, "previous_assessor_id");
  expect_refusal (&c, "take-over", WUYOU_ROLE_OCLA, WUYOU_ERROR_FORBIDDEN, "previous_assessor_id");
  c.claim->state = WUYOU_CLAIM_PRE_REJECTED;
  step (&c, "appeal");
  g_assert_cmpstr (c.claim->previous_assessor_id, ==, ASSESSOR);
  c.claim->state = WUYOU_CLAIM_PRE_APPROVED;
  step (&c, "replace");
  g_assert_null (c.claim->previous_assessor_id);
}

/* An assessor who left does not leave the case behind for ever; what they decided does not count for another. */
static void
test_take_over (void)
{
  g_auto (Case) c = { 0 };

  open_case (&c, WUYOU_CLAIM_FINAL_REVIEW);
  c.facts.actor_id = ASSESSOR;
  expect_refusal (&c, "take-over", WUYOU_ROLE_OCLA, WUYOU_ERROR_ILLEGAL_TRANSITION, "assessor_id");
  c.facts.actor_id = EARLIER;
  expect_refusal (&c, "request", WUYOU_ROLE_OCLA, WUYOU_ERROR_FORBIDDEN, "assessor_id");
  step (&c, "take-over");
  g_assert_cmpint (c.claim->state, ==, WUYOU_CLAIM_FINAL_REVIEW);
  g_assert_cmpstr (c.claim->assessor_id, ==, EARLIER);
  g_assert_cmpint (c.claim->check_contract, ==, 0);
  g_assert_null (c.claim->settlement_json);
  g_assert_cmpint (wuyou_claim_get_turn (c.claim), ==, WUYOU_TURN_ASSESSOR);
}

static void
test_review (void)
{
  g_auto (Case) c = { 0 };

  open_case (&c, WUYOU_CLAIM_PRE_REVIEW);
  c.claim->check_cause = 0;
  expect_refusal (&c, "approve", WUYOU_ROLE_OCLB, WUYOU_ERROR_INVALID, "check_cause");
  expect_refusal (&c, "reject", WUYOU_ROLE_OCLB, WUYOU_ERROR_INVALID, "check_cause");
  c.claim->check_cause = WUYOU_CHECK_NOT_MET;
  expect_refusal (&c, "approve", WUYOU_ROLE_OCLB, WUYOU_ERROR_INVALID, "check_cause");
  g_assert_true (check_step (&c, "reject", WUYOU_ROLE_BIT (WUYOU_ROLE_OCLB), NULL));
  c.input.exclusion = 0;
  expect_refusal (&c, "reject", WUYOU_ROLE_OCLB, WUYOU_ERROR_INVALID, "exclusion");
  c.input.exclusion = WUYOU_EXCLUSION_WAR_OR_RIOT; /* not one of this product's (9.1) */
  expect_refusal (&c, "reject", WUYOU_ROLE_OCLB, WUYOU_ERROR_INVALID, "exclusion");
  c.facts.actor_id = ASSESSOR;
  c.claim->requests = 1;
  expect_refusal (&c, "request", WUYOU_ROLE_OCLA, WUYOU_ERROR_INVALID, "request_reason");
  c.input.request_reason = "新出现的矛盾";
  g_assert_true (check_step (&c, "request", WUYOU_ROLE_BIT (WUYOU_ROLE_OCLA), NULL));
  c.input.request_json = "[]";
  expect_refusal (&c, "request", WUYOU_ROLE_OCLA, WUYOU_ERROR_INVALID, "request_json");
}

static void
test_replacement (void)
{
  g_auto (Case) c = { 0 };

  open_case (&c, WUYOU_CLAIM_PRE_APPROVED);
  c.claim->new_msrp_fen = 44999999; /* 90 % of 500,000.00 less a fen */
  expect_refusal (&c, "replace", WUYOU_ROLE_DCLM, WUYOU_ERROR_NOT_ELIGIBLE, "new_msrp_fen");
  c.claim->new_msrp_fen++;
  g_assert_true (check_step (&c, "replace", WUYOU_ROLE_BIT (WUYOU_ROLE_DCLM), NULL));
  c.claim->new_brand = WUYOU_BRAND_MINI;
  expect_refusal (&c, "replace", WUYOU_ROLE_DCLM, WUYOU_ERROR_NOT_ELIGIBLE, "new_brand");
}

/* The car may have been another after it was registered: it is looked at again when the papers come. */
static void
test_replacement_again (void)
{
  static const struct {
    int from;
    const char *action;
  } cases[] = { { WUYOU_CLAIM_REPLACING, "submit" }, { WUYOU_CLAIM_MORE_DOCS, "supply-final" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const char *action = cases[i].action;
    g_auto (Case) c = { 0 };

    open_case (&c, cases[i].from);
    c.claim->phase = WUYOU_PHASE_REPLACEMENT;
    g_assert_true (check_step (&c, action, WUYOU_ROLE_BIT (WUYOU_ROLE_DCLM), NULL));
    c.claim->new_msrp_fen = 44999999;
    expect_refusal (&c, action, WUYOU_ROLE_DCLM, WUYOU_ERROR_NOT_ELIGIBLE, "new_msrp_fen");
    c.claim->new_msrp_fen = 45000000;
    c.claim->new_brand = WUYOU_BRAND_MINI;
    expect_refusal (&c, action, WUYOU_ROLE_DCLM, WUYOU_ERROR_NOT_ELIGIBLE, "new_brand");
    c.claim->new_brand = WUYOU_BRAND_BMW;
    c.claim->new_vin = g_strdup (c.contract->vin);
    expect_refusal (&c, action, WUYOU_ROLE_DCLM, WUYOU_ERROR_INVALID, "new_vin");
    g_clear_pointer (&c.claim->new_vin, g_free);
  }
}

/* Without the day of the hand-over the payment would wait for ever: nobody could enter it any more. */
static void
test_delivery (void)
{
  g_auto (Case) c = { 0 };
  WuyouDate today;

  open_case (&c, WUYOU_CLAIM_REPLACING);
  today = c.facts.today;
  c.claim->delivered_on = WUYOU_DATE_NONE;
  expect_refusal (&c, "submit", WUYOU_ROLE_DCLM, WUYOU_ERROR_INVALID, "delivered_on");
  c.claim->delivered_on = today + 1;
  expect_refusal (&c, "submit", WUYOU_ROLE_DCLM, WUYOU_ERROR_INVALID, "delivered_on");
  c.claim->delivered_on = today - 31; /* before the loss */
  expect_refusal (&c, "submit", WUYOU_ROLE_DCLM, WUYOU_ERROR_INVALID, "delivered_on");
  c.claim->delivered_on = today;
  c.claim->new_ordered_on = today + 1;
  expect_refusal (&c, "submit", WUYOU_ROLE_DCLM, WUYOU_ERROR_INVALID, "new_ordered_on");
  c.claim->new_ordered_on = today;
  g_assert_true (check_step (&c, "submit", WUYOU_ROLE_BIT (WUYOU_ROLE_DCLM), NULL));
  c.claim->delivered_on = today - 1; /* before the order */
  expect_refusal (&c, "submit", WUYOU_ROLE_DCLM, WUYOU_ERROR_INVALID, "delivered_on");
}

/* What the formula needs is asked for while the dealership can still enter it: afterwards the review could neither
 * compute nor approve. */
static void
test_computable (void)
{
  g_auto (Case) c = { 0 };

  open_case (&c, WUYOU_CLAIM_REPLACING);
  g_clear_pointer (&c.product->benefit_json, g_free);
  c.product->benefit_json = g_strdup ("{\"formula\":\"invoice-gap/1\"}");
  expect_refusal (&c, "submit", WUYOU_ROLE_DCLM, WUYOU_ERROR_INVALID, "sum_insured_fen");
  g_assert_true (wuyou_claim_section_is_open (c.claim, "determination"));
  c.claim->sum_insured_fen = 40000000;
  g_assert_true (check_step (&c, "submit", WUYOU_ROLE_BIT (WUYOU_ROLE_DCLM), NULL));
  c.claim->state = WUYOU_CLAIM_MORE_DOCS;
  c.claim->phase = WUYOU_PHASE_REPLACEMENT;
  g_assert_true (wuyou_claim_section_is_open (c.claim, "determination"));
  c.claim->sum_insured_fen = 0;
  expect_refusal (&c, "supply-final", WUYOU_ROLE_DCLM, WUYOU_ERROR_INVALID, "sum_insured_fen");
}

/* What was decided on other papers and other figures does not stand when they have changed. */
static void
test_changed_meanwhile (void)
{
  g_auto (Case) c = { 0 };

  open_case (&c, WUYOU_CLAIM_FINAL_REVIEW);
  c.claim->phase = WUYOU_PHASE_REPLACEMENT;
  c.claim->check_notes_json = g_strdup ("{\"check_cause\":\"证据一致\"}");
  c.claim->override_by = g_strdup (ASSESSOR);
  c.claim->override_fen = 7;
  g_assert_cmpint (wuyou_claim_get_turn (c.claim), ==, WUYOU_TURN_APPROVER);
  step (&c, "request");
  step (&c, "supply-final");
  g_assert_cmpint (wuyou_claim_get_turn (c.claim), ==, WUYOU_TURN_ASSESSOR);
  g_assert_nonnull (c.claim->check_notes_json);
  g_assert_null (c.claim->settlement_json);
  g_assert_null (c.claim->override_by);
  g_assert_cmpint (wuyou_claim_amount (c.claim), ==, 0);
  expect_refusal (&c, "approve", WUYOU_ROLE_OCLB, WUYOU_ERROR_INVALID, "check_contract");
}

/* Files taken back or returned meanwhile: what is decided on is complete. */
static void
test_complete (void)
{
  static const struct {
    int from, phase;
    const char *action;
    WuyouRole role;
  } cases[] = {
    { WUYOU_CLAIM_MORE_DOCS, WUYOU_PHASE_LOSS, "supply", WUYOU_ROLE_DCLM },
    { WUYOU_CLAIM_MORE_DOCS, WUYOU_PHASE_REPLACEMENT, "supply-final", WUYOU_ROLE_DCLM },
    { WUYOU_CLAIM_PRE_REVIEW, WUYOU_PHASE_LOSS, "approve", WUYOU_ROLE_OCLB },
    { WUYOU_CLAIM_FINAL_REVIEW, WUYOU_PHASE_REPLACEMENT, "approve", WUYOU_ROLE_OCLB },
  };
  g_autoptr (GError) missing = g_error_new_literal (WUYOU_ERROR, WUYOU_ERROR_INVALID, "missing");

  wuyou_error_set_field (missing, "LOSS_NOTICE", "C-02");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (Case) c = { 0 };

    open_case (&c, cases[i].from);
    c.claim->phase = cases[i].phase;
    g_assert_true (check_step (&c, cases[i].action, WUYOU_ROLE_BIT (cases[i].role), NULL));
    c.facts.missing = missing;
    expect_refusal (&c, cases[i].action, cases[i].role, WUYOU_ERROR_INVALID, "LOSS_NOTICE");
  }
}

/* A refused claim does not hold the contract: it may have been cancelled and paid back since. */
static void
test_appeal_after_end (void)
{
  g_auto (Case) c = { 0 };

  open_case (&c, WUYOU_CLAIM_PRE_REJECTED);
  c.contract->state = WUYOU_CONTRACT_CANCELLED;
  expect_refusal (&c, "appeal", WUYOU_ROLE_DCLM, WUYOU_ERROR_NOT_ELIGIBLE, "contract_id");
  c.contract->state = WUYOU_CONTRACT_EXPIRED;
  g_assert_true (check_step (&c, "appeal", WUYOU_ROLE_BIT (WUYOU_ROLE_DCLM), NULL));
}

static void
test_payment (void)
{
  g_auto (Case) c = { 0 };

  open_case (&c, WUYOU_CLAIM_SETTLING);
  c.claim->submitted_at = WUYOU_TEST_NOW;
  c.input.paid_on--; /* before the claim was even sent in */
  expect_refusal (&c, "pay", WUYOU_ROLE_OFIN, WUYOU_ERROR_INVALID, "paid_on");
  c.input.paid_on++;
  c.input.paid_fen--;
  expect_refusal (&c, "pay", WUYOU_ROLE_OFIN, WUYOU_ERROR_INVALID, "paid_fen");
  c.claim->override_fen = c.input.paid_fen;
  c.claim->override_by = g_strdup (ASSESSOR);
  g_assert_true (check_step (&c, "pay", WUYOU_ROLE_BIT (WUYOU_ROLE_OFIN), NULL));
  c.facts.proof_available = FALSE;
  expect_refusal (&c, "pay", WUYOU_ROLE_OFIN, WUYOU_ERROR_INVALID, "PAYMENT_PROOF");
  c.claim->delivered_on = WUYOU_DATE_NONE;
  expect_refusal (&c, "pay", WUYOU_ROLE_OFIN, WUYOU_ERROR_INVALID, "delivered_on");
}

/* The test clock shows Monday 2026-11-23; working days are Monday to Friday. */
static void
test_clocks (void)
{
  g_auto (Case) c = { 0 };
  WuyouDate monday = wuyou_date_new (2026, 11, 23);

  open_case (&c, WUYOU_CLAIM_REPORTED);
  g_assert_cmpint (c.facts.today, ==, monday);
  step (&c, "submit");
  g_assert_cmpint (c.claim->due_on, ==, monday + 3);
  g_assert_null (c.claim->assessor_id);
  g_assert_cmpint (c.claim->check_contract, ==, 0);
  step (&c, "take");
  g_assert_cmpstr (c.claim->assessor_id, ==, APPROVER);
  c.facts.today = monday + 2;
  step (&c, "request");
  g_assert_cmpint (c.claim->clock_used, ==, 2);
  g_assert_cmpint (c.claim->due_on, ==, monday + 16); /* ten working days after Wednesday */
  c.facts.today = monday + 10;
  step (&c, "supply");
  g_assert_cmpint (c.claim->due_on, ==, monday + 11); /* the one day that was left */
  g_assert_cmpstr (c.claim->assessor_id, ==, APPROVER);
  step (&c, "reject");
  g_assert_cmpint (c.claim->due_on, ==, monday + 25);
  g_assert_cmpint (wuyou_claim_get_appeal_until (c.claim), ==, monday + 25);
  step (&c, "appeal");
  g_assert_cmpint (wuyou_claim_get_appeal_until (c.claim), ==, WUYOU_DATE_NONE);
  g_assert_cmpstr (c.claim->previous_approver_id, ==, APPROVER);
  c.claim->state = WUYOU_CLAIM_PRE_REJECTED;
  g_assert_cmpint (wuyou_claim_get_appeal_until (c.claim), ==, WUYOU_DATE_NONE);
  expect_refusal (&c, "appeal", WUYOU_ROLE_DCLM, WUYOU_ERROR_ILLEGAL_TRANSITION, "previous_approver_id");
}

/* An appeal against the first decision does not use up the one against the second. */
static void
test_appeal_again (void)
{
  g_auto (Case) c = { 0 };

  open_case (&c, WUYOU_CLAIM_PRE_APPROVED);
  c.claim->previous_approver_id = g_strdup (APPROVER);
  step (&c, "replace");
  c.claim->state = WUYOU_CLAIM_REJECTED;
  c.claim->due_on = c.facts.today;
  g_assert_true (check_step (&c, "appeal", WUYOU_ROLE_BIT (WUYOU_ROLE_DCLM), NULL));
}

/* Who did not bring the documents in time may have the case opened again (6.2), also one that came back by an appeal;
 * what an appeal confirmed is confirmed. */
/* PIPL 15: a review goes back with its clock standing and asks for nothing that is there; a decision stands. */
static void
test_consent_revoked (void)
{
  static const struct {
    int from, to, turn;
    gboolean stays;
  } rows[] = {
    { WUYOU_CLAIM_PRE_SUBMITTED, WUYOU_CLAIM_REPORTED, WUYOU_TURN_CLERK, FALSE },
    { WUYOU_CLAIM_PRE_REVIEW, WUYOU_CLAIM_MORE_DOCS, WUYOU_TURN_CLERK, FALSE },
    { WUYOU_CLAIM_FINAL_SUBMITTED, WUYOU_CLAIM_REPLACING, WUYOU_TURN_CLERK, FALSE },
    { WUYOU_CLAIM_FINAL_REVIEW, WUYOU_CLAIM_MORE_DOCS, WUYOU_TURN_CLERK, FALSE },
    { WUYOU_CLAIM_REJECTED, WUYOU_CLAIM_REJECTED, WUYOU_TURN_NOBODY, TRUE },
    { WUYOU_CLAIM_APPROVED, WUYOU_CLAIM_APPROVED, WUYOU_TURN_FINANCE, TRUE },
    { WUYOU_CLAIM_SETTLING, WUYOU_CLAIM_SETTLING, WUYOU_TURN_FINANCE, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_auto (Case) c = { 0 };
    WuyouDate due;

    open_case (&c, rows[i].from);
    due = c.claim->due_on;
    wuyou_text_set (&c.claim->approver_id, APPROVER);
    step (&c, "revoke-consent");
    g_assert_cmpint (c.claim->state, ==, rows[i].to);
    g_assert_cmpint (wuyou_claim_get_turn (c.claim), ==, rows[i].turn);
    g_assert_false (c.claim->consent_sensitive);
    g_assert_cmpint (c.claim->consent_on, ==, WUYOU_DATE_NONE);
    g_assert_cmpstr (c.claim->state_reason, ==, "理由充分");
    g_assert_cmpstr (c.claim->approver_id, ==, APPROVER);
    g_assert_null (c.claim->request_json);
    g_assert_cmpint (c.claim->requests, ==, 0);
    g_assert_cmpint (c.claim->due_on == due, ==, rows[i].stays);
    if (rows[i].to == WUYOU_CLAIM_MORE_DOCS) {
      g_assert_cmpint (c.claim->check_cause, ==, 0);
      g_assert_cmpint (c.claim->due_on, ==, wuyou_calendar_add_workdays (c.calendar, c.facts.today, 10));
    }
    if (rows[i].stays) {
      g_assert_cmpint (c.claim->settled_fen, ==, 5130000);
      expect_refusal (&c, "revoke-consent", WUYOU_ROLE_DCLM, WUYOU_ERROR_ILLEGAL_TRANSITION, "consent_sensitive");
    }
  }
}

static void
test_lapse_after_appeal (void)
{
  g_auto (Case) c = { 0 };
  g_autoptr (GError) error = NULL;

  open_case (&c, WUYOU_CLAIM_MORE_DOCS);
  c.claim->previous_approver_id = g_strdup (EARLIER);
  step (&c, "lapse");
  g_assert_true (check_step (&c, "appeal", WUYOU_ROLE_BIT (WUYOU_ROLE_DCLM), NULL));
  step (&c, "appeal");
  step (&c, "confirm");
  g_assert_false (check_step (&c, "appeal", WUYOU_ROLE_BIT (WUYOU_ROLE_DCLM), &error));
  g_assert_error (error, WUYOU_ERROR, WUYOU_ERROR_ILLEGAL_TRANSITION);
}

static void
test_deadlines (void)
{
  g_auto (Case) c = { 0 };
  WuyouDate monday = wuyou_date_new (2026, 11, 23);

  open_case (&c, WUYOU_CLAIM_MORE_DOCS);
  c.claim->due_on = monday - 7; /* five working days of grace: up to and with today */
  expect_refusal (&c, "close", WUYOU_ROLE_OCLA, WUYOU_ERROR_ILLEGAL_TRANSITION, "due_on");
  c.facts.today = monday + 1;
  g_assert_true (check_step (&c, "close", WUYOU_ROLE_BIT (WUYOU_ROLE_OCLA), NULL));
  c.claim->state = WUYOU_CLAIM_PRE_REJECTED;
  c.claim->due_on = monday;
  c.facts.today = monday;
  g_assert_true (check_step (&c, "appeal", WUYOU_ROLE_BIT (WUYOU_ROLE_DCLM), NULL));
  c.facts.today = monday + 1;
  expect_refusal (&c, "appeal", WUYOU_ROLE_DCLM, WUYOU_ERROR_ILLEGAL_TRANSITION, "due_on");
}

/* An appeal takes as long as it takes; the third pause is counted from the resumed day on. */
static void
test_pause_when_late (void)
{
  g_auto (Case) c = { 0 };
  WuyouDate monday = wuyou_date_new (2026, 11, 23);

  open_case (&c, WUYOU_CLAIM_PRE_SUBMITTED);
  c.claim->due_on = monday + 3;
  step (&c, "take");
  c.facts.today = monday + 3;
  step (&c, "request");
  g_assert_cmpint (c.claim->clock_used, ==, 3);
  c.facts.today = monday + 7;
  step (&c, "supply");
  g_assert_cmpint (c.claim->due_on, ==, monday + 8);
  c.facts.today = monday + 9;
  step (&c, "request");
  g_assert_cmpint (c.claim->clock_used, ==, 5); /* Tuesday and Wednesday */
}

/* What is over has no day any more on which it is due; who confirmed it is known, and why. */
static void
test_over (void)
{
  g_auto (Case) c = { 0 };

  open_case (&c, WUYOU_CLAIM_PRE_REVIEW);
  step (&c, "withdraw");
  g_assert_cmpint (c.claim->due_on, ==, WUYOU_DATE_NONE);
  c.claim->state = WUYOU_CLAIM_APPEAL;
  step (&c, "confirm");
  g_assert_cmpint (c.claim->due_on, ==, WUYOU_DATE_NONE);
  g_assert_cmpstr (c.claim->approver_id, ==, APPROVER);
  g_assert_cmpstr (c.claim->decision_reason, ==, "理由充分");
}

/* A period in days that ends on a day of rest ends with the next working day (Civil Code 203). */
static void
test_last_day_of_rest (void)
{
  g_auto (Case) c = { 0 };
  WuyouDate monday = wuyou_date_new (2026, 11, 23);

  open_case (&c, WUYOU_CLAIM_PRE_REVIEW);
  c.facts.clocks.appeal_days = 12; /* Saturday, a holiday after it */
  wuyou_calendar_add_holiday (c.calendar, monday + 14);
  step (&c, "reject");
  g_assert_cmpint (c.claim->due_on, ==, monday + 15);
  c.claim->state = WUYOU_CLAIM_PRE_REVIEW;
  wuyou_calendar_add_workday (c.calendar, monday + 12); /* made up for it */
  step (&c, "reject");
  g_assert_cmpint (c.claim->due_on, ==, monday + 12);
  c.claim->state = WUYOU_CLAIM_DRAFT;
  c.claim->loss_at = WUYOU_TEST_NOW - 4 * G_TIME_SPAN_DAY; /* three days later it was Sunday */
  step (&c, "report");
  g_assert_false (c.claim->reported_late);
}

/* Some products count from the insurer's determination; and all that is filed has a window. */
static void
test_late_by_product (void)
{
  g_auto (Case) c = { 0 };

  open_case (&c, WUYOU_CLAIM_DRAFT);
  wuyou_claim_clocks_read ("{\"claim\":{\"notify_within_days\":3,\"notify_counted_from\":\"DETERMINATION\","
                           "\"file_within_days\":40}}",
                           &c.facts.clocks);
  c.claim->determination = 0;
  c.claim->determined_on = WUYOU_DATE_NONE;
  step (&c, "report");
  g_assert_false (c.claim->reported_late);
  c.input.determined_on = c.facts.today - 10;
  step (&c, "determine");
  g_assert_true (c.claim->reported_late);
  c.input.determined_on = c.facts.today - 1;
  step (&c, "determine");
  g_assert_false (c.claim->reported_late);
  c.claim->loss_at = WUYOU_TEST_NOW - 44 * G_TIME_SPAN_DAY; /* corrected */
  step (&c, "submit");
  g_assert_true (c.claim->reported_late);
}

static void
test_late_report (void)
{
  g_auto (Case) c = { 0 };

  open_case (&c, WUYOU_CLAIM_DRAFT);
  step (&c, "report");
  g_assert_true (c.claim->reported_late);
  c.claim->state = WUYOU_CLAIM_DRAFT;
  c.claim->loss_at = WUYOU_TEST_NOW - 3 * G_TIME_SPAN_DAY;
  step (&c, "report");
  g_assert_false (c.claim->reported_late);
}

/* 6.1: cancelling is possible only while every claim is a draft or refused. */
static void
test_cancellation (void)
{
  static const struct {
    int state;
    gboolean allowed;
  } cases[] = {
    { WUYOU_CLAIM_DRAFT, TRUE },        { WUYOU_CLAIM_REPORTED, FALSE }, { WUYOU_CLAIM_MORE_DOCS, FALSE },
    { WUYOU_CLAIM_PRE_REJECTED, TRUE }, { WUYOU_CLAIM_REJECTED, TRUE },  { WUYOU_CLAIM_APPEAL, FALSE },
    { WUYOU_CLAIM_WITHDRAWN, TRUE },    { WUYOU_CLAIM_SETTLING, FALSE }, { WUYOU_CLAIM_CLOSED_UNPAID, TRUE },
    { WUYOU_CLAIM_CLOSED_PAID, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (WuyouClaim) claim = wuyou_claim_new ();

    claim->state = cases[i].state;
    g_assert_cmpint (wuyou_claim_allows_cancellation (claim), ==, cases[i].allowed);
  }
}

#define LIST                                                                                                                \
  "{\"checklist\":[{\"phase\":1,\"loss\":\"ANY\",\"slot\":\"LOSS_NOTICE\",\"title\":\"出险通知书\",\"form\":\"COPY\"," \
  "\"required\":true},{\"phase\":1,\"loss\":\"THEFT\",\"slot\":\"POLICE_FILING\",\"title\":\"立案证明\","               \
  "\"form\":\"ORIGINAL\",\"required\":true},{\"phase\":1,\"loss\":\"ANY\",\"slot\":\"DRIVING_LICENCE\","                    \
  "\"title\":\"驾驶证\",\"form\":\"COPY\",\"required\":false},{\"phase\":2,\"loss\":\"ANY\","                            \
  "\"slot\":\"NEW_INVOICE\",\"title\":\"新车发票\",\"form\":\"STAMPED_COPY\",\"required\":true}]}"

static gboolean
is_notice (const char *slot, gpointer data)
{
  return g_str_equal (slot, "LOSS_NOTICE");
}

static void
test_checklist (void)
{
  static const struct {
    int phase, loss;
    guint rows, missing;
  } cases[] = {
    { WUYOU_PHASE_LOSS, WUYOU_LOSS_COLLISION, 2, 0 },
    { WUYOU_PHASE_LOSS, WUYOU_LOSS_THEFT, 3, 1 },
    { WUYOU_PHASE_REPLACEMENT, WUYOU_LOSS_FIRE, 1, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GPtrArray) rows = wuyou_checklist_read (LIST, cases[i].phase, cases[i].loss, NULL);
    g_autoptr (GError) error = NULL;

    g_assert_cmpuint (rows->len, ==, cases[i].rows);
    g_assert_cmpint (wuyou_checklist_check (rows, is_notice, NULL, &error), ==, cases[i].missing == 0);
    if (error != NULL)
      g_assert_cmpuint (wuyou_error_get_violations (error)->len, ==, cases[i].missing);
  }
}

/* A condition is a person's to judge: nothing is missing for it. A product version that has none reads as before. */
static void
test_conditional (void)
{
  g_autoptr (GPtrArray) rows = wuyou_checklist_read (
      "{\"checklist\":[{\"phase\":1,\"loss\":\"ANY\",\"slot\":\"LOAN\",\"title\":\"结清证明\",\"form\":\"COPY\","
      "\"required\":false,\"when\":\"有贷款\"},{\"phase\":1,\"loss\":\"ANY\",\"slot\":\"OTHER\",\"title\":\"其他\","
      "\"form\":\"COPY\",\"required\":false}]}",
      WUYOU_PHASE_LOSS, WUYOU_LOSS_FIRE, NULL);

  g_assert_cmpstr (((WuyouChecklistRow *) rows->pdata[0])->when, ==, "有贷款");
  g_assert_null (((WuyouChecklistRow *) rows->pdata[1])->when);
  g_assert_true (wuyou_checklist_check (rows, is_notice, NULL, NULL));
}

static void
test_bad_checklist (void)
{
  static const char *const lists[] = {
    "{}",
    "nothing",
    "{\"checklist\":[1]}",
    "{\"checklist\":[{\"phase\":1,\"loss\":\"ANY\",\"slot\":\"A\",\"title\":\"a\",\"form\":\"PAPYRUS\"}]}",
    "{\"checklist\":[{\"phase\":1,\"loss\":\"ANY\",\"slot\":\"A\",\"title\":\"a\",\"form\":\"COPY\",\"when\":\"\"}]}",
    "{\"checklist\":[{\"phase\":1,\"loss\":\"ANY\",\"slot\":\"A\",\"title\":\"a\",\"form\":\"COPY\",\"when\":1}]}",
    "{\"checklist\":[{\"phase\":1,\"loss\":\"ANY\",\"slot\":\"A\",\"title\":\"a\",\"form\":\"COPY\","
    "\"required\":true,\"when\":\"b\"}]}",
    "{\"checklist\":[{\"phase\":1,\"loss\":\"ANY\",\"slot\":\"A\",\"title\":\"a\",\"form\":\"COPY\"},"
    "{\"phase\":1,\"loss\":\"ANY\",\"slot\":\"A\",\"title\":\"b\",\"form\":\"COPY\"}]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (wuyou_checklist_read (lists[i], WUYOU_PHASE_LOSS, WUYOU_LOSS_FIRE, &error));
    g_assert_error (error, WUYOU_ERROR, WUYOU_ERROR_CORRUPT);
  }
}

int
main (int argc, char **argv)
{
  wuyou_test_init (&argc, &argv);
  g_test_add_func ("/claims/claim/every-state-action-role", test_every_state_action_role);
  g_test_add_func ("/claims/claim/second-phase", test_second_phase);
  g_test_add_func ("/claims/claim/report", test_report);
  g_test_add_func ("/claims/claim/determination", test_determination);
  g_test_add_func ("/claims/claim/four-eyes", test_four_eyes);
  g_test_add_func ("/claims/claim/four-eyes-of-appeal", test_four_eyes_of_appeal);
  g_test_add_func ("/claims/claim/insurers-own-word", test_insurers_own_word);
  g_test_add_func ("/claims/claim/take-over", test_take_over);
  g_test_add_func ("/claims/claim/endorsement", test_endorsement);
  g_test_add_func ("/claims/claim/decide-by", test_decide_by);
  g_test_add_func ("/claims/claim/changed-meanwhile", test_changed_meanwhile);
  g_test_add_func ("/claims/claim/complete", test_complete);
  g_test_add_func ("/claims/claim/appeal-after-end", test_appeal_after_end);
  g_test_add_func ("/claims/claim/replacement-again", test_replacement_again);
  g_test_add_func ("/claims/claim/lapse-after-appeal", test_lapse_after_appeal);
  g_test_add_func ("/claims/claim/consent-revoked", test_consent_revoked);
  g_test_add_func ("/claims/claim/delivery", test_delivery);
  g_test_add_func ("/claims/claim/computable", test_computable);
  g_test_add_func ("/claims/claim/pause-when-late", test_pause_when_late);
  g_test_add_func ("/claims/claim/over", test_over);
  g_test_add_func ("/claims/claim/last-day-of-rest", test_last_day_of_rest);
  g_test_add_func ("/claims/claim/late-by-product", test_late_by_product);
  g_test_add_func ("/claims/claim/review", test_review);
  g_test_add_func ("/claims/claim/replacement", test_replacement);
  g_test_add_func ("/claims/claim/payment", test_payment);
  g_test_add_func ("/claims/claim/clocks", test_clocks);
  g_test_add_func ("/claims/claim/appeal-again", test_appeal_again);
  g_test_add_func ("/claims/claim/deadlines", test_deadlines);
  g_test_add_func ("/claims/claim/late-report", test_late_report);
  g_test_add_func ("/claims/claim/cancellation", test_cancellation);
  g_test_add_func ("/claims/checklist/rows", test_checklist);
  g_test_add_func ("/claims/checklist/conditional", test_conditional);
  g_test_add_func ("/claims/checklist/bad", test_bad_checklist);
  return g_test_run ();
}
