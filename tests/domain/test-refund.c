/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "base/wuyou-error.h"
#include "sale-fixture.h"
#include "sales/wuyou-refund-rules.h"
#include "wuyou-test.h"

#define RULE(method, day)                                                                                              \
  "{\"cancellation\":{\"method\":\"" method "\",\"day_of_cancellation\":\"" day "\",\"refund_within_days\":60,"        \
  "\"gift_refundable\":false}}"
#define DAILY RULE ("DAILY", "INCLUDED")
#define DAILY_WITHOUT RULE ("DAILY", "EXCLUDED")
#define MONTHLY RULE ("MONTHLY", "INCLUDED")

/* Requirements 9.4. */
static WuyouContract *
make_contract (void)
{
  WuyouContract *contract = new_sale ();

  contract->effective_on = wuyou_date_new (2025, 1, 10);
  contract->ends_on = wuyou_date_new (2028, 1, 9);
  contract->received_fen = 398000;
  return contract;
}

static void
test_vectors (void)
{
  static const struct {
    const char *rule, *day;
    gint64 units, used, fen;
  } cases[] = {
    { DAILY, "2025-07-01", 1095, 173, 335120 },       { DAILY_WITHOUT, "2025-07-01", 1095, 172, 335483 },
    { DAILY, "2025-01-09", 1095, 0, 398000 },         { DAILY, "2025-01-10", 1095, 1, 397637 },
    { DAILY, "2024-12-01", 1095, 0, 398000 },         { DAILY_WITHOUT, "2025-01-10", 1095, 0, 398000 },
    { DAILY, "2028-01-09", 1095, 1095, 0 },           { DAILY, "2030-01-01", 1095, 1095, 0 },
    { DAILY_WITHOUT, "2028-01-09", 1095, 1094, 363 }, { MONTHLY, "2025-07-01", 36, 6, 331667 },
    { MONTHLY, "2025-01-10", 36, 1, 386944 },         { MONTHLY, "2025-02-09", 36, 1, 386944 },
    { MONTHLY, "2025-02-10", 36, 2, 375889 },         { MONTHLY, "2028-01-09", 36, 36, 0 },
  };
  g_autoptr (WuyouContract) contract = make_contract ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    WuyouDate day = wuyou_date_parse (cases[i].day);
    WuyouRefund refund;

    g_assert_true (wuyou_refund_compute (contract, cases[i].rule, day, &refund, &error));
    g_assert_cmpint (refund.units, ==, cases[i].units);
    g_assert_cmpint (refund.used, ==, cases[i].used);
    g_assert_cmpint (refund.refund_fen, ==, cases[i].fen);
    g_assert_cmpint (refund.due_on, ==, day + 60);
  }
}

/* A later day never gives more back, and never more than was paid. */
static void
test_monotonous (void)
{
  g_autoptr (WuyouContract) contract = make_contract ();
  static const char *const rules[] = { DAILY, DAILY_WITHOUT, MONTHLY };

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++) {
    gint64 last = contract->received_fen;

    for (WuyouDate day = contract->effective_on - 5; day < contract->ends_on + 5; day++) {
      WuyouRefund refund;

      g_assert_true (wuyou_refund_compute (contract, rules[i], day, &refund, NULL));
      g_assert_cmpint (refund.refund_fen, <=, last);
      g_assert_cmpint (refund.refund_fen, >=, 0);
      last = refund.refund_fen;
    }
    g_assert_cmpint (last, ==, 0);
  }
}

static void
test_gift (void)
{
  g_autoptr (WuyouContract) contract = make_contract ();
  WuyouRefund refund;

  contract->gift = TRUE;
  g_assert_true (wuyou_refund_compute (contract, DAILY, contract->effective_on, &refund, NULL));
  g_assert_cmpint (refund.refund_fen, ==, 0);
}

static void
test_refusals (void)
{
  static const char *const rules[] = { "{}", "{\"cancellation\":{}}", RULE ("HOURLY", "INCLUDED"), "nothing" };
  g_autoptr (WuyouContract) contract = make_contract ();
  g_autoptr (GError) error = NULL;
  WuyouRefund refund;

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++) {
    g_assert_false (wuyou_refund_compute (contract, rules[i], contract->effective_on, &refund, &error));
    g_assert_error (error, WUYOU_ERROR, WUYOU_ERROR_CORRUPT);
    g_clear_error (&error);
  }
  contract->effective_on = contract->ends_on = WUYOU_DATE_NONE;
  g_assert_false (wuyou_refund_compute (contract, DAILY, wuyou_date_new (2026, 1, 1), &refund, &error));
  g_assert_error (error, WUYOU_ERROR, WUYOU_ERROR_INVALID);
}

int
main (int argc, char **argv)
{
  wuyou_test_init (&argc, &argv);
  g_test_add_func ("/sales/refund/vectors", test_vectors);
  g_test_add_func ("/sales/refund/monotonous", test_monotonous);
  g_test_add_func ("/sales/refund/gift", test_gift);
  g_test_add_func ("/sales/refund/refusals", test_refusals);
  return g_test_run ();
}
