/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-settlement-private.h"

#include "base/wuyou-json.h"
#include "base/wuyou-money.h"
#include "sales/wuyou-contract.h"

/* The families of requirements 9.1. A formula that changes gets a new number: what was settled by the old one is
 * still computed by it. Rounding: half up, once, where an amount comes out of a rate. */

static gint64
get_percent (JsonObject *cap, const WuyouSettlementInput *input)
{
  gint64 used = wuyou_json_get_int (cap, "share_of_invoice_percent_used");

  return input->condition == WUYOU_CONDITION_USED && used != 0 ? used
                                                               : wuyou_json_get_int (cap, "share_of_invoice_percent");
}

gint64
_wuyou_formula_get_cap (const Computation *c)
{
  JsonObject *cap = wuyou_json_get_object (c->part, "cap");

  return cap != NULL ? wuyou_money_scale (c->input->invoice_amount_fen, get_percent (cap, c->input), 100)
                     : WUYOU_SETTLEMENT_UNLIMITED;
}

static gint64
apply_cap (Computation *c, gint64 fen)
{
  gint64 most = _wuyou_formula_get_cap (c);

  if (most == WUYOU_SETTLEMENT_UNLIMITED)
    return fen;
  _wuyou_settlement_add_step (c, STEP_CAP_PERCENT, get_percent (wuyou_json_get_object (c->part, "cap"), c->input));
  _wuyou_settlement_add_step (c, STEP_CAP, most);
  return MIN (fen, most);
}

/* The day the months are counted from. */
static const struct {
  const char *field;
  StepId step;
} origins[] = { { "first_invoice_on", STEP_MONTHS }, { "effective_on", STEP_MONTHS_IN_FORCE } };

static guint
get_month_origin (const Computation *c)
{
  return g_strcmp0 (wuyou_json_get_string (c->part, "month_origin"), "CONTRACT_START") == 0 ? 1 : 0;
}

static gint64
find_rate (const Computation *c)
{
  JsonArray *rates = wuyou_json_get_array (c->part, "rates");
  const char *energy = wuyou_enum_id (wuyou_energies, c->input->energy);
  const char *use = wuyou_enum_id (wuyou_vehicle_uses, c->input->vehicle_use);

  for (guint i = 0; rates != NULL && i < json_array_get_length (rates); i++) {
    JsonObject *rate = wuyou_json_array_get_object (rates, i);

    if (g_strcmp0 (wuyou_json_get_string (rate, "energy"), energy) == 0
        && g_strcmp0 (wuyou_json_get_string (rate, "use"), use) == 0)
      return wuyou_json_get_int (rate, "per_month_basis_points");
  }
  return 0;
}

/* Invoice amount × completed months × monthly rate, capped. */
static gboolean
compute_depreciation (Computation *c, gint64 *ret_fen)
{
  guint origin = get_month_origin (c);
  gboolean whole = _wuyou_settlement_need (c, "invoice_amount_fen");
  gint64 months, rate, fen;

  whole = _wuyou_settlement_need (c, origins[origin].field) && whole;
  whole = _wuyou_settlement_need (c, "loss_on") && whole;
  whole = _wuyou_settlement_need (c, "energy") && whole;
  if (!_wuyou_settlement_need (c, "vehicle_use") || !whole)
    return FALSE;
  months = wuyou_date_completed_months (origin == 0 ? c->input->first_invoice_on : c->input->effective_on,
                                        c->input->loss_on);
  rate = find_rate (c);
  fen = wuyou_money_scale (c->input->invoice_amount_fen, months * rate, 10000);
  _wuyou_settlement_add_step (c, STEP_INVOICE, c->input->invoice_amount_fen);
  _wuyou_settlement_add_step (c, origins[origin].step, months);
  _wuyou_settlement_add_step (c, STEP_RATE, rate);
  _wuyou_settlement_add_step (c, STEP_DEPRECIATION, fen);
  *ret_fen = apply_cap (c, fen);
  return TRUE;
}

/* What the insured value of the year of the loss falls short of the invoice. */
static gboolean
compute_invoice_gap (Computation *c, gint64 *ret_fen)
{
  gboolean whole = _wuyou_settlement_need (c, "invoice_amount_fen");
  gint64 gap;

  if (!_wuyou_settlement_need (c, "sum_insured_fen") || !whole)
    return FALSE;
  gap = MAX (c->input->invoice_amount_fen - c->input->sum_insured_fen, wuyou_json_get_int (c->part, "floor_fen"));
  _wuyou_settlement_add_step (c, STEP_INVOICE, c->input->invoice_amount_fen);
  _wuyou_settlement_add_step (c, STEP_SUM_INSURED, c->input->sum_insured_fen);
  _wuyou_settlement_add_step (c, STEP_GAP, gap);
  *ret_fen = apply_cap (c, gap);
  return TRUE;
}

static gint64
add_item (Computation *c, const char *code)
{
  const WuyouSettlementInput *in = c->input;
  const struct {
    const char *code;
    StepId step;
    gint64 old_fen, new_fen;
  } items[] = {
    { "PURCHASE_TAX", STEP_TAX, in->old_tax_fen, in->new_tax_fen },
    { "DELIVERY", STEP_DELIVERY, in->old_delivery_fen, in->new_delivery_fen },
    { "REGISTRATION", STEP_REGISTRATION, in->old_registration_fen, in->new_registration_fen },
    { "FIRST_YEAR_POLICY", STEP_POLICY, in->old_policy_fen, in->new_policy_fen },
  };

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    if (g_strcmp0 (items[i].code, code) == 0) {
      gint64 fen = MIN (items[i].old_fen, items[i].new_fen);

      _wuyou_settlement_add_step (c, items[i].step, fen);
      return fen;
    }
  return 0;
}

/* Each cost of the new car by its receipt, up to that of the old one; a share of the invoice at most. */
static gboolean
compute_replacement_costs (Computation *c, gint64 *ret_fen)
{
  JsonArray *items = wuyou_json_get_array (c->part, "items");
  gint64 sum = 0;

  if (!_wuyou_settlement_need (c, "invoice_amount_fen"))
    return FALSE;
  for (guint i = 0; items != NULL && i < json_array_get_length (items); i++)
    sum += add_item (c, wuyou_json_get_string (wuyou_json_array_get_object (items, i), "code"));
  _wuyou_settlement_add_step (c, STEP_COSTS, sum);
  *ret_fen = apply_cap (c, sum);
  return TRUE;
}

const FormulaRow *
_wuyou_formula_find (const char *id)
{
  static const FormulaRow formulas[] = {
    { "depreciation/1", compute_depreciation, TRUE },
    { "invoice-gap/1", compute_invoice_gap, TRUE },
    { "replacement-costs/1", compute_replacement_costs, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (formulas); i++)
    if (g_strcmp0 (formulas[i].id, id) == 0)
      return &formulas[i];
  return NULL;
}

gint64
wuyou_purchase_tax (gint64 invoice_amount_fen)
{
  return wuyou_money_scale (invoice_amount_fen, 10, 113);
}
