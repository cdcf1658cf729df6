/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "widgets/wuyou-busy-line.h"

#include <glib/gi18n.h>

#define DELAY_MS 300
#define STEP_MS 60

struct _WuyouBusyLine {
  GtkWidget parent_instance;
  GtkProgressBar *bar;
  guint timer;
};

G_DEFINE_FINAL_TYPE (WuyouBusyLine, wuyou_busy_line, GTK_TYPE_WIDGET)

static gboolean
on_step_due_cb (gpointer data)
{
  WuyouBusyLine *self = data;

  gtk_progress_bar_pulse (self->bar);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_delay_ended_cb (gpointer data)
{
  WuyouBusyLine *self = data;

  gtk_widget_set_visible (GTK_WIDGET (self->bar), TRUE);
  self->timer = g_timeout_add (STEP_MS, on_step_due_cb, self);
  return G_SOURCE_REMOVE;
}

void
wuyou_busy_line_set_busy (WuyouBusyLine *self, gboolean busy)
{
  if (busy && self->timer == 0)
    self->timer = g_timeout_add (DELAY_MS, on_delay_ended_cb, self);
  if (busy)
    return;
  g_clear_handle_id (&self->timer, g_source_remove);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), FALSE);
}

/* The bar hangs below the header over the content: nothing jumps when it comes. */
static void
wuyou_busy_line_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  *minimum = *natural = 0;
  *minimum_baseline = *natural_baseline = -1;
}

static void
wuyou_busy_line_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  WuyouBusyLine *self = WUYOU_BUSY_LINE (widget);
  int wanted;

  gtk_widget_measure (GTK_WIDGET (self->bar), GTK_ORIENTATION_VERTICAL, width, &wanted, NULL, NULL, NULL);
  gtk_widget_size_allocate (GTK_WIDGET (self->bar), &(GtkAllocation){ 0, 0, MAX (width, 1), wanted }, -1);
}

static void
wuyou_busy_line_dispose (GObject *object)
{
  WuyouBusyLine *self = WUYOU_BUSY_LINE (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->bar != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->bar));
  self->bar = NULL;
  G_OBJECT_CLASS (wuyou_busy_line_parent_class)->dispose (object);
}

static void
wuyou_busy_line_class_init (WuyouBusyLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wuyou_busy_line_dispose;
  widget_class->measure = wuyou_busy_line_measure;
  widget_class->size_allocate = wuyou_busy_line_size_allocate;
}

static void
wuyou_busy_line_init (WuyouBusyLine *self)
{
  self->bar = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->bar), "osd");
  gtk_progress_bar_set_pulse_step (self->bar, 0.05);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Loading"), -1);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), FALSE);
  gtk_widget_set_parent (GTK_WIDGET (self->bar), GTK_WIDGET (self));
}

GtkWidget *
wuyou_busy_line_new (void)
{
  return g_object_new (WUYOU_TYPE_BUSY_LINE, NULL);
}
