/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n.h>

#include "base/wuyou-money.h"
#include "claims/wuyou-claim-checklist.h"
#include "claims/wuyou-claim-detail-private.h"
#include "claims/wuyou-claim-settlement-view.h"
#include "claims/wuyou-claim-text.h"
#include "sales/wuyou-contract-words.h"
#include "wuyou-claim-paper.h"
#include "widgets/wuyou-field-words.h"
#include "widgets/wuyou-masked-row.h"
#include "widgets/wuyou-timeline.h"
#include "widgets/wuyou-value-rows.h"

static AdwPreferencesGroup *
append_group (WuyouClaimDetail *self, const char *title)
{
  AdwPreferencesGroup *group = wuyou_value_group_new (title);

  adw_bin_set_child (self->bins->pdata[self->filling], GTK_WIDGET (group));
  return group;
}

static void
set_visible (WuyouClaimDetail *self, gboolean visible)
{
  gtk_widget_set_visible (self->bins->pdata[self->filling], visible);
}

static void
on_show_requested_cb (GtkWidget *row, WuyouClaimDetail *self)
{
  _wuyou_claim_detail_unmask (self, row, g_object_get_data (G_OBJECT (row), "wuyou-field"));
}

/* @record names it on the wire: "claim", "contract". */
static void
add_masked (WuyouClaimDetail *self,
            AdwPreferencesGroup *group,
            const char *record,
            const WuyouField *field,
            gconstpointer values)
{
  GtkWidget *row = wuyou_masked_row_new (_ (field->label), wuyou_field_get_text (field, values));
  g_autofree char *name = g_strconcat (record, ".", field->name, NULL);

  g_object_set (row, "can-show", _wuyou_claim_detail_can (self, WUYOU_OBJECT_CUSTOMER, WUYOU_VERB_UNMASK), NULL);
  gtk_widget_add_css_class (row, "wuyou-value");
  g_object_set_data (G_OBJECT (row), "wuyou-field", (gpointer) g_intern_string (name));
  g_signal_connect_object (row, "show-requested", G_CALLBACK (on_show_requested_cb), self, 0);
  adw_preferences_group_add (group, row);
}

static void
add_field (WuyouClaimDetail *self,
           AdwPreferencesGroup *group,
           const char *record,
           const WuyouField *field,
           gconstpointer values)
{
  g_autofree char *value = NULL;

  if (field->pi != WUYOU_PI_NONE && wuyou_field_is_text (field)) {
    add_masked (self, group, record, field, values);
    return;
  }
  value = wuyou_field_words_dup_value (field, values);
  wuyou_value_group_add (group, _ (field->label), value);
}

static gboolean
is_shown (const WuyouField *field, const char *section)
{
  return g_strcmp0 (field->section, section) == 0 && field->kind != WUYOU_KIND_ID && field->kind != WUYOU_KIND_HASH
         && field->kind != WUYOU_KIND_JSON && !g_str_equal (field->name, "reported_late");
}

static guint
add_section (WuyouClaimDetail *self, AdwPreferencesGroup *group, const char *section)
{
  guint n_rows = 0;

  for (guint i = 0; i < wuyou_claim_type.n_fields; i++) {
    const WuyouField *field = &wuyou_claim_type.fields[i];

    if (!is_shown (field, section) || !wuyou_field_is_set (field, self->dossier->claim))
      continue;
    add_field (self, group, "claim", field, self->dossier->claim);
    n_rows++;
  }
  return n_rows;
}

static void
add_person (WuyouClaimDetail *self, AdwPreferencesGroup *group, const char *title, const char *account_id)
{
  const char *name = wuyou_claim_dossier_get_person (self->dossier, account_id);

  if (*name != '\0')
    wuyou_value_group_add (group, title, name);
}

/* --- what is missing for the next step --- */

static void
on_missing_activated_cb (AdwActionRow *row, WuyouClaimDetail *self)
{
  const char *name = g_object_get_data (G_OBJECT (row), "wuyou-field");
  const WuyouField *field = wuyou_record_type_find (&wuyou_claim_type, name);

  if (field != NULL && wuyou_claim_dossier_is_open (self->dossier, field->section))
    g_signal_emit_by_name (self, "edit-requested", self->id, name);
  else if (!wuyou_evidence_view_focus_slot (self->evidence, name))
    wuyou_case_view_jump (self->view, _wuyou_claim_detail_find_section (self, name));
}

static void
add_missing (WuyouClaimDetail *self, AdwPreferencesGroup *group, const WuyouDossierProblem *problem)
{
  g_autofree char *detail = wuyou_claim_text_dup_problem (problem);
  AdwActionRow *row = wuyou_value_group_add_text (group, wuyou_claim_text_slot (self->dossier, problem->field), detail);

  adw_action_row_add_suffix (row, gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "wuyou-field", g_strdup (problem->field), g_free);
  g_signal_connect_object (row, "activated", G_CALLBACK (on_missing_activated_cb), self, 0);
}

static void
fill_missing (WuyouClaimDetail *self)
{
  const WuyouDossierAction *next = wuyou_claim_dossier_get_next (self->dossier);
  guint n = next != NULL && !next->allowed ? next->violations->len : 0;
  g_autofree char *title = NULL;
  AdwPreferencesGroup *group;

  set_visible (self, n > 0);
  if (n == 0)
    return;
  title = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u thing is missing: %s", "%u things are missing: %s", n), n,
                           _ (next->transition->label));
  group = append_group (self, title);
  for (guint i = 0; i < n; i++)
    add_missing (self, group, next->violations->pdata[i]);
}

/* --- the case --- */

static void
fill_loss (WuyouClaimDetail *self)
{
  const WuyouClaim *claim = self->dossier->claim;
  AdwPreferencesGroup *group = append_group (self, _ ("Loss"));

  if (claim->state_reason != NULL)
    wuyou_value_group_add (group, _ ("Reason"), claim->state_reason);
  if (claim->reported_late)
    wuyou_value_group_add_marked (group, _ ("Reported late"), _ ("After the days agreed; the assessor decides."),
                                  "dialog-warning-symbolic", "warning");
  if (add_section (self, group, "loss") == 0)
    wuyou_value_group_add_nothing (group, _ ("Nothing entered yet"));
  add_section (self, group, "consent");
  add_person (self, group, _ ("Consent attested by"), claim->consent_attested_by);
}

static void
on_contract_clicked_cb (WuyouClaimDetail *self)
{
  if (self->dossier != NULL)
    wuyou_app_context_go (self->context, "sales", self->dossier->claim->contract_id);
}

static void
add_open_button (WuyouClaimDetail *self, AdwPreferencesGroup *group)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Open the Contract"));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  adw_preferences_group_set_header_suffix (group, button);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_contract_clicked_cb), self, G_CONNECT_SWAPPED);
}

static void
add_contract_field (WuyouClaimDetail *self, AdwPreferencesGroup *group, const char *name)
{
  const WuyouField *field = wuyou_record_type_find (&wuyou_contract_type, name);

  if (wuyou_field_is_set (field, self->dossier->contract))
    add_field (self, group, "contract", field, self->dossier->contract);
}

static void
fill_contract (WuyouClaimDetail *self)
{
  static const char *const fields[] = { "number",
                                        "vin",
                                        "plate",
                                        "owner_name",
                                        "owner_mobile",
                                        "first_invoice_on",
                                        "effective_on",
                                        "ends_on",
                                        "invoice_amount_fen",
                                        "commercial_insurer",
                                        "commercial_policy_no",
                                        "commercial_from",
                                        "commercial_to" };
  AdwPreferencesGroup *group = append_group (self, _ ("Contract and car"));
  g_autofree char *vehicle = wuyou_contract_words_dup_vehicle (self->dossier->contract);

  if (_wuyou_claim_detail_can (self, WUYOU_OBJECT_CONTRACT, WUYOU_VERB_READ))
    add_open_button (self, group);
  if (*vehicle != '\0')
    wuyou_value_group_add (group, _ ("Vehicle"), vehicle);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    add_contract_field (self, group, fields[i]);
  if (self->dossier->product_label != NULL)
    wuyou_value_group_add (group, _ ("Product"), self->dossier->product_label);
  if (self->dossier->org_name != NULL)
    wuyou_value_group_add (group, _ ("Dealership"), self->dossier->org_name);
  if (self->dossier->insurer_name != NULL)
    wuyou_value_group_add (group, _ ("Insurer"), self->dossier->insurer_name);
}

static void
fill_determination (WuyouClaimDetail *self)
{
  AdwPreferencesGroup *group = append_group (self, _ ("Insurer’s determination"));

  if (add_section (self, group, "determination") == 0)
    wuyou_value_group_add_nothing (group, _ ("Not recorded yet"));
  add_person (self, group, _ ("Recorded by"), self->dossier->claim->determined_by);
}

gboolean
_wuyou_claim_detail_reviews (WuyouClaimDetail *self)
{
  const WuyouClaim *claim = self->dossier->claim;
  const char *me = wuyou_session_get_account_id (wuyou_app_context_get_session (self->context));
  gboolean reviewing = claim->state == WUYOU_CLAIM_PRE_REVIEW || claim->state == WUYOU_CLAIM_FINAL_REVIEW;

  return reviewing && g_strcmp0 (claim->assessor_id, me) == 0
         && _wuyou_claim_detail_can (self, WUYOU_OBJECT_CLAIM, WUYOU_VERB_APPROVE);
}

/* Who reviews judges, who may add adds; the others look. */
static WuyouEvidenceMode
choose_mode (WuyouClaimDetail *self)
{
  if (_wuyou_claim_detail_can (self, WUYOU_OBJECT_CLAIM_DOCUMENT, WUYOU_VERB_CREATE)
      || _wuyou_claim_detail_can (self, WUYOU_OBJECT_CLAIM_DETERMINATION, WUYOU_VERB_CREATE)
      || _wuyou_claim_detail_can (self, WUYOU_OBJECT_CLAIM, WUYOU_VERB_EXECUTE))
    return WUYOU_EVIDENCE_CLERK;
  return _wuyou_claim_detail_reviews (self) ? WUYOU_EVIDENCE_REVIEWER : WUYOU_EVIDENCE_READER;
}

static void
fill_evidence (WuyouClaimDetail *self)
{
  wuyou_evidence_view_set_mode (self->evidence, choose_mode (self));
  wuyou_evidence_view_take (self->evidence, self->dossier->answer, self->dossier->etag);
  adw_bin_set_child (self->bins->pdata[self->filling], GTK_WIDGET (self->evidence));
}

static gboolean
sees_review (WuyouClaimDetail *self)
{
  return _wuyou_claim_detail_can (self, WUYOU_OBJECT_CLAIM, WUYOU_VERB_APPROVE)
         || _wuyou_claim_detail_can (self, WUYOU_OBJECT_CLAIM_DECISION, WUYOU_VERB_APPROVE)
         || self->dossier->claim->check_contract != 0;
}

static void
fill_review (WuyouClaimDetail *self)
{
  const WuyouClaim *claim = self->dossier->claim;
  gboolean shown = sees_review (self) && claim->submitted_at != 0;

  set_visible (self, shown);
  wuyou_claim_review_set (self->review, self->dossier, _wuyou_claim_detail_reviews (self));
  adw_bin_set_child (self->bins->pdata[self->filling], GTK_WIDGET (self->review));
}

static void
fill_flags (WuyouClaimDetail *self)
{
  AdwPreferencesGroup *group;

  set_visible (self, self->dossier->flags != NULL && self->dossier->flags->len > 0);
  if (self->dossier->flags == NULL)
    return;
  group = append_group (self, _ ("Red flags"));
  for (guint i = 0; i < self->dossier->flags->len; i++)
    _wuyou_claim_detail_add_flag (self, group, self->dossier->flags->pdata[i]);
}

static void
fill_car (WuyouClaimDetail *self)
{
  AdwPreferencesGroup *group = append_group (self, _ ("New car and costs"));
  guint n_rows = add_section (self, group, "replacement") + add_section (self, group, "costs");

  set_visible (self, n_rows > 0 || wuyou_claim_dossier_is_open (self->dossier, "replacement"));
  if (n_rows == 0)
    wuyou_value_group_add_nothing (group, _ ("Nothing entered yet"));
}

static void
fill_settlement (WuyouClaimDetail *self)
{
  const WuyouClaim *claim = self->dossier->claim;
  const char *me = wuyou_session_get_account_id (wuyou_app_context_get_session (self->context));
  gboolean mine = claim->state == WUYOU_CLAIM_FINAL_REVIEW && g_strcmp0 (claim->assessor_id, me) == 0
                  && _wuyou_claim_detail_can (self, WUYOU_OBJECT_CLAIM, WUYOU_VERB_APPROVE);

  set_visible (self, mine || claim->settlement_json != NULL);
  adw_bin_set_child (self->bins->pdata[self->filling], wuyou_claim_settlement_view_new (self->dossier));
  if (mine)
    _wuyou_claim_detail_add_settling (self, self->bins->pdata[self->filling]);
}

static void
add_day (AdwPreferencesGroup *group, const char *title, WuyouDate date)
{
  char text[11] = "";

  if (date == WUYOU_DATE_NONE)
    return;
  wuyou_date_format (date, text);
  wuyou_value_group_add (group, title, text);
}

static void
fill_payment (WuyouClaimDetail *self)
{
  const WuyouClaim *claim = self->dossier->claim;
  gint64 due = wuyou_claim_amount (claim);
  AdwPreferencesGroup *group;
  g_autofree char *amount = NULL;
  g_autofree char *shown = NULL;

  set_visible (self,
               claim->paid_fen != 0 || claim->state == WUYOU_CLAIM_APPROVED || claim->state == WUYOU_CLAIM_SETTLING);
  group = append_group (self, _ ("Payment"));
  amount = wuyou_money_format (claim->paid_fen != 0 ? claim->paid_fen : due);
  shown = g_strconcat ("¥", amount, NULL);
  wuyou_value_group_add (group, claim->paid_fen != 0 ? _ ("Amount paid") : _ ("Amount to be paid"), shown);
  add_day (group, _ ("Paid on"), claim->paid_on);
  if (claim->payment_reference != NULL)
    wuyou_value_group_add (group, _ ("Payment reference"), claim->payment_reference);
  add_day (group, _ ("New car handed over"), claim->delivered_on);
}

static void
add_paper (WuyouClaimDetail *self, AdwPreferencesGroup *group, const WuyouClaimPaper *paper)
{
  g_autofree char *at = wuyou_instant_format_local (paper->at);
  g_autofree char *pages = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d page", "%d pages", (gulong) paper->pages),
                                            (int) paper->pages);
  g_autofree char *text = g_strdup_printf ("%s · %s", at, pages);
  AdwActionRow *row = wuyou_value_group_add_text (group, wuyou_claim_text_paper (paper->kind), text);

  _wuyou_claim_detail_add_letter_button (self, row, paper->kind);
}

/* Not stored: drawn of what the claim says now, to be signed, checked or kept. */
static guint
add_present_papers (WuyouClaimDetail *self, AdwPreferencesGroup *group)
{
  guint n_rows = 0;

  for (const WuyouClaimPaperKind *kind = wuyou_claim_paper_kinds; kind->kind != NULL; kind++) {
    AdwActionRow *row;

    if (kind->letter || !wuyou_claim_paper_is_open (kind, self->dossier->claim))
      continue;
    row = wuyou_value_group_add_text (group, wuyou_claim_text_paper (kind->kind), _ ("As the claim stands now"));
    _wuyou_claim_detail_add_letter_button (self, row, kind->kind);
    n_rows++;
  }
  return n_rows;
}

static gboolean
is_insurer (WuyouClaimDetail *self)
{
  return g_strcmp0 (wuyou_session_get_org_kind (wuyou_app_context_get_session (self->context)), "INSURER") == 0;
}

static void
fill_papers (WuyouClaimDetail *self)
{
  AdwPreferencesGroup *group = append_group (self, _ ("Letters and papers"));
  guint n_rows = is_insurer (self) ? 0 : add_present_papers (self, group);

  set_visible (self, n_rows + self->dossier->papers->len > 0);
  for (guint i = 0; i < self->dossier->papers->len; i++)
    add_paper (self, group, self->dossier->papers->pdata[i]);
}

static void
fill_talk (WuyouClaimDetail *self)
{
  set_visible (self, !is_insurer (self) && self->dossier->claim->state != WUYOU_CLAIM_DRAFT);
  wuyou_claim_talk_set (self->talk, self->dossier);
  adw_bin_set_child (self->bins->pdata[self->filling], GTK_WIDGET (self->talk));
}

static void
fill_timeline (WuyouClaimDetail *self)
{
  static const WuyouTimelineWords words = { &wuyou_claim_type, wuyou_claim_text_action, wuyou_claim_text_field };

  adw_bin_set_child (self->bins->pdata[self->filling], wuyou_timeline_new (self->dossier->timeline, &words));
}

static const struct {
  const char *label; /* of the jump */
  void (*fill) (WuyouClaimDetail *self);
} sections[] = {
  { N_ ("Missing"), fill_missing },
  { N_ ("Loss"), fill_loss },
  { N_ ("Contract"), fill_contract },
  { N_ ("Determination"), fill_determination },
  { N_ ("Evidence"), fill_evidence },
  { N_ ("Red flags"), fill_flags },
  { N_ ("Review"), fill_review },
  { N_ ("New car"), fill_car },
  { N_ ("Why this amount"), fill_settlement },
  { N_ ("Payment"), fill_payment },
  { N_ ("Letters"), fill_papers },
  { N_ ("Messages"), fill_talk },
  { N_ ("Timeline"), fill_timeline },
};

static AdwBin *
find_bin (WuyouClaimDetail *self, void (*fill) (WuyouClaimDetail *self))
{
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    if (sections[i].fill == fill)
      return self->bins->pdata[i];
  return NULL;
}

AdwBin *
_wuyou_claim_detail_find_section (WuyouClaimDetail *self, const char *field)
{
  if (field != NULL && g_str_has_prefix (field, "check_"))
    return find_bin (self, fill_review);
  if (g_strcmp0 (field, "settlement_json") == 0)
    return find_bin (self, fill_settlement);
  if (g_strcmp0 (field, "determination") == 0)
    return find_bin (self, fill_determination);
  return find_bin (self, fill_evidence);
}

void
_wuyou_claim_detail_add_sections (WuyouClaimDetail *self)
{
  self->bins = g_ptr_array_new ();
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    g_ptr_array_add (self->bins, wuyou_case_view_add_section (self->view, _ (sections[i].label)));
}

void
_wuyou_claim_detail_fill (WuyouClaimDetail *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++) {
    self->filling = i;
    sections[i].fill (self);
  }
}
