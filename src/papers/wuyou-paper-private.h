/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-paper-text.h"
#include "wuyou-qr.h"

G_BEGIN_DECLS

/* Everything on paper ends as marks (what is drawn) inside atoms (what a page break never cuts). */
#define MARGIN_X 60.0
#define CONTENT_WIDTH (WUYOU_PAPER_WIDTH - 2 * MARGIN_X)
#define CONTENT_TOP 70.0
#define NOTICE_HEIGHT 24.0
#define CONTENT_BOTTOM (WUYOU_PAPER_HEIGHT - 62.0)

typedef enum {
  MARK_TEXT,  /* x, y: start of the baseline */
  MARK_LINE,  /* from x, y to x + width, y + height */
  MARK_FILL,  /* rectangle */
  MARK_FRAME, /* rectangle, stroked */
  MARK_RING,  /* dashed circle in the square of @width */
  MARK_TICK,
  MARK_QR,
} MarkKind;

typedef struct {
  MarkKind kind;
  Ink ink;
  double x, y, width, height;
  PangoLayoutLine *line; /* owned by the paper's layouts */
} Mark;

/* How firmly an atom holds on to the next one. */
typedef enum {
  GLUE_NONE,
  GLUE_SOFT, /* blocks to be kept together, when a page can hold them */
  GLUE_HARD, /* widows, orphans, a heading and its text */
} Glue;

typedef struct {
  guint first_mark, n_marks;
  double height, before; /* @before is dropped at the top of a page */
  Glue glue;
  gboolean break_before;
  guint block;            /* atoms of one block share it */
  int head;               /* atom to repeat above this one on a new page, or -1 */
  const char *tag;        /* PDF structure type */
  const char *parent_tag; /* or NULL */
} Atom;

typedef struct {
  guint atom;
  double y; /* from the top of the page */
} Placed;

struct _WuyouPaper {
  gatomicrefcount refs;
  GPtrArray *layouts;               /* PangoLayout */
  GArray *marks;                    /* Mark */
  GArray *atoms;                    /* Atom */
  GPtrArray *pages;                 /* GArray of Placed */
  GPtrArray *running;               /* GArray of Mark, one a page */
  PangoLayout *watermark;           /* or NULL */
  struct _WuyouPaperSubset *subset; /* while a PDF is being written */
  WuyouQr *qr;
};

void _wuyou_paper_break_pages (WuyouPaper *paper, double top, double bottom);
void _wuyou_paper_draw_mark (WuyouPaper *paper, cairo_t *cr, const Mark *mark, double x, double y);
void _wuyou_paper_show_line (cairo_t *cr, PangoLayoutLine *line, double x, double y, struct _WuyouPaperSubset *subset);
void _wuyou_paper_draw_watermark (cairo_t *cr,
                                  PangoLayout *layout,
                                  struct _WuyouPaperSubset *subset); /* in the current source */
void _wuyou_paper_clear_mark (gpointer mark);

G_END_DECLS
