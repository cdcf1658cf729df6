/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "widgets/wuyou-focus.h"

static gboolean
goes_back (GtkDirectionType direction)
{
  return direction == GTK_DIR_TAB_BACKWARD || direction == GTK_DIR_UP || direction == GTK_DIR_LEFT;
}

gboolean
wuyou_focus_move_from (GtkWidget *widget, GtkDirectionType direction)
{
  GtkWidget *next = goes_back (direction) ? gtk_widget_get_prev_sibling (widget) : gtk_widget_get_next_sibling (widget);

  return next != NULL && (gtk_widget_child_focus (next, direction) || wuyou_focus_move_from (next, direction));
}

/* The default takes the focus back by grab_focus when the children let it go, and nothing beyond is ever reached. */
static gboolean
pass_focus (GtkWidget *widget, GtkDirectionType direction)
{
  GtkWidget *child = gtk_widget_get_focus_child (widget);

  if (child == NULL)
    child = goes_back (direction) ? gtk_widget_get_last_child (widget) : gtk_widget_get_first_child (widget);
  return child != NULL && (gtk_widget_child_focus (child, direction) || wuyou_focus_move_from (child, direction));
}

void
wuyou_focus_set_place (GtkWidgetClass *klass, gboolean (*grab_focus) (GtkWidget *widget))
{
  klass->grab_focus = grab_focus;
  klass->focus = pass_focus;
}

void
wuyou_focus_let_mark (GtkLabel *label)
{
  gtk_label_set_selectable (label, TRUE);
  gtk_widget_set_can_focus (GTK_WIDGET (label), FALSE);
}

#define FRAMES 20 /* until what changed has its place; a file that was added is copied first */
#define AROUND 24.0

static void
scroll_to (GtkWidget *focus)
{
  GtkWidget *scrolled = gtk_widget_get_ancestor (focus, GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *place;
  graphene_rect_t bounds;
  double top, page;

  if (scrolled == NULL || !gtk_widget_compute_bounds (focus, scrolled, &bounds))
    return;
  place = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  page = gtk_adjustment_get_page_size (place);
  top = bounds.origin.y;
  if (top < 0)
    gtk_adjustment_set_value (place, gtk_adjustment_get_value (place) + top - AROUND);
  else if (top + bounds.size.height > page)
    gtk_adjustment_set_value (place, gtk_adjustment_get_value (place) + top + bounds.size.height - page + AROUND);
}

static gboolean
on_frame_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  guint *frames = data;
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));

  if (--*frames > 0)
    return G_SOURCE_CONTINUE;
  if (focus != NULL && gtk_widget_is_ancestor (focus, widget))
    scroll_to (focus);
  return G_SOURCE_REMOVE;
}

void
wuyou_focus_keep_shown (GtkWidget *widget)
{
  guint *frames = g_new (guint, 1);

  *frames = FRAMES;
  gtk_widget_add_tick_callback (widget, on_frame_cb, frames, g_free);
}
