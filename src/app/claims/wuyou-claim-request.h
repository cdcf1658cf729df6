/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "claims/wuyou-claim-step.h"

G_BEGIN_DECLS

/* A request for documents: all slots with their reasons in one notice, which is shown as it will read before it goes
 * (C-04). Asking a second time says why. */
void wuyou_claim_request_present (WuyouAppContext *context,
                                  GtkWidget *owner,
                                  const WuyouClaimDossier *dossier,
                                  WuyouClaimStepDone done,
                                  gpointer data);

G_END_DECLS
