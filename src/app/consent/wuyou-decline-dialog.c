/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "consent/wuyou-decline-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "consent/wuyou-agreement-copy.h"
#include "help/wuyou-hotline.h"

typedef struct {
  WuyouAppContext *context;
  GtkWidget *parent;
  WuyouBundle *bundle;
  AdwEntryRow *feedback;
  void (*confirmed) (GtkWidget *parent);
} Question;

static void
free_question (gpointer data, GClosure *closure)
{
  Question *question = data;

  g_object_unref (question->context);
  g_object_unref (question->parent);
  wuyou_bundle_unref (question->bundle);
  g_free (question);
}

static void
on_feedback_sent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WuyouAppContext) context = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) reply = wuyou_client_call_finish (WUYOU_CLIENT (source), result, NULL, &error);

  if (reply == NULL)
    wuyou_app_context_toast_error (context, error);
  else
    wuyou_app_context_toast (context, _ ("Thank you, the operator has it"));
}

static void
send_feedback (Question *question)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (question->feedback));
  g_autofree char *key = wuyou_app_context_new_id (question->context);
  g_autoptr (GString) body = g_string_new (NULL);
  WuyouCall call = { .route = WUYOU_ROUTE_FEEDBACK, .idempotency_key = key };

  if (*text == '\0')
    return;
  wuyou_json_begin_object (body, NULL);
  wuyou_json_add_string (body, "text", text);
  wuyou_json_end_object (body);
  call.body = body->str;
  wuyou_client_call_async (wuyou_app_context_get_client (question->context), &call, NULL, on_feedback_sent_cb,
                           g_object_ref (question->context));
  gtk_editable_set_text (GTK_EDITABLE (question->feedback), "");
}

static void
on_save_cb (Question *question)
{
  wuyou_agreement_copy_save (question->context, GTK_WIDGET (question->feedback), question->bundle, NULL);
}

/* What was written and not yet sent goes with the answer, whichever it is. */
static void
on_response_cb (AdwMessageDialog *dialog, const char *response, Question *question)
{
  send_feedback (question);
  if (g_str_equal (response, "decline"))
    question->confirmed (question->parent);
}

static GtkWidget *
build_extra (Question *question)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *list = gtk_list_box_new (), *save = gtk_button_new_with_mnemonic (_ ("_Save the Text"));
  GtkWidget *hotline = wuyou_hotline_new (question->context);

  question->feedback = ADW_ENTRY_ROW (adw_entry_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (question->feedback), _ ("What should be different?"));
  adw_entry_row_set_show_apply_button (question->feedback, TRUE);
  g_signal_connect_swapped (question->feedback, "apply", G_CALLBACK (send_feedback), question);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), GTK_WIDGET (question->feedback));
  g_signal_connect_swapped (save, "clicked", G_CALLBACK (on_save_cb), question);
  gtk_widget_set_halign (save, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (hotline, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), hotline);
  gtk_box_append (GTK_BOX (box), list);
  gtk_box_append (GTK_BOX (box), save);
  return box;
}

void
wuyou_decline_dialog_present (WuyouAppContext *context, GtkWidget *parent, WuyouBundle *bundle, GCallback confirmed)
{
  GtkRoot *root = gtk_widget_get_root (parent);
  GtkWidget *dialog = adw_message_dialog_new (
      GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, _ ("Decline the Agreements?"),
      _ ("Without your consent nothing in this program can be used, and you are signed out. Nothing of your work is "
         "lost, and you can read and agree at any later time. If something is unclear, ask before you decide."));
  Question *question = g_new0 (Question, 1);

  question->context = g_object_ref (context);
  question->parent = g_object_ref (parent);
  question->bundle = wuyou_bundle_ref (bundle);
  question->confirmed = (void (*) (GtkWidget *)) confirmed;
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), build_extra (question));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "back", _ ("_Keep Reading"), "decline",
                                    _ ("_Decline and Sign Out"), NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "back");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "back");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response_cb), question, free_question, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}
