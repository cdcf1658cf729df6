/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-paper-private.h"

G_BEGIN_DECLS

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

void _wuyou_sheet_add_running (WuyouSheet *sheet); /* after the pages are broken */

G_END_DECLS
