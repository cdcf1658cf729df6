/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "sales/wuyou-term-rules.h"

G_BEGIN_DECLS

/* Pro-rata refund of a cancelled contract (S-10) by the "cancellation" of its product version. */
typedef struct {
  gint64 units, used; /* days or months of the term, and those used */
  gboolean monthly;
  gint64 refund_fen;
  WuyouDate due_on; /* last day for the refund */
} WuyouRefund;

/* As if @contract ended on @cancel_on. A day outside the term counts as its nearest: before the start all is
 * refunded, after the end nothing. A gift gives nothing back unless the product says so. CORRUPT when the product
 * has no such rule, INVALID when the contract has no term. */
gboolean wuyou_refund_compute (const WuyouContract *contract,
                               const char *benefit_json,
                               WuyouDate cancel_on,
                               WuyouRefund *ret_refund,
                               GError **error);

G_END_DECLS
