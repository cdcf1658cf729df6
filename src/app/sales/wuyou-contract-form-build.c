/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n.h>

#include "sales/wuyou-contract-form-private.h"
#include "sales/wuyou-identity.h"
#include "sales/wuyou-vin.h"
#include "widgets/wuyou-focus.h"
#include "widgets/wuyou-row-layout.h"
#include "widgets/wuyou-text-scale.h"

static const struct {
  const char *title; /* N_() */
  const char *text;  /* N_(), or NULL */
} sections[N_FORM_SECTIONS] = {
  [FORM_VEHICLE] = { N_ ("Vehicle"), NULL },
  [FORM_OWNER] = { N_ ("Owner"), NULL },
  [FORM_CONSENT] = { N_ ("Notices and consents"),
                     N_ ("Print the sheet, have the owner read and sign it, then note here what was consented to. No "
                         "document is taken before.") },
  [FORM_POLICIES] = { N_ ("Motor policies"), NULL },
  [FORM_PRICE] = { N_ ("Product and price"), NULL },
  [FORM_DOCUMENTS] = { N_ ("Documents"), N_ ("JPEG, PNG or PDF. Drop them here or anywhere on the form, or paste.") },
  [FORM_SUBMIT] = { N_ ("Submit"), NULL },
};

/* The rows people live in, in the order of the papers on the desk. Product and term are choices of their own. */
static const struct {
  const char *field;
  FormSection section;
} rows[] = {
  { "vin", FORM_VEHICLE },
  { "vin_reason", FORM_VEHICLE },
  { "brand", FORM_VEHICLE },
  { "series", FORM_VEHICLE },
  { "model", FORM_VEHICLE },
  { "condition", FORM_VEHICLE },
  { "vehicle_use", FORM_VEHICLE },
  { "energy", FORM_VEHICLE },
  { "seats", FORM_VEHICLE },
  { "first_invoice_on", FORM_VEHICLE },
  { "invoice_no", FORM_VEHICLE },
  { "invoice_code", FORM_VEHICLE },
  { "invoice_amount_fen", FORM_VEHICLE },
  { "msrp_fen", FORM_VEHICLE },
  { "plate", FORM_VEHICLE },
  { "engine_no", FORM_VEHICLE },
  { "mileage_km", FORM_VEHICLE },
  { "transferred", FORM_VEHICLE },
  { "owner_kind", FORM_OWNER },
  { "owner_name", FORM_OWNER },
  { "owner_id_type", FORM_OWNER },
  { "owner_id_no", FORM_OWNER },
  { "owner_mobile", FORM_OWNER },
  { "owner_address", FORM_OWNER },
  { "owner_email", FORM_OWNER },
  { "agent_name", FORM_OWNER },
  { "agent_mobile", FORM_OWNER },
  { "owner_source", FORM_OWNER },
  { "consent_processing", FORM_CONSENT },
  { "consent_sensitive", FORM_CONSENT },
  { "consent_provision", FORM_CONSENT },
  { "consent_on", FORM_CONSENT },
  { "commercial_insurer", FORM_POLICIES },
  { "commercial_policy_no", FORM_POLICIES },
  { "commercial_from", FORM_POLICIES },
  { "commercial_to", FORM_POLICIES },
  { "commercial_sum_fen", FORM_POLICIES },
  { "compulsory_insurer", FORM_POLICIES },
  { "compulsory_policy_no", FORM_POLICIES },
  { "compulsory_from", FORM_POLICIES },
  { "compulsory_to", FORM_POLICIES },
  { "starts_on_wish", FORM_PRICE },
  { "received_fen", FORM_PRICE },
  { "gift", FORM_PRICE },
};

FormSection
_wuyou_contract_form_find_section (const char *field)
{
  for (guint i = 0; field != NULL && i < G_N_ELEMENTS (rows); i++)
    if (g_str_equal (rows[i].field, field))
      return rows[i].section;
  if (g_strcmp0 (field, "product_id") == 0 || g_strcmp0 (field, "term_months") == 0)
    return FORM_PRICE;
  if (field != NULL && wuyou_enum_find (wuyou_slots, field) != NULL)
    return FORM_DOCUMENTS;
  return FORM_SUBMIT;
}

static void
set_if_empty (WuyouContractForm *self, const char *name, const char *text)
{
  const WuyouField *field = wuyou_record_type_find (&wuyou_contract_type, name);

  if (*wuyou_draft_get_text (self->draft, field) == '\0' && wuyou_draft_get_kept (self->draft, field) == NULL)
    wuyou_draft_set_text (self->draft, field, text);
}

static void
set_choice (WuyouContractForm *self, const char *name, const char *id)
{
  wuyou_draft_set_text (self->draft, wuyou_record_type_find (&wuyou_contract_type, name), id);
}

/* What one entry says about others, as long as nobody said otherwise. */
static void
fill_followers (WuyouContractForm *self, const WuyouField *field)
{
  const WuyouContract *contract = wuyou_draft_get_record (self->draft);
  WuyouDate today = wuyou_date_of_instant (wuyou_app_context_now (self->context));

  if (g_str_equal (field->name, "vin") && contract->vin != NULL) {
    WuyouVinFinding finding = wuyou_vin_examine (contract->vin, today);

    if (finding.brand != 0)
      set_if_empty (self, "brand", wuyou_enum_id (wuyou_brands, finding.brand));
  } else if (g_str_equal (field->name, "owner_kind") && contract->owner_kind == WUYOU_OWNER_COMPANY) {
    set_choice (self, "owner_id_type", "CREDIT_CODE");
    set_if_empty (self, "vehicle_use", "COMPANY");
  } else if (g_str_equal (field->name, "owner_kind") && contract->owner_kind == WUYOU_OWNER_PERSON
             && (contract->owner_id_type == 0 || contract->owner_id_type == WUYOU_IDENTITY_CREDIT_CODE)) {
    set_choice (self, "owner_id_type", "RESIDENT");
  } else if (g_str_has_prefix (field->name, "consent_") && field->kind == WUYOU_KIND_BOOLEAN) {
    char day[11];

    wuyou_date_format (today, day);
    if (contract->consent_processing && contract->consent_sensitive && contract->consent_provision)
      set_if_empty (self, "consent_on", day);
  }
}

static void
on_row_changed_cb (WuyouFieldRow *row, WuyouContractForm *self)
{
  const WuyouField *field = wuyou_field_row_get_field (row);

  if (self->setting)
    return;
  wuyou_draft_set_text (self->draft, field, wuyou_field_row_get_text (row));
  fill_followers (self, field);
}

static void
add_rows (WuyouContractForm *self, FormSection section, AdwPreferencesGroup *group)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    WuyouFieldRow *row;

    if (rows[i].section != section)
      continue;
    row = wuyou_field_row_new (wuyou_record_type_find (&wuyou_contract_type, rows[i].field), NULL);
    g_hash_table_insert (self->rows, (gpointer) rows[i].field, row);
    wuyou_field_row_add_to (row, group);
    g_signal_connect_object (row, "changed", G_CALLBACK (on_row_changed_cb), self, 0);
  }
}

static void
add_consent_button (WuyouContractForm *self, AdwPreferencesGroup *group)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Print the Sheet…"));

  /* Large, it would leave a letter or two of each line of the description beside it. */
  if (wuyou_text_is_large (button)) {
    adw_preferences_group_add (group, button);
  } else {
    gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
    adw_preferences_group_set_header_suffix (group, button);
  }
  g_signal_connect_object (button, "clicked", G_CALLBACK (_wuyou_contract_form_print_consent), self, G_CONNECT_SWAPPED);
}

void
_wuyou_contract_form_add_info (AdwPreferencesGroup *group, GtkWidget **ret_label, const char *title)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *label = gtk_label_new (NULL);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  g_object_set (label, "wrap", TRUE, "xalign", 1.0f, "natural-wrap-mode", GTK_NATURAL_WRAP_NONE, NULL);
  wuyou_focus_let_mark (GTK_LABEL (label));
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  wuyou_row_keep_title (ADW_ACTION_ROW (row));
  adw_preferences_group_add (group, row);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, label, NULL, -1);
  *ret_label = label;
}

static void
build_submit (WuyouContractForm *self, GtkBox *column)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->missing = adw_preferences_group_new ();
  gtk_widget_set_visible (self->missing, FALSE);
  self->submit = WUYOU_BUSY_BUTTON (wuyou_busy_button_new (_ ("_Submit")));
  g_object_set (self->submit, "suggested", TRUE, NULL);
  self->saved = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->saved), "dim-label");
  g_object_set (self->saved, "hexpand", TRUE, "xalign", 0.0f, NULL);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->saved));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->submit));
  gtk_box_append (column, self->missing);
  gtk_box_append (column, box);
  self->groups[FORM_SUBMIT] = box;
  g_signal_connect_object (self->submit, "pressed", G_CALLBACK (_wuyou_contract_form_submit), self, G_CONNECT_SWAPPED);
}

static void
build_section (WuyouContractForm *self, FormSection section, GtkBox *column)
{
  GtkWidget *group = adw_preferences_group_new ();

  self->groups[section] = group;
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ (sections[section].title));
  if (sections[section].text != NULL)
    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), _ (sections[section].text));
  if (section == FORM_PRICE)
    _wuyou_contract_form_build_price (self, ADW_PREFERENCES_GROUP (group));
  add_rows (self, section, ADW_PREFERENCES_GROUP (group));
  if (section == FORM_CONSENT)
    add_consent_button (self, ADW_PREFERENCES_GROUP (group));
  else if (section == FORM_DOCUMENTS)
    _wuyou_contract_form_build_documents (self, ADW_PREFERENCES_GROUP (group));
  else if (section == FORM_POLICIES)
    _wuyou_contract_form_add_info (ADW_PREFERENCES_GROUP (group), &self->gap_info, _ ("Gaps in the term"));
  gtk_box_append (column, group);
}

static GtkWidget *
build_middle (WuyouContractForm *self)
{
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);

  for (guint i = 0; i < FORM_SUBMIT; i++)
    build_section (self, i, GTK_BOX (column));
  build_submit (self, GTK_BOX (column));
  g_object_set (column, "margin-start", 18, "margin-end", 18, "margin-top", 18, "margin-bottom", 36, NULL);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), wuyou_text_scale_px (clamp, 640));
  adw_clamp_set_child (ADW_CLAMP (clamp), column);
  self->scroller = GTK_SCROLLED_WINDOW (gtk_scrolled_window_new ());
  gtk_scrolled_window_set_policy (self->scroller, GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (self->scroller, clamp);
  return GTK_WIDGET (self->scroller);
}

static void
on_nav_activated_cb (GtkListBox *list, GtkListBoxRow *row, WuyouContractForm *self)
{
  _wuyou_contract_form_show_section (self, (FormSection) gtk_list_box_row_get_index (row));
}

static void
append_nav_row (WuyouContractForm *self, FormSection section)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (_ (sections[section].title));

  self->nav_counts[section] = GTK_LABEL (gtk_label_new (NULL));
  self->nav_ticks[section] = GTK_IMAGE (gtk_image_new_from_icon_name ("emblem-ok-symbolic"));
  gtk_widget_add_css_class (GTK_WIDGET (self->nav_counts[section]), "wuyou-count");
  gtk_widget_set_valign (GTK_WIDGET (self->nav_counts[section]), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->nav_ticks[section]), "success");
  g_object_set (label, "xalign", 0.0f, "hexpand", TRUE, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->nav_counts[section]));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->nav_ticks[section]));
  gtk_list_box_append (self->nav, box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (box)), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (sections[section].title), -1);
}

static GtkWidget *
build_nav (WuyouContractForm *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->nav = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->nav, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->nav), "navigation-sidebar");
  gtk_widget_set_hexpand (GTK_WIDGET (self->nav), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->nav), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Sections"), -1);
  for (guint i = 0; i < N_FORM_SECTIONS; i++)
    append_nav_row (self, i);
  g_signal_connect_object (self->nav, "row-activated", G_CALLBACK (on_nav_activated_cb), self, 0);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->nav));
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  return box;
}

static GtkWidget *
build_preview (WuyouContractForm *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->preview = WUYOU_PAPER_VIEW (wuyou_paper_view_new ());
  gtk_widget_set_hexpand (GTK_WIDGET (self->preview), TRUE);
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->preview));
  return box;
}

GtkWidget *
_wuyou_contract_form_build (WuyouContractForm *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *middle = build_middle (self);

  self->banner = WUYOU_BANNER (wuyou_banner_new ());
  self->columns = WUYOU_FORM_COLUMNS (wuyou_form_columns_new (build_nav (self), middle, build_preview (self)));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->banner));
  gtk_box_append (GTK_BOX (box), _wuyou_contract_form_build_todo (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->columns));
  return box;
}
