/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "base/wuyou-json.h"
#include "claims/wuyou-settlement.h"
#include "sales/wuyou-contract.h"
#include "demo/wuyou-demo-words.h"

/* claims.settle: settlements a second by the formulas of the demo products, as one line of JSON. */
#define SECONDS 1

static const char *const files[]
    = { "products/depreciation.json", "products/invoice-gap.json", "products/replacement.json" };

static char *
read_benefit (const char *file)
{
  g_autoptr (JsonObject) product = wuyou_demo_file_object (file, NULL);

  return wuyou_json_canonical (json_object_get_member (product, "benefit"));
}

static void
settle (const char *benefit, gint64 i)
{
  const WuyouSettlementInput input = {
    .invoice_amount_fen = 30000000 + i % 1000 * 10000,
    .first_invoice_on = 20000,
    .effective_on = 20010,
    .loss_on = 20300 + (WuyouDate) (i % 300),
    .determined_on = 20700,
    .energy = WUYOU_ENERGY_PETROL,
    .vehicle_use = WUYOU_USE_PRIVATE,
    .condition = WUYOU_CONDITION_NEW,
    .sum_insured_fen = 25000000,
    .old_tax_fen = 2654867,
    .new_tax_fen = 2700000,
    .old_delivery_fen = 120000,
    .new_delivery_fen = 150000,
    .old_registration_fen = 30000,
    .new_registration_fen = 20000,
    .old_policy_fen = 800000,
    .new_policy_fen = 900000,
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (WuyouSettlement) settlement = wuyou_settlement_compute (benefit, &input, &error);
  g_autofree char *json = NULL;

  if (settlement == NULL)
    g_error ("%s", error->message);
  json = wuyou_settlement_to_json (settlement, benefit, &input);
}

int
main (void)
{
  char *benefits[G_N_ELEMENTS (files)];
  gint64 began = g_get_monotonic_time (), end = began + SECONDS * G_USEC_PER_SEC, n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    benefits[i] = read_benefit (files[i]);
  for (; g_get_monotonic_time () < end; n++)
    settle (benefits[n % G_N_ELEMENTS (files)], n);
  g_print ("{\"value\": %.0f, \"families\": %u}\n",
           (double) n * G_USEC_PER_SEC / (double) (g_get_monotonic_time () - began), (guint) G_N_ELEMENTS (files));
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    g_free (benefits[i]);
  return 0;
}
