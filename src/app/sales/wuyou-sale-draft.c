/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "sales/wuyou-sale-draft.h"

#include "sales/wuyou-contract-words.h"

static char *
dup_number (gconstpointer record)
{
  return wuyou_contract_words_dup_number (record);
}

static const char *
get_subject (const char *field)
{
  return g_strcmp0 (field, "vin_reason") == 0 ? "vin" : field;
}

const WuyouDraftKind wuyou_sale_draft_kind = {
  .type = &wuyou_contract_type,
  .create_route = WUYOU_ROUTE_CONTRACT_CREATE,
  .put_route = WUYOU_ROUTE_CONTRACT_PUT,
  .create = "contract.create",
  .save = "contract.save",
  .dup_number = dup_number,
  .get_subject = get_subject,
};

WuyouDraft *
wuyou_sale_draft_new (WuyouAppContext *context, const char *id)
{
  return wuyou_draft_new (context, &wuyou_sale_draft_kind, id);
}

static gboolean
check (gconstpointer record, gconstpointer facts, GError **error)
{
  return wuyou_contract_check (record, facts, error);
}

gboolean
wuyou_sale_draft_check (WuyouDraft *draft, const WuyouContractFacts *facts, GError **error)
{
  return wuyou_draft_check (draft, check, facts, error);
}
