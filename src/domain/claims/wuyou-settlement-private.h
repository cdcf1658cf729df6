/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "claims/wuyou-settlement.h"

G_BEGIN_DECLS

typedef enum {
  STEP_INVOICE = 0,
  STEP_MONTHS,
  STEP_MONTHS_IN_FORCE,
  STEP_RATE,
  STEP_DEPRECIATION,
  STEP_SUM_INSURED,
  STEP_GAP,
  STEP_TAX,
  STEP_DELIVERY,
  STEP_REGISTRATION,
  STEP_POLICY,
  STEP_COSTS,
  STEP_CAP_PERCENT,
  STEP_CAP,
  STEP_BENEFIT,
  STEP_TOTAL,
  N_STEPS
} StepId;

/* One benefit of a product being computed; @part is its JSON. */
typedef struct {
  const WuyouSettlementInput *input;
  JsonObject *part;
  GArray *steps;
  GError **refusal;
  gboolean limit;     /* only how much it may come to */
  gboolean unlimited; /* found while doing so */
} Computation;

typedef gboolean (*WuyouFormula) (Computation *computation, gint64 *ret_fen);

void _wuyou_settlement_add_step (Computation *computation, StepId step, gint64 value);
/* FALSE, with a violation collected, when the input of that name is not set. */
gboolean _wuyou_settlement_need (Computation *computation, const char *field);

typedef struct {
  const char *id; /* in the product */
  WuyouFormula compute;
  gboolean of_loss; /* needs nothing but what is known before the new car is bought */
} FormulaRow;
const FormulaRow *_wuyou_formula_find (const char *id); /* NULL when unknown */
/* The cap of the part; UNLIMITED without one. */
gint64 _wuyou_formula_get_cap (const Computation *computation);

const WuyouStepKind *_wuyou_step_kind (StepId step);

G_END_DECLS
