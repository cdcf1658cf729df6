/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "widgets/wuyou-wrap-box.h"

struct _WuyouWrapBox {
  GtkWidget parent_instance;
  int spacing;
  gboolean centred;
};

enum { PROP_0, PROP_SPACING, PROP_CENTRED, N_PROPS };
static GParamSpec *properties[N_PROPS];

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

static int
measure_length (WuyouWrapBox *self, GtkWidget *first, GtkWidget *end, int width)
{
  int length = -self->spacing;

  for (GtkWidget *child = first; child != end; child = gtk_widget_get_next_sibling (child)) {
    int own_width, unused;

    if (!gtk_widget_should_layout (child))
      continue;
    measure_child (child, width, &own_width, &unused);
    length += own_width + self->spacing;
  }
  return length;
}

/* Who wants to expand takes what is left of its row: the first one that does. */
static GtkWidget *
find_expanding (GtkWidget *first, GtkWidget *end)
{
  for (GtkWidget *child = first; child != end; child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_should_layout (child) && gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL))
      return child;
  return NULL;
}

static void
place_row (WuyouWrapBox *self, GtkWidget *first, GtkWidget *end, int width, int y, int height)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int rest = MAX (0, width - measure_length (self, first, end, width));
  GtkWidget *expanding = find_expanding (first, end);
  int x = self->centred && expanding == NULL ? rest / 2 : 0;

  for (GtkWidget *child = first; child != end; child = gtk_widget_get_next_sibling (child)) {
    GtkAllocation at = { .y = y, .height = height };
    int unused;

    if (!gtk_widget_should_layout (child))
      continue;
    measure_child (child, width, &at.width, &unused);
    if (child == expanding)
      at.width += rest;
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
wuyou_wrap_box_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  WuyouWrapBox *self = WUYOU_WRAP_BOX (object);

  if (prop_id == PROP_SPACING)
    g_value_set_int (value, self->spacing);
  else if (prop_id == PROP_CENTRED)
    g_value_set_boolean (value, self->centred);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
wuyou_wrap_box_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  WuyouWrapBox *self = WUYOU_WRAP_BOX (object);

  if (prop_id == PROP_SPACING)
    self->spacing = g_value_get_int (value);
  else if (prop_id == PROP_CENTRED)
    self->centred = g_value_get_boolean (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  gtk_widget_queue_resize (GTK_WIDGET (self));
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
  GParamFlags both = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  G_OBJECT_CLASS (klass)->get_property = wuyou_wrap_box_get_property;
  G_OBJECT_CLASS (klass)->set_property = wuyou_wrap_box_set_property;
  G_OBJECT_CLASS (klass)->dispose = wuyou_wrap_box_dispose;
  widget_class->get_request_mode = wuyou_wrap_box_get_request_mode;
  widget_class->measure = wuyou_wrap_box_measure;
  widget_class->size_allocate = wuyou_wrap_box_size_allocate;
  properties[PROP_SPACING] = g_param_spec_int ("spacing", NULL, NULL, 0, G_MAXINT, 0, both);
  properties[PROP_CENTRED] = g_param_spec_boolean ("centred", NULL, NULL, FALSE, both);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);
}

static void
wuyou_wrap_box_init (WuyouWrapBox *self)
{
}

GtkWidget *
wuyou_wrap_box_new (int spacing)
{
  return g_object_new (WUYOU_TYPE_WRAP_BOX, "spacing", spacing, NULL);
}

void
wuyou_wrap_box_append (WuyouWrapBox *self, GtkWidget *child)
{
  gtk_widget_set_parent (child, GTK_WIDGET (self));
}
