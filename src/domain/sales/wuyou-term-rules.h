/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "sales/wuyou-contract.h"

G_BEGIN_DECLS

/* Days in +08:00, the last one inclusive (requirements S-08, 9.1). */
typedef struct {
  WuyouDate from, to;
} WuyouPeriod;

/* When the contract would be in force if it were signed and paid on these days: from the day after signing or the
 * day of payment, or the later day that was agreed; a new car until the months of the term since the first invoice
 * are over, a used one until they are over since the start. INVALID with the field when something for it is
 * missing, the product does not allow the agreed start, or the term would end before it starts. */
gboolean wuyou_term_compute (const WuyouContract *contract,
                             const WuyouProduct *product,
                             WuyouDate signed_on,
                             WuyouDate paid_on,
                             WuyouPeriod *ret_term,
                             GError **error);

/* Last day of @months from @from on, both inclusive: 2025-01-10 and 36 give 2028-01-09. NONE out of range. */
WuyouDate wuyou_term_last_day (WuyouDate from, gint64 months);
/* Months of the term: what the contract says, else the product's for the car's condition; 0 when unknown. */
gint64 wuyou_term_months (const WuyouContract *contract, const WuyouProduct *product);
int wuyou_period_days (WuyouPeriod period); /* 0 for an empty one */
gboolean wuyou_period_overlaps (WuyouPeriod a, WuyouPeriod b);

typedef enum { WUYOU_POLICY_COMMERCIAL = 1, WUYOU_POLICY_COMPULSORY } WuyouPolicyKind;
extern const WuyouEnum wuyou_policy_kinds[];

typedef struct {
  int kind; /* WuyouPolicyKind */
  WuyouPeriod days;
} WuyouPolicyGap;

/* The days of @term on which a motor policy is missing, in order of kind and day; a warning, as policies are renewed
 * every year. Elements WuyouPolicyGap; owned, empty when there is none. */
GArray *wuyou_term_find_gaps (const WuyouContract *contract, WuyouPeriod term);

/* The required policies are in force on @day, as far as their days are filled in. NOT_ELIGIBLE with a violation for
 * each that is not. */
gboolean wuyou_policies_check (const WuyouContract *contract, WuyouDate day, GError **error);

G_END_DECLS
