/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "client/wuyou-session.h"
#include "sales/wuyou-dossier.h"
#include "sales/wuyou-refund-rules.h"

G_BEGIN_DECLS

/* How a contract is spoken of on the screen. Results are translated; owned where the name says dup. */

const char *wuyou_contract_words_state (int state);
const char *wuyou_contract_words_style (int state); /* style class of the state's dot: "warning", "success" … */
const char *wuyou_contract_words_icon (int state);

/* Who holds the ball and what they do with it, one sentence. */
char *wuyou_contract_words_dup_turn (const WuyouDossier *dossier, WuyouSession *session);

/* What the customer pays; in words where the dealership gives it. "" when that is not agreed yet. */
char *wuyou_contract_words_dup_price (const WuyouContract *contract);

/* Number, or what stands for it while there is none. */
char *wuyou_contract_words_dup_number (const WuyouContract *contract);
char *wuyou_contract_words_dup_vehicle (const WuyouContract *contract); /* brand, series, model */

/* What a refund is by one of the two ways to count days: "173 of 1095 days used: ¥3,351.20". */
char *wuyou_contract_words_dup_count (const WuyouRefund *refund, gboolean with_day);
const char *wuyou_contract_words_count_label (gboolean with_day);

/* A step as the timeline says it: "Submitted". */
const char *wuyou_contract_words_action (const char *action);

/* Why a step is refused, one sentence; NULL when it is not. */
char *wuyou_contract_words_dup_refusal (const WuyouDossierAction *action);

/* The label of a field or document slot by its name on the wire; the name itself when unknown. */
const char *wuyou_contract_words_field (const char *name);

G_END_DECLS
