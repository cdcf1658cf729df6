/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "widgets/wuyou-form-columns.h"

#include "widgets/wuyou-text-scale.h"

#define START_WIDTH 176
#define START_FROM 620
#define END_FROM 940
#define END_MAX 560
#define MIDDLE_WIDTH 430

struct _WuyouFormColumns {
  GtkWidget parent_instance;
  GtkWidget *start, *middle, *end;
  gboolean shows_end;
};

G_DEFINE_FINAL_TYPE (WuyouFormColumns, wuyou_form_columns, GTK_TYPE_WIDGET)

static int
px (WuyouFormColumns *self, int length)
{
  return wuyou_text_scale_px (GTK_WIDGET (self), length);
}

static void
wuyou_form_columns_measure (GtkWidget *widget,
                            GtkOrientation orientation,
                            int for_size,
                            int *minimum,
                            int *natural,
                            int *minimum_baseline,
                            int *natural_baseline)
{
  WuyouFormColumns *self = WUYOU_FORM_COLUMNS (widget);

  gtk_widget_measure (self->middle, orientation, -1, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = MAX (*natural, px (self, END_FROM));
}

static void
place (GtkWidget *child, gboolean shown, int x, int width, int height)
{
  int minimum;

  gtk_widget_set_child_visible (child, shown);
  if (!shown)
    return;
  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  gtk_widget_size_allocate (child, &(GtkAllocation){ x, 0, MAX (width, minimum), height }, -1);
}

static void
wuyou_form_columns_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  WuyouFormColumns *self = WUYOU_FORM_COLUMNS (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int start = width >= px (self, START_FROM) ? px (self, START_WIDTH) : 0;
  int end = width >= px (self, END_FROM) ? MIN (width - start - px (self, MIDDLE_WIDTH), END_MAX) : 0;
  int middle = width - start - end;

  self->shows_end = end > 0;
  place (self->start, start > 0, rtl ? width - start : 0, start, height);
  place (self->middle, TRUE, rtl ? end : start, middle, height);
  place (self->end, end > 0, rtl ? 0 : start + middle, end, height);
}

static void
wuyou_form_columns_dispose (GObject *object)
{
  WuyouFormColumns *self = WUYOU_FORM_COLUMNS (object);

  g_clear_pointer (&self->start, gtk_widget_unparent);
  g_clear_pointer (&self->middle, gtk_widget_unparent);
  g_clear_pointer (&self->end, gtk_widget_unparent);
  G_OBJECT_CLASS (wuyou_form_columns_parent_class)->dispose (object);
}

static void
wuyou_form_columns_class_init (WuyouFormColumnsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wuyou_form_columns_dispose;
  widget_class->measure = wuyou_form_columns_measure;
  widget_class->size_allocate = wuyou_form_columns_size_allocate;
}

static void
wuyou_form_columns_init (WuyouFormColumns *self)
{
}

GtkWidget *
wuyou_form_columns_new (GtkWidget *start, GtkWidget *middle, GtkWidget *end)
{
  WuyouFormColumns *self = g_object_new (WUYOU_TYPE_FORM_COLUMNS, "hexpand", TRUE, "vexpand", TRUE, NULL);

  self->start = start;
  self->middle = middle;
  self->end = end;
  gtk_widget_set_parent (start, GTK_WIDGET (self));
  gtk_widget_set_parent (middle, GTK_WIDGET (self));
  gtk_widget_set_parent (end, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}

gboolean
wuyou_form_columns_shows_end (WuyouFormColumns *self)
{
  return self->shows_end;
}
