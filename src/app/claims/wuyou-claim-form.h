/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-app-context.h"
#include "wuyou-record-form.h"

G_BEGIN_DECLS

/* The draft of a claim. */
extern const WuyouDraftKind wuyou_claim_draft_kind;

/* What the dealership enters of a claim: the sections that are open in its state, saved as one types. */
#define WUYOU_TYPE_CLAIM_FORM (wuyou_claim_form_get_type ())
G_DECLARE_FINAL_TYPE (WuyouClaimForm, wuyou_claim_form, WUYOU, CLAIM_FORM, WuyouRecordForm)

/* @id NULL: a new claim on @contract_id. */
WuyouRecordForm *wuyou_claim_form_new (WuyouAppContext *context, const char *id, const char *contract_id);

G_END_DECLS
