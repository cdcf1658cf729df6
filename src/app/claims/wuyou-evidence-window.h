/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "claims/wuyou-evidence-viewer.h"

G_BEGIN_DECLS

/* The files of a claim in a window of their own. What was typed or drawn is written when it closes, as it does by
 * itself when the file is taken back. Signal "changed": something was written. */
#define WUYOU_TYPE_EVIDENCE_WINDOW (wuyou_evidence_window_get_type ())
G_DECLARE_FINAL_TYPE (WuyouEvidenceWindow, wuyou_evidence_window, WUYOU, EVIDENCE_WINDOW, AdwWindow)

/* @folder is referenced. Borrowed: the window owns itself until it is closed. */
WuyouEvidenceWindow *wuyou_evidence_window_present (WuyouAppContext *context,
                                                    GtkWidget *owner,
                                                    WuyouEvidenceFolder *folder,
                                                    const char *id,
                                                    WuyouEvidenceMode mode);
void wuyou_evidence_window_enter (WuyouEvidenceWindow *self); /* begins with the first entry that is empty */
/* The claim was loaded again: what is typed stays. */
void wuyou_evidence_window_take (WuyouEvidenceWindow *self, WuyouEvidenceFolder *folder);

G_END_DECLS
