/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "widgets/wuyou-banner.h"

#include <glib/gi18n.h>

#include "base/wuyou-error.h"

struct _WuyouBanner {
  GtkWidget parent_instance;
  GtkRevealer *revealer;
  GtkWidget *bar;
  GtkImage *icon;
  GtkLabel *title;
  GtkButton *button, *dismiss;
};

enum { PROP_0, PROP_TITLE, PROP_BUTTON_LABEL, PROP_REVEALED, N_PROPS };
static GParamSpec *properties[N_PROPS];

enum { PRESSED, DISMISSED, N_SIGNALS };
static guint signals[N_SIGNALS];

static const struct {
  const char *icon;
  const char *css;
} looks[] = {
  [WUYOU_BANNER_NOTE] = { "dialog-information-symbolic", "note" },
  [WUYOU_BANNER_WARNING] = { "dialog-warning-symbolic", "warning" },
  [WUYOU_BANNER_ERROR] = { "dialog-error-symbolic", "error" },
};

G_DEFINE_FINAL_TYPE (WuyouBanner, wuyou_banner, GTK_TYPE_WIDGET)

static void
set_button (WuyouBanner *self, const char *label)
{
  gtk_button_set_label (self->button, label != NULL ? label : "");
  gtk_button_set_use_underline (self->button, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->button), label != NULL && *label != '\0');
}

static void
set_title (WuyouBanner *self, const char *title)
{
  gtk_label_set_text (self->title, title != NULL ? title : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title != NULL ? title : "", -1);
}

void
wuyou_banner_show (WuyouBanner *self, WuyouBannerKind kind, const char *title, const char *button)
{
  if (title == NULL) {
    wuyou_banner_hide (self);
    return;
  }
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    gtk_widget_remove_css_class (self->bar, looks[i].css);
  gtk_widget_add_css_class (self->bar, looks[kind].css);
  gtk_image_set_from_icon_name (self->icon, looks[kind].icon);
  set_title (self, title);
  set_button (self, button);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
}

void
wuyou_banner_show_error (WuyouBanner *self, const GError *error)
{
  if (error == NULL || g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_CANCELLED))
    wuyou_banner_hide (self);
  else
    wuyou_banner_show (self, WUYOU_BANNER_ERROR, wuyou_error_sentence (error), NULL);
}

void
wuyou_banner_show_undone (WuyouBanner *self, const GError *error)
{
  if (g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_OFFLINE))
    wuyou_banner_show (self, WUYOU_BANNER_ERROR, wuyou_error_undone_sentence (error), NULL);
  else if (g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_STALE))
    wuyou_banner_show (self, WUYOU_BANNER_WARNING,
                       _ ("Something was changed here meanwhile. If you still want this, press again."), NULL);
  else
    wuyou_banner_show_error (self, error);
}

void
wuyou_banner_hide (WuyouBanner *self)
{
  gtk_revealer_set_reveal_child (self->revealer, FALSE);
}

static void
on_button_clicked_cb (WuyouBanner *self)
{
  g_signal_emit (self, signals[PRESSED], 0);
}

static void
on_dismiss_clicked_cb (WuyouBanner *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (root != NULL && gtk_root_get_focus (root) == GTK_WIDGET (self->dismiss)) /* the keys go on, not to nowhere */
    g_signal_emit_by_name (root, "move-focus", GTK_DIR_TAB_FORWARD);
  wuyou_banner_hide (self);
  g_signal_emit (self, signals[DISMISSED], 0);
}

void
wuyou_banner_set_dismissible (WuyouBanner *self, gboolean dismissible)
{
  gtk_widget_set_visible (GTK_WIDGET (self->dismiss), dismissible);
}

/* Hidden altogether once folded, so that a screen reader does not find an empty alert. */
static void
on_revealed_changed_cb (WuyouBanner *self)
{
  if (!gtk_revealer_get_child_revealed (self->revealer) && !gtk_revealer_get_reveal_child (self->revealer))
    gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static void
wuyou_banner_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  WuyouBanner *self = WUYOU_BANNER (object);

  switch (prop_id) {
  case PROP_TITLE:
    g_value_set_string (value, gtk_label_get_text (self->title));
    break;
  case PROP_BUTTON_LABEL:
    g_value_set_string (value, gtk_button_get_label (self->button));
    break;
  case PROP_REVEALED:
    g_value_set_boolean (value, gtk_revealer_get_reveal_child (self->revealer));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
wuyou_banner_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  WuyouBanner *self = WUYOU_BANNER (object);

  switch (prop_id) {
  case PROP_TITLE:
    set_title (self, g_value_get_string (value));
    break;
  case PROP_BUTTON_LABEL:
    set_button (self, g_value_get_string (value));
    break;
  case PROP_REVEALED:
    gtk_widget_set_visible (GTK_WIDGET (self), g_value_get_boolean (value));
    gtk_revealer_set_reveal_child (self->revealer, g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
wuyou_banner_dispose (GObject *object)
{
  WuyouBanner *self = WUYOU_BANNER (object);

  if (self->revealer != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->revealer));
  self->revealer = NULL;
  G_OBJECT_CLASS (wuyou_banner_parent_class)->dispose (object);
}

static void
wuyou_banner_class_init (WuyouBannerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags both = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = wuyou_banner_get_property;
  object_class->set_property = wuyou_banner_set_property;
  object_class->dispose = wuyou_banner_dispose;
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", both);
  properties[PROP_BUTTON_LABEL] = g_param_spec_string ("button-label", NULL, NULL, "", both);
  properties[PROP_REVEALED] = g_param_spec_boolean ("revealed", NULL, NULL, FALSE, both);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[PRESSED]
      = g_signal_new ("pressed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[DISMISSED]
      = g_signal_new ("dismissed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
}

/* An address that goes on in the next line has no hyphen there. */
static void
forbid_hyphens (GtkLabel *label)
{
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (label, attributes);
  pango_attr_list_unref (attributes);
}

static void
build_dismiss (WuyouBanner *self)
{
  g_object_set (self->dismiss, "tooltip-text", _ ("Do not ask again"), "valign", GTK_ALIGN_CENTER, "visible", FALSE,
                NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->dismiss), "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->dismiss), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Do not ask again"),
                                  -1);
  g_signal_connect_object (self->dismiss, "clicked", G_CALLBACK (on_dismiss_clicked_cb), self, G_CONNECT_SWAPPED);
}

/* A box with two baselines in it has two heights in GTK 4.8, one of them only when it is asked for a width. What
 * scrolls tells none. */
static GtkWidget *
hide_baseline (GtkWidget *child)
{
  GtkWidget *viewport = gtk_viewport_new (NULL, NULL);

  gtk_viewport_set_child (GTK_VIEWPORT (viewport), child);
  g_object_bind_property (child, "visible", viewport, "visible", G_BINDING_SYNC_CREATE);
  return viewport;
}

static void
build_bar (WuyouBanner *self)
{
  self->bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  gtk_widget_add_css_class (self->bar, "wuyou-banner");
  gtk_widget_add_css_class (self->bar, "note");
  gtk_label_set_wrap (self->title, TRUE);
  gtk_label_set_wrap_mode (self->title, PANGO_WRAP_WORD_CHAR);
  forbid_hyphens (self->title);
  gtk_label_set_xalign (self->title, 0);
  gtk_label_set_natural_wrap_mode (self->title, GTK_NATURAL_WRAP_NONE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->title), TRUE);
  gtk_widget_set_valign (GTK_WIDGET (self->button), GTK_ALIGN_CENTER);
  gtk_widget_set_valign (GTK_WIDGET (self->icon), GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->bar), GTK_WIDGET (self->icon));
  gtk_box_append (GTK_BOX (self->bar), GTK_WIDGET (self->title));
  gtk_box_append (GTK_BOX (self->bar), hide_baseline (GTK_WIDGET (self->button)));
  gtk_box_append (GTK_BOX (self->bar), GTK_WIDGET (self->dismiss));
}

static void
wuyou_banner_init (WuyouBanner *self)
{
  self->revealer = GTK_REVEALER (gtk_revealer_new ());
  self->icon = GTK_IMAGE (gtk_image_new_from_icon_name (looks[WUYOU_BANNER_NOTE].icon));
  self->title = GTK_LABEL (gtk_label_new (NULL));
  self->button = GTK_BUTTON (gtk_button_new ());
  self->dismiss = GTK_BUTTON (gtk_button_new_from_icon_name ("window-close-symbolic"));
  build_dismiss (self);
  build_bar (self);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_revealer_set_child (self->revealer, self->bar);
  gtk_widget_set_visible (GTK_WIDGET (self->button), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_widget_set_parent (GTK_WIDGET (self->revealer), GTK_WIDGET (self));
  g_signal_connect_object (self->button, "clicked", G_CALLBACK (on_button_clicked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->revealer, "notify::child-revealed", G_CALLBACK (on_revealed_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
wuyou_banner_new (void)
{
  return g_object_new (WUYOU_TYPE_BANNER, NULL);
}
