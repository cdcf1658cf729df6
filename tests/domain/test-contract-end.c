/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-claim-rules.h"
#include "sales/wuyou-refund-rules.h"
#include "wuyou-test-records.h"
#include "wuyou-test.h"

#define OTHER "01932f1e-0000-7000-8000-0000000000aa"
#define BENEFIT(notice, day, gifts, revoked)                                                                           \
  "{\"cancellation\":{\"notice_days\":" notice ",\"method\":\"DAILY\",\"day_of_cancellation\":\"" day "\","            \
  "\"refund_within_days\":60,\"gift_refundable\":" gifts ",\"revocation_refundable\":" revoked "}}"

/* The contract of 9.4 with everything that its next step needs. */
typedef struct {
  WuyouContract *contract;
  WuyouProduct *product;
  WuyouContractFacts facts;
  WuyouContractInput input;
} Case;

static void
set_benefit (Case *c, const char *benefit)
{
  g_free (c->product->benefit_json);
  c->product->benefit_json = g_strdup (benefit);
}

static void
open_case (Case *c, int state)
{
  c->contract = wuyou_test_contract_new ();
  c->contract->state = state;
  c->contract->received_fen = 398000;
  c->contract->wholesale_fen = 260000;
  c->contract->signed_on = wuyou_date_new (2025, 1, 9);
  c->contract->effective_on = wuyou_date_new (2025, 1, 10);
  c->contract->ends_on = wuyou_date_new (2028, 1, 9);
  c->product = wuyou_test_product_new ();
  set_benefit (c, BENEFIT ("0", "INCLUDED", "false", "false"));
  c->facts = wuyou_test_contract_facts (c->product);
  c->facts.today = wuyou_date_new (2025, 7, 1);
  c->input = (WuyouContractInput){
    .reason = "客户要求",
    .cancel_requested_on = c->facts.today,
    .refund_fen = 335120,
    .refund_reference = "TK1",
    .refunded_on = c->facts.today,
    .transferred_on = c->facts.today,
    .revoke_notice_on = c->facts.today,
  };
}

static void
clear_case (Case *c)
{
  wuyou_contract_free (c->contract);
  wuyou_product_free (c->product);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Case, clear_case)

static const WuyouTransition *
choose (Case *c, const char *action, WuyouRole role, GError **error)
{
  const WuyouStep step = {
    .record = c->contract, .context = &c->facts, .input = &c->input, .now = wuyou_date_start (c->facts.today) + 1
  };

  return wuyou_workflow_choose (&wuyou_contract_workflow, c->contract->state, action,
                                role != 0 ? WUYOU_ROLE_BIT (role) : 0, c->input.reason, &step, error);
}

static void
take (Case *c, const char *action, WuyouRole role)
{
  g_autoptr (GError) error = NULL;
  const WuyouTransition *row = choose (c, action, role, &error);

  g_assert_no_error (error);
  wuyou_contract_apply (c->contract, row, &c->facts, &c->input, wuyou_date_start (c->facts.today) + 1);
}

static void
refuse (Case *c, const char *action, WuyouRole role, WuyouError code, const char *field)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (choose (c, action, role, &error));
  wuyou_test_expect_error (&error, code, field);
}

/* Requirements 9.4 by both rules: what was quoted is frozen, whatever the product says later. */
static void
test_quote_is_frozen (void)
{
  static const struct {
    const char *benefit, *requested_on;
    gint64 refund_fen, credit_fen;
  } cases[] = {
    { BENEFIT ("0", "INCLUDED", "false", "false"), "2025-07-01", 335120, 218922 },
    { BENEFIT ("0", "EXCLUDED", "false", "false"), "2025-07-01", 335483, 219160 },
    { BENEFIT ("60", "INCLUDED", "false", "false"), "2025-05-02", 335120, 218922 },
    { BENEFIT ("60", "EXCLUDED", "false", "false"), "2025-05-02", 335483, 219160 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (Case) c = { 0 };
    WuyouRefund frozen;

    open_case (&c, WUYOU_CONTRACT_ACTIVE);
    set_benefit (&c, cases[i].benefit);
    c.input.cancel_requested_on = wuyou_date_parse (cases[i].requested_on);
    c.input.refund_fen = cases[i].refund_fen;
    take (&c, "request-cancel", WUYOU_ROLE_DADM);
    g_assert_cmpint (c.contract->state, ==, WUYOU_CONTRACT_CANCEL_REQUESTED);
    g_assert_cmpint (c.contract->cancel_from, ==, WUYOU_CONTRACT_ACTIVE);
    g_assert_cmpint (c.contract->cancel_on, ==, wuyou_date_new (2025, 7, 1));
    g_assert_cmpint (c.contract->refund_fen, ==, cases[i].refund_fen);
    g_assert_cmpint (c.contract->credit_fen, ==, cases[i].credit_fen);
    g_assert_cmpint (c.contract->refund_due_on, ==, wuyou_date_new (2025, 8, 30));
    g_assert_cmpint (c.contract->refund_state, ==, WUYOU_REFUND_QUOTED);
    g_assert_true (wuyou_refund_from_json (c.contract->refund_json, &frozen));
    g_assert_cmpint (frozen.units, ==, 1095);
    g_assert_cmpint (frozen.with_day.used, ==, 173);
    g_assert_cmpint (frozen.with_day.refund_fen, ==, 335120);
    g_assert_cmpint (frozen.without_day.used, ==, 172);
    g_assert_cmpint (frozen.without_day.refund_fen, ==, 335483);
    g_assert_cmpint (frozen.refund_fen, ==, cases[i].refund_fen);
    set_benefit (&c, BENEFIT ("0", "INCLUDED", "true", "true"));
    c.facts.actor_id = OTHER;
    take (&c, "cancel", WUYOU_ROLE_OOPS);
    g_assert_cmpint (c.contract->refund_fen, ==, cases[i].refund_fen);
    g_assert_cmpint (c.contract->refund_state, ==, WUYOU_REFUND_APPROVED);
    g_assert_cmpstr (c.contract->state_reason, ==, "客户要求");
  }
}

static void
test_quote_is_canonical (void)
{
  g_auto (Case) c = { 0 };
  WuyouRefund refund;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  open_case (&c, WUYOU_CONTRACT_ACTIVE);
  g_assert_true (wuyou_refund_compute (c.contract, c.product->benefit_json, c.facts.today, &refund, NULL));
  first = wuyou_refund_to_json (&refund, c.contract, c.product->benefit_json);
  second = wuyou_refund_to_json (&refund, c.contract, c.product->benefit_json);
  g_assert_cmpstr (first, ==, second);
  g_assert_false (wuyou_refund_from_json (NULL, &refund));
  g_assert_false (wuyou_refund_from_json ("{}", &refund));
  g_assert_false (wuyou_refund_from_json ("[1", &refund));
}

static void
test_request_refusals (void)
{
  g_auto (Case) c = { 0 };

  open_case (&c, WUYOU_CONTRACT_ACTIVE);
  c.facts.own = c.facts.manager = FALSE;
  refuse (&c, "request-cancel", WUYOU_ROLE_DSAL, WUYOU_ERROR_FORBIDDEN, NULL);
  c.facts.own = TRUE;
  c.input.reason = "";
  refuse (&c, "request-cancel", WUYOU_ROLE_DSAL, WUYOU_ERROR_INVALID, "reason");
  c.input.reason = "客户要求";
  c.facts.claims_block = TRUE;
  refuse (&c, "request-cancel", WUYOU_ROLE_DSAL, WUYOU_ERROR_NOT_ELIGIBLE, "claims");
  c.facts.claims_block = FALSE;
  c.facts.cancel_request_available = FALSE;
  refuse (&c, "request-cancel", WUYOU_ROLE_DSAL, WUYOU_ERROR_INVALID, "CANCEL_REQUEST");
  c.facts.documents_pending = TRUE;
  refuse (&c, "request-cancel", WUYOU_ROLE_DSAL, WUYOU_ERROR_DOCUMENT_PENDING, "CANCEL_REQUEST");
  c.facts.cancel_request_available = TRUE;
  c.input.refund_fen = 335483; /* by the other rule */
  refuse (&c, "request-cancel", WUYOU_ROLE_DSAL, WUYOU_ERROR_INVALID, "refund_fen");
  c.input.refund_fen = 335120;
  c.contract->revoke_proposed_by = g_strdup (OTHER);
  refuse (&c, "request-cancel", WUYOU_ROLE_DSAL, WUYOU_ERROR_NOT_ELIGIBLE, "revoke_proposed_by");
}

static void
test_days (void)
{
  static const struct {
    const char *action, *day, *field;
    int state;
    WuyouRole role;
  } cases[] = {
    { "request-cancel", "", "cancel_requested_on", WUYOU_CONTRACT_ACTIVE, WUYOU_ROLE_DADM },
    { "request-cancel", "2025-01-08", "cancel_requested_on", WUYOU_CONTRACT_ACTIVE, WUYOU_ROLE_DADM },
    { "request-cancel", "2025-07-02", "cancel_requested_on", WUYOU_CONTRACT_ACTIVE, WUYOU_ROLE_DADM },
    { "transfer", "", "transferred_on", WUYOU_CONTRACT_ACTIVE, WUYOU_ROLE_DADM },
    { "transfer", "2025-01-09", "transferred_on", WUYOU_CONTRACT_ACTIVE, WUYOU_ROLE_OOPS },
    { "transfer", "2025-07-02", "transferred_on", WUYOU_CONTRACT_ACTIVE, WUYOU_ROLE_DADM },
    { "revoke", "", "revoke_notice_on", WUYOU_CONTRACT_ACTIVE, WUYOU_ROLE_OCLB },
    { "revoke", "2025-07-02", "revoke_notice_on", WUYOU_CONTRACT_ACTIVE, WUYOU_ROLE_OCLB },
    { "refund", "", "refunded_on", WUYOU_CONTRACT_CANCELLED, WUYOU_ROLE_OFIN },
    { "refund", "2025-06-19", "refunded_on", WUYOU_CONTRACT_CANCELLED, WUYOU_ROLE_OFIN },
    { "refund", "2025-07-02", "refunded_on", WUYOU_CONTRACT_CANCELLED, WUYOU_ROLE_OFIN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (Case) c = { 0 };

    open_case (&c, cases[i].state);
    c.contract->revoke_proposed_by = g_str_equal (cases[i].action, "revoke") ? g_strdup (OTHER) : NULL;
    c.contract->cancel_on = wuyou_date_new (2025, 6, 20);
    c.contract->refund_state = cases[i].state == WUYOU_CONTRACT_CANCELLED ? WUYOU_REFUND_APPROVED : 0;
    c.input.cancel_requested_on = c.input.transferred_on = c.input.revoke_notice_on = c.input.refunded_on
        = wuyou_date_parse (cases[i].day);
    g_test_message ("%s %s", cases[i].action, cases[i].day);
    refuse (&c, cases[i].action, cases[i].role, WUYOU_ERROR_INVALID, cases[i].field);
  }
}

/* The notice counts from the owner's request; until it is over the contract stands, and it may not outlast the term. */
static void
test_notice (void)
{
  g_auto (Case) c = { 0 };

  open_case (&c, WUYOU_CONTRACT_ACTIVE);
  set_benefit (&c, BENEFIT ("60", "INCLUDED", "false", "false"));
  c.contract->ends_on = c.facts.today + 59;
  refuse (&c, "request-cancel", WUYOU_ROLE_DADM, WUYOU_ERROR_INVALID, "cancel_requested_on");
  c.contract->ends_on = c.facts.today + 60;
  c.input.refund_fen = 0;
  take (&c, "request-cancel", WUYOU_ROLE_DADM);
  g_assert_cmpint (c.contract->cancel_on, ==, c.facts.today + 60);
  g_assert_cmpint (c.contract->refund_state, ==, 0); /* nothing is left to pay back */
  c.facts.actor_id = OTHER;
  c.facts.today = c.contract->cancel_on - 1;
  g_assert_true (wuyou_claim_is_covered (c.contract, c.facts.today));
  refuse (&c, "cancel", WUYOU_ROLE_OOPS, WUYOU_ERROR_NOT_ELIGIBLE, "cancel_on");
  c.facts.today++;
  take (&c, "cancel", WUYOU_ROLE_OOPS);
  refuse (&c, "refund", WUYOU_ROLE_OFIN, WUYOU_ERROR_ILLEGAL_TRANSITION, NULL);
}

static void
test_gift (void)
{
  g_auto (Case) c = { 0 };

  open_case (&c, WUYOU_CONTRACT_PAID);
  c.contract->gift = TRUE;
  c.input.refund_fen = 0;
  refuse (&c, "request-cancel", WUYOU_ROLE_DADM, WUYOU_ERROR_NOT_ELIGIBLE, "gift");
  set_benefit (&c, BENEFIT ("0", "INCLUDED", "true", "false"));
  c.input.refund_fen = 335120;
  take (&c, "request-cancel", WUYOU_ROLE_DADM);
  g_assert_cmpint (c.contract->refund_fen, ==, 335120);
}

/* Refused or withdrawn, it goes on where it was, and nothing of the quote is left. */
static void
test_back_to_where_it_was (void)
{
  static const struct {
    const char *action;
    WuyouRole role;
    int state;
  } cases[] = {
    { "keep", WUYOU_ROLE_OOPS, WUYOU_CONTRACT_PAID },
    { "keep", WUYOU_ROLE_OOPS, WUYOU_CONTRACT_ACTIVE },
    { "withdraw-cancel", WUYOU_ROLE_DSAL, WUYOU_CONTRACT_PAID },
    { "withdraw-cancel", WUYOU_ROLE_DADM, WUYOU_CONTRACT_ACTIVE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (Case) c = { 0 };

    open_case (&c, cases[i].state);
    take (&c, "request-cancel", WUYOU_ROLE_DADM);
    take (&c, cases[i].action, cases[i].role);
    g_assert_cmpint (c.contract->state, ==, cases[i].state);
    g_assert_cmpint (c.contract->paid_fen, ==, 0); /* it was not paid once more */
    g_assert_cmpint (c.contract->refund_fen + c.contract->credit_fen, ==, 0);
    g_assert_cmpint (c.contract->cancel_on, ==, WUYOU_DATE_NONE);
    g_assert_null (c.contract->refund_json);
    g_assert_null (c.contract->cancel_requested_by);
    g_assert_cmpint (c.contract->cancel_closed_at, >, 0);
    g_assert_true (cases[i].state == WUYOU_CONTRACT_PAID || wuyou_claim_is_covered (c.contract, c.facts.today));
    take (&c, "request-cancel", WUYOU_ROLE_DADM); /* and may be asked for again */
  }
}

static void
test_four_eyes (void)
{
  g_auto (Case) c = { 0 };

  open_case (&c, WUYOU_CONTRACT_ACTIVE);
  take (&c, "request-cancel", WUYOU_ROLE_DADM);
  refuse (&c, "cancel", WUYOU_ROLE_OOPS, WUYOU_ERROR_FORBIDDEN, "cancel_requested_by");
  c.facts.actor_id = OTHER;
  c.facts.claims_block = TRUE; /* a loss since the request */
  refuse (&c, "cancel", WUYOU_ROLE_OOPS, WUYOU_ERROR_NOT_ELIGIBLE, "claims");
  c.facts.claims_block = FALSE;
  take (&c, "cancel", WUYOU_ROLE_OOPS);
  refuse (&c, "refund", WUYOU_ROLE_OFIN, WUYOU_ERROR_FORBIDDEN, "cancelled_by");
  c.facts.actor_id = WUYOU_TEST_ACTOR_ID;
  refuse (&c, "refund", WUYOU_ROLE_OFIN, WUYOU_ERROR_FORBIDDEN, "cancel_requested_by");
  c.facts.actor_id = WUYOU_TEST_CONTRACT_ID;
  c.input.refund_fen--;
  refuse (&c, "refund", WUYOU_ROLE_OFIN, WUYOU_ERROR_INVALID, "refund_fen");
  c.input.refund_fen++;
  c.input.refund_reference = "";
  refuse (&c, "refund", WUYOU_ROLE_OFIN, WUYOU_ERROR_INVALID, "refund_reference");
  c.input.refund_reference = "TK2";
  take (&c, "refund", WUYOU_ROLE_OFIN);
  g_assert_cmpint (c.contract->refund_state, ==, WUYOU_REFUND_PAID);
  g_assert_cmpstr (c.contract->refund_reference, ==, "TK2");
  refuse (&c, "refund", WUYOU_ROLE_OFIN, WUYOU_ERROR_ILLEGAL_TRANSITION, NULL); /* once */
}

/* S-11: no cover from the day of the transfer; what happened before is still answered for. */
static void
test_transfer (void)
{
  g_auto (Case) c = { 0 };

  open_case (&c, WUYOU_CONTRACT_ACTIVE);
  c.facts.transfer_proof_available = FALSE;
  refuse (&c, "transfer", WUYOU_ROLE_DADM, WUYOU_ERROR_INVALID, "TRANSFER_PROOF");
  c.facts.transfer_proof_available = TRUE;
  refuse (&c, "transfer", WUYOU_ROLE_DSAL, WUYOU_ERROR_FORBIDDEN, NULL);
  c.input.transferred_on = wuyou_date_new (2025, 6, 1);
  take (&c, "transfer", WUYOU_ROLE_OOPS);
  g_assert_cmpint (c.contract->state, ==, WUYOU_CONTRACT_TRANSFER_ENDED);
  g_assert_cmpint (c.contract->refund_state, ==, 0);
  g_assert_true (wuyou_claim_is_covered (c.contract, wuyou_date_new (2025, 5, 31)));
  g_assert_false (wuyou_claim_is_covered (c.contract, wuyou_date_new (2025, 6, 1)));
  g_assert_false (wuyou_claim_is_covered (c.contract, wuyou_date_new (2025, 1, 9)));
  g_assert_false (wuyou_contract_reserves_vehicle (c.contract));
}

static void
test_revocation (void)
{
  g_auto (Case) c = { 0 };

  open_case (&c, WUYOU_CONTRACT_ACTIVE);
  refuse (&c, "revoke", WUYOU_ROLE_OCLB, WUYOU_ERROR_ILLEGAL_TRANSITION, NULL); /* nobody proposed it */
  refuse (&c, "drop-revoke", WUYOU_ROLE_OCLB, WUYOU_ERROR_ILLEGAL_TRANSITION, NULL);
  take (&c, "propose-revoke", WUYOU_ROLE_OOPS);
  g_assert_cmpint (c.contract->state, ==, WUYOU_CONTRACT_ACTIVE);
  refuse (&c, "propose-revoke", WUYOU_ROLE_OOPS, WUYOU_ERROR_ILLEGAL_TRANSITION, NULL);
  refuse (&c, "revoke", WUYOU_ROLE_OCLB, WUYOU_ERROR_FORBIDDEN, "revoke_proposed_by"); /* in one person */
  c.facts.actor_id = OTHER;
  take (&c, "drop-revoke", WUYOU_ROLE_OCLB);
  g_assert_null (c.contract->revoke_proposed_by);
  c.facts.actor_id = WUYOU_TEST_ACTOR_ID;
  take (&c, "propose-revoke", WUYOU_ROLE_OOPS);
  c.facts.actor_id = OTHER;
  take (&c, "revoke", WUYOU_ROLE_OCLB);
  g_assert_cmpint (c.contract->state, ==, WUYOU_CONTRACT_REVOKED);
  g_assert_cmpint (c.contract->refund_state, ==, 0); /* 7.2: nothing is paid back */
}

static void
test_revocation_with_refund (void)
{
  g_auto (Case) c = { 0 };

  open_case (&c, WUYOU_CONTRACT_ACTIVE);
  set_benefit (&c, BENEFIT ("60", "INCLUDED", "false", "true"));
  take (&c, "propose-revoke", WUYOU_ROLE_OOPS);
  c.facts.actor_id = OTHER;
  take (&c, "revoke", WUYOU_ROLE_OCLB);
  g_assert_cmpint (c.contract->refund_fen, ==, 335120); /* at once: no notice */
  g_assert_cmpint (c.contract->refund_state, ==, WUYOU_REFUND_APPROVED);
  refuse (&c, "refund", WUYOU_ROLE_OFIN, WUYOU_ERROR_FORBIDDEN, "cancelled_by");
  c.facts.actor_id = WUYOU_TEST_CONTRACT_ID;
  take (&c, "refund", WUYOU_ROLE_OFIN);
  g_assert_cmpint (c.contract->state, ==, WUYOU_CONTRACT_REVOKED);
}

/* A claim that is paid ends the contract wherever it stands by then; a refund that was asked for is no longer due. */
static void
test_fulfilment (void)
{
  static const int states[] = { WUYOU_CONTRACT_ACTIVE, WUYOU_CONTRACT_EXPIRED, WUYOU_CONTRACT_TRANSFER_ENDED };
  static const int others[] = { WUYOU_CONTRACT_PAID, WUYOU_CONTRACT_CANCELLED, WUYOU_CONTRACT_VOIDED };
  g_auto (Case) c = { 0 };

  open_case (&c, WUYOU_CONTRACT_ACTIVE);
  take (&c, "request-cancel", WUYOU_ROLE_DADM);
  take (&c, "fulfil", 0);
  g_assert_cmpint (c.contract->state, ==, WUYOU_CONTRACT_FULFILLED);
  g_assert_cmpint (c.contract->refund_fen, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (states); i++) {
    c.contract->state = states[i];
    take (&c, "fulfil", 0);
    g_assert_cmpint (c.contract->state, ==, WUYOU_CONTRACT_FULFILLED);
  }
  for (guint i = 0; i < G_N_ELEMENTS (others); i++) {
    c.contract->state = others[i];
    refuse (&c, "fulfil", 0, WUYOU_ERROR_ILLEGAL_TRANSITION, NULL);
  }
}

int
main (int argc, char **argv)
{
  wuyou_test_init (&argc, &argv);
  g_test_add_func ("/sales/contract-end/quote-is-frozen", test_quote_is_frozen);
  g_test_add_func ("/sales/contract-end/quote-is-canonical", test_quote_is_canonical);
  g_test_add_func ("/sales/contract-end/request-refusals", test_request_refusals);
  g_test_add_func ("/sales/contract-end/days", test_days);
  g_test_add_func ("/sales/contract-end/notice", test_notice);
  g_test_add_func ("/sales/contract-end/gift", test_gift);
  g_test_add_func ("/sales/contract-end/back-to-where-it-was", test_back_to_where_it_was);
  g_test_add_func ("/sales/contract-end/four-eyes", test_four_eyes);
  g_test_add_func ("/sales/contract-end/transfer", test_transfer);
  g_test_add_func ("/sales/contract-end/revocation", test_revocation);
  g_test_add_func ("/sales/contract-end/revocation-with-refund", test_revocation_with_refund);
  g_test_add_func ("/sales/contract-end/fulfilment", test_fulfilment);
  return g_test_run ();
}
