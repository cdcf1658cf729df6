/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "base/wuyou-json.h"
#include "claims/wuyou-claim-rules.h"
#include "wuyou-claim-test.h"
#include "wuyou-contract-store.h"

/* What each side may see, decide and reach around of a claim. */

#define OF_INSURER "{\"commercial_insurer\":\"示例保险股份有限公司\"}"

/* An ACTIVE contract whose motor insurer is on the platform. */
static char *
insured_contract (WuyouSale *sale)
{
  char *id;

  wuyou_test_set_now (WUYOU_TEST_NOW);
  id = wuyou_sale_bring_to (sale, "ad", OF_INSURER, "PAID");
  wuyou_test_set_now (WUYOU_TEST_NOW + 12 * G_TIME_SPAN_DAY);
  wuyou_sale_wait_state (sale, wuyou_sale_user (sale, "ad", "DADM"), id, "ACTIVE");
  return id;
}

static void
unmask (WuyouSale *sale, const WuyouSaleUser *user, const char *id, const char *field, const char *expected)
{
  g_auto (GStrv) names = g_strsplit (field, ".", 2);
  g_autofree char *body = g_strdup_printf ("{\"fields\":[\"%s\"],\"reason\":\"核对\"}", field);
  g_autoptr (WuyouSaleReply) reply
      = WUYOU_CALL (sale, 200, NULL, .user = user, .route = WUYOU_ROUTE_CLAIM_UNMASK, .arg0 = id, .body = body);

  g_assert_cmpstr (wuyou_json_get_string (wuyou_json_get_object (reply->json, names[0]), names[1]), ==, expected);
}

static void
expect_words (const WuyouSaleReply *reply, const char *const *words, gboolean there)
{
  for (; *words != NULL; words++) {
    g_test_message ("%s", *words);
    g_assert_cmpint (wuyou_sale_reply_has_bytes (reply, *words), ==, there);
  }
}

static gint64
count_total (WuyouSale *sale, const WuyouSaleUser *user, const char *query)
{
  g_autoptr (WuyouSaleReply) reply
      = WUYOU_CALL (sale, 200, NULL, .user = user, .route = WUYOU_ROUTE_CLAIMS_LIST, .query = query);

  return wuyou_json_get_int (reply->json, "total");
}

/* Nobody but the one who looks; whoever did the others was somebody. */
static void
expect_unnamed (const WuyouSaleReply *reply)
{
  JsonArray *timeline = wuyou_json_get_array (reply->json, "timeline");

  g_assert_cmpint (json_array_get_length (timeline), >, 0);
  for (guint i = 0; i < json_array_get_length (timeline); i++) {
    JsonObject *entry = wuyou_json_array_get_object (timeline, i);
    gboolean own = g_strcmp0 (wuyou_json_get_string (entry, "action"), "determine") == 0;

    g_assert_cmpint (wuyou_json_get_string (entry, "actor") != NULL, ==, own);
    g_assert_cmpint (wuyou_json_get_boolean (entry, "unnamed"), ==, !own);
  }
}

/* From the report on the insurer sees its claim, and then nothing of review, reasons, names and money (1.2-02). */
static void
test_insurer (WuyouSale *sale)
{
  static const char *const internal[]
      = { "内部疑点", "仅前部受损", "benefit_json", "clauses", "settlement", "模糊不清", NULL };
  const WuyouSaleUser *clerk = wuyou_sale_user (sale, "ad", "DCLM"), *insurer = wuyou_sale_user (sale, "in", "ICLM");
  const WuyouSaleUser *assessor = wuyou_sale_user (sale, "op", "OCLA");
  g_autofree char *contract = insured_contract (sale);
  g_autofree char *id = wuyou_claim_test_create (sale, clerk, contract, NULL);
  g_autoptr (WuyouSaleReply) view = NULL;

  WUYOU_EXPECT (sale, 404, "NOT_FOUND", .user = insurer, .route = WUYOU_ROUTE_CLAIM_GET, .arg0 = id);
  g_assert_cmpint (count_total (sale, insurer, NULL), ==, 0);
  wuyou_claim_test_act (sale, clerk, id, "report", NULL, 200, NULL);
  g_assert_cmpint (count_total (sale, insurer, NULL), ==, 1);
  g_assert_cmpint (count_total (sale, insurer, "queue=true"), ==, 1);
  WUYOU_EXPECT (sale, 422, "INVALID", .user = insurer, .route = WUYOU_ROUTE_CLAIMS_LIST, .query = "sort=settled_fen");
  WUYOU_EXPECT (sale, 422, "INVALID", .user = clerk, .route = WUYOU_ROUTE_CLAIMS_LIST, .query = "sort=-settled_fen");
  WUYOU_EXPECT (sale, 200, NULL, .user = wuyou_sale_user (sale, "op", "OFIN"), .route = WUYOU_ROUTE_CLAIMS_LIST,
                .query = "sort=settled_fen");
  unmask (sale, insurer, id, "contract.payment_reference", NULL);
  unmask (sale, insurer, id, "contract.owner_name", "李雷");
  wuyou_claim_test_fill (sale, id, WUYOU_PHASE_LOSS);
  wuyou_claim_test_act (sale, insurer, id, "determine",
                        "{\"determination\":\"PARTIAL\",\"determined_on\":\"2026-12-04\"}", 200, NULL);
  wuyou_claim_test_act (sale, clerk, id, "determine", "{\"determination\":\"ACTUAL\",\"determined_on\":\"2026-12-04\"}",
                        403, "FORBIDDEN");
  wuyou_claim_test_act (sale, insurer, id, "determine",
                        "{\"determination\":\"ACTUAL\",\"determined_on\":\"2026-12-04\"}", 200, NULL);
  wuyou_claim_test_act (sale, clerk, id, "submit", NULL, 200, NULL);
  wuyou_claim_test_act (sale, assessor, id, "take", NULL, 200, NULL);
  WUYOU_EXPECT (sale, 200, NULL, .user = assessor, .route = WUYOU_ROUTE_CLAIM_CHECKS, .arg0 = id,
                .version = wuyou_claim_test_version (sale, assessor, id),
                .body = "{\"cause\":{\"value\":\"NOT_MET\",\"note\":\"内部疑点\"}}");
  unmask (sale, insurer, id, "claim.check_notes_json", NULL);
  wuyou_claim_test_act (sale, assessor, id, "request",
                        "{\"request\":[{\"slot\":\"LOSS_NOTICE\",\"reason\":\"模糊不清\"}]}", 200, NULL);
  view = wuyou_claim_test_get (sale, insurer, id);
  expect_words (view, internal, FALSE);
  wuyou_sale_reply_free (g_steal_pointer (&view));
  wuyou_test_advance (G_TIME_SPAN_HOUR);
  g_free (wuyou_claim_test_file (sale, id, "LOSS_NOTICE", WUYOU_PHASE_LOSS));
  wuyou_claim_test_act (sale, clerk, id, "supply", NULL, 200, NULL);
  wuyou_claim_test_checks (sale, assessor, id);
  wuyou_claim_test_act (sale, wuyou_sale_user (sale, "op", "OCLB"), id, "reject",
                        "{\"exclusion\":\"PARTIAL_LOSS\",\"reason\":\"仅前部受损\"}", 200, NULL);
  view = wuyou_claim_test_get (sale, insurer, id);
  expect_words (view, internal, FALSE);
  expect_unnamed (view);
  /* What it does not read is not missing to it. */
  g_assert_cmpint (json_array_get_length (wuyou_json_get_array (view->json, "checklist")), ==, 1);
  g_assert_true (wuyou_sale_reply_has_bytes (view, "\"slot\":\"DETERMINATION\""));
  /* Each state was counted once, for whom it concerns. */
  g_assert_cmpint (wuyou_site_count (sale->site, "SELECT CAST(sum(amount) AS BIGINT) FROM counters "
                                                 "WHERE kind = 'claim-insurer'"),
                   ==, 1);
  g_assert_cmpint (count_total (sale, insurer, "state=PRE_REJECTED"), ==, 1);
}

/* Notes, checks and an amount that is not decided stay with the operator; each note stays when others are sent. */
static void
test_internal_notes (WuyouSale *sale)
{
  static const char *const internal[] = { "内部疑点", "另有隐情", "200000", "NOT_MET", NULL };
  const WuyouSaleUser *clerk = wuyou_sale_user (sale, "ad", "DCLM"), *assessor = wuyou_sale_user (sale, "op", "OCLA");
  g_autofree char *id = wuyou_claim_test_bring_to (sale, "ad", "FINAL_REVIEW");
  g_autoptr (WuyouSaleReply) view = NULL;

  WUYOU_EXPECT (sale, 200, NULL, .user = assessor, .route = WUYOU_ROUTE_CLAIM_SETTLE, .arg0 = id,
                .body = "{\"amount_fen\":200000,\"reason\":\"另有隐情\"}",
                .version = wuyou_claim_test_version (sale, assessor, id));
  WUYOU_EXPECT (sale, 200, NULL, .user = assessor, .route = WUYOU_ROUTE_CLAIM_CHECKS, .arg0 = id,
                .version = wuyou_claim_test_version (sale, assessor, id),
                .body = "{\"cause\":{\"value\":\"NOT_MET\",\"note\":\"内部疑点\"}}");
  WUYOU_EXPECT (sale, 200, NULL, .user = assessor, .route = WUYOU_ROUTE_CLAIM_CHECKS, .arg0 = id,
                .version = wuyou_claim_test_version (sale, assessor, id),
                .body = "{\"contract\":{\"value\":\"MET\",\"note\":\"合同有效\"}}");
  unmask (sale, assessor, id, "claim.check_notes_json",
          "{\"check_contract\":\"合同有效\",\"check_cause\":\"内部疑点\"}");
  unmask (sale, clerk, id, "claim.check_notes_json", NULL);
  view = wuyou_claim_test_get (sale, clerk, id);
  expect_words (view, internal, FALSE);
  wuyou_sale_reply_free (g_steal_pointer (&view));
  wuyou_claim_test_checks (sale, assessor, id);
  wuyou_claim_test_act (sale, wuyou_sale_user (sale, "op", "OCLB"), id, "approve", NULL, 200, NULL);
  view = wuyou_claim_test_get (sale, clerk, id);
  g_assert_cmpint (wuyou_json_get_int (wuyou_json_get_object (view->json, "claim"), "override_fen"), ==, 200000);
}

/* A group that ended takes its dealerships with it; whoever reviews for the operator is not their clerk as well. */
static void
test_desk (WuyouSale *sale)
{
  const WuyouSaleUser *desk = wuyou_sale_user (sale, "op", "OOPS"), *both = wuyou_sale_user (sale, "op", "OOPS OCLA");
  g_autofree char *id = wuyou_claim_test_bring_to (sale, "ad", "REPORTED");

  wuyou_claim_test_fill (sale, id, WUYOU_PHASE_LOSS);
  g_assert_cmpint (count_total (sale, wuyou_sale_user (sale, "op", "OAUD"), "queue=true"), ==, 0);
  wuyou_site_suspend_org (sale->site, "gr", TRUE);
  g_assert_cmpint (count_total (sale, desk, "queue=true"), ==, 1); /* its insurer is not here: the desk records it */
  wuyou_claim_test_act (sale, both, id, "determine", "{\"determination\":\"ACTUAL\",\"determined_on\":\"2026-12-04\"}",
                        403, "FORBIDDEN");
  wuyou_claim_test_act (sale, desk, id, "determine", "{\"determination\":\"ACTUAL\",\"determined_on\":\"2026-12-04\"}",
                        200, NULL);
  g_assert_cmpint (count_total (sale, desk, "queue=true"), ==, 1);
  wuyou_claim_test_act (sale, desk, id, "submit", NULL, 200, NULL);
  g_assert_cmpint (count_total (sale, both, "queue=true"), ==, 1);
}

/* A loss that is corrected is late by what it is now, and its determination does not lie before it. */
static void
test_corrected_loss (WuyouSale *sale)
{
  const WuyouSaleUser *clerk = wuyou_sale_user (sale, "ad", "DCLM");
  g_autofree char *id = wuyou_claim_test_bring_to (sale, "ad", "REPORTED");
  g_autofree char *before = wuyou_claim_test_dup (sale, clerk, id, "reported_late");
  g_autofree char *after = NULL;
  g_autofree char *body = NULL;
  char at[28];

  g_assert_cmpstr (before, ==, "true");
  wuyou_instant_format (wuyou_clock_now (wuyou_test_clock ()) - G_TIME_SPAN_HOUR, at);
  body = g_strdup_printf ("{\"loss_at\":\"%s\"}", at);
  wuyou_claim_test_put (sale, clerk, id, body);
  after = wuyou_claim_test_dup (sale, clerk, id, "reported_late");
  g_assert_cmpstr (after, !=, "true");
}

static guint
count_evidence (WuyouSale *sale, const char *org, const char *role, const char *id)
{
  g_autoptr (WuyouSaleReply) view = wuyou_claim_test_get (sale, wuyou_sale_user (sale, org, role), id);

  return json_array_get_length (wuyou_json_get_array (view->json, "evidence"));
}

/* Who reads claims does not read their papers by that (requirements 5); finance sees its own. */
static void
test_papers_of_whom (WuyouSale *sale)
{
  static const struct {
    const char *org, *role;
    guint files;
  } cases[] = { { "ad", "DCLM", 2 }, { "ad", "DSAL", 0 }, { "ad", "DFIN", 0 }, { "gr", "DGRP", 0 },
                { "op", "OOPS", 2 }, { "op", "OCLB", 2 }, { "op", "OFIN", 1 } };
  const WuyouSaleUser *clerk = wuyou_sale_user (sale, "ad", "DCLM");
  g_autofree char *contract = wuyou_claim_test_contract (sale, "ad");
  g_autofree char *id = wuyou_claim_test_create (sale, clerk, contract, NULL);

  g_free (wuyou_claim_test_file (sale, id, "LOSS_NOTICE", WUYOU_PHASE_LOSS));
  g_free (wuyou_claim_test_file (sale, id, "PAYMENT_PROOF", WUYOU_PHASE_LOSS));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_test_message ("%s", cases[i].role);
    g_assert_cmpuint (count_evidence (sale, cases[i].org, cases[i].role, id), ==, cases[i].files);
  }
}

static void
expect_paper (WuyouSale *sale, const char *org, const char *role, const char *id, const char *kind, guint status)
{
  g_test_message ("%s for %s", kind, role);
  WUYOU_EXPECT (sale, status,
                status == 200   ? NULL
                : status == 403 ? "FORBIDDEN"
                                : "ILLEGAL_TRANSITION",
                .user = wuyou_sale_user (sale, org, role), .route = WUYOU_ROUTE_CLAIM_PAPER, .arg0 = id, .arg1 = kind);
}

/* No paper says more than the page: not the amount before it is decided, not the list of documents. */
static void
test_papers_say_no_more (WuyouSale *sale)
{
  static const struct {
    const char *org, *role;
    guint settlement, list;
  } rows[] = {
    { "ad", "DCLM", 409, 200 }, { "ad", "DADM", 409, 200 }, { "ad", "DSAL", 409, 403 }, { "ad", "DFIN", 409, 403 },
    { "op", "OCLA", 200, 200 }, { "op", "OCLB", 200, 200 }, { "op", "OFIN", 200, 403 },
  };
  g_autofree char *id = wuyou_claim_test_bring_to (sale, "ad", "FINAL_REVIEW");

  WUYOU_EXPECT (sale, 200, NULL, .user = wuyou_sale_user (sale, "op", "OCLA"), .route = WUYOU_ROUTE_CLAIM_SETTLE,
                .arg0 = id, .body = "{}",
                .version = wuyou_claim_test_version (sale, wuyou_sale_user (sale, "op", "OCLA"), id));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    expect_paper (sale, rows[i].org, rows[i].role, id, "settlement", rows[i].settlement);
    expect_paper (sale, rows[i].org, rows[i].role, id, "evidence-list", rows[i].list);
  }
}

static char *
dup_long_request (guint n)
{
  GString *out = g_string_new ("{\"request\":[");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (out, "%s{\"slot\":\"LOSS_NOTICE\",\"reason\":\"模糊不清\"}", i > 0 ? "," : "");
  g_string_append (out, "]}");
  return g_string_free (out, FALSE);
}

static void
test_hostile (WuyouSale *sale)
{
  static const char *const requests[] = {
    "{\"request\":[5]}",
    "{\"request\":[[]]}",
    "{\"request\":[null]}",
    "{\"request\":[{\"slot\":7,\"reason\":\"模糊\"}]}",
    "{\"request\":[{\"slot\":\"LOSS_NOTICE\"}]}",
    "{\"request\":{}}",
    "{\"request\":[{\"slot\":\"LOSS_NOTICE\",\"reason\":\"模糊\"},{\"slot\":\"LOSS_NOTICE\",\"reason\":\"缺页\"}]}",
    "{\"determined_on\":\"2026-02-30\"}",
    "{\"assessor_id\":\"x\"}",
  };
  static const char *const queries[] = {
    "state=DRAFT,,REPORTED", "phase=3",    "sort=assessor_id", "limit=0",          "limit=501", "offset=-1",
    "after=1&sort=due_on",   "mine=maybe", "contract=%27",     "after=1&offset=1",
  };
  const WuyouSaleUser *assessor = wuyou_sale_user (sale, "op", "OCLA"), *clerk = wuyou_sale_user (sale, "ad", "DCLM");
  g_autofree char *id = wuyou_claim_test_bring_to (sale, "ad", "PRE_REVIEW");
  g_autofree char *many = dup_long_request (61);
  g_autofree char *message = wuyou_sale_new_id (sale);
  g_autofree char *body = g_strdup_printf ("{\"id\":\"%s\",\"text\":\"请补充\"}", message);
  g_autofree char *other = g_strdup_printf ("{\"id\":\"%s\",\"text\":\"另一句\"}", message);

  for (guint i = 0; i < G_N_ELEMENTS (requests); i++) {
    g_test_message ("%s", requests[i]);
    wuyou_claim_test_act (sale, assessor, id, "request", requests[i], 422, "INVALID");
  }
  wuyou_claim_test_act (sale, assessor, id, "request", many, 422, "INVALID");
  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    WUYOU_EXPECT (sale, 422, "INVALID", .user = clerk, .route = WUYOU_ROUTE_CLAIMS_LIST, .query = queries[i]);
  /* The same again under another key is the same; other words under the same id are not. */
  WUYOU_EXPECT (sale, 200, NULL, .user = assessor, .route = WUYOU_ROUTE_CLAIM_MESSAGE, .arg0 = id, .body = body);
  WUYOU_EXPECT (sale, 200, NULL, .user = assessor, .route = WUYOU_ROUTE_CLAIM_MESSAGE, .arg0 = id, .body = body);
  WUYOU_EXPECT (sale, 409, "CONFLICT", .user = assessor, .route = WUYOU_ROUTE_CLAIM_MESSAGE, .arg0 = id, .body = other);
  WUYOU_EXPECT (sale, 409, "CONFLICT", .user = clerk, .route = WUYOU_ROUTE_CLAIM_MESSAGE, .arg0 = id, .body = body);
  g_assert_cmpint (wuyou_site_count (sale->site, "SELECT count(*) FROM claim_messages"), ==, 1);
}

/* With the customer's contract goes what its claims say and are found by. */
static void
test_erased (WuyouSale *sale)
{
  static const char *const words[] = { "李雷", "云岭高速", "追尾", "钱多", "请补充", NULL };
  const WuyouSaleUser *clerk = wuyou_sale_user (sale, "ad", "DCLM");
  const WuyouActor actor = { .at = wuyou_clock_now (wuyou_test_clock ()) };
  g_autofree char *id = wuyou_claim_test_bring_to (sale, "ad", "REPORTED");
  g_autofree char *contract = wuyou_claim_test_dup (sale, clerk, id, "contract_id");
  g_autofree char *message = wuyou_sale_new_id (sale);
  g_autofree char *body = g_strdup_printf ("{\"id\":\"%s\",\"text\":\"请补充\"}", message);
  gint64 version = wuyou_claim_test_version (sale, clerk, id);
  g_autoptr (WuyouSaleReply) view = NULL;
  g_autoptr (WuyouSaleReply) list = NULL;
  g_autoptr (GError) error = NULL;

  WUYOU_EXPECT (sale, 200, NULL, .user = clerk, .route = WUYOU_ROUTE_CLAIM_MESSAGE, .arg0 = id, .body = body);
  g_assert_cmpint (count_total (sale, clerk, "q=%E6%9D%8E%E9%9B%B7"), ==, 1);
  g_assert_cmpint (count_total (sale, clerk, "q=%E6%9D%8E%E9%9B%B7&state=DRAFT"), ==, 0);
  g_assert_cmpint (count_total (sale, clerk, "q=%E9%9F%A9%E6%A2%85"), ==, 0); /* nobody here */
  wuyou_contract_erase (sale->site->store, contract, &actor, "主体请求", &error);
  g_assert_no_error (error);
  view = wuyou_claim_test_get (sale, clerk, id);
  g_assert_true (wuyou_json_get_boolean (view->json, "erased"));
  g_assert_cmpint (view->version, ==, version + 1);
  expect_words (view, words, FALSE);
  g_assert_cmpint (count_total (sale, clerk, "q=%E6%9D%8E%E9%9B%B7"), ==, 0);
  list = WUYOU_CALL (sale, 200, NULL, .user = clerk, .route = WUYOU_ROUTE_CLAIMS_LIST);
  g_assert_cmpint (wuyou_json_get_int (list->json, "total"), ==, 1);
  expect_words (list, words, FALSE);
  unmask (sale, clerk, id, "claim.loss_place", NULL);
  wuyou_claim_test_act (sale, clerk, id, "submit", NULL, 409, "ILLEGAL_TRANSITION");
  g_assert_cmpint (wuyou_site_count (sale->site, "SELECT count(*) FROM customer_keys WHERE purpose = 'claims'"), ==, 0);
}

static void
expect_state (WuyouSale *sale, const char *id, const char *state)
{
  g_autofree char *now = wuyou_claim_test_dup (sale, wuyou_sale_user (sale, "ad", "DCLM"), id, "state");

  g_assert_cmpstr (now, ==, state);
}

/* The owner takes the consent back while the reviewer has the case (PIPL 15): it comes back, is not taken without the
 * consent, and goes on with the very papers when it is given again. */
static void
test_consent_revoked (WuyouSale *sale)
{
  static const char why[] = "{\"reason\":\"车主来电撤回同意\"}";
  const WuyouSaleUser *clerk = wuyou_sale_user (sale, "ad", "DCLM"), *assessor = wuyou_sale_user (sale, "op", "OCLA");
  g_autofree char *id = wuyou_claim_test_bring_to (sale, "ad", "PRE_REVIEW");
  g_autoptr (WuyouSaleReply) view = NULL, refused = NULL;

  wuyou_claim_test_act (sale, assessor, id, WUYOU_CLAIM_REVOKE, why, 403, "FORBIDDEN");
  WUYOU_EXPECT (sale, 404, "NOT_FOUND", .user = wuyou_sale_user (sale, "hy", "DCLM"), .route = WUYOU_ROUTE_CLAIM_ACT,
                .arg0 = id, .arg1 = WUYOU_CLAIM_REVOKE, .body = why, .version = 1);
  wuyou_claim_test_act (sale, clerk, id, WUYOU_CLAIM_REVOKE, "{}", 422, "INVALID");
  wuyou_claim_test_act (sale, clerk, id, WUYOU_CLAIM_REVOKE, why, 200, NULL);
  expect_state (sale, id, "MORE_DOCS");
  view = wuyou_claim_test_get (sale, assessor, id);
  g_assert_true (wuyou_sale_reply_has_bytes (view, "车主来电撤回同意"));
  g_assert_true (wuyou_sale_reply_has_bytes (view, "\"action\":\"revoke-consent\""));
  g_assert_false (wuyou_json_get_boolean (wuyou_json_get_object (view->json, "claim"), "consent_sensitive"));
  g_assert_cmpint (wuyou_site_count (sale->site, "SELECT count(*) FROM papers"), ==,
                   wuyou_site_count (sale->site, "SELECT count(*) FROM papers WHERE kind <> 'more-documents'"));
  g_assert_cmpint (wuyou_site_count (sale->site, "SELECT count(*) FROM jobs WHERE kind = 'lapse' AND done_at = 0"), ==,
                   1);
  refused = WUYOU_CALL (sale, 422, "INVALID", .user = clerk, .route = WUYOU_ROUTE_CLAIM_ACT, .arg0 = id,
                        .arg1 = "supply", .body = "{}", .version = wuyou_claim_test_version (sale, clerk, id));
  g_assert_true (wuyou_sale_reply_has_field (refused, "OWNER_IDENTITY"));
  wuyou_claim_test_put (sale, clerk, id, "{\"consent_sensitive\":true,\"consent_on\":\"2026-12-01\"}");
  wuyou_claim_test_act (sale, clerk, id, "supply", NULL, 200, NULL);
  expect_state (sale, id, "PRE_REVIEW");
}

#define REVOKED "{\"reason\":\"车主来电撤回同意\"}"

/* Before anybody took the case it is simply on the desk again. */
static void
test_consent_revoked_early (WuyouSale *sale)
{
  const WuyouSaleUser *clerk = wuyou_sale_user (sale, "ad", "DCLM");
  g_autofree char *id = wuyou_claim_test_bring_to (sale, "ad", "PRE_SUBMITTED");

  wuyou_claim_test_act (sale, clerk, id, WUYOU_CLAIM_REVOKE, REVOKED, 200, NULL);
  expect_state (sale, id, "REPORTED");
  wuyou_claim_test_act (sale, clerk, id, "submit", NULL, 422, "INVALID");
  wuyou_claim_test_put (sale, clerk, id, "{\"consent_sensitive\":true,\"consent_on\":\"2026-12-01\"}");
  wuyou_claim_test_act (sale, clerk, id, "submit", NULL, 200, NULL);
}

/* What was decided stays decided, without a second letter. */
static void
test_consent_revoked_late (WuyouSale *sale)
{
  static const char papers[] = "SELECT count(*) FROM papers";
  const WuyouSaleUser *clerk = wuyou_sale_user (sale, "ad", "DCLM");
  g_autofree char *id = wuyou_claim_test_bring_to (sale, "ad", "APPROVED");
  gint64 n = wuyou_site_count (sale->site, papers);

  wuyou_claim_test_act (sale, clerk, id, WUYOU_CLAIM_REVOKE, REVOKED, 200, NULL);
  expect_state (sale, id, "APPROVED");
  wuyou_claim_test_act (sale, clerk, id, WUYOU_CLAIM_REVOKE, REVOKED, 409, "ILLEGAL_TRANSITION");
  g_assert_cmpint (wuyou_site_count (sale->site, papers), ==, n);
}

int
main (int argc, char **argv)
{
  static const WuyouSaleCase cases[] = {
    { "insurer", test_insurer },
    { "internal-notes", test_internal_notes },
    { "desk", test_desk },
    { "corrected-loss", test_corrected_loss },
    { "hostile", test_hostile },
    { "erased", test_erased },
    { "consent-revoked", test_consent_revoked },
    { "consent-revoked-early", test_consent_revoked_early },
    { "consent-revoked-late", test_consent_revoked_late },
    { "papers-of-whom", test_papers_of_whom },
    { "papers-say-no-more", test_papers_say_no_more },
  };

  wuyou_test_init (&argc, &argv);
  wuyou_sale_add_tests ("claims-review", cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
