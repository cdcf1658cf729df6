/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <adwaita.h>

#include "claims/wuyou-evidence-folder.h"
#include "claims/wuyou-evidence-view.h"

G_BEGIN_DECLS

/* One file of a claim after the other, large, with what it says beside it: the clerk types and blackens, the reviewer
 * compares and judges (V verified, R returned), everybody else looks. What was typed or drawn is written when one goes
 * on to the next file or saves. A file is loaded when it is shown and not before, since each look is recorded. Its
 * actions "file.…" and their keys work wherever the focus is in it. Properties "title", "subtitle". Signals: "changed":
 * something was written; "gone": the file was taken back, perhaps by somebody else. */
#define WUYOU_TYPE_EVIDENCE_VIEWER (wuyou_evidence_viewer_get_type ())
G_DECLARE_FINAL_TYPE (WuyouEvidenceViewer, wuyou_evidence_viewer, WUYOU, EVIDENCE_VIEWER, GtkWidget)

/* @in_window: its bar is that of a window, with the buttons of one. Shows nothing before it was given a folder and a
 * file. */
GtkWidget *wuyou_evidence_viewer_new (WuyouAppContext *context, gboolean in_window);
/* The claim, or the same one loaded again: what is typed stays. @folder is referenced. */
void wuyou_evidence_viewer_take (WuyouEvidenceViewer *self, WuyouEvidenceFolder *folder, WuyouEvidenceMode mode);
void wuyou_evidence_viewer_show_file (WuyouEvidenceViewer *self, const char *id);
gboolean wuyou_evidence_viewer_save (WuyouEvidenceViewer *self);   /* FALSE: something typed is not right */
void wuyou_evidence_viewer_drop_wrong (WuyouEvidenceViewer *self); /* what is not right is not typed */
/* Lets go of the file: what is under way for it is stopped, and nothing of it stays on the screen. */
void wuyou_evidence_viewer_clear (WuyouEvidenceViewer *self);
const char *wuyou_evidence_viewer_get_id (WuyouEvidenceViewer *self); /* borrowed, or NULL */
/* Below what the file says. */
void wuyou_evidence_viewer_append (WuyouEvidenceViewer *self, GtkWidget *widget);
void wuyou_evidence_viewer_focus (WuyouEvidenceViewer *self);        /* the picture */
void wuyou_evidence_viewer_enter (WuyouEvidenceViewer *self);        /* the first entry that is empty */
void wuyou_evidence_viewer_reveal_panel (WuyouEvidenceViewer *self); /* where there is room for one half only */

G_END_DECLS
