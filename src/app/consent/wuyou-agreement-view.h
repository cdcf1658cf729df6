/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <gtk/gtk.h>

#include "consent/wuyou-agreement-buffer.h"

G_BEGIN_DECLS

/* The agreements on screen, scrolling, and how far they were really read (P-02). Signals: "progress" when any
 * percentage changed; "reached-end" (guint document) once a document; "first-scroll" once; "measured" when the line
 * width is another. */
#define WUYOU_TYPE_AGREEMENT_VIEW (wuyou_agreement_view_get_type ())
G_DECLARE_FINAL_TYPE (WuyouAgreementView, wuyou_agreement_view, WUYOU, AGREEMENT_VIEW, GtkTextView)

GtkWidget *wuyou_agreement_view_new (WuyouAgreementBuffer *buffer);
WuyouAgreementBuffer *wuyou_agreement_view_get_buffer (WuyouAgreementView *self); /* borrowed */

gboolean wuyou_agreement_view_is_complete (WuyouAgreementView *self);
gboolean wuyou_agreement_view_is_read (WuyouAgreementView *self, guint document);
guint wuyou_agreement_view_get_percent (WuyouAgreementView *self, guint document);
guint wuyou_agreement_view_get_total (WuyouAgreementView *self);
int wuyou_agreement_view_get_next (WuyouAgreementView *self); /* first document not read, -1: none */
/* Line heights are final: what stands where is known. */
gboolean wuyou_agreement_view_is_settled (WuyouAgreementView *self);

/* Shows a clause at the top, at once or when lines are measured. Never counts as reading. */
void wuyou_agreement_view_jump (WuyouAgreementView *self, guint document, guint clause);
/* Back to where @document was read last, or to its beginning. */
void wuyou_agreement_view_resume (WuyouAgreementView *self, guint document);
void wuyou_agreement_view_show_match (WuyouAgreementView *self, const GtkTextIter *at);
/* What stands at the top of the screen. */
void wuyou_agreement_view_get_place (WuyouAgreementView *self, guint *ret_document, guint *ret_clause);

/* 100 is the size the system asks for; 50 … 300. */
void wuyou_agreement_view_set_zoom (WuyouAgreementView *self, guint percent);
guint wuyou_agreement_view_get_zoom (WuyouAgreementView *self);
/* Width of a line that the eye follows well (42 Chinese characters), pixels. */
int wuyou_agreement_view_get_line_width (WuyouAgreementView *self);

G_END_DECLS
