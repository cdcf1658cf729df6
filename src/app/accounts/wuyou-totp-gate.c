/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "accounts/wuyou-totp-gate.h"

#include <glib/gi18n.h>

#include "accounts/wuyou-totp-form.h"
#include "base/wuyou-error.h"
#include "widgets/wuyou-banner.h"
#include "widgets/wuyou-focus.h"
#include "widgets/wuyou-form-box.h"

struct _WuyouTotpGate {
  WuyouGate parent_instance;
  GtkWidget *form;
  WuyouBanner *banner;
  gboolean begun; /* or asked for: once for each showing */
};

G_DEFINE_FINAL_TYPE (WuyouTotpGate, wuyou_totp_gate, WUYOU_TYPE_GATE)

static void
begin (WuyouTotpGate *self)
{
  wuyou_banner_hide (self->banner);
  wuyou_totp_form_begin (WUYOU_TOTP_FORM (self->form), GTK_WIDGET (self));
}

/* Who closes the question for the password is still here, and may want another try. */
static void
on_failed_cb (WuyouTotpGate *self, const GError *error)
{
  gboolean cancelled = g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_CANCELLED);
  const char *sentence = cancelled ? _ ("Your account needs one-time codes to go on.") : wuyou_error_sentence (error);

  wuyou_banner_show (self->banner, cancelled ? WUYOU_BANNER_NOTE : WUYOU_BANNER_ERROR, sentence, _ ("Try Again"));
}

static void
on_begun_cb (WuyouTotpGate *self)
{
  gtk_widget_grab_focus (self->form);
}

/* Asking for the password needs a window to ask over, so not before there is one. */
static void
wuyou_totp_gate_map (GtkWidget *widget)
{
  WuyouTotpGate *self = WUYOU_TOTP_GATE (widget);

  GTK_WIDGET_CLASS (wuyou_totp_gate_parent_class)->map (widget);
  if (!self->begun)
    begin (self);
  self->begun = TRUE;
}

static void
connect_children (WuyouTotpGate *self)
{
  g_signal_connect_object (self->banner, "pressed", G_CALLBACK (begin), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->form, "begun", G_CALLBACK (on_begun_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->form, "failed", G_CALLBACK (on_failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->form, "confirmed", G_CALLBACK (wuyou_gate_passed), self, G_CONNECT_SWAPPED);
}

static void
wuyou_totp_gate_constructed (GObject *object)
{
  WuyouTotpGate *self = WUYOU_TOTP_GATE (object);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkBox *column;
  GtkWidget *form_box
      = wuyou_form_box_new ("channel-secure-symbolic", _ ("Set up one-time codes"),
                            _ ("Accounts of the operator need a second proof of who you are. Scan this with the "
                               "authenticator app of your phone, then enter the code that it shows."),
                            &column);

  G_OBJECT_CLASS (wuyou_totp_gate_parent_class)->constructed (object);
  self->banner = WUYOU_BANNER (wuyou_banner_new ());
  self->form = wuyou_totp_form_new (wuyou_gate_get_context (WUYOU_GATE (self)));
  gtk_box_append (column, self->form);
  gtk_box_append (GTK_BOX (box), wuyou_gate_header_new ());
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->banner));
  gtk_box_append (GTK_BOX (box), form_box);
  adw_bin_set_child (ADW_BIN (self), box);
  connect_children (self);
}

static gboolean
wuyou_totp_gate_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (WUYOU_TOTP_GATE (widget)->form);
}

static void
wuyou_totp_gate_class_init (WuyouTotpGateClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = wuyou_totp_gate_constructed;
  GTK_WIDGET_CLASS (klass)->map = wuyou_totp_gate_map;
  wuyou_focus_set_place (GTK_WIDGET_CLASS (klass), wuyou_totp_gate_grab_focus);
}

static void
wuyou_totp_gate_init (WuyouTotpGate *self)
{
}
