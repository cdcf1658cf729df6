/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "accounts/wuyou-totp-form.h"

#include <glib/gi18n.h>

#include "accounts/wuyou-step-up.h"
#include "base/wuyou-json.h"
#include "widgets/wuyou-banner.h"
#include "widgets/wuyou-busy-button.h"
#include "widgets/wuyou-focus.h"
#include "widgets/wuyou-qr-picture.h"

#define QR_SIZE 220

struct _WuyouTotpForm {
  AdwBin parent_instance;
  WuyouAppContext *context;
  GCancellable *cancellable;
  WuyouBanner *banner;
  GtkBox *secret; /* QR code and letters; replaced by each beginning */
  AdwEntryRow *code_row;
  WuyouBusyButton *button;
};

enum { BEGUN, FAILED, CONFIRMED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WuyouTotpForm, wuyou_totp_form, ADW_TYPE_BIN)

static GCancellable *
renew_cancellable (WuyouTotpForm *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  return self->cancellable;
}

/* --- the secret --- */

static void
clear_secret (WuyouTotpForm *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->secret))) != NULL)
    gtk_box_remove (self->secret, child);
}

static void
show_secret (WuyouTotpForm *self, const char *uri, const char *secret)
{
  GtkWidget *picture = wuyou_qr_picture_new (uri, _ ("QR code for the authenticator app"), QR_SIZE);
  GtkWidget *label = gtk_label_new (secret);

  clear_secret (self);
  if (picture != NULL)
    gtk_box_append (self->secret, picture);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_CHAR);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (label, "monospace");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_box_append (self->secret, label);
}

static void
on_begun_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WuyouTotpForm) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) reply = wuyou_step_up_call_finish (result, NULL, &error);
  const char *secret = reply != NULL ? wuyou_json_get_string (reply, "secret") : NULL;
  const char *uri = reply != NULL ? wuyou_json_get_string (reply, "uri") : NULL;

  if (self->context == NULL)
    return;
  if (reply == NULL) {
    g_signal_emit (self, signals[FAILED], 0, error);
    return;
  }
  show_secret (self, uri != NULL ? uri : "", secret != NULL ? secret : "");
  gtk_widget_set_sensitive (GTK_WIDGET (self->code_row), TRUE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->button), TRUE);
  g_signal_emit (self, signals[BEGUN], 0);
}

void
wuyou_totp_form_begin (WuyouTotpForm *self, GtkWidget *parent)
{
  WuyouCall call = { .route = WUYOU_ROUTE_TOTP_BEGIN };

  wuyou_banner_hide (self->banner);
  wuyou_step_up_call_async (self->context, parent, _ ("Confirm that it is you before one-time codes are set up."),
                            &call, renew_cancellable (self), on_begun_cb, g_object_ref (self));
}

/* --- the first code --- */

static void
on_confirmed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WuyouTotpForm) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) reply = wuyou_client_call_finish (WUYOU_CLIENT (source), result, NULL, &error);

  if (self->context == NULL)
    return;
  wuyou_busy_button_set_busy (self->button, FALSE);
  if (reply == NULL) {
    wuyou_banner_show_undone (self->banner, error);
    gtk_widget_grab_focus (GTK_WIDGET (self->code_row));
    return;
  }
  wuyou_app_context_toast (self->context, _ ("One-time codes are on"));
  g_signal_emit (self, signals[CONFIRMED], 0);
}

static void
on_confirm_pressed_cb (WuyouTotpForm *self)
{
  g_autofree char *code = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->code_row))));
  g_autoptr (GString) body = g_string_new (NULL);
  WuyouCall call = { .route = WUYOU_ROUTE_TOTP_CONFIRM, .flags = WUYOU_CALL_ONCE };

  wuyou_json_begin_object (body, NULL);
  wuyou_json_add_string (body, "code", code);
  wuyou_json_end_object (body);
  call.body = body->str;
  wuyou_banner_hide (self->banner);
  wuyou_busy_button_set_busy (self->button, TRUE);
  wuyou_client_call_async (wuyou_app_context_get_client (self->context), &call, renew_cancellable (self),
                           on_confirmed_cb, g_object_ref (self));
}

static void
on_cancelled_cb (WuyouTotpForm *self)
{
  g_cancellable_cancel (self->cancellable);
}

/* --- widget --- */

static gboolean
wuyou_totp_form_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (WUYOU_TOTP_FORM (widget)->code_row));
}

/* A call under way holds a reference: taken out of the window it has to end, for the rest to end too. */
static void
wuyou_totp_form_unroot (GtkWidget *widget)
{
  g_cancellable_cancel (WUYOU_TOTP_FORM (widget)->cancellable);
  GTK_WIDGET_CLASS (wuyou_totp_form_parent_class)->unroot (widget);
}

static void
wuyou_totp_form_dispose (GObject *object)
{
  WuyouTotpForm *self = WUYOU_TOTP_FORM (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (wuyou_totp_form_parent_class)->dispose (object);
}

static void
wuyou_totp_form_finalize (GObject *object)
{
  g_clear_object (&WUYOU_TOTP_FORM (object)->cancellable);
  G_OBJECT_CLASS (wuyou_totp_form_parent_class)->finalize (object);
}

static void
wuyou_totp_form_class_init (WuyouTotpFormClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wuyou_totp_form_dispose;
  G_OBJECT_CLASS (klass)->finalize = wuyou_totp_form_finalize;
  GTK_WIDGET_CLASS (klass)->unroot = wuyou_totp_form_unroot;
  wuyou_focus_set_place (GTK_WIDGET_CLASS (klass), wuyou_totp_form_grab_focus);
  signals[BEGUN] = g_signal_new ("begun", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[CONFIRMED] = g_signal_new ("confirmed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
connect_children (WuyouTotpForm *self)
{
  g_signal_connect_object (self->button, "pressed", G_CALLBACK (on_confirm_pressed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->button, "cancelled", G_CALLBACK (on_cancelled_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->code_row, "entry-activated", G_CALLBACK (wuyou_busy_button_press), self->button,
                           G_CONNECT_SWAPPED);
}

static void
wuyou_totp_form_init (WuyouTotpForm *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *group = adw_preferences_group_new ();

  self->cancellable = g_cancellable_new ();
  self->banner = WUYOU_BANNER (wuyou_banner_new ());
  self->secret = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  self->code_row = ADW_ENTRY_ROW (adw_entry_row_new ());
  self->button = WUYOU_BUSY_BUTTON (wuyou_busy_button_new (_ ("_Turn On")));
  g_object_set (self->button, "suggested", TRUE, NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->code_row), FALSE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->button), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->code_row), _ ("First code"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->code_row));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->banner));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->secret));
  gtk_box_append (GTK_BOX (box), group);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->button));
  adw_bin_set_child (ADW_BIN (self), box);
  connect_children (self);
}

GtkWidget *
wuyou_totp_form_new (WuyouAppContext *context)
{
  WuyouTotpForm *self = g_object_new (WUYOU_TYPE_TOTP_FORM, NULL);

  self->context = g_object_ref (context);
  return GTK_WIDGET (self);
}
