/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "accounts/wuyou-totp-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "accounts/wuyou-step-up.h"
#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "widgets/wuyou-banner.h"
#include "widgets/wuyou-busy-button.h"
#include "widgets/wuyou-escape.h"
#include "widgets/wuyou-form-box.h"
#include "widgets/wuyou-qr-picture.h"

#define QR_SIZE 220

#define WUYOU_TYPE_TOTP_DIALOG (wuyou_totp_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WuyouTotpDialog, wuyou_totp_dialog, WUYOU, TOTP_DIALOG, AdwWindow)

struct _WuyouTotpDialog {
  AdwWindow parent_instance;
  WuyouAppContext *context;
  GCancellable *cancellable;
  WuyouBanner *banner;
  AdwEntryRow *code_row;
  WuyouBusyButton *button;
  void (*done) (gpointer data);
  gpointer data;
  GDestroyNotify destroy;
};

G_DEFINE_FINAL_TYPE (WuyouTotpDialog, wuyou_totp_dialog, ADW_TYPE_WINDOW)

static void
on_confirmed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WuyouTotpDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) reply = wuyou_client_call_finish (WUYOU_CLIENT (source), result, NULL, &error);

  if (self->context == NULL)
    return;
  wuyou_busy_button_set_busy (self->button, FALSE);
  if (reply == NULL) {
    wuyou_banner_show_error (self->banner, error);
    gtk_widget_grab_focus (GTK_WIDGET (self->code_row));
    return;
  }
  wuyou_app_context_toast (self->context, _ ("One-time codes are on"));
  self->done (self->data);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
on_confirm_pressed_cb (WuyouTotpDialog *self)
{
  g_autofree char *code = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->code_row))));
  g_autoptr (GString) body = g_string_new (NULL);
  WuyouCall call = { .route = WUYOU_ROUTE_TOTP_CONFIRM, .flags = WUYOU_CALL_ONCE };

  wuyou_json_begin_object (body, NULL);
  wuyou_json_add_string (body, "code", code);
  wuyou_json_end_object (body);
  call.body = body->str;
  wuyou_busy_button_set_busy (self->button, TRUE);
  wuyou_client_call_async (wuyou_app_context_get_client (self->context), &call, self->cancellable, on_confirmed_cb,
                           g_object_ref (self));
}

static void
on_cancelled_cb (WuyouTotpDialog *self)
{
  gtk_window_close (GTK_WINDOW (self));
}

static void
wuyou_totp_dialog_dispose (GObject *object)
{
  WuyouTotpDialog *self = WUYOU_TOTP_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->context);
  if (self->destroy != NULL)
    self->destroy (self->data);
  self->destroy = NULL;
  G_OBJECT_CLASS (wuyou_totp_dialog_parent_class)->dispose (object);
}

static void
wuyou_totp_dialog_finalize (GObject *object)
{
  g_clear_object (&WUYOU_TOTP_DIALOG (object)->cancellable);
  G_OBJECT_CLASS (wuyou_totp_dialog_parent_class)->finalize (object);
}

static void
wuyou_totp_dialog_class_init (WuyouTotpDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wuyou_totp_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = wuyou_totp_dialog_finalize;
}

static void
wuyou_totp_dialog_init (WuyouTotpDialog *self)
{
  self->cancellable = g_cancellable_new ();
  wuyou_escape_closes (GTK_WINDOW (self));
}

static void
append_secret (GtkBox *column, const char *uri, const char *secret)
{
  GtkWidget *picture = wuyou_qr_picture_new (uri, _ ("QR code for the authenticator app"), QR_SIZE);
  GtkWidget *label = gtk_label_new (secret);

  if (picture != NULL)
    gtk_box_append (column, picture);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_CHAR);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (label, "monospace");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_box_append (column, label);
}

static void
append_code (WuyouTotpDialog *self, GtkBox *column)
{
  GtkWidget *group = adw_preferences_group_new ();

  self->code_row = ADW_ENTRY_ROW (adw_entry_row_new ());
  self->button = WUYOU_BUSY_BUTTON (wuyou_busy_button_new (_ ("_Turn On")));
  g_object_set (self->button, "suggested", TRUE, NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->code_row), _ ("First code"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->code_row));
  gtk_box_append (column, group);
  gtk_box_append (column, GTK_WIDGET (self->button));
  g_signal_connect_object (self->button, "pressed", G_CALLBACK (on_confirm_pressed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->button, "cancelled", G_CALLBACK (on_cancelled_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->code_row, "entry-activated", G_CALLBACK (wuyou_busy_button_press), self->button,
                           G_CONNECT_SWAPPED);
}

static void
show_secret (WuyouTotpDialog *self, JsonObject *reply)
{
  const char *secret = wuyou_json_get_string (reply, "secret");
  const char *uri = wuyou_json_get_string (reply, "uri");
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkBox *column;
  GtkWidget *form
      = wuyou_form_box_new (NULL, _ ("One-time codes"),
                            _ ("Scan this with your authenticator app, then enter the code that it shows."), &column);

  self->banner = WUYOU_BANNER (wuyou_banner_new ());
  append_secret (column, uri != NULL ? uri : "", secret != NULL ? secret : "");
  append_code (self, column);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->banner));
  gtk_box_append (GTK_BOX (box), form);
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->code_row));
}

static void
on_begun_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WuyouTotpDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) reply = wuyou_step_up_call_finish (result, NULL, &error);

  if (self->context == NULL)
    return;
  if (reply != NULL) {
    show_secret (self, reply);
    return;
  }
  wuyou_app_context_toast_error (self->context, error);
  gtk_window_destroy (GTK_WINDOW (self));
}

void
wuyou_totp_dialog_present (WuyouAppContext *context,
                           GtkWidget *parent,
                           void (*done) (gpointer data),
                           gpointer data,
                           GDestroyNotify destroy)
{
  GtkRoot *root = gtk_widget_get_root (parent);
  WuyouTotpDialog *self = g_object_new (WUYOU_TYPE_TOTP_DIALOG, "modal", TRUE, "transient-for", root, "default-width",
                                        420, "default-height", 620, "title", _ ("One-time codes"), NULL);
  WuyouCall call = { .route = WUYOU_ROUTE_TOTP_BEGIN };

  self->context = g_object_ref (context);
  self->done = done;
  self->data = data;
  self->destroy = destroy;
  wuyou_step_up_call_async (context, parent, _ ("Confirm that it is you before one-time codes are set up."), &call,
                            self->cancellable, on_begun_cb, g_object_ref (self));
}
