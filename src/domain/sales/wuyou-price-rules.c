/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "sales/wuyou-price-rules.h"

#include <glib/gi18n-lib.h>

#include "base/wuyou-money.h"
#include "base/wuyou-refusal.h"
#include "sales/wuyou-contract-rules.h"
#include "sales/wuyou-term-rules.h"

#define AUTHORITY "5.3.2" /* clause on prices */

const WuyouPrice *
wuyou_price_find (const WuyouProduct *product, int condition, gint64 term_months, gint64 invoice_amount_fen)
{
  for (guint i = 0; product->prices != NULL && i < product->prices->len; i++) {
    const WuyouPrice *price = &g_array_index (product->prices, WuyouPrice, i);

    if (price->condition == condition && price->term_months == term_months
        && invoice_amount_fen >= price->min_invoice_fen && invoice_amount_fen <= price->max_invoice_fen)
      return price;
  }
  return NULL;
}

static const WuyouPrice *
find_for (const WuyouContract *contract, const WuyouProduct *product)
{
  return wuyou_price_find (product, contract->condition, wuyou_term_months (contract, product),
                           contract->invoice_amount_fen);
}

static gboolean
refuse (GError **error, const char *field, char *sentence)
{
  GError *refusal = g_error_new_literal (WUYOU_ERROR, WUYOU_ERROR_INVALID, sentence);

  wuyou_error_set_field (refusal, field, AUTHORITY);
  g_propagate_error (error, refusal);
  g_free (sentence);
  return FALSE;
}

/* Says which of the three did not fit, so that the form can point at it. */
static gboolean
refuse_missing_row (const WuyouContract *contract, const WuyouProduct *product, GError **error)
{
  gint64 months = wuyou_term_months (contract, product);
  gboolean has_condition = FALSE, has_term = FALSE;

  for (guint i = 0; product->prices != NULL && i < product->prices->len; i++) {
    const WuyouPrice *price = &g_array_index (product->prices, WuyouPrice, i);

    has_condition = has_condition || price->condition == contract->condition;
    has_term = has_term || (price->condition == contract->condition && price->term_months == months);
  }
  if (!has_condition)
    return refuse (error, "condition", g_strdup (N_ ("The price table has no prices for this condition of the car.")));
  if (!has_term)
    return refuse (error, "term_months", g_strdup (N_ ("The price table has no prices for this term.")));
  return refuse (error, "invoice_amount_fen", g_strdup (N_ ("The price table has no price for this invoice amount.")));
}

gboolean
wuyou_price_check (const WuyouContract *contract, const WuyouProduct *product, GError **error)
{
  const WuyouPrice *price = find_for (contract, product);
  g_autofree char *minimum = NULL, *maximum = NULL;

  if (price == NULL)
    return refuse_missing_row (contract, product, error);
  if (wuyou_contract_is_free (contract))
    return TRUE;
  if (contract->received_fen >= price->min_received_fen && contract->received_fen <= price->max_received_fen)
    return TRUE;
  minimum = wuyou_money_format (price->min_received_fen);
  maximum = wuyou_money_format (price->max_received_fen);
  return refuse (error, "received_fen",
                 g_strdup_printf (_ ("The price agreed has to be between %s and %s yuan."), minimum, maximum));
}

void
wuyou_price_apply (WuyouContract *contract, const WuyouProduct *product)
{
  const WuyouPrice *price = find_for (contract, product);

  contract->retail_fen = price != NULL ? price->retail_fen : 0;
  contract->wholesale_fen = price != NULL ? price->wholesale_fen : 0;
}

static gboolean
is_whole (const WuyouPrice *price)
{
  return price->condition != 0 && price->term_months > 0 && price->min_invoice_fen >= 0
         && price->min_invoice_fen <= price->max_invoice_fen && price->max_invoice_fen <= WUYOU_MONEY_MAX
         && price->wholesale_fen >= 0 && price->wholesale_fen <= price->max_received_fen && price->min_received_fen >= 0
         && price->min_received_fen <= price->retail_fen && price->retail_fen <= price->max_received_fen
         && price->max_received_fen <= WUYOU_MONEY_MAX;
}

static gboolean
collides (const WuyouPrice *a, const WuyouPrice *b)
{
  return a->condition == b->condition && a->term_months == b->term_months && a->min_invoice_fen <= b->max_invoice_fen
         && b->min_invoice_fen <= a->max_invoice_fen;
}

gboolean
wuyou_price_check_table (const WuyouProduct *product, GError **error)
{
  guint count = product->prices != NULL ? product->prices->len : 0;

  if (count == 0)
    return refuse (error, "prices_json", g_strdup (N_ ("The price table is empty.")));
  for (guint i = 0; i < count; i++) {
    const WuyouPrice *price = &g_array_index (product->prices, WuyouPrice, i);

    if (!is_whole (price))
      return refuse (error, "prices_json",
                     g_strdup_printf (_ ("Row %d of the price table is not whole: the retail price has to lie between "
                                         "the minimum and the maximum."),
                                      (int) i + 1));
    for (guint j = 0; j < i; j++)
      if (collides (price, &g_array_index (product->prices, WuyouPrice, j)))
        return refuse (error, "prices_json",
                       g_strdup_printf (_ ("Rows %d and %d of the price table overlap."), (int) j + 1, (int) i + 1));
  }
  return TRUE;
}
