/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "widgets/wuyou-split-view.h"

#include <glib/gi18n.h>

struct _WuyouSplitView {
  GtkWidget parent_instance;
  AdwLeaflet *leaflet;
  AdwBin *sidebar;
  AdwBin *content;
};

enum { PROP_0, PROP_SIDEBAR, PROP_CONTENT, PROP_SHOW_CONTENT, PROP_FOLDED, N_PROPS };
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
  return adw_leaflet_get_folded (self->leaflet);
}

void
wuyou_split_view_set_show_content (WuyouSplitView *self, gboolean show)
{
  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (show ? self->content : self->sidebar));
}

static gboolean
get_show_content (WuyouSplitView *self)
{
  return adw_leaflet_get_visible_child (self->leaflet) == GTK_WIDGET (self->content);
}

static void
go_back (GtkWidget *widget, const char *action, GVariant *parameter)
{
  wuyou_split_view_set_show_content (WUYOU_SPLIT_VIEW (widget), FALSE);
}

static void
on_folded_changed_cb (WuyouSplitView *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLDED]);
}

static void
on_visible_changed_cb (WuyouSplitView *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_CONTENT]);
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
    g_value_set_boolean (value, get_show_content (self));
    break;
  case PROP_FOLDED:
    g_value_set_boolean (value, wuyou_split_view_get_folded (self));
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
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
wuyou_split_view_dispose (GObject *object)
{
  WuyouSplitView *self = WUYOU_SPLIT_VIEW (object);

  if (self->leaflet != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->leaflet));
  self->leaflet = NULL;
  G_OBJECT_CLASS (wuyou_split_view_parent_class)->dispose (object);
}

static void
wuyou_split_view_class_init (WuyouSplitViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags both = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = wuyou_split_view_get_property;
  object_class->set_property = wuyou_split_view_set_property;
  object_class->dispose = wuyou_split_view_dispose;
  properties[PROP_SIDEBAR] = g_param_spec_object ("sidebar", NULL, NULL, GTK_TYPE_WIDGET, both);
  properties[PROP_CONTENT] = g_param_spec_object ("content", NULL, NULL, GTK_TYPE_WIDGET, both);
  properties[PROP_SHOW_CONTENT] = g_param_spec_boolean ("show-content", NULL, NULL, FALSE, both);
  properties[PROP_FOLDED]
      = g_param_spec_boolean ("folded", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "split.back", NULL, go_back);
}

static void
wuyou_split_view_init (WuyouSplitView *self)
{
  GtkWidget *separator = gtk_separator_new (GTK_ORIENTATION_VERTICAL);

  self->leaflet = ADW_LEAFLET (adw_leaflet_new ());
  self->sidebar = ADW_BIN (adw_bin_new ());
  self->content = ADW_BIN (adw_bin_new ());
  gtk_widget_set_hexpand (GTK_WIDGET (self->content), TRUE);
  adw_leaflet_set_can_navigate_back (self->leaflet, TRUE);
  adw_leaflet_append (self->leaflet, GTK_WIDGET (self->sidebar));
  adw_leaflet_page_set_navigatable (adw_leaflet_append (self->leaflet, separator), FALSE);
  adw_leaflet_append (self->leaflet, GTK_WIDGET (self->content));
  gtk_widget_set_parent (GTK_WIDGET (self->leaflet), GTK_WIDGET (self));
  g_signal_connect_object (self->leaflet, "notify::folded", G_CALLBACK (on_folded_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->leaflet, "notify::visible-child", G_CALLBACK (on_visible_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
wuyou_split_view_new (void)
{
  return g_object_new (WUYOU_TYPE_SPLIT_VIEW, NULL);
}

/* The button belongs to whichever split view it stands in, which is known once it has a root. */
static void
on_button_rooted_cb (GtkWidget *button)
{
  GtkWidget *view = gtk_widget_get_ancestor (button, WUYOU_TYPE_SPLIT_VIEW);

  if (view != NULL && gtk_widget_get_root (button) != NULL)
    g_object_bind_property (view, "folded", button, "visible", G_BINDING_SYNC_CREATE);
}

GtkWidget *
wuyou_split_view_back_button_new (void)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("go-previous-symbolic");

  gtk_widget_set_tooltip_text (button, _ ("Back"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Back"), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "split.back");
  gtk_widget_set_visible (button, FALSE);
  g_signal_connect (button, "notify::root", G_CALLBACK (on_button_rooted_cb), NULL);
  return button;
}
