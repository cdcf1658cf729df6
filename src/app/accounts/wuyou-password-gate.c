/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "accounts/wuyou-password-gate.h"

#include <glib/gi18n.h>

#include "accounts/wuyou-password-form.h"
#include "widgets/wuyou-focus.h"
#include "widgets/wuyou-form-box.h"

struct _WuyouPasswordGate {
  WuyouGate parent_instance;
  GtkWidget *form;
};

G_DEFINE_FINAL_TYPE (WuyouPasswordGate, wuyou_password_gate, WUYOU_TYPE_GATE)

/* 2.4-06: what a leaked password means is said where one is chosen. */
static GtkWidget *
build_risk_text (void)
{
  GtkWidget *label = gtk_label_new (_ ("Tell nobody your password. Everything done with your account counts as done by "
                                       "you; report misuse at once."));

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "caption");
  return label;
}

static void
wuyou_password_gate_constructed (GObject *object)
{
  WuyouPasswordGate *self = WUYOU_PASSWORD_GATE (object);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkBox *column;
  GtkWidget *form_box = wuyou_form_box_new (
      "dialog-password-symbolic", _ ("Choose your own password"),
      _ ("Your present password was made for you and is known to somebody else. Replace it to go on."), &column);

  G_OBJECT_CLASS (wuyou_password_gate_parent_class)->constructed (object);
  self->form = wuyou_password_form_new (wuyou_gate_get_context (WUYOU_GATE (self)));
  gtk_box_append (column, self->form);
  gtk_box_append (column, build_risk_text ());
  gtk_box_append (GTK_BOX (box), wuyou_gate_header_new ());
  gtk_box_append (GTK_BOX (box), form_box);
  adw_bin_set_child (ADW_BIN (self), box);
  g_signal_connect_object (self->form, "changed-password", G_CALLBACK (wuyou_gate_passed), self, G_CONNECT_SWAPPED);
}

static gboolean
wuyou_password_gate_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (WUYOU_PASSWORD_GATE (widget)->form);
}

static void
wuyou_password_gate_class_init (WuyouPasswordGateClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = wuyou_password_gate_constructed;
  wuyou_focus_set_place (GTK_WIDGET_CLASS (klass), wuyou_password_gate_grab_focus);
}

static void
wuyou_password_gate_init (WuyouPasswordGate *self)
{
}
