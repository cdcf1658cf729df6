/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "sales/wuyou-eligibility-rules.h"

#include <glib/gi18n-lib.h>

#include "base/wuyou-refusal.h"
#include "sales/wuyou-term-rules.h"
#include "sales/wuyou-vin.h"

#define DEFINITION "1.4" /* clause of the agreement that says what the product is */

typedef struct {
  const WuyouContract *contract;
  const WuyouProduct *product;
  WuyouDate today;
  char *version; /* the product version, which is the authority of most rules */
  GError *refusal;
} Case;

static gboolean
allows (guint mask, int value)
{
  return (mask & (1u << value)) != 0;
}

static void
object (Case *c, const char *field, const char *authority, char *sentence)
{
  wuyou_refusal_collect (&c->refusal, WUYOU_ERROR_NOT_ELIGIBLE, field, authority, sentence);
}

static void
judge_sale (Case *c)
{
  if (!wuyou_product_is_on_sale (c->product, c->today))
    object (c, "product_id", c->version, g_strdup (N_ ("This product is not on sale today. Choose another.")));
}

static void
judge_brand (Case *c)
{
  int brand = c->contract->brand;
  WuyouVinFinding finding = wuyou_vin_examine (c->contract->vin, c->today);

  if (brand == 0)
    return;
  if (!allows (c->product->rules.brands, brand))
    object (c, "brand", DEFINITION,
            g_strdup_printf (_ ("This product is not for cars of %s."), wuyou_enum_label (wuyou_brands, brand)));
  if (finding.brand != 0 && (int) finding.brand != brand)
    object (c, "brand", DEFINITION,
            g_strdup_printf (_ ("The VIN belongs to a car of %s."), wuyou_enum_label (wuyou_brands, finding.brand)));
}

static void
judge_use (Case *c)
{
  const WuyouContract *contract = c->contract;

  if (contract->vehicle_use == WUYOU_USE_HIRE)
    object (c, "vehicle_use", c->version,
            g_strdup (N_ ("Cars that are let, or carry people or goods for pay, are not covered.")));
  else if (contract->vehicle_use != 0 && !allows (c->product->rules.uses, contract->vehicle_use))
    object (c, "vehicle_use", c->version, g_strdup (N_ ("This product is not for this use of the car.")));
  if (c->product->rules.max_seats > 0 && contract->seats > c->product->rules.max_seats)
    object (c, "seats", c->version,
            g_strdup_printf (_ ("This product is for cars of at most %d seats."), (int) c->product->rules.max_seats));
}

static void
judge_condition (Case *c)
{
  const WuyouContract *contract = c->contract;

  if (contract->condition != 0 && !allows (c->product->rules.conditions, contract->condition))
    object (c, "condition", c->version,
            g_strdup (contract->condition == WUYOU_CONDITION_NEW ? N_ ("This product is for used cars only.")
                                                                 : N_ ("This product is for new cars only.")));
  if (contract->condition == WUYOU_CONDITION_NEW && contract->transferred)
    object (c, "transferred", c->version,
            g_strdup (N_ ("A car that has changed hands is not new. Choose “used car”.")));
}

static void
judge_age (Case *c)
{
  gboolean is_new = c->contract->condition == WUYOU_CONDITION_NEW;
  gint64 limit = is_new ? c->product->rules.max_age_months_new : c->product->rules.max_age_months_used;
  WuyouDate invoiced = c->contract->first_invoice_on, last;
  char iso[11];

  if (invoiced == WUYOU_DATE_NONE)
    return;
  if (invoiced > c->today) {
    object (c, "first_invoice_on", c->version, g_strdup (N_ ("The first invoice cannot be of a day to come.")));
    return;
  }
  if (c->contract->condition == 0 || limit <= 0)
    return;
  last = wuyou_date_add_months (invoiced, (int) MIN (limit, 1200));
  if (last == WUYOU_DATE_NONE || c->today <= last)
    return;
  wuyou_date_format (last, iso);
  object (c, "first_invoice_on", c->version,
          g_strdup_printf (is_new
                               ? _ ("As a new car it could be covered within %d months of its first invoice, until %s.")
                               : _ ("A used car can be covered within %d months of its first invoice, until %s."),
                           (int) limit, iso));
}

static void
judge_start (Case *c)
{
  WuyouDate wish = c->contract->starts_on_wish;

  if (c->contract->signed_on == WUYOU_DATE_NONE && wish != WUYOU_DATE_NONE && wish < c->today)
    object (c, "starts_on_wish", c->version,
            g_strdup (N_ ("The agreed start has passed. Cover is never retroactive.")));
}

/* The day on which the term starts, or would start if the contract were signed and paid today. */
static WuyouDate
find_start (const Case *c)
{
  const WuyouContract *contract = c->contract;
  WuyouDate signed_on = contract->signed_on != WUYOU_DATE_NONE ? contract->signed_on : c->today;
  WuyouDate paid_on = contract->paid_on != WUYOU_DATE_NONE ? contract->paid_on : MAX (c->today, signed_on);
  WuyouPeriod term;

  if (contract->effective_on != WUYOU_DATE_NONE)
    return contract->effective_on;
  return wuyou_term_compute (contract, c->product, signed_on, paid_on, &term, NULL) ? term.from : c->today;
}

static void
judge_policies (Case *c)
{
  g_autoptr (GError) problem = NULL;
  const GPtrArray *violations;

  if (wuyou_policies_check (c->contract, find_start (c), &problem))
    return;
  violations = wuyou_error_get_violations (problem);
  for (guint i = 0; i < violations->len; i++) {
    const GError *violation = g_ptr_array_index (violations, i);

    object (c, wuyou_error_get_field (violation), wuyou_error_get_authority (violation), g_strdup (violation->message));
  }
}

gboolean
wuyou_eligibility_check (const WuyouContract *contract, const WuyouProduct *product, WuyouDate today, GError **error)
{
  Case c = { contract, product, today, NULL, NULL };
  g_autofree char *version = NULL;

  if (product == NULL) {
    object (&c, "product_id", DEFINITION, g_strdup (N_ ("Please choose a product that is on sale.")));
    g_propagate_error (error, c.refusal);
    return FALSE;
  }
  c.version = version = g_strdup_printf ("%s %s", product->code, product->label);
  judge_sale (&c);
  judge_brand (&c);
  judge_use (&c);
  judge_condition (&c);
  judge_age (&c);
  judge_start (&c);
  judge_policies (&c);
  if (c.refusal == NULL)
    return TRUE;
  g_propagate_error (error, c.refusal);
  return FALSE;
}
