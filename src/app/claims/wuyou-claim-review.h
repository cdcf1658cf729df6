/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <adwaita.h>

#include "claims/wuyou-claim-dossier.h"

G_BEGIN_DECLS

/* The four questions of a review, each met or not met with a note; the keys 1 to 4 choose one, Y and N answer it. What
 * is not saved stays when the claim is shown anew. Signal "write" (int route, const char *arg, const char *body). */
#define WUYOU_TYPE_CLAIM_REVIEW (wuyou_claim_review_get_type ())
G_DECLARE_FINAL_TYPE (WuyouClaimReview, wuyou_claim_review, WUYOU, CLAIM_REVIEW, AdwBin)

GtkWidget *wuyou_claim_review_new (void);
/* @editable: by its assessor, while it is reviewed. */
void wuyou_claim_review_set (WuyouClaimReview *self, const WuyouClaimDossier *dossier, gboolean editable);
void wuyou_claim_review_set_saved (WuyouClaimReview *self); /* the server took it */
gboolean wuyou_claim_review_save (WuyouClaimReview *self);  /* FALSE: nothing to save */

G_END_DECLS
