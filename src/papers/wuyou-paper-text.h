/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <pango/pangocairo.h>

#include "wuyou-sheet.h"

G_BEGIN_DECLS

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

G_END_DECLS
