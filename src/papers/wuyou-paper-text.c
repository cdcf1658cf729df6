/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-paper-text.h"

#include <glib/gi18n-lib.h>

#include "base/wuyou-error.h"

/* Families whose glyphs are the Chinese forms. Asking for "Sans" gives the Japanese ones on many machines. */
static const char *const families[] = {
  "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "WenQuanYi Micro Hei",
};

static const Style styles[N_STYLES] = {
  [STYLE_TITLE] = { 22, 30, TRUE, FALSE, INK_TEXT },     [STYLE_SUBTITLE] = { 9.5, 15, FALSE, FALSE, INK_GREY },
  [STYLE_HEADING_1] = { 15, 22, TRUE, FALSE, INK_TEXT }, [STYLE_HEADING_2] = { 10.5, 16, TRUE, FALSE, INK_ACCENT },
  [STYLE_HEADING_3] = { 10, 16, TRUE, FALSE, INK_TEXT }, [STYLE_BODY] = { 9.5, 15.5, FALSE, TRUE, INK_TEXT },
  [STYLE_NOTE] = { 8, 12.5, FALSE, TRUE, INK_GREY },     [STYLE_LABEL] = { 8.5, 14, FALSE, FALSE, INK_GREY },
  [STYLE_VALUE] = { 9.5, 14, FALSE, FALSE, INK_TEXT },   [STYLE_RUNNING] = { 7.5, 11, FALSE, FALSE, INK_GREY },
  [STYLE_CAPTION] = { 6.5, 9, FALSE, FALSE, INK_GREY },  [STYLE_WATERMARK] = { 62, 90, TRUE, FALSE, INK_WATERMARK },
};

static const double inks[N_INKS][3] = {
  [INK_TEXT] = { 0.10, 0.11, 0.13 },      [INK_GREY] = { 0.40, 0.42, 0.46 },       [INK_HAIR] = { 0.80, 0.82, 0.85 },
  [INK_ACCENT] = { 0.09, 0.23, 0.38 },    [INK_TINT] = { 0.955, 0.965, 0.975 },    [INK_WARN] = { 0.66, 0.16, 0.12 },
  [INK_WARN_TINT] = { 0.99, 0.95, 0.94 }, [INK_WATERMARK] = { 0.925, 0.93, 0.94 },
};

const Style *
_wuyou_paper_style (StyleId style)
{
  return &styles[style];
}

void
_wuyou_paper_set_ink (cairo_t *cr, Ink ink)
{
  cairo_set_source_rgb (cr, inks[ink][0], inks[ink][1], inks[ink][2]);
}

static PangoContext *
new_plain_context (void)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options (context, options);
  cairo_font_options_destroy (options);
  pango_cairo_context_set_resolution (context, 72);
  pango_context_set_round_glyph_positions (context, FALSE);
  pango_context_set_language (context, pango_language_from_string ("zh-cn"));
  pango_context_set_base_dir (context, PANGO_DIRECTION_LTR);
  return context;
}

/* Fontconfig always answers with some font; only its real name tells whether it is the one asked for. */
static gboolean
has_family (PangoContext *context, const char *family)
{
  g_autoptr (PangoFontDescription) wanted = pango_font_description_new ();
  g_autoptr (PangoFontDescription) found = NULL;
  g_autoptr (PangoFont) font = NULL;

  pango_font_description_set_family_static (wanted, family);
  pango_font_description_set_size (wanted, 10 * PANGO_SCALE);
  font = pango_font_map_load_font (pango_context_get_font_map (context), context, wanted);
  if (font == NULL)
    return FALSE;
  found = pango_font_describe (font);
  return g_ascii_strcasecmp (pango_font_description_get_family (found), family) == 0;
}

static const char *
find_family (PangoContext *context)
{
  for (guint i = 0; i < G_N_ELEMENTS (families); i++)
    if (has_family (context, families[i]))
      return families[i];
  return NULL;
}

gboolean
wuyou_paper_check_fonts (GError **error)
{
  PangoContext *context = new_plain_context ();
  const char *family = find_family (context);

  g_object_unref (context);
  if (family != NULL)
    return TRUE;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_FONT_MISSING, "");
  return FALSE;
}

PangoContext *
_wuyou_paper_context_new (void)
{
  PangoContext *context = new_plain_context ();
  g_autoptr (PangoFontDescription) description = pango_font_description_new ();
  const char *family = find_family (context);

  pango_font_description_set_family_static (description, family != NULL ? family : families[0]);
  pango_context_set_font_description (context, description);
  return context;
}

static void
add_span_attributes (PangoAttrList *list, const WuyouPaperSpan *span)
{
  PangoAttribute *attributes[2] = { NULL, NULL };

  if (span->flags & WUYOU_PAPER_SPAN_BOLD)
    attributes[0] = pango_attr_weight_new (PANGO_WEIGHT_BOLD);
  if (span->flags & WUYOU_PAPER_SPAN_UNDERLINE)
    attributes[1] = pango_attr_underline_new (PANGO_UNDERLINE_SINGLE);
  for (guint i = 0; i < G_N_ELEMENTS (attributes); i++) {
    if (attributes[i] == NULL)
      continue;
    attributes[i]->start_index = span->start;
    attributes[i]->end_index = span->end;
    pango_attr_list_insert (list, attributes[i]);
  }
}

static PangoAttrList *
new_attributes (const WuyouPaperSpan *spans, guint n_spans)
{
  PangoAttrList *list = pango_attr_list_new ();

  /* Contextual half-width punctuation: "。）" without a hole. No ligatures: codes are read letter by letter. */
  pango_attr_list_insert (list, pango_attr_font_features_new ("chws=1, liga=0"));
  for (guint i = 0; i < n_spans; i++)
    add_span_attributes (list, &spans[i]);
  return list;
}

PangoLayout *
_wuyou_paper_layout_new (PangoContext *context,
                         StyleId id,
                         const char *text,
                         const WuyouPaperSpan *spans,
                         guint n_spans,
                         double width)
{
  const Style *style = &styles[id];
  PangoLayout *layout = pango_layout_new (context);
  g_autoptr (PangoFontDescription) description
      = pango_font_description_copy (pango_context_get_font_description (context));
  g_autoptr (PangoAttrList) attributes = new_attributes (spans, n_spans);

  pango_font_description_set_absolute_size (description, style->size * PANGO_SCALE);
  pango_font_description_set_weight (description, style->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (layout, description);
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_auto_dir (layout, FALSE);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_justify (layout, style->justify);
  if (width >= 0)
    pango_layout_set_width (layout, pango_units_from_double (width));
  pango_layout_set_text (layout, text, -1);
  return layout;
}

static gunichar
find_unknown (PangoLayout *layout)
{
  for (int i = 0; i < pango_layout_get_line_count (layout); i++)
    for (GSList *run = pango_layout_get_line_readonly (layout, i)->runs; run != NULL; run = run->next) {
      PangoGlyphString *glyphs = ((PangoLayoutRun *) run->data)->glyphs;

      for (int g = 0; g < glyphs->num_glyphs; g++)
        if (glyphs->glyphs[g].glyph & PANGO_GLYPH_UNKNOWN_FLAG)
          return glyphs->glyphs[g].glyph & ~(gunichar) PANGO_GLYPH_UNKNOWN_FLAG;
    }
  return 0;
}

gboolean
_wuyou_paper_check_glyphs (PangoLayout *layout, GError **error)
{
  gunichar unknown;
  char utf8[7] = { 0 };

  if (pango_layout_get_unknown_glyphs_count (layout) == 0)
    return TRUE;
  unknown = find_unknown (layout);
  if (unknown != 0 && unknown <= 0x10FFFF)
    g_unichar_to_utf8 (unknown, utf8);
  g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_INVALID,
               _ ("No installed font can print the character “%s” (U+%04X). Correct the text or install a font."), utf8,
               unknown);
  return FALSE;
}
