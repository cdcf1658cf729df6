/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "claims/wuyou-claim-detail.h"
#include "claims/wuyou-claim-dossier.h"
#include "claims/wuyou-claim-review.h"
#include "claims/wuyou-claim-talk.h"
#include "claims/wuyou-evidence-view.h"
#include "widgets/wuyou-case-view.h"

G_BEGIN_DECLS

struct _WuyouClaimDetail {
  AdwBin parent_instance;
  WuyouAppContext *context;
  GCancellable *cancellable; /* of the claim shown */
  char *id;
  char *reason; /* why full values are looked at, asked once a claim */
  WuyouClaimDossier *dossier;
  WuyouCaseView *view;
  WuyouBanner *banner; /* of the view, borrowed */
  WuyouBusyLine *line; /* the same */
  GtkButton *edit;
  WuyouClaimReview *review;
  WuyouClaimTalk *talk;
  WuyouEvidenceView *evidence;
  GPtrArray *bins; /* AdwBin of each section, borrowed */
  guint filling;   /* which of them */
  gboolean loading, acting;
};

/* The case is this account's to assess. */
gboolean _wuyou_claim_detail_reviews (WuyouClaimDetail *self);
void _wuyou_claim_detail_add_sections (WuyouClaimDetail *self);
/* Fills the sections anew from self->dossier. */
void _wuyou_claim_detail_fill (WuyouClaimDetail *self);
/* Takes the answer of a load or a step. */
void _wuyou_claim_detail_take (WuyouClaimDetail *self, JsonObject *answer, const char *etag, gboolean keep);
/* A step that a person chose: asks what it needs and takes it. */
void _wuyou_claim_detail_act (WuyouClaimDetail *self, const WuyouDossierAction *action);
/* Any write to the claim: sends it with the version that is shown, then shows what it made. @toast translated. */
void _wuyou_claim_detail_write (WuyouClaimDetail *self,
                                WuyouRouteId route,
                                const char *arg,
                                const char *body,
                                const char *toast);
/* Where what is said of a field or slot stands. */
AdwBin *_wuyou_claim_detail_find_section (WuyouClaimDetail *self, const char *field);
void _wuyou_claim_detail_add_flag (WuyouClaimDetail *self, AdwPreferencesGroup *group, const WuyouClaimFlag *flag);
void _wuyou_claim_detail_add_letter_button (WuyouClaimDetail *self, AdwActionRow *row, const char *kind);
/* Computing, and another amount, below the sheet in @section. */
void _wuyou_claim_detail_add_settling (WuyouClaimDetail *self, AdwBin *section);
void _wuyou_claim_detail_unmask (WuyouClaimDetail *self, GtkWidget *row, const char *field);
gboolean _wuyou_claim_detail_can (WuyouClaimDetail *self, WuyouObject object, guint verbs);

G_END_DECLS
