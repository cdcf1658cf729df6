/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Money is a signed count of fen in 64 bits. Amounts that people enter are within ±WUYOU_MONEY_MAX. */
#define WUYOU_MONEY_MAX G_GINT64_CONSTANT (9000000000000000)

char *wuyou_money_format (gint64 fen);           /* "412,800.00"; owned */
char *wuyou_money_format_uppercase (gint64 fen); /* 人民币肆拾壹万贰仟捌佰元整 (requirements 8.8); owned */

/* Takes what people type: full-width digits, correct thousands separators or none, a leading ¥, a trailing 元,
 * or 万 for ten thousand yuan. At most two decimals of a yuan. INVALID otherwise, @ret_fen then untouched. */
gboolean wuyou_money_parse (const char *text, gint64 *ret_fen, GError **error);

/* @fen × @numerator ÷ @denominator, exact, half away from zero, so that a reversal is the same amount.
 * @denominator > 0. A result beyond 64 bits stays at the nearest limit. */
gint64 wuyou_money_scale (gint64 fen, gint64 numerator, gint64 denominator);

/* FALSE, @ret_sum untouched, when the sum is outside ±WUYOU_MONEY_MAX. */
gboolean wuyou_money_add (gint64 a, gint64 b, gint64 *ret_sum);

G_END_DECLS
