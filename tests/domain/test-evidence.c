/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "base/wuyou-error.h"
#include "claims/wuyou-claim-rules.h"
#include "claims/wuyou-evidence-facts.h"
#include "claims/wuyou-evidence-rules.h"
#include "sales/wuyou-product.h"
#include "wuyou-test-records.h"
#include "wuyou-test.h"

#define T0 WUYOU_TEST_NOW
#define TODAY wuyou_date_of_instant (T0)

static const char benefit[] = "{\"checklist\":["
                              "{\"phase\":1,\"loss\":\"ANY\",\"slot\":\"DETERMINATION\",\"title\":\"认定书\",\"form\":"
                              "\"STAMPED_COPY\",\"required\":true},"
                              "{\"phase\":1,\"loss\":\"ANY\",\"slot\":\"OWNER_IDENTITY\",\"title\":\"身份证\",\"form\":"
                              "\"COPY\",\"required\":true},"
                              "{\"phase\":1,\"loss\":\"ANY\",\"slot\":\"LOAN_SETTLEMENT\",\"title\":\"结清证明\","
                              "\"form\":\"COPY\",\"required\":false}]}";

typedef struct {
  WuyouClaim *claim;
  GPtrArray *rows, *evidence;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;

  f->claim = wuyou_claim_new ();
  f->claim->state = WUYOU_CLAIM_REPORTED;
  f->claim->phase = WUYOU_PHASE_LOSS;
  f->claim->consent_sensitive = TRUE;
  f->claim->due_on = TODAY;
  f->rows = wuyou_checklist_read (benefit, WUYOU_PHASE_LOSS, WUYOU_LOSS_COLLISION, &error);
  g_assert_no_error (error);
  f->evidence = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_evidence_free);
}

static void
tear_down (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
  wuyou_claim_free (f->claim);
  g_ptr_array_unref (f->rows);
  g_ptr_array_unref (f->evidence);
}

static WuyouEvidence *
add (Fixture *f, const char *slot, int state, gint64 at)
{
  WuyouEvidence *evidence = wuyou_evidence_new ();

  evidence->slot = g_strdup (slot);
  evidence->phase = WUYOU_PHASE_LOSS;
  evidence->state = state;
  evidence->created_at = at;
  g_ptr_array_add (f->evidence, evidence);
  return evidence;
}

/* Every own slot and both phases, in every state, for every role: who may add. */
static void
test_slots (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
  static const struct {
    const char *slot;
    int phase, state;
    WuyouRole role;
    int code; /* -1: taken */
  } cases[] = {
    { "OWNER_IDENTITY", 1, WUYOU_CLAIM_DRAFT, WUYOU_ROLE_DCLM, -1 },
    { "OWNER_IDENTITY", 1, WUYOU_CLAIM_REPORTED, WUYOU_ROLE_DADM, -1 },
    { "OWNER_IDENTITY", 1, WUYOU_CLAIM_REPORTED, WUYOU_ROLE_DSAL, WUYOU_ERROR_FORBIDDEN },
    { "OWNER_IDENTITY", 1, WUYOU_CLAIM_REPORTED, WUYOU_ROLE_OCLA, WUYOU_ERROR_FORBIDDEN },
    { "OWNER_IDENTITY", 1, WUYOU_CLAIM_REPORTED, WUYOU_ROLE_ICLM, WUYOU_ERROR_FORBIDDEN },
    { "OWNER_IDENTITY", 1, WUYOU_CLAIM_PRE_REVIEW, WUYOU_ROLE_DCLM, WUYOU_ERROR_ILLEGAL_TRANSITION },
    { "OWNER_IDENTITY", 2, WUYOU_CLAIM_REPLACING, WUYOU_ROLE_DCLM, WUYOU_ERROR_INVALID },
    { "NOWHERE", 1, WUYOU_CLAIM_REPORTED, WUYOU_ROLE_DCLM, WUYOU_ERROR_INVALID },
    { "DETERMINATION", 1, WUYOU_CLAIM_REPORTED, WUYOU_ROLE_ICLM, -1 },
    { "DETERMINATION", 1, WUYOU_CLAIM_REPORTED, WUYOU_ROLE_DCLM, -1 },
    { "DETERMINATION", 1, WUYOU_CLAIM_APPROVED, WUYOU_ROLE_ICLM, WUYOU_ERROR_ILLEGAL_TRANSITION },
    { "PAYMENT_PROOF", 2, WUYOU_CLAIM_SETTLING, WUYOU_ROLE_OFIN, -1 },
    { "PAYMENT_PROOF", 2, WUYOU_CLAIM_APPROVED, WUYOU_ROLE_OFIN, WUYOU_ERROR_ILLEGAL_TRANSITION },
    { "PAYMENT_PROOF", 2, WUYOU_CLAIM_SETTLING, WUYOU_ROLE_DCLM, WUYOU_ERROR_FORBIDDEN },
    { "WITHDRAWAL_STATEMENT", 1, WUYOU_CLAIM_PRE_REVIEW, WUYOU_ROLE_DCLM, -1 },
    { "WITHDRAWAL_STATEMENT", 1, WUYOU_CLAIM_CLOSED_PAID, WUYOU_ROLE_DCLM, WUYOU_ERROR_ILLEGAL_TRANSITION },
    { "APPEAL_STATEMENT", 1, WUYOU_CLAIM_REJECTED, WUYOU_ROLE_DCLM, -1 },
    { "APPEAL_STATEMENT", 1, WUYOU_CLAIM_PRE_REVIEW, WUYOU_ROLE_DCLM, WUYOU_ERROR_ILLEGAL_TRANSITION },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    gboolean taken;

    f->claim->state = cases[i].state;
    taken = wuyou_evidence_check_slot (f->claim, f->rows, cases[i].slot, cases[i].phase, WUYOU_ROLE_BIT (cases[i].role),
                                       TODAY, &error);
    g_test_message ("row %u %s", i, cases[i].slot);
    g_assert_cmpint (taken ? -1 : error->code, ==, cases[i].code);
  }
}

/* C-09: what can no longer be appealed against takes no appeal; what was appealed against in time takes more. */
static void
test_appeal_over (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
  static const int refused[] = { WUYOU_CLAIM_PRE_REJECTED, WUYOU_CLAIM_REJECTED, WUYOU_CLAIM_CLOSED_UNPAID };
  guint32 clerk = WUYOU_ROLE_BIT (WUYOU_ROLE_DCLM);

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++) {
    g_autoptr (GError) error = NULL;

    f->claim->state = refused[i];
    g_assert_true (wuyou_evidence_check_slot (f->claim, f->rows, WUYOU_SLOT_APPEAL, 1, clerk, TODAY, NULL));
    g_assert_false (wuyou_evidence_check_slot (f->claim, f->rows, WUYOU_SLOT_APPEAL, 1, clerk, TODAY + 1, &error));
    g_assert_error (error, WUYOU_ERROR, WUYOU_ERROR_ILLEGAL_TRANSITION);
  }
  f->claim->state = WUYOU_CLAIM_APPEAL;
  g_assert_true (wuyou_evidence_check_slot (f->claim, f->rows, WUYOU_SLOT_APPEAL, 1, clerk, TODAY + 1, NULL));
}

static void
test_consent (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;

  f->claim->consent_sensitive = FALSE;
  g_assert_false (wuyou_evidence_check_slot (f->claim, f->rows, "OWNER_IDENTITY", 1, WUYOU_ROLE_BIT (WUYOU_ROLE_DCLM),
                                             TODAY, &error));
  g_assert_error (error, WUYOU_ERROR, WUYOU_ERROR_CUSTOMER_CONSENT_REQUIRED);
  g_assert_true (
      wuyou_evidence_check_slot (f->claim, f->rows, "DETERMINATION", 1, WUYOU_ROLE_BIT (WUYOU_ROLE_DCLM), TODAY, NULL));
}

/* While documents of the loss are wanted, those of the new car are not taken, and the other way round. */
static void
test_more_documents (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
  f->claim->state = WUYOU_CLAIM_MORE_DOCS;
  g_assert_true (
      wuyou_evidence_check_slot (f->claim, f->rows, "DETERMINATION", 1, WUYOU_ROLE_BIT (WUYOU_ROLE_DCLM), TODAY, NULL));
  f->claim->phase = WUYOU_PHASE_REPLACEMENT;
  g_assert_false (
      wuyou_evidence_check_slot (f->claim, f->rows, "DETERMINATION", 1, WUYOU_ROLE_BIT (WUYOU_ROLE_DCLM), TODAY, NULL));
}

static WuyouSlotState
get_state (Fixture *f, int phase)
{
  return wuyou_evidence_slot_state (f->evidence, "DETERMINATION", phase);
}

static void
test_slot_state (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
  g_assert_cmpint (get_state (f, 1), ==, WUYOU_SLOT_MISSING);
  add (f, "DETERMINATION", WUYOU_EVIDENCE_INFECTED, T0);
  g_assert_cmpint (get_state (f, 1), ==, WUYOU_SLOT_MISSING);
  add (f, "DETERMINATION", WUYOU_EVIDENCE_QUARANTINED, T0);
  g_assert_cmpint (get_state (f, 1), ==, WUYOU_SLOT_CHECKING);
  add (f, "DETERMINATION", WUYOU_EVIDENCE_AVAILABLE, T0 + 1);
  g_assert_cmpint (get_state (f, 1), ==, WUYOU_SLOT_FILLED);
  add (f, "DETERMINATION", WUYOU_EVIDENCE_RETURNED, T0 + 2);
  g_assert_cmpint (get_state (f, 1), ==, WUYOU_SLOT_RETURNED);
  add (f, "DETERMINATION", WUYOU_EVIDENCE_AVAILABLE, T0 + 3);
  g_assert_cmpint (get_state (f, 1), ==, WUYOU_SLOT_FILLED);
  g_assert_cmpint (get_state (f, 2), ==, WUYOU_SLOT_MISSING);
}

/* Of two pages the first is returned: that the second is good, or verified, does not make up for it. */
static void
test_page_returned (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
  WuyouEvidence *first = add (f, "DETERMINATION", WUYOU_EVIDENCE_RETURNED, T0);
  WuyouEvidence *second = add (f, "DETERMINATION", WUYOU_EVIDENCE_AVAILABLE, T0 + 1);
  WuyouEvidence *again;

  first->created_at = second->created_at = 0;
  g_assert_cmpint (get_state (f, 1), ==, WUYOU_SLOT_RETURNED);
  first->created_at = T0;
  second->created_at = T0 + 1;
  first->judged_at = T0 + 5;
  g_assert_cmpint (get_state (f, 1), ==, WUYOU_SLOT_RETURNED);
  second->state = WUYOU_EVIDENCE_VERIFIED;
  g_assert_cmpint (get_state (f, 1), ==, WUYOU_SLOT_RETURNED);
  again = add (f, "DETERMINATION", WUYOU_EVIDENCE_QUARANTINED, T0 + 6);
  g_assert_cmpint (get_state (f, 1), ==, WUYOU_SLOT_CHECKING);
  g_assert_true (wuyou_evidence_replaces (again, first));
  g_assert_false (wuyou_evidence_replaces (second, first)); /* it came with it */
  g_assert_false (wuyou_evidence_check_move (first, NULL));
  g_assert_true (wuyou_evidence_check_move (second, NULL));
  again->created_at = T0 + 4; /* an upload that broke off before */
  again->state = WUYOU_EVIDENCE_UPLOADING;
  g_assert_cmpint (get_state (f, 1), ==, WUYOU_SLOT_RETURNED);
  again->created_at = T0 + 6;
  again->state = WUYOU_EVIDENCE_REJECTED_TYPE;
  g_assert_cmpint (get_state (f, 1), ==, WUYOU_SLOT_RETURNED);
  first->state = WUYOU_EVIDENCE_SUPERSEDED;
  g_assert_cmpint (get_state (f, 1), ==, WUYOU_SLOT_VERIFIED);
}

/* All that is missing is said at once, and each by its slot. */
static void
test_complete (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) missing = NULL;
  g_autoptr (GError) pending = NULL;
  g_autoptr (GError) closed = NULL;

  g_assert_false (wuyou_evidence_check_complete (f->evidence, f->rows, 1, TRUE, &missing));
  g_assert_error (missing, WUYOU_ERROR, WUYOU_ERROR_INVALID);
  g_assert_cmpstr (wuyou_error_get_field (missing), ==, "DETERMINATION");
  g_assert_cmpuint (wuyou_error_get_violations (missing)->len, ==, 2);
  add (f, "DETERMINATION", WUYOU_EVIDENCE_AVAILABLE, T0);
  add (f, "OWNER_IDENTITY", WUYOU_EVIDENCE_QUARANTINED, T0);
  g_assert_false (wuyou_evidence_check_complete (f->evidence, f->rows, 1, TRUE, &pending));
  g_assert_error (pending, WUYOU_ERROR, WUYOU_ERROR_DOCUMENT_PENDING);
  add (f, "OWNER_IDENTITY", WUYOU_EVIDENCE_VERIFIED, T0);
  g_assert_true (wuyou_evidence_check_complete (f->evidence, f->rows, 1, TRUE, NULL));
  g_assert_false (wuyou_evidence_check_complete (f->evidence, f->rows, 1, FALSE, &closed));
  g_assert_error (closed, WUYOU_ERROR, WUYOU_ERROR_INVALID);
  g_assert_cmpstr (wuyou_error_get_field (closed), ==, "OWNER_IDENTITY");
  g_assert_cmpuint (wuyou_error_get_violations (closed)->len, ==, 1);
}

/* What was there before the request does not answer it. */
static void
test_request (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
  static const char request[] = "[{\"slot\":\"DETERMINATION\",\"title\":\"认定书\",\"reason\":\"无章\"}]";
  g_autoptr (GError) error = NULL;

  add (f, "DETERMINATION", WUYOU_EVIDENCE_AVAILABLE, T0 - 1);
  g_assert_false (wuyou_evidence_check_request (f->evidence, request, 1, T0, &error));
  g_assert_cmpstr (wuyou_error_get_field (error), ==, "DETERMINATION");
  add (f, "DETERMINATION", WUYOU_EVIDENCE_AVAILABLE, T0 + 1);
  g_assert_true (wuyou_evidence_check_request (f->evidence, request, 1, T0, NULL));
}

static void
test_facts (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WuyouContract) contract = wuyou_test_contract_new ();
  WuyouEvidence *licence = add (f, "VEHICLE_LICENCE", WUYOU_EVIDENCE_AVAILABLE, T0);
  WuyouEvidence *notice = add (f, "LOSS_NOTICE", WUYOU_EVIDENCE_AVAILABLE, T0);
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GPtrArray) some = NULL;
  g_autoptr (GError) error = NULL;
  const WuyouContradiction *first;

  f->claim->loss_at = T0;
  licence->vin = g_strdup (contract->vin);
  licence->owner_name = g_strconcat (" ", contract->owner_name, NULL);
  notice->loss_on = wuyou_date_of_instant (T0);
  none = wuyou_evidence_compare (contract, f->claim, f->evidence);
  g_assert_cmpuint (none->len, ==, 0);
  notice->loss_on--;
  notice->vin = g_strdup ("WBA5R1109LFA00001");
  some = wuyou_evidence_compare (contract, f->claim, f->evidence);
  g_assert_cmpuint (some->len, ==, 2);
  first = some->pdata[0];
  g_assert_cmpstr (first->fact->name, ==, "vin");
  g_assert_cmpuint (first->values->len, ==, 3);
  g_assert_cmpstr (((WuyouContradiction *) some->pdata[1])->fact->name, ==, "loss_on");
  g_assert_true (wuyou_evidence_check_facts (notice, NULL));
  notice->payout_fen = 100;
  g_assert_false (wuyou_evidence_check_facts (notice, &error));
  g_assert_cmpstr (wuyou_error_get_field (error), ==, "payout_fen");
}

/* A returned or withdrawn paper contradicts nobody. */
static void
test_facts_of_gone (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
  static const int gone[] = { WUYOU_EVIDENCE_RETURNED, WUYOU_EVIDENCE_WITHDRAWN, WUYOU_EVIDENCE_INFECTED };
  g_autoptr (WuyouContract) contract = wuyou_test_contract_new ();

  for (guint i = 0; i < G_N_ELEMENTS (gone); i++) {
    WuyouEvidence *paper = add (f, "VEHICLE_LICENCE", gone[i], T0);
    g_autoptr (GPtrArray) found = NULL;

    paper->vin = g_strdup ("WBA5R1109LFA00001");
    found = wuyou_evidence_compare (contract, f->claim, f->evidence);
    g_assert_cmpuint (found->len, ==, 0);
  }
}

/* Which sections take changes in which state, and whose turn it is: all of it, as 6.2 has it. */
static void
test_turns (Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
  static const struct {
    int state;
    WuyouTurn turn;
    const char *sections;
  } cases[] = {
    { WUYOU_CLAIM_DRAFT, WUYOU_TURN_CLERK, "loss consent determination" },
    { WUYOU_CLAIM_REPORTED, WUYOU_TURN_INSURER, "loss consent determination" },
    { WUYOU_CLAIM_PRE_SUBMITTED, WUYOU_TURN_ASSESSOR, "" },
    { WUYOU_CLAIM_PRE_REVIEW, WUYOU_TURN_ASSESSOR, "" },
    { WUYOU_CLAIM_MORE_DOCS, WUYOU_TURN_CLERK, "consent determination" },
    { WUYOU_CLAIM_PRE_APPROVED, WUYOU_TURN_CLERK, "consent replacement costs" },
    { WUYOU_CLAIM_PRE_REJECTED, WUYOU_TURN_NOBODY, "" },
    { WUYOU_CLAIM_REPLACING, WUYOU_TURN_CLERK, "consent determination replacement costs" },
    { WUYOU_CLAIM_FINAL_SUBMITTED, WUYOU_TURN_ASSESSOR, "" },
    { WUYOU_CLAIM_FINAL_REVIEW, WUYOU_TURN_ASSESSOR, "" },
    { WUYOU_CLAIM_APPROVED, WUYOU_TURN_FINANCE, "" },
    { WUYOU_CLAIM_REJECTED, WUYOU_TURN_NOBODY, "" },
    { WUYOU_CLAIM_SETTLING, WUYOU_TURN_FINANCE, "" },
    { WUYOU_CLAIM_CLOSED_PAID, WUYOU_TURN_NOBODY, "" },
    { WUYOU_CLAIM_CLOSED_UNPAID, WUYOU_TURN_NOBODY, "" },
    { WUYOU_CLAIM_WITHDRAWN, WUYOU_TURN_NOBODY, "" },
    { WUYOU_CLAIM_APPEAL, WUYOU_TURN_ASSESSOR, "consent" },
  };
  static const char *const sections[] = { "loss", "consent", "determination", "replacement", "costs" };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GString) open = g_string_new (NULL);

    f->claim->state = cases[i].state;
    g_assert_cmpint (wuyou_claim_get_turn (f->claim), ==, cases[i].turn);
    for (guint s = 0; s < G_N_ELEMENTS (sections); s++)
      if (wuyou_claim_section_is_open (f->claim, sections[s]))
        g_string_append_printf (open, "%s%s", open->len > 0 ? " " : "", sections[s]);
    g_assert_cmpstr (open->str, ==, cases[i].sections);
  }
}

int
main (int argc, char *argv[])
{
  static const struct {
    const char *path;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/evidence/slots", test_slots },
    { "/evidence/consent", test_consent },
    { "/evidence/appeal-over", test_appeal_over },
    { "/evidence/more", test_more_documents },
    { "/evidence/slot-state", test_slot_state },
    { "/evidence/page-returned", test_page_returned },
    { "/evidence/complete", test_complete },
    { "/evidence/request", test_request },
    { "/evidence/facts", test_facts },
    { "/evidence/facts-of-gone", test_facts_of_gone },
    { "/evidence/turns", test_turns },
  };

  wuyou_test_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
