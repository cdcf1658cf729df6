/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "widgets/wuyou-reason-dialog.h"

#include <glib/gi18n.h>

#include "base/wuyou-text.h"

typedef struct {
  GWeakRef owner;
  AdwMessageDialog *dialog;
  GtkEditable *line;
  gboolean required;
  void (*answered) (const char *text, gpointer data);
  gpointer data;
} Question;

static void
free_question (gpointer data, GClosure *closure)
{
  Question *question = data;

  g_weak_ref_clear (&question->owner);
  g_free (question);
}

static char *
dup_answer (Question *question)
{
  return question->line != NULL ? wuyou_text_normalise (gtk_editable_get_text (question->line)) : g_strdup ("");
}

static void
on_response_cb (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  Question *question = data;
  g_autoptr (GObject) owner = g_weak_ref_get (&question->owner);
  g_autofree char *text = dup_answer (question);

  if (g_str_equal (response, "go") && owner != NULL)
    question->answered (text, question->data);
}

static void
on_line_changed_cb (GtkEditable *line, gpointer data)
{
  Question *question = data;
  g_autofree char *text = dup_answer (question);

  adw_message_dialog_set_response_enabled (question->dialog, "go", !question->required || *text != '\0');
}

static void
on_suggestion_clicked_cb (GtkButton *button, gpointer line)
{
  gtk_editable_set_text (line, gtk_button_get_label (button));
  gtk_editable_set_position (line, -1);
  gtk_widget_grab_focus (line);
}

static void
append_suggestions (GtkBox *box, const char *const *suggestions, GtkWidget *line)
{
  GtkWidget *flow = gtk_flow_box_new ();

  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (flow), GTK_SELECTION_NONE);
  g_object_set (flow, "row-spacing", 6, "column-spacing", 6, "max-children-per-line", 3, NULL);
  for (guint i = 0; suggestions[i] != NULL; i++) {
    GtkWidget *button = gtk_button_new_with_label (suggestions[i]);

    g_signal_connect_object (button, "clicked", G_CALLBACK (on_suggestion_clicked_cb), line, 0);
    gtk_flow_box_insert (GTK_FLOW_BOX (flow), button, -1);
    gtk_widget_set_focusable (gtk_widget_get_parent (button), FALSE);
  }
  gtk_box_append (box, flow);
}

static void
append_line (Question *question, const WuyouReasonQuestion *asked)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), asked->entry);
  g_object_set (row, "activates-default", TRUE, NULL);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  gtk_box_append (GTK_BOX (box), group);
  if (asked->suggestions != NULL)
    append_suggestions (GTK_BOX (box), asked->suggestions, row);
  question->line = GTK_EDITABLE (row);
  adw_message_dialog_set_extra_child (question->dialog, box);
  g_signal_connect (row, "changed", G_CALLBACK (on_line_changed_cb), question);
}

GtkEditable *
wuyou_reason_dialog_present (GtkWidget *owner,
                             const WuyouReasonQuestion *asked,
                             void (*answered) (const char *text, gpointer data),
                             gpointer owner_data)
{
  GtkRoot *root = gtk_widget_get_root (owner);
  GtkWidget *dialog
      = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, asked->title, asked->text);
  Question *question = g_new0 (Question, 1);

  g_weak_ref_init (&question->owner, owner);
  question->dialog = ADW_MESSAGE_DIALOG (dialog);
  question->required = asked->required;
  question->answered = answered;
  question->data = owner_data;
  adw_message_dialog_add_responses (question->dialog, "cancel", asked->dismiss != NULL ? asked->dismiss : _ ("_Cancel"),
                                    "go", asked->button, NULL);
  adw_message_dialog_set_response_appearance (question->dialog, "go",
                                              asked->destructive ? ADW_RESPONSE_DESTRUCTIVE : ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (question->dialog, "go");
  adw_message_dialog_set_close_response (question->dialog, "cancel");
  adw_message_dialog_set_response_enabled (question->dialog, "go", asked->entry == NULL || !asked->required);
  if (asked->entry != NULL)
    append_line (question, asked);
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response_cb), question, free_question, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  return question->line;
}
