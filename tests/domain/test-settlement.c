/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "base/wuyou-error.h"
#include "claims/wuyou-settlement.h"
#include "sales/wuyou-contract.h"
#include "wuyou-test.h"

#define RATES                                                                                                          \
  "\"rates\":[{\"energy\":\"PETROL\",\"use\":\"PRIVATE\",\"per_month_basis_points\":60},"                              \
  "{\"energy\":\"ELECTRIC\",\"use\":\"PRIVATE\",\"per_month_basis_points\":72}]"
#define DEPRECIATION "{\"formula\":\"depreciation/1\",\"month_origin\":\"FIRST_INVOICE\"," RATES "}"
#define DEPRECIATION_CAPPED                                                                                            \
  "{\"formula\":\"depreciation/1\",\"month_origin\":\"FIRST_INVOICE\"," RATES                                          \
  ",\"cap\":{\"share_of_invoice_percent\":25}}"
#define DEPRECIATION_FROM_START "{\"formula\":\"depreciation/1\",\"month_origin\":\"CONTRACT_START\"," RATES "}"
#define GAP "{\"formula\":\"invoice-gap/1\",\"floor_fen\":0,\"cap\":{\"share_of_invoice_percent\":30}}"
#define COSTS                                                                                                          \
  "{\"formula\":\"replacement-costs/1\",\"items\":[{\"code\":\"PURCHASE_TAX\"},{\"code\":\"DELIVERY\"},"               \
  "{\"code\":\"REGISTRATION\"},{\"code\":\"FIRST_YEAR_POLICY\"}],"                                                     \
  "\"cap\":{\"share_of_invoice_percent\":15,\"share_of_invoice_percent_used\":10}}"
#define BOTH "{\"parts\":[" DEPRECIATION "," GAP "]}"

/* The car of requirements 9.4. */
static WuyouSettlementInput
make_input (void)
{
  return (WuyouSettlementInput){
    .invoice_amount_fen = 45000000,
    .first_invoice_on = wuyou_date_new (2024, 3, 15),
    .effective_on = wuyou_date_new (2024, 4, 15),
    .loss_on = wuyou_date_new (2025, 11, 10),
    .energy = WUYOU_ENERGY_PETROL,
    .vehicle_use = WUYOU_USE_PRIVATE,
    .condition = WUYOU_CONDITION_NEW,
    .sum_insured_fen = 38000000,
    .old_tax_fen = wuyou_purchase_tax (45000000),
    .new_tax_fen = wuyou_purchase_tax (48000000),
    .old_delivery_fen = 300000,
    .new_delivery_fen = 250000,
    .old_registration_fen = 50000,
    .new_registration_fen = 80000,
    .old_policy_fen = 1200000,
    .new_policy_fen = 1200000,
  };
}

static gint64
settle (const char *benefit, const WuyouSettlementInput *input)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WuyouSettlement) settlement = wuyou_settlement_compute (benefit, input, &error);

  g_assert_no_error (error);
  return settlement->total_fen;
}

static void
test_vectors (void)
{
  WuyouSettlementInput input = make_input ();
  static const struct {
    const char *benefit;
    gint64 fen;
  } cases[] = {
    { DEPRECIATION, 5130000 },            /* 450,000.00 × 0.6 % × 19 */
    { DEPRECIATION_CAPPED, 5130000 },     /* below 25 % */
    { DEPRECIATION_FROM_START, 4860000 }, /* 18 months */
    { GAP, 7000000 },                     /* 450,000.00 − 380,000.00 */
    { COSTS, 5482301 },                   /* 39,823.01 + 2,500.00 + 500.00 + 12,000.00, below 15 % = 67,500.00 */
    { BOTH, 12130000 },
  };

  g_assert_cmpint (wuyou_purchase_tax (45000000), ==, 3982301);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (settle (cases[i].benefit, &input), ==, cases[i].fen);
}

static void
test_caps (void)
{
  WuyouSettlementInput input = make_input ();

  input.loss_on = wuyou_date_new (2034, 3, 15);
  g_assert_cmpint (settle (DEPRECIATION_CAPPED, &input), ==, 11250000); /* 25 % */
  input.sum_insured_fen = 1;
  g_assert_cmpint (settle (GAP, &input), ==, 13500000); /* 30 % */
  input.sum_insured_fen = 46000000;
  g_assert_cmpint (settle (GAP, &input), ==, 0); /* insured for more than it cost */
  input.old_policy_fen = input.new_policy_fen = 9000000;
  g_assert_cmpint (settle (COSTS, &input), ==, 6750000);
  input.condition = WUYOU_CONDITION_USED;
  g_assert_cmpint (settle (COSTS, &input), ==, 4500000); /* 10 % */
}

/* A later loss or a dearer car never gives less; nothing gives more than its cap, or less than nothing. */
static void
test_monotonous (void)
{
  WuyouSettlementInput input = make_input ();
  gint64 last = 0;

  for (WuyouDate day = input.first_invoice_on - 40; day < input.first_invoice_on + 4000; day += 13) {
    gint64 fen;

    input.loss_on = day;
    fen = settle (DEPRECIATION_CAPPED, &input);
    g_assert_cmpint (fen, >=, last);
    g_assert_cmpint (fen, <=, input.invoice_amount_fen / 4);
    last = fen;
  }
  last = 0;
  for (gint64 amount = 1; amount < G_GINT64_CONSTANT (1000000000000); amount = amount * 7 / 3 + 1) {
    gint64 fen;

    input.invoice_amount_fen = amount;
    fen = settle (DEPRECIATION, &input);
    g_assert_cmpint (fen, >=, last);
    last = fen;
  }
}

static void
test_missing (void)
{
  static const struct {
    const char *benefit;
    guint missing;
  } cases[] = { { DEPRECIATION, 5 }, { GAP, 2 }, { COSTS, 1 }, { BOTH, 7 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    WuyouSettlementInput nothing = { 0 };

    g_assert_null (wuyou_settlement_compute (cases[i].benefit, &nothing, &error));
    g_assert_error (error, WUYOU_ERROR, WUYOU_ERROR_INVALID);
    g_assert_cmpuint (wuyou_error_get_violations (error)->len, ==, cases[i].missing);
  }
}

static void
test_bad_benefit (void)
{
  static const char *const benefits[]
      = { "{}", "[]", "", "{\"formula\":\"depreciation/2\"}", "{\"parts\":[]}", "{\"parts\":[{}]}", "{\"parts\":[1]}" };
  WuyouSettlementInput input = make_input ();

  for (guint i = 0; i < G_N_ELEMENTS (benefits); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (wuyou_settlement_compute (benefits[i], &input, &error));
    g_assert_nonnull (error);
  }
}

static char *
replace (const char *text, const char *from, const char *to)
{
  g_auto (GStrv) parts = g_strsplit (text, from, 2);

  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  return g_strjoinv (to, parts);
}

/* The same bytes again; any that were changed are found. */
static void
test_reproducible (void)
{
  static const struct {
    const char *from, *to;
  } changes[] = {
    { "\"total_fen\":5130000", "\"total_fen\":5130001" },
    { "\"value\":19", "\"value\":20" },
    { "45000000", "45000001" },
    { "\"benefit_sha256\":\"", "\"benefit_sha256\":\"0" },
    { "2025-11-10", "2025-12-10" },
    { "\"input\":{", "\"input\":{\"surprise\":1," },
  };
  WuyouSettlementInput input = make_input ();
  g_autoptr (WuyouSettlement) settlement = wuyou_settlement_compute (DEPRECIATION, &input, NULL);
  g_autofree char *json = wuyou_settlement_to_json (settlement, DEPRECIATION, &input);

  g_assert_true (wuyou_settlement_verify (json, DEPRECIATION, NULL));
  g_assert_false (wuyou_settlement_verify (json, DEPRECIATION_CAPPED, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++) {
    g_autofree char *changed = replace (json, changes[i].from, changes[i].to);
    g_autoptr (GError) error = NULL;

    g_assert_false (wuyou_settlement_verify (changed, DEPRECIATION, &error));
    g_assert_error (error, WUYOU_ERROR, WUYOU_ERROR_CORRUPT);
  }
}

/* The steps say in words how the amount came about, the last one being the amount. */
static void
test_steps (void)
{
  WuyouSettlementInput input = make_input ();
  g_autoptr (WuyouSettlement) settlement = wuyou_settlement_compute (DEPRECIATION_CAPPED, &input, NULL);
  static const char *const wanted[]
      = { "invoice", "months", "rate", "depreciation", "cap-percent", "cap", "benefit", "total" };

  g_assert_cmpuint (settlement->steps->len, ==, G_N_ELEMENTS (wanted));
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++) {
    const WuyouSettlementStep *step = &g_array_index (settlement->steps, WuyouSettlementStep, i);

    g_assert_cmpstr (step->kind->id, ==, wanted[i]);
    g_assert_true (*step->kind->label != '\0');
  }
  g_assert_cmpint (g_array_index (settlement->steps, WuyouSettlementStep, 7).value, ==, settlement->total_fen);
}

int
main (int argc, char **argv)
{
  wuyou_test_init (&argc, &argv);
  g_test_add_func ("/claims/settlement/vectors", test_vectors);
  g_test_add_func ("/claims/settlement/caps", test_caps);
  g_test_add_func ("/claims/settlement/monotonous", test_monotonous);
  g_test_add_func ("/claims/settlement/missing", test_missing);
  g_test_add_func ("/claims/settlement/bad-benefit", test_bad_benefit);
  g_test_add_func ("/claims/settlement/reproducible", test_reproducible);
  g_test_add_func ("/claims/settlement/steps", test_steps);
  return g_test_run ();
}
