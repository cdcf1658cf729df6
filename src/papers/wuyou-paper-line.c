/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-paper-subset.h"

#define UNDERLINE_DROP 0.17    /* em below the baseline */
#define UNDERLINE_WEIGHT 0.055 /* em */

typedef struct {
  GArray *glyphs;   /* cairo_glyph_t */
  GArray *clusters; /* cairo_text_cluster_t */
  double x, y;
  const WuyouPaperCut *cut; /* font of the run, or NULL */
} Pen;

/* One cluster: which bytes of the text these glyphs stand for; that is what makes a PDF searchable. */
static void
add_cluster (Pen *pen, const PangoGlyphString *string, int first, int end, int bytes)
{
  cairo_text_cluster_t cluster = { .num_bytes = bytes };

  for (int i = first; i < end; i++) {
    const PangoGlyphInfo *info = &string->glyphs[i];

    if (info->glyph != PANGO_GLYPH_EMPTY) {
      cairo_glyph_t glyph = { pen->cut != NULL ? hb_map_get (pen->cut->glyphs, info->glyph) : info->glyph,
                              pen->x + pango_units_to_double (info->geometry.x_offset),
                              pen->y + pango_units_to_double (info->geometry.y_offset) };

      g_array_append_val (pen->glyphs, glyph);
      cluster.num_glyphs++;
    }
    pen->x += pango_units_to_double (info->geometry.width);
  }
  g_array_append_val (pen->clusters, cluster);
}

static void
set_font (cairo_t *cr, PangoFont *font, const WuyouPaperCut *cut)
{
  cairo_scaled_font_t *scaled = pango_cairo_font_get_scaled_font (PANGO_CAIRO_FONT (font));
  cairo_matrix_t matrix;

  if (cut == NULL) {
    cairo_set_scaled_font (cr, scaled);
    return;
  }
  cairo_scaled_font_get_font_matrix (scaled, &matrix);
  cairo_set_font_face (cr, cut->face);
  cairo_set_font_matrix (cr, &matrix);
}

static gboolean
is_underlined (const PangoLayoutRun *run)
{
  for (GSList *item = run->item->analysis.extra_attrs; item != NULL; item = item->next)
    if (((PangoAttribute *) item->data)->klass->type == PANGO_ATTR_UNDERLINE)
      return TRUE;
  return FALSE;
}

static void
draw_underline (cairo_t *cr, PangoFont *font, double start, double end, double y)
{
  cairo_matrix_t matrix;

  cairo_scaled_font_get_font_matrix (pango_cairo_font_get_scaled_font (PANGO_CAIRO_FONT (font)), &matrix);
  cairo_rectangle (cr, start, y + UNDERLINE_DROP * matrix.xx, end - start, UNDERLINE_WEIGHT * matrix.xx);
  cairo_fill (cr);
}

static void
show_run (cairo_t *cr, PangoLayoutRun *run, const char *text, Pen *pen, WuyouPaperSubset *subset)
{
  PangoFont *font = run->item->analysis.font;
  double start = pen->x;
  PangoGlyphItemIter iter;

  pen->cut = _wuyou_paper_subset_lookup (subset, font);
  g_array_set_size (pen->glyphs, 0);
  g_array_set_size (pen->clusters, 0);
  for (gboolean more = pango_glyph_item_iter_init_start (&iter, run, text); more;
       more = pango_glyph_item_iter_next_cluster (&iter))
    add_cluster (pen, run->glyphs, iter.start_glyph, iter.end_glyph, iter.end_index - iter.start_index);
  set_font (cr, font, pen->cut);
  cairo_show_text_glyphs (cr, text + run->item->offset, run->item->length,
                          (const cairo_glyph_t *) (gpointer) pen->glyphs->data, (int) pen->glyphs->len,
                          (const cairo_text_cluster_t *) (gpointer) pen->clusters->data, (int) pen->clusters->len, 0);
  if (is_underlined (run))
    draw_underline (cr, font, start, pen->x, pen->y);
}

/* What pango_cairo_show_layout_line() would draw, with the fonts of @subset where it has them. Left to right only,
 * as every layout here is. */
void
_wuyou_paper_show_line (cairo_t *cr, PangoLayoutLine *line, double x, double y, WuyouPaperSubset *subset)
{
  const char *text = pango_layout_get_text (line->layout);
  Pen pen = { .x = x, .y = y };

  pen.glyphs = g_array_new (FALSE, FALSE, sizeof (cairo_glyph_t));
  pen.clusters = g_array_new (FALSE, FALSE, sizeof (cairo_text_cluster_t));
  for (GSList *run = line->runs; run != NULL; run = run->next)
    show_run (cr, run->data, text, &pen, subset);
  g_array_unref (pen.glyphs);
  g_array_unref (pen.clusters);
}
