/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "sale-fixture.h"
#include "sales/wuyou-eligibility-rules.h"
#include "wuyou-test.h"

typedef struct {
  WuyouContract *contract;
  WuyouProduct *product;
  WuyouDate today;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->contract = new_sale ();
  f->product = new_product ();
  f->today = wuyou_date_of_instant (WUYOU_TEST_NOW);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  wuyou_contract_free (f->contract);
  wuyou_product_free (f->product);
}

static void
expect_eligible (Fixture *f)
{
  GError *error = NULL;

  wuyou_eligibility_check (f->contract, f->product, f->today, &error);
  g_assert_no_error (error);
}

/* Refused for this field and nothing else, with an authority and a sentence. */
static void
expect_only (Fixture *f, const char *field)
{
  g_autoptr (GError) error = NULL;
  const GPtrArray *violations;

  g_assert_false (wuyou_eligibility_check (f->contract, f->product, f->today, &error));
  g_assert_true (g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_NOT_ELIGIBLE));
  violations = wuyou_error_get_violations (error);
  for (guint i = 0; i < violations->len; i++) {
    const GError *violation = g_ptr_array_index (violations, i);

    g_assert_cmpstr (wuyou_error_get_field (violation), ==, field);
    g_assert_nonnull (wuyou_error_get_authority (violation));
    g_assert_cmpstr (wuyou_error_sentence (violation), ==, violation->message);
  }
  g_assert_cmpuint (violations->len, ==, 1);
}

static void
test_right (Fixture *f, gconstpointer data)
{
  expect_eligible (f);
  g_clear_pointer (&f->contract->vin, g_free);
  expect_eligible (f); /* what is not filled in is not judged */
  wuyou_contract_free (f->contract);
  f->contract = wuyou_contract_new ();
  expect_eligible (f);
}

static void
test_brand (Fixture *f, gconstpointer data)
{
  f->contract->brand = WUYOU_BRAND_MINI; /* the VIN is of a BMW */
  expect_only (f, "brand");
  f->contract->brand = WUYOU_BRAND_BMW;
  f->product->rules.brands = 1u << WUYOU_BRAND_MINI;
  expect_only (f, "brand");
}

static void
test_use (Fixture *f, gconstpointer data)
{
  f->contract->vehicle_use = WUYOU_USE_COMPANY;
  expect_eligible (f);
  f->contract->vehicle_use = WUYOU_USE_HIRE;
  expect_only (f, "vehicle_use");
  f->product->rules.uses |= 1u << WUYOU_USE_HIRE; /* no product may allow it */
  expect_only (f, "vehicle_use");
  f->contract->vehicle_use = WUYOU_USE_COMPANY;
  f->product->rules.uses = 1u << WUYOU_USE_PRIVATE;
  expect_only (f, "vehicle_use");
}

static void
test_seats (Fixture *f, gconstpointer data)
{
  f->contract->seats = 9;
  expect_eligible (f);
  f->contract->seats = 10;
  expect_only (f, "seats");
}

static void
test_condition (Fixture *f, gconstpointer data)
{
  f->contract->transferred = TRUE;
  expect_only (f, "transferred");
  f->contract->condition = WUYOU_CONDITION_USED;
  expect_eligible (f);
  f->product->rules.conditions = 1u << WUYOU_CONDITION_NEW;
  expect_only (f, "condition");
}

/* The last day counts, the next does not. */
static void
test_age (Fixture *f, gconstpointer data)
{
  static const struct {
    int condition, year, month, day; /* first invoice; today is 2026-11-23 */
    gboolean right;
  } cases[] = {
    { WUYOU_CONDITION_NEW, 2026, 11, 23, TRUE },   { WUYOU_CONDITION_NEW, 2025, 11, 23, TRUE },
    { WUYOU_CONDITION_NEW, 2025, 11, 22, FALSE },  { WUYOU_CONDITION_NEW, 2026, 11, 24, FALSE },
    { WUYOU_CONDITION_USED, 2022, 11, 23, TRUE },  { WUYOU_CONDITION_USED, 2022, 11, 22, FALSE },
    { WUYOU_CONDITION_USED, 2026, 11, 24, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    f->contract->condition = cases[i].condition;
    f->contract->first_invoice_on = wuyou_date_new (cases[i].year, cases[i].month, cases[i].day);
    if (cases[i].right)
      expect_eligible (f);
    else
      expect_only (f, "first_invoice_on");
  }
}

/* First invoice on 29 February: twelve months are over at the end of 28 February. */
static void
test_age_leap (Fixture *f, gconstpointer data)
{
  f->contract->first_invoice_on = wuyou_date_new (2024, 2, 29);
  f->product->on_sale_from = wuyou_date_new (2024, 1, 1);
  f->contract->commercial_from = f->contract->compulsory_from = wuyou_date_new (2024, 2, 29);
  f->contract->commercial_to = f->contract->compulsory_to = wuyou_date_new (2025, 12, 31);
  f->today = wuyou_date_new (2025, 2, 28);
  expect_eligible (f);
  f->today++;
  expect_only (f, "first_invoice_on");
}

/* In force on the day the service would start, which is tomorrow. */
static void
test_policies (Fixture *f, gconstpointer data)
{
  f->contract->commercial_to = f->today + 1;
  expect_eligible (f);
  f->contract->commercial_to = f->today;
  expect_only (f, "commercial_to");
  f->contract->commercial_to = f->today + 100;
  f->contract->compulsory_from = f->today + 1;
  expect_eligible (f);
  f->contract->compulsory_from = f->today + 2;
  expect_only (f, "compulsory_from");
  f->contract->starts_on_wish = f->today + 2;
  expect_eligible (f);
  f->contract->compulsory_to = f->today;
  expect_only (f, "compulsory_to"); /* ends before it begins */
}

static void
test_start (Fixture *f, gconstpointer data)
{
  f->contract->starts_on_wish = f->today;
  expect_eligible (f);
  f->contract->starts_on_wish = f->today - 1;
  expect_only (f, "starts_on_wish");
}

static void
test_sale (Fixture *f, gconstpointer data)
{
  f->product->on_sale_to = f->today;
  expect_eligible (f);
  f->product->on_sale_to = f->today - 1;
  expect_only (f, "product_id");
  f->product->on_sale_to = WUYOU_DATE_NONE;
  f->product->on_sale_from = f->today + 1;
  expect_only (f, "product_id");
}

static void
test_everything (Fixture *f, gconstpointer data)
{
  static const char *const fields[]
      = { "brand",         "vehicle_use",   "seats",         "transferred", "first_invoice_on",
          "commercial_to", "compulsory_to", "starts_on_wish" };
  GError *error = NULL;

  f->contract->brand = WUYOU_BRAND_MINI;
  f->contract->vehicle_use = WUYOU_USE_HIRE;
  f->contract->seats = 50;
  f->contract->transferred = TRUE;
  f->contract->first_invoice_on = wuyou_date_new (2020, 1, 1);
  f->contract->starts_on_wish = f->today - 1;
  f->contract->commercial_to = f->contract->compulsory_to = f->today - 1;
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++) {
    g_assert_false (wuyou_eligibility_check (f->contract, f->product, f->today, &error));
    wuyou_test_expect_error (&error, WUYOU_ERROR_NOT_ELIGIBLE, fields[i]);
  }
  g_assert_false (wuyou_eligibility_check (f->contract, f->product, f->today, &error));
  g_assert_cmpuint (wuyou_error_get_violations (error)->len, ==, G_N_ELEMENTS (fields));
  g_clear_error (&error);
  g_assert_false (wuyou_eligibility_check (f->contract, f->product, f->today, NULL));
  g_assert_false (wuyou_eligibility_check (f->contract, NULL, f->today, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_NOT_ELIGIBLE, "product_id");
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    void (*test) (Fixture *f, gconstpointer data);
  } tests[] = {
    { "/sales/eligibility/right", test_right },
    { "/sales/eligibility/brand", test_brand },
    { "/sales/eligibility/use", test_use },
    { "/sales/eligibility/seats", test_seats },
    { "/sales/eligibility/condition", test_condition },
    { "/sales/eligibility/age", test_age },
    { "/sales/eligibility/age/leap", test_age_leap },
    { "/sales/eligibility/policies", test_policies },
    { "/sales/eligibility/start", test_start },
    { "/sales/eligibility/sale", test_sale },
    { "/sales/eligibility/everything", test_everything },
  };

  wuyou_test_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
