/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n.h>

#include "claims/wuyou-claim-detail-private.h"
#include "claims/wuyou-claim-text.h"
#include "sales/wuyou-contract-words.h"
#include "widgets/wuyou-field-words.h"
#include "widgets/wuyou-masked-row.h"
#include "widgets/wuyou-text-scale.h"
#include "widgets/wuyou-timeline.h"
#include "widgets/wuyou-value-rows.h"

AdwPreferencesGroup *
_wuyou_claim_detail_append_group (WuyouClaimDetail *self, const char *title)
{
  AdwPreferencesGroup *group = wuyou_value_group_new (title);

  adw_bin_set_child (self->bins->pdata[self->filling], GTK_WIDGET (group));
  return group;
}

static void
on_show_requested_cb (GtkWidget *row, WuyouClaimDetail *self)
{
  wuyou_record_detail_unmask (WUYOU_RECORD_DETAIL (self), row, g_object_get_data (G_OBJECT (row), "wuyou-field"));
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

  g_object_set (row, "can-show",
                wuyou_record_detail_can (WUYOU_RECORD_DETAIL (self), WUYOU_OBJECT_CUSTOMER, WUYOU_VERB_UNMASK), NULL);
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

gboolean
_wuyou_claim_detail_has_values (WuyouClaimDetail *self, const char *section)
{
  for (guint i = 0; i < wuyou_claim_type.n_fields; i++)
    if (is_shown (&wuyou_claim_type.fields[i], section)
        && wuyou_field_is_set (&wuyou_claim_type.fields[i], self->dossier->claim))
      return TRUE;
  return FALSE;
}

guint
_wuyou_claim_detail_add_section (WuyouClaimDetail *self, AdwPreferencesGroup *group, const char *section)
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

gboolean
_wuyou_claim_detail_is_insurer (WuyouClaimDetail *self)
{
  return wuyou_roles_are_insurer (wuyou_session_get_roles (wuyou_app_context_get_session (self->context)));
}

/* --- the case --- */

static void
fill_loss (WuyouClaimDetail *self)
{
  const WuyouClaim *claim = self->dossier->claim;
  AdwPreferencesGroup *group = _wuyou_claim_detail_append_group (self, _ ("Loss"));

  if (claim->state_reason != NULL)
    wuyou_value_group_add (group, _ ("Said with the last step"), claim->state_reason);
  if (claim->reported_late)
    wuyou_value_group_add_marked (group, _ ("Reported late"), _ ("After the days agreed; the assessor decides."),
                                  "dialog-warning-symbolic", "warning");
  if (_wuyou_claim_detail_add_section (self, group, "loss") == 0)
    wuyou_value_group_add_nothing (group, _ ("Nothing entered yet"));
  _wuyou_claim_detail_add_section (self, group, "consent");
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

  if (wuyou_text_is_large (button)) { /* the title beside it has no second line */
    g_autofree char *name = g_strdup (gtk_label_get_text (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button)))));

    gtk_button_set_icon_name (GTK_BUTTON (button), "go-next-symbolic");
    gtk_widget_set_tooltip_text (button, name);
    gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  }
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
  AdwPreferencesGroup *group = _wuyou_claim_detail_append_group (self, _ ("Contract and car"));
  g_autofree char *vehicle = wuyou_contract_words_dup_vehicle (self->dossier->contract);

  if (wuyou_record_detail_can (WUYOU_RECORD_DETAIL (self), WUYOU_OBJECT_CONTRACT, WUYOU_VERB_READ))
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
  AdwPreferencesGroup *group = _wuyou_claim_detail_append_group (self, _ ("Insurer’s determination"));

  if (_wuyou_claim_detail_add_section (self, group, "determination") == 0)
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
         && wuyou_record_detail_can (WUYOU_RECORD_DETAIL (self), WUYOU_OBJECT_CLAIM, WUYOU_VERB_APPROVE);
}

/* Who reviews judges, who may add adds; the others look. */
WuyouEvidenceMode
_wuyou_claim_detail_get_mode (WuyouClaimDetail *self)
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
  wuyou_evidence_view_set_mode (self->evidence, _wuyou_claim_detail_get_mode (self));
  wuyou_evidence_view_take (self->evidence, self->dossier->answer, self->dossier->etag);
  adw_bin_set_child (self->bins->pdata[self->filling], GTK_WIDGET (self->evidence));
}

gboolean
_wuyou_claim_detail_sees_review (WuyouClaimDetail *self)
{
  const WuyouClaim *claim = self->dossier->claim;

  return claim->submitted_at != 0
         && (wuyou_record_detail_can (WUYOU_RECORD_DETAIL (self), WUYOU_OBJECT_CLAIM, WUYOU_VERB_APPROVE)
             || wuyou_record_detail_can (WUYOU_RECORD_DETAIL (self), WUYOU_OBJECT_CLAIM_DECISION, WUYOU_VERB_APPROVE)
             || claim->check_contract != 0);
}

static void
fill_review (WuyouClaimDetail *self)
{
  wuyou_claim_review_set (self->review, self->dossier, _wuyou_claim_detail_reviews (self));
  if (self->desk == NULL)
    adw_bin_set_child (self->bins->pdata[self->filling], GTK_WIDGET (self->review));
}

static gboolean
has_flags (WuyouClaimDetail *self)
{
  return self->dossier->flags != NULL && self->dossier->flags->len > 0;
}

static void
fill_flags (WuyouClaimDetail *self)
{
  AdwPreferencesGroup *group;

  if (self->dossier->flags == NULL)
    return;
  group = _wuyou_claim_detail_append_group (self, _ ("Red flags"));
  for (guint i = 0; i < self->dossier->flags->len; i++)
    _wuyou_claim_detail_add_flag (self, group, self->dossier->flags->pdata[i]);
}

static gboolean
has_talk (WuyouClaimDetail *self)
{
  return !_wuyou_claim_detail_is_insurer (self) && self->dossier->claim->state != WUYOU_CLAIM_DRAFT;
}

static void
fill_talk (WuyouClaimDetail *self)
{
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
  gboolean (*is_there) (WuyouClaimDetail *self); /* NULL: it always is */
} sections[] = {
  { N_ ("Missing"), _wuyou_claim_detail_fill_missing, _wuyou_claim_detail_has_missing },
  { N_ ("Loss"), fill_loss, NULL },
  { N_ ("Contract"), fill_contract, NULL },
  { N_ ("Determination"), fill_determination, NULL },
  { N_ ("Evidence"), fill_evidence, NULL },
  /* From here on filled when the rest is on the screen. */
  { N_ ("Red flags"), fill_flags, has_flags },
  { N_ ("Review"), fill_review, _wuyou_claim_detail_sees_review },
  { N_ ("New car"), _wuyou_claim_detail_fill_car, _wuyou_claim_detail_has_car },
  { N_ ("Why this amount"), _wuyou_claim_detail_fill_settlement, _wuyou_claim_detail_has_settlement },
  { N_ ("Payment"), _wuyou_claim_detail_fill_payment, _wuyou_claim_detail_has_payment },
  { N_ ("Letters"), _wuyou_claim_detail_fill_papers, _wuyou_claim_detail_has_papers },
  { N_ ("Messages"), fill_talk, has_talk },
  { N_ ("Timeline"), fill_timeline, NULL },
};
#define N_FIRST 5

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
  _wuyou_claim_detail_fill_rest (self);
  if (field != NULL && g_str_has_prefix (field, "check_"))
    return find_bin (self, fill_review);
  if (g_strcmp0 (field, "settlement_json") == 0)
    return find_bin (self, _wuyou_claim_detail_fill_settlement);
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

static void
fill_next (WuyouClaimDetail *self)
{
  self->filling = self->n_filled++;
  sections[self->filling].fill (self);
}

void
_wuyou_claim_detail_stop_filling (WuyouClaimDetail *self)
{
  if (self->rest_tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->rest_tick);
  self->rest_tick = 0;
  g_clear_handle_id (&self->rest_source, g_source_remove);
}

void
_wuyou_claim_detail_fill_rest (WuyouClaimDetail *self)
{
  _wuyou_claim_detail_stop_filling (self);
  while (self->dossier != NULL && self->n_filled < G_N_ELEMENTS (sections))
    fill_next (self);
}

gboolean
_wuyou_claim_detail_is_filled (WuyouClaimDetail *self)
{
  return self->n_filled == G_N_ELEMENTS (sections);
}

/* One at a time, so that scrolling and typing come between. */
static gboolean
on_rest_due_cb (gpointer data)
{
  WuyouClaimDetail *self = data;

  fill_next (self);
  if (!_wuyou_claim_detail_is_filled (self))
    return G_SOURCE_CONTINUE;
  self->rest_source = 0;
  return G_SOURCE_REMOVE;
}

/* The frame that begins now is drawn before anything so low. */
static gboolean
on_first_frame_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  WuyouClaimDetail *self = WUYOU_CLAIM_DETAIL (widget);

  self->rest_tick = 0;
  self->rest_source = g_idle_add_full (G_PRIORITY_LOW, on_rest_due_cb, self, NULL);
  return G_SOURCE_REMOVE;
}

/* All that decides where things stand is said at once; sections that were of another claim stand empty until then. */
static void
show_sections (WuyouClaimDetail *self, gboolean empty)
{
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++) {
    gtk_widget_set_visible (self->bins->pdata[i], sections[i].is_there == NULL || sections[i].is_there (self));
    if (empty && i >= N_FIRST)
      adw_bin_set_child (self->bins->pdata[i], NULL);
  }
}

void
_wuyou_claim_detail_fill (WuyouClaimDetail *self, gboolean begin)
{
  _wuyou_claim_detail_stop_filling (self);
  show_sections (self, begin);
  self->n_filled = 0;
  while (self->n_filled < (begin ? N_FIRST : G_N_ELEMENTS (sections)))
    fill_next (self);
  if (begin)
    self->rest_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_first_frame_cb, NULL, NULL);
  _wuyou_claim_detail_fill_desk (self);
}
