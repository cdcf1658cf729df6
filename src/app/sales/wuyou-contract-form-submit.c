/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n.h>

#include "base/wuyou-json.h"
#include "sales/wuyou-contract-form-private.h"
#include "sales/wuyou-contract-words.h"

static void
on_problem_activated_cb (AdwActionRow *row, WuyouContractForm *self)
{
  _wuyou_contract_form_jump (self, g_object_get_data (G_OBJECT (row), "wuyou-field"));
}

static GtkWidget *
build_problem (WuyouContractForm *self, const char *field, const char *sentence)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");

  g_object_set (row, "use-markup", FALSE, "title", wuyou_contract_words_field (field), "subtitle", sentence,
                "activatable", TRUE, NULL);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), arrow);
  g_object_set_data_full (G_OBJECT (row), "wuyou-field", g_strdup (field), g_free);
  g_signal_connect_object (row, "activated", G_CALLBACK (on_problem_activated_cb), self, 0);
  return row;
}

static GtkWidget *
replace_group (WuyouContractForm *self)
{
  GtkBox *column = GTK_BOX (gtk_widget_get_parent (self->missing));
  GtkWidget *group = adw_preferences_group_new ();

  gtk_box_insert_child_after (column, group, self->missing);
  gtk_box_remove (column, self->missing);
  self->missing = group;
  return group;
}

static void
keep_fields (WuyouContractForm *self, const GPtrArray *parts)
{
  g_ptr_array_set_size (self->todo_fields, 0);
  for (guint i = 0; parts != NULL && i < parts->len; i++)
    g_ptr_array_add (self->todo_fields, g_strdup (wuyou_error_get_field (parts->pdata[i])));
}

/* Filled in, what was jumped to is gone from the list, and the next one stands in its place. */
static void
on_todo_pressed_cb (WuyouContractForm *self)
{
  guint next = self->todo_at;

  if (self->todo_fields->len == 0)
    return;
  if (next < self->todo_fields->len && g_strcmp0 (self->todo_fields->pdata[next], self->todo_field) == 0)
    next++;
  self->todo_at = next % self->todo_fields->len;
  self->todo_field = g_intern_string (self->todo_fields->pdata[self->todo_at]);
  _wuyou_contract_form_jump (self, self->todo_field);
}

/* Above the form and always in sight: how much there is left, and the way to each. */
GtkWidget *
_wuyou_contract_form_build_todo (WuyouContractForm *self)
{
  self->todo = WUYOU_BANNER (wuyou_banner_new ());
  g_signal_connect_object (self->todo, "pressed", G_CALLBACK (on_todo_pressed_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self->todo);
}

void
_wuyou_contract_form_show_problems (WuyouContractForm *self, const GError *problems)
{
  const GPtrArray *parts = problems != NULL ? wuyou_error_get_violations (problems) : NULL;
  GtkWidget *group = replace_group (self);
  g_autofree char *title = NULL;

  keep_fields (self, parts);
  gtk_widget_set_visible (group, parts != NULL && parts->len > 0);
  if (parts == NULL || parts->len == 0) {
    wuyou_banner_hide (self->todo);
    return;
  }
  title = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%u entry is still to be done", "%u entries are still to be done", parts->len),
      parts->len);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  wuyou_banner_show (self->todo, WUYOU_BANNER_WARNING, title, _ ("_Next One"));
  for (guint i = 0; i < parts->len; i++) {
    const GError *one = parts->pdata[i];
    const char *field = wuyou_error_get_field (one);

    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), build_problem (self, field, wuyou_error_sentence (one)));
  }
}

static void
set_submitting (WuyouContractForm *self, gboolean submitting)
{
  self->submitting = submitting;
  wuyou_busy_button_set_busy (self->submit, submitting);
}

static void
on_submitted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WuyouContractForm) self = data;
  g_autofree char *etag = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = wuyou_client_call_finish (WUYOU_CLIENT (source), result, &etag, &error);

  if (answer != NULL)
    wuyou_draft_discard (self->draft);
  if (self->context == NULL)
    return;
  set_submitting (self, FALSE);
  if (answer != NULL) {
    wuyou_app_context_toast (self->context, _ ("Submitted. Print it and have the customer sign."));
    g_signal_emit_by_name (self, "closed");
    return;
  }
  if (g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_STALE))
    wuyou_contract_form_refresh (self);
  if (wuyou_error_get_violations (error) != NULL)
    _wuyou_contract_form_show_problems (self, error);
  wuyou_banner_show_error (self->banner, error);
}

static void
send_submission (WuyouContractForm *self)
{
  const WuyouProduct *product = _wuyou_contract_form_get_product (self);
  const char *action = product != NULL && product->rules.needs_review ? "send-to-review" : "submit";
  const char *args[] = { wuyou_draft_get_id (self->draft), action, NULL };
  g_autofree char *key = wuyou_app_context_new_id (self->context);
  WuyouCall call = { .route = WUYOU_ROUTE_CONTRACT_ACT,
                     .args = args,
                     .body = "{}",
                     .if_match = self->dossier->etag,
                     .idempotency_key = key,
                     .deadline = 60 };

  self->submit_wanted = FALSE;
  wuyou_client_call_async (wuyou_app_context_get_client (self->context), &call, NULL, on_submitted_cb,
                           g_object_ref (self));
}

/* What was typed last must be at the server first. */
void
_wuyou_contract_form_try_pending_submit (WuyouContractForm *self)
{
  if (!self->submit_wanted)
    return;
  if (wuyou_draft_get_state (self->draft) == WUYOU_DRAFT_REFUSED) {
    self->submit_wanted = FALSE;
    set_submitting (self, FALSE);
  } else if (wuyou_draft_is_settled (self->draft) && self->dossier != NULL) {
    send_submission (self);
  } else if (wuyou_draft_is_settled (self->draft)) {
    wuyou_contract_form_refresh (self);
  }
}

void
_wuyou_contract_form_submit (WuyouContractForm *self)
{
  const WuyouContractFacts facts = _wuyou_contract_form_get_facts (self);
  g_autoptr (GError) problems = NULL;

  if (self->submitting)
    return;
  if (!wuyou_sale_draft_check (self->draft, &facts, &problems)) {
    const GPtrArray *parts = wuyou_error_get_violations (problems);

    self->show_missing = TRUE;
    _wuyou_contract_form_update_rows (self);
    self->todo_at = 0;
    self->todo_field = NULL;
    if (parts != NULL && parts->len > 0)
      on_todo_pressed_cb (self);
    return;
  }
  if (!wuyou_client_get_online (wuyou_app_context_get_client (self->context))) {
    wuyou_banner_show (self->banner, WUYOU_BANNER_WARNING,
                       _ ("The server cannot be reached. Everything is kept here; submit when it is back."), NULL);
    return;
  }
  self->show_missing = FALSE;
  self->submit_wanted = TRUE;
  set_submitting (self, TRUE);
  wuyou_banner_hide (self->banner);
  wuyou_draft_flush (self->draft);
  _wuyou_contract_form_try_pending_submit (self);
}

/* Two people at one contract: for every entry that differs, whose is it to be? */
typedef struct {
  WuyouContractForm *form;
  JsonObject *current;
  GPtrArray *fields;  /* const WuyouField * */
  GPtrArray *choices; /* GtkSwitch: on is theirs */
} Conflict;

static void
free_conflict (gpointer data, GClosure *closure)
{
  Conflict *conflict = data;

  g_object_unref (conflict->form);
  json_object_unref (conflict->current);
  g_ptr_array_unref (conflict->fields);
  g_ptr_array_unref (conflict->choices);
  g_free (conflict);
}

static void
on_conflict_answered_cb (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  Conflict *conflict = data;

  if (conflict->form->context == NULL || !g_str_equal (response, "save"))
    return;
  for (guint i = 0; i < conflict->fields->len; i++)
    if (gtk_switch_get_active (g_ptr_array_index (conflict->choices, i)))
      wuyou_draft_take_theirs (conflict->form->draft, g_ptr_array_index (conflict->fields, i), conflict->current);
  wuyou_draft_send_again (conflict->form->draft, wuyou_json_get_int (conflict->current, "version"));
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
  return wuyou_contract_words_dup_value (field, wuyou_draft_get_record (draft));
}

/* Only what is typed here goes out: what differs from an older copy alone is theirs already. */
static guint
add_differences (Conflict *conflict, AdwPreferencesGroup *group)
{
  WuyouDraft *draft = conflict->form->draft;
  g_autoptr (WuyouContract) theirs = wuyou_contract_new ();

  wuyou_record_read_json (&wuyou_contract_type, theirs, conflict->current, WUYOU_CODEC_MASKED_INPUT, NULL);
  for (guint i = 0; i < wuyou_contract_type.n_fields; i++) {
    const WuyouField *field = &wuyou_contract_type.fields[i];
    g_autofree char *left = NULL;
    g_autofree char *right = NULL;

    if (!wuyou_draft_is_disputed (draft, field, theirs))
      continue;
    left = dup_mine (draft, field);
    right = wuyou_contract_words_dup_value (field, theirs);
    adw_preferences_group_add (group, build_difference (conflict, field, left, right));
  }
  return conflict->fields->len;
}

/* One question at a time: the newest says it all. */
static void
show_conflict (WuyouContractForm *self, GtkWindow *dialog)
{
  if (self->conflict != NULL)
    gtk_window_close (self->conflict);
  g_set_weak_pointer (&self->conflict, dialog);
  gtk_window_present (dialog);
}

void
_wuyou_contract_form_resolve_conflict (WuyouContractForm *self, JsonObject *current)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *group = adw_preferences_group_new ();
  Conflict *conflict = g_new0 (Conflict, 1);
  GtkWidget *dialog;

  conflict->form = g_object_ref (self);
  conflict->current = json_object_ref (current);
  conflict->fields = g_ptr_array_new ();
  conflict->choices = g_ptr_array_new_with_free_func (g_object_unref);
  if (add_differences (conflict, ADW_PREFERENCES_GROUP (group)) == 0) {
    g_object_ref_sink (group);
    g_object_unref (group);
    wuyou_draft_send_again (self->draft, wuyou_json_get_int (current, "version"));
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
  show_conflict (self, GTK_WINDOW (dialog));
}
