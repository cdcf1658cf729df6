/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "sales/wuyou-contract.h"

G_BEGIN_DECLS

/* Whether the car and its cover may have this product on this day (S-03, 1.4). Only what is filled in is judged, so
 * that a form can ask as it is typed; missing entries are the field table's business,
 * and the term by itself wuyou_term_compute's. NOT_ELIGIBLE with every
 * violation: field, sentence, controlling clause or product version. */
gboolean
wuyou_eligibility_check (const WuyouContract *contract, const WuyouProduct *product, WuyouDate today, GError **error);

G_END_DECLS
