/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <pango/pangocairo.h>

#include "wuyou-paper.h"
#include "wuyou-qr.h"

G_BEGIN_DECLS

/* Everything on paper ends as marks (what is drawn) inside atoms (what a page break never cuts). */
#define MARGIN_X 60.0
#define CONTENT_WIDTH (WUYOU_PAPER_WIDTH - 2 * MARGIN_X)
#define CONTENT_TOP 70.0
#define NOTICE_HEIGHT 24.0
#define CONTENT_BOTTOM (WUYOU_PAPER_HEIGHT - 62.0)

typedef enum {
  INK_TEXT,
  INK_GREY,
  INK_HAIR,
  INK_ACCENT,
  INK_TINT,
  INK_WARN,
  INK_WARN_TINT,
  INK_WATERMARK,
  N_INKS,
} Ink;

/* Type sizes and leadings in points; the leading is fixed so that a rare glyph from another font moves nothing. */
typedef enum {
  STYLE_TITLE,
  STYLE_SUBTITLE,
  STYLE_HEADING_1,
  STYLE_HEADING_2,
  STYLE_HEADING_3,
  STYLE_BODY,
  STYLE_NOTE,
  STYLE_LABEL,
  STYLE_VALUE,
  STYLE_RUNNING,
  STYLE_CAPTION,
  STYLE_WATERMARK,
  N_STYLES,
} StyleId;

typedef struct {
  double size, leading;
  gboolean bold, justify;
  Ink ink;
} Style;

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

struct _WuyouSheet {
  WuyouPaper *paper; /* being built */
  PangoContext *context;
  char *title, *number, *stamp, *watermark, *notice;
  GError *error; /* the first one */
  guint block;
  guint group_start; /* first atom of the open group */
  gboolean in_group;
  gboolean break_next;
  gboolean title_done;
};

const Style *_wuyou_paper_style (StyleId style);
void _wuyou_paper_set_ink (cairo_t *cr, Ink ink);

/* A context that shapes the same everywhere: 72 dpi, no hinting, the Chinese family; owned. */
PangoContext *_wuyou_paper_context_new (void);
/* @width in points, negative for no wrapping; owned. */
PangoLayout *_wuyou_paper_layout_new (PangoContext *context,
                                      StyleId style,
                                      const char *text,
                                      const WuyouPaperSpan *spans,
                                      guint n_spans,
                                      double width);
/* INVALID naming the first character that no font has. */
gboolean _wuyou_paper_check_glyphs (PangoLayout *layout, GError **error);

PangoLayout *_wuyou_sheet_shape (WuyouSheet *sheet,
                                 StyleId style,
                                 const char *text,
                                 const WuyouPaperSpan *spans,
                                 guint n_spans,
                                 double width); /* owned by the paper */
void _wuyou_sheet_mark (WuyouSheet *sheet, Mark mark);
/* Line @index of @layout in a box of @width at @x; @top is the top of its leading; @align 0 left … 1 right. */
void _wuyou_sheet_mark_line (WuyouSheet *sheet,
                             PangoLayout *layout,
                             int index,
                             StyleId style,
                             Ink ink,
                             double x,
                             double top,
                             double width,
                             double align);
/* Starts an atom; its marks follow, relative to its top left corner at the margin. */
Atom *_wuyou_sheet_begin_atom (WuyouSheet *sheet, const char *tag, double height, double before);
void _wuyou_sheet_end_block (WuyouSheet *sheet);
Atom *_wuyou_sheet_last_atom (WuyouSheet *sheet);

void _wuyou_paper_break_pages (WuyouPaper *paper, double top, double bottom);
void _wuyou_paper_draw_mark (WuyouPaper *paper, cairo_t *cr, const Mark *mark, double x, double y);
void _wuyou_paper_show_line (cairo_t *cr, PangoLayoutLine *line, double x, double y, struct _WuyouPaperSubset *subset);
void _wuyou_paper_draw_watermark (cairo_t *cr,
                                  PangoLayout *layout,
                                  struct _WuyouPaperSubset *subset); /* in the current source */
void _wuyou_paper_clear_mark (gpointer mark);
void _wuyou_sheet_add_running (WuyouSheet *sheet);

G_END_DECLS
