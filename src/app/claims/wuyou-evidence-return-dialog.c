/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-evidence-return-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "base/wuyou-text.h"
#include "drafts/wuyou-kept-text.h"

#define LEAST_NOTE 2 /* characters, as the server has it */
#define MOST_NOTE 300

#define KEPT "return"
#define KEPT_REASON "return-reason"

typedef struct {
  WuyouAppContext *context;
  GWeakRef owner;
  AdwMessageDialog *dialog;
  GtkCheckButton *reasons[WUYOU_RETURN_OTHER + 1];
  GtkEditable *note;
  char *id;
  void (*answered) (GtkWidget *owner, const char *id, WuyouReturnReason reason, const char *note);
} Question;

static void
free_question (gpointer data, GClosure *closure)
{
  Question *question = data;

  g_weak_ref_clear (&question->owner);
  g_object_unref (question->context);
  g_free (question->id);
  g_free (question);
}

static int
get_reason (Question *question)
{
  for (int i = 1; i <= WUYOU_RETURN_OTHER; i++)
    if (gtk_check_button_get_active (question->reasons[i]))
      return i;
  return 0;
}

static char *
dup_note (Question *question)
{
  return wuyou_text_normalise (gtk_editable_get_text (question->note));
}

static void
on_answer_changed_cb (Question *question)
{
  g_autofree char *note = dup_note (question);
  int reason = get_reason (question);

  gsize length = wuyou_text_length (note);

  adw_message_dialog_set_response_enabled (question->dialog, "return",
                                           reason != 0 && length <= MOST_NOTE
                                               && (reason != WUYOU_RETURN_OTHER || length >= LEAST_NOTE));
}

static void
on_response_cb (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  Question *question = data;
  g_autoptr (GObject) owner = g_weak_ref_get (&question->owner);
  g_autofree char *note = dup_note (question);

  if (owner == NULL || !g_str_equal (response, "return"))
    return;
  /* It waits in the outbox from now on. */
  question->answered (GTK_WIDGET (owner), question->id, get_reason (question), *note != '\0' ? note : NULL);
  wuyou_kept_text_save (question->context, KEPT, question->id, NULL);
  wuyou_kept_text_save (question->context, KEPT_REASON, question->id, NULL);
}

static void
on_reason_toggled_cb (Question *question)
{
  int reason = get_reason (question);

  wuyou_kept_text_save (question->context, KEPT_REASON, question->id,
                        reason != 0 ? wuyou_enum_id (wuyou_return_reasons, reason) : NULL);
  on_answer_changed_cb (question);
}

/* What was chosen and said before it was closed. */
static void
restore (Question *question)
{
  g_autofree char *kept = wuyou_kept_text_dup (question->context, KEPT_REASON, question->id);
  const WuyouEnum *reason = kept != NULL ? wuyou_enum_find (wuyou_return_reasons, kept) : NULL;

  if (reason != NULL)
    gtk_check_button_set_active (question->reasons[reason->value], TRUE);
  wuyou_kept_text_follow (question->context, question->note, KEPT, question->id);
}

static GtkWidget *
build_reasons (Question *question)
{
  GtkWidget *group = adw_preferences_group_new ();

  for (int i = 1; i <= WUYOU_RETURN_OTHER; i++) {
    GtkWidget *row = adw_action_row_new ();
    GtkWidget *check = gtk_check_button_new ();

    question->reasons[i] = GTK_CHECK_BUTTON (check);
    if (i > 1)
      gtk_check_button_set_group (question->reasons[i], question->reasons[1]);
    g_object_set (row, "use-markup", FALSE, "title", _ (wuyou_enum_label (wuyou_return_reasons, i)), NULL);
    adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
    adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
    gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    _ (wuyou_enum_label (wuyou_return_reasons, i)), -1);
    g_signal_connect_swapped (check, "toggled", G_CALLBACK (on_reason_toggled_cb), question);
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  }
  return group;
}

static GtkWidget *
build_note (Question *question)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Note for the dealership"));
  g_object_set (row, "activates-default", TRUE, NULL);
  question->note = GTK_EDITABLE (row);
  g_signal_connect_swapped (row, "changed", G_CALLBACK (on_answer_changed_cb), question);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return group;
}

void
wuyou_evidence_return_dialog_present (
    WuyouAppContext *context,
    GtkWidget *owner,
    const char *file_name,
    void (*answered) (GtkWidget *owner, const char *id, WuyouReturnReason reason, const char *note),
    const char *id)
{
  GtkRoot *root = gtk_widget_get_root (owner);
  GtkWidget *dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                              _ ("Why is this document returned?"), file_name);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *scrolled = gtk_scrolled_window_new (); /* so large that a screen is too low */
  Question *question = g_new0 (Question, 1);

  question->context = g_object_ref (context);
  g_weak_ref_init (&question->owner, owner);
  question->dialog = ADW_MESSAGE_DIALOG (dialog);
  question->id = g_strdup (id);
  question->answered = answered;
  gtk_box_append (GTK_BOX (box), build_reasons (question));
  gtk_box_append (GTK_BOX (box), build_note (question));
  g_object_set (scrolled, "hscrollbar-policy", GTK_POLICY_NEVER, "propagate-natural-height", TRUE, "vexpand", TRUE,
                "child", box, NULL);
  adw_message_dialog_set_extra_child (question->dialog, scrolled);
  adw_message_dialog_add_responses (question->dialog, "cancel", _ ("_Cancel"), "return", _ ("_Return It"), NULL);
  adw_message_dialog_set_response_appearance (question->dialog, "return", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (question->dialog, "return");
  adw_message_dialog_set_close_response (question->dialog, "cancel");
  restore (question);
  on_answer_changed_cb (question);
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response_cb), question, free_question, 0);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_focus_visible (GTK_WINDOW (dialog), gtk_window_get_focus_visible (GTK_WINDOW (root)));
  gtk_window_present (GTK_WINDOW (dialog));
}
