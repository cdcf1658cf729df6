/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "claims/wuyou-evidence-editor.h"
#include "claims/wuyou-evidence-facts-form.h"
#include "claims/wuyou-evidence-pages.h"
#include "claims/wuyou-evidence-picture.h"
#include "claims/wuyou-evidence-tools.h"
#include "claims/wuyou-evidence-viewer.h"
#include "widgets/wuyou-busy-line.h"
#include "widgets/wuyou-empty-state.h"
#include "widgets/wuyou-split-view.h"

G_BEGIN_DECLS

struct _WuyouEvidenceViewer {
  GtkWidget parent_instance;
  WuyouAppContext *context;
  WuyouEvidenceFolder *folder;
  WuyouEvidenceMode mode;
  char *id;
  WuyouEvidencePages *pages;
  guint page; /* from 0 */
  GCancellable *loading, *drawing;
  guint again, tries; /* while it is made */
  gboolean failed;    /* to be read, for a reason that may pass */
  gboolean seen;      /* a page of it was on the screen */

  WuyouEvidenceEditor *editor;
  WuyouEvidencePicture *picture;
  WuyouEvidenceFactsForm *facts;
  WuyouEvidenceTools *tools;
  AdwHeaderBar *bar;
  AdwWindowTitle *title;
  WuyouSplitView *split;
  GtkStack *stack;
  WuyouBusyLine *line;
  WuyouEmptyState *empty;
  GtkLabel *state;
  GtkMenuButton *page_button, *file_button;
  GtkWidget *judge, *page_bar, *save, *panel_button;
  GtkWidget *panel; /* box */
};

/* wuyou-evidence-viewer-build.c */
void _wuyou_evidence_viewer_build (WuyouEvidenceViewer *self);
void _wuyou_evidence_viewer_install (GtkWidgetClass *klass);

/* wuyou-evidence-viewer-load.c */
void _wuyou_evidence_viewer_load (WuyouEvidenceViewer *self); /* self->id, from its first page */
void _wuyou_evidence_viewer_draw_page (WuyouEvidenceViewer *self);
void _wuyou_evidence_viewer_go_on (WuyouEvidenceViewer *self); /* the connection changed */

const WuyouEvidence *_wuyou_evidence_viewer_get_evidence (WuyouEvidenceViewer *self); /* NULL once it is gone */
gboolean _wuyou_evidence_viewer_may_edit (WuyouEvidenceViewer *self);
/* An insurer and finance bring papers and say what stands in them; plain pages are handed to the dealership only. */
gboolean _wuyou_evidence_viewer_may_edit_pages (WuyouEvidenceViewer *self);
void _wuyou_evidence_viewer_step (WuyouEvidenceViewer *self, int files);
guint _wuyou_evidence_viewer_get_n_pages (WuyouEvidenceViewer *self);
void _wuyou_evidence_viewer_go_to_page (WuyouEvidenceViewer *self, int page); /* from 0; the nearest there is */
void _wuyou_evidence_viewer_zoom (WuyouEvidenceViewer *self, double factor);  /* 0: fit */
void _wuyou_evidence_viewer_save_here (WuyouEvidenceViewer *self);            /* and stays with the file */
void _wuyou_evidence_viewer_judge (WuyouEvidenceViewer *self, WuyouEvidenceState state);

G_END_DECLS
