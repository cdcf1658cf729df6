/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "accounts/wuyou-sessions-row.h"

#include <glib/gi18n.h>

#include "base/wuyou-date.h"
#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "widgets/wuyou-expander.h"
#include "widgets/wuyou-text-scale.h"

struct _WuyouSessionsRow {
  AdwExpanderRow parent_instance;
  WuyouAppContext *context;
  GCancellable *cancellable;
  GPtrArray *rows;
};

G_DEFINE_FINAL_TYPE (WuyouSessionsRow, wuyou_sessions_row, ADW_TYPE_EXPANDER_ROW)

static void load (WuyouSessionsRow *self);

static WuyouClient *
get_client (WuyouSessionsRow *self)
{
  return wuyou_app_context_get_client (self->context);
}

static void
clear_rows (WuyouSessionsRow *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_expander_row_remove (ADW_EXPANDER_ROW (self), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
}

static void
add_row (WuyouSessionsRow *self, GtkWidget *row)
{
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
  g_ptr_array_add (self->rows, row);
}

static void
on_ended_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WuyouSessionsRow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) reply = wuyou_client_call_finish (WUYOU_CLIENT (source), result, NULL, &error);

  if (self->context == NULL)
    return;
  if (reply == NULL)
    wuyou_app_context_toast_error (self->context, error);
  else
    wuyou_app_context_toast (self->context, _ ("The session has ended"));
  load (self);
}

static void
on_end_clicked_cb (GtkWidget *button, WuyouSessionsRow *self)
{
  const char *args[] = { g_object_get_data (G_OBJECT (button), "session"), NULL };
  WuyouCall call = { .route = WUYOU_ROUTE_SESSION_END, .args = args };

  gtk_widget_set_sensitive (button, FALSE);
  wuyou_client_call_async (get_client (self), &call, self->cancellable, on_ended_cb, g_object_ref (self));
}

static GtkWidget *
end_button_new (WuyouSessionsRow *self, const char *session)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("End"));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (button), "session", g_strdup (session), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_end_clicked_cb), self, 0);
  return button;
}

static char *
describe (JsonObject *session)
{
  const char *seen = wuyou_json_get_string (session, "seen_at");
  const char *host = wuyou_json_get_string (session, "host");
  gint64 instant = seen != NULL ? wuyou_instant_parse (seen) : 0;
  g_autofree char *when = instant != 0 ? wuyou_instant_format_local (instant) : NULL;

  if (when != NULL && host != NULL)
    return g_strdup_printf (_ ("Last used %s, from %s"), when, host);
  return when != NULL ? g_strdup_printf (_ ("Last used %s"), when) : g_strdup ("");
}

static void
add_session (WuyouSessionsRow *self, JsonObject *session)
{
  GtkWidget *row = adw_action_row_new ();
  const char *id = wuyou_json_get_string (session, "id");
  const char *label = wuyou_json_get_string (session, "device");
  const char *present = wuyou_session_get_id (wuyou_app_context_get_session (self->context));
  g_autofree char *text = describe (session);

  g_object_set (row, "use-markup", FALSE, "title", label != NULL ? label : _ ("Unnamed device"), "subtitle", text,
                NULL);
  if (g_strcmp0 (id, present) == 0)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_label_new (_ ("This one")));
  else if (id != NULL)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), end_button_new (self, id));
  add_row (self, row);
}

static void
on_all_ended_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WuyouAppContext) context = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) reply = wuyou_client_call_finish (WUYOU_CLIENT (source), result, NULL, &error);

  if (reply == NULL)
    wuyou_app_context_toast_error (context, error);
  else
    wuyou_app_context_end_session (context, FALSE, _ ("You are signed out everywhere."));
}

static void
on_all_answered_cb (WuyouSessionsRow *self, const char *response)
{
  WuyouCall call = { .route = WUYOU_ROUTE_SESSIONS_END_ALL };

  if (g_str_equal (response, "end"))
    wuyou_client_call_async (get_client (self), &call, NULL, on_all_ended_cb, g_object_ref (self->context));
}

static void
on_all_clicked_cb (WuyouSessionsRow *self)
{
  GtkWidget *dialog
      = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _ ("Sign out everywhere?"),
                                _ ("Every device is signed out, this one too. What was not sent stays on "
                                   "its computer, sealed."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "stay", _ ("_Cancel"), "end",
                                    _ ("_Sign Out Everywhere"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "end", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "stay");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_all_answered_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WuyouSessionsRow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) reply = wuyou_client_call_finish (WUYOU_CLIENT (source), result, NULL, &error);
  JsonArray *items = reply != NULL ? wuyou_json_get_array (reply, "items") : NULL;

  if (self->context == NULL)
    return;
  if (reply == NULL)
    wuyou_app_context_toast_error (self->context, error);
  clear_rows (self);
  for (guint i = 0; items != NULL && i < json_array_get_length (items); i++) {
    JsonObject *session = wuyou_json_array_get_object (items, i);

    if (session != NULL)
      add_session (self, session);
  }
}

static void
load (WuyouSessionsRow *self)
{
  WuyouCall call = { .route = WUYOU_ROUTE_SESSIONS_LIST };

  wuyou_client_call_async (get_client (self), &call, self->cancellable, on_listed_cb, g_object_ref (self));
}

static void
on_expanded_cb (WuyouSessionsRow *self)
{
  if (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (self)))
    load (self);
}

/* A call under way holds a reference: taken out of the window it has to end, for the rest to end too. */
static void
wuyou_sessions_row_unroot (GtkWidget *widget)
{
  WuyouSessionsRow *self = WUYOU_SESSIONS_ROW (widget);

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  GTK_WIDGET_CLASS (wuyou_sessions_row_parent_class)->unroot (widget);
}

static void
wuyou_sessions_row_dispose (GObject *object)
{
  WuyouSessionsRow *self = WUYOU_SESSIONS_ROW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (wuyou_sessions_row_parent_class)->dispose (object);
}

static void
wuyou_sessions_row_finalize (GObject *object)
{
  WuyouSessionsRow *self = WUYOU_SESSIONS_ROW (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (wuyou_sessions_row_parent_class)->finalize (object);
}

static void
wuyou_sessions_row_class_init (WuyouSessionsRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wuyou_sessions_row_dispose;
  GTK_WIDGET_CLASS (klass)->unroot = wuyou_sessions_row_unroot;
  G_OBJECT_CLASS (klass)->finalize = wuyou_sessions_row_finalize;
}

static void
wuyou_sessions_row_init (WuyouSessionsRow *self)
{
  GtkWidget *all = gtk_button_new_with_mnemonic (_ ("Sign Out _Everywhere"));

  self->cancellable = g_cancellable_new ();
  self->rows = g_ptr_array_new ();
  wuyou_expander_set_title (ADW_EXPANDER_ROW (self), _ ("Where you are signed in"));
  gtk_widget_set_valign (all, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (all, "flat");
  /* Large, it leaves no room for the title beside it. */
  if (wuyou_text_is_large (all))
    adw_expander_row_add_row (ADW_EXPANDER_ROW (self), all);
  else
    adw_expander_row_add_action (ADW_EXPANDER_ROW (self), all);
  g_signal_connect_object (all, "clicked", G_CALLBACK (on_all_clicked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self, "notify::expanded", G_CALLBACK (on_expanded_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
wuyou_sessions_row_new (WuyouAppContext *context)
{
  WuyouSessionsRow *self = g_object_new (WUYOU_TYPE_SESSIONS_ROW, NULL);

  self->context = g_object_ref (context);
  return GTK_WIDGET (self);
}
