/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "base/wuyou-json.h"
#include "wuyou-ledger-store.h"
#include "wuyou-sale-test.h"
#include "wuyou-sealer.h"
#include "wuyou-test-records.h"

#define DAY G_TIME_SPAN_DAY

static WuyouSaleReply *
get (WuyouSale *sale, const WuyouSaleUser *user, const char *id)
{
  return WUYOU_CALL (sale, 200, NULL, .user = user, .route = WUYOU_ROUTE_CONTRACT_GET, .arg0 = id);
}

static const char *
read_member (const WuyouSaleReply *reply, const char *member)
{
  return wuyou_json_get_string (wuyou_json_get_object (reply->json, "contract"), member);
}

static gint64
read_number (const WuyouSaleReply *reply, const char *member)
{
  return wuyou_json_get_int (wuyou_json_get_object (reply->json, "contract"), member);
}

static void
count (WuyouSale *sale, const char *state, gint64 expected)
{
  g_autoptr (WuyouSaleReply) reply
      = WUYOU_CALL (sale, 200, NULL, .user = wuyou_sale_user (sale, "ad", "DADM"), .route = WUYOU_ROUTE_CONTRACTS_LIST);

  g_assert_cmpint (wuyou_json_get_int (wuyou_json_get_object (reply->json, "counts"), state), ==, expected);
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

/* From the first keystroke to the end of the term. */
static void
test_whole_way (WuyouSale *sale)
{
  const WuyouSaleUser *manager = wuyou_sale_user (sale, "ad", "DADM");
  g_autofree char *id = wuyou_sale_bring_to (sale, "ad", NULL, "PAID");
  g_autoptr (WuyouSaleReply) paid = get (sale, manager, id);
  WuyouDate from = wuyou_date_parse (read_member (paid, "effective_on"));
  WuyouDate until = wuyou_date_parse (read_member (paid, "ends_on"));

  g_assert_cmpstr (read_member (paid, "state"), ==, "PAID");
  g_assert_cmpint (from, ==, wuyou_date_of_instant (WUYOU_TEST_NOW) + 1); /* DAY_AFTER_SIGNING */
  g_assert_cmpint (read_number (paid, "retail_fen"), ==, 398000);
  g_assert_cmpint (read_number (paid, "paid_fen"), ==, 368000);
  wuyou_test_set_now (wuyou_date_start (from) - 1);
  g_usleep (50000);
  wuyou_sale_assert_state (sale, manager, id, "PAID");
  wuyou_test_set_now (wuyou_date_start (from));
  wuyou_sale_wait_state (sale, manager, id, "ACTIVE");
  count (sale, "ACTIVE", 1);
  wuyou_test_set_now (wuyou_date_start (until + 1) - 1);
  g_usleep (50000);
  wuyou_sale_assert_state (sale, manager, id, "ACTIVE");
  wuyou_test_set_now (wuyou_date_start (until + 1));
  wuyou_sale_wait_state (sale, manager, id, "EXPIRED");
  count (sale, "ACTIVE", 0);
  count (sale, "EXPIRED", 1);
  assert_chain_whole (sale);
}

static void
test_company (WuyouSale *sale)
{
  static const char company[]
      = "{\"owner_kind\":\"COMPANY\",\"owner_name\":\"云川市示例贸易有限公司\",\"owner_id_type\":\"CREDIT_CODE\","
        "\"owner_id_no\":\"91350100M000100Y43\",\"agent_name\":\"韩梅\",\"agent_mobile\":\"13900001111\","
        "\"vehicle_use\":\"COMPANY\",\"condition\":\"USED\",\"first_invoice_on\":\"2024-10-03\",\"term_months\":24,"
        "\"received_fen\":268000,\"mileage_km\":32000}";
  g_autofree char *id = wuyou_sale_bring_to (sale, "bc", company, "PAID");

  wuyou_sale_assert_state (sale, wuyou_sale_user (sale, "ad", "DADM"), id, "PAID");
}

/* The number stays over a correction, the revision rises, what was signed before counts no more. */
static void
test_correction (WuyouSale *sale)
{
  const WuyouSaleUser *manager = wuyou_sale_user (sale, "ad", "DADM");
  g_autofree char *id = wuyou_sale_bring_to (sale, "ad", NULL, "AWAIT_PAYMENT");
  g_autofree char *number = wuyou_sale_dup_member (sale, manager, id, "number");
  g_autofree char *hash = wuyou_sale_dup_member (sale, manager, id, "content_sha256");
  g_autofree char *sign = g_strdup_printf ("{\"signed_on\":\"2026-11-23\",\"content_sha256\":\"%s\"}", hash);
  g_autofree char *new_hash = NULL;
  g_autofree char *sign_new = NULL;
  g_autoptr (WuyouSaleReply) draft = NULL;
  g_autoptr (WuyouSaleReply) again = NULL;

  g_assert_true (g_str_has_prefix (number, "WY-2026-"));
  wuyou_sale_act (sale, manager, id, "correct", "{}", 422, "INVALID");
  wuyou_sale_act (sale, manager, id, "correct", "{\"reason\":\"客户要求改地址\"}", 200, NULL);
  draft = get (sale, manager, id);
  g_assert_cmpstr (read_member (draft, "state"), ==, "DRAFT");
  g_assert_cmpstr (read_member (draft, "number"), ==, number);
  g_assert_null (read_member (draft, "content_sha256"));
  g_assert_null (read_member (draft, "signed_on"));
  WUYOU_EXPECT (sale, 200, NULL, .user = manager, .route = WUYOU_ROUTE_CONTRACT_PUT, .arg0 = id,
                .version = draft->version, .body = "{\"owner_address\":\"云川市青石区学府路 9 号\"}");
  wuyou_sale_submit (sale, manager, id);
  again = get (sale, manager, id);
  g_assert_cmpstr (read_member (again, "number"), ==, number);
  g_assert_cmpint (read_number (again, "revision"), ==, 2);
  new_hash = g_strdup (read_member (again, "content_sha256"));
  g_assert_cmpstr (new_hash, !=, hash);
  wuyou_sale_act (sale, manager, id, "sign", sign, 422, "INVALID"); /* the scan belongs to revision 1 */
  g_free (wuyou_sale_upload (sale, manager, id, "SIGNED_CONTRACT", WUYOU_SALE_PDF, strlen (WUYOU_SALE_PDF)));
  wuyou_sale_act (sale, manager, id, "sign", sign, 422, "INVALID"); /* and so does the hash */
  sign_new = g_strdup_printf ("{\"signed_on\":\"2026-11-23\",\"content_sha256\":\"%s\"}", new_hash);
  wuyou_sale_act (sale, manager, id, "sign", sign_new, 200, NULL);
  wuyou_sale_pay (sale, manager, id);
  g_assert_cmpint (wuyou_site_count (sale->site, "SELECT count(*) FROM contract_numbers"), ==, 1);
}

/* The sheet that one owner signed does not stand for the next (S-06). */
static void
test_other_owner (WuyouSale *sale)
{
  const WuyouSaleUser *manager = wuyou_sale_user (sale, "ad", "DADM");
  g_autofree char *id = wuyou_sale_bring_to (sale, "ad", NULL, "AWAIT_PAYMENT");
  g_autofree char *attested = NULL, *scans = NULL;

  wuyou_sale_act (sale, manager, id, "correct", "{\"reason\":\"车主换人\"}", 200, NULL);
  WUYOU_EXPECT (sale, 200, NULL, .user = manager, .route = WUYOU_ROUTE_CONTRACT_PUT, .arg0 = id,
                .version = wuyou_sale_get_version (sale, manager, id), .body = "{\"owner_name\":\"李四\"}");
  attested = wuyou_sale_dup_member (sale, manager, id, "consent_attested_by");
  g_assert_null (attested);
  wuyou_sale_act (sale, manager, id, "submit", "{}", 422, "INVALID");
  wuyou_test_advance (G_TIME_SPAN_MINUTE);
  WUYOU_EXPECT (sale, 200, NULL, .user = manager, .route = WUYOU_ROUTE_CONTRACT_PUT, .arg0 = id,
                .version = wuyou_sale_get_version (sale, manager, id),
                .body = "{\"consent_processing\":true,\"consent_sensitive\":true,\"consent_provision\":true,"
                        "\"consent_on\":\"2026-11-23\"}");
  wuyou_sale_submit (sale, manager, id);
  g_free (wuyou_sale_upload (sale, manager, id, "SIGNED_CONTRACT", WUYOU_SALE_PDF, strlen (WUYOU_SALE_PDF)));
  scans = wuyou_sale_dup_member (sale, manager, id, "content_sha256");
  {
    g_autofree char *sign = g_strdup_printf ("{\"signed_on\":\"2026-11-23\",\"content_sha256\":\"%s\"}", scans);

    wuyou_sale_act (sale, manager, id, "sign", sign, 422, "INVALID"); /* the sheet is the other owner's */
    g_free (wuyou_sale_upload (sale, manager, id, "CONSENT_SCAN", WUYOU_SALE_PDF, strlen (WUYOU_SALE_PDF)));
    wuyou_sale_act (sale, manager, id, "sign", sign, 200, NULL);
  }
}

/* The price table and the terms are those of the product version, whatever the client says. */
static void
test_product_rules (WuyouSale *sale)
{
  static const char *const wrong[] = {
    "{\"received_fen\":317999}",
    "{\"received_fen\":398001}",
    "{\"term_months\":24}",
    "{\"brand\":null}",
    "{\"vehicle_use\":\"HIRE\"}",
    "{\"first_invoice_on\":\"2020-10-03\"}",
    "{\"invoice_amount_fen\":9999999}",
    "{\"product_id\":\"01932f1e-0000-7000-8000-0000000000ff\"}",
    "{\"consent_sensitive\":false}",
    "{\"consent_on\":\"2026-11-24\"}",
    "{\"owner_id_no\":null}",
    "{\"received_fen\":0}",
  };
  const WuyouSaleUser *manager = wuyou_sale_user (sale, "ad", "DADM");
  g_autofree char *id = wuyou_sale_bring_to (sale, "ad", NULL, "DRAFT");
  g_autofree char *terms = NULL;
  g_autoptr (WuyouProduct) product = wuyou_test_product_new ();

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autofree char *bad = wuyou_sale_create (sale, manager, wrong[i]);
    g_autoptr (WuyouSaleReply) refused
        = WUYOU_CALL (sale, 422, "INVALID", .user = manager, .route = WUYOU_ROUTE_CONTRACT_ACT, .arg0 = bad,
                      .arg1 = "submit", .version = 1, .body = "{}");

    g_assert_nonnull (wuyou_json_get_array (refused->json, "violations"));
    wuyou_sale_assert_state (sale, manager, bad, "DRAFT");
  }
  wuyou_sale_submit (sale, manager, id);
  terms = wuyou_sale_dup_member (sale, manager, id, "terms_sha256");
  g_assert_cmpstr (terms, ==, product->terms_sha256);
  g_assert_cmpint (wuyou_site_count (sale->site, "SELECT count(*) FROM contract_numbers"), ==, 1);
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

typedef struct {
  WuyouSale *sale;
  const char *id;
  guint status;
} Payment;

static gpointer
pay_in_thread (gpointer data)
{
  Payment *p = data;
  const WuyouSaleUser *user = wuyou_sale_user (p->sale, "hy", "DADM");
  g_autoptr (WuyouSaleReply) reply = NULL;

  reply = wuyou_sale_call (
      p->sale,
      &(WuyouSaleCall){ .user = user,
                        .route = WUYOU_ROUTE_CONTRACT_ACT,
                        .arg0 = p->id,
                        .arg1 = "pay",
                        .version = wuyou_sale_get_version (p->sale, user, p->id),
                        .body = "{\"paid_on\":\"2026-11-23\",\"paid_fen\":368000,\"payment_method\":\"CARD\"}" });
  p->status = reply->status;
  return NULL;
}

static void
add_voucher (WuyouSale *sale, const char *id)
{
  g_free (wuyou_sale_upload (sale, wuyou_sale_user (sale, "hy", "DADM"), id, "VOUCHER", WUYOU_SALE_PDF,
                             strlen (WUYOU_SALE_PDF)));
}

/* A balance of 3,000.00 covers one wholesale price of 2,600.00, not two, not even when both ask at once. */
static void
test_prepaid (WuyouSale *sale)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  Payment payments[2];
  GThread *threads[2];
  g_autoptr (GError) error = NULL;

  wuyou_sale_sql (sale, "UPDATE orgs SET prepaid = 1 WHERE code = 'hy'");
  first = wuyou_sale_bring_to (sale, "hy", NULL, "AWAIT_PAYMENT");
  second = wuyou_sale_bring_to (sale, "hy", NULL, "AWAIT_PAYMENT");
  add_voucher (sale, first);
  add_voucher (sale, second);
  wuyou_sale_act (sale, wuyou_sale_user (sale, "hy", "DADM"), first, "pay",
                  "{\"paid_on\":\"2026-11-23\",\"paid_fen\":368000,\"payment_method\":\"CARD\"}", 409,
                  "ILLEGAL_TRANSITION");
  g_assert_cmpint (wuyou_site_count (sale->site, "SELECT count(*) FROM ledger_entries"), ==, 0);
  wuyou_db_write (sale->site->context.db, top_up, (gpointer) wuyou_site_get_org (sale->site, "hy"), &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 2; i++) {
    payments[i] = (Payment){ sale, i == 0 ? first : second, 0 };
    threads[i] = g_thread_new ("pay", pay_in_thread, &payments[i]);
  }
  for (guint i = 0; i < 2; i++)
    g_thread_join (threads[i]);
  g_assert_cmpuint (payments[0].status + payments[1].status, ==, 200 + 409);
  g_assert_cmpint (wuyou_site_count (sale->site, "SELECT count(*) FROM ledger_entries"), ==, 2);
  g_assert_cmpint (wuyou_site_count (sale->site, "SELECT CAST(sum(amount_fen) AS BIGINT) FROM ledger_lines"), ==, 0);
  g_assert_cmpint (wuyou_site_count (sale->site,
                                     "SELECT CAST(sum(amount_fen) AS BIGINT) FROM ledger_lines WHERE account = "
                                     "'prepaid'"),
                   ==, -40000);
}

static void
test_payment_rules (WuyouSale *sale)
{
  static const char *const wrong[] = {
    "{}",
    "{\"paid_on\":\"2026-11-22\",\"paid_fen\":368000,\"payment_method\":\"CARD\"}", /* before it was signed */
    "{\"paid_on\":\"2026-11-24\",\"paid_fen\":368000,\"payment_method\":\"CARD\"}", /* tomorrow */
    "{\"paid_on\":\"2026-11-23\",\"paid_fen\":368001,\"payment_method\":\"CARD\"}",
    "{\"paid_on\":\"2026-11-23\",\"paid_fen\":\"368000\",\"payment_method\":\"CARD\"}",
    "{\"paid_on\":\"2026-11-23\",\"paid_fen\":368000,\"payment_method\":\"GOLD\"}",
    "{\"paid_on\":\"2026-11-31\",\"paid_fen\":368000,\"payment_method\":\"CARD\"}",
    "{\"paid_on\":\"2026-11-23\",\"paid_fen\":368000,\"payment_method\":\"CARD\",\"surprise\":1}",
    "{\"paid_on\":\"2026-11-23\",\"paid_fen\":368000,\"payment_method\":\"CARD\"}", /* no voucher yet */
  };
  const WuyouSaleUser *manager = wuyou_sale_user (sale, "ad", "DADM");
  g_autofree char *id = wuyou_sale_bring_to (sale, "ad", NULL, "AWAIT_PAYMENT");

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    wuyou_sale_act (sale, manager, id, "pay", wrong[i], 422, "INVALID");
  wuyou_sale_pay (sale, manager, id);
  wuyou_sale_act (sale, manager, id, "pay", wrong[8], 409, "ILLEGAL_TRANSITION"); /* once */
  g_assert_cmpint (wuyou_site_count (sale->site, "SELECT count(*) FROM ledger_entries"), ==, 1);
  g_assert_cmpint (wuyou_site_count (sale->site, "SELECT CAST(sum(amount_fen) AS BIGINT) FROM ledger_lines"), ==, 0);
}

static void
test_void (WuyouSale *sale)
{
  static const char *const states[] = { "DRAFT", "AWAIT_SIGN", "AWAIT_PAYMENT" };
  const WuyouSaleUser *manager = wuyou_sale_user (sale, "ad", "DADM");

  for (guint i = 0; i < G_N_ELEMENTS (states); i++) {
    g_autofree char *id = wuyou_sale_bring_to (sale, "ad", NULL, states[i]);

    wuyou_sale_act (sale, manager, id, "void", "{}", 422, "INVALID");
    wuyou_sale_act (sale, manager, id, "void", "{\"reason\":\"客户放弃\"}", 200, NULL);
    wuyou_sale_assert_state (sale, manager, id, "VOIDED");
    wuyou_sale_act (sale, manager, id, "void", "{\"reason\":\"客户放弃\"}", 409, "ILLEGAL_TRANSITION");
    wuyou_sale_act (sale, manager, id, "submit", "{}", 409, "ILLEGAL_TRANSITION");
    WUYOU_EXPECT (sale, 409, "ILLEGAL_TRANSITION", .user = manager, .route = WUYOU_ROUTE_CONTRACT_PUT, .arg0 = id,
                  .version = wuyou_sale_get_version (sale, manager, id), .body = "{\"model\":\"X\"}");
  }
  count (sale, "VOIDED", 3);
  count (sale, "DRAFT", 0);
}

/* One car, one contract for a period; free again once the first is void (S-04). */
static void
test_duplicate_vehicle (WuyouSale *sale)
{
  static const char vin[] = "{\"vin\":\"LBV41CD06LFA00001\"}";
  const WuyouSaleUser *here = wuyou_sale_user (sale, "ad", "DADM");
  const WuyouSaleUser *there = wuyou_sale_user (sale, "hy", "DADM");
  g_autofree char *first = wuyou_sale_bring_to (sale, "ad", vin, "AWAIT_SIGN");
  g_autofree char *second = wuyou_sale_bring_to (sale, "hy", vin, "DRAFT");

  wuyou_sale_act (sale, there, second, "submit", "{}", 409, "DUPLICATE_VEHICLE");
  wuyou_sale_act (sale, here, first, "void", "{\"reason\":\"客户放弃\"}", 200, NULL);
  wuyou_sale_submit (sale, there, second);
}

/* A step is taken on the version that was seen; DSAL acts on own contracts only, and never takes a payment back. */
static void
test_steps_checked (WuyouSale *sale)
{
  const WuyouSaleUser *manager = wuyou_sale_user (sale, "ad", "DADM");
  const WuyouSaleUser *seller = wuyou_sale_user (sale, "ad", "DSAL");
  const WuyouSaleUser *finance = wuyou_sale_user (sale, "ad", "DFIN");
  g_autofree char *id = wuyou_sale_bring_to (sale, "ad", NULL, "DRAFT");

  WUYOU_EXPECT (sale, 428, "PRECONDITION_REQUIRED", .user = manager, .route = WUYOU_ROUTE_CONTRACT_ACT, .arg0 = id,
                .arg1 = "submit", .body = "{}");
  WUYOU_EXPECT (sale, 412, "STALE", .user = manager, .route = WUYOU_ROUTE_CONTRACT_ACT, .arg0 = id, .arg1 = "submit",
                .body = "{}", .version = 7);
  wuyou_sale_act (sale, manager, id, "start", "{}", 409, "ILLEGAL_TRANSITION"); /* the system's */
  wuyou_sale_act (sale, manager, id, "sign", "{}", 409, "ILLEGAL_TRANSITION");
  wuyou_sale_act (sale, manager, id, "nonsense", "{}", 409, "ILLEGAL_TRANSITION");
  wuyou_sale_act (sale, seller, id, "void", "{\"reason\":\"不是我的\"}", 403, "FORBIDDEN");
  wuyou_sale_act (sale, finance, id, "submit", "{}", 403, "FORBIDDEN");
  wuyou_sale_act (sale, manager, id, "send-to-review", "{}", 409, "ILLEGAL_TRANSITION");
  wuyou_sale_act (sale, manager, id, "submit", "{}", 200, NULL);
}

static const WuyouSaleCase cases[] = {
  { "whole-way", test_whole_way },
  { "company", test_company },
  { "correction", test_correction },
  { "other-owner", test_other_owner },
  { "product-rules", test_product_rules },
  { "prepaid", test_prepaid },
  { "payment-rules", test_payment_rules },
  { "void", test_void },
  { "duplicate-vehicle", test_duplicate_vehicle },
  { "steps-checked", test_steps_checked },
};

int
main (int argc, char *argv[])
{
  wuyou_test_init (&argc, &argv);
  wuyou_sale_add_tests ("sales-flow", cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
