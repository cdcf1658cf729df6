/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-test-records.h"
#include "wuyou-test.h"

#define REFUND 193697 /* 769 of 1,461 days of 3,680.00 */
#define HASH "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

static const char *const all_actions[] = {
  "submit",
  "send-to-review",
  "approve",
  "return",
  "correct",
  "sign",
  "pay",
  "start",
  "void",
  "expire",
  "request-cancel",
  "cancel",
  "keep",
  "fulfil",
  "transfer",
  "revoke",
  "nonsense",
  "",
  "withdraw-cancel",
  "refund",
  "propose-revoke",
  "drop-revoke",
};

/* Who may take which step when all else is right: the whole of requirements 6.1. */
static const struct {
  const char *from, *action, *to, *roles;
} expected[] = {
  { "DRAFT", "submit", "AWAIT_SIGN", "DADM DSAL" },
  { "DRAFT", "void", "VOIDED", "DADM DSAL" },
  { "SUBMITTED", "approve", "AWAIT_SIGN", "OOPS" },
  { "SUBMITTED", "return", "RETURNED", "OOPS" },
  { "RETURNED", "correct", "DRAFT", "DADM DSAL" },
  { "AWAIT_SIGN", "sign", "AWAIT_PAYMENT", "DADM DSAL" },
  { "AWAIT_SIGN", "correct", "DRAFT", "DADM DSAL" },
  { "AWAIT_SIGN", "void", "VOIDED", "DADM DSAL" },
  { "AWAIT_PAYMENT", "pay", "PAID", "DADM DSAL DFIN" },
  { "AWAIT_PAYMENT", "correct", "DRAFT", "DADM DSAL" },
  { "AWAIT_PAYMENT", "void", "VOIDED", "DADM DSAL" },
  { "PAID", "start", "ACTIVE", "" },
  { "ACTIVE", "expire", "EXPIRED", "" },
  { "PAID", "request-cancel", "CANCEL_REQUESTED", "DADM DSAL" },
  { "ACTIVE", "request-cancel", "CANCEL_REQUESTED", "DADM DSAL" },
  { "CANCEL_REQUESTED", "cancel", "CANCELLED", "OOPS" },
  { "CANCEL_REQUESTED", "keep", "ACTIVE", "OOPS" },
  { "CANCEL_REQUESTED", "withdraw-cancel", "ACTIVE", "DADM DSAL" },
  { "CANCELLED", "refund", "CANCELLED", "OFIN" },
  { "REVOKED", "refund", "REVOKED", "OFIN" },
  { "ACTIVE", "transfer", "TRANSFER_ENDED", "OOPS DADM" },
  { "ACTIVE", "propose-revoke", "ACTIVE", "OOPS" },
  { "ACTIVE", "fulfil", "FULFILLED", "" },
  { "EXPIRED", "fulfil", "FULFILLED", "" },
  { "CANCEL_REQUESTED", "fulfil", "FULFILLED", "" },
  { "TRANSFER_ENDED", "fulfil", "FULFILLED", "" },
};

static WuyouContractInput
make_input (void)
{
  return (WuyouContractInput){
    .reason = "客户要求",
    .signed_on = wuyou_date_new (2026, 11, 23),
    .paid_on = wuyou_date_new (2026, 11, 23),
    .paid_fen = 368000,
    .payment_method = WUYOU_PAYMENT_CARD,
    .content_sha256 = HASH,
    .cancel_requested_on = wuyou_date_new (2026, 11, 23),
    .transferred_on = wuyou_date_new (2026, 11, 23),
    .revoke_notice_on = wuyou_date_new (2026, 11, 23),
    .refunded_on = wuyou_date_new (2026, 11, 23),
    .refund_fen = REFUND,
    .refund_reference = "TK1",
  };
}

static gboolean
try_step (WuyouContract *contract,
          const WuyouContractFacts *facts,
          const WuyouContractInput *input,
          const char *action,
          guint32 roles,
          GError **error)
{
  const WuyouStep step = { .record = contract, .context = facts, .input = input, .now = WUYOU_TEST_NOW };

  return wuyou_workflow_choose (&wuyou_contract_workflow, contract->state, action, roles, input->reason, &step, error)
         != NULL;
}

static char *
find_roles (WuyouContract *contract, const WuyouContractFacts *facts, const char *action)
{
  const WuyouContractInput input = make_input ();
  guint32 roles = 0;

  for (int role = 1; role < WUYOU_N_ROLES; role++)
    if (try_step (contract, facts, &input, action, WUYOU_ROLE_BIT (role), NULL))
      roles |= WUYOU_ROLE_BIT (role);
  return wuyou_roles_format (roles);
}

static WuyouContract *
make_contract (int state)
{
  WuyouContract *contract = wuyou_test_contract_new ();

  contract->state = state;
  contract->submitted_at = WUYOU_TEST_NOW;
  contract->content_sha256 = g_strdup (HASH);
  if (state >= WUYOU_CONTRACT_AWAIT_PAYMENT)
    contract->signed_on = wuyou_date_new (2026, 11, 23);
  if (state >= WUYOU_CONTRACT_PAID) {
    contract->effective_on = wuyou_date_new (2025, 1, 1);
    contract->ends_on = wuyou_date_new (2026, 11, 22);
  }
  return contract;
}

/* On the way to its end, with all that the steps from there look at. */
static WuyouContract *
make_ending (int state)
{
  WuyouContract *contract = make_contract (state);

  if (state >= WUYOU_CONTRACT_PAID)
    contract->ends_on = wuyou_date_new (2028, 12, 31);
  if (state == WUYOU_CONTRACT_CANCEL_REQUESTED)
    contract->cancel_from = WUYOU_CONTRACT_ACTIVE;
  if (state == WUYOU_CONTRACT_CANCELLED || state == WUYOU_CONTRACT_REVOKED)
    contract->refund_state = WUYOU_REFUND_APPROVED;
  contract->refund_fen = REFUND;
  return contract;
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
  g_autoptr (WuyouProduct) product = wuyou_test_product_new ();
  const WuyouContractFacts facts = wuyou_test_contract_facts (product);

  for (const WuyouEnum *state = wuyou_contract_states; state->id != NULL; state++)
    for (guint a = 0; a < G_N_ELEMENTS (all_actions); a++) {
      g_autoptr (WuyouContract) contract = make_ending (state->value);
      g_autofree char *roles = find_roles (contract, &facts, all_actions[a]);

      g_test_message ("%s %s", state->id, all_actions[a]);
      g_assert_cmpstr (roles, ==, find_expected (state->id, all_actions[a]));
    }
}

static void
test_system_steps (void)
{
  g_autoptr (WuyouProduct) product = wuyou_test_product_new ();
  const WuyouContractFacts facts = wuyou_test_contract_facts (product);
  const WuyouContractInput input = make_input ();
  g_autoptr (WuyouContract) paid = make_contract (WUYOU_CONTRACT_PAID);
  g_autoptr (WuyouContract) active = make_contract (WUYOU_CONTRACT_ACTIVE);
  g_autoptr (GError) error = NULL;

  g_assert_true (try_step (paid, &facts, &input, "start", 0, NULL));
  g_assert_true (try_step (active, &facts, &input, "expire", 0, NULL));
  paid->effective_on = wuyou_date_new (2026, 11, 24);
  g_assert_false (try_step (paid, &facts, &input, "start", 0, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_ILLEGAL_TRANSITION, "effective_on");
  active->ends_on = wuyou_date_new (2026, 11, 23);
  g_assert_false (try_step (active, &facts, &input, "expire", 0, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_ILLEGAL_TRANSITION, "ends_on");
}

static void
test_own_records (void)
{
  g_autoptr (WuyouProduct) product = wuyou_test_product_new ();
  WuyouContractFacts facts = wuyou_test_contract_facts (product);
  const WuyouContractInput input = make_input ();
  g_autoptr (WuyouContract) contract = make_contract (WUYOU_CONTRACT_DRAFT);
  g_autoptr (GError) error = NULL;

  facts.own = facts.manager = FALSE;
  g_assert_false (try_step (contract, &facts, &input, "void", WUYOU_ROLE_BIT (WUYOU_ROLE_DSAL), &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_FORBIDDEN, NULL);
  facts.own = TRUE;
  g_assert_true (try_step (contract, &facts, &input, "void", WUYOU_ROLE_BIT (WUYOU_ROLE_DSAL), NULL));
}

static void
change_contract (WuyouContract *contract, const char *field, const char *text)
{
  const WuyouField *row = wuyou_record_type_find (&wuyou_contract_type, field);

  g_assert_nonnull (row);
  if (wuyou_field_is_text (row))
    wuyou_field_set_text (row, contract, text);
  else if (*text == '\0')
    wuyou_field_set_int (row, contract, 0);
  else if (row->kind == WUYOU_KIND_BOOLEAN)
    wuyou_field_set_int (row, contract, TRUE);
  else
    g_assert_true (wuyou_field_parse_display (row, contract, text, NULL));
}

/* One wrong entry, one violation that names it. */
static void
test_submission_refusals (void)
{
  static const struct {
    const char *field, *value, *named;
  } cases[] = {
    { "vin", "", "vin" },
    { "owner_name", "", "owner_name" },
    { "owner_id_no", "110105194912310021", "owner_id_no" },
    { "owner_id_type", "CREDIT_CODE", "owner_id_type" },
    { "consent_provision", "", "consent_provision" },
    { "received_fen", "1", "received_fen" },
    { "received_fen", "3980.01", "received_fen" },
    { "vehicle_use", "HIRE", "vehicle_use" },
    { "seats", "10", "seats" },
    { "transferred", "yes", "transferred" },
    { "first_invoice_on", "2025-11-01", "first_invoice_on" },
    { "first_invoice_on", "2026-11-24", "first_invoice_on" },
    { "commercial_to", "2026-11-22", "commercial_to" },
    { "compulsory_policy_no", "", "compulsory_policy_no" },
    { "term_months", "60", "term_months" },
    { "invoice_no", "123", "invoice_no" },
    { "product_id", "01932f1e-0000-7000-8000-000000000009", "product_id" },
  };
  g_autoptr (WuyouProduct) product = wuyou_test_product_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (WuyouContract) contract = wuyou_test_contract_new ();
    WuyouContractFacts facts = wuyou_test_contract_facts (product);
    g_autoptr (GError) error = NULL;

    change_contract (contract, cases[i].field, cases[i].value);
    if (g_str_equal (cases[i].field, "product_id"))
      facts.product = NULL;
    g_test_message ("%s = %s", cases[i].field, cases[i].value);
    g_assert_false (wuyou_contract_check (contract, &facts, &error));
    wuyou_test_expect_error (&error, error->code, cases[i].named);
  }
}

static void
test_submission_of_both_kinds (void)
{
  g_autoptr (WuyouProduct) product = wuyou_test_product_new ();
  const WuyouContractFacts facts = wuyou_test_contract_facts (product);
  g_autoptr (WuyouContract) person = wuyou_test_contract_new ();
  g_autoptr (WuyouContract) company = wuyou_test_company_contract_new ();
  g_autoptr (WuyouContract) draft = make_contract (WUYOU_CONTRACT_DRAFT);
  const WuyouContractInput input = make_input ();
  g_autoptr (GError) error = NULL;

  try_step (draft, &facts, &input, "submit", WUYOU_ROLE_BIT (WUYOU_ROLE_DSAL), &error);
  g_assert_no_error (error);
  wuyou_contract_check (person, &facts, &error);
  g_assert_no_error (error);
  wuyou_contract_check (company, &facts, &error);
  g_assert_no_error (error);
  g_clear_pointer (&company->agent_name, g_free);
  g_assert_false (wuyou_contract_check (company, &facts, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_INVALID, "agent_name");
}

static void
test_documents_are_awaited (void)
{
  g_autoptr (WuyouProduct) product = wuyou_test_product_new ();
  WuyouContractFacts facts = wuyou_test_contract_facts (product);
  g_autoptr (WuyouContract) contract = make_contract (WUYOU_CONTRACT_AWAIT_SIGN);
  const WuyouContractInput input = make_input ();
  WuyouContractInput other = make_input ();
  g_autoptr (GError) error = NULL;

  facts.signed_scan_available = FALSE;
  g_assert_false (try_step (contract, &facts, &input, "sign", WUYOU_ROLE_BIT (WUYOU_ROLE_DSAL), &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_INVALID, "SIGNED_CONTRACT");
  facts.documents_pending = TRUE;
  g_assert_false (try_step (contract, &facts, &input, "sign", WUYOU_ROLE_BIT (WUYOU_ROLE_DSAL), &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_DOCUMENT_PENDING, "SIGNED_CONTRACT");
  facts.signed_scan_available = TRUE;
  other.content_sha256 = "of another revision";
  g_assert_false (try_step (contract, &facts, &other, "sign", WUYOU_ROLE_BIT (WUYOU_ROLE_DSAL), &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_INVALID, "content_sha256");
}

static void
test_dates_of_signing_and_payment (void)
{
  static const struct {
    const char *action, *day, *field;
  } cases[] = {
    { "sign", "2026-11-22", "signed_on" }, { "sign", "2026-11-24", "signed_on" }, { "sign", "", "signed_on" },
    { "pay", "2026-11-22", "paid_on" },    { "pay", "2026-11-24", "paid_on" },    { "pay", "", "paid_on" },
  };
  g_autoptr (WuyouProduct) product = wuyou_test_product_new ();
  const WuyouContractFacts facts = wuyou_test_contract_facts (product);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    gboolean sign = g_str_equal (cases[i].action, "sign");
    g_autoptr (WuyouContract) contract
        = make_contract (sign ? WUYOU_CONTRACT_AWAIT_SIGN : WUYOU_CONTRACT_AWAIT_PAYMENT);
    WuyouContractInput input = make_input ();
    g_autoptr (GError) error = NULL;

    input.signed_on = input.paid_on = wuyou_date_parse (cases[i].day);
    g_assert_false (try_step (contract, &facts, &input, cases[i].action, WUYOU_ROLE_BIT (WUYOU_ROLE_DADM), &error));
    wuyou_test_expect_error (&error, WUYOU_ERROR_INVALID, cases[i].field);
  }
}

/* A gift needs a day and nothing else; a price that is paid needs its way and its voucher, also for a gift in part. */
static void
test_gift_is_not_paid (void)
{
  static const struct {
    gboolean gift;
    gint64 fen;
    const char *field; /* NULL: let through */
  } cases[] = { { TRUE, 0, NULL }, { TRUE, 398000, "payment_method" }, { FALSE, 398000, "payment_method" } };
  g_autoptr (WuyouProduct) product = wuyou_test_product_new ();
  WuyouContractFacts facts = wuyou_test_contract_facts (product);

  facts.voucher_available = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (WuyouContract) contract = make_contract (WUYOU_CONTRACT_AWAIT_PAYMENT);
    WuyouContractInput input = make_input ();
    g_autoptr (GError) error = NULL;
    gboolean passed;

    contract->gift = cases[i].gift;
    contract->received_fen = input.paid_fen = cases[i].fen;
    input.payment_method = 0;
    passed = try_step (contract, &facts, &input, "pay", WUYOU_ROLE_BIT (WUYOU_ROLE_DADM), &error);
    g_assert_true (passed == (cases[i].field == NULL));
    if (!passed)
      wuyou_test_expect_error (&error, WUYOU_ERROR_INVALID, cases[i].field);
  }
}

/* S-06: what one owner consented to is not what the next did. */
static void
test_consents_are_of_one_owner (void)
{
  static const struct {
    const char *field, *value;
    gboolean void_now;
  } cases[] = {
    { "owner_name", "李四", TRUE },
    { "owner_id_no", "53010219900307002X", TRUE },
    { "owner_mobile", "13900000001", FALSE },
    { "series", "X5", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (WuyouContract) before = wuyou_test_contract_new ();
    g_autoptr (WuyouContract) after = wuyou_contract_new ();

    wuyou_contract_attest (before, NULL, "seller", WUYOU_TEST_NOW);
    g_assert_cmpstr (before->consent_attested_by, ==, "seller");
    wuyou_record_copy (&wuyou_contract_type, before, after);
    g_assert_true (wuyou_field_parse_display (wuyou_record_type_find (&wuyou_contract_type, cases[i].field), after,
                                              cases[i].value, NULL));
    wuyou_contract_attest (after, before, "other", WUYOU_TEST_NOW + 5);
    g_assert_true ((after->consent_attested_by == NULL) == cases[i].void_now);
    g_assert_true (after->consent_processing != cases[i].void_now);
    g_assert_true ((after->consent_on == WUYOU_DATE_NONE) == cases[i].void_now);
    after->consent_processing = after->consent_sensitive = after->consent_provision = TRUE;
    wuyou_contract_attest (after, after, "other", WUYOU_TEST_NOW + 9);
    g_assert_cmpstr (after->consent_attested_by, ==, cases[i].void_now ? "other" : "seller");
  }
}

/* Consents before the name: it is the first one that is entered, not another owner's. */
static void
test_owner_named_later (void)
{
  g_autoptr (WuyouContract) before = wuyou_test_contract_new ();
  g_autoptr (WuyouContract) after = wuyou_contract_new ();

  wuyou_record_copy (&wuyou_contract_type, before, after);
  g_clear_pointer (&before->owner_name, g_free);
  g_clear_pointer (&before->owner_id_no, g_free);
  before->owner_kind = before->owner_id_type = 0;
  wuyou_contract_attest (before, NULL, "seller", WUYOU_TEST_NOW);
  after->consent_attested_by = g_strdup ("seller");
  wuyou_contract_attest (after, before, "seller", WUYOU_TEST_NOW + 5);
  g_assert_true (after->consent_processing);
  g_assert_cmpstr (after->consent_attested_by, ==, "seller");
  wuyou_contract_attest (before, after, "seller", WUYOU_TEST_NOW + 9); /* and taken out again it is not there */
  g_assert_null (before->consent_attested_by);
}

static void
test_the_whole_way (void)
{
  g_autoptr (WuyouProduct) product = wuyou_test_product_new ();
  const WuyouContractFacts facts = wuyou_test_contract_facts (product);
  const WuyouContractInput input = make_input ();
  g_autoptr (WuyouContract) c = wuyou_test_contract_new ();
  static const char *const way[] = { "submit", "correct", "submit", "sign", "pay" };

  for (guint i = 0; i < G_N_ELEMENTS (way); i++) {
    const WuyouTransition *row = wuyou_workflow_find (&wuyou_contract_workflow, c->state, way[i], NULL);

    wuyou_contract_apply (c, row, &facts, &input, WUYOU_TEST_NOW);
    if (g_str_equal (way[i], "submit") && c->content_sha256 == NULL)
      c->content_sha256 = g_strdup (HASH);
  }
  g_assert_cmpint (c->state, ==, WUYOU_CONTRACT_PAID);
  g_assert_cmpint (c->revision, ==, 2);
  g_assert_cmpint (c->retail_fen, ==, 398000);
  g_assert_cmpint (c->wholesale_fen, ==, 260000);
  g_assert_cmpint (c->effective_on, ==, wuyou_date_new (2026, 11, 24));
  g_assert_cmpint (c->ends_on, ==, wuyou_date_new (2029, 10, 2));
  g_assert_cmpstr (c->terms_sha256, ==, product->terms_sha256);
}

static void
test_dot (void)
{
  g_autofree char *dot = wuyou_workflow_to_dot (wuyou_workflow_by_name ("contract"));

  g_assert_nonnull (strstr (dot, "AWAIT_SIGN -> AWAIT_PAYMENT"));
  g_assert_null (wuyou_workflow_by_name ("nothing"));
}

int
main (int argc, char **argv)
{
  wuyou_test_init (&argc, &argv);
  g_test_add_func ("/sales/contract/every-state-action-role", test_every_state_action_role);
  g_test_add_func ("/sales/contract/system-steps", test_system_steps);
  g_test_add_func ("/sales/contract/own-records", test_own_records);
  g_test_add_func ("/sales/contract/submission-refusals", test_submission_refusals);
  g_test_add_func ("/sales/contract/person-and-company", test_submission_of_both_kinds);
  g_test_add_func ("/sales/contract/documents-awaited", test_documents_are_awaited);
  g_test_add_func ("/sales/contract/dates", test_dates_of_signing_and_payment);
  g_test_add_func ("/sales/contract/gift", test_gift_is_not_paid);
  g_test_add_func ("/sales/contract/consents", test_consents_are_of_one_owner);
  g_test_add_func ("/sales/contract/owner-named-later", test_owner_named_later);
  g_test_add_func ("/sales/contract/whole-way", test_the_whole_way);
  g_test_add_func ("/sales/contract/dot", test_dot);
  return g_test_run ();
}
