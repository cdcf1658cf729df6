/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "sale-fixture.h"
#include "sales/wuyou-term-rules.h"
#include "wuyou-test.h"

static WuyouDate
day (const char *iso)
{
  WuyouDate date = wuyou_date_parse (iso);

  g_assert_true (date != WUYOU_DATE_NONE || *iso == '\0');
  return date;
}

/* Requirements 9.4. */
static void
test_months (void)
{
  static const struct {
    const char *from, *to;
    int months;
  } cases[] = {
    { "2024-03-15", "2025-11-10", 19 }, { "2024-03-15", "2024-04-14", 0 },  { "2024-03-15", "2024-04-15", 1 },
    { "2024-01-31", "2024-02-29", 1 },  { "2024-02-29", "2025-02-28", 12 }, { "2024-03-15", "2024-03-14", 0 },
    { "2024-03-15", "2024-03-15", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (wuyou_date_completed_months (day (cases[i].from), day (cases[i].to)), ==, cases[i].months);
}

static void
test_last_day (void)
{
  static const struct {
    const char *from;
    int months;
    const char *last;
  } cases[] = {
    { "2025-01-10", 36, "2028-01-09" }, { "2026-03-01", 24, "2028-02-29" }, { "2024-02-29", 12, "2025-02-28" },
    { "2024-02-29", 48, "2028-02-28" }, { "2026-01-31", 1, "2026-02-28" },  { "2026-08-31", 1, "2026-09-30" },
    { "2026-01-01", 12, "2026-12-31" }, { "2026-12-31", 36, "2029-12-30" }, { "2026-01-01", 0, "" },
    { "2026-01-01", -1, "" },           { "2190-01-01", 240, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (wuyou_term_last_day (day (cases[i].from), cases[i].months), ==, day (cases[i].last));
  g_assert_cmpint (wuyou_term_last_day (WUYOU_DATE_NONE, 12), ==, WUYOU_DATE_NONE);
  g_assert_cmpint (wuyou_term_last_day (day ("2026-01-01"), G_MAXINT64), ==, WUYOU_DATE_NONE);
}

/* Terms that follow each other leave no day out and share none, whatever the start. */
static void
test_last_day_follows (void)
{
  for (WuyouDate from = day ("2023-12-25"); from < day ("2028-03-05"); from++)
    for (int months = 1; months <= 36; months += 5) {
      WuyouDate last = wuyou_term_last_day (from, months);

      g_assert_cmpint (wuyou_date_completed_months (from, last + 1), ==, months);
      g_assert_cmpint (wuyou_date_completed_months (from, last - 1), <, months);
    }
}

static void
test_refund_days (void)
{
  WuyouPeriod term = { day ("2025-01-10"), day ("2028-01-09") };

  g_assert_cmpint (wuyou_period_days (term), ==, 1095);
  g_assert_cmpint (wuyou_period_days ((WuyouPeriod){ term.from, day ("2025-07-01") - 1 }), ==, 172);
  g_assert_cmpint (wuyou_period_days ((WuyouPeriod){ term.from, day ("2025-07-01") }), ==, 173);
  g_assert_cmpint (wuyou_period_days ((WuyouPeriod){ term.to, term.from }), ==, 0);
}

typedef struct {
  int condition, start_rule;
  const char *invoiced, *signed_on, *paid_on, *wish;
  int months;
  const char *from, *to;
} Term;

static void
test_compute (void)
{
  static const Term cases[] = {
    /* a new car: from the day after signing until 36 months since its first invoice are over */
    { WUYOU_CONDITION_NEW, 1, "2026-05-23", "2026-11-23", "", "", 36, "2026-11-24", "2029-05-22" },
    { WUYOU_CONDITION_NEW, 1, "2026-05-23", "2026-11-23", "2026-12-01", "", 36, "2026-11-24", "2029-05-22" },
    { WUYOU_CONDITION_NEW, 1, "2026-11-23", "2026-11-23", "", "", 0, "2026-11-24", "2029-11-22" },
    { WUYOU_CONDITION_NEW, 1, "2024-02-29", "2024-12-31", "", "", 36, "2025-01-01", "2027-02-28" },
    /* by payment: the day itself */
    { WUYOU_CONDITION_NEW, 2, "2026-05-23", "2026-11-23", "2026-11-25", "", 36, "2026-11-25", "2029-05-22" },
    /* a used car: 24 months from the start */
    { WUYOU_CONDITION_USED, 1, "2023-05-23", "2026-11-23", "", "", 24, "2026-11-24", "2028-11-23" },
    { WUYOU_CONDITION_USED, 1, "", "2026-11-23", "", "", 0, "2026-11-24", "2028-11-23" },
    { WUYOU_CONDITION_USED, 2, "", "", "2026-11-23", "", 24, "2026-11-23", "2028-11-22" },
    { WUYOU_CONDITION_USED, 1, "", "2028-02-28", "", "", 12, "2028-02-29", "2029-02-28" },
    /* an agreed start holds when it is later, never when it is earlier */
    { WUYOU_CONDITION_USED, 1, "", "2026-11-23", "", "2027-01-01", 24, "2027-01-01", "2028-12-31" },
    { WUYOU_CONDITION_USED, 1, "", "2026-11-23", "", "2026-11-01", 24, "2026-11-24", "2028-11-23" },
    { WUYOU_CONDITION_NEW, 1, "2026-05-23", "2026-11-23", "", "2027-01-01", 36, "2027-01-01", "2029-05-22" },
    /* the last possible day */
    { WUYOU_CONDITION_NEW, 1, "2026-05-23", "2026-11-23", "", "2029-05-22", 36, "2029-05-22", "2029-05-22" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const Term *t = &cases[i];
    g_autoptr (WuyouContract) contract = new_sale ();
    g_autoptr (WuyouProduct) product = new_product ();
    WuyouPeriod term = { 0 };
    GError *error = NULL;

    contract->condition = t->condition;
    contract->first_invoice_on = day (t->invoiced);
    contract->starts_on_wish = day (t->wish);
    contract->term_months = t->months;
    product->rules.start_rule = t->start_rule;
    wuyou_term_compute (contract, product, day (t->signed_on), day (t->paid_on), &term, &error);
    g_assert_no_error (error);
    g_assert_cmpint (term.from, ==, day (t->from));
    g_assert_cmpint (term.to, ==, day (t->to));
  }
}

static void
expect_refused (WuyouContract *contract, WuyouProduct *product, WuyouDate signed_on, const char *field)
{
  WuyouPeriod term = { 1, 2 };
  GError *error = NULL;

  g_assert_false (wuyou_term_compute (contract, product, signed_on, WUYOU_DATE_NONE, &term, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_INVALID, field);
  g_assert_cmpint (term.from, ==, 1);
}

static void
test_refuse (void)
{
  g_autoptr (WuyouContract) contract = new_sale ();
  g_autoptr (WuyouProduct) product = new_product ();

  expect_refused (contract, product, WUYOU_DATE_NONE, "signed_on");
  contract->starts_on_wish = day ("2029-05-23"); /* the day after the last */
  expect_refused (contract, product, day ("2026-11-23"), "first_invoice_on");
  contract->starts_on_wish = day ("2026-12-01");
  product->rules.listed_start = FALSE;
  expect_refused (contract, product, day ("2026-11-23"), "starts_on_wish");
  contract->starts_on_wish = WUYOU_DATE_NONE;
  product->rules.start_rule = WUYOU_START_PAYMENT_DAY;
  expect_refused (contract, product, day ("2026-11-23"), "paid_on");
  contract->first_invoice_on = WUYOU_DATE_NONE;
  expect_refused (contract, product, day ("2026-11-23"), "first_invoice_on");
  contract->condition = 0;
  expect_refused (contract, product, day ("2026-11-23"), "condition");
  contract->condition = WUYOU_CONDITION_USED;
  contract->term_months = product->rules.term_months_used = 0;
  product->rules.start_rule = WUYOU_START_DAY_AFTER_SIGNING;
  expect_refused (contract, product, day ("2026-11-23"), "term_months");
}

static void
test_overlap (void)
{
  static const struct {
    WuyouPeriod a, b;
    gboolean overlaps;
  } cases[] = {
    { { 10, 20 }, { 21, 30 }, FALSE }, { { 10, 20 }, { 20, 30 }, TRUE }, { { 10, 20 }, { 12, 13 }, TRUE },
    { { 10, 20 }, { 1, 9 }, FALSE },   { { 10, 20 }, { 1, 10 }, TRUE },  { { 10, 10 }, { 10, 10 }, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_assert_cmpint (wuyou_period_overlaps (cases[i].a, cases[i].b), ==, cases[i].overlaps);
    g_assert_cmpint (wuyou_period_overlaps (cases[i].b, cases[i].a), ==, cases[i].overlaps);
  }
}

static void
test_gaps (void)
{
  static const struct {
    WuyouDate from, to; /* of the commercial policy; the compulsory one covers all; term is 100 to 200 */
    guint count;
    WuyouPeriod first, second;
  } cases[] = {
    { 100, 200, 0, { 0, 0 }, { 0, 0 } },         { 1, 300, 0, { 0, 0 }, { 0, 0 } },
    { 100, 199, 1, { 200, 200 }, { 0, 0 } },     { 101, 200, 1, { 100, 100 }, { 0, 0 } },
    { 120, 150, 2, { 100, 119 }, { 151, 200 } }, { 1, 99, 1, { 100, 200 }, { 0, 0 } },
    { 201, 300, 1, { 100, 200 }, { 0, 0 } },     { 0, 0, 1, { 100, 200 }, { 0, 0 } },
    { 150, 120, 1, { 100, 200 }, { 0, 0 } },     { 120, 0, 1, { 100, 200 }, { 0, 0 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (WuyouContract) contract = new_sale ();
    g_autoptr (GArray) gaps = NULL;

    contract->commercial_from = cases[i].from;
    contract->commercial_to = cases[i].to;
    contract->compulsory_from = 1;
    contract->compulsory_to = 1000;
    gaps = wuyou_term_find_gaps (contract, (WuyouPeriod){ 100, 200 });
    g_assert_cmpuint (gaps->len, ==, cases[i].count);
    for (guint j = 0; j < gaps->len; j++) {
      const WuyouPolicyGap *gap = &g_array_index (gaps, WuyouPolicyGap, j);
      WuyouPeriod expected = j == 0 ? cases[i].first : cases[i].second;

      g_assert_cmpint (gap->kind, ==, WUYOU_POLICY_COMMERCIAL);
      g_assert_cmpint (gap->days.from, ==, expected.from);
      g_assert_cmpint (gap->days.to, ==, expected.to);
    }
  }
}

static void
test_gaps_both (void)
{
  g_autoptr (WuyouContract) contract = new_sale ();
  g_autoptr (GArray) gaps = wuyou_term_find_gaps (contract, (WuyouPeriod){ day ("2026-11-24"), day ("2029-05-22") });

  g_assert_cmpuint (gaps->len, ==, 2);
  g_assert_cmpint (g_array_index (gaps, WuyouPolicyGap, 1).kind, ==, WUYOU_POLICY_COMPULSORY);
  g_assert_cmpint (g_array_index (gaps, WuyouPolicyGap, 1).days.from, ==, day ("2027-05-23"));
}

int
main (int argc, char **argv)
{
  wuyou_test_init (&argc, &argv);
  g_test_add_func ("/sales/term/months", test_months);
  g_test_add_func ("/sales/term/last-day", test_last_day);
  g_test_add_func ("/sales/term/last-day/follows", test_last_day_follows);
  g_test_add_func ("/sales/term/refund-days", test_refund_days);
  g_test_add_func ("/sales/term/compute", test_compute);
  g_test_add_func ("/sales/term/refuse", test_refuse);
  g_test_add_func ("/sales/term/overlap", test_overlap);
  g_test_add_func ("/sales/term/gaps", test_gaps);
  g_test_add_func ("/sales/term/gaps/both", test_gaps_both);
  return g_test_run ();
}
