/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "accounts/wuyou-password-form.h"

#include <glib/gi18n.h>
#include <string.h>

#include "accounts/wuyou-local-access.h"
#include "accounts/wuyou-new-password.h"
#include "accounts/wuyou-password-rules.h"
#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "widgets/wuyou-banner.h"
#include "widgets/wuyou-busy-button.h"
#include "widgets/wuyou-focus.h"
#include "widgets/wuyou-password-row.h"

struct _WuyouPasswordForm {
  AdwBin parent_instance;
  WuyouAppContext *context;
  GCancellable *cancellable;
  WuyouBanner *banner;
  AdwPasswordEntryRow *old_row;
  WuyouNewPassword *new_password;
  WuyouBusyButton *button;
  char *sent; /* the new password while the server is asked */
};

enum { CHANGED_PASSWORD, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WuyouPasswordForm, wuyou_password_form, ADW_TYPE_BIN)

static void
forget_sent (WuyouPasswordForm *self)
{
  if (self->sent != NULL)
    explicit_bzero (self->sent, strlen (self->sent));
  g_clear_pointer (&self->sent, g_free);
}

static void
on_password_put_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WuyouPasswordForm) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) reply = wuyou_client_call_finish (WUYOU_CLIENT (source), result, NULL, &error);

  if (self->context == NULL)
    return;
  wuyou_busy_button_set_busy (self->button, FALSE);
  if (reply == NULL) {
    wuyou_banner_show_undone (self->banner, error);
    return;
  }
  wuyou_local_access_rewrap (self->context, self->sent);
  forget_sent (self);
  gtk_editable_set_text (GTK_EDITABLE (self->old_row), "");
  wuyou_new_password_clear (self->new_password);
  wuyou_app_context_toast (self->context, _ ("Your password is changed"));
  g_signal_emit (self, signals[CHANGED_PASSWORD], 0);
}

static void
send (WuyouPasswordForm *self, const char *old, const char *new)
{
  g_autoptr (GString) body = g_string_new (NULL);
  WuyouCall call = { .route = WUYOU_ROUTE_PASSWORD_CHANGE, .flags = WUYOU_CALL_ONCE };

  wuyou_json_begin_object (body, NULL);
  wuyou_json_add_string (body, "old", old);
  wuyou_json_add_string (body, "new", new);
  wuyou_json_end_object (body);
  call.body = body->str;
  forget_sent (self);
  self->sent = g_strdup (new);
  wuyou_banner_hide (self->banner);
  wuyou_busy_button_set_busy (self->button, TRUE);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  wuyou_client_call_async (wuyou_app_context_get_client (self->context), &call, self->cancellable, on_password_put_cb,
                           g_object_ref (self));
  explicit_bzero (body->str, body->len);
}

static void
on_change_pressed_cb (WuyouPasswordForm *self)
{
  const char *old = gtk_editable_get_text (GTK_EDITABLE (self->old_row));
  g_autoptr (GError) error = NULL;
  const char *new = wuyou_new_password_get (self->new_password, &error);

  if (*old == '\0') {
    wuyou_banner_show (self->banner, WUYOU_BANNER_ERROR, _ ("Enter your present password."), NULL);
    gtk_widget_grab_focus (GTK_WIDGET (self->old_row));
  } else if (new == NULL) {
    wuyou_banner_show_undone (self->banner, error);
    gtk_widget_grab_focus (GTK_WIDGET (self->new_password));
  } else if (wuyou_password_is_similar (new, old)) {
    wuyou_banner_show (self->banner, WUYOU_BANNER_ERROR, _ ("The new password is too much like the present one."),
                       NULL);
    gtk_widget_grab_focus (GTK_WIDGET (self->new_password));
  } else {
    send (self, old, new);
  }
}

static void
on_cancelled_cb (WuyouPasswordForm *self)
{
  g_cancellable_cancel (self->cancellable);
}

static gboolean
wuyou_password_form_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (WUYOU_PASSWORD_FORM (widget)->old_row));
}

/* A call under way holds a reference: taken out of the window it has to end, for the rest to end too. */
static void
wuyou_password_form_unroot (GtkWidget *widget)
{
  if (WUYOU_PASSWORD_FORM (widget)->cancellable != NULL)
    g_cancellable_cancel (WUYOU_PASSWORD_FORM (widget)->cancellable);
  GTK_WIDGET_CLASS (wuyou_password_form_parent_class)->unroot (widget);
}

static void
wuyou_password_form_dispose (GObject *object)
{
  WuyouPasswordForm *self = WUYOU_PASSWORD_FORM (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->context);
  forget_sent (self);
  G_OBJECT_CLASS (wuyou_password_form_parent_class)->dispose (object);
}

static void
wuyou_password_form_class_init (WuyouPasswordFormClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wuyou_password_form_dispose;
  GTK_WIDGET_CLASS (klass)->unroot = wuyou_password_form_unroot;
  wuyou_focus_set_place (GTK_WIDGET_CLASS (klass), wuyou_password_form_grab_focus);
  signals[CHANGED_PASSWORD] = g_signal_new ("changed-password", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                            NULL, NULL, G_TYPE_NONE, 0);
}

static void
connect_children (WuyouPasswordForm *self)
{
  g_signal_connect_object (self->button, "pressed", G_CALLBACK (on_change_pressed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->button, "cancelled", G_CALLBACK (on_cancelled_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->new_password, "activated", G_CALLBACK (wuyou_busy_button_press), self->button,
                           G_CONNECT_SWAPPED);
}

static void
wuyou_password_form_init (WuyouPasswordForm *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *group = adw_preferences_group_new ();

  self->banner = WUYOU_BANNER (wuyou_banner_new ());
  self->old_row = ADW_PASSWORD_ENTRY_ROW (adw_password_entry_row_new ());
  wuyou_password_row_name (self->old_row);
  self->new_password = WUYOU_NEW_PASSWORD (wuyou_new_password_new ());
  self->button = WUYOU_BUSY_BUTTON (wuyou_busy_button_new (_ ("_Change Password")));
  g_object_set (self->button, "suggested", TRUE, NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->old_row), _ ("Present password"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->old_row));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->banner));
  gtk_box_append (GTK_BOX (box), group);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->new_password));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->button));
  adw_bin_set_child (ADW_BIN (self), box);
  connect_children (self);
}

GtkWidget *
wuyou_password_form_new (WuyouAppContext *context)
{
  WuyouPasswordForm *self = g_object_new (WUYOU_TYPE_PASSWORD_FORM, NULL);
  WuyouSession *session = wuyou_app_context_get_session (context);
  const char *words[] = { wuyou_session_get_name (session), NULL };

  self->context = g_object_ref (context);
  if (words[0] != NULL)
    wuyou_new_password_set_words (self->new_password, words);
  return GTK_WIDGET (self);
}
