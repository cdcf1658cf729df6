/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "claims/wuyou-exclusion.h"
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

/* Figures and how each came about, as they are shown; read back from the JSON, not from what was computed. */
static void
assert_shown (const char *benefit, const WuyouSettlementInput *input, const char *const *wanted)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WuyouSettlement) settlement = wuyou_settlement_compute (benefit, input, &error);
  g_autofree char *json = wuyou_settlement_to_json (settlement, benefit, input);
  WuyouSettlementInput again;
  g_autoptr (WuyouSettlement) read = wuyou_settlement_read (json, &again, &error);
  g_autofree char *rewritten = NULL;

  g_assert_no_error (error);
  rewritten = wuyou_settlement_to_json (read, benefit, &again);
  g_assert_cmpstr (rewritten, ==, json);
  for (guint i = 0; i < read->steps->len; i++) {
    const WuyouSettlementStep *step = &g_array_index (read->steps, WuyouSettlementStep, i);
    g_autofree char *figure = wuyou_settlement_step_dup_figure (step);
    g_autofree char *arithmetic = wuyou_settlement_dup_arithmetic (read, &again, i);
    g_autofree char *line = g_strjoin (" | ", step->kind->id, figure, arithmetic, NULL);

    g_assert_cmpstr (line, ==, wanted[i]);
    g_assert_true (*step->kind->sentence != '\0');
  }
  g_assert_null (wanted[read->steps->len]);
}

/* Only what was looked at is worth showing. */
static void
test_uses (void)
{
  static const struct {
    const char *benefit, *inputs;
  } cases[] = {
    { DEPRECIATION, "invoice_amount_fen first_invoice_on loss_on energy vehicle_use " },
    { DEPRECIATION_FROM_START, "invoice_amount_fen effective_on loss_on energy vehicle_use " },
    { GAP, "invoice_amount_fen condition sum_insured_fen " },
    { COSTS, "invoice_amount_fen condition old_tax_fen new_tax_fen old_delivery_fen new_delivery_fen "
             "old_registration_fen new_registration_fen old_policy_fen new_policy_fen " },
  };
  WuyouSettlementInput input = make_input ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (WuyouSettlement) settlement = wuyou_settlement_compute (cases[i].benefit, &input, NULL);
    g_autoptr (GString) used = g_string_new (NULL);

    for (guint f = 0; f < wuyou_settlement_input_type.n_fields; f++)
      if (wuyou_settlement_uses (settlement, wuyou_settlement_input_type.fields[f].name))
        g_string_append_printf (used, "%s ", wuyou_settlement_input_type.fields[f].name);
    g_assert_cmpstr (used->str, ==, cases[i].inputs);
  }
}

static void
test_shown (void)
{
  static const char *const capped[] = {
    "invoice | 450,000.00",
    "months | 19 | 2024-03-15 – 2025-11-10",
    "rate | 0.6%",
    "depreciation | 51,300.00 | 450,000.00 × 19 × 0.6%",
    "cap-percent | 25%",
    "cap | 112,500.00 | 450,000.00 × 25%",
    "benefit | 51,300.00 | 51,300.00 < 112,500.00",
    "total | 51,300.00",
    NULL,
  };
  static const char *const from_start[] = {
    "invoice | 450,000.00",
    "months-in-force | 18 | 2024-04-15 – 2025-11-10",
    "rate | 0.6%",
    "depreciation | 48,600.00 | 450,000.00 × 18 × 0.6%",
    "benefit | 48,600.00",
    "total | 48,600.00",
    NULL,
  };
  static const char *const costs[] = {
    "tax | 39,823.01 | 42,477.88 > 39,823.01",
    "delivery | 2,500.00 | 2,500.00 < 3,000.00",
    "registration | 500.00 | 800.00 > 500.00",
    "policy | 12,000.00 | 12,000.00 = 12,000.00",
    "costs | 54,823.01 | 39,823.01 + 2,500.00 + 500.00 + 12,000.00",
    "cap-percent | 15%",
    "cap | 67,500.00 | 450,000.00 × 15%",
    "benefit | 54,823.01 | 54,823.01 < 67,500.00",
    "total | 54,823.01",
    NULL,
  };
  static const char *const both[] = {
    "invoice | 450,000.00",
    "months | 19 | 2024-03-15 – 2025-11-10",
    "rate | 0.6%",
    "depreciation | 51,300.00 | 450,000.00 × 19 × 0.6%",
    "benefit | 51,300.00",
    "invoice | 450,000.00",
    "sum-insured | 380,000.00",
    "gap | 70,000.00 | 450,000.00 − 380,000.00",
    "cap-percent | 30%",
    "cap | 135,000.00 | 450,000.00 × 30%",
    "benefit | 70,000.00 | 70,000.00 < 135,000.00",
    "total | 121,300.00 | 51,300.00 + 70,000.00",
    NULL,
  };
  WuyouSettlementInput input = make_input ();

  assert_shown (DEPRECIATION_CAPPED, &input, capped);
  assert_shown (DEPRECIATION_FROM_START, &input, from_start);
  assert_shown (COSTS, &input, costs);
  assert_shown (BOTH, &input, both);
}

static void
test_figures (void)
{
  static const struct {
    gint64 points;
    const char *text;
  } cases[] = { { 60, "0.6%" }, { 63, "0.63%" }, { 100, "1%" }, { 1000, "10%" }, { 5, "0.05%" }, { 0, "0%" } };
  static const WuyouStepKind rate = { "rate", "", WUYOU_UNIT_BASIS_POINTS, "" };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const WuyouSettlementStep step = { &rate, cases[i].points };
    g_autofree char *text = wuyou_settlement_step_dup_figure (&step);

    g_assert_cmpstr (text, ==, cases[i].text);
  }
}

/* What is no settlement is not shown as one. */
static void
test_not_read (void)
{
  static const char *const bad[] = {
    "",
    "{}",
    "[]",
    "{\"input\":{},\"steps\":[],\"total_fen\":0}",
    "{\"input\":{},\"steps\":[{\"step\":\"surprise\",\"value\":1}],\"total_fen\":1}",
    "{\"input\":{},\"steps\":[{\"step\":\"benefit\",\"value\":1}],\"total_fen\":1}",
    "{\"input\":{},\"steps\":[{\"step\":\"total\",\"value\":1}],\"total_fen\":2}",
    "{\"input\":{},\"steps\":[1],\"total_fen\":0}",
    "{\"steps\":[{\"step\":\"total\",\"value\":1}],\"total_fen\":1}",
  };
  static const char lone[]
      = "{\"input\":{},\"steps\":[{\"step\":\"cap\",\"value\":1},{\"step\":\"total\",\"value\":1}],\"total_fen\":1}";
  WuyouSettlementInput input;
  g_autoptr (WuyouSettlement) odd = wuyou_settlement_read (lone, &input, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (wuyou_settlement_read (bad[i], &input, &error));
    g_assert_error (error, WUYOU_ERROR, WUYOU_ERROR_CORRUPT);
  }
  g_assert_nonnull (odd);
  g_assert_null (wuyou_settlement_dup_arithmetic (odd, &input, 0)); /* no step before it to take the share from */
}

/* Before the new car is bought: what the loss decides is computed, of costs to come the cap is promised. */
static void
test_limit (void)
{
  WuyouSettlementInput input = make_input ();
  static const struct {
    const char *benefit;
    gint64 fen;
  } cases[] = {
    { DEPRECIATION_CAPPED, 5130000 },
    { GAP, 7000000 },
    { COSTS, 6750000 },
    { BOTH, 12130000 },
    { "{\"parts\":[" GAP "," COSTS "]}", 13750000 },
    { "{\"formula\":\"replacement-costs/1\",\"items\":[{\"code\":\"DELIVERY\"}]}", WUYOU_SETTLEMENT_UNLIMITED },
  };
  WuyouSettlementInput nothing = { 0 };
  g_autoptr (GError) error = NULL;
  gint64 fen = 0;

  input.new_tax_fen = input.old_tax_fen = 0;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_assert_true (wuyou_settlement_compute_limit (cases[i].benefit, &input, &fen, &error));
    g_assert_no_error (error);
    g_assert_cmpint (fen, ==, cases[i].fen);
  }
  g_assert_false (wuyou_settlement_compute_limit (COSTS, &nothing, &fen, &error));
  g_assert_error (error, WUYOU_ERROR, WUYOU_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (wuyou_settlement_compute_limit ("{}", &input, &fen, &error));
  g_assert_error (error, WUYOU_ERROR, WUYOU_ERROR_CORRUPT);
}

static char *
read_benefit (const char *product)
{
  g_autofree char *path = g_strdup_printf ("../data/demo/products/%s.json", product);
  g_autofree char *file = wuyou_test_source_path (path), *text = NULL;
  g_autoptr (JsonObject) object = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (file, &text, &length, NULL));
  object = wuyou_json_parse_object (text, length, NULL);
  return wuyou_json_canonical (json_object_get_member (object, "benefit"));
}

/* Each reason for a refusal names the clause that carries it. */
static void
test_exclusions (void)
{
  static const char *const products[] = { "depreciation", "invoice-gap", "replacement" };
  char *title, *clause;

  for (guint i = 0; i < G_N_ELEMENTS (products); i++) {
    g_autofree char *benefit = read_benefit (products[i]);

    for (const WuyouEnum *row = wuyou_exclusions; row->id != NULL; row++) {
      wuyou_exclusion_read (benefit, row->value, &title, &clause);
      g_assert_nonnull (title);
      g_assert_nonnull (clause);
      if (row->value == WUYOU_EXCLUSION_PARTIAL_LOSS)
        g_assert_cmpstr (clause, ==, "通用条款 7.1（一）");
      g_free (title);
      g_free (clause);
    }
  }
  wuyou_exclusion_read ("{\"exclusions\":[1,{\"code\":\"MISUSE\",\"title\":7}]}", WUYOU_EXCLUSION_MISUSE, &title,
                        &clause);
  g_assert_null (title);
  g_assert_null (clause);
  wuyou_exclusion_read ("nonsense", 0, &title, &clause);
  g_assert_null (title);
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
  g_test_add_func ("/claims/settlement/shown", test_shown);
  g_test_add_func ("/claims/settlement/uses", test_uses);
  g_test_add_func ("/claims/settlement/figures", test_figures);
  g_test_add_func ("/claims/settlement/not-read", test_not_read);
  g_test_add_func ("/claims/settlement/limit", test_limit);
  g_test_add_func ("/claims/exclusions", test_exclusions);
  return g_test_run ();
}
