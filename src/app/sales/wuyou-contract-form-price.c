/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n.h>

#include "base/wuyou-money.h"
#include "sales/wuyou-contract-form-private.h"
#include "sales/wuyou-price-rules.h"
#include "sales/wuyou-term-rules.h"
#include "widgets/wuyou-note-row.h"

static const WuyouField *
get_field (const char *name)
{
  return wuyou_record_type_find (&wuyou_contract_type, name);
}

static WuyouDate
get_today (WuyouContractForm *self)
{
  return wuyou_date_of_instant (wuyou_app_context_now (self->context));
}

static void
on_product_chosen_cb (WuyouContractForm *self)
{
  guint selected = adw_combo_row_get_selected (self->product);

  if (self->setting || selected == GTK_INVALID_LIST_POSITION)
    return;
  wuyou_draft_set_text (self->draft, get_field ("product_id"),
                        selected > 0 ? g_ptr_array_index (self->offered, selected - 1) : "");
}

static void
on_term_chosen_cb (WuyouContractForm *self)
{
  guint selected = adw_combo_row_get_selected (self->term);
  g_autofree char *text = NULL;

  if (self->setting || selected == GTK_INVALID_LIST_POSITION)
    return;
  text = selected > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, g_array_index (self->terms, gint64, selected - 1))
                      : g_strdup ("");
  wuyou_draft_set_text (self->draft, get_field ("term_months"), text);
}

/* Only what is on sale; the one already chosen stays in the choice, so that it can be seen that it is not. */
void
_wuyou_contract_form_fill_products (WuyouContractForm *self)
{
  GPtrArray *all = wuyou_products_get_all (self->products);
  const char *chosen = wuyou_draft_get_text (self->draft, get_field ("product_id"));
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = 0;

  gtk_string_list_append (names, _ ("Choose…"));
  g_ptr_array_set_size (self->offered, 0);
  for (guint i = 0; i < all->len; i++) {
    const WuyouProduct *product = all->pdata[i];

    if (!wuyou_product_is_on_sale (product, get_today (self)) && g_strcmp0 (product->id, chosen) != 0)
      continue;
    gtk_string_list_append (names, product->name);
    g_ptr_array_add (self->offered, g_strdup (product->id));
    if (g_strcmp0 (product->id, chosen) == 0)
      selected = self->offered->len;
  }
  self->setting = TRUE;
  adw_combo_row_set_model (self->product, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->product, selected);
  self->setting = FALSE;
}

static void
add_term (WuyouContractForm *self, gint64 months)
{
  for (guint i = 0; i < self->terms->len; i++)
    if (g_array_index (self->terms, gint64, i) == months)
      return;
  g_array_append_val (self->terms, months);
}

static gboolean
terms_changed (WuyouContractForm *self, const WuyouProduct *product, int condition)
{
  g_autoptr (GArray) old = g_array_copy (self->terms);

  g_array_set_size (self->terms, 0);
  for (guint i = 0; product != NULL && product->prices != NULL && i < product->prices->len; i++) {
    const WuyouPrice *price = &g_array_index (product->prices, WuyouPrice, i);

    if (price->condition == condition || condition == 0)
      add_term (self, price->term_months);
  }
  if (old->len != self->terms->len || adw_combo_row_get_model (self->term) == NULL)
    return TRUE;
  for (guint i = 0; i < old->len; i++)
    if (g_array_index (old, gint64, i) != g_array_index (self->terms, gint64, i))
      return TRUE;
  return FALSE;
}

static void
fill_terms (WuyouContractForm *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _ ("Choose…"));
  for (guint i = 0; i < self->terms->len; i++) {
    guint months = (guint) g_array_index (self->terms, gint64, i);
    g_autofree char *name = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u month", "%u months", months), months);

    gtk_string_list_append (names, name);
  }
  adw_combo_row_set_model (self->term, G_LIST_MODEL (names));
}

/* A product with one term needs no choosing. */
static void
update_terms (WuyouContractForm *self, const WuyouProduct *product, const WuyouContract *contract)
{
  guint selected = 0;

  self->setting = TRUE;
  if (terms_changed (self, product, contract->condition))
    fill_terms (self);
  for (guint i = 0; i < self->terms->len; i++)
    if (g_array_index (self->terms, gint64, i) == contract->term_months)
      selected = i + 1;
  adw_combo_row_set_selected (self->term, selected);
  self->setting = FALSE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->term), self->terms->len > 0);
  if (selected == 0 && self->terms->len == 1 && contract->condition != 0) {
    g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, g_array_index (self->terms, gint64, 0));

    wuyou_draft_set_text (self->draft, get_field ("term_months"), text);
  }
}

static void
set_info (GtkWidget *label, const char *text)
{
  gtk_label_set_text (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_visible (gtk_widget_get_ancestor (label, ADW_TYPE_ACTION_ROW), text != NULL);
}

static void
show_price (WuyouContractForm *self, const WuyouProduct *product, const WuyouContract *contract)
{
  const WuyouPrice *price = product != NULL && contract->condition != 0 && contract->invoice_amount_fen > 0
                                ? wuyou_price_find (product, contract->condition, wuyou_term_months (contract, product),
                                                    contract->invoice_amount_fen)
                                : NULL;
  g_autofree char *retail = NULL;
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;
  g_autofree char *text = NULL;
  g_autofree char *wholesale = NULL;

  set_info (self->wholesale_info, NULL);
  if (price == NULL) {
    set_info (self->price_info, product != NULL ? _ ("Needs condition, term and invoice amount") : NULL);
    return;
  }
  retail = wuyou_money_format (price->retail_fen);
  low = wuyou_money_format (price->min_received_fen);
  high = wuyou_money_format (price->max_received_fen);
  text = g_strdup_printf (_ ("¥%s (from ¥%s to ¥%s)"), retail, low, high);
  set_info (self->price_info, text);
  if (price->wholesale_fen == 0
      || !wuyou_session_can (wuyou_app_context_get_session (self->context), WUYOU_OBJECT_WHOLESALE, WUYOU_VERB_READ))
    return;
  g_free (low);
  low = wuyou_money_format (price->wholesale_fen);
  wholesale = g_strconcat ("¥", low, NULL);
  set_info (self->wholesale_info, wholesale);
}

static void
show_term (WuyouContractForm *self, const WuyouProduct *product, const WuyouContract *contract)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  char from[11], to[11];
  WuyouPeriod term;

  if (product == NULL) {
    set_info (self->term_info, NULL);
    return;
  }
  if (!wuyou_term_compute (contract, product, get_today (self), get_today (self), &term, &error)) {
    set_info (self->term_info, wuyou_error_sentence (error));
    return;
  }
  wuyou_date_format (term.from, from);
  wuyou_date_format (term.to, to);
  text = g_strdup_printf (_ ("%s to %s"), from, to);
  set_info (self->term_info, text);
}

void
_wuyou_contract_form_update_price (WuyouContractForm *self)
{
  const WuyouContract *contract = wuyou_draft_get_record (self->draft);
  const WuyouProduct *product = _wuyou_contract_form_get_product (self);
  guint selected = 0;

  for (guint i = 0; i < self->offered->len; i++)
    if (g_strcmp0 (g_ptr_array_index (self->offered, i), contract->product_id) == 0)
      selected = i + 1;
  self->setting = TRUE;
  if (adw_combo_row_get_selected (self->product) != selected)
    adw_combo_row_set_selected (self->product, selected);
  self->setting = FALSE;
  gtk_label_set_text (GTK_LABEL (self->product_info), product != NULL ? product->summary : "");
  gtk_widget_set_visible (gtk_widget_get_ancestor (self->product_info, ADW_TYPE_PREFERENCES_ROW), product != NULL);
  update_terms (self, product, contract);
  show_price (self, product, contract);
  show_term (self, product, contract);
  wuyou_field_row_set_visible (_wuyou_contract_form_get_row (self, "starts_on_wish"),
                               product != NULL && product->rules.listed_start);
}

/* What the owner gets, in the words of the product. */
static GtkWidget *
build_product_info (WuyouContractForm *self)
{
  GtkWidget *row = wuyou_note_row_new ();

  self->product_info = GTK_WIDGET (wuyou_note_row_get_label (WUYOU_NOTE_ROW (row)));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("What the product gives"),
                                  -1);
  return row;
}

void
_wuyou_contract_form_build_price (WuyouContractForm *self, AdwPreferencesGroup *group)
{
  self->product = ADW_COMBO_ROW (adw_combo_row_new ());
  self->term = ADW_COMBO_ROW (adw_combo_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->product), _ ("Product"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->term), _ ("Term"));
  adw_preferences_group_add (group, GTK_WIDGET (self->product));
  adw_preferences_group_add (group, build_product_info (self));
  adw_preferences_group_add (group, GTK_WIDGET (self->term));
  _wuyou_contract_form_add_info (group, &self->term_info, _ ("In force, if signed and paid today"));
  _wuyou_contract_form_add_info (group, &self->price_info, _ ("Retail price"));
  _wuyou_contract_form_add_info (group, &self->wholesale_info, _ ("Wholesale price"));
  g_signal_connect_object (self->product, "notify::selected", G_CALLBACK (on_product_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->term, "notify::selected", G_CALLBACK (on_term_chosen_cb), self, G_CONNECT_SWAPPED);
}
