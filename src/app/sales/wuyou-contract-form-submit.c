/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n.h>

#include "drafts/wuyou-draft-conflict.h"
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

const char *
_wuyou_contract_form_get_action (WuyouRecordForm *form)
{
  const WuyouProduct *product = _wuyou_contract_form_get_product (WUYOU_CONTRACT_FORM (form));

  return product != NULL && product->rules.needs_review ? "send-to-review" : "submit";
}

void
_wuyou_contract_form_submit (WuyouContractForm *self)
{
  const WuyouContractFacts facts = _wuyou_contract_form_get_facts (self);
  g_autoptr (GError) problems = NULL;

  if (wuyou_busy_button_get_busy (self->submit))
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
  self->show_missing = FALSE;
  wuyou_record_form_submit (WUYOU_RECORD_FORM (self));
}

void
_wuyou_contract_form_resolve_conflict (WuyouContractForm *self, JsonObject *current)
{
  wuyou_draft_conflict_present (GTK_WIDGET (self), self->draft, current, &self->conflict);
}
