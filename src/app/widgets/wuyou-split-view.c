/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "widgets/wuyou-split-view.h"

#include "widgets/wuyou-text-scale.h"

struct _WuyouSplitView {
  GtkWidget parent_instance;
  AdwBin *sidebar;
  GtkWidget *separator;
  AdwBin *content;
  int sidebar_min, sidebar_max, content_min; /* sp */
  double share;
  gboolean folded, show_content, alone;
  guint fold_source;
};

enum {
  PROP_0,
  PROP_SIDEBAR,
  PROP_CONTENT,
  PROP_SHOW_CONTENT,
  PROP_FOLDED,
  PROP_ALONE,
  PROP_SIDEBAR_MIN,
  PROP_SIDEBAR_MAX,
  PROP_SIDEBAR_SHARE,
  PROP_CONTENT_MIN,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (WuyouSplitView, wuyou_split_view, GTK_TYPE_WIDGET)

void
wuyou_split_view_set_sidebar (WuyouSplitView *self, GtkWidget *sidebar)
{
  adw_bin_set_child (self->sidebar, sidebar);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SIDEBAR]);
}

void
wuyou_split_view_set_content (WuyouSplitView *self, GtkWidget *content)
{
  adw_bin_set_child (self->content, content);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONTENT]);
}

gboolean
wuyou_split_view_get_folded (WuyouSplitView *self)
{
  return self->folded;
}

gboolean
wuyou_split_view_get_show_content (WuyouSplitView *self)
{
  return self->show_content;
}

/* Who was working in the half that goes away goes on in the other. */
static void
move_focus (WuyouSplitView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *shown = GTK_WIDGET (self->show_content ? self->content : self->sidebar);

  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self)) && !gtk_widget_is_ancestor (focus, shown))
    gtk_widget_child_focus (shown, GTK_DIR_TAB_FORWARD);
}

static void
set_alone (WuyouSplitView *self, gboolean alone)
{
  if (self->alone == alone)
    return;
  self->alone = alone;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ALONE]);
}

void
wuyou_split_view_set_alone (WuyouSplitView *self, gboolean alone)
{
  if (alone)
    wuyou_split_view_set_show_content (self, TRUE);
  set_alone (self, alone);
}

void
wuyou_split_view_set_show_content (WuyouSplitView *self, gboolean show)
{
  if (self->show_content == show)
    return;
  self->show_content = show;
  if (!show)
    set_alone (self, FALSE);
  if (self->folded) {
    gtk_widget_set_child_visible (GTK_WIDGET (self->sidebar), !show);
    gtk_widget_set_child_visible (GTK_WIDGET (self->content), show);
    move_focus (self);
  }
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_CONTENT]);
}

static void
go_back (GtkWidget *widget, const char *action, GVariant *parameter)
{
  wuyou_split_view_set_show_content (WUYOU_SPLIT_VIEW (widget), FALSE);
}

static int
measure_width (WuyouSplitView *self, GtkWidget *child, int least)
{
  int minimum;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  return MAX (minimum, wuyou_text_scale_px (GTK_WIDGET (self), least));
}

/* How a width is divided; without room for both columns, side is 0. */
static void
divide (WuyouSplitView *self, int width, int *ret_side, int *ret_line)
{
  int least = measure_width (self, GTK_WIDGET (self->sidebar), self->sidebar_min);
  int content = measure_width (self, GTK_WIDGET (self->content), self->content_min);
  int line = measure_width (self, self->separator, 0);
  int most = MAX (least, wuyou_text_scale_px (GTK_WIDGET (self), self->sidebar_max));

  *ret_line = line;
  *ret_side = MIN (CLAMP ((int) (width * self->share), least, most), width - line - content);
  if (self->alone || width < least + line + content)
    *ret_side = 0;
}

static GtkSizeRequestMode
wuyou_split_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure_width_of_both (WuyouSplitView *self, int *minimum, int *natural)
{
  int other_minimum, other_natural;

  gtk_widget_measure (GTK_WIDGET (self->sidebar), GTK_ORIENTATION_HORIZONTAL, -1, minimum, natural, NULL, NULL);
  gtk_widget_measure (GTK_WIDGET (self->content), GTK_ORIENTATION_HORIZONTAL, -1, &other_minimum, &other_natural, NULL,
                      NULL);
  *minimum = MAX (*minimum, other_minimum);
  *natural += other_natural;
}

/* Of each as narrow as it may get beside the other, and the higher of the two: a wider window never asks for more
 * height than a narrower one, without which GTK 4.8 would look for a width that fits for ever. */
static void
measure_height (WuyouSplitView *self, int width, int *minimum, int *natural)
{
  int side = measure_width (self, GTK_WIDGET (self->sidebar), self->sidebar_min);
  int content = measure_width (self, GTK_WIDGET (self->content), self->content_min);
  int other_minimum, other_natural;

  if (width >= 0) {
    side = MIN (side, width);
    content = MIN (content, width);
  }
  gtk_widget_measure (GTK_WIDGET (self->sidebar), GTK_ORIENTATION_VERTICAL, side, minimum, natural, NULL, NULL);
  gtk_widget_measure (GTK_WIDGET (self->content), GTK_ORIENTATION_VERTICAL, content, &other_minimum, &other_natural,
                      NULL, NULL);
  *minimum = MAX (*minimum, other_minimum);
  *natural = MAX (*natural, other_natural);
}

static void
wuyou_split_view_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    measure_width_of_both (WUYOU_SPLIT_VIEW (widget), minimum, natural);
  else
    measure_height (WUYOU_SPLIT_VIEW (widget), for_size, minimum, natural);
}

static gboolean
on_fold_due_cb (gpointer data)
{
  WuyouSplitView *self = data;

  self->fold_source = 0;
  if (self->folded)
    move_focus (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLDED]);
  return G_SOURCE_REMOVE;
}

/* Told once the layout is done: who hears it shows and hides buttons. */
static void
set_folded (WuyouSplitView *self, gboolean folded)
{
  if (self->folded == folded)
    return;
  self->folded = folded;
  if (self->fold_source == 0)
    self->fold_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_fold_due_cb, self, NULL);
}

static void
place (GtkWidget *child, gboolean shown, int x, int width, int height)
{
  gtk_widget_set_child_visible (child, shown);
  if (shown)
    gtk_widget_size_allocate (child, &(GtkAllocation){ x, 0, width, height }, -1);
}

static void
wuyou_split_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  WuyouSplitView *self = WUYOU_SPLIT_VIEW (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int side, line;

  divide (self, width, &side, &line);
  set_folded (self, side == 0);
  if (self->folded) {
    place (GTK_WIDGET (self->sidebar), !self->show_content, 0, width, height);
    place (self->separator, FALSE, 0, 0, 0);
    place (GTK_WIDGET (self->content), self->show_content, 0, width, height);
    return;
  }
  place (GTK_WIDGET (self->sidebar), TRUE, rtl ? width - side : 0, side, height);
  place (self->separator, TRUE, rtl ? width - side - line : side, line, height);
  place (GTK_WIDGET (self->content), TRUE, rtl ? 0 : side + line, width - side - line, height);
}

static void
wuyou_split_view_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  WuyouSplitView *self = WUYOU_SPLIT_VIEW (object);

  switch (prop_id) {
  case PROP_SIDEBAR:
    g_value_set_object (value, adw_bin_get_child (self->sidebar));
    break;
  case PROP_CONTENT:
    g_value_set_object (value, adw_bin_get_child (self->content));
    break;
  case PROP_SHOW_CONTENT:
    g_value_set_boolean (value, self->show_content);
    break;
  case PROP_FOLDED:
    g_value_set_boolean (value, self->folded);
    break;
  case PROP_ALONE:
    g_value_set_boolean (value, self->alone);
    break;
  case PROP_SIDEBAR_MIN:
    g_value_set_int (value, self->sidebar_min);
    break;
  case PROP_SIDEBAR_MAX:
    g_value_set_int (value, self->sidebar_max);
    break;
  case PROP_SIDEBAR_SHARE:
    g_value_set_double (value, self->share);
    break;
  case PROP_CONTENT_MIN:
    g_value_set_int (value, self->content_min);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
wuyou_split_view_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  WuyouSplitView *self = WUYOU_SPLIT_VIEW (object);

  switch (prop_id) {
  case PROP_SIDEBAR:
    wuyou_split_view_set_sidebar (self, g_value_get_object (value));
    break;
  case PROP_CONTENT:
    wuyou_split_view_set_content (self, g_value_get_object (value));
    break;
  case PROP_SHOW_CONTENT:
    wuyou_split_view_set_show_content (self, g_value_get_boolean (value));
    break;
  case PROP_ALONE:
    wuyou_split_view_set_alone (self, g_value_get_boolean (value));
    break;
  case PROP_SIDEBAR_MIN:
    self->sidebar_min = g_value_get_int (value);
    break;
  case PROP_SIDEBAR_MAX:
    self->sidebar_max = g_value_get_int (value);
    break;
  case PROP_SIDEBAR_SHARE:
    self->share = g_value_get_double (value);
    break;
  case PROP_CONTENT_MIN:
    self->content_min = g_value_get_int (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
wuyou_split_view_dispose (GObject *object)
{
  WuyouSplitView *self = WUYOU_SPLIT_VIEW (object);
  GtkWidget *child;

  g_clear_handle_id (&self->fold_source, g_source_remove);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (wuyou_split_view_parent_class)->dispose (object);
}

static void
wuyou_split_view_class_init (WuyouSplitViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags both = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GParamFlags once = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = wuyou_split_view_get_property;
  object_class->set_property = wuyou_split_view_set_property;
  object_class->dispose = wuyou_split_view_dispose;
  widget_class->get_request_mode = wuyou_split_view_get_request_mode;
  widget_class->measure = wuyou_split_view_measure;
  widget_class->size_allocate = wuyou_split_view_size_allocate;
  properties[PROP_SIDEBAR] = g_param_spec_object ("sidebar", NULL, NULL, GTK_TYPE_WIDGET, both);
  properties[PROP_CONTENT] = g_param_spec_object ("content", NULL, NULL, GTK_TYPE_WIDGET, both);
  properties[PROP_SHOW_CONTENT] = g_param_spec_boolean ("show-content", NULL, NULL, FALSE, both);
  properties[PROP_FOLDED]
      = g_param_spec_boolean ("folded", NULL, NULL, TRUE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ALONE] = g_param_spec_boolean ("alone", NULL, NULL, FALSE, both);
  properties[PROP_SIDEBAR_MIN] = g_param_spec_int ("sidebar-min", NULL, NULL, 0, G_MAXINT, 200, once);
  properties[PROP_SIDEBAR_MAX] = g_param_spec_int ("sidebar-max", NULL, NULL, 0, G_MAXINT, 280, once);
  properties[PROP_SIDEBAR_SHARE] = g_param_spec_double ("sidebar-share", NULL, NULL, 0, 1, 0.25, once);
  properties[PROP_CONTENT_MIN] = g_param_spec_int ("content-min", NULL, NULL, 0, G_MAXINT, 360, once);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_install_action (widget_class, "split.back", NULL, go_back);
}

static void
wuyou_split_view_init (WuyouSplitView *self)
{
  /* Until a width is known: what is beside it must not ask for room that a narrow window does not have. */
  self->folded = TRUE;
  self->sidebar = ADW_BIN (adw_bin_new ());
  self->separator = gtk_separator_new (GTK_ORIENTATION_VERTICAL);
  self->content = ADW_BIN (adw_bin_new ());
  gtk_widget_set_parent (GTK_WIDGET (self->sidebar), GTK_WIDGET (self));
  gtk_widget_set_parent (self->separator, GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->content), GTK_WIDGET (self));
}
