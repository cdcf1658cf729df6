/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-settlement-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wuyou-error.h"
#include "base/wuyou-field-table.h"
#include "base/wuyou-json.h"
#include "base/wuyou-money.h"
#include "base/wuyou-refusal.h"
#include "sales/wuyou-contract.h"

#define SAFE G_GINT64_CONSTANT (1000000000000) /* as for a contract */
#define I(member, kind, label, values)                                                                                 \
  WUYOU_FIELD (WuyouSettlementInput, member, kind, label, 0, NONE, 0, WUYOU_KIND_##kind == WUYOU_KIND_FEN ? SAFE : 0,  \
               values, "settlement", NULL)

/* clang-format off */
static const WuyouField fields[] = {
  I (invoice_amount_fen, FEN, N_("Invoice amount with tax"), NULL),
  I (first_invoice_on, DATE, N_("First invoice"), NULL),
  I (effective_on, DATE, N_("In force from"), NULL),
  I (loss_on, DATE, N_("Day of the loss"), NULL),
  I (determined_on, DATE, N_("Day of the insurer’s determination"), NULL),
  I (energy, ENUM, N_("Drive"), wuyou_energies),
  I (vehicle_use, ENUM, N_("Use"), wuyou_vehicle_uses),
  I (condition, ENUM, N_("Condition"), wuyou_conditions),
  I (sum_insured_fen, FEN, N_("Insured value in the year of the loss"), NULL),
  I (old_tax_fen, FEN, N_("Purchase tax of the old car"), NULL),
  I (new_tax_fen, FEN, N_("Purchase tax of the new car"), NULL),
  I (old_delivery_fen, FEN, N_("Delivery of the old car"), NULL),
  I (new_delivery_fen, FEN, N_("Delivery of the new car"), NULL),
  I (old_registration_fen, FEN, N_("Registration of the old car"), NULL),
  I (new_registration_fen, FEN, N_("Registration of the new car"), NULL),
  I (old_policy_fen, FEN, N_("First year’s motor policies of the old car"), NULL),
  I (new_policy_fen, FEN, N_("First year’s motor policies of the new car"), NULL),
};

static const WuyouStepKind step_kinds[N_STEPS] = {
  [STEP_INVOICE] = { "invoice", N_("Invoice amount with tax"), WUYOU_UNIT_FEN,
    N_("What the car cost by its first invoice, tax included. The computation begins with it.") },
  [STEP_MONTHS] = { "months", N_("Completed months until the loss"), WUYOU_UNIT_MONTHS,
    N_("Whole months from the first invoice to the day of the loss. A month that was not complete does not count.") },
  [STEP_MONTHS_IN_FORCE] = { "months-in-force", N_("Completed months until the loss"), WUYOU_UNIT_MONTHS,
    N_("Whole months from the first day of the service to the day of the loss. A month that was not complete does not count.") },
  [STEP_RATE] = { "rate", N_("Depreciation a month"), WUYOU_UNIT_BASIS_POINTS,
    N_("What the product takes off a month for a car of this drive and use.") },
  [STEP_DEPRECIATION] = { "depreciation", N_("Depreciation until the loss"), WUYOU_UNIT_FEN,
    N_("The three figures above multiplied, rounded to the fen.") },
  [STEP_SUM_INSURED] = { "sum-insured", N_("Insured value in the year of the loss"), WUYOU_UNIT_FEN,
    N_("For how much the motor insurer covered damage to the car in the policy year of the loss.") },
  [STEP_GAP] = { "gap", N_("Invoice amount less insured value"), WUYOU_UNIT_FEN,
    N_("By how much the insured value falls short of the invoice amount; nothing when it does not.") },
  [STEP_TAX] = { "tax", N_("Purchase tax, up to that of the old car"), WUYOU_UNIT_FEN,
    N_("The tax paid for the new car, or that of the old car when it was less.") },
  [STEP_DELIVERY] = { "delivery", N_("Delivery, up to that of the old car"), WUYOU_UNIT_FEN,
    N_("Delivery of the new car by its receipt, or that of the old car when it was less.") },
  [STEP_REGISTRATION] = { "registration", N_("Registration, up to that of the old car"), WUYOU_UNIT_FEN,
    N_("Registration of the new car by its receipt, or that of the old car when it was less.") },
  [STEP_POLICY] = { "policy", N_("First year’s motor policies, up to those of the old car"), WUYOU_UNIT_FEN,
    N_("What the first year’s motor policies of the new car cost, or those of the old car when it was less.") },
  [STEP_COSTS] = { "costs", N_("Costs together"), WUYOU_UNIT_FEN,
    N_("The costs above added.") },
  [STEP_CAP_PERCENT] = { "cap-percent", N_("Share of the invoice amount at most"), WUYOU_UNIT_PERCENT,
    N_("The terms limit this part to a share of the invoice amount.") },
  [STEP_CAP] = { "cap", N_("Which is at most"), WUYOU_UNIT_FEN,
    N_("Invoice amount times that share, rounded to the fen.") },
  [STEP_BENEFIT] = { "benefit", N_("Benefit of this part"), WUYOU_UNIT_FEN,
    N_("What this part comes to. Where it is limited, the lower of amount and limit.") },
  [STEP_TOTAL] = { "total", N_("Amount of the settlement"), WUYOU_UNIT_FEN,
    N_("What is paid towards the new car.") },
};
/* clang-format on */

const WuyouRecordType wuyou_settlement_input_type = {
  "settlement-input", NULL, NULL, sizeof (WuyouSettlementInput), fields, G_N_ELEMENTS (fields),
};

void
wuyou_settlement_free (WuyouSettlement *settlement)
{
  if (settlement == NULL)
    return;
  g_array_unref (settlement->steps);
  g_free (settlement);
}

const WuyouStepKind *
_wuyou_step_kind (StepId step)
{
  return &step_kinds[step];
}

void
_wuyou_settlement_add_step (Computation *computation, StepId step, gint64 value)
{
  WuyouSettlementStep row = { &step_kinds[step], value };

  g_array_append_val (computation->steps, row);
}

gboolean
_wuyou_settlement_need (Computation *computation, const char *name)
{
  const WuyouField *field = wuyou_record_type_find (&wuyou_settlement_input_type, name);

  if (wuyou_field_is_set (field, computation->input))
    return TRUE;
  wuyou_refusal_collect (computation->refusal, WUYOU_ERROR_INVALID, name, "C-07",
                         g_strdup (_ ("The settlement needs this.")));
  return FALSE;
}

static gboolean
refuse_benefit (GError **error)
{
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_CORRUPT, "product benefit");
  return FALSE;
}

/* What receipts will say is not known yet: the cap stands for it. */
static gboolean
limit_part (Computation *computation, gint64 *total)
{
  gint64 cap;

  if (!_wuyou_settlement_need (computation, "invoice_amount_fen"))
    return TRUE;
  cap = _wuyou_formula_get_cap (computation);
  computation->unlimited |= cap == WUYOU_SETTLEMENT_UNLIMITED;
  return cap == WUYOU_SETTLEMENT_UNLIMITED || wuyou_money_add (*total, cap, total);
}

static gboolean
compute_part (Computation *computation, JsonObject *part, gint64 *total, GError **error)
{
  const FormulaRow *formula = _wuyou_formula_find (wuyou_json_get_string (part, "formula"));
  gint64 fen = 0;

  if (formula == NULL)
    return refuse_benefit (error);
  computation->part = part;
  if (computation->limit && !formula->of_loss)
    return limit_part (computation, total) || refuse_benefit (error);
  if (!formula->compute (computation, &fen))
    return TRUE; /* the refusal says what is missing */
  _wuyou_settlement_add_step (computation, STEP_BENEFIT, fen);
  if (!wuyou_money_add (*total, fen, total))
    return refuse_benefit (error);
  return TRUE;
}

/* A product is one benefit, or several in "parts" that are added. */
static gboolean
compute_parts (Computation *computation, JsonObject *benefit, gint64 *total, GError **error)
{
  JsonArray *parts = wuyou_json_get_array (benefit, "parts");

  if (parts == NULL)
    return compute_part (computation, benefit, total, error);
  for (guint i = 0; i < json_array_get_length (parts); i++)
    if (!compute_part (computation, wuyou_json_array_get_object (parts, i), total, error))
      return FALSE;
  return json_array_get_length (parts) > 0 || refuse_benefit (error);
}

static gboolean
run (Computation *computation, const char *benefit_json, gint64 *ret_total, GError **error)
{
  g_autoptr (JsonObject) benefit = wuyou_json_parse_object (benefit_json, strlen (benefit_json), error);
  GError *refusal = NULL;

  computation->refusal = &refusal;
  *ret_total = 0;
  if (benefit == NULL || !compute_parts (computation, benefit, ret_total, error)) {
    g_clear_error (&refusal);
    return FALSE;
  }
  if (refusal == NULL)
    return TRUE;
  g_propagate_error (error, refusal);
  return FALSE;
}

WuyouSettlement *
wuyou_settlement_compute (const char *benefit_json, const WuyouSettlementInput *input, GError **error)
{
  g_autoptr (WuyouSettlement) settlement = g_new0 (WuyouSettlement, 1);
  Computation computation = { .input = input };

  settlement->steps = computation.steps = g_array_new (FALSE, FALSE, sizeof (WuyouSettlementStep));
  if (!run (&computation, benefit_json, &settlement->total_fen, error))
    return NULL;
  _wuyou_settlement_add_step (&computation, STEP_TOTAL, settlement->total_fen);
  return g_steal_pointer (&settlement);
}

gboolean
wuyou_settlement_compute_limit (const char *benefit_json,
                                const WuyouSettlementInput *input,
                                gint64 *ret_fen,
                                GError **error)
{
  g_autoptr (GArray) steps = g_array_new (FALSE, FALSE, sizeof (WuyouSettlementStep));
  Computation computation = { .input = input, .steps = steps, .limit = TRUE };
  gint64 fen;

  if (!run (&computation, benefit_json, &fen, error))
    return FALSE;
  *ret_fen = computation.unlimited ? WUYOU_SETTLEMENT_UNLIMITED : fen;
  return TRUE;
}

static void
write_steps (const WuyouSettlement *settlement, GString *out)
{
  wuyou_json_begin_array (out, "steps");
  for (guint i = 0; i < settlement->steps->len; i++) {
    const WuyouSettlementStep *step = &g_array_index (settlement->steps, WuyouSettlementStep, i);

    wuyou_json_begin_object (out, NULL);
    wuyou_json_add_string (out, "step", step->kind->id);
    wuyou_json_add_int (out, "value", step->value);
    wuyou_json_end_object (out);
  }
  wuyou_json_end_array (out);
}

char *
wuyou_settlement_to_json (const WuyouSettlement *settlement,
                          const char *benefit_json,
                          const WuyouSettlementInput *input)
{
  GString *out = g_string_new (NULL);
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, benefit_json, -1);
  g_autoptr (GString) inputs = g_string_new (NULL);

  wuyou_record_write_json (&wuyou_settlement_input_type, input, WUYOU_CODEC_DEFAULT, inputs);
  wuyou_json_begin_object (out, NULL);
  wuyou_json_add_string (out, "benefit_sha256", sha256);
  wuyou_json_add_raw (out, "input", inputs->str);
  write_steps (settlement, out);
  wuyou_json_add_int (out, "total_fen", settlement->total_fen);
  wuyou_json_end_object (out);
  return g_string_free (out, FALSE);
}

static gboolean
refuse_settlement (GError **error)
{
  g_clear_error (error);
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_CORRUPT, "settlement");
  return FALSE;
}

gboolean
wuyou_settlement_verify (const char *json, const char *benefit_json, GError **error)
{
  g_autoptr (JsonObject) object = wuyou_json_parse_object (json, strlen (json), error);
  g_autoptr (WuyouSettlement) settlement = NULL;
  g_autofree char *again = NULL;
  WuyouSettlementInput input = { 0 };
  JsonObject *inputs = wuyou_json_get_object (object, "input");

  if (inputs == NULL || !wuyou_record_read_json (&wuyou_settlement_input_type, &input, inputs, 0, error))
    return refuse_settlement (error);
  settlement = wuyou_settlement_compute (benefit_json, &input, error);
  if (settlement == NULL)
    return refuse_settlement (error);
  again = wuyou_settlement_to_json (settlement, benefit_json, &input);
  return g_str_equal (again, json) || refuse_settlement (error);
}
