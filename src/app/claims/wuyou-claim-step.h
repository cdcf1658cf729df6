/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <adwaita.h>

#include "claims/wuyou-claim-dossier.h"
#include "wuyou-app-context.h"

G_BEGIN_DECLS

/* Called once: with the answer of the step, or with NULL when the dialog was closed. */
typedef void (*WuyouClaimStepDone) (JsonObject *answer, const char *etag, const char *action, gpointer data);

/* Steps that come with figures, a reason or a declaration. */
gboolean wuyou_claim_step_needs_dialog (const char *action);
/* @data belongs to @owner, which is kept alive until then. */
void wuyou_claim_step_present (WuyouAppContext *context,
                               GtkWidget *owner,
                               const WuyouClaimDossier *dossier,
                               const WuyouDossierAction *action,
                               WuyouClaimStepDone done,
                               gpointer data);
/* Another amount than the computed one, with its reason. */
void wuyou_claim_step_present_amount (WuyouAppContext *context,
                                      GtkWidget *owner,
                                      const WuyouClaimDossier *dossier,
                                      WuyouClaimStepDone done,
                                      gpointer data);

G_END_DECLS
