/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "claims/wuyou-claim-case.h"

G_BEGIN_DECLS

/* What follows from a claim's state and papers, as members of its view: clocks, whose turn it is, checklist, evidence,
 * contradictions, open sections, actions. */
void wuyou_claim_sections_write (const WuyouClaimCase *loss, const WuyouCaller *caller, gint64 now, GString *out);

G_END_DECLS
