/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-paper-private.h"

typedef struct {
  WuyouPaper *paper;
  GArray *page;
  double top, bottom, y;
} Breaker;

static const Atom *
get_atom (const Breaker *breaker, guint index)
{
  return &g_array_index (breaker->paper->atoms, Atom, index);
}

static void
begin_page (Breaker *breaker)
{
  breaker->page = g_array_new (FALSE, FALSE, sizeof (Placed));
  g_ptr_array_add (breaker->paper->pages, breaker->page);
  breaker->y = breaker->top;
}

static void
place (Breaker *breaker, guint index)
{
  const Atom *atom = get_atom (breaker, index);
  Placed placed = { index, breaker->y + (breaker->page->len > 0 ? atom->before : 0) };

  g_array_append_val (breaker->page, placed);
  breaker->y = placed.y + atom->height;
}

/* First atom from @start that no longer fits below @y, or that asks for a new page. */
static guint
find_overflow (const Breaker *breaker, guint start, double y)
{
  guint i;

  for (i = start; i < breaker->paper->atoms->len; i++) {
    const Atom *atom = get_atom (breaker, i);

    if (i > start && atom->break_before)
      break;
    y += atom->height + (i > start || y > breaker->top ? atom->before : 0);
    if (y > breaker->bottom + 0.01)
      break;
  }
  return i;
}

/* Where to end the page that overflows at @overflow: the last place where nothing holds on, else the last where
 * only soft glue would tear, else anywhere. */
static guint
choose_break (const Breaker *breaker, guint start, guint overflow)
{
  if (overflow >= breaker->paper->atoms->len || get_atom (breaker, overflow)->break_before)
    return MAX (overflow, start + 1);
  for (Glue glue = GLUE_NONE; glue <= GLUE_SOFT; glue++)
    for (guint i = overflow; i > start; i--)
      if (get_atom (breaker, i - 1)->glue <= glue)
        return i;
  return MAX (overflow, start + 1);
}

static guint
fill_page (Breaker *breaker, guint start)
{
  int head = get_atom (breaker, start)->head;
  guint end;

  begin_page (breaker);
  if (head >= 0 && (guint) head != start)
    place (breaker, (guint) head);
  end = choose_break (breaker, start, find_overflow (breaker, start, breaker->y));
  for (guint i = start; i < end; i++)
    place (breaker, i);
  return end;
}

void
_wuyou_paper_break_pages (WuyouPaper *paper, double top, double bottom)
{
  Breaker breaker = { paper, NULL, top, bottom, top };
  guint next = 0;

  while (next < paper->atoms->len)
    next = fill_page (&breaker, next);
  if (paper->pages->len == 0)
    begin_page (&breaker);
}
