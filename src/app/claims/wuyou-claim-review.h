/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <adwaita.h>

#include "claims/wuyou-claim-dossier.h"
#include "wuyou-app-context.h"

G_BEGIN_DECLS

/* The four questions of a review, each met or not met with a note; the keys 1 to 4 choose one, Y and N answer it. What
 * is not saved is kept on this computer until it is. Signal "write" (int route, const char *arg, const char *body). */
#define WUYOU_TYPE_CLAIM_REVIEW (wuyou_claim_review_get_type ())
G_DECLARE_FINAL_TYPE (WuyouClaimReview, wuyou_claim_review, WUYOU, CLAIM_REVIEW, AdwBin)

GtkWidget *wuyou_claim_review_new (WuyouAppContext *context);
/* @editable: by its assessor, while it is reviewed. */
void wuyou_claim_review_set (WuyouClaimReview *self, const WuyouClaimDossier *dossier, gboolean editable);
void wuyou_claim_review_set_narrow (WuyouClaimReview *self, gboolean narrow); /* answers below the questions */
void wuyou_claim_review_set_saved (WuyouClaimReview *self);                   /* the server took it */
gboolean wuyou_claim_review_save (WuyouClaimReview *self);                    /* FALSE: nothing to save */
/* A key that was pressed elsewhere and means a check; FALSE: it means none, or a note is written. */
gboolean wuyou_claim_review_press (WuyouClaimReview *self, guint keyval, GdkModifierType state);
void wuyou_claim_review_focus (WuyouClaimReview *self); /* the first check that is not decided */
gboolean wuyou_claim_review_has_focus (WuyouClaimReview *self);

G_END_DECLS
