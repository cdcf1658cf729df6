/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <gtk/gtk.h>
#include <json-glib/json-glib.h>

#include "wuyou-app-context.h"

G_BEGIN_DECLS

typedef enum {
  WUYOU_EVIDENCE_READER,   /* looks, no more */
  WUYOU_EVIDENCE_CLERK,    /* adds and changes what this account may */
  WUYOU_EVIDENCE_REVIEWER, /* reads, and judges each file */
} WuyouEvidenceMode;

/* The papers of a claim: places by phase in the product's order with their files, what waits on this machine, and all
 * that can be done with them by mouse and by keyboard. It does not scroll by itself. Property "mode". Signals:
 * "changed": something was written, load the claim again; "consent-wanted": a person wants to record the owner's
 * consent to identity, licence and bank papers. */
#define WUYOU_TYPE_EVIDENCE_VIEW (wuyou_evidence_view_get_type ())
G_DECLARE_FINAL_TYPE (WuyouEvidenceView, wuyou_evidence_view, WUYOU, EVIDENCE_VIEW, GtkWidget)

GtkWidget *wuyou_evidence_view_new (WuyouAppContext *context);
void wuyou_evidence_view_expect (WuyouEvidenceView *self, const char *claim_id); /* before the first answer */
/* The view of a claim as the server answers it. Nothing of it is kept. */
void wuyou_evidence_view_take (WuyouEvidenceView *self, JsonObject *answer, const char *etag);
void wuyou_evidence_view_set_mode (WuyouEvidenceView *self, WuyouEvidenceMode mode);
/* To the place of a refusal's field, "LOSS_NOTICE": borrowed; NULL when there is none of that name to go to. */
GtkWidget *wuyou_evidence_view_focus_slot (WuyouEvidenceView *self, const char *slot);

G_END_DECLS
