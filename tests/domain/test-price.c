/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "sale-fixture.h"
#include "sales/wuyou-price-rules.h"
#include "wuyou-test.h"

static void
test_find (void)
{
  static const struct {
    int condition;
    gint64 months, invoice, retail; /* 0: none */
  } cases[] = {
    { WUYOU_CONDITION_NEW, 36, 0, 298000 },
    { WUYOU_CONDITION_NEW, 36, 29999999, 298000 },
    { WUYOU_CONDITION_NEW, 36, 30000000, 398000 },
    { WUYOU_CONDITION_NEW, 36, 60000000, 398000 },
    { WUYOU_CONDITION_NEW, 36, 60000001, 0 },
    { WUYOU_CONDITION_NEW, 24, 30000000, 0 },
    { WUYOU_CONDITION_USED, 24, 60000000, 298000 },
    { WUYOU_CONDITION_USED, 36, 60000000, 0 },
    { 0, 36, 30000000, 0 },
    { WUYOU_CONDITION_NEW, 36, -1, 0 },
  };
  g_autoptr (WuyouProduct) product = new_product ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const WuyouPrice *price = wuyou_price_find (product, cases[i].condition, cases[i].months, cases[i].invoice);

    g_assert_cmpint (price != NULL ? price->retail_fen : 0, ==, cases[i].retail);
  }
  g_clear_pointer (&product->prices, g_array_unref);
  g_assert_null (wuyou_price_find (product, WUYOU_CONDITION_NEW, 36, 1));
}

static void
expect_refused (WuyouContract *contract, WuyouProduct *product, const char *field)
{
  GError *error = NULL;

  g_assert_false (wuyou_price_check (contract, product, &error));
  g_assert_cmpstr (wuyou_error_get_authority (error), ==, "5.3.2");
  wuyou_test_expect_error (&error, WUYOU_ERROR_INVALID, field);
}

static void
test_check (void)
{
  g_autoptr (WuyouContract) contract = new_sale ();
  g_autoptr (WuyouProduct) product = new_product ();

  contract->received_fen = 350000;
  g_assert_true (wuyou_price_check (contract, product, NULL));
  contract->received_fen = 450000;
  g_assert_true (wuyou_price_check (contract, product, NULL));
  contract->received_fen = 349999;
  expect_refused (contract, product, "received_fen");
  contract->received_fen = 450001;
  expect_refused (contract, product, "received_fen");
  contract->received_fen = 0;
  expect_refused (contract, product, "received_fen");
  contract->gift = TRUE;
  g_assert_true (wuyou_price_check (contract, product, NULL));
  contract->invoice_amount_fen = 99999999;
  expect_refused (contract, product, "invoice_amount_fen");
  contract->term_months = 48;
  expect_refused (contract, product, "term_months");
  contract->condition = 0;
  expect_refused (contract, product, "condition");
}

static void
test_message (void)
{
  g_autoptr (WuyouContract) contract = new_sale ();
  g_autoptr (WuyouProduct) product = new_product ();
  g_autoptr (GError) error = NULL;

  contract->received_fen = 1;
  g_assert_false (wuyou_price_check (contract, product, &error));
  g_assert_nonnull (strstr (error->message, "3,500.00"));
  g_assert_nonnull (strstr (error->message, "4,500.00"));
  g_assert_null (strstr (error->message, "2,000.00")); /* never the wholesale price */
}

static void
test_apply (void)
{
  g_autoptr (WuyouContract) contract = new_sale ();
  g_autoptr (WuyouProduct) product = new_product ();

  wuyou_price_apply (contract, product);
  g_assert_cmpint (contract->retail_fen, ==, 398000);
  g_assert_cmpint (contract->wholesale_fen, ==, 200000);
  contract->term_months = 0; /* the product's own term */
  wuyou_price_apply (contract, product);
  g_assert_cmpint (contract->retail_fen, ==, 398000);
  contract->term_months = 48;
  wuyou_price_apply (contract, product);
  g_assert_cmpint (contract->retail_fen, ==, 0);
  g_assert_cmpint (contract->wholesale_fen, ==, 0);
}

static void
test_table (void)
{
  g_autoptr (WuyouProduct) product = new_product ();
  WuyouPrice *second = &g_array_index (product->prices, WuyouPrice, 1);
  GError *error = NULL;

  g_assert_true (wuyou_price_check_table (product, NULL));
  second->min_invoice_fen--;
  g_assert_false (wuyou_price_check_table (product, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_INVALID, "prices_json");
  second->min_invoice_fen++;
  second->retail_fen = 450001;
  g_assert_false (wuyou_price_check_table (product, NULL));
  second->retail_fen = 349999;
  g_assert_false (wuyou_price_check_table (product, NULL));
  second->retail_fen = 398000;
  second->max_invoice_fen = second->min_invoice_fen - 1;
  g_assert_false (wuyou_price_check_table (product, NULL));
  g_array_set_size (product->prices, 0);
  g_assert_false (wuyou_price_check_table (product, NULL));
}

int
main (int argc, char **argv)
{
  wuyou_test_init (&argc, &argv);
  g_test_add_func ("/sales/price/find", test_find);
  g_test_add_func ("/sales/price/check", test_check);
  g_test_add_func ("/sales/price/check/message", test_message);
  g_test_add_func ("/sales/price/apply", test_apply);
  g_test_add_func ("/sales/price/table", test_table);
  return g_test_run ();
}
