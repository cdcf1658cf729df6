/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <hb-subset.h>

#include "wuyou-paper-private.h"

G_BEGIN_DECLS

/* Fonts of one PDF, cut to its glyphs by HarfBuzz before cairo embeds them. cairo's own subsetting of CID-keyed CFF
 * gives up on a few hundred Chinese characters and embeds every subroutine: 1.1 MB instead of 0.2 MB. */
typedef struct _WuyouPaperSubset WuyouPaperSubset;

typedef struct {
  cairo_font_face_t *face;
  hb_subset_plan_t *plan;
  const hb_map_t *glyphs; /* of the whole font → of the cut one; owned by the plan */
} WuyouPaperCut;

WuyouPaperSubset *_wuyou_paper_subset_new (WuyouPaper *paper);
void _wuyou_paper_subset_free (WuyouPaperSubset *subset);
/* Borrowed; NULL when the font is drawn as it is. */
const WuyouPaperCut *_wuyou_paper_subset_lookup (WuyouPaperSubset *subset, PangoFont *font);

G_END_DECLS
