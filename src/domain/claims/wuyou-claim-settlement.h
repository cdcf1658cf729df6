/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "claims/wuyou-claim.h"
#include "claims/wuyou-settlement.h"
#include "sales/wuyou-contract.h"

G_BEGIN_DECLS

/* What the formula looks at, from claim and contract (C-07). */
void wuyou_claim_settlement_input (const WuyouClaim *claim, const WuyouContract *contract, WuyouSettlementInput *ret);
/* Computes by the product and keeps it with the claim; another amount set before is gone. INVALID with a violation for
 * each input that is missing. */
gboolean
wuyou_claim_settle (WuyouClaim *claim, const WuyouContract *contract, const char *benefit_json, GError **error);

G_END_DECLS
