/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "widgets/wuyou-wrap-box.h"

struct _WuyouWrapBox {
  GtkWidget parent_instance;
  int spacing;
};

G_DEFINE_FINAL_TYPE (WuyouWrapBox, wuyou_wrap_box, GTK_TYPE_WIDGET)

static GtkSizeRequestMode
wuyou_wrap_box_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* What a child takes in a row of @width. */
static void
measure_child (GtkWidget *child, int width, int *ret_width, int *ret_height)
{
  int minimum, natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  *ret_width = MAX (minimum, MIN (natural, width));
  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, *ret_width, NULL, ret_height, NULL, NULL);
}

/* The child that begins the row after that of @first, and how high this one is. */
static GtkWidget *
measure_row (WuyouWrapBox *self, GtkWidget *first, int width, int *ret_height)
{
  GtkWidget *child;
  int x = 0;

  *ret_height = 0;
  for (child = first; child != NULL; child = gtk_widget_get_next_sibling (child)) {
    int own_width, own_height;

    if (!gtk_widget_should_layout (child))
      continue;
    measure_child (child, width, &own_width, &own_height);
    if (x > 0 && x + own_width > width)
      break;
    x += own_width + self->spacing;
    *ret_height = MAX (*ret_height, own_height);
  }
  return child;
}

static void
place_row (WuyouWrapBox *self, GtkWidget *first, GtkWidget *end, int width, int y, int height)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int x = 0;

  for (GtkWidget *child = first; child != end; child = gtk_widget_get_next_sibling (child)) {
    GtkAllocation at = { .y = y, .height = height };
    int unused;

    if (!gtk_widget_should_layout (child))
      continue;
    measure_child (child, width, &at.width, &unused);
    at.x = rtl ? width - x - at.width : x;
    gtk_widget_size_allocate (child, &at, -1);
    x += at.width + self->spacing;
  }
}

/* In rows of @width; returns the height. */
static int
lay_out (WuyouWrapBox *self, int width, gboolean place)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));
  int y = 0;

  while (child != NULL) {
    int height;
    GtkWidget *next = measure_row (self, child, width, &height);

    if (place)
      place_row (self, child, next, width, y, height);
    y += height + (next != NULL ? self->spacing : 0);
    child = next;
  }
  return y;
}

static void
measure_width (WuyouWrapBox *self, int *minimum, int *natural)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    int least, wanted;

    if (!gtk_widget_should_layout (child))
      continue;
    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &wanted, NULL, NULL);
    *minimum = MAX (*minimum, least);
    *natural += wanted + (*natural > 0 ? self->spacing : 0);
  }
}

static void
wuyou_wrap_box_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  WuyouWrapBox *self = WUYOU_WRAP_BOX (widget);
  int narrowest = 0, widest = 0;

  measure_width (self, &narrowest, &widest);
  *minimum = narrowest;
  *natural = widest;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural = lay_out (self, for_size >= 0 ? for_size : widest, FALSE);
}

static void
wuyou_wrap_box_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  lay_out (WUYOU_WRAP_BOX (widget), width, TRUE);
}

static void
wuyou_wrap_box_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (wuyou_wrap_box_parent_class)->dispose (object);
}

static void
wuyou_wrap_box_class_init (WuyouWrapBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wuyou_wrap_box_dispose;
  widget_class->get_request_mode = wuyou_wrap_box_get_request_mode;
  widget_class->measure = wuyou_wrap_box_measure;
  widget_class->size_allocate = wuyou_wrap_box_size_allocate;
}

static void
wuyou_wrap_box_init (WuyouWrapBox *self)
{
}

GtkWidget *
wuyou_wrap_box_new (int spacing)
{
  WuyouWrapBox *self = g_object_new (WUYOU_TYPE_WRAP_BOX, NULL);

  self->spacing = spacing;
  return GTK_WIDGET (self);
}

void
wuyou_wrap_box_append (WuyouWrapBox *self, GtkWidget *child)
{
  gtk_widget_set_parent (child, GTK_WIDGET (self));
}
