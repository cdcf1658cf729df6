/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-paper-private.h"

G_BEGIN_DECLS

/* Fonts of one PDF, cut to its glyphs by HarfBuzz before cairo embeds them. cairo's own subsetting of CID-keyed CFF
 * gives up on a few hundred Chinese characters and embeds every subroutine: 1.1 MB instead of 0.2 MB. Glyph numbers
 * and so positions stay as they are. */
typedef struct _WuyouPaperSubset WuyouPaperSubset;

WuyouPaperSubset *_wuyou_paper_subset_new (WuyouPaper *paper);
void _wuyou_paper_subset_free (WuyouPaperSubset *subset);
/* Borrowed; NULL when the font is drawn as it is. */
cairo_font_face_t *_wuyou_paper_subset_lookup (WuyouPaperSubset *subset, PangoFont *font);

G_END_DECLS
