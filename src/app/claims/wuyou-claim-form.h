/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <adwaita.h>

#include "drafts/wuyou-draft.h"
#include "wuyou-app-context.h"

G_BEGIN_DECLS

/* The draft of a claim. */
extern const WuyouDraftKind wuyou_claim_draft_kind;

/* What the dealership enters of a claim: the sections that are open in its state, saved as one types. Property "title".
 * Signal "closed": it was sent on or given up, and is no longer needed. */
#define WUYOU_TYPE_CLAIM_FORM (wuyou_claim_form_get_type ())
G_DECLARE_FINAL_TYPE (WuyouClaimForm, wuyou_claim_form, WUYOU, CLAIM_FORM, AdwBin)

/* @id NULL: a new claim on @contract_id. */
GtkWidget *wuyou_claim_form_new (WuyouAppContext *context, const char *id, const char *contract_id);
const char *wuyou_claim_form_get_id (WuyouClaimForm *self);
const char *wuyou_claim_form_get_title (WuyouClaimForm *self);
void wuyou_claim_form_focus (WuyouClaimForm *self, const char *field); /* NULL: the first one */
void wuyou_claim_form_flush (WuyouClaimForm *self);                    /* saves now */
void wuyou_claim_form_refresh (WuyouClaimForm *self);
void wuyou_claim_form_touch (WuyouClaimForm *self, const char *id); /* the record changed at the server */

G_END_DECLS
