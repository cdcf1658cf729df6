/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "accounts/wuyou-reset-view.h"

#include <glib/gi18n.h>
#include <string.h>

#include "accounts/wuyou-new-password.h"
#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "widgets/wuyou-banner.h"
#include "widgets/wuyou-busy-button.h"
#include "widgets/wuyou-focus.h"
#include "widgets/wuyou-form-box.h"

struct _WuyouResetView {
  AdwBin parent_instance;
  WuyouAppContext *context;
  GCancellable *cancellable;
  WuyouBanner *banner;
  GtkStack *steps;
  AdwEntryRow *email_row;
  WuyouBusyButton *ask_button;
  AdwEntryRow *token_row;
  AdwEntryRow *code_row;
  WuyouNewPassword *new_password;
  WuyouBusyButton *set_button;
};

enum { DONE, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WuyouResetView, wuyou_reset_view, ADW_TYPE_BIN)

static char *
dup_text (gpointer row)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
}

static void
send (WuyouResetView *self, WuyouRouteId route, const char *body, GAsyncReadyCallback callback)
{
  WuyouCall call = { .route = route, .body = body, .flags = WUYOU_CALL_ANONYMOUS };

  wuyou_banner_hide (self->banner);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  wuyou_client_call_async (wuyou_app_context_get_client (self->context), &call, self->cancellable, callback,
                           g_object_ref (self));
}

/* The same words whether there is such an account or not. */
static void
on_asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WuyouResetView) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) reply = wuyou_client_call_finish (WUYOU_CLIENT (source), result, NULL, &error);

  if (self->context == NULL)
    return;
  wuyou_busy_button_set_busy (self->ask_button, FALSE);
  if (reply == NULL) {
    wuyou_banner_show_undone (self->banner, error);
    return;
  }
  gtk_stack_set_visible_child_name (self->steps, "set");
  gtk_widget_grab_focus (GTK_WIDGET (self->token_row));
}

static void
on_ask_pressed_cb (WuyouResetView *self)
{
  g_autofree char *email = dup_text (self->email_row);
  g_autoptr (GString) body = g_string_new (NULL);

  if (strchr (email, '@') == NULL) {
    wuyou_banner_show (self->banner, WUYOU_BANNER_ERROR, _ ("Enter your e-mail address."), NULL);
    gtk_widget_grab_focus (GTK_WIDGET (self->email_row));
    return;
  }
  wuyou_json_begin_object (body, NULL);
  wuyou_json_add_string (body, "login", email);
  wuyou_json_end_object (body);
  wuyou_busy_button_set_busy (self->ask_button, TRUE);
  send (self, WUYOU_ROUTE_RESET_REQUEST, body->str, on_asked_cb);
}

static void
on_set_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WuyouResetView) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) reply = wuyou_client_call_finish (WUYOU_CLIENT (source), result, NULL, &error);

  if (self->context == NULL)
    return;
  wuyou_busy_button_set_busy (self->set_button, FALSE);
  if (reply != NULL)
    g_signal_emit (self, signals[DONE], 0);
  else
    wuyou_banner_show_undone (self->banner, error);
}

static char *
reset_body (WuyouResetView *self, const char *token, const char *password)
{
  g_autofree char *code = dup_text (self->code_row);
  GString *body = g_string_new (NULL);

  wuyou_json_begin_object (body, NULL);
  wuyou_json_add_string (body, "token", token);
  wuyou_json_add_string (body, "new", password);
  wuyou_json_add_string (body, "totp", *code != '\0' ? code : NULL);
  wuyou_json_end_object (body);
  return g_string_free (body, FALSE);
}

static void
on_set_pressed_cb (WuyouResetView *self)
{
  g_autofree char *token = dup_text (self->token_row);
  g_autoptr (GError) error = NULL;
  const char *password = wuyou_new_password_get (self->new_password, &error);
  g_autofree char *body = NULL;

  if (*token == '\0') {
    wuyou_banner_show (self->banner, WUYOU_BANNER_ERROR, _ ("Enter the code from the mail."), NULL);
    gtk_widget_grab_focus (GTK_WIDGET (self->token_row));
    return;
  }
  if (password == NULL) {
    wuyou_banner_show_undone (self->banner, error);
    gtk_widget_grab_focus (GTK_WIDGET (self->new_password));
    return;
  }
  body = reset_body (self, token, password);
  wuyou_busy_button_set_busy (self->set_button, TRUE);
  send (self, WUYOU_ROUTE_RESET_FINISH, body, on_set_cb);
  explicit_bzero (body, strlen (body));
}

static void
on_cancelled_cb (WuyouResetView *self)
{
  g_cancellable_cancel (self->cancellable);
}

static gboolean
wuyou_reset_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (WUYOU_RESET_VIEW (widget)->email_row));
}

/* A call under way holds a reference: taken out of the window it has to end, for the rest to end too. */
static void
wuyou_reset_view_unroot (GtkWidget *widget)
{
  if (WUYOU_RESET_VIEW (widget)->cancellable != NULL)
    g_cancellable_cancel (WUYOU_RESET_VIEW (widget)->cancellable);
  GTK_WIDGET_CLASS (wuyou_reset_view_parent_class)->unroot (widget);
}

static void
wuyou_reset_view_dispose (GObject *object)
{
  WuyouResetView *self = WUYOU_RESET_VIEW (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (wuyou_reset_view_parent_class)->dispose (object);
}

static void
wuyou_reset_view_class_init (WuyouResetViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wuyou_reset_view_dispose;
  GTK_WIDGET_CLASS (klass)->unroot = wuyou_reset_view_unroot;
  wuyou_focus_set_place (GTK_WIDGET_CLASS (klass), wuyou_reset_view_grab_focus);
  signals[DONE]
      = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static AdwEntryRow *
add_entry (AdwPreferencesGroup *group, const char *title)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_group_add (group, row);
  return ADW_ENTRY_ROW (row);
}

static WuyouBusyButton *
add_button (WuyouResetView *self, GtkBox *column, const char *label, GCallback pressed)
{
  GtkWidget *button = wuyou_busy_button_new (label);

  g_object_set (button, "suggested", TRUE, NULL);
  gtk_box_append (column, button);
  g_signal_connect_object (button, "pressed", pressed, self, G_CONNECT_SWAPPED);
  g_signal_connect_object (button, "cancelled", G_CALLBACK (on_cancelled_cb), self, G_CONNECT_SWAPPED);
  return WUYOU_BUSY_BUTTON (button);
}

static void
build_ask_step (WuyouResetView *self)
{
  GtkBox *column;
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  GtkWidget *box
      = wuyou_form_box_new ("dialog-password-symbolic", _ ("Forgot your password?"),
                            _ ("A code will be sent to your e-mail address. It is good for 30 minutes."), &column);

  self->email_row = add_entry (group, _ ("E-mail"));
  gtk_box_append (column, GTK_WIDGET (group));
  self->ask_button = add_button (self, column, _ ("_Send the Code"), G_CALLBACK (on_ask_pressed_cb));
  g_signal_connect_object (self->email_row, "entry-activated", G_CALLBACK (wuyou_busy_button_press), self->ask_button,
                           G_CONNECT_SWAPPED);
  gtk_stack_add_named (self->steps, box, "ask");
}

static void
build_set_step (WuyouResetView *self)
{
  GtkBox *column;
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  GtkWidget *box = wuyou_form_box_new (
      "mail-unread-symbolic", _ ("Look into your mail"),
      _ ("If there is an account with this address, a code is on its way. All other sessions will end."), &column);

  self->token_row = add_entry (group, _ ("Code from the mail"));
  self->code_row = add_entry (group, _ ("One-time code, if you use one"));
  self->new_password = WUYOU_NEW_PASSWORD (wuyou_new_password_new ());
  gtk_box_append (column, GTK_WIDGET (group));
  gtk_box_append (column, GTK_WIDGET (self->new_password));
  self->set_button = add_button (self, column, _ ("Set New _Password"), G_CALLBACK (on_set_pressed_cb));
  g_signal_connect_object (self->new_password, "activated", G_CALLBACK (wuyou_busy_button_press), self->set_button,
                           G_CONNECT_SWAPPED);
  gtk_stack_add_named (self->steps, box, "set");
}

static void
wuyou_reset_view_init (WuyouResetView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->banner = WUYOU_BANNER (wuyou_banner_new ());
  self->steps = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_transition_type (self->steps, GTK_STACK_TRANSITION_TYPE_SLIDE_LEFT_RIGHT);
  build_ask_step (self);
  build_set_step (self);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->banner));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->steps));
  adw_bin_set_child (ADW_BIN (self), box);
}

GtkWidget *
wuyou_reset_view_new (WuyouAppContext *context, const char *email)
{
  WuyouResetView *self = g_object_new (WUYOU_TYPE_RESET_VIEW, NULL);

  self->context = g_object_ref (context);
  gtk_editable_set_text (GTK_EDITABLE (self->email_row), email);
  return GTK_WIDGET (self);
}
