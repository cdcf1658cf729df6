/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-settlement-private.h"

#include <string.h>

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "base/wuyou-money.h"

static const WuyouStepKind *
find_kind (const char *id)
{
  for (StepId step = 0; step < N_STEPS; step++)
    if (g_strcmp0 (_wuyou_step_kind (step)->id, id) == 0)
      return _wuyou_step_kind (step);
  return NULL;
}

static gboolean
read_steps (JsonArray *rows, GArray *steps)
{
  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++) {
    JsonObject *row = wuyou_json_array_get_object (rows, i);
    WuyouSettlementStep step = { find_kind (wuyou_json_get_string (row, "step")), wuyou_json_get_int (row, "value") };

    if (step.kind == NULL)
      return FALSE;
    g_array_append_val (steps, step);
  }
  return steps->len > 0;
}

/* The last step is the total, and says the same. */
static gboolean
is_whole (const WuyouSettlement *settlement)
{
  const WuyouSettlementStep *last = &g_array_index (settlement->steps, WuyouSettlementStep, settlement->steps->len - 1);

  return last->kind == _wuyou_step_kind (STEP_TOTAL) && last->value == settlement->total_fen;
}

WuyouSettlement *
wuyou_settlement_read (const char *json, WuyouSettlementInput *ret_input, GError **error)
{
  g_autoptr (JsonObject) object = wuyou_json_parse_object (json, strlen (json), NULL);
  g_autoptr (WuyouSettlement) settlement = g_new0 (WuyouSettlement, 1);
  JsonObject *inputs = wuyou_json_get_object (object, "input");

  *ret_input = (WuyouSettlementInput){ 0 };
  settlement->steps = g_array_new (FALSE, FALSE, sizeof (WuyouSettlementStep));
  settlement->total_fen = wuyou_json_get_int (object, "total_fen");
  if (inputs != NULL && wuyou_record_read_json (&wuyou_settlement_input_type, ret_input, inputs, 0, NULL)
      && read_steps (wuyou_json_get_array (object, "steps"), settlement->steps) && is_whole (settlement))
    return g_steal_pointer (&settlement);
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_CORRUPT, "settlement");
  return NULL;
}

gboolean
wuyou_settlement_uses (const WuyouSettlement *settlement, const char *input)
{
  static const struct {
    const char *input;
    StepId step;
  } uses[] = {
    { "invoice_amount_fen", STEP_INVOICE },
    { "invoice_amount_fen", STEP_CAP },
    { "first_invoice_on", STEP_MONTHS },
    { "effective_on", STEP_MONTHS_IN_FORCE },
    { "loss_on", STEP_MONTHS },
    { "loss_on", STEP_MONTHS_IN_FORCE },
    { "energy", STEP_RATE },
    { "vehicle_use", STEP_RATE },
    { "condition", STEP_CAP_PERCENT },
    { "sum_insured_fen", STEP_SUM_INSURED },
    { "old_tax_fen", STEP_TAX },
    { "new_tax_fen", STEP_TAX },
    { "old_delivery_fen", STEP_DELIVERY },
    { "new_delivery_fen", STEP_DELIVERY },
    { "old_registration_fen", STEP_REGISTRATION },
    { "new_registration_fen", STEP_REGISTRATION },
    { "old_policy_fen", STEP_POLICY },
    { "new_policy_fen", STEP_POLICY },
  };

  for (guint i = 0; i < G_N_ELEMENTS (uses); i++)
    for (guint s = 0; g_str_equal (uses[i].input, input) && s < settlement->steps->len; s++)
      if (g_array_index (settlement->steps, WuyouSettlementStep, s).kind == _wuyou_step_kind (uses[i].step))
        return TRUE;
  return FALSE;
}

/* 60 → "0.6%": hundredths of a per cent without idle zeros. */
static char *
format_basis_points (gint64 points)
{
  char *text = g_strdup_printf ("%" G_GINT64_FORMAT ".%02" G_GINT64_FORMAT, points / 100, points % 100);
  char *end = text + strlen (text);
  g_autofree char *number = text;

  while (end[-1] == '0')
    *--end = '\0';
  if (end[-1] == '.')
    *--end = '\0';
  return g_strconcat (number, "%", NULL);
}

char *
wuyou_settlement_step_dup_figure (const WuyouSettlementStep *step)
{
  switch (step->kind->unit) {
  case WUYOU_UNIT_FEN:
    return wuyou_money_format (step->value);
  case WUYOU_UNIT_BASIS_POINTS:
    return format_basis_points (step->value);
  case WUYOU_UNIT_PERCENT:
    return g_strdup_printf ("%" G_GINT64_FORMAT "%%", step->value);
  case WUYOU_UNIT_MONTHS:
  default:
    return g_strdup_printf ("%" G_GINT64_FORMAT, step->value);
  }
}

typedef struct {
  const WuyouSettlement *settlement;
  const WuyouSettlementInput *input;
  guint step;
} Place;

/* First step of the part that @place lies in: each part ends with its benefit. */
static guint
find_part (const Place *place)
{
  guint first = place->step;

  while (first > 0
         && g_array_index (place->settlement->steps, WuyouSettlementStep, first - 1).kind
                != _wuyou_step_kind (STEP_BENEFIT))
    first--;
  return first;
}

/* The figures of steps @from … @to of the same part, in their order; for the total, of all parts. */
static char *
join_steps (const Place *place, StepId from, StepId to, const char *sign)
{
  g_autoptr (GPtrArray) figures = g_ptr_array_new_with_free_func (g_free);
  guint first = from == STEP_BENEFIT ? 0 : find_part (place);

  for (guint i = first; i < place->step; i++) {
    const WuyouSettlementStep *step = &g_array_index (place->settlement->steps, WuyouSettlementStep, i);

    if (step->kind >= _wuyou_step_kind (from) && step->kind <= _wuyou_step_kind (to))
      g_ptr_array_add (figures, wuyou_settlement_step_dup_figure (step));
  }
  if (figures->len < 2)
    return NULL;
  g_ptr_array_add (figures, NULL);
  return g_strjoinv (sign, (char **) figures->pdata);
}

static char *
compare (gint64 a, gint64 b)
{
  g_autofree char *left = wuyou_money_format (a), *right = wuyou_money_format (b);

  return g_strconcat (left, a > b ? " > " : a < b ? " < " : " = ", right, NULL);
}

static char *
span_days (WuyouDate from, WuyouDate to)
{
  char first[11], last[11];

  wuyou_date_format (from, first);
  wuyou_date_format (to, last);
  return g_strconcat (first, " – ", last, NULL);
}

/* The amount of a part before its cap, against the cap. */
static char *
compare_with_cap (const Place *place)
{
  guint first = find_part (place);
  gint64 fen = 0, cap = WUYOU_SETTLEMENT_UNLIMITED;

  for (guint i = first; i < place->step; i++) {
    const WuyouSettlementStep *step = &g_array_index (place->settlement->steps, WuyouSettlementStep, i);

    if (step->kind == _wuyou_step_kind (STEP_DEPRECIATION) || step->kind == _wuyou_step_kind (STEP_GAP)
        || step->kind == _wuyou_step_kind (STEP_COSTS))
      fen = step->value;
    else if (step->kind == _wuyou_step_kind (STEP_CAP))
      cap = step->value;
  }
  return cap != WUYOU_SETTLEMENT_UNLIMITED ? compare (fen, cap) : NULL;
}

static char *
take_share (const Place *place)
{
  g_autofree char *invoice = wuyou_money_format (place->input->invoice_amount_fen);
  g_autofree char *percent = wuyou_settlement_step_dup_figure (
      &g_array_index (place->settlement->steps, WuyouSettlementStep, place->step - 1));

  return g_strconcat (invoice, " × ", percent, NULL);
}

char *
wuyou_settlement_dup_arithmetic (const WuyouSettlement *settlement, const WuyouSettlementInput *in, guint step)
{
  const Place place = { settlement, in, step };
  const WuyouStepKind *kind = g_array_index (settlement->steps, WuyouSettlementStep, step).kind;

  switch ((StepId) (kind - _wuyou_step_kind (0))) {
  case STEP_MONTHS:
    return span_days (in->first_invoice_on, in->loss_on);
  case STEP_MONTHS_IN_FORCE:
    return span_days (in->effective_on, in->loss_on);
  case STEP_DEPRECIATION:
    return join_steps (&place, STEP_INVOICE, STEP_RATE, " × ");
  case STEP_GAP:
    return join_steps (&place, STEP_INVOICE, STEP_SUM_INSURED, " − ");
  case STEP_TAX:
    return compare (in->new_tax_fen, in->old_tax_fen);
  case STEP_DELIVERY:
    return compare (in->new_delivery_fen, in->old_delivery_fen);
  case STEP_REGISTRATION:
    return compare (in->new_registration_fen, in->old_registration_fen);
  case STEP_POLICY:
    return compare (in->new_policy_fen, in->old_policy_fen);
  case STEP_COSTS:
    return join_steps (&place, STEP_TAX, STEP_POLICY, " + ");
  case STEP_CAP:
    return step > 0 ? take_share (&place) : NULL;
  case STEP_BENEFIT:
    return compare_with_cap (&place);
  case STEP_TOTAL:
    return join_steps (&place, STEP_BENEFIT, STEP_BENEFIT, " + ");
  default:
    return NULL;
  }
}
