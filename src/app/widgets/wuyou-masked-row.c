/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "widgets/wuyou-masked-row.h"

#include <glib/gi18n.h>

#include "widgets/wuyou-row-layout.h"

struct _WuyouMaskedRow {
  AdwActionRow parent_instance;
  GtkLabel *value;
  GtkToggleButton *eye;
  char *masked;
  guint timer;
  gboolean setting;
};

enum { PROP_0, PROP_MASKED, PROP_CAN_SHOW, N_PROPS };
static GParamSpec *properties[N_PROPS];

enum { SHOW_REQUESTED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WuyouMaskedRow, wuyou_masked_row, ADW_TYPE_ACTION_ROW)

static void
set_eye (WuyouMaskedRow *self, gboolean open)
{
  const char *name = open ? _ ("Hide the value") : _ ("Show the full value");

  self->setting = TRUE;
  gtk_toggle_button_set_active (self->eye, open);
  self->setting = FALSE;
  gtk_button_set_icon_name (GTK_BUTTON (self->eye), open ? "view-conceal-symbolic" : "view-reveal-symbolic");
  if (g_strcmp0 (gtk_widget_get_tooltip_text (GTK_WIDGET (self->eye)), name) != 0)
    gtk_widget_set_tooltip_text (GTK_WIDGET (self->eye), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->eye), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
wuyou_masked_row_mask (WuyouMaskedRow *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  gtk_label_set_text (self->value, self->masked != NULL ? self->masked : "");
  wuyou_row_keep_value (self->value);
  gtk_label_set_selectable (self->value, FALSE);
  set_eye (self, FALSE);
}

static gboolean
on_time_up_cb (gpointer data)
{
  WuyouMaskedRow *self = data;

  self->timer = 0;
  wuyou_masked_row_mask (self);
  return G_SOURCE_REMOVE;
}

void
wuyou_masked_row_show_value (WuyouMaskedRow *self, const char *full)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  gtk_label_set_text (self->value, full);
  wuyou_row_keep_value (self->value);
  gtk_label_set_selectable (self->value, TRUE);
  set_eye (self, TRUE);
  self->timer = g_timeout_add_seconds (WUYOU_MASKED_ROW_SECONDS, on_time_up_cb, self);
}

void
wuyou_masked_row_set_masked (WuyouMaskedRow *self, const char *masked)
{
  g_free (self->masked);
  self->masked = g_strdup (masked);
  wuyou_masked_row_mask (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MASKED]);
}

/* Pressing only asks: the eye opens when the value is there. */
static void
on_eye_toggled_cb (WuyouMaskedRow *self)
{
  if (self->setting)
    return;
  if (!gtk_toggle_button_get_active (self->eye)) {
    wuyou_masked_row_mask (self);
    return;
  }
  set_eye (self, FALSE);
  g_signal_emit (self, signals[SHOW_REQUESTED], 0);
}

static void
wuyou_masked_row_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  WuyouMaskedRow *self = WUYOU_MASKED_ROW (object);

  switch (prop_id) {
  case PROP_MASKED:
    g_value_set_string (value, self->masked);
    break;
  case PROP_CAN_SHOW:
    g_value_set_boolean (value, gtk_widget_get_visible (GTK_WIDGET (self->eye)));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
wuyou_masked_row_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  WuyouMaskedRow *self = WUYOU_MASKED_ROW (object);

  switch (prop_id) {
  case PROP_MASKED:
    wuyou_masked_row_set_masked (self, g_value_get_string (value));
    break;
  case PROP_CAN_SHOW:
    gtk_widget_set_visible (GTK_WIDGET (self->eye), g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
wuyou_masked_row_dispose (GObject *object)
{
  WuyouMaskedRow *self = WUYOU_MASKED_ROW (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->masked, g_free);
  G_OBJECT_CLASS (wuyou_masked_row_parent_class)->dispose (object);
}

static void
wuyou_masked_row_class_init (WuyouMaskedRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = wuyou_masked_row_get_property;
  object_class->set_property = wuyou_masked_row_set_property;
  object_class->dispose = wuyou_masked_row_dispose;
  properties[PROP_MASKED]
      = g_param_spec_string ("masked", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_CAN_SHOW]
      = g_param_spec_boolean ("can-show", NULL, NULL, TRUE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SHOW_REQUESTED] = g_signal_new ("show-requested", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 0);
}

static void
wuyou_masked_row_init (WuyouMaskedRow *self)
{
  self->value = GTK_LABEL (gtk_label_new (NULL));
  self->eye = GTK_TOGGLE_BUTTON (gtk_toggle_button_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->value), "numeric");
  gtk_label_set_wrap (self->value, TRUE);
  gtk_label_set_wrap_mode (self->value, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (self->value, 1);
  gtk_widget_add_css_class (GTK_WIDGET (self->eye), "flat");
  gtk_widget_set_valign (GTK_WIDGET (self->eye), GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->value));
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->eye));
  /* Shown after it has its tooltip: for that of what can be seen GTK asks the display where the pointer is, and waits.
   */
  gtk_widget_set_visible (GTK_WIDGET (self->eye), FALSE);
  set_eye (self, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->eye), TRUE);
  g_signal_connect_object (self->eye, "toggled", G_CALLBACK (on_eye_toggled_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
wuyou_masked_row_new (const char *title, const char *masked)
{
  GtkWidget *self = g_object_new (WUYOU_TYPE_MASKED_ROW, "title", title, "masked", masked, NULL);

  wuyou_row_keep_title (ADW_ACTION_ROW (self));
  return self;
}
