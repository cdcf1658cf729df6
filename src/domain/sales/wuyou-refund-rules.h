/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "sales/wuyou-term-rules.h"

G_BEGIN_DECLS

typedef struct {
  gint64 used; /* days or months */
  gint64 refund_fen;
} WuyouRefundCount;

/* Pro-rata refund of a cancelled contract (S-10) by the "cancellation" of its product version. */
typedef struct {
  gint64 units, used; /* days or months of the term, and those used */
  gboolean monthly;
  gint64 refund_fen;
  WuyouDate cancel_on, due_on; /* last day for the refund */
  /* The day of cancellation itself counts as used, or it does not: both, as the terms of others count otherwise. */
  gboolean day_included; /* which of the two the product goes by */
  WuyouRefundCount with_day, without_day;
} WuyouRefund;

/* As if @contract ended on @cancel_on. A day outside the term counts as its nearest: before the start all is
 * refunded, after the end nothing. A gift gives nothing back unless the product says so. CORRUPT when the product
 * has no such rule, INVALID when the contract has no term. */
gboolean wuyou_refund_compute (const WuyouContract *contract,
                               const char *benefit_json,
                               WuyouDate cancel_on,
                               WuyouRefund *ret_refund,
                               GError **error);

/* The day on which a contract ends that its owner asked to cancel on @requested_on: after the product's notice. */
WuyouDate wuyou_refund_cancel_on (const char *benefit_json, WuyouDate requested_on);
/* A gift gives something back, a revoked contract does: only where the product says so. */
gboolean wuyou_refund_is_for_gifts (const char *benefit_json);
gboolean wuyou_refund_is_for_revoked (const char *benefit_json);

/* The quote as it is frozen: rule, both counts and amount, canonical; owned. */
char *wuyou_refund_to_json (const WuyouRefund *refund, const WuyouContract *contract, const char *benefit_json);
gboolean wuyou_refund_from_json (const char *json, WuyouRefund *ret_refund); /* FALSE when it is no quote */

G_END_DECLS
