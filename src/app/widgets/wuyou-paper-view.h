/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <gtk/gtk.h>
#include <poppler.h>

#include "wuyou-paper.h"

G_BEGIN_DECLS

/* Pages of paper below each other: a stored PDF, or a paper laid out here. Only what is on the screen is rendered. */
#define WUYOU_TYPE_PAPER_VIEW (wuyou_paper_view_get_type ())
G_DECLARE_FINAL_TYPE (WuyouPaperView, wuyou_paper_view, WUYOU, PAPER_VIEW, GtkWidget)

GtkWidget *wuyou_paper_view_new (void);
void wuyou_paper_view_set_document (WuyouPaperView *self, PopplerDocument *document); /* referenced; NULL: none */
void wuyou_paper_view_set_paper (WuyouPaperView *self, WuyouPaper *paper);            /* referenced; NULL: none */
/* Drawn over every page; copied, its texts too. NULL: none. */
void wuyou_paper_view_set_overlay (WuyouPaperView *self, const WuyouPaperOverlay *overlay);

G_END_DECLS
