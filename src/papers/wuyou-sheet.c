/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-sheet-private.h"

#include <string.h>

#define QR_SIZE 70.0

static WuyouPaper *
new_paper (void)
{
  WuyouPaper *paper = g_new0 (WuyouPaper, 1);

  g_atomic_ref_count_init (&paper->refs);
  paper->layouts = g_ptr_array_new_with_free_func (g_object_unref);
  paper->marks = g_array_new (FALSE, TRUE, sizeof (Mark));
  g_array_set_clear_func (paper->marks, _wuyou_paper_clear_mark);
  paper->atoms = g_array_new (FALSE, TRUE, sizeof (Atom));
  paper->pages = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  paper->running = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  return paper;
}

static char *
dup_text (const char *text)
{
  return text != NULL && *text != '\0' ? g_utf8_make_valid (text, -1) : NULL;
}

WuyouSheet *
wuyou_sheet_new (const WuyouPaperRunning *running)
{
  WuyouSheet *sheet = g_new0 (WuyouSheet, 1);

  wuyou_paper_check_fonts (&sheet->error);
  sheet->paper = new_paper ();
  sheet->context = _wuyou_paper_context_new ();
  sheet->title = dup_text (running->title);
  sheet->number = dup_text (running->number);
  sheet->stamp = dup_text (running->stamp);
  sheet->watermark = dup_text (running->watermark);
  sheet->notice = dup_text (running->notice);
  if (running->qr != NULL && sheet->error == NULL)
    sheet->paper->qr = wuyou_qr_new (running->qr, &sheet->error);
  return sheet;
}

void
wuyou_sheet_free (WuyouSheet *sheet)
{
  g_clear_pointer (&sheet->paper, wuyou_paper_unref);
  g_clear_object (&sheet->context);
  g_clear_error (&sheet->error);
  g_free (sheet->title);
  g_free (sheet->number);
  g_free (sheet->stamp);
  g_free (sheet->watermark);
  g_free (sheet->notice);
  g_free (sheet);
}

PangoLayout *
_wuyou_sheet_shape (WuyouSheet *sheet,
                    StyleId style,
                    const char *text,
                    const WuyouPaperSpan *spans,
                    guint n_spans,
                    double width)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  PangoLayout *layout = _wuyou_paper_layout_new (sheet->context, style, valid, spans, n_spans, width);

  if (sheet->error == NULL)
    _wuyou_paper_check_glyphs (layout, &sheet->error);
  g_ptr_array_add (sheet->paper->layouts, layout);
  return layout;
}

Atom *
_wuyou_sheet_last_atom (WuyouSheet *sheet)
{
  GArray *atoms = sheet->paper->atoms;

  return atoms->len > 0 ? &g_array_index (atoms, Atom, atoms->len - 1) : NULL;
}

void
_wuyou_sheet_mark (WuyouSheet *sheet, Mark mark)
{
  g_array_append_val (sheet->paper->marks, mark);
  _wuyou_sheet_last_atom (sheet)->n_marks++;
}

void
_wuyou_sheet_mark_line (WuyouSheet *sheet,
                        PangoLayout *layout,
                        int index,
                        StyleId style,
                        Ink ink,
                        double x,
                        double top,
                        double width,
                        double align)
{
  const Style *look = _wuyou_paper_style (style);
  PangoLayoutLine *line = pango_layout_get_line_readonly (layout, index);
  PangoRectangle extents = { 0 };

  if (align > 0)
    pango_layout_line_get_extents (line, NULL, &extents);
  /* 0.37 em below the middle puts the square Chinese body optically in the centre of its leading. */
  _wuyou_sheet_mark (sheet, (Mark){
                                .kind = MARK_TEXT,
                                .ink = ink,
                                .x = x + align * (width - pango_units_to_double (extents.width)),
                                .y = top + look->leading / 2 + 0.37 * look->size,
                                .line = pango_layout_line_ref (line),
                            });
}

Atom *
_wuyou_sheet_begin_atom (WuyouSheet *sheet, const char *tag, double height, double before)
{
  Atom atom = {
    .first_mark = sheet->paper->marks->len,
    .height = height,
    .before = before,
    .break_before = sheet->break_next,
    .block = sheet->block,
    .head = -1,
    .tag = tag,
  };

  sheet->break_next = FALSE;
  g_array_append_val (sheet->paper->atoms, atom);
  return _wuyou_sheet_last_atom (sheet);
}

void
_wuyou_sheet_end_block (WuyouSheet *sheet)
{
  sheet->block++;
}

/* "…：" announces what follows and does not stand alone at the foot of a page. */
static gboolean
announces (PangoLayout *layout)
{
  return g_str_has_suffix (pango_layout_get_text (layout), "：");
}

/* Lines of @layout as atoms of their own, so that a page may end between them, but never leaving one
 * line alone at the foot or head of a page. */
static void
add_lines (WuyouSheet *sheet, PangoLayout *layout, StyleId style, const char *tag, double x, double before)
{
  const Style *look = _wuyou_paper_style (style);
  int n = pango_layout_get_line_count (layout);

  for (int i = 0; i < n; i++) {
    Atom *atom = _wuyou_sheet_begin_atom (sheet, tag, look->leading, i == 0 ? before : 0);

    if (i < n - 1 ? i == 0 || i == n - 2 : announces (layout))
      atom->glue = GLUE_HARD;
    _wuyou_sheet_mark_line (sheet, layout, i, style, look->ink, x, 0, 0, 0);
  }
}

void
wuyou_sheet_add_title (WuyouSheet *sheet, const char *title, const char *subtitle)
{
  gboolean with_qr = sheet->paper->qr != NULL && !sheet->title_done;
  double width = CONTENT_WIDTH - (with_qr ? QR_SIZE + 16 : 0);
  PangoLayout *head = _wuyou_sheet_shape (sheet, STYLE_TITLE, title, NULL, 0, width);
  PangoLayout *sub = _wuyou_sheet_shape (sheet, STYLE_SUBTITLE, subtitle != NULL ? subtitle : "", NULL, 0, width);
  int n_head = pango_layout_get_line_count (head), n_sub = subtitle != NULL ? pango_layout_get_line_count (sub) : 0;
  double height
      = n_head * _wuyou_paper_style (STYLE_TITLE)->leading + 4 + n_sub * _wuyou_paper_style (STYLE_SUBTITLE)->leading;
  double y = 0;

  height = with_qr ? MAX (height, QR_SIZE - 2) : height + 8;
  _wuyou_sheet_begin_atom (sheet, "H1", height, 0)->glue = GLUE_HARD;
  for (int i = 0; i < n_head; i++, y += _wuyou_paper_style (STYLE_TITLE)->leading)
    _wuyou_sheet_mark_line (sheet, head, i, STYLE_TITLE, INK_TEXT, 0, y, 0, 0);
  y += 4;
  for (int i = 0; i < n_sub; i++, y += _wuyou_paper_style (STYLE_SUBTITLE)->leading)
    _wuyou_sheet_mark_line (sheet, sub, i, STYLE_SUBTITLE, INK_GREY, 0, y, 0, 0);
  if (with_qr) {
    PangoLayout *caption = _wuyou_sheet_shape (sheet, STYLE_CAPTION, "扫码验真", NULL, 0, -1);

    _wuyou_sheet_mark (sheet, (Mark){ .kind = MARK_QR, .x = CONTENT_WIDTH - QR_SIZE + 5, .y = -8, .width = QR_SIZE });
    _wuyou_sheet_mark_line (sheet, caption, 0, STYLE_CAPTION, INK_GREY, CONTENT_WIDTH - QR_SIZE + 5, QR_SIZE - 12,
                            QR_SIZE, 0.5);
  }
  sheet->title_done = TRUE;
  _wuyou_sheet_end_block (sheet);
}

void
wuyou_sheet_add_heading (WuyouSheet *sheet, int level, const char *text)
{
  static const struct {
    StyleId style;
    const char *tag;
    double before, after;
  } levels[] = { { STYLE_HEADING_1, "H1", 20, 6 }, { STYLE_HEADING_2, "H2", 12, 4 }, { STYLE_HEADING_3, "H3", 10, 1 } };
  int row = CLAMP (level, 1, 3) - 1;
  StyleId style = levels[row].style;
  const Style *look = _wuyou_paper_style (style);
  PangoLayout *layout = _wuyou_sheet_shape (sheet, style, text, NULL, 0, CONTENT_WIDTH);
  int n = pango_layout_get_line_count (layout);
  double height = n * look->leading + levels[row].after;

  _wuyou_sheet_begin_atom (sheet, levels[row].tag, height, levels[row].before)->glue = GLUE_HARD;
  for (int i = 0; i < n; i++)
    _wuyou_sheet_mark_line (sheet, layout, i, style, look->ink, 0, i * look->leading, 0, 0);
  if (row == 1)
    _wuyou_sheet_mark (sheet, (Mark){ .kind = MARK_LINE, .ink = INK_ACCENT, .y = height - 3, .width = CONTENT_WIDTH });
  _wuyou_sheet_end_block (sheet);
}

void
wuyou_sheet_add_paragraph (WuyouSheet *sheet, const char *text, const WuyouPaperSpan *spans, guint n_spans)
{
  PangoLayout *layout = _wuyou_sheet_shape (sheet, STYLE_BODY, text, spans, n_spans, CONTENT_WIDTH);

  add_lines (sheet, layout, STYLE_BODY, "P", 0, 4);
  _wuyou_sheet_end_block (sheet);
}

void
wuyou_sheet_add_note (WuyouSheet *sheet, const char *text)
{
  PangoLayout *layout = _wuyou_sheet_shape (sheet, STYLE_NOTE, text, NULL, 0, CONTENT_WIDTH);

  add_lines (sheet, layout, STYLE_NOTE, "P", 0, 6);
  _wuyou_sheet_end_block (sheet);
}

void
wuyou_sheet_add_item (WuyouSheet *sheet,
                      int depth,
                      const char *marker,
                      const char *text,
                      const WuyouPaperSpan *spans,
                      guint n_spans)
{
  double indent = CLAMP (depth, 0, 3) * 19.0;
  PangoLayout *mark = _wuyou_sheet_shape (sheet, STYLE_BODY, marker, NULL, 0, -1);
  int marker_width;
  double hang;
  PangoLayout *layout;
  Atom *first;
  guint start = sheet->paper->atoms->len;

  pango_layout_get_size (mark, &marker_width, NULL);
  hang = MAX (19.0, pango_units_to_double (marker_width) + 5);
  layout = _wuyou_sheet_shape (sheet, STYLE_BODY, text, spans, n_spans, CONTENT_WIDTH - indent - hang);
  first = _wuyou_sheet_begin_atom (sheet, "LI", 0, 3);
  first->glue = GLUE_HARD;
  _wuyou_sheet_mark_line (sheet, mark, 0, STYLE_BODY, INK_TEXT, indent, 0, 0, 0);
  add_lines (sheet, layout, STYLE_BODY, "LI", indent + hang, 0);
  for (guint i = start; i < sheet->paper->atoms->len; i++)
    g_array_index (sheet->paper->atoms, Atom, i).parent_tag = "L";
  _wuyou_sheet_end_block (sheet);
}

void
wuyou_sheet_add_choice (WuyouSheet *sheet, const char *title, const char *text, gboolean ticked)
{
  const Style *look = _wuyou_paper_style (STYLE_HEADING_3);
  PangoLayout *head = _wuyou_sheet_shape (sheet, STYLE_HEADING_3, title, NULL, 0, CONTENT_WIDTH - 22);
  PangoLayout *body = _wuyou_sheet_shape (sheet, STYLE_BODY, text, NULL, 0, CONTENT_WIDTH - 22);
  int n = pango_layout_get_line_count (head);

  _wuyou_sheet_begin_atom (sheet, "P", n * look->leading, 9)->glue = GLUE_HARD;
  _wuyou_sheet_mark (sheet, (Mark){ .kind = MARK_FRAME, .ink = INK_TEXT, .x = 0.5, .y = 3, .width = 10, .height = 10 });
  if (ticked)
    _wuyou_sheet_mark (sheet,
                       (Mark){ .kind = MARK_TICK, .ink = INK_TEXT, .x = 0.5, .y = 3, .width = 10, .height = 10 });
  for (int i = 0; i < n; i++)
    _wuyou_sheet_mark_line (sheet, head, i, STYLE_HEADING_3, INK_TEXT, 22, i * look->leading, 0, 0);
  add_lines (sheet, body, STYLE_BODY, "P", 22, 0);
  _wuyou_sheet_end_block (sheet);
}

void
wuyou_sheet_add_rule (WuyouSheet *sheet)
{
  _wuyou_sheet_begin_atom (sheet, NULL, 9, 4);
  _wuyou_sheet_mark (sheet, (Mark){ .kind = MARK_LINE, .ink = INK_HAIR, .y = 4, .width = CONTENT_WIDTH });
  _wuyou_sheet_end_block (sheet);
}

void
wuyou_sheet_add_space (WuyouSheet *sheet, double points)
{
  _wuyou_sheet_begin_atom (sheet, NULL, 0, points)->glue = GLUE_SOFT;
}

void
wuyou_sheet_break_page (WuyouSheet *sheet)
{
  sheet->break_next = sheet->paper->atoms->len > 0;
}

void
wuyou_sheet_begin_together (WuyouSheet *sheet)
{
  sheet->in_group = TRUE;
  sheet->group_start = sheet->paper->atoms->len;
}

void
wuyou_sheet_end_together (WuyouSheet *sheet)
{
  g_return_if_fail (sheet->in_group);
  for (guint i = sheet->group_start; i + 1 < sheet->paper->atoms->len; i++) {
    Atom *atom = &g_array_index (sheet->paper->atoms, Atom, i);

    atom->glue = MAX (atom->glue, GLUE_SOFT);
  }
  sheet->in_group = FALSE;
}

WuyouPaper *
wuyou_sheet_lay_out (WuyouSheet *sheet, GError **error)
{
  g_return_val_if_fail (sheet->paper->pages->len == 0, NULL);
  if (sheet->error == NULL) {
    _wuyou_paper_break_pages (sheet->paper, CONTENT_TOP + (sheet->notice != NULL ? NOTICE_HEIGHT : 0), CONTENT_BOTTOM);
    _wuyou_sheet_add_running (sheet);
  }
  if (sheet->error != NULL) {
    g_propagate_error (error, g_error_copy (sheet->error));
    return NULL;
  }
  return wuyou_paper_ref (sheet->paper);
}
