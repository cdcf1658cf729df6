/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "claims/wuyou-claim-dossier.h"

G_BEGIN_DECLS

/* How a claim is spoken of on the screen. Results are translated; owned where the name says dup. */

const char *wuyou_claim_text_state (int state);
const char *wuyou_claim_text_style (int state); /* style class of the state's dot: "warning", "success" … */
char *wuyou_claim_text_dup_number (const WuyouClaim *claim); /* or what stands for it while there is none */
char *wuyou_claim_text_dup_turn (const WuyouClaimDossier *dossier,
                                 WuyouDate today); /* who holds the ball and what they do with it */

/* A clock, as it looks: @ret_icon and @ret_style say the same as the words. */
typedef struct {
  const char *icon, *style;
} WuyouClockLook;
/* "3 working days left, until 2026-12-03"; NULL: none runs. */
char *wuyou_claim_text_dup_clock (const WuyouClaimDossier *dossier, WuyouDate today, WuyouClockLook *ret_look);
/* The same short, for a table, which knows the day only. "" when none runs. */
char *wuyou_claim_text_dup_due (const WuyouClaim *claim, WuyouDate today, WuyouClockLook *ret_look);

const char *wuyou_claim_text_action (const char *action); /* as the timeline says it: "Loss reported" */
const char *wuyou_claim_text_field (const char *name);    /* of a field or slot, the name itself when unknown */
const char *wuyou_claim_text_paper (const char *kind);
/* Why a step is refused, one sentence; NULL when it is not. */
char *wuyou_claim_text_dup_problem (const WuyouDossierProblem *problem); /* in the language of the screen */
char *wuyou_claim_text_dup_refusal (const WuyouClaimDossier *dossier, const WuyouDossierAction *action);
/* Whether a document must be there: "Conditional: when …"; @when NULL: no condition. */
char *wuyou_claim_text_dup_need (gboolean required, const char *when);
/* The title of a slot: as the product has it, or of those that every claim has. */
const char *wuyou_claim_text_slot (const WuyouClaimDossier *dossier, const char *slot);

G_END_DECLS
