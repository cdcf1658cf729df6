/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "widgets/wuyou-busy-button.h"

#include <glib/gi18n.h>

#include "widgets/wuyou-focus.h"

#define SUGGESTED "suggested-action"
#define DESTRUCTIVE "destructive-action"

struct _WuyouBusyButton {
  GtkWidget parent_instance;
  GtkButton *button;
  GtkLabel *label;
  GtkSpinner *spinner;
  GtkButton *cancel;
  guint timer;
  gboolean busy;
};

enum { PROP_0, PROP_LABEL, PROP_BUSY, PROP_SUGGESTED, PROP_DESTRUCTIVE, N_PROPS };
static GParamSpec *properties[N_PROPS];

enum { PRESSED, CANCELLED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WuyouBusyButton, wuyou_busy_button, GTK_TYPE_WIDGET)

static void
show_busy (WuyouBusyButton *self, gboolean busy)
{
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  gtk_widget_set_visible (GTK_WIDGET (self->cancel), busy);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_STATE_BUSY, busy, -1);
}

static gboolean
on_delay_ended_cb (gpointer data)
{
  WuyouBusyButton *self = data;

  self->timer = 0;
  show_busy (self, TRUE);
  return G_SOURCE_REMOVE;
}

void
wuyou_busy_button_set_busy (WuyouBusyButton *self, gboolean busy)
{
  if (self->busy == busy)
    return;
  self->busy = busy;
  g_clear_handle_id (&self->timer, g_source_remove);
  if (busy)
    self->timer = g_timeout_add (WUYOU_BUSY_DELAY_MS, on_delay_ended_cb, self);
  else
    show_busy (self, FALSE);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

gboolean
wuyou_busy_button_get_busy (WuyouBusyButton *self)
{
  return self->busy;
}

void
wuyou_busy_button_press (WuyouBusyButton *self)
{
  if (!self->busy && gtk_widget_is_sensitive (GTK_WIDGET (self->button)))
    g_signal_emit (self, signals[PRESSED], 0);
}

static void
on_cancel_clicked_cb (WuyouBusyButton *self)
{
  g_signal_emit (self, signals[CANCELLED], 0);
}

static void
set_label (WuyouBusyButton *self, const char *label)
{
  gtk_label_set_text_with_mnemonic (self->label, label != NULL ? label : "");
  gtk_label_set_mnemonic_widget (self->label, GTK_WIDGET (self->button));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_text (self->label), -1);
}

static void
set_style (WuyouBusyButton *self, const char *style, gboolean set)
{
  if (set)
    gtk_widget_add_css_class (GTK_WIDGET (self->button), style);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->button), style);
}

static void
wuyou_busy_button_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  WuyouBusyButton *self = WUYOU_BUSY_BUTTON (object);

  switch (prop_id) {
  case PROP_LABEL:
    g_value_set_string (value, gtk_label_get_label (self->label));
    break;
  case PROP_BUSY:
    g_value_set_boolean (value, self->busy);
    break;
  case PROP_SUGGESTED:
    g_value_set_boolean (value, gtk_widget_has_css_class (GTK_WIDGET (self->button), SUGGESTED));
    break;
  case PROP_DESTRUCTIVE:
    g_value_set_boolean (value, gtk_widget_has_css_class (GTK_WIDGET (self->button), DESTRUCTIVE));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
wuyou_busy_button_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  WuyouBusyButton *self = WUYOU_BUSY_BUTTON (object);

  switch (prop_id) {
  case PROP_LABEL:
    set_label (self, g_value_get_string (value));
    break;
  case PROP_BUSY:
    wuyou_busy_button_set_busy (self, g_value_get_boolean (value));
    break;
  case PROP_SUGGESTED:
    set_style (self, SUGGESTED, g_value_get_boolean (value));
    break;
  case PROP_DESTRUCTIVE:
    set_style (self, DESTRUCTIVE, g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static gboolean
wuyou_busy_button_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (WUYOU_BUSY_BUTTON (widget)->button));
}

static void
wuyou_busy_button_dispose (GObject *object)
{
  WuyouBusyButton *self = WUYOU_BUSY_BUTTON (object);
  GtkWidget *child;

  g_clear_handle_id (&self->timer, g_source_remove);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (wuyou_busy_button_parent_class)->dispose (object);
}

static void
wuyou_busy_button_class_init (WuyouBusyButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->get_property = wuyou_busy_button_get_property;
  object_class->set_property = wuyou_busy_button_set_property;
  object_class->dispose = wuyou_busy_button_dispose;
  wuyou_focus_set_place (widget_class, wuyou_busy_button_grab_focus);
  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, "", G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE,
                                                G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SUGGESTED]
      = g_param_spec_boolean ("suggested", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_DESTRUCTIVE]
      = g_param_spec_boolean ("destructive", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[PRESSED] = g_signal_new ("pressed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CANCELLED] = g_signal_new ("cancelled", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static void
wuyou_busy_button_init (WuyouBusyButton *self)
{
  GtkWidget *inside = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkBoxLayout *layout = GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self)));

  self->button = GTK_BUTTON (gtk_button_new ());
  self->label = GTK_LABEL (gtk_label_new (NULL));
  self->spinner = GTK_SPINNER (gtk_spinner_new ());
  self->cancel = GTK_BUTTON (gtk_button_new_with_label (_ ("Cancel")));
  gtk_box_layout_set_spacing (layout, 6);
  gtk_label_set_use_underline (self->label, TRUE);
  gtk_label_set_wrap (self->label, TRUE);
  gtk_label_set_justify (self->label, GTK_JUSTIFY_CENTER);
  gtk_widget_set_halign (inside, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (inside), GTK_WIDGET (self->spinner));
  gtk_box_append (GTK_BOX (inside), GTK_WIDGET (self->label));
  gtk_button_set_child (self->button, inside);
  gtk_widget_set_hexpand (GTK_WIDGET (self->button), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->cancel), FALSE);
  gtk_widget_set_parent (GTK_WIDGET (self->button), GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->cancel), GTK_WIDGET (self));
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (wuyou_busy_button_press), self);
  g_signal_connect_swapped (self->cancel, "clicked", G_CALLBACK (on_cancel_clicked_cb), self);
}

GtkWidget *
wuyou_busy_button_new (const char *label)
{
  return g_object_new (WUYOU_TYPE_BUSY_BUTTON, "label", label, NULL);
}
