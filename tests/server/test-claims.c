/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "base/wuyou-json.h"
#include "claims/wuyou-settlement.h"
#include "wuyou-audit-store.h"
#include "wuyou-claim-test.h"
#include "wuyou-document-store.h"
#include "records/wuyou-job-service.h"
#include "wuyou-paper-payload.h"
#include "wuyou-test-benefit.h"
#include "wuyou-test-records.h"

#define DAY G_TIME_SPAN_DAY

static void
assert_state (WuyouSale *sale, const WuyouSaleUser *user, const char *id, const char *state)
{
  g_autofree char *present = wuyou_claim_test_dup (sale, user, id, "state");

  g_assert_cmpstr (present, ==, state);
}

static void
wait_state (WuyouSale *sale, const WuyouSaleUser *user, const char *id, const char *state)
{
  gint64 until = g_get_monotonic_time () + 10 * G_TIME_SPAN_SECOND;

  wuyou_job_service_wake (sale->site->context.jobs);
  for (;;) {
    g_autofree char *present = wuyou_claim_test_dup (sale, user, id, "state");

    if (g_str_equal (present, state))
      return;
    g_assert_cmpint (g_get_monotonic_time (), <, until);
    g_usleep (20000);
  }
}

static const char *
get_turn (const WuyouSaleReply *reply)
{
  return wuyou_json_get_string (wuyou_json_get_object (reply->json, "turn"), "holder");
}

/* From the report to the end of the contract, each by whom it belongs to. */
static void
test_whole_way (WuyouSale *sale)
{
  const WuyouSaleUser *clerk = wuyou_sale_user (sale, "ad", "DCLM");
  const WuyouSaleUser *finance = wuyou_sale_user (sale, "op", "OFIN");
  g_autofree char *id = wuyou_claim_test_bring_to (sale, "ad", "SETTLING");
  g_autoptr (WuyouSaleReply) settling = wuyou_claim_test_get (sale, finance, id);
  JsonObject *claim = wuyou_json_get_object (settling->json, "claim");
  const char *settlement = wuyou_json_get_string (claim, "settlement_json");
  gint64 amount = wuyou_json_get_int (claim, "settled_fen");
  g_autofree char *pay = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (get_turn (settling), ==, "FINANCE");
  /* 412,800.00 × 0.6 % × 1 completed month since the invoice of 3 October */
  g_assert_cmpint (amount, ==, 247680);
  g_assert_true (wuyou_settlement_verify (settlement, wuyou_test_benefit, &error));
  pay = g_strdup_printf ("{\"paid_fen\":%" G_GINT64_FORMAT ",\"paid_on\":\"2026-12-05\",\"payment_reference\":\"F1\"}",
                         amount);
  wuyou_claim_test_act (sale, finance, id, "pay", pay, 422, "INVALID"); /* no proof yet */
  g_free (wuyou_claim_test_file (sale, id, "PAYMENT_PROOF", WUYOU_PHASE_REPLACEMENT));
  wuyou_claim_test_act (sale, finance, id, "pay", pay, 200, NULL);
  assert_state (sale, clerk, id, "CLOSED_PAID");
}

static void
test_numbers_and_actions (WuyouSale *sale)
{
  const WuyouSaleUser *clerk = wuyou_sale_user (sale, "ad", "DCLM");
  g_autofree char *contract = wuyou_claim_test_contract (sale, "ad");
  g_autofree char *id = wuyou_claim_test_create (sale, clerk, contract, NULL);
  g_autofree char *none = wuyou_claim_test_dup (sale, clerk, id, "number");
  g_autofree char *number = NULL;
  g_autofree char *late = NULL;
  g_autoptr (WuyouSaleReply) view = NULL;

  g_assert_null (none);
  wuyou_claim_test_act (sale, clerk, id, "report", NULL, 200, NULL);
  number = wuyou_claim_test_dup (sale, clerk, id, "number");
  g_assert_true (g_str_has_prefix (number, "LP-2026-"));
  late = wuyou_claim_test_dup (sale, clerk, id, "reported_late");
  g_assert_cmpstr (late, ==, "true"); /* ten days: a warning, not a refusal (C-01) */
  view = wuyou_claim_test_get (sale, clerk, id);
  g_assert_cmpuint (json_array_get_length (wuyou_json_get_array (view->json, "checklist")), ==, 6);
  g_assert_cmpstr (get_turn (view), ==, "INSURER");
  wuyou_claim_test_act (sale, clerk, id, "submit", NULL, 422, "INVALID");
  wuyou_claim_test_act (sale, clerk, id, "take", NULL, 409, "ILLEGAL_TRANSITION");
  wuyou_claim_test_act (sale, clerk, id, "nonsense", NULL, 409, "ILLEGAL_TRANSITION");
}

/* A clerk of another dealership, and roles that have no claims. */
static void
test_scope (WuyouSale *sale)
{
  const WuyouSaleUser *clerk = wuyou_sale_user (sale, "ad", "DCLM");
  g_autofree char *contract = wuyou_claim_test_contract (sale, "ad");
  g_autofree char *id = wuyou_claim_test_create (sale, clerk, contract, NULL);
  g_autofree char *foreign = wuyou_claim_test_dup_body (WUYOU_TEST_PRODUCT_ID, contract, NULL);

  WUYOU_EXPECT (sale, 404, "NOT_FOUND", .user = wuyou_sale_user (sale, "hy", "DCLM"), .route = WUYOU_ROUTE_CLAIM_GET,
                .arg0 = id);
  WUYOU_EXPECT (sale, 404, "NOT_FOUND", .user = wuyou_sale_user (sale, "hy", "DCLM"), .route = WUYOU_ROUTE_CLAIM_CREATE,
                .body = foreign);
  WUYOU_EXPECT (sale, 403, "FORBIDDEN", .user = wuyou_sale_user (sale, "ad", "DSAL"), .route = WUYOU_ROUTE_CLAIM_CREATE,
                .body = foreign);
  WUYOU_EXPECT (sale, 403, "FORBIDDEN", .user = wuyou_sale_user (sale, "op", "OSYS"), .route = WUYOU_ROUTE_CLAIM_GET,
                .arg0 = id);
  WUYOU_EXPECT (sale, 200, NULL, .user = wuyou_sale_user (sale, "gr", "DGRP"), .route = WUYOU_ROUTE_CLAIM_GET,
                .arg0 = id);
}

#define OF_INSURER "{\"commercial_insurer\":\"示例保险股份有限公司\"}"

static void
test_insurer (WuyouSale *sale)
{
  const WuyouSaleUser *clerk = wuyou_sale_user (sale, "ad", "DCLM");
  const WuyouSaleUser *insurer = wuyou_sale_user (sale, "in", "ICLM");
  g_autofree char *other = wuyou_claim_test_contract (sale, "ad");
  g_autofree char *theirs = wuyou_claim_test_create (sale, clerk, other, NULL);
  const WuyouSaleUser *manager = wuyou_sale_user (sale, "ad", "DADM");
  g_autofree char *contract = NULL;
  g_autofree char *id = NULL;
  g_autoptr (WuyouSaleReply) view = NULL;
  g_autoptr (WuyouSaleReply) list = NULL;
  JsonObject *claim;

  wuyou_test_set_now (WUYOU_TEST_NOW);
  contract = wuyou_sale_bring_to (sale, "ad", OF_INSURER, "PAID");
  wuyou_test_set_now (WUYOU_TEST_NOW + 12 * DAY);
  wuyou_sale_wait_state (sale, manager, contract, "ACTIVE");
  id = wuyou_claim_test_create (sale, clerk, contract, NULL);
  wuyou_claim_test_act (sale, clerk, id, "report", NULL, 200, NULL);
  WUYOU_EXPECT (sale, 404, "NOT_FOUND", .user = insurer, .route = WUYOU_ROUTE_CLAIM_GET, .arg0 = theirs);
  view = wuyou_claim_test_get (sale, insurer, id);
  claim = wuyou_json_get_object (view->json, "claim");
  g_assert_false (json_object_has_member (wuyou_json_get_object (view->json, "contract"), "received_fen"));
  g_assert_false (json_object_has_member (claim, "settlement_json"));
  list = WUYOU_CALL (sale, 200, NULL, .user = insurer, .route = WUYOU_ROUTE_CLAIMS_LIST);
  g_assert_cmpint (wuyou_json_get_int (list->json, "total"), ==, 1);
  g_free (wuyou_claim_test_file (sale, id, "DETERMINATION", WUYOU_PHASE_LOSS));
  wuyou_claim_test_act (sale, insurer, id, "determine",
                        "{\"determination\":\"ACTUAL\",\"determined_on\":\"2026-12-04\"}", 200, NULL);
  wuyou_claim_test_act (sale, insurer, id, "submit", NULL, 403, "FORBIDDEN");
}

/* One claim at a time; a refused or withdrawn one makes room. */
static void
test_one_open (WuyouSale *sale)
{
  const WuyouSaleUser *clerk = wuyou_sale_user (sale, "ad", "DCLM");
  g_autofree char *contract = wuyou_claim_test_contract (sale, "ad");
  g_autofree char *first = wuyou_claim_test_create (sale, clerk, contract, NULL);
  g_autofree char *second = wuyou_claim_test_create (sale, clerk, contract, NULL);

  wuyou_claim_test_act (sale, clerk, first, "report", NULL, 200, NULL);
  wuyou_claim_test_act (sale, clerk, second, "report", NULL, 409, "CLAIM_OPEN");
  g_free (wuyou_claim_test_file (sale, first, "WITHDRAWAL_STATEMENT", WUYOU_PHASE_LOSS));
  wuyou_claim_test_act (sale, clerk, first, "withdraw", "{\"reason\":\"车主撤回\"}", 200, NULL);
  wuyou_claim_test_act (sale, clerk, second, "report", NULL, 200, NULL);
}

/* All that is missing is asked for in one notice; a second one says why (C-04), and the clock stands meanwhile. */
static void
test_more_documents (WuyouSale *sale)
{
  const WuyouSaleUser *clerk = wuyou_sale_user (sale, "ad", "DCLM");
  const WuyouSaleUser *assessor = wuyou_sale_user (sale, "op", "OCLA");
  g_autofree char *id = wuyou_claim_test_bring_to (sale, "ad", "PRE_REVIEW");
  static const char ask[] = "{\"request\":[{\"slot\":\"LOSS_NOTICE\",\"reason\":\"模糊不清\"}]}";
  static const char again[] = "{\"request\":[{\"slot\":\"OWNER_IDENTITY\",\"reason\":\"已过期\"}],"
                              "\"request_reason\":\"首次审核时证件仍有效\"}";

  wuyou_claim_test_act (sale, assessor, id, "request", "{}", 422, "INVALID");
  wuyou_claim_test_act (sale, assessor, id, "request", "{\"request\":[{\"slot\":\"NEW_INVOICE\",\"reason\":\"缺少\"}]}",
                        422, "INVALID"); /* of the other phase */
  wuyou_claim_test_act (sale, assessor, id, "request", ask, 200, NULL);
  assert_state (sale, clerk, id, "MORE_DOCS");
  wuyou_test_advance (G_TIME_SPAN_HOUR);
  wuyou_claim_test_act (sale, clerk, id, "supply", NULL, 422, "INVALID");
  g_free (wuyou_claim_test_file (sale, id, "LOSS_NOTICE", WUYOU_PHASE_LOSS));
  wuyou_claim_test_act (sale, clerk, id, "supply", NULL, 200, NULL);
  assert_state (sale, clerk, id, "PRE_REVIEW");
  wuyou_claim_test_act (sale, assessor, id, "request", ask, 422, "INVALID");
  wuyou_claim_test_act (sale, assessor, id, "request", again, 200, NULL);
}

/* At the last second of the grace nothing happens; at the next the case is closed, and may be appealed. */
static void
test_lapse (WuyouSale *sale)
{
  const WuyouSaleUser *clerk = wuyou_sale_user (sale, "ad", "DCLM");
  g_autofree char *id = wuyou_claim_test_bring_to (sale, "ad", "PRE_REVIEW");
  g_autoptr (WuyouSaleReply) view = NULL;
  gint64 due;

  wuyou_claim_test_act (sale, wuyou_sale_user (sale, "op", "OCLA"), id, "request",
                        "{\"request\":[{\"slot\":\"LOSS_NOTICE\",\"reason\":\"模糊不清\"}]}", 200, NULL);
  due = wuyou_site_count (sale->site, "SELECT due_at FROM jobs WHERE kind = 'lapse' AND done_at = 0");
  wuyou_test_set_now (due - 1);
  wuyou_job_service_wake (sale->site->context.jobs);
  g_usleep (100000);
  assert_state (sale, clerk, id, "MORE_DOCS");
  wuyou_test_set_now (due);
  wait_state (sale, clerk, id, "CLOSED_UNPAID");
  view = wuyou_claim_test_get (sale, clerk, id);
  g_assert_nonnull (wuyou_json_get_string (wuyou_json_get_object (view->json, "turn"), "appeal_until"));
  wuyou_claim_test_act (sale, clerk, id, "appeal", "{\"reason\":\"材料寄送延误\"}", 200, NULL);
  assert_state (sale, clerk, id, "APPEAL");
}

/* Whoever assessed does not decide, and after an appeal somebody else does (C-08, C-09). */
static void
test_four_eyes (WuyouSale *sale)
{
  const WuyouSaleUser *clerk = wuyou_sale_user (sale, "ad", "DCLM");
  const WuyouSaleUser *assessor = wuyou_sale_user (sale, "op", "OCLA");
  const WuyouSaleUser *both = wuyou_sale_user (sale, "op", "OCLA OCLB");
  const WuyouSaleUser *approver = wuyou_sale_user (sale, "op", "OCLB");
  const WuyouSaleUser *second = wuyou_sale_add_user (sale, "op", "OCLB");
  static const char refuse[] = "{\"exclusion\":\"PARTIAL_LOSS\",\"reason\":\"仅前部受损\"}";
  g_autofree char *id = wuyou_claim_test_bring_to (sale, "ad", "PRE_SUBMITTED");

  wuyou_claim_test_act (sale, both, id, "take", NULL, 200, NULL);
  WUYOU_EXPECT (sale, 403, "FORBIDDEN", .user = assessor, .route = WUYOU_ROUTE_CLAIM_CHECKS, .arg0 = id,
                .body = "{\"contract\":{\"value\":\"MET\"}}", .version = wuyou_claim_test_version (sale, both, id));
  wuyou_claim_test_checks (sale, both, id);
  wuyou_claim_test_act (sale, both, id, "reject", refuse, 403, "FORBIDDEN");
  wuyou_claim_test_act (sale, approver, id, "reject", "{\"reason\":\"无\"}", 422, "INVALID");
  wuyou_claim_test_act (sale, approver, id, "reject", refuse, 200, NULL);
  wuyou_claim_test_act (sale, clerk, id, "appeal", "{\"reason\":\"请复核\"}", 200, NULL);
  wuyou_claim_test_act (sale, assessor, id, "reopen", NULL, 200, NULL);
  wuyou_claim_test_checks (sale, assessor, id);
  wuyou_claim_test_act (sale, approver, id, "approve", NULL, 403, "FORBIDDEN");
  wuyou_claim_test_act (sale, second, id, "approve", NULL, 200, NULL);
}

static void
test_other_amount (WuyouSale *sale)
{
  const WuyouSaleUser *assessor = wuyou_sale_user (sale, "op", "OCLA");
  g_autofree char *id = wuyou_claim_test_bring_to (sale, "ad", "FINAL_REVIEW");
  gint64 version = wuyou_claim_test_version (sale, assessor, id);
  g_autoptr (WuyouSaleReply) reply = NULL;

  WUYOU_EXPECT (sale, 422, "INVALID", .user = assessor, .route = WUYOU_ROUTE_CLAIM_SETTLE, .arg0 = id,
                .body = "{\"amount_fen\":200000}", .version = version);
  WUYOU_EXPECT (sale, 422, "INVALID", .user = assessor, .route = WUYOU_ROUTE_CLAIM_SETTLE, .arg0 = id,
                .body = "{\"amount_fen\":-1,\"reason\":\"协商\"}", .version = version);
  reply = WUYOU_CALL (sale, 200, NULL, .user = assessor, .route = WUYOU_ROUTE_CLAIM_SETTLE, .arg0 = id,
                      .body = "{\"amount_fen\":200000,\"reason\":\"双方协商一致\"}", .version = version);
  g_assert_cmpint (wuyou_json_get_int (wuyou_json_get_object (reply->json, "claim"), "override_fen"), ==, 200000);
  wuyou_claim_test_checks (sale, assessor, id);
  wuyou_claim_test_act (sale, wuyou_sale_user (sale, "op", "OCLB"), id, "approve", NULL, 200, NULL);
}

/* A large amount: another approver endorses it, the review changed since wants that again, and neither decides alone.
 */
static void
test_endorsement (WuyouSale *sale)
{
  const WuyouSaleUser *assessor = wuyou_sale_user (sale, "op", "OCLA");
  const WuyouSaleUser *approver = wuyou_sale_user (sale, "op", "OCLB"),
                      *second = wuyou_sale_add_user (sale, "op", "OCLB");
  g_autofree char *id = NULL;

  wuyou_sale_sql (sale, "UPDATE products SET benefit_json = replace(benefit_json, '\"complaint_within_days\":15', "
                        "'\"complaint_within_days\":15,\"endorsement_over_fen\":199999')");
  id = wuyou_claim_test_bring_to (sale, "ad", "FINAL_REVIEW");
  for (guint i = 0; i < 2; i++) {
    g_autoptr (WuyouSaleReply) reply
        = WUYOU_CALL (sale, 200, NULL, .user = assessor, .route = WUYOU_ROUTE_CLAIM_SETTLE, .arg0 = id,
                      .body = "{\"amount_fen\":200000,\"reason\":\"双方协商一致\"}",
                      .version = wuyou_claim_test_version (sale, assessor, id));

    wuyou_claim_test_checks (sale, assessor, id);
    wuyou_claim_test_act (sale, approver, id, "approve", NULL, 422, "INVALID");
    wuyou_claim_test_act (sale, assessor, id, "endorse", NULL, 403, "FORBIDDEN");
    wuyou_claim_test_act (sale, second, id, "endorse", NULL, 200, NULL);
    wuyou_claim_test_act (sale, second, id, "approve", NULL, 403, "FORBIDDEN");
  }
  wuyou_claim_test_act (sale, approver, id, "approve", NULL, 200, NULL);
}

/* Of the version that this contract was sold under, word for word. */
static void
test_clauses (WuyouSale *sale)
{
  const WuyouSaleUser *assessor = wuyou_sale_user (sale, "op", "OCLA");
  g_autofree char *id = NULL;
  g_autoptr (WuyouSaleReply) reply = NULL;
  JsonObject *clauses;

  wuyou_sale_sql (sale, "UPDATE products SET terms_text = '# 通用条款\n7.1 **不提供服务：**\n（一）部分损失；', "
                        "benefit_json = replace(benefit_json, '\"title\":\"仅为部分损失\"', "
                        "'\"title\":\"仅为部分损失\",\"clause\":\"通用条款 7.1（一）\"')");
  id = wuyou_claim_test_bring_to (sale, "ad", "PRE_REVIEW");
  reply = WUYOU_CALL (sale, 200, NULL, .user = assessor, .route = WUYOU_ROUTE_CLAIM_GET, .arg0 = id);
  clauses = wuyou_json_get_object (wuyou_json_get_object (reply->json, "product"), "clauses");
  g_assert_cmpstr (wuyou_json_get_string (clauses, "PARTIAL_LOSS"), ==, "7.1 不提供服务：\n（一）部分损失；");
  g_assert_cmpuint (json_object_get_size (clauses), ==, 1);
}

static void
test_sections (WuyouSale *sale)
{
  const WuyouSaleUser *clerk = wuyou_sale_user (sale, "ad", "DCLM");
  g_autofree char *id = wuyou_claim_test_bring_to (sale, "ad", "PRE_SUBMITTED");
  gint64 version = wuyou_claim_test_version (sale, clerk, id);

  WUYOU_EXPECT (sale, 409, "ILLEGAL_TRANSITION", .user = clerk, .route = WUYOU_ROUTE_CLAIM_PUT, .arg0 = id,
                .body = "{\"loss_place\":\"另一处\"}", .version = version);
  WUYOU_EXPECT (sale, 422, "INVALID", .user = clerk, .route = WUYOU_ROUTE_CLAIM_PUT, .arg0 = id,
                .body = "{\"settled_fen\":100}", .version = version);
  WUYOU_EXPECT (sale, 412, "STALE", .user = clerk, .route = WUYOU_ROUTE_CLAIM_PUT, .arg0 = id,
                .body = "{\"loss_place\":\"另一处\"}", .version = version - 1);
}

static void
test_messages (WuyouSale *sale)
{
  const WuyouSaleUser *clerk = wuyou_sale_user (sale, "ad", "DCLM");
  const WuyouSaleUser *assessor = wuyou_sale_user (sale, "op", "OCLA");
  g_autofree char *id = wuyou_claim_test_bring_to (sale, "ad", "REPORTED");
  g_autofree char *message = wuyou_sale_new_id (sale);
  g_autofree char *body = g_strdup_printf ("{\"id\":\"%s\",\"text\":\"请补充购车发票原件照片\"}", message);
  g_autoptr (WuyouSaleReply) reply = NULL;
  JsonArray *messages;

  WUYOU_EXPECT (sale, 200, NULL, .user = assessor, .route = WUYOU_ROUTE_CLAIM_MESSAGE, .arg0 = id, .body = body,
                .key = message);
  WUYOU_EXPECT (sale, 200, NULL, .user = assessor, .route = WUYOU_ROUTE_CLAIM_MESSAGE, .arg0 = id, .body = body,
                .key = message); /* once */
  WUYOU_EXPECT (sale, 403, "FORBIDDEN", .user = wuyou_sale_user (sale, "ad", "DSAL"),
                .route = WUYOU_ROUTE_CLAIM_MESSAGE, .arg0 = id, .body = body);
  reply = wuyou_claim_test_get (sale, clerk, id);
  messages = wuyou_json_get_array (reply->json, "messages");
  g_assert_cmpuint (json_array_get_length (messages), ==, 1);
  g_assert_cmpstr (wuyou_json_get_string (json_array_get_object_element (messages, 0), "side"), ==, "OPERATOR");
  g_assert_cmpint (wuyou_site_count (sale->site, "SELECT count(*) FROM claim_messages"), ==, 1);
}

static void
test_queue (WuyouSale *sale)
{
  const WuyouSaleUser *assessor = wuyou_sale_user (sale, "op", "OCLA");
  const WuyouSaleUser *clerk = wuyou_sale_user (sale, "ad", "DCLM");
  g_autofree char *waiting = wuyou_claim_test_bring_to (sale, "ad", "PRE_SUBMITTED");
  g_autoptr (WuyouSaleReply) queue = NULL;
  g_autoptr (WuyouSaleReply) none = NULL;
  g_autoptr (WuyouSaleReply) found = NULL;

  queue = WUYOU_CALL (sale, 200, NULL, .user = assessor, .route = WUYOU_ROUTE_CLAIMS_LIST, .query = "queue=true");
  g_assert_cmpint (wuyou_json_get_int (queue->json, "total"), ==, 1);
  g_assert_cmpuint (json_array_get_length (wuyou_json_get_array (queue->json, "items")), ==, 1);
  none = WUYOU_CALL (sale, 200, NULL, .user = wuyou_sale_user (sale, "op", "OFIN"), .route = WUYOU_ROUTE_CLAIMS_LIST,
                     .query = "queue=true");
  g_assert_cmpint (wuyou_json_get_int (none->json, "total"), ==, 0);
  found = WUYOU_CALL (sale, 200, NULL, .user = clerk, .route = WUYOU_ROUTE_CLAIMS_LIST,
                      .query = "q=%E6%9D%8E%E9%9B%B7"); /* 李雷, the owner */
  g_assert_cmpint (wuyou_json_get_int (found->json, "total"), ==, 1);
  WUYOU_EXPECT (sale, 422, "INVALID", .user = clerk, .route = WUYOU_ROUTE_CLAIMS_LIST, .query = "state=NOWHERE");
}

static void
test_unmask (WuyouSale *sale)
{
  const WuyouSaleUser *assessor = wuyou_sale_user (sale, "op", "OCLA");
  g_autofree char *id = wuyou_claim_test_bring_to (sale, "ad", "REPORTED");
  g_autoptr (WuyouSaleReply) reply = NULL;

  reply = WUYOU_CALL (sale, 200, NULL, .user = assessor, .route = WUYOU_ROUTE_CLAIM_UNMASK, .arg0 = id,
                      .body = "{\"fields\":[\"claim.loss_place\",\"contract.owner_name\"],\"reason\":\"核对\"}");
  g_assert_cmpstr (wuyou_json_get_string (wuyou_json_get_object (reply->json, "claim"), "loss_place"), ==,
                   "云岭高速 K118");
  g_assert_cmpstr (wuyou_json_get_string (wuyou_json_get_object (reply->json, "contract"), "owner_name"), ==, "李雷");
  WUYOU_EXPECT (sale, 422, "INVALID", .user = assessor, .route = WUYOU_ROUTE_CLAIM_UNMASK, .arg0 = id,
                .body = "{\"fields\":[\"contract.retail_fen\"],\"reason\":\"核对\"}");
}

static void
check_queue (WuyouSale *sale, const WuyouSaleUser *clerk, const char *query, const char *const *ids)
{
  g_autoptr (WuyouSaleReply) list
      = WUYOU_CALL (sale, 200, NULL, .user = clerk, .route = WUYOU_ROUTE_CLAIMS_LIST, .query = query);
  JsonArray *items = wuyou_json_get_array (list->json, "items");

  g_assert_cmpuint (json_array_get_length (items), ==, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpstr (wuyou_json_get_string (wuyou_json_array_get_object (items, i), "id"), ==, ids[i]);
}

/* What is due first, then what has no day; in the list the other way round as well. */
static void
test_undated (WuyouSale *sale)
{
  const WuyouSaleUser *clerk = wuyou_sale_user (sale, "ad", "DCLM");
  g_autofree char *first = wuyou_claim_test_contract (sale, "ad"), *second = wuyou_claim_test_contract (sale, "ad");
  g_autofree char *older = wuyou_claim_test_create (sale, clerk, first, NULL);
  g_autofree char *dated = wuyou_claim_test_bring_to (sale, "ad", "PRE_APPROVED");
  g_autofree char *newer = wuyou_claim_test_create (sale, clerk, second, NULL);
  const char *const up[] = { dated, older, newer }, *const down[] = { dated, newer, older };

  check_queue (sale, clerk, "queue=true", up);
  check_queue (sale, clerk, "sort=due_on", up);
  check_queue (sale, clerk, "sort=-due_on", down);
}

/* In Today, as something for @user to do. */
static gboolean
is_waiting_for (WuyouSale *sale, const WuyouSaleUser *user, const char *id)
{
  static const char *const lists[] = { "clock_running_out", "waiting_for_me" };
  g_autoptr (WuyouSaleReply) today = WUYOU_CALL (sale, 200, NULL, .user = user, .route = WUYOU_ROUTE_TODAY);

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++) {
    JsonArray *list = wuyou_json_get_array (today->json, lists[i]);

    for (guint k = 0; list != NULL && k < json_array_get_length (list); k++)
      if (g_strcmp0 (wuyou_json_get_string (wuyou_json_array_get_object (list, k), "record"), id) == 0
          || g_strcmp0 (wuyou_json_get_string (wuyou_json_array_get_object (list, k), "id"), id) == 0)
        return TRUE;
  }
  return FALSE;
}

static gboolean
acts_for_dealer (WuyouSale *sale, const WuyouSaleUser *user, WuyouRouteId route, const char *id)
{
  g_autoptr (WuyouSaleReply) reply = WUYOU_CALL (sale, 200, NULL, .user = user, .route = route, .arg0 = id);

  return wuyou_json_get_boolean (reply->json, "for_dealer");
}

/* The dealership may no longer act: dealer operations do, and customers stay served (4.2.1-01). */
static void
test_dealer_gone (WuyouSale *sale)
{
  const WuyouSaleUser *desk = wuyou_sale_user (sale, "op", "OOPS");
  g_autofree char *id = wuyou_claim_test_bring_to (sale, "ad", "REPORTED");
  g_autoptr (WuyouSaleReply) before = NULL;
  g_autoptr (WuyouSaleReply) after = NULL;

  WUYOU_EXPECT (sale, 403, "FORBIDDEN", .user = desk, .route = WUYOU_ROUTE_CLAIM_PUT, .arg0 = id,
                .body = "{\"loss_place\":\"另一处\"}", .version = wuyou_claim_test_version (sale, desk, id));
  wuyou_claim_test_fill (sale, id, WUYOU_PHASE_LOSS);
  wuyou_claim_test_act (sale, desk, id, "determine", "{\"determination\":\"ACTUAL\",\"determined_on\":\"2026-12-04\"}",
                        403, "FORBIDDEN");
  wuyou_claim_test_act (sale, wuyou_sale_user (sale, "ad", "DCLM"), id, "determine",
                        "{\"determination\":\"ACTUAL\",\"determined_on\":\"2026-12-04\"}", 200, NULL);
  before = WUYOU_CALL (sale, 200, NULL, .user = desk, .route = WUYOU_ROUTE_CLAIMS_LIST, .query = "queue=true");
  g_assert_cmpint (wuyou_json_get_int (before->json, "total"), ==, 0);
  wuyou_site_suspend_org (sale->site, "ad", TRUE);
  after = WUYOU_CALL (sale, 200, NULL, .user = desk, .route = WUYOU_ROUTE_CLAIMS_LIST, .query = "queue=true");
  g_assert_cmpint (wuyou_json_get_int (after->json, "total"), ==, 1);
  wuyou_claim_test_put (sale, desk, id, "{\"loss_place\":\"云岭高速 K120\"}");
  g_assert_true (is_waiting_for (sale, desk, id));
  wuyou_claim_test_act (sale, desk, id, "submit", NULL, 200, NULL);
  assert_state (sale, desk, id, "PRE_SUBMITTED");
  g_assert_false (is_waiting_for (sale, desk, id));
}

/* Dealer operations begin a claim where the dealership can no longer, and nowhere else. */
static void
test_desk_creates (WuyouSale *sale)
{
  const WuyouSaleUser *desk = wuyou_sale_user (sale, "op", "OOPS");
  g_autofree char *contract = wuyou_claim_test_contract (sale, "ad");
  g_autofree char *id = wuyou_sale_new_id (sale);
  g_autofree char *body = wuyou_claim_test_dup_body (id, contract, NULL);

  WUYOU_EXPECT (sale, 403, "FORBIDDEN", .user = desk, .route = WUYOU_ROUTE_CLAIM_CREATE, .body = body);
  WUYOU_EXPECT (sale, 403, "FORBIDDEN", .user = wuyou_sale_user (sale, "ad", "DSAL"), .route = WUYOU_ROUTE_CLAIM_CREATE,
                .body = body);
  g_assert_false (acts_for_dealer (sale, desk, WUYOU_ROUTE_CONTRACT_GET, contract));
  wuyou_site_suspend_org (sale->site, "ad", TRUE);
  g_assert_true (acts_for_dealer (sale, desk, WUYOU_ROUTE_CONTRACT_GET, contract));
  g_assert_false (acts_for_dealer (sale, wuyou_sale_user (sale, "op", "OCLA"), WUYOU_ROUTE_CONTRACT_GET, contract));
  WUYOU_EXPECT (sale, 201, NULL, .user = desk, .route = WUYOU_ROUTE_CLAIM_CREATE, .body = body);
  WUYOU_EXPECT (sale, 403, "FORBIDDEN", .user = wuyou_sale_user (sale, "op", "OCLA"), .route = WUYOU_ROUTE_CLAIM_CREATE,
                .body = body);
  g_assert_true (is_waiting_for (sale, desk, id));
  g_assert_true (acts_for_dealer (sale, desk, WUYOU_ROUTE_CLAIM_GET, id));
  g_assert_false (acts_for_dealer (sale, wuyou_sale_user (sale, "op", "OCLA"), WUYOU_ROUTE_CLAIM_GET, id));
  wuyou_claim_test_act (sale, desk, id, "report", NULL, 200, NULL);
  assert_state (sale, desk, id, "REPORTED");
}

/* Whoever began the claim hears of the decision, with its number and nothing else of it. */
static void
test_notice (WuyouSale *sale)
{
  g_autofree char *id = wuyou_claim_test_bring_to (sale, "ad", "PRE_APPROVED");
  const WuyouSaleUser *clerk = wuyou_sale_user (sale, "ad", "DCLM");
  g_autofree char *number = wuyou_claim_test_dup (sale, clerk, id, "number");
  g_autofree char *to = NULL;
  g_autofree char *mail = NULL;

  for (guint i = 0; i < sale->users->len; i++)
    if (sale->users->pdata[i] == clerk)
      to = g_strdup_printf ("user%u@example.com", i);
  mail = wuyou_site_take_mail (sale->site, to);
  g_assert_nonnull (mail);
  g_assert_nonnull (strstr (mail, number));
  g_assert_null (strstr (mail, "李雷"));
  g_assert_cmpint (wuyou_site_count (sale->site, "SELECT count(*) FROM mails WHERE kind = 'claim'"), ==, 1);
}

static void
expect_paper (WuyouSale *sale, const WuyouSaleUser *user, const char *id, const char *kind)
{
  g_autoptr (WuyouSaleReply) reply
      = WUYOU_CALL (sale, 200, NULL, .user = user, .route = WUYOU_ROUTE_CLAIM_PAPER, .arg0 = id, .arg1 = kind);

  g_assert_true (wuyou_sale_reply_has_bytes (reply, "%PDF-"));
}

/* A letter is stored with its step and is the same bytes ever after; other papers are drawn when asked for. */
static void
test_papers (WuyouSale *sale)
{
  const WuyouSaleUser *clerk = wuyou_sale_user (sale, "ad", "DCLM");
  g_autofree char *id = wuyou_claim_test_bring_to (sale, "ad", "APPROVED");
  g_autoptr (WuyouSaleReply) first = NULL;
  g_autoptr (WuyouSaleReply) second = NULL;

  g_assert_cmpint (wuyou_site_count (sale->site, "SELECT count(*) FROM papers WHERE kind = 'pre-approval'"), ==, 1);
  g_assert_cmpint (wuyou_site_count (sale->site, "SELECT count(*) FROM papers WHERE kind = 'approval'"), ==, 1);
  first = WUYOU_CALL (sale, 200, NULL, .user = clerk, .route = WUYOU_ROUTE_CLAIM_PAPER, .arg0 = id,
                      .arg1 = "pre-approval");
  second = WUYOU_CALL (sale, 200, NULL, .user = clerk, .route = WUYOU_ROUTE_CLAIM_PAPER, .arg0 = id,
                       .arg1 = "pre-approval");
  g_assert_true (g_bytes_equal (first->body, second->body));
  expect_paper (sale, clerk, id, "claim-form");
  expect_paper (sale, clerk, id, "evidence-list");
  expect_paper (sale, clerk, id, "settlement");
  expect_paper (sale, wuyou_sale_user (sale, "op", "OFIN"), id, "settlement");
  WUYOU_EXPECT (sale, 404, "NOT_FOUND", .user = clerk, .route = WUYOU_ROUTE_CLAIM_PAPER, .arg0 = id, .arg1 = "refusal");
  WUYOU_EXPECT (sale, 404, "NOT_FOUND", .user = clerk, .route = WUYOU_ROUTE_CLAIM_PAPER, .arg0 = id,
                .arg1 = "nonsense");
  WUYOU_EXPECT (sale, 403, "FORBIDDEN", .user = wuyou_sale_user (sale, "op", "OFIN"), .route = WUYOU_ROUTE_CLAIM_PAPER,
                .arg0 = id, .arg1 = "approval");
  WUYOU_EXPECT (sale, 404, "NOT_FOUND", .user = wuyou_sale_user (sale, "hy", "DCLM"), .route = WUYOU_ROUTE_CLAIM_PAPER,
                .arg0 = id, .arg1 = "claim-form");
}

typedef struct {
  const char *claim_id;
  GPtrArray *papers;
} Letters;

static gboolean
read_letters (WuyouDbConn *conn, gpointer data, GError **error)
{
  Letters *letters = data;

  letters->papers = wuyou_paper_list (conn, letters->claim_id, error);
  return letters->papers != NULL;
}

static char *
dup_payload (WuyouSale *sale, const char *number, guint revision, const char *hash)
{
  WuyouPaperPayload payload;
  g_autofree char *text = NULL;

  g_assert_true (wuyou_paper_payload_init (&payload, number, revision, hash, wuyou_date_of_instant (WUYOU_TEST_NOW)));
  text = wuyou_paper_payload_sign (&payload, wuyou_keys_get_signing_key (sale->site->context.keys));
  return g_strdup_printf ("{\"payload\":\"%s\"}", text);
}

static void
expect_verified (WuyouSale *sale, const WuyouSaleUser *user, const char *body, gboolean known, gboolean current)
{
  g_autoptr (WuyouSaleReply) reply
      = WUYOU_CALL (sale, 200, NULL, .user = user, .route = WUYOU_ROUTE_PAPER_VERIFY, .body = body);

  g_assert_true (wuyou_json_get_boolean (reply->json, "valid"));
  g_assert_cmpint (wuyou_json_get_boolean (reply->json, "known"), ==, known);
  g_assert_cmpint (wuyou_json_get_boolean (reply->json, "current"), ==, current);
}

/* The code on a letter is known again, by those who may see its claim (PR-04). */
static void
test_verified (WuyouSale *sale)
{
  const WuyouSaleUser *clerk = wuyou_sale_user (sale, "ad", "DCLM");
  g_autofree char *id = wuyou_claim_test_bring_to (sale, "ad", "PRE_APPROVED");
  g_autofree char *number = wuyou_claim_test_dup (sale, clerk, id, "number");
  Letters letters = { .claim_id = id };
  const WuyouStoredPaper *letter;
  g_autofree char *right = NULL;
  g_autofree char *wrong = NULL;
  g_autofree char *other = g_strnfill (64, 'a');

  g_assert_true (wuyou_db_read (sale->site->context.db, read_letters, &letters, NULL));
  letter = letters.papers->pdata[0];
  right = dup_payload (sale, number, (guint) letter->revision, letter->content_sha256);
  wrong = dup_payload (sale, number, 1, other);
  wuyou_claim_test_put (sale, clerk, id, "{\"new_series\":\"X5\"}");
  expect_verified (sale, clerk, right, TRUE, TRUE);
  expect_verified (sale, clerk, wrong, TRUE, FALSE);
  expect_verified (sale, wuyou_sale_user (sale, "hy", "DCLM"), right, FALSE, FALSE);
  g_ptr_array_unref (letters.papers);
}

/* Of two who decide at once one does, and the other hears of it. */
typedef struct {
  WuyouSale *sale;
  const WuyouSaleUser *user;
  const char *id, *action, *body;
  gint64 version;
  guint status;
} Decision;

static gpointer
decide (gpointer data)
{
  Decision *d = data;
  g_autoptr (WuyouSaleReply) reply = wuyou_sale_call (d->sale, &(WuyouSaleCall){ .user = d->user,
                                                                                 .route = WUYOU_ROUTE_CLAIM_ACT,
                                                                                 .arg0 = d->id,
                                                                                 .arg1 = d->action,
                                                                                 .body = d->body,
                                                                                 .version = d->version });

  d->status = reply->status;
  return NULL;
}

static void
test_two_decide (WuyouSale *sale)
{
  const WuyouSaleUser *assessor = wuyou_sale_user (sale, "op", "OCLA");
  g_autofree char *id = wuyou_claim_test_bring_to (sale, "ad", "PRE_REVIEW");
  Decision decisions[] = {
    { sale, wuyou_sale_user (sale, "op", "OCLB"), id, "approve", "{}" },
    { sale, wuyou_sale_add_user (sale, "op", "OCLB"), id, "reject",
      "{\"exclusion\":\"PARTIAL_LOSS\",\"reason\":\"仅前部受损\"}" },
  };
  GThread *threads[2];
  guint done = 0;

  wuyou_claim_test_checks (sale, assessor, id);
  for (guint i = 0; i < 2; i++)
    decisions[i].version = wuyou_claim_test_version (sale, assessor, id);
  for (guint i = 0; i < 2; i++)
    threads[i] = g_thread_new ("decision", decide, &decisions[i]);
  for (guint i = 0; i < 2; i++)
    g_thread_join (threads[i]);
  for (guint i = 0; i < 2; i++)
    done += decisions[i].status == 200;
  g_assert_cmpuint (done, ==, 1);
  g_assert_cmpuint (MAX (decisions[0].status, decisions[1].status), ==, 412);
}

int
main (int argc, char **argv)
{
  static const WuyouSaleCase cases[] = {
    { "whole-way", test_whole_way },
    { "numbers", test_numbers_and_actions },
    { "scope", test_scope },
    { "insurer", test_insurer },
    { "one-open", test_one_open },
    { "more-documents", test_more_documents },
    { "lapse", test_lapse },
    { "desk-creates", test_desk_creates },
    { "undated", test_undated },
    { "four-eyes", test_four_eyes },
    { "other-amount", test_other_amount },
    { "endorsement", test_endorsement },
    { "clauses", test_clauses },
    { "sections", test_sections },
    { "messages", test_messages },
    { "queue", test_queue },
    { "unmask", test_unmask },
    { "dealer-gone", test_dealer_gone },
    { "two-decide", test_two_decide },
    { "notice", test_notice },
    { "papers", test_papers },
    { "verified", test_verified },
  };

  wuyou_test_init (&argc, &argv);
  wuyou_sale_add_tests ("claims", cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
