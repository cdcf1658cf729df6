/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "sales/wuyou-contract.h"

#define ALL_BRANDS (1u << WUYOU_BRAND_BMW | 1u << WUYOU_BRAND_MINI)

/* A new car bought on the day the test clock shows less six months, with policies of a year, all right. */
static inline WuyouContract *
new_sale (void)
{
  WuyouContract *contract = wuyou_contract_new ();

  contract->vin = g_strdup ("LBV41CD06LFA00001");
  contract->brand = WUYOU_BRAND_BMW;
  contract->vehicle_use = WUYOU_USE_PRIVATE;
  contract->condition = WUYOU_CONDITION_NEW;
  contract->seats = 5;
  contract->first_invoice_on = wuyou_date_new (2026, 5, 23);
  contract->invoice_amount_fen = 45000000;
  contract->commercial_from = contract->compulsory_from = wuyou_date_new (2026, 5, 23);
  contract->commercial_to = contract->compulsory_to = wuyou_date_new (2027, 5, 22);
  contract->term_months = 36;
  contract->received_fen = 398000;
  return contract;
}

static inline WuyouProduct *
new_product (void)
{
  static const WuyouPrice prices[] = {
    { WUYOU_CONDITION_NEW, 36, 0, 29999999, 298000, 150000, 250000, 350000 },
    { WUYOU_CONDITION_NEW, 36, 30000000, 60000000, 398000, 200000, 350000, 450000 },
    { WUYOU_CONDITION_USED, 24, 0, 60000000, 298000, 150000, 250000, 350000 },
  };
  WuyouProduct *product = wuyou_product_new ();

  product->code = g_strdup ("TEST");
  product->label = g_strdup ("1");
  product->on_sale_from = wuyou_date_new (2026, 1, 1);
  product->rules = (WuyouProductRules){
    .brands = ALL_BRANDS,
    .conditions = 1u << WUYOU_CONDITION_NEW | 1u << WUYOU_CONDITION_USED,
    .uses = 1u << WUYOU_USE_PRIVATE | 1u << WUYOU_USE_COMPANY,
    .max_seats = 9,
    .max_age_months_new = 12,
    .max_age_months_used = 48,
    .term_months_new = 36,
    .term_months_used = 24,
    .start_rule = WUYOU_START_DAY_AFTER_SIGNING,
    .listed_start = TRUE,
  };
  product->prices = g_array_new (FALSE, FALSE, sizeof (WuyouPrice));
  g_array_append_vals (product->prices, prices, G_N_ELEMENTS (prices));
  return product;
}
