/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-paper-private.h"

void
_wuyou_paper_clear_mark (gpointer data)
{
  Mark *mark = data;

  g_clear_pointer (&mark->line, pango_layout_line_unref);
}

WuyouPaper *
wuyou_paper_ref (WuyouPaper *paper)
{
  g_atomic_ref_count_inc (&paper->refs);
  return paper;
}

void
wuyou_paper_unref (WuyouPaper *paper)
{
  if (!g_atomic_ref_count_dec (&paper->refs))
    return;
  g_ptr_array_unref (paper->pages);
  g_ptr_array_unref (paper->running);
  g_array_unref (paper->atoms);
  g_array_unref (paper->marks);
  g_ptr_array_unref (paper->layouts);
  g_clear_object (&paper->watermark);
  g_clear_pointer (&paper->qr, wuyou_qr_free);
  g_free (paper);
}

guint
wuyou_paper_get_n_pages (WuyouPaper *paper)
{
  return paper->pages->len;
}

static void
draw_ring (cairo_t *cr, double x, double y, double size)
{
  static const double dashes[] = { 3, 3 };

  cairo_set_dash (cr, dashes, 2, 0);
  cairo_set_line_width (cr, 0.8);
  cairo_new_sub_path (cr);
  cairo_arc (cr, x + size / 2, y + size / 2, size / 2, 0, 2 * G_PI);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

static void
draw_tick (cairo_t *cr, const Mark *mark, double x, double y)
{
  cairo_set_line_width (cr, 1.4);
  cairo_move_to (cr, x + 2, y + mark->height * 0.55);
  cairo_line_to (cr, x + mark->width * 0.42, y + mark->height - 2);
  cairo_line_to (cr, x + mark->width - 1.5, y + 1.5);
  cairo_stroke (cr);
}

void
_wuyou_paper_draw_mark (WuyouPaper *paper, cairo_t *cr, const Mark *mark, double x, double y)
{
  x += mark->x;
  y += mark->y;
  _wuyou_paper_set_ink (cr, mark->ink);
  switch (mark->kind) {
  case MARK_TEXT:
    _wuyou_paper_show_line (cr, mark->line, x, y, paper->subset);
    break;
  case MARK_LINE:
    cairo_set_line_width (cr, 0.6);
    cairo_move_to (cr, x, y);
    cairo_line_to (cr, x + mark->width, y + mark->height);
    cairo_stroke (cr);
    break;
  case MARK_FILL:
    cairo_rectangle (cr, x, y, mark->width, mark->height);
    cairo_fill (cr);
    break;
  case MARK_FRAME:
    cairo_set_line_width (cr, 0.9);
    cairo_rectangle (cr, x, y, mark->width, mark->height);
    cairo_stroke (cr);
    break;
  case MARK_RING:
    draw_ring (cr, x, y, mark->width);
    break;
  case MARK_TICK:
    draw_tick (cr, mark, x, y);
    break;
  case MARK_QR:
    wuyou_qr_draw (paper->qr, cr, x, y, mark->width);
    break;
  default:
    g_assert_not_reached ();
  }
}

/* Structure tags open and close with the block; a block cut by a page end is one element on each page, as
 * cairo's tags cannot span pages. */
static void
switch_tags (cairo_t *cr, const Atom *from, const Atom *to)
{
  const char *from_parent = from != NULL ? from->parent_tag : NULL;
  const char *to_parent = to != NULL ? to->parent_tag : NULL;

  if (from != NULL && to != NULL && from->block == to->block && from->tag == to->tag)
    return;
  if (from != NULL && from->tag != NULL)
    cairo_tag_end (cr, from->tag);
  if (from_parent != NULL && from_parent != to_parent)
    cairo_tag_end (cr, from_parent);
  if (to_parent != NULL && from_parent != to_parent)
    cairo_tag_begin (cr, to_parent, "");
  if (to != NULL && to->tag != NULL)
    cairo_tag_begin (cr, to->tag, "");
}

static void
draw_atom (WuyouPaper *paper, cairo_t *cr, const Atom *atom, double y)
{
  for (guint i = 0; i < atom->n_marks; i++)
    _wuyou_paper_draw_mark (paper, cr, &g_array_index (paper->marks, Mark, atom->first_mark + i), MARGIN_X, y);
}

static void
draw_running (WuyouPaper *paper, cairo_t *cr, guint page)
{
  const GArray *running = g_ptr_array_index (paper->running, page);

  if (paper->watermark != NULL) {
    _wuyou_paper_set_ink (cr, INK_WATERMARK);
    _wuyou_paper_draw_watermark (cr, paper->watermark, paper->subset);
  }
  for (guint i = 0; i < running->len; i++)
    _wuyou_paper_draw_mark (paper, cr, &g_array_index (running, Mark, i), 0, 0);
}

void
wuyou_paper_draw_page (WuyouPaper *paper, cairo_t *cr, guint page)
{
  const GArray *placed;
  const Atom *previous = NULL;

  g_return_if_fail (page < paper->pages->len);
  placed = g_ptr_array_index (paper->pages, page);
  cairo_save (cr);
  draw_running (paper, cr, page);
  for (guint i = 0; i < placed->len; i++) {
    const Placed *place = &g_array_index (placed, Placed, i);
    const Atom *atom = &g_array_index (paper->atoms, Atom, place->atom);

    switch_tags (cr, previous, atom);
    draw_atom (paper, cr, atom, place->y);
    previous = atom;
  }
  switch_tags (cr, previous, NULL);
  cairo_restore (cr);
}
