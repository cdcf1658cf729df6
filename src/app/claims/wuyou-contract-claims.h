/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <adwaita.h>

#include "sales/wuyou-contract.h"
#include "wuyou-app-context.h"

G_BEGIN_DECLS

/* The claims of one contract, and the way to a new one while it answers for losses. */
#define WUYOU_TYPE_CONTRACT_CLAIMS (wuyou_contract_claims_get_type ())
G_DECLARE_FINAL_TYPE (WuyouContractClaims, wuyou_contract_claims, WUYOU, CONTRACT_CLAIMS, AdwBin)

GtkWidget *wuyou_contract_claims_new (WuyouAppContext *context);
/* Asks anew. @for_dealer: as the answer about the contract says. */
void wuyou_contract_claims_set (WuyouContractClaims *self, const WuyouContract *contract, gboolean for_dealer);

G_END_DECLS
