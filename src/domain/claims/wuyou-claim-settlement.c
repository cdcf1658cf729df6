/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-claim-settlement.h"

void
wuyou_claim_settlement_input (const WuyouClaim *claim, const WuyouContract *contract, WuyouSettlementInput *ret)
{
  *ret = (WuyouSettlementInput){
    .invoice_amount_fen = contract->invoice_amount_fen,
    .first_invoice_on = contract->first_invoice_on,
    .effective_on = contract->effective_on,
    .loss_on = wuyou_date_of_instant (claim->loss_at),
    .determined_on = claim->determined_on,
    .energy = contract->energy,
    .vehicle_use = contract->vehicle_use,
    .condition = contract->condition,
    .sum_insured_fen = claim->sum_insured_fen,
    .old_tax_fen = claim->old_tax_fen,
    .new_tax_fen = claim->new_tax_fen,
    .old_delivery_fen = claim->old_delivery_fen,
    .new_delivery_fen = claim->new_delivery_fen,
    .old_registration_fen = claim->old_registration_fen,
    .new_registration_fen = claim->new_registration_fen,
    .old_policy_fen = claim->old_policy_fen,
    .new_policy_fen = claim->new_policy_fen,
  };
}

gboolean
wuyou_claim_settle (WuyouClaim *claim, const WuyouContract *contract, const char *benefit_json, GError **error)
{
  g_autoptr (WuyouSettlement) settlement = NULL;
  WuyouSettlementInput input;

  wuyou_claim_settlement_input (claim, contract, &input);
  settlement = wuyou_settlement_compute (benefit_json, &input, error);
  if (settlement == NULL)
    return FALSE;
  g_free (claim->settlement_json);
  claim->settlement_json = wuyou_settlement_to_json (settlement, benefit_json, &input);
  claim->settled_fen = settlement->total_fen;
  claim->override_fen = 0;
  g_clear_pointer (&claim->override_reason, g_free);
  g_clear_pointer (&claim->override_by, g_free);
  return TRUE;
}
