/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n.h>

#include "claims/wuyou-contract-claims.h"
#include "sales/wuyou-contract-detail-private.h"
#include "sales/wuyou-contract-words.h"
#include "sales/wuyou-document-window.h"
#include "sales/wuyou-print-window.h"
#include "widgets/wuyou-masked-row.h"
#include "widgets/wuyou-timeline.h"
#include "widgets/wuyou-value-rows.h"
#include "wuyou-paper-payload.h"
#include "widgets/wuyou-field-words.h"

static AdwPreferencesGroup *
append_group (WuyouContractDetail *self, const char *title)
{
  AdwPreferencesGroup *group = wuyou_value_group_new (title);

  adw_bin_set_child (self->bins->pdata[self->filling], GTK_WIDGET (group));
  return group;
}

static void
on_show_requested_cb (GtkWidget *row, WuyouContractDetail *self)
{
  wuyou_record_detail_unmask (WUYOU_RECORD_DETAIL (self), row, g_object_get_data (G_OBJECT (row), "wuyou-field"));
}

static void
add_masked (WuyouContractDetail *self, AdwPreferencesGroup *group, const WuyouField *field)
{
  const char *masked = wuyou_field_get_text (field, self->dossier->contract);
  GtkWidget *row = wuyou_masked_row_new (_ (field->label), masked);

  g_object_set (
      row, "can-show",
      wuyou_session_can (wuyou_app_context_get_session (self->context), WUYOU_OBJECT_CUSTOMER, WUYOU_VERB_UNMASK),
      NULL);
  gtk_widget_add_css_class (row, "wuyou-value");
  g_object_set_data (G_OBJECT (row), "wuyou-field", (gpointer) field->name);
  g_signal_connect_object (row, "show-requested", G_CALLBACK (on_show_requested_cb), self, 0);
  adw_preferences_group_add (group, row);
}

static gboolean
is_shown (const WuyouField *field, const char *section)
{
  return g_strcmp0 (field->section, section) == 0 && field->kind != WUYOU_KIND_ID && field->kind != WUYOU_KIND_HASH
         && field->kind != WUYOU_KIND_JSON;
}

static guint
add_section (WuyouContractDetail *self, AdwPreferencesGroup *group, const char *section)
{
  const WuyouContract *contract = self->dossier->contract;
  guint n_rows = 0;

  for (guint i = 0; i < wuyou_contract_type.n_fields; i++) {
    const WuyouField *field = &wuyou_contract_type.fields[i];
    g_autofree char *value = NULL;

    if (!is_shown (field, section) || !wuyou_field_is_set (field, contract))
      continue;
    n_rows++;
    if (field->pi != WUYOU_PI_NONE && wuyou_field_is_text (field)) {
      add_masked (self, group, field);
      continue;
    }
    value = wuyou_field_words_dup_value (field, contract);
    wuyou_value_group_add (group, _ (field->label), value);
  }
  return n_rows;
}

static void
fill_fields (WuyouContractDetail *self, const char *title, const char *section)
{
  AdwPreferencesGroup *group = append_group (self, title);

  if (add_section (self, group, section) == 0)
    wuyou_value_group_add_nothing (group, _ ("Nothing entered yet"));
}

static void
add_term (AdwPreferencesGroup *group, const WuyouContract *contract)
{
  char from[11] = "", to[11] = "";
  g_autofree char *text = NULL;

  if (contract->effective_on == WUYOU_DATE_NONE || contract->ends_on == WUYOU_DATE_NONE)
    return;
  wuyou_date_format (contract->effective_on, from);
  wuyou_date_format (contract->ends_on, to);
  text = g_strdup_printf (_ ("%s to %s"), from, to);
  wuyou_value_group_add (group,
                         contract->state == WUYOU_CONTRACT_AWAIT_SIGN || contract->state == WUYOU_CONTRACT_AWAIT_PAYMENT
                             ? _ ("Term, if signed and paid at once")
                             : _ ("Term"),
                         text);
}

/* Both ways to count, the one that the terms go by first. */
static void
add_quote (AdwPreferencesGroup *group, const WuyouRefund *refund)
{
  for (guint i = 0; i < 2; i++) {
    gboolean with_day = (i == 0) == refund->day_included;
    g_autofree char *text = wuyou_contract_words_dup_count (refund, with_day);
    g_autofree char *title = g_strdup_printf (i == 0 ? _ ("By the terms: %s") : _ ("For comparison: %s"),
                                              wuyou_contract_words_count_label (with_day));

    wuyou_value_group_add (group, title, text);
  }
}

static gboolean
has_section (const WuyouContract *contract, const char *section)
{
  for (guint i = 0; i < wuyou_contract_type.n_fields; i++) {
    const WuyouField *field = &wuyou_contract_type.fields[i];

    if (is_shown (field, section) && wuyou_field_is_set (field, contract))
      return TRUE;
  }
  return FALSE;
}

/* Once there is something of it. */
static void
fill_end (WuyouContractDetail *self)
{
  AdwPreferencesGroup *group;
  WuyouRefund refund;

  gtk_widget_set_visible (self->bins->pdata[self->filling], has_section (self->dossier->contract, "end"));
  group = append_group (self, _ ("End of the contract"));
  add_section (self, group, "end");
  if (wuyou_refund_from_json (self->dossier->contract->refund_json, &refund))
    add_quote (group, &refund);
}

static void
fill_overview (WuyouContractDetail *self)
{
  const WuyouContract *contract = self->dossier->contract;
  AdwPreferencesGroup *group = append_group (self, _ ("Overview"));
  g_autofree char *vehicle = wuyou_contract_words_dup_vehicle (contract);
  const WuyouField *price = wuyou_record_type_find (&wuyou_contract_type, "received_fen");
  g_autofree char *amount = wuyou_contract_words_dup_price (contract);

  if (contract->state_reason != NULL)
    wuyou_value_group_add (group, _ ("Said with the last step"), contract->state_reason);
  if (self->dossier->product_label != NULL)
    wuyou_value_group_add (group, _ ("Product"), self->dossier->product_label);
  if (*vehicle != '\0')
    wuyou_value_group_add (group, _ ("Vehicle"), vehicle);
  if (contract->owner_name != NULL)
    wuyou_value_group_add (group, _ ("Owner"), contract->owner_name);
  if (*amount != '\0')
    wuyou_value_group_add (group, _ (price->label), amount);
  add_term (group, contract);
  if (self->dossier->org_name != NULL)
    wuyou_value_group_add (group, _ ("Dealership"), self->dossier->org_name);
}

static void
fill_money (WuyouContractDetail *self)
{
  AdwPreferencesGroup *group = append_group (self, _ ("Price and payment"));
  guint n_rows
      = add_section (self, group, "price") + add_section (self, group, "term") + add_section (self, group, "payment");

  if (n_rows == 0)
    wuyou_value_group_add_nothing (group, _ ("Nothing entered yet"));
}

static void
on_document_clicked_cb (GtkButton *button, WuyouContractDetail *self)
{
  const char *id = g_object_get_data (G_OBJECT (button), "wuyou-id");

  for (guint i = 0; self->dossier != NULL && i < self->dossier->documents->len; i++) {
    const WuyouDocument *document = self->dossier->documents->pdata[i];

    if (g_strcmp0 (document->id, id) == 0) {
      wuyou_document_window_present (self->context, GTK_WIDGET (self), document);
      return;
    }
  }
}

static char *
dup_document_state (const WuyouDocument *document)
{
  g_autofree char *size = g_format_size ((guint64) MAX (document->size, 0));
  g_autofree char *at = wuyou_instant_format_local (document->created_at);

  return g_strdup_printf ("%s · %s · %s", _ (wuyou_enum_label (wuyou_document_states, document->state)), size, at);
}

static void
add_document (WuyouContractDetail *self, AdwPreferencesGroup *group, const WuyouDocument *document)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("view-reveal-symbolic");
  g_autofree char *state = dup_document_state (document);
  g_autofree char *name = g_strdup_printf (_ ("Open %s"), _ (wuyou_enum_label (wuyou_slots, document->slot)));

  g_object_set (row, "use-markup", FALSE, NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (wuyou_enum_label (wuyou_slots, document->slot)));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), state);
  gtk_widget_add_css_class (button, "flat");
  g_object_set (button, "valign", GTK_ALIGN_CENTER, "tooltip-text", name, "sensitive",
                document->state == WUYOU_DOCUMENT_AVAILABLE
                    && wuyou_session_can (wuyou_app_context_get_session (self->context), WUYOU_OBJECT_CUSTOMER,
                                          WUYOU_VERB_UNMASK),
                NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (button), "wuyou-id", g_strdup (document->id), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_document_clicked_cb), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (group, row);
}

static void
fill_documents (WuyouContractDetail *self)
{
  AdwPreferencesGroup *group = append_group (self, _ ("Documents"));

  for (guint i = 0; i < self->dossier->documents->len; i++)
    add_document (self, group, self->dossier->documents->pdata[i]);
  if (self->dossier->documents->len == 0)
    wuyou_value_group_add_nothing (group, _ ("No documents yet"));
}

static void
on_paper_clicked_cb (GtkButton *button, WuyouContractDetail *self)
{
  if (self->dossier != NULL)
    wuyou_print_window_present (self->context, GTK_WIDGET (self), self->dossier,
                                g_object_get_data (G_OBJECT (button), "wuyou-kind"));
}

static void
add_copies (AdwPreferencesGroup *group, const WuyouDossierPaper *paper)
{
  for (guint i = 0; paper->copies != NULL && i < paper->copies->len; i++) {
    const WuyouDossierCopy *copy = paper->copies->pdata[i];
    GtkWidget *row = adw_action_row_new ();
    g_autofree char *at = wuyou_instant_format_local (copy->at);
    g_autofree char *title = g_strdup_printf (_ ("Copy %d"), (int) copy->copy_number);
    g_autofree char *text = g_strdup_printf ("%s · %s%s%s", at, copy->actor != NULL ? copy->actor : "",
                                             copy->reprint_reason != NULL ? " · " : "",
                                             copy->reprint_reason != NULL ? copy->reprint_reason : "");

    g_object_set (row, "use-markup", FALSE, "title", title, "subtitle", text, NULL);
    adw_preferences_group_add (group, row);
  }
}

static char *
dup_paper_text (const WuyouDossierPaper *paper)
{
  g_autofree char *code = paper->content_sha256 != NULL ? wuyou_paper_short_code (paper->content_sha256) : NULL;

  if (paper->pages > 0)
    return g_strdup_printf (_ ("Revision %d · %d pages · %s"), (int) paper->revision, (int) paper->pages,
                            code != NULL ? code : "");
  return g_strdup_printf (_ ("Revision %d · %s"), (int) paper->revision, code != NULL ? code : "");
}

static void
add_paper (WuyouContractDetail *self, AdwPreferencesGroup *group, const WuyouDossierPaper *paper)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("document-print-symbolic");
  const char *name = wuyou_print_window_kind_label (paper->kind);
  g_autofree char *tip = g_strdup_printf (_ ("Print: %s"), name);
  g_autofree char *text = dup_paper_text (paper);

  g_object_set (row, "use-markup", FALSE, "title", name, "subtitle", text, NULL);
  gtk_widget_add_css_class (button, "flat");
  g_object_set (button, "valign", GTK_ALIGN_CENTER, "tooltip-text", tip, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tip, -1);
  g_object_set_data_full (G_OBJECT (button), "wuyou-kind", g_strdup (paper->kind), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_paper_clicked_cb), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (group, row);
  add_copies (group, paper);
}

/* Asked for on its own: most contracts never have one. */
static void
fill_claims (WuyouContractDetail *self)
{
  AdwBin *bin = self->bins->pdata[self->filling];
  WuyouSession *session = wuyou_app_context_get_session (self->context);
  const WuyouContract *contract = self->dossier->contract;
  gboolean shown
      = contract->effective_on != WUYOU_DATE_NONE && wuyou_session_can (session, WUYOU_OBJECT_CLAIM, WUYOU_VERB_READ);
  GtkWidget *claims = adw_bin_get_child (bin);

  gtk_widget_set_visible (GTK_WIDGET (bin), shown);
  if (!shown)
    return;
  if (claims == NULL) {
    claims = wuyou_contract_claims_new (self->context);
    adw_bin_set_child (bin, claims);
  }
  wuyou_contract_claims_set (WUYOU_CONTRACT_CLAIMS (claims), contract, self->dossier->for_dealer);
}

/* Known once the contract was submitted, even before the first look makes the server draw it. */
static void
fill_papers (WuyouContractDetail *self)
{
  static const char *const kinds[] = { "contract", "consent-sheet" };
  AdwPreferencesGroup *group = append_group (self, _ ("Papers"));

  if (!_wuyou_contract_detail_has_papers (self)) {
    wuyou_value_group_add_nothing (group, _ ("The paper is made when the contract is submitted."));
    return;
  }
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    const WuyouDossierPaper *paper = wuyou_dossier_find_paper (self->dossier, kinds[i]);
    const WuyouDossierPaper unseen = { .kind = (char *) kinds[i],
                                       .revision = self->dossier->contract->revision,
                                       .content_sha256 = self->dossier->contract->content_sha256 };

    add_paper (self, group, paper != NULL ? paper : &unseen);
  }
}

static void
fill_timeline (WuyouContractDetail *self)
{
  static const WuyouTimelineWords words
      = { &wuyou_contract_type, wuyou_contract_words_action, wuyou_contract_words_field };

  adw_bin_set_child (self->bins->pdata[self->filling], wuyou_timeline_new (self->dossier->timeline, &words));
}

static void
fill_vehicle (WuyouContractDetail *self)
{
  fill_fields (self, _ ("Vehicle"), "vehicle");
}

static void
fill_owner (WuyouContractDetail *self)
{
  AdwPreferencesGroup *group = append_group (self, _ ("Owner"));
  guint n_rows = add_section (self, group, "owner") + add_section (self, group, "consent");

  if (n_rows == 0)
    wuyou_value_group_add_nothing (group, _ ("Nothing entered yet"));
}

static void
fill_policies (WuyouContractDetail *self)
{
  fill_fields (self, _ ("Motor policies"), "policies");
}

static const struct {
  const char *label; /* of the jump */
  void (*fill) (WuyouContractDetail *self);
} sections[] = {
  { N_ ("Overview"), fill_overview },   { N_ ("End of the contract"), fill_end }, { N_ ("Vehicle"), fill_vehicle },
  { N_ ("Owner"), fill_owner },         { N_ ("Policies"), fill_policies },       { N_ ("Price"), fill_money },
  { N_ ("Documents"), fill_documents }, { N_ ("Claims"), fill_claims },           { N_ ("Papers"), fill_papers },
  { N_ ("Timeline"), fill_timeline },
};

void
_wuyou_contract_detail_add_sections (WuyouContractDetail *self)
{
  self->bins = g_ptr_array_new ();
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    g_ptr_array_add (self->bins, wuyou_case_view_add_section (self->view, _ (sections[i].label)));
}

void
_wuyou_contract_detail_fill (WuyouContractDetail *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++) {
    self->filling = i;
    sections[i].fill (self);
  }
}
