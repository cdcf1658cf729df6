/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/* A printed document: immutable A4 pages that draw on any cairo surface. All lengths are points. Paper speaks Chinese
 * whatever the screen speaks: its words are part of a legal document and are not translated. */
#define WUYOU_PAPER_WIDTH 595.0
#define WUYOU_PAPER_HEIGHT 842.0
/* Part of the printed hash; grows when the same content would print differently. */
#define WUYOU_PAPER_LAYOUT_VERSION 1

typedef struct _WuyouPaper WuyouPaper;

WuyouPaper *wuyou_paper_ref (WuyouPaper *paper);
void wuyou_paper_unref (WuyouPaper *paper);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouPaper, wuyou_paper_unref)

guint wuyou_paper_get_n_pages (WuyouPaper *paper);
/* @page from 0; the page's top left corner is at the origin. One thread at a time. */
void wuyou_paper_draw_page (WuyouPaper *paper, cairo_t *cr, guint page);

typedef struct {
  const char *title;  /* may be NULL, as the rest */
  const char *author; /* the operator */
  const char *subject;
  gint64 created_at; /* µs; 0 stands for the epoch. The same input gives the same bytes. */
} WuyouPaperMetadata;

GBytes *wuyou_paper_to_pdf (WuyouPaper *paper, const WuyouPaperMetadata *metadata, GError **error); /* owned */

/* What is drawn at printing over a stored page: everything else is in the stored bytes already. */
typedef struct {
  guint copy_number;     /* 0: none */
  gboolean reprint;      /* 补打 N instead of 正本 */
  const char *copy_kind; /* 客户联 …, or NULL */
  const char *printed;   /* who and when, or NULL */
  const char *watermark; /* or NULL */
} WuyouPaperOverlay;

/* Scales to @page_width × @page_height. Draws nothing without a Chinese font: check before with available. */
void wuyou_paper_draw_overlay (cairo_t *cr, double page_width, double page_height, const WuyouPaperOverlay *overlay);

/* TRUE when a font that prints Chinese as Chinese is installed; else FONT_MISSING. */
gboolean wuyou_paper_check_fonts (GError **error);

G_END_DECLS
