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
