/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "sales/wuyou-contract.h"

G_BEGIN_DECLS

/* The row of the price table for a car of this condition and invoice amount (both ends of its band inclusive) and
 * this term; NULL when the product has none. Borrowed. */
const WuyouPrice *
wuyou_price_find (const WuyouProduct *product, int condition, gint64 term_months, gint64 invoice_amount_fen);

/* There is a row, and the price agreed lies in it; a gift may also cost nothing. INVALID with the field. */
gboolean wuyou_price_check (const WuyouContract *contract, const WuyouProduct *product, GError **error);
/* Sets retail and wholesale from the row, or to 0 when there is none. */
void wuyou_price_apply (WuyouContract *contract, const WuyouProduct *product);

/* A table that may be published: rows whole, minimum ≤ retail ≤ maximum, bands of one kind not overlapping. */
gboolean wuyou_price_check_table (const WuyouProduct *product, GError **error);

G_END_DECLS
