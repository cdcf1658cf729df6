/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "accounts/wuyou-misuse-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"

typedef struct {
  WuyouAppContext *context;
  AdwMessageDialog *dialog;
  AdwEntryRow *email;
  AdwEntryRow *text;
} Report;

static void
report_free (gpointer data, GClosure *closure)
{
  Report *report = data;

  g_object_unref (report->context);
  g_free (report);
}

static void
on_reported_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WuyouAppContext) context = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) reply = wuyou_client_call_finish (WUYOU_CLIENT (source), result, NULL, &error);
  const char *sentence = _ ("Your report has reached the operator. All sessions of the account were ended; call the "
                            "support line now.");

  if (reply == NULL)
    wuyou_app_context_toast_error (context, error);
  else if (wuyou_session_get_state (wuyou_app_context_get_session (context)) != WUYOU_SESSION_SIGNED_OUT)
    wuyou_app_context_end_session (context, FALSE, sentence);
  else
    wuyou_app_context_toast (context, sentence);
}

static void
send_report (Report *report)
{
  g_autoptr (GString) body = g_string_new (NULL);
  WuyouCall call = { .route = WUYOU_ROUTE_MISUSE_REPORT };
  const char *email = gtk_editable_get_text (GTK_EDITABLE (report->email));
  const char *text = gtk_editable_get_text (GTK_EDITABLE (report->text));

  wuyou_json_begin_object (body, NULL);
  wuyou_json_add_string (body, "login", *email != '\0' ? email : NULL);
  wuyou_json_add_string (body, "text", text);
  wuyou_json_end_object (body);
  call.body = body->str;
  wuyou_client_call_async (wuyou_app_context_get_client (report->context), &call, NULL, on_reported_cb,
                           g_object_ref (report->context));
}

static void
on_response_cb (AdwMessageDialog *dialog, const char *response, Report *report)
{
  if (g_str_equal (response, "report"))
    send_report (report);
}

static void
on_text_changed_cb (Report *report)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (report->text));
  const char *email = gtk_editable_get_text (GTK_EDITABLE (report->email));
  gboolean known = !gtk_widget_get_visible (GTK_WIDGET (report->email)) || strchr (email, '@') != NULL;

  adw_message_dialog_set_response_enabled (report->dialog, "report", *text != '\0' && known);
}

static AdwEntryRow *
add_row (Report *report, GtkWidget *group, const char *title)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  g_signal_connect_swapped (row, "changed", G_CALLBACK (on_text_changed_cb), report);
  return ADW_ENTRY_ROW (row);
}

static void
fill_dialog (Report *report)
{
  GtkWidget *group = adw_preferences_group_new ();
  gboolean signed_in
      = wuyou_session_get_state (wuyou_app_context_get_session (report->context)) != WUYOU_SESSION_SIGNED_OUT;
  g_autofree char *email = g_settings_get_string (wuyou_app_context_get_settings (report->context), "email");

  report->email = add_row (report, group, _ ("E-mail of the account"));
  report->text = add_row (report, group, _ ("What did you notice?"));
  gtk_widget_set_visible (GTK_WIDGET (report->email), !signed_in);
  if (!signed_in)
    gtk_editable_set_text (GTK_EDITABLE (report->email), email);
  adw_message_dialog_set_extra_child (report->dialog, group);
}

void
wuyou_misuse_dialog_present (WuyouAppContext *context, GtkWindow *parent)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, _ ("Report misuse?"), NULL);
  Report *report = g_new0 (Report, 1);

  report->context = g_object_ref (context);
  report->dialog = ADW_MESSAGE_DIALOG (dialog);
  adw_message_dialog_set_body (report->dialog,
                               _ ("Somebody else used the account, or a password leaked: report it and all sessions of "
                                  "the account end at once. The operator is told."));
  adw_message_dialog_add_responses (report->dialog, "cancel", _ ("_Cancel"), "report", _ ("_Report"), NULL);
  adw_message_dialog_set_response_appearance (report->dialog, "report", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (report->dialog, "cancel");
  fill_dialog (report);
  on_text_changed_cb (report);
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response_cb), report, report_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}
