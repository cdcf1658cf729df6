/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-sheet-private.h"

#include <math.h>

#define HEADER_TOP 40.0
#define HEADER_RULE 56.0
#define FOOTER_RULE (WUYOU_PAPER_HEIGHT - 54.0)
#define FOOTER_TOP (WUYOU_PAPER_HEIGHT - 49.0)
#define WATERMARK_ANGLE (-G_PI / 5)
#define WATERMARK_REACH 520.0 /* longest text along the diagonal */
#define OVERLAY_ALPHA 0.11

static double
layout_width (PangoLayout *layout)
{
  int width;

  pango_layout_get_size (layout, &width, NULL);
  return pango_units_to_double (width);
}

static void
append_text (WuyouSheet *sheet, GArray *marks, StyleId style, Ink ink, const char *text, double top, double align)
{
  const Style *look = _wuyou_paper_style (style);
  PangoLayout *layout = _wuyou_sheet_shape (sheet, style, text, NULL, 0, -1);
  Mark mark = { .kind = MARK_TEXT, .ink = ink, .y = top + look->leading / 2 + 0.37 * look->size };

  mark.x = MARGIN_X + align * (CONTENT_WIDTH - layout_width (layout));
  mark.line = pango_layout_line_ref (pango_layout_get_line_readonly (layout, 0));
  g_array_append_val (marks, mark);
}

static void
append_rule (GArray *marks, double y)
{
  Mark mark = { .kind = MARK_LINE, .ink = INK_HAIR, .x = MARGIN_X, .y = y, .width = CONTENT_WIDTH };

  g_array_append_val (marks, mark);
}

static void
append_notice (WuyouSheet *sheet, GArray *marks)
{
  Mark band = {
    .kind = MARK_FILL,
    .ink = INK_WARN_TINT,
    .x = MARGIN_X,
    .y = HEADER_RULE + 8,
    .width = CONTENT_WIDTH,
    .height = 20,
  };

  g_array_append_val (marks, band);
  append_text (sheet, marks, STYLE_LABEL, INK_WARN, sheet->notice, band.y + 2.5, 0.5);
}

static void
append_running (WuyouSheet *sheet, GArray *marks, guint page, guint n_pages)
{
  g_autofree char *count = g_strdup_printf ("第 %u 页 · 共 %u 页", page + 1, n_pages);

  if (sheet->title != NULL)
    append_text (sheet, marks, STYLE_RUNNING, INK_GREY, sheet->title, HEADER_TOP, 0);
  if (sheet->number != NULL)
    append_text (sheet, marks, STYLE_RUNNING, INK_GREY, sheet->number, HEADER_TOP, 1);
  append_rule (marks, HEADER_RULE);
  if (sheet->notice != NULL)
    append_notice (sheet, marks);
  append_rule (marks, FOOTER_RULE);
  if (sheet->stamp != NULL)
    append_text (sheet, marks, STYLE_RUNNING, INK_GREY, sheet->stamp, FOOTER_TOP, 0);
  append_text (sheet, marks, STYLE_RUNNING, INK_GREY, count, FOOTER_TOP, 0.5);
}

void
_wuyou_sheet_add_running (WuyouSheet *sheet)
{
  WuyouPaper *paper = sheet->paper;

  if (sheet->watermark != NULL)
    paper->watermark = g_object_ref (_wuyou_sheet_shape (sheet, STYLE_WATERMARK, sheet->watermark, NULL, 0, -1));
  for (guint page = 0; page < paper->pages->len; page++) {
    GArray *marks = g_array_new (FALSE, TRUE, sizeof (Mark));

    g_array_set_clear_func (marks, _wuyou_paper_clear_mark);
    append_running (sheet, marks, page, paper->pages->len);
    g_ptr_array_add (paper->running, marks);
  }
}

void
_wuyou_paper_draw_watermark (cairo_t *cr, PangoLayout *layout, struct _WuyouPaperSubset *subset)
{
  const Style *look = _wuyou_paper_style (STYLE_WATERMARK);
  double width = layout_width (layout);

  cairo_save (cr);
  cairo_translate (cr, WUYOU_PAPER_WIDTH / 2, WUYOU_PAPER_HEIGHT / 2);
  cairo_rotate (cr, WATERMARK_ANGLE);
  if (width > WATERMARK_REACH)
    cairo_scale (cr, WATERMARK_REACH / width, WATERMARK_REACH / width);
  _wuyou_paper_show_line (cr, pango_layout_get_line_readonly (layout, 0), -width / 2, 0.37 * look->size, subset);
  cairo_restore (cr);
}

static char *
format_copy (const WuyouPaperOverlay *overlay)
{
  GString *text = g_string_new (overlay->copy_kind);

  if (overlay->copy_number > 0) {
    if (text->len > 0)
      g_string_append (text, " · ");
    if (overlay->reprint)
      g_string_append_printf (text, "补打 %u · 副本号 %u", overlay->copy_number, overlay->copy_number);
    else
      g_string_append_printf (text, "正本 · 副本号 %u", overlay->copy_number);
  }
  return g_string_free (text, FALSE);
}

static void
draw_right (cairo_t *cr, PangoContext *context, StyleId style, Ink ink, const char *text, double top)
{
  const Style *look = _wuyou_paper_style (style);
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr (PangoLayout) layout = _wuyou_paper_layout_new (context, style, valid, NULL, 0, -1);

  _wuyou_paper_set_ink (cr, ink);
  _wuyou_paper_show_line (cr, pango_layout_get_line_readonly (layout, 0),
                          WUYOU_PAPER_WIDTH - MARGIN_X - layout_width (layout),
                          top + look->leading / 2 + 0.37 * look->size, NULL);
}

static void
draw_overlay_parts (cairo_t *cr, PangoContext *context, const WuyouPaperOverlay *overlay)
{
  g_autofree char *copy = format_copy (overlay);

  if (overlay->watermark != NULL) {
    g_autofree char *valid = g_utf8_make_valid (overlay->watermark, -1);
    g_autoptr (PangoLayout) layout = _wuyou_paper_layout_new (context, STYLE_WATERMARK, valid, NULL, 0, -1);

    cairo_set_source_rgba (cr, 0.3, 0.3, 0.35, OVERLAY_ALPHA);
    _wuyou_paper_draw_watermark (cr, layout, NULL);
  }
  if (*copy != '\0')
    draw_right (cr, context, STYLE_RUNNING, overlay->reprint ? INK_WARN : INK_TEXT, copy, FOOTER_TOP);
  if (overlay->printed != NULL)
    draw_right (cr, context, STYLE_CAPTION, INK_GREY, overlay->printed, FOOTER_TOP + 11);
}

void
wuyou_paper_draw_overlay (cairo_t *cr, double page_width, double page_height, const WuyouPaperOverlay *overlay)
{
  PangoContext *context;

  if (!wuyou_paper_check_fonts (NULL))
    return;
  context = _wuyou_paper_context_new ();
  cairo_save (cr);
  cairo_scale (cr, page_width / WUYOU_PAPER_WIDTH, page_height / WUYOU_PAPER_HEIGHT);
  draw_overlay_parts (cr, context, overlay);
  cairo_restore (cr);
  g_object_unref (context);
}
