/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n.h>

#include "sales/wuyou-contract-form-private.h"
#include "sales/wuyou-contract-words.h"
#include "sales/wuyou-identity.h"
#include "sales/wuyou-term-rules.h"
#include "sales/wuyou-vin.h"

static gboolean
has_focus (WuyouContractForm *self, WuyouFieldRow *row)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, wuyou_field_row_get_row (row));
}

static void
show_texts (WuyouContractForm *self)
{
  GHashTableIter iter;
  gpointer value;

  self->setting = TRUE;
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    WuyouFieldRow *row = value;
    const WuyouField *field = wuyou_field_row_get_field (row);
    const char *text = wuyou_draft_get_text (self->draft, field);

    /* Never under the fingers of who types; a draft that is opened starts in an empty row that has the focus. */
    if (!has_focus (self, row) || *wuyou_field_row_get_text (row) == '\0')
      wuyou_field_row_set_text (row, text);
    /* Beside what was typed its own mask says nothing. */
    wuyou_field_row_set_kept (row, *wuyou_field_row_get_text (row) == '\0' ? wuyou_draft_get_kept (self->draft, field)
                                                                           : NULL);
  }
  self->setting = FALSE;
}

static void
show_vin (WuyouContractForm *self, const WuyouContract *contract)
{
  WuyouFieldRow *row = _wuyou_contract_form_get_row (self, "vin");
  WuyouFieldRow *reason = _wuyou_contract_form_get_row (self, "vin_reason");
  const WuyouField *field = wuyou_field_row_get_field (row);
  gboolean typed = wuyou_draft_is_plain (self->draft, field);
  g_autofree char *caution = NULL;
  g_autoptr (GString) text = NULL;
  WuyouVinFinding finding;

  wuyou_field_row_set_visible (reason, FALSE);
  if (!typed || contract->vin == NULL)
    return;
  finding = wuyou_vin_examine (contract->vin, wuyou_date_of_instant (wuyou_app_context_now (self->context)));
  caution = wuyou_vin_dup_caution (contract->vin);
  wuyou_field_row_set_visible (reason, caution != NULL || contract->vin_reason != NULL);
  if (caution != NULL) {
    wuyou_field_row_set_sentence (row, WUYOU_FIELD_ROW_CAUTION, caution);
    return;
  }
  text = g_string_new (_ ("Check digit right"));
  if (finding.maker != NULL)
    g_string_append_printf (text, " · %s", _ (finding.maker));
  if (finding.model_year != 0)
    g_string_append_printf (text, _ (" · model year %d"), finding.model_year);
  wuyou_field_row_set_sentence (row, WUYOU_FIELD_ROW_RIGHT, text->str);
}

static void
show_identity (WuyouContractForm *self, const WuyouContract *contract)
{
  WuyouFieldRow *row = _wuyou_contract_form_get_row (self, "owner_id_no");
  gboolean typed = wuyou_draft_is_plain (self->draft, wuyou_field_row_get_field (row));
  g_autoptr (GError) error = NULL;

  if (!typed || contract->owner_id_no == NULL || contract->owner_id_type == 0)
    return;
  if (!wuyou_identity_check (contract->owner_id_type, contract->owner_id_no, &error))
    wuyou_field_row_set_sentence (row, WUYOU_FIELD_ROW_WRONG, wuyou_error_sentence (error));
  else if (!wuyou_identity_is_adult (contract->owner_id_type, contract->owner_id_no,
                                     wuyou_date_of_instant (wuyou_app_context_now (self->context))))
    wuyou_field_row_set_sentence (row, WUYOU_FIELD_ROW_CAUTION,
                                  _ ("By this number the owner is under 18: a guardian must sign."));
  else
    wuyou_field_row_set_sentence (row, WUYOU_FIELD_ROW_RIGHT, _ ("Check character right"));
}

static void
show_owner_rows (WuyouContractForm *self, const WuyouContract *contract)
{
  gboolean company = contract->owner_kind == WUYOU_OWNER_COMPANY;

  wuyou_field_row_set_visible (_wuyou_contract_form_get_row (self, "agent_name"), company);
  wuyou_field_row_set_visible (_wuyou_contract_form_get_row (self, "agent_mobile"), company);
  wuyou_field_row_set_visible (_wuyou_contract_form_get_row (self, "mileage_km"),
                               contract->condition == WUYOU_CONDITION_USED || contract->mileage_km != 0);
}

static void
clear_sentences (WuyouContractForm *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    WuyouFieldRow *row = value;
    const GError *error = wuyou_draft_get_error (self->draft, wuyou_field_row_get_field (row));

    if (error != NULL)
      wuyou_field_row_set_sentence (row, WUYOU_FIELD_ROW_WRONG, wuyou_error_sentence (error));
    else
      wuyou_field_row_set_sentence (row, WUYOU_FIELD_ROW_QUIET, NULL);
  }
}

/* What is missing is told once somebody tried to submit; what is wrong, at once. */
static gboolean
is_missing (WuyouContractForm *self, const char *name)
{
  const WuyouField *field = wuyou_record_type_find (&wuyou_contract_type, name);

  return field == NULL
         || (*wuyou_draft_get_text (self->draft, field) == '\0' && wuyou_draft_get_kept (self->draft, field) == NULL);
}

static void
show_violation (WuyouContractForm *self, const GError *violation)
{
  const char *name = wuyou_error_get_field (violation);
  WuyouFieldRow *row = _wuyou_contract_form_get_row (self, name);

  if (row == NULL || (is_missing (self, name) && !self->show_missing))
    return;
  wuyou_field_row_set_sentence (row, is_missing (self, name) ? WUYOU_FIELD_ROW_MISSING : WUYOU_FIELD_ROW_WRONG,
                                wuyou_error_sentence (violation));
  wuyou_field_row_set_visible (row, TRUE);
}

static void
show_counts (WuyouContractForm *self, const guint *counts)
{
  for (guint i = 0; i < N_FORM_SECTIONS; i++) {
    gboolean is_submit = i == FORM_SUBMIT;
    g_autofree char *text = g_strdup_printf ("%u", counts[i]);
    g_autofree char *tip = g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "%u entry is missing or wrong", "%u entries are missing or wrong", counts[i]),
        counts[i]);

    gtk_label_set_text (self->nav_counts[i], text);
    gtk_widget_set_tooltip_text (GTK_WIDGET (self->nav_counts[i]), tip);
    gtk_widget_set_visible (GTK_WIDGET (self->nav_counts[i]), counts[i] > 0 && !is_submit);
    gtk_widget_set_visible (GTK_WIDGET (self->nav_ticks[i]), counts[i] == 0 && !is_submit);
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->nav_counts[i]), GTK_ACCESSIBLE_PROPERTY_LABEL, tip, -1);
  }
}

static char *
dup_gap (const WuyouPolicyGap *gap)
{
  char from[11], to[11];

  wuyou_date_format (gap->days.from, from);
  wuyou_date_format (gap->days.to, to);
  return g_strdup_printf (_ ("%s: %s to %s"), _ (wuyou_enum_label (wuyou_policy_kinds, gap->kind)), from, to);
}

static void
show_gaps (WuyouContractForm *self, const WuyouContract *contract)
{
  const WuyouProduct *product = _wuyou_contract_form_get_product (self);
  WuyouDate today = wuyou_date_of_instant (wuyou_app_context_now (self->context));
  GtkWidget *row = gtk_widget_get_ancestor (self->gap_info, ADW_TYPE_ACTION_ROW);
  g_autoptr (GArray) gaps = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  WuyouPeriod term;

  gtk_widget_set_visible (row, FALSE);
  if (product == NULL || contract->commercial_from == WUYOU_DATE_NONE
      || !wuyou_term_compute (contract, product, today, today, &term, NULL))
    return;
  gaps = wuyou_term_find_gaps (contract, term);
  for (guint i = 0; i < gaps->len; i++) {
    g_autofree char *gap = dup_gap (&g_array_index (gaps, WuyouPolicyGap, i));

    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", gap);
  }
  gtk_label_set_text (GTK_LABEL (self->gap_info),
                      gaps->len > 0 ? text->str : _ ("None: the policies cover the whole term."));
  gtk_widget_set_visible (row, TRUE);
}

void
_wuyou_contract_form_update_rows (WuyouContractForm *self)
{
  const WuyouContract *contract = wuyou_draft_get_record (self->draft);
  const WuyouContractFacts facts = _wuyou_contract_form_get_facts (self);
  g_autoptr (GError) problems = NULL;
  const GPtrArray *parts = NULL;
  guint counts[N_FORM_SECTIONS] = { 0 };

  show_texts (self);
  clear_sentences (self);
  show_owner_rows (self, contract);
  show_vin (self, contract);
  show_identity (self, contract);
  _wuyou_contract_form_update_price (self);
  show_gaps (self, contract);
  if (!wuyou_sale_draft_check (self->draft, &facts, &problems))
    parts = wuyou_error_get_violations (problems);
  for (guint i = 0; parts != NULL && i < parts->len; i++) {
    counts[_wuyou_contract_form_find_section (wuyou_error_get_field (parts->pdata[i]))]++;
    show_violation (self, parts->pdata[i]);
  }
  show_counts (self, counts);
  if (self->show_missing)
    _wuyou_contract_form_show_problems (self, problems);
}
