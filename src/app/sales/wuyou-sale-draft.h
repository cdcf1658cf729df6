/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "drafts/wuyou-draft.h"
#include "sales/wuyou-contract-rules.h"

G_BEGIN_DECLS

/* The draft of a contract. */
extern const WuyouDraftKind wuyou_sale_draft_kind;

WuyouDraft *wuyou_sale_draft_new (WuyouAppContext *context, const char *id); /* NULL: a new one */
gboolean wuyou_sale_draft_check (WuyouDraft *draft, const WuyouContractFacts *facts, GError **error);

G_END_DECLS
