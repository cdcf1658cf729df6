/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "base/wuyou-record.h"

G_BEGIN_DECLS

/* The benefit of a claim by the formula of its product version (requirements 9.1, C-07): what went in, each step and
 * what came out, so that anybody computes the same bytes again. */

/* What a formula looks at. 0 and NONE: not known; a formula that needs it says so. */
typedef struct {
  gint64 invoice_amount_fen; /* first invoice, with tax */
  WuyouDate first_invoice_on, effective_on, loss_on, determined_on;
  int energy, vehicle_use, condition;
  gint64 sum_insured_fen; /* of the policy year of the loss */
  gint64 old_tax_fen, new_tax_fen;
  gint64 old_delivery_fen, new_delivery_fen;
  gint64 old_registration_fen, new_registration_fen;
  gint64 old_policy_fen, new_policy_fen; /* first year, commercial and compulsory */
} WuyouSettlementInput;

extern const WuyouRecordType wuyou_settlement_input_type;

typedef enum { WUYOU_UNIT_FEN = 1, WUYOU_UNIT_MONTHS, WUYOU_UNIT_BASIS_POINTS, WUYOU_UNIT_PERCENT } WuyouUnit;

typedef struct {
  const char *id;    /* stable, on the wire: "depreciation" */
  const char *label; /* N_(), for the sheet "why this amount" */
  WuyouUnit unit;
  const char *sentence; /* N_(), what it is and why, for an owner */
} WuyouStepKind;

typedef struct {
  const WuyouStepKind *kind;
  gint64 value;
} WuyouSettlementStep;

typedef struct {
  GArray *steps; /* WuyouSettlementStep, in the order of computing */
  gint64 total_fen;
} WuyouSettlement;

void wuyou_settlement_free (WuyouSettlement *settlement);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouSettlement, wuyou_settlement_free)

/* By @benefit_json of the product version. INVALID with a violation for each input that is missing; CORRUPT when
 * the benefit names no formula that is known. Owned. */
WuyouSettlement *wuyou_settlement_compute (const char *benefit_json, const WuyouSettlementInput *input, GError **error);

/* {"benefit_sha256":…,"input":{…},"steps":[…],"total_fen":…}, canonical: the same for the same input. */
char *wuyou_settlement_to_json (const WuyouSettlement *settlement,
                                const char *benefit_json,
                                const WuyouSettlementInput *input); /* owned */
/* Computes again from the inputs in @json; CORRUPT when a byte differs. */
gboolean wuyou_settlement_verify (const char *json, const char *benefit_json, GError **error);

/* What a preliminary approval may promise: parts that the loss alone decides are computed, of the others the cap
 * counts. UNLIMITED when one has none. Fails as compute does. */
#define WUYOU_SETTLEMENT_UNLIMITED G_GINT64_CONSTANT (-1)
gboolean wuyou_settlement_compute_limit (const char *benefit_json,
                                         const WuyouSettlementInput *input,
                                         gint64 *ret_fen,
                                         GError **error);

/* What to_json() wrote, to be shown; whether it is right, verify says. CORRUPT. Owned. */
WuyouSettlement *wuyou_settlement_read (const char *json, WuyouSettlementInput *ret_input, GError **error);
/* Whether any step looked at the input of that name: others need not be shown. */
gboolean wuyou_settlement_uses (const WuyouSettlement *settlement, const char *input);
/* "412,800.00", "19", "0.6%": without currency and unit of time; owned. */
char *wuyou_settlement_step_dup_figure (const WuyouSettlementStep *step);
/* How a figure came about, without words: "412,800.00 × 19 × 0.6%"; NULL for one that was taken as it is. Owned. */
char *
wuyou_settlement_dup_arithmetic (const WuyouSettlement *settlement, const WuyouSettlementInput *input, guint step);

/* Purchase tax in a price with tax: 10 % of the price without 13 % VAT (requirements 8.7). */
gint64 wuyou_purchase_tax (gint64 invoice_amount_fen);

G_END_DECLS
