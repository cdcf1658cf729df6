/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <gtk/gtk.h>

#include "claims/wuyou-evidence-folder.h"

G_BEGIN_DECLS

/* What a paper says, to be typed while looking at it or to be read beside it; what contract and claim say of the same,
 * and what does not agree. Signal "changed": something was typed. */
#define WUYOU_TYPE_EVIDENCE_FACTS_FORM (wuyou_evidence_facts_form_get_type ())
G_DECLARE_FINAL_TYPE (WuyouEvidenceFactsForm, wuyou_evidence_facts_form, WUYOU, EVIDENCE_FACTS_FORM, GtkWidget)

GtkWidget *wuyou_evidence_facts_form_new (void);
/* Nothing is kept; what was typed for another file is forgotten. @editable FALSE: to be read. */
void wuyou_evidence_facts_form_show (WuyouEvidenceFactsForm *self,
                                     const WuyouEvidenceFolder *folder,
                                     const WuyouEvidence *evidence,
                                     gboolean editable);
gboolean wuyou_evidence_facts_form_is_dirty (WuyouEvidenceFactsForm *self);
/* Into @typed, a copy of the file; FALSE when an entry is not right, which then says so and has the focus. */
gboolean wuyou_evidence_facts_form_read (WuyouEvidenceFactsForm *self, WuyouEvidence *typed);
/* Entries that are not right are again what the file says; what else is typed stays. */
void wuyou_evidence_facts_form_drop_wrong (WuyouEvidenceFactsForm *self, const WuyouEvidence *evidence);
void wuyou_evidence_facts_form_focus (WuyouEvidenceFactsForm *self); /* the first entry that is empty */

G_END_DECLS
