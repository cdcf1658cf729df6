/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "claims/wuyou-claim-desk.h"
#include "claims/wuyou-claim-detail.h"
#include "claims/wuyou-claim-dossier.h"
#include "claims/wuyou-claim-review.h"
#include "claims/wuyou-claim-talk.h"
#include "claims/wuyou-evidence-view.h"
#include "widgets/wuyou-case-view.h"

G_BEGIN_DECLS

struct _WuyouClaimDetail {
  WuyouRecordDetail parent_instance;
  WuyouAppContext *context; /* of the parent, borrowed; NULL once it is disposed of */
  WuyouCaseView *view;      /* the same */
  WuyouClaimDossier *dossier;
  GtkButton *edit;
  WuyouClaimReview *review;
  WuyouClaimTalk *talk;
  WuyouEvidenceView *evidence;
  WuyouClaimDesk *desk;    /* NULL while evidence and checks do not stand side by side */
  GtkToggleButton *beside; /* whether they do */
  GPtrArray *bins;         /* AdwBin of each section, borrowed */
  guint filling, n_filled; /* which of them, and how many are */
  guint rest_tick, rest_source;
  char *flag;  /* id of the one whose note is asked for; or NULL */
  int verdict; /* WuyouFlagState that it is to have */
};

/* To the claim that is shown, as a stand-in for its dealership too. */
gboolean _wuyou_claim_detail_can (WuyouClaimDetail *self, WuyouObject object, guint verbs);
/* The case is this account's to assess. */
gboolean _wuyou_claim_detail_reviews (WuyouClaimDetail *self);
void _wuyou_claim_detail_add_sections (WuyouClaimDetail *self);
gboolean _wuyou_claim_detail_sees_review (WuyouClaimDetail *self);
WuyouEvidenceMode _wuyou_claim_detail_get_mode (WuyouClaimDetail *self);

/* wuyou-claim-detail-sections.c: what the sections are made of. Groups go into the bin that is being filled. */
AdwPreferencesGroup *_wuyou_claim_detail_append_group (WuyouClaimDetail *self, const char *title);
gboolean _wuyou_claim_detail_has_values (WuyouClaimDetail *self, const char *section);
/* Rows of the fields of @section that are set; how many. */
guint _wuyou_claim_detail_add_section (WuyouClaimDetail *self, AdwPreferencesGroup *group, const char *section);
gboolean _wuyou_claim_detail_is_insurer (WuyouClaimDetail *self); /* who reads it */

/* wuyou-claim-detail-missing.c */
gboolean _wuyou_claim_detail_has_missing (WuyouClaimDetail *self);
void _wuyou_claim_detail_fill_missing (WuyouClaimDetail *self);

/* wuyou-claim-detail-ending.c */
gboolean _wuyou_claim_detail_has_car (WuyouClaimDetail *self);
void _wuyou_claim_detail_fill_car (WuyouClaimDetail *self);
gboolean _wuyou_claim_detail_has_settlement (WuyouClaimDetail *self);
void _wuyou_claim_detail_fill_settlement (WuyouClaimDetail *self);
gboolean _wuyou_claim_detail_has_payment (WuyouClaimDetail *self);
void _wuyou_claim_detail_fill_payment (WuyouClaimDetail *self);
gboolean _wuyou_claim_detail_has_papers (WuyouClaimDetail *self);
void _wuyou_claim_detail_fill_papers (WuyouClaimDetail *self);

/* wuyou-claim-detail-desk.c: evidence and checks side by side. */
void _wuyou_claim_detail_install_desk (GtkWidgetClass *klass);
void _wuyou_claim_detail_add_desk_button (WuyouClaimDetail *self);
void _wuyou_claim_detail_fill_desk (WuyouClaimDetail *self);
void _wuyou_claim_detail_leave_desk (WuyouClaimDetail *self);
void _wuyou_claim_detail_go_to_checks (WuyouClaimDetail *self);

/* Fills the sections anew from self->dossier; to @begin with, those down to the evidence, and the others as soon as
 * these are on the screen, or when one of them is needed. */
void _wuyou_claim_detail_fill (WuyouClaimDetail *self, gboolean begin);
void _wuyou_claim_detail_fill_rest (WuyouClaimDetail *self);
void _wuyou_claim_detail_stop_filling (WuyouClaimDetail *self);
gboolean _wuyou_claim_detail_is_filled (WuyouClaimDetail *self);
/* A step that a person chose: asks what it needs and takes it. */
void _wuyou_claim_detail_act (WuyouClaimDetail *self, const WuyouDossierAction *action);
/* Where what is said of a field or slot stands. */
AdwBin *_wuyou_claim_detail_find_section (WuyouClaimDetail *self, const char *field);
void _wuyou_claim_detail_add_flag (WuyouClaimDetail *self, AdwPreferencesGroup *group, const WuyouClaimFlag *flag);
void _wuyou_claim_detail_forget_note (WuyouClaimDetail *self); /* of the flag: it is judged */
void _wuyou_claim_detail_add_letter_button (WuyouClaimDetail *self, AdwActionRow *row, const char *kind);
/* Computing, and another amount, below the sheet in @section. */
void _wuyou_claim_detail_add_settling (WuyouClaimDetail *self, AdwBin *section);

G_END_DECLS
