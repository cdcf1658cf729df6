/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <gtk/gtk.h>

#include "claims/wuyou-evidence-picture.h"

G_BEGIN_DECLS

/* What can be done to a page, as buttons, and the parts that are blackened in numbers: percent of the page, so that
 * nobody needs a mouse or good eyes for them. */
#define WUYOU_TYPE_EVIDENCE_TOOLS (wuyou_evidence_tools_get_type ())
G_DECLARE_FINAL_TYPE (WuyouEvidenceTools, wuyou_evidence_tools, WUYOU, EVIDENCE_TOOLS, GtkWidget)

GtkWidget *wuyou_evidence_tools_new (WuyouEvidenceEditor *editor, WuyouEvidencePicture *picture); /* both referenced */
void wuyou_evidence_tools_set_page (WuyouEvidenceTools *self, int page);

G_END_DECLS
