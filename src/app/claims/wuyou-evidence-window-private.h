/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "claims/wuyou-evidence-editor.h"
#include "claims/wuyou-evidence-facts-form.h"
#include "claims/wuyou-evidence-pages.h"
#include "claims/wuyou-evidence-picture.h"
#include "claims/wuyou-evidence-tools.h"
#include "claims/wuyou-evidence-window.h"
#include "widgets/wuyou-busy-line.h"
#include "widgets/wuyou-empty-state.h"
#include "widgets/wuyou-split-view.h"

G_BEGIN_DECLS

struct _WuyouEvidenceWindow {
  AdwWindow parent_instance;
  WuyouAppContext *context;
  WuyouEvidenceFolder *folder;
  WuyouEvidenceMode mode;
  char *id;
  WuyouEvidencePages *pages;
  guint page; /* from 0 */
  GCancellable *loading, *drawing;
  guint again, tries; /* while it is made */

  WuyouEvidenceEditor *editor;
  WuyouEvidencePicture *picture;
  WuyouEvidenceFactsForm *facts;
  WuyouEvidenceTools *tools;
  AdwWindowTitle *title;
  WuyouSplitView *split;
  GtkStack *stack;
  WuyouBusyLine *line;
  WuyouEmptyState *empty;
  GtkLabel *state;
  GtkMenuButton *page_button;
  GtkWidget *judge, *page_bar, *save, *panel_button;
};

/* wuyou-evidence-window-build.c */
void _wuyou_evidence_window_build (WuyouEvidenceWindow *self);
void _wuyou_evidence_window_install (GtkWidgetClass *klass);

const WuyouEvidence *_wuyou_evidence_window_get_evidence (WuyouEvidenceWindow *self); /* NULL once it is gone */
gboolean _wuyou_evidence_window_may_edit (WuyouEvidenceWindow *self);
/* An insurer and finance bring papers and say what stands in them; plain pages are handed to the dealership only. */
gboolean _wuyou_evidence_window_may_edit_pages (WuyouEvidenceWindow *self);
void _wuyou_evidence_window_step (WuyouEvidenceWindow *self, int files);
guint _wuyou_evidence_window_get_n_pages (WuyouEvidenceWindow *self);
void _wuyou_evidence_window_go_to_page (WuyouEvidenceWindow *self, int page); /* from 0; the nearest there is */
void _wuyou_evidence_window_zoom (WuyouEvidenceWindow *self, double factor);  /* 0: fit */
void _wuyou_evidence_window_judge (WuyouEvidenceWindow *self, WuyouEvidenceState state);

G_END_DECLS
