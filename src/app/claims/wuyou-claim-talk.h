/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <adwaita.h>

#include "claims/wuyou-claim-dossier.h"
#include "wuyou-app-context.h"

G_BEGIN_DECLS

/* What dealership and operator write to each other about a claim. A message goes through the outbox, so that it can be
 * written without the server too; what is being written is kept on this computer until it is sent. Signal "sent". */
#define WUYOU_TYPE_CLAIM_TALK (wuyou_claim_talk_get_type ())
G_DECLARE_FINAL_TYPE (WuyouClaimTalk, wuyou_claim_talk, WUYOU, CLAIM_TALK, AdwBin)

GtkWidget *wuyou_claim_talk_new (WuyouAppContext *context);
void wuyou_claim_talk_set (WuyouClaimTalk *self, const WuyouClaimDossier *dossier);

G_END_DECLS
