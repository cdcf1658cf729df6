/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "sales/wuyou-refund-rules.h"
#include "wuyou-claim-test.h"
#include "sales/wuyou-contract-write.h"
#include "wuyou-ledger-store.h"
#include "wuyou-sale-test.h"
#include "wuyou-sealer.h"
#include "wuyou-test-benefit.h"

#define REQUEST(day, fen)                                                                                              \
  "{\"reason\":\"客户要求\",\"cancel_requested_on\":\"" day "\",\"refund_fen\":" G_STRINGIFY (fen) "}"
#define REFUND(day, fen)                                                                                               \
  "{\"refunded_on\":\"" day "\",\"refund_fen\":" G_STRINGIFY (fen) ",\"refund_reference\":\"TK2026112300001\"}"

static const WuyouSaleUser *
manager (WuyouSale *sale)
{
  return wuyou_sale_user (sale, "ad", "DADM");
}

static const WuyouSaleUser *
operations (WuyouSale *sale)
{
  return wuyou_sale_user (sale, "op", "OOPS");
}

static const WuyouSaleUser *
finance (WuyouSale *sale)
{
  return wuyou_sale_user (sale, "op", "OFIN");
}

static void
add_scan (WuyouSale *sale, const WuyouSaleUser *user, const char *id, const char *slot)
{
  g_free (wuyou_sale_upload (sale, user, id, slot, WUYOU_SALE_PDF, strlen (WUYOU_SALE_PDF)));
}

/* In force, with the term and the fee of requirements 9.4. */
static char *
bring_to_active (WuyouSale *sale, const char *org, const char *more)
{
  const WuyouSaleUser *user = wuyou_sale_user (sale, org, "DADM");
  char *id = wuyou_sale_bring_to (sale, org, more, "PAID");
  g_autofree char *from = wuyou_sale_dup_member (sale, user, id, "effective_on");
  g_autofree char *sql
      = g_strdup_printf ("UPDATE contracts SET received_fen = 398000, signed_on = %d, effective_on = %d, ends_on = %d "
                         "WHERE id = '%s'",
                         wuyou_date_new (2025, 1, 9), wuyou_date_new (2025, 1, 10), wuyou_date_new (2028, 1, 9), id);

  wuyou_sale_sql (sale, sql);
  wuyou_test_set_now (MAX (wuyou_date_start (wuyou_date_parse (from)), wuyou_clock_now (wuyou_test_clock ())));
  wuyou_sale_wait_state (sale, user, id, "ACTIVE");
  return id;
}

static void
request (WuyouSale *sale, const WuyouSaleUser *user, const char *id, const char *body)
{
  add_scan (sale, user, id, "CANCEL_REQUEST");
  wuyou_sale_act (sale, user, id, "request-cancel", body, 200, NULL);
}

static gint64
sum_ledger (WuyouSale *sale, const char *where)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT CAST(coalesce(sum(amount_fen), 0) AS BIGINT) FROM ledger_lines l JOIN ledger_entries e ON e.id = "
      "l.entry_id WHERE %s",
      where);

  return wuyou_site_count (sale->site, sql);
}

static gint64
count_entries (WuyouSale *sale, const char *where)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM ledger_entries WHERE %s", where);

  return wuyou_site_count (sale->site, sql);
}

static void
assert_member (WuyouSale *sale, const char *id, const char *member, const char *expected)
{
  g_autofree char *value = wuyou_sale_dup_member (sale, manager (sale), id, member);

  g_assert_cmpstr (value, ==, expected);
}

/* What the manager sees of the month. */
static void
assert_figures (WuyouSale *sale, const WuyouSaleUser *user, gint64 contracts, gint64 received, gint64 wholesale)
{
  g_autoptr (WuyouSaleReply) reply = WUYOU_CALL (sale, 200, NULL, .user = user, .route = WUYOU_ROUTE_TODAY);
  JsonObject *figures = wuyou_json_get_object (reply->json, "figures");

  g_assert_cmpint (wuyou_json_get_int (figures, "contracts"), ==, contracts);
  g_assert_cmpint (wuyou_json_get_int (figures, "received_fen"), ==, received);
  g_assert_cmpint (wuyou_json_get_int (figures, "wholesale_fen"), ==, wholesale);
}

/* The item of @id in a list of the day, or NULL; borrowed from @reply. */
static JsonObject *
find_item (const WuyouSaleReply *reply, const char *list, const char *id)
{
  JsonArray *items = wuyou_json_get_array (reply->json, list);

  for (guint i = 0; i < json_array_get_length (items); i++)
    if (g_strcmp0 (wuyou_json_get_string (wuyou_json_array_get_object (items, i), "id"), id) == 0)
      return wuyou_json_array_get_object (items, i);
  return NULL;
}

static void
assert_waits (WuyouSale *sale, const WuyouSaleUser *user, const char *id, const char *list, const char *action)
{
  g_autoptr (WuyouSaleReply) reply = WUYOU_CALL (sale, 200, NULL, .user = user, .route = WUYOU_ROUTE_TODAY);
  JsonObject *item = find_item (reply, list, id);

  g_assert_nonnull (item);
  g_assert_cmpstr (wuyou_json_get_string (item, "action"), ==, action);
}

static void
assert_waits_not (WuyouSale *sale, const WuyouSaleUser *user, const char *id)
{
  g_autoptr (WuyouSaleReply) reply = WUYOU_CALL (sale, 200, NULL, .user = user, .route = WUYOU_ROUTE_TODAY);

  g_assert_null (find_item (reply, "waiting_for_me", id));
  g_assert_null (find_item (reply, "clock_running_out", id));
}

static void
assert_chain_whole (WuyouSale *sale)
{
  g_autoptr (WuyouAuditReport) report = NULL;
  g_autoptr (GError) error = NULL;
  guint sealed = 1;

  while (sealed > 0) {
    wuyou_sealer_run_once (sale->site->store, &sealed, &error);
    g_assert_no_error (error);
  }
  wuyou_audit_verify (sale->site->store, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->findings->len, ==, 0);
}

static void
assert_quote (WuyouSale *sale, const char *id, gint64 refund_fen)
{
  g_autofree char *json = wuyou_sale_dup_member (sale, manager (sale), id, "refund_json");
  WuyouRefund quote;

  g_assert_true (wuyou_refund_from_json (json, &quote));
  g_assert_cmpint (quote.units, ==, 1095);
  g_assert_cmpint (quote.with_day.used, ==, 173);
  g_assert_cmpint (quote.with_day.refund_fen, ==, 335120);
  g_assert_cmpint (quote.without_day.used, ==, 172);
  g_assert_cmpint (quote.without_day.refund_fen, ==, 335483);
  g_assert_cmpint (quote.refund_fen, ==, refund_fen);
}

/* From the owner's request to the refund, three people; 9.4 with the day of cancellation. */
static void
test_whole_way (WuyouSale *sale)
{
  g_autofree char *id = bring_to_active (sale, "ad", NULL);
  const WuyouSaleUser *both = wuyou_sale_add_user (sale, "op", "OOPS OFIN");

  request (sale, manager (sale), id, REQUEST ("2025-07-01", 335120));
  assert_quote (sale, id, 335120);
  assert_member (sale, id, "refund_due_on", "2025-08-30");
  assert_waits (sale, operations (sale), id, "waiting_for_me", "cancel");
  assert_waits_not (sale, finance (sale), id);
  wuyou_sale_act (sale, manager (sale), id, "cancel", "{}", 403, "FORBIDDEN");
  wuyou_sale_act (sale, finance (sale), id, "refund", REFUND ("2026-11-24", 335120), 409, "ILLEGAL_TRANSITION");
  wuyou_sale_act (sale, both, id, "cancel", "{}", 200, NULL);
  assert_member (sale, id, "state_reason", "客户要求");
  g_assert_cmpint (sum_ledger (sale, "account = 'receivable'"), ==, 260000 - 218922);
  g_assert_cmpint (sum_ledger (sale, "account = 'sales'"), ==, -(260000 - 218922));
  g_assert_cmpint (count_entries (sale, "event = 'cancellation' AND reverses = (SELECT id FROM ledger_entries WHERE "
                                        "event = 'payment')"),
                   ==, 1);
  assert_figures (sale, manager (sale), 0, 368000 - 335120, 260000 - 218922);
  assert_waits (sale, finance (sale), id, "clock_running_out", "refund");
  assert_waits_not (sale, operations (sale), id);
  wuyou_sale_act (sale, both, id, "refund", REFUND ("2026-11-24", 335120), 403, "FORBIDDEN"); /* in one person */
  wuyou_sale_act (sale, finance (sale), id, "refund", REFUND ("2026-11-24", 335121), 422, "INVALID");
  wuyou_sale_act (sale, finance (sale), id, "refund", REFUND ("2026-11-25", 335120), 422, "INVALID");
  wuyou_sale_act (sale, finance (sale), id, "refund", "{\"refunded_on\":\"2026-11-24\",\"refund_fen\":335120}", 422,
                  "INVALID");
  wuyou_sale_act (sale, finance (sale), id, "refund", REFUND ("2026-11-24", 335120), 200, NULL);
  assert_member (sale, id, "refund_state", "PAID");
  assert_member (sale, id, "state", "CANCELLED");
  assert_waits_not (sale, finance (sale), id);
  wuyou_sale_act (sale, finance (sale), id, "refund", REFUND ("2026-11-24", 335120), 409, "ILLEGAL_TRANSITION");
  assert_chain_whole (sale);
}

/* 9.4 by the other rule; the notice counts from the owner's day. */
static void
test_day_excluded (WuyouSale *sale)
{
  g_autofree char *id = NULL;

  wuyou_sale_sql (sale, "UPDATE products SET benefit_json = replace(replace(benefit_json, 'INCLUDED', 'EXCLUDED'), "
                        "'\"notice_days\":0', '\"notice_days\":60')");
  id = bring_to_active (sale, "ad", NULL);
  add_scan (sale, manager (sale), id, "CANCEL_REQUEST");
  wuyou_sale_act (sale, manager (sale), id, "request-cancel", REQUEST ("2025-05-02", 335120), 422, "INVALID");
  wuyou_sale_act (sale, manager (sale), id, "request-cancel", REQUEST ("2025-05-02", 335483), 200, NULL);
  assert_member (sale, id, "cancel_on", "2025-07-01");
  assert_quote (sale, id, 335483);
  /* What was quoted stays, whatever becomes of the product. */
  wuyou_sale_sql (sale, "UPDATE products SET benefit_json = '{}'");
  wuyou_sale_act (sale, operations (sale), id, "cancel", "{}", 200, NULL);
  assert_member (sale, id, "refund_fen", "335483");
  g_assert_cmpint (sum_ledger (sale, "account = 'receivable'"), ==, 260000 - 219160);
}

static void
test_notice_runs (WuyouSale *sale)
{
  g_autofree char *id = NULL;

  wuyou_sale_sql (sale, "UPDATE products SET benefit_json = replace(benefit_json, '\"notice_days\":0', "
                        "'\"notice_days\":60')");
  id = bring_to_active (sale, "ad", NULL);
  request (sale, manager (sale), id, REQUEST ("2026-11-24", 127578)); /* until 2027-01-23: 744 of 1,095 days */
  assert_member (sale, id, "cancel_on", "2027-01-23");
  assert_waits (sale, operations (sale), id, "waiting_for_me", "cancel");
  wuyou_sale_act (sale, operations (sale), id, "cancel", "{}", 422, "NOT_ELIGIBLE");
  wuyou_test_set_now (wuyou_date_start (wuyou_date_new (2027, 1, 23)));
  wuyou_sale_act (sale, operations (sale), id, "cancel", "{}", 200, NULL);
}

static void
test_request_refusals (WuyouSale *sale)
{
  static const char *const wrong[] = {
    "{}",
    "{\"reason\":\"客户要求\",\"refund_fen\":335120}",
    "{\"cancel_requested_on\":\"2025-07-01\",\"refund_fen\":335120}",
    REQUEST ("2026-11-25", 335120), /* tomorrow */
    REQUEST ("2025-01-08", 398000), /* before it was signed */
    REQUEST ("2025-07-01", 335121),
    REQUEST ("2025-07-01", "335120"),
    REQUEST ("2025-02-30", 335120),
    REQUEST ("2025-07-01", 335120), /* no request of the owner's yet */
  };
  g_autofree char *id = bring_to_active (sale, "ad", NULL);
  g_autofree char *gift = bring_to_active (sale, "ad", "{\"gift\":true}");
  const WuyouSaleUser *seller = wuyou_sale_user (sale, "ad", "DSAL");

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    wuyou_sale_act (sale, manager (sale), id, "request-cancel", wrong[i], 422, "INVALID");
  add_scan (sale, manager (sale), gift, "CANCEL_REQUEST");
  wuyou_sale_act (sale, manager (sale), gift, "request-cancel", REQUEST ("2025-07-01", 0), 422, "NOT_ELIGIBLE");
  add_scan (sale, manager (sale), id, "CANCEL_REQUEST");
  wuyou_sale_act (sale, seller, id, "request-cancel", REQUEST ("2025-07-01", 335120), 403, "FORBIDDEN");
  wuyou_sale_act (sale, wuyou_sale_user (sale, "ad", "DFIN"), id, "request-cancel", REQUEST ("2025-07-01", 335120), 403,
                  "FORBIDDEN");
  WUYOU_EXPECT (sale, 404, "NOT_FOUND", .user = wuyou_sale_user (sale, "hy", "DADM"), .route = WUYOU_ROUTE_CONTRACT_ACT,
                .arg0 = id, .arg1 = "request-cancel", .version = 1, .body = REQUEST ("2025-07-01", 335120));
  wuyou_sale_act (sale, manager (sale), id, "request-cancel", REQUEST ("2025-07-01", 335120), 200, NULL);
  wuyou_sale_act (sale, operations (sale), id, "keep", "{}", 422, "INVALID"); /* why not? */
}

/* The owner thinks again, or the operator refuses: cover goes on, nothing is booked, and the next request needs a paper
 * of its own. */
static void
test_goes_on (WuyouSale *sale)
{
  g_autofree char *id = bring_to_active (sale, "ad", NULL);
  gint64 entries = count_entries (sale, "1 = 1");

  assert_figures (sale, manager (sale), 1, 368000, 260000);
  request (sale, manager (sale), id, REQUEST ("2025-07-01", 335120));
  wuyou_test_advance (G_TIME_SPAN_MINUTE);
  wuyou_sale_act (sale, manager (sale), id, "withdraw-cancel", "{\"reason\":\"客户改变主意\"}", 200, NULL);
  assert_member (sale, id, "state", "ACTIVE");
  assert_member (sale, id, "refund_fen", NULL);
  wuyou_sale_act (sale, manager (sale), id, "request-cancel", REQUEST ("2025-07-01", 335120), 422, "INVALID");
  wuyou_test_advance (G_TIME_SPAN_MINUTE);
  request (sale, manager (sale), id, REQUEST ("2025-07-01", 335120));
  /* The term ends while it is being decided; refused, it ends as any other. */
  wuyou_test_set_now (wuyou_date_start (wuyou_date_new (2028, 1, 10)));
  g_usleep (200000);
  assert_member (sale, id, "state", "CANCEL_REQUESTED");
  wuyou_sale_act (sale, operations (sale), id, "keep", "{\"reason\":\"签名不符\"}", 200, NULL);
  wuyou_sale_wait_state (sale, manager (sale), id, "EXPIRED");
  g_assert_cmpint (count_entries (sale, "1 = 1"), ==, entries);
  g_assert_cmpint (
      wuyou_site_count (sale->site, "SELECT CAST(sum(amount) AS BIGINT) FROM counters WHERE kind = 'paid'"), ==, 1);
}

/* Before it came into force: back to PAID without being paid again, and it starts although its day went by. */
static void
test_goes_on_from_paid (WuyouSale *sale)
{
  const WuyouSaleUser *user = wuyou_sale_user (sale, "hy", "DADM");
  g_autofree char *id = NULL;

  id = wuyou_sale_bring_to (sale, "hy", NULL, "PAID");
  wuyou_sale_sql (sale, "UPDATE orgs SET prepaid = 1 WHERE code = 'hy'"); /* without a balance: nothing may be paid */
  request (sale, user, id, REQUEST ("2026-11-23", 368000));
  wuyou_test_set_now (wuyou_date_start (wuyou_date_new (2026, 11, 26)));
  g_usleep (200000);
  wuyou_sale_assert_state (sale, user, id, "CANCEL_REQUESTED");
  wuyou_sale_act (sale, operations (sale), id, "keep", "{\"reason\":\"签名不符\"}", 200, NULL);
  wuyou_sale_wait_state (sale, user, id, "ACTIVE");
  g_assert_cmpint (count_entries (sale, "1 = 1"), ==, 1);
  g_assert_cmpint (
      wuyou_site_count (sale->site, "SELECT CAST(sum(amount) AS BIGINT) FROM counters WHERE kind = 'paid'"), ==, 1);
}

static gboolean
top_up (WuyouDbConn *conn, gpointer data, GError **error)
{
  const WuyouOrg *org = data;
  const WuyouLedgerLine lines[]
      = { { WUYOU_LEDGER_BANK, org->id, 300000 }, { WUYOU_LEDGER_PREPAID, org->id, -300000 } };
  const WuyouLedgerEntry entry = { .id = "0190a000-0000-7000-8000-00000000aaaa",
                                   .source = "0190a000-0000-7000-8000-00000000aaab",
                                   .event = "top-up",
                                   .org_id = org->id,
                                   .booked_on = 1,
                                   .at = 1,
                                   .lines = lines,
                                   .n_lines = 2 };

  return wuyou_ledger_post (conn, &entry, error);
}

/* The credit goes where the price was taken from, also when the dealership pays by statement since. */
static void
test_prepaid (WuyouSale *sale)
{
  g_autofree char *id = NULL;
  g_autoptr (GError) error = NULL;

  wuyou_sale_sql (sale, "UPDATE orgs SET prepaid = 1 WHERE code = 'hy'");
  wuyou_db_write (sale->site->context.db, top_up, (gpointer) wuyou_site_get_org (sale->site, "hy"), &error);
  g_assert_no_error (error);
  id = bring_to_active (sale, "hy", NULL);
  g_assert_cmpint (sum_ledger (sale, "account = 'prepaid'"), ==, -40000);
  wuyou_sale_sql (sale, "UPDATE orgs SET prepaid = 0 WHERE code = 'hy'");
  request (sale, wuyou_sale_user (sale, "hy", "DADM"), id, REQUEST ("2025-07-01", 335120));
  wuyou_sale_act (sale, operations (sale), id, "cancel", "{}", 200, NULL);
  g_assert_cmpint (sum_ledger (sale, "account = 'prepaid'"), ==, -40000 - 218922);
  g_assert_cmpint (sum_ledger (sale, "account = 'receivable'"), ==, 0);
  g_assert_cmpint (sum_ledger (sale, "1 = 1"), ==, 0);
}

/* The answer was lost: the same step again is the same step; on an old version it is none. */
static void
test_replay_and_stale (WuyouSale *sale)
{
  g_autofree char *id = bring_to_active (sale, "ad", NULL);
  g_autofree char *key = wuyou_sale_new_id (sale);
  gint64 version;

  request (sale, manager (sale), id, REQUEST ("2025-07-01", 335120));
  version = wuyou_sale_get_version (sale, manager (sale), id);
  WUYOU_EXPECT (sale, 412, "STALE", .user = operations (sale), .route = WUYOU_ROUTE_CONTRACT_ACT, .arg0 = id,
                .arg1 = "cancel", .body = "{}", .version = version - 1);
  for (guint i = 0; i < 5; i++)
    WUYOU_EXPECT (sale, 200, NULL, .user = operations (sale), .route = WUYOU_ROUTE_CONTRACT_ACT, .arg0 = id,
                  .arg1 = "cancel", .body = "{}", .version = version, .key = key);
  g_assert_cmpint (wuyou_sale_get_version (sale, manager (sale), id), ==, version + 1);
  g_assert_cmpint (count_entries (sale, "event = 'cancellation'"), ==, 1);
  assert_figures (sale, manager (sale), 0, 368000 - 335120, 260000 - 218922);
}

typedef struct {
  WuyouSale *sale;
  const WuyouSaleUser *user;
  const char *id, *action, *body;
  gint64 version;
  guint status;
} Step;

static gpointer
take_in_thread (gpointer data)
{
  Step *step = data;
  g_autoptr (WuyouSaleReply) reply = wuyou_sale_call (step->sale, &(WuyouSaleCall){ .user = step->user,
                                                                                    .route = WUYOU_ROUTE_CONTRACT_ACT,
                                                                                    .arg0 = step->id,
                                                                                    .arg1 = step->action,
                                                                                    .version = step->version,
                                                                                    .body = step->body });

  step->status = reply->status;
  return NULL;
}

/* The operator cancels while the dealership takes its request back: one of them was first, and only that is booked. */
static void
test_two_at_once (WuyouSale *sale)
{
  g_autofree char *id = bring_to_active (sale, "ad", NULL);
  g_autofree char *state = NULL;
  Step steps[2];
  GThread *threads[2];

  request (sale, manager (sale), id, REQUEST ("2025-07-01", 335120));
  steps[0] = (Step){ sale, operations (sale), id, "cancel", "{}", 0, 0 };
  steps[1] = (Step){ sale, manager (sale), id, "withdraw-cancel", "{\"reason\":\"客户改变主意\"}", 0, 0 };
  steps[0].version = steps[1].version = wuyou_sale_get_version (sale, manager (sale), id);
  for (guint i = 0; i < 2; i++)
    threads[i] = g_thread_new ("step", take_in_thread, &steps[i]);
  for (guint i = 0; i < 2; i++)
    g_thread_join (threads[i]);
  g_assert_cmpuint (steps[0].status + steps[1].status, ==, 200 + 412);
  state = wuyou_sale_dup_member (sale, manager (sale), id, "state");
  g_assert_cmpstr (state, ==, steps[0].status == 200 ? "CANCELLED" : "ACTIVE");
  g_assert_cmpint (count_entries (sale, "event = 'cancellation'"), ==, steps[0].status == 200 ? 1 : 0);
}

static void
cancel (WuyouSale *sale, const char *id)
{
  request (sale, manager (sale), id, REQUEST ("2025-07-01", 335120));
  wuyou_sale_act (sale, operations (sale), id, "cancel", "{}", 200, NULL);
}

static void
transfer (WuyouSale *sale, const char *id)
{
  static const char body[] = "{\"reason\":\"车辆已过户\",\"transferred_on\":\"2026-11-20\"}";

  wuyou_sale_act (sale, manager (sale), id, "transfer", body, 422, "INVALID"); /* no proof yet */
  add_scan (sale, manager (sale), id, "TRANSFER_PROOF");
  wuyou_sale_act (sale, wuyou_sale_user (sale, "ad", "DSAL"), id, "transfer", body, 403, "FORBIDDEN");
  wuyou_sale_act (sale, manager (sale), id, "transfer", body, 200, NULL);
  assert_member (sale, id, "transferred_on", "2026-11-20");
}

static void
end_by_revoking (WuyouSale *sale, const char *id)
{
  static const char body[] = "{\"reason\":\"材料系伪造\",\"revoke_notice_on\":\"2026-11-24\"}";
  const WuyouSaleUser *both = wuyou_sale_add_user (sale, "op", "OOPS OCLB");
  const WuyouSaleUser *decider = wuyou_sale_user (sale, "op", "OCLB");

  wuyou_sale_act (sale, decider, id, "revoke", body, 409, "ILLEGAL_TRANSITION");
  wuyou_sale_act (sale, manager (sale), id, "propose-revoke", "{\"reason\":\"材料系伪造\"}", 403, "FORBIDDEN");
  wuyou_sale_act (sale, both, id, "propose-revoke", "{\"reason\":\"材料系伪造\"}", 200, NULL);
  assert_member (sale, id, "state", "ACTIVE");
  wuyou_sale_act (sale, both, id, "revoke", body, 403, "FORBIDDEN");                           /* in one person */
  wuyou_sale_act (sale, decider, id, "revoke", "{\"reason\":\"材料系伪造\"}", 422, "INVALID"); /* nobody was told */
  wuyou_sale_act (sale, decider, id, "drop-revoke", "{\"reason\":\"证据不足\"}", 200, NULL);
  wuyou_sale_act (sale, operations (sale), id, "propose-revoke", "{\"reason\":\"材料系伪造\"}", 200, NULL);
  wuyou_sale_act (sale, decider, id, "revoke", body, 200, NULL);
  g_assert_cmpint (count_entries (sale, "event = 'cancellation' AND source = (SELECT id FROM contracts WHERE state = "
                                        "'REVOKED')"),
                   ==, 0); /* nothing is paid back */
}

static void
fulfil (WuyouSale *sale, const char *id)
{
  g_autoptr (GError) error = NULL;

  wuyou_contract_act_by_system (&sale->site->context, id, "fulfil", &error);
  g_assert_no_error (error);
  g_assert_false (wuyou_contract_act_by_system (&sale->site->context, id, "fulfil", &error));
  g_assert_error (error, WUYOU_ERROR, WUYOU_ERROR_ILLEGAL_TRANSITION);
}

/* Each end frees the car for another dealership's contract at once, a mere request does not (S-04). */
static void
test_ends_free_the_car (WuyouSale *sale)
{
  static const struct {
    void (*end) (WuyouSale *sale, const char *id);
    const char *state;
  } ends[] = {
    { cancel, "CANCELLED" }, { transfer, "TRANSFER_ENDED" }, { end_by_revoking, "REVOKED" }, { fulfil, "FULFILLED" }
  };
  const WuyouSaleUser *there = wuyou_sale_user (sale, "hy", "DADM");

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++) {
    g_autofree char *id = bring_to_active (sale, "ad", NULL);
    g_autofree char *vin = NULL, *sql = NULL, *more = NULL, *next = NULL;
    g_autoptr (WuyouSaleReply) unmasked
        = WUYOU_CALL (sale, 200, NULL, .user = manager (sale), .route = WUYOU_ROUTE_CONTRACT_UNMASK, .arg0 = id,
                      .body = "{\"fields\":[\"vin\"],\"reason\":\"核对车辆\"}");

    vin = g_strdup (wuyou_json_get_string (wuyou_json_get_object (unmasked->json, "contract"), "vin"));
    more = g_strdup_printf ("{\"vin\":\"%s\"}", vin);
    next = wuyou_sale_bring_to (sale, "hy", more, "DRAFT");
    wuyou_sale_act (sale, there, next, "submit", "{}", 409, "DUPLICATE_VEHICLE");
    ends[i].end (sale, id);
    assert_member (sale, id, "state", ends[i].state);
    wuyou_sale_submit (sale, there, next);
    wuyou_sale_act (sale, there, next, "void", "{\"reason\":\"客户放弃\"}", 200, NULL);
  }
  assert_chain_whole (sale);
}

/* A claim that is paid ends the contract wherever it stands by then. */
static void
test_fulfil (WuyouSale *sale)
{
  g_autofree char *expired = bring_to_active (sale, "ad", NULL);
  g_autofree char *requested = bring_to_active (sale, "ad", NULL);
  g_autofree char *paid = wuyou_sale_bring_to (sale, "ad", NULL, "PAID");
  g_autoptr (GError) error = NULL;

  request (sale, manager (sale), requested, REQUEST ("2025-07-01", 335120));
  fulfil (sale, requested);
  assert_member (sale, requested, "refund_fen", NULL);
  wuyou_sale_act (sale, manager (sale), requested, "withdraw-cancel", "{\"reason\":\"客户改变主意\"}", 409,
                  "ILLEGAL_TRANSITION");
  g_assert_false (wuyou_contract_act_by_system (&sale->site->context, paid, "fulfil", &error));
  g_assert_error (error, WUYOU_ERROR, WUYOU_ERROR_ILLEGAL_TRANSITION);
  wuyou_test_set_now (wuyou_date_start (wuyou_date_new (2028, 1, 10)));
  wuyou_sale_wait_state (sale, manager (sale), expired, "EXPIRED");
  fulfil (sale, expired);
  wuyou_sale_act (sale, manager (sale), expired, "fulfil", "{}", 409, "ILLEGAL_TRANSITION");
  wuyou_sale_act (sale, manager (sale), paid, "fulfil", "{}", 403, "FORBIDDEN"); /* the system's */
}

/* What today's request of the owner's gives by the terms of the test product. */
static char *
dup_request_of_today (WuyouSale *sale, const char *id)
{
  g_autoptr (WuyouContract) contract = wuyou_contract_new ();
  g_autofree char *from = wuyou_sale_dup_member (sale, manager (sale), id, "effective_on");
  g_autofree char *until = wuyou_sale_dup_member (sale, manager (sale), id, "ends_on");
  WuyouDate today = wuyou_date_of_instant (wuyou_clock_now (wuyou_test_clock ()));
  WuyouRefund refund;
  char day[11];

  contract->received_fen = 368000;
  contract->effective_on = wuyou_date_parse (from);
  contract->ends_on = wuyou_date_parse (until);
  g_assert_true (wuyou_refund_compute (contract, wuyou_test_benefit, today, &refund, NULL));
  wuyou_date_format (today, day);
  return g_strdup_printf ("{\"reason\":\"客户要求\",\"cancel_requested_on\":\"%s\",\"refund_fen\":%" G_GINT64_FORMAT
                          "}",
                          day, refund.refund_fen);
}

/* While a claim stands the contract is not cancelled, neither asked for nor approved; a draft or a withdrawn one does
 * not matter. */
static void
test_claims_block (WuyouSale *sale)
{
  const WuyouSaleUser *clerk = wuyou_sale_user (sale, "ad", "DCLM");
  g_autofree char *id = wuyou_claim_test_contract (sale, "ad");
  g_autofree char *first = wuyou_claim_test_create (sale, clerk, id, NULL);
  g_autofree char *second = wuyou_claim_test_create (sale, clerk, id, NULL);
  g_autofree char *body = dup_request_of_today (sale, id);

  add_scan (sale, manager (sale), id, "CANCEL_REQUEST");
  wuyou_claim_test_act (sale, clerk, first, "report", "{}", 200, NULL);
  wuyou_sale_act (sale, manager (sale), id, "request-cancel", body, 422, "NOT_ELIGIBLE");
  g_free (wuyou_claim_test_file (sale, first, "WITHDRAWAL_STATEMENT", WUYOU_PHASE_LOSS));
  wuyou_claim_test_act (sale, manager (sale), first, "withdraw", "{\"reason\":\"车辆已修复\"}", 200, NULL);
  wuyou_sale_act (sale, manager (sale), id, "request-cancel", body, 200, NULL);
  wuyou_claim_test_act (sale, clerk, second, "report", "{}", 200, NULL); /* cover goes on */
  wuyou_sale_act (sale, operations (sale), id, "cancel", "{}", 422, "NOT_ELIGIBLE");
  g_free (wuyou_claim_test_file (sale, second, "WITHDRAWAL_STATEMENT", WUYOU_PHASE_LOSS));
  wuyou_claim_test_act (sale, manager (sale), second, "withdraw", "{\"reason\":\"车辆已修复\"}", 200, NULL);
  wuyou_sale_act (sale, operations (sale), id, "cancel", "{}", 200, NULL);
}

static gpointer
report_in_thread (gpointer data)
{
  Step *step = data;
  g_autoptr (WuyouSaleReply) reply = wuyou_sale_call (step->sale, &(WuyouSaleCall){ .user = step->user,
                                                                                    .route = WUYOU_ROUTE_CLAIM_ACT,
                                                                                    .arg0 = step->id,
                                                                                    .arg1 = "report",
                                                                                    .version = step->version,
                                                                                    .body = "{}" });

  step->status = reply->status;
  return NULL;
}

/* A loss is reported in the moment in which its contract is cancelled: never both. */
static void
test_claim_at_once (WuyouSale *sale)
{
  const WuyouSaleUser *clerk = wuyou_sale_user (sale, "ad", "DCLM");
  g_autofree char *id = wuyou_claim_test_contract (sale, "ad");
  g_autofree char *claim = wuyou_claim_test_create (sale, clerk, id, NULL);
  g_autofree char *body = dup_request_of_today (sale, id);
  Step steps[2];
  GThread *threads[2];

  request (sale, manager (sale), id, body);
  steps[0] = (Step){ sale, operations (sale), id, "cancel", "{}", 0, 0 };
  steps[0].version = wuyou_sale_get_version (sale, manager (sale), id);
  steps[1] = (Step){ sale, clerk, claim, NULL, NULL, 0, 0 };
  steps[1].version = wuyou_claim_test_version (sale, clerk, claim);
  threads[0] = g_thread_new ("cancel", take_in_thread, &steps[0]);
  threads[1] = g_thread_new ("report", report_in_thread, &steps[1]);
  for (guint i = 0; i < 2; i++)
    g_thread_join (threads[i]);
  g_assert_true ((steps[0].status == 200) != (steps[1].status == 200));
  assert_member (sale, id, "state", steps[0].status == 200 ? "CANCELLED" : "CANCEL_REQUESTED");
}

/* A claim that was paid stands in the way until its contract has ended by it. */
static void
test_paid_claim_blocks (WuyouSale *sale)
{
  const WuyouSaleUser *clerk = wuyou_sale_user (sale, "ad", "DCLM");
  g_autofree char *id = wuyou_claim_test_contract (sale, "ad");
  g_autofree char *claim = wuyou_claim_test_create (sale, clerk, id, NULL);
  g_autofree char *body = dup_request_of_today (sale, id);

  add_scan (sale, manager (sale), id, "CANCEL_REQUEST");
  wuyou_sale_sql (sale, "UPDATE claims SET state = 'CLOSED_PAID'");
  wuyou_sale_act (sale, manager (sale), id, "request-cancel", body, 422, "NOT_ELIGIBLE");
}

/* The slots of the ends are open where such an end may be asked for, to those who may. */
static void
test_slots (WuyouSale *sale)
{
  static const struct {
    const char *org, *roles, *slot;
    gboolean paid, active;
  } cases[] = {
    { "ad", "DADM", "CANCEL_REQUEST", TRUE, TRUE },
    { "ad", "DSAL", "CANCEL_REQUEST", TRUE, TRUE },
    { "ad", "DADM", "TRANSFER_PROOF", FALSE, TRUE },
    { "op", "OOPS", "TRANSFER_PROOF", FALSE, TRUE },
  };
  g_autofree char *active = bring_to_active (sale, "ad", NULL);
  g_autofree char *paid = wuyou_sale_bring_to (sale, "ad", NULL, "PAID");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint k = 0; k < 2; k++) {
      g_autofree char *document = wuyou_sale_new_id (sale);
      g_autofree char *body = g_strdup_printf ("{\"id\":\"%s\",\"contract_id\":\"%s\",\"slot\":\"%s\","
                                               "\"file_name\":\"a.pdf\",\"size\":10}",
                                               document, k == 0 ? paid : active, cases[i].slot);
      gboolean open = k == 0 ? cases[i].paid : cases[i].active;

      WUYOU_EXPECT (sale, open ? 201 : 409, open ? NULL : "ILLEGAL_TRANSITION",
                    .user = wuyou_sale_user (sale, cases[i].org, cases[i].roles), .route = WUYOU_ROUTE_DOCUMENT_CREATE,
                    .body = body);
    }
}

static const WuyouSaleCase cases[] = {
  { "whole-way", test_whole_way },
  { "day-excluded", test_day_excluded },
  { "notice-runs", test_notice_runs },
  { "request-refusals", test_request_refusals },
  { "goes-on", test_goes_on },
  { "goes-on-from-paid", test_goes_on_from_paid },
  { "prepaid", test_prepaid },
  { "replay-and-stale", test_replay_and_stale },
  { "two-at-once", test_two_at_once },
  { "ends-free-the-car", test_ends_free_the_car },
  { "fulfil", test_fulfil },
  { "claims-block", test_claims_block },
  { "claim-at-once", test_claim_at_once },
  { "paid-claim-blocks", test_paid_claim_blocks },
  { "slots", test_slots },
};

int
main (int argc, char *argv[])
{
  wuyou_test_init (&argc, &argv);
  wuyou_sale_add_tests ("contract-ends", cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
