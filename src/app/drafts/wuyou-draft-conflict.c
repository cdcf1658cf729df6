/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "drafts/wuyou-draft-conflict.h"

#include <glib/gi18n.h>

#include "base/wuyou-json.h"
#include "widgets/wuyou-field-words.h"

/* Two people at one record: for every entry that differs, whose is it to be? */
typedef struct {
  WuyouDraft *draft;
  JsonObject *current;
  GPtrArray *fields;  /* const WuyouField * */
  GPtrArray *choices; /* GtkSwitch: on is theirs */
} Conflict;

static void
free_conflict (gpointer data, GClosure *closure)
{
  Conflict *conflict = data;

  g_object_unref (conflict->draft);
  json_object_unref (conflict->current);
  g_ptr_array_unref (conflict->fields);
  g_ptr_array_unref (conflict->choices);
  g_free (conflict);
}

static void
on_conflict_answered_cb (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  Conflict *conflict = data;

  if (!g_str_equal (response, "save"))
    return;
  for (guint i = 0; i < conflict->fields->len; i++)
    if (gtk_switch_get_active (g_ptr_array_index (conflict->choices, i)))
      wuyou_draft_take_theirs (conflict->draft, g_ptr_array_index (conflict->fields, i), conflict->current);
  wuyou_draft_send_again (conflict->draft, wuyou_json_get_int (conflict->current, "version"));
}

static GtkWidget *
build_difference (Conflict *conflict, const WuyouField *field, const char *mine, const char *theirs)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *choice = gtk_switch_new ();
  g_autofree char *text
      = g_strdup_printf (_ ("Yours: %s\nTheirs: %s"), *mine != '\0' ? mine : "—", *theirs != '\0' ? theirs : "—");
  g_autofree char *name = g_strdup_printf (_ ("Take theirs: %s"), _ (field->label));

  g_object_set (row, "use-markup", FALSE, "title", _ (field->label), "subtitle", text, "subtitle-lines", 4, NULL);
  gtk_widget_set_valign (choice, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (choice, _ ("Take theirs"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), choice);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), choice);
  g_ptr_array_add (conflict->fields, (gpointer) field);
  g_ptr_array_add (conflict->choices, g_object_ref (choice));
  return row;
}

/* What is typed here stands in the form in full; masked, it could look like theirs. */
static char *
dup_mine (WuyouDraft *draft, const WuyouField *field)
{
  if (field->pi != WUYOU_PI_NONE)
    return g_strdup (wuyou_draft_get_text (draft, field));
  return wuyou_field_words_dup_value (field, wuyou_draft_get_record (draft));
}

/* Only what is typed here goes out: what differs from an older copy alone is theirs already. */
static guint
add_differences (Conflict *conflict, AdwPreferencesGroup *group)
{
  WuyouDraft *draft = conflict->draft;
  const WuyouRecordType *type = wuyou_draft_get_kind (draft)->type;
  gpointer theirs = wuyou_record_new (type);

  wuyou_record_read_json (type, theirs, conflict->current, WUYOU_CODEC_MASKED_INPUT, NULL);
  for (guint i = 0; i < type->n_fields; i++) {
    const WuyouField *field = &type->fields[i];
    g_autofree char *left = NULL;
    g_autofree char *right = NULL;

    if (!wuyou_draft_is_disputed (draft, field, theirs))
      continue;
    left = dup_mine (draft, field);
    right = wuyou_field_words_dup_value (field, theirs);
    adw_preferences_group_add (group, build_difference (conflict, field, left, right));
  }
  wuyou_record_free (type, theirs);
  return conflict->fields->len;
}

/* One question at a time: the newest says it all. */
static void
show_question (GtkWindow **open, GtkWindow *dialog)
{
  if (*open != NULL)
    gtk_window_close (*open);
  g_set_weak_pointer (open, dialog);
  gtk_window_present (dialog);
}

void
wuyou_draft_conflict_present (GtkWidget *owner, WuyouDraft *draft, JsonObject *current, GtkWindow **open)
{
  GtkRoot *root = gtk_widget_get_root (owner);
  GtkWidget *group = adw_preferences_group_new ();
  Conflict *conflict = g_new0 (Conflict, 1);
  GtkWidget *dialog;

  conflict->draft = g_object_ref (draft);
  conflict->current = json_object_ref (current);
  conflict->fields = g_ptr_array_new ();
  conflict->choices = g_ptr_array_new_with_free_func (g_object_unref);
  if (add_differences (conflict, ADW_PREFERENCES_GROUP (group)) == 0) {
    g_object_ref_sink (group);
    g_object_unref (group);
    wuyou_draft_send_again (draft, wuyou_json_get_int (current, "version"));
    free_conflict (conflict, NULL);
    return;
  }
  dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                   _ ("Changed by Someone Else Meanwhile"),
                                   _ ("These entries differ. Yours are saved unless you take theirs."));
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), group);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "later", _ ("_Later"), "save", _ ("_Save"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "save");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "later");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_conflict_answered_cb), conflict, free_conflict, 0);
  show_question (open, GTK_WINDOW (dialog));
}
