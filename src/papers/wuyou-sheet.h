/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-paper.h"

G_BEGIN_DECLS

/* A sheet collects the blocks of a document and is laid out once, into a paper. Texts are copied. */
typedef struct _WuyouSheet WuyouSheet;

typedef enum {
  WUYOU_PAPER_SPAN_BOLD = 1 << 0,
  WUYOU_PAPER_SPAN_UNDERLINE = 1 << 1,
} WuyouPaperSpanFlags;

/* Byte offsets into the text, end exclusive. */
typedef struct {
  guint start, end;
  WuyouPaperSpanFlags flags;
} WuyouPaperSpan;

typedef struct {
  const char *label;
  const char *value; /* NULL or "" prints a dash */
  gboolean wide;     /* takes the whole row of a two-column grid */
} WuyouPaperRow;

/* One party that signs: a line a label, then room for hand or seal. */
typedef struct {
  const char *role;         /* 车主（签字） */
  const char *name;         /* printed under the role; NULL: left to the pen */
  const char *const *lines; /* labels with a line to write on, ended by NULL */
  gboolean seal;            /* a ring where the company seal goes */
} WuyouPaperSignature;

/* What every page carries. Strings are copied; NULL leaves a part out. */
typedef struct {
  const char *title;     /* header left */
  const char *number;    /* header right */
  const char *stamp;     /* footer left: revision, short code */
  const char *watermark; /* large and pale across the page */
  const char *notice;    /* a bar above the text of every page: draft, internal copy */
  const char *qr;        /* text of a code at the top right of the first page */
} WuyouPaperRunning;

WuyouSheet *wuyou_sheet_new (const WuyouPaperRunning *running);
void wuyou_sheet_free (WuyouSheet *sheet);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouSheet, wuyou_sheet_free)

void wuyou_sheet_add_title (WuyouSheet *sheet, const char *title, const char *subtitle);
void wuyou_sheet_add_heading (WuyouSheet *sheet, int level, const char *text); /* level 1 … 3 */
void wuyou_sheet_add_paragraph (WuyouSheet *sheet, const char *text, const WuyouPaperSpan *spans, guint n_spans);
void wuyou_sheet_add_note (WuyouSheet *sheet, const char *text); /* small and grey */
/* Hanging @marker ("1.", "（一）", "•"), @depth 0 … 3. */
void wuyou_sheet_add_item (WuyouSheet *sheet,
                           int depth,
                           const char *marker,
                           const char *text,
                           const WuyouPaperSpan *spans,
                           guint n_spans);
/* An empty box to tick in front of a bold @title and its text. */
void wuyou_sheet_add_choice (WuyouSheet *sheet, const char *title, const char *text, gboolean ticked);
void
wuyou_sheet_add_grid (WuyouSheet *sheet, int columns, const WuyouPaperRow *rows, guint n_rows); /* 1 or 2 columns */
/* @cells: n_rows × n_columns texts, the first row is the head and repeats after a page break; @widths are
 * shares; column i is right-aligned when bit i of @numeric is set. */
void wuyou_sheet_add_table (WuyouSheet *sheet,
                            guint n_columns,
                            const double *widths,
                            guint numeric,
                            const char *const *cells,
                            guint n_rows);
void
wuyou_sheet_add_signatures (WuyouSheet *sheet, const WuyouPaperSignature *signatures, guint n_signatures); /* 1 or 2 */
void wuyou_sheet_add_rule (WuyouSheet *sheet);
void wuyou_sheet_add_space (WuyouSheet *sheet, double points);
void wuyou_sheet_break_page (WuyouSheet *sheet);
/* Blocks added between the two stay on one page when one page can hold them. */
void wuyou_sheet_begin_together (WuyouSheet *sheet);
void wuyou_sheet_end_together (WuyouSheet *sheet);
/* Terms as Markdown: # titles, 第N条 headings, numbered clauses, lists, **bold**, <u>underline</u>. */
void wuyou_sheet_add_markdown (WuyouSheet *sheet, const char *markdown);

/* FONT_MISSING without a Chinese font, INVALID when no font has a character of the text. */
WuyouPaper *wuyou_sheet_lay_out (WuyouSheet *sheet, GError **error);

G_END_DECLS
