/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <adwaita.h>

#include "claims/wuyou-evidence-folder.h"
#include "claims/wuyou-evidence-view.h"

G_BEGIN_DECLS

/* One file of a claim after the other, large, with what it says beside it: the clerk types and blackens, the reviewer
 * compares and judges (V verified, R returned), everybody else looks. What was typed or drawn is written when one goes
 * on to the next file, saves, or closes. Signal "changed": something was written. */
#define WUYOU_TYPE_EVIDENCE_WINDOW (wuyou_evidence_window_get_type ())
G_DECLARE_FINAL_TYPE (WuyouEvidenceWindow, wuyou_evidence_window, WUYOU, EVIDENCE_WINDOW, AdwWindow)

/* @folder is referenced. Borrowed: the window owns itself until it is closed. */
WuyouEvidenceWindow *wuyou_evidence_window_present (WuyouAppContext *context,
                                                    GtkWidget *owner,
                                                    WuyouEvidenceFolder *folder,
                                                    const char *id,
                                                    WuyouEvidenceMode mode);
/* The claim was loaded again: what is typed stays. */
void wuyou_evidence_window_take (WuyouEvidenceWindow *self, WuyouEvidenceFolder *folder);
void wuyou_evidence_window_show_file (WuyouEvidenceWindow *self, const char *id);
void wuyou_evidence_window_save (WuyouEvidenceWindow *self);

G_END_DECLS
