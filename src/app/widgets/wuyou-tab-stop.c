/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "widgets/wuyou-tab-stop.h"

struct _WuyouTabStop {
  AdwBin parent_instance;
  GtkWidget *place; /* weak */
};

G_DEFINE_FINAL_TYPE (WuyouTabStop, wuyou_tab_stop, ADW_TYPE_BIN)

static gboolean
has_focus_inside (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, widget);
}

static gboolean
wuyou_tab_stop_focus (GtkWidget *widget, GtkDirectionType direction)
{
  WuyouTabStop *self = WUYOU_TAB_STOP (widget);
  GtkWidget *child = adw_bin_get_child (ADW_BIN (self));

  if (child == NULL)
    return FALSE;
  if (direction != GTK_DIR_TAB_FORWARD && direction != GTK_DIR_TAB_BACKWARD)
    return gtk_widget_child_focus (child, direction);
  if (has_focus_inside (widget))
    return FALSE;
  if (self->place != NULL && gtk_widget_grab_focus (self->place))
    return TRUE;
  /* Also from behind: a list begins where one was in it. */
  return gtk_widget_child_focus (child, GTK_DIR_TAB_FORWARD);
}

void
wuyou_tab_stop_set_place (WuyouTabStop *self, GtkWidget *place)
{
  g_set_weak_pointer (&self->place, place);
}

static void
wuyou_tab_stop_dispose (GObject *object)
{
  g_clear_weak_pointer (&WUYOU_TAB_STOP (object)->place);
  G_OBJECT_CLASS (wuyou_tab_stop_parent_class)->dispose (object);
}

static void
wuyou_tab_stop_class_init (WuyouTabStopClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wuyou_tab_stop_dispose;
  GTK_WIDGET_CLASS (klass)->focus = wuyou_tab_stop_focus;
}

static void
wuyou_tab_stop_init (WuyouTabStop *self)
{
}

GtkWidget *
wuyou_tab_stop_new (GtkWidget *child)
{
  return g_object_new (WUYOU_TYPE_TAB_STOP, "child", child, NULL);
}
