/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n.h>

#include "base/wuyou-json.h"
#include "sales/wuyou-contract-form-private.h"
#include "sales/wuyou-contract-words.h"
#include "sales/wuyou-print-window.h"

G_DEFINE_FINAL_TYPE (WuyouContractForm, wuyou_contract_form, WUYOU_TYPE_RECORD_FORM)

static void
show_title (WuyouContractForm *self)
{
  g_autofree char *title = self->dossier != NULL ? wuyou_contract_words_dup_number (self->dossier->contract)
                                                 : g_strdup (_ ("New Contract"));

  wuyou_record_form_set_title (WUYOU_RECORD_FORM (self), title);
}

static void
show_saved (WuyouContractForm *self)
{
  const GError *problem = wuyou_draft_get_problem (self->draft);

  switch (wuyou_draft_get_state (self->draft)) {
  case WUYOU_DRAFT_SENDING:
    gtk_label_set_text (self->saved, wuyou_client_get_online (wuyou_app_context_get_client (self->context))
                                         ? _ ("Saving…")
                                         : _ ("Kept on this computer"));
    break;
  case WUYOU_DRAFT_SAVED:
    gtk_label_set_text (self->saved, _ ("Saved"));
    break;
  case WUYOU_DRAFT_REFUSED:
    gtk_label_set_text (self->saved, _ ("Kept on this computer"));
    if (problem != NULL && !g_error_matches (problem, WUYOU_ERROR, WUYOU_ERROR_STALE))
      wuyou_banner_show_error (self->banner, problem);
    return;
  case WUYOU_DRAFT_LOCAL:
  default:
    gtk_label_set_text (self->saved, _ ("Kept on this computer"));
    break;
  }
  wuyou_banner_hide (self->banner);
}

static void
on_draft_state_cb (WuyouContractForm *self)
{
  show_saved (self);
  _wuyou_contract_form_update_documents (self);
}

static void
on_draft_changed_cb (WuyouContractForm *self)
{
  _wuyou_contract_form_queue_update (self);
}

static gboolean
on_update_due_cb (gpointer data)
{
  WuyouContractForm *self = data;

  self->update_source = 0;
  _wuyou_contract_form_update_rows (self);
  _wuyou_contract_form_queue_preview (self);
  return G_SOURCE_REMOVE;
}

void
_wuyou_contract_form_queue_update (WuyouContractForm *self)
{
  if (self->update_source == 0)
    self->update_source = g_idle_add (on_update_due_cb, self);
}

static gboolean
keep_dossier (WuyouContractForm *self, JsonObject *answer, const char *etag)
{
  g_autoptr (GError) error = NULL;
  WuyouDossier *dossier = wuyou_dossier_new (answer, etag, &error);

  if (dossier == NULL) {
    wuyou_banner_show_error (self->banner, error);
    return FALSE;
  }
  /* A slow answer that a newer one overtook. */
  if (self->dossier != NULL && dossier->contract->version < self->dossier->contract->version) {
    wuyou_dossier_free (dossier);
    return FALSE;
  }
  g_clear_pointer (&self->dossier, wuyou_dossier_free);
  self->dossier = dossier;
  show_title (self);
  return TRUE;
}

static void
take_dossier (WuyouContractForm *self, JsonObject *answer, const char *etag)
{
  if (!keep_dossier (self, answer, etag))
    return;
  wuyou_draft_take (self->draft, self->dossier->contract);
  _wuyou_contract_form_update_documents (self);
}

static void
on_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WuyouContractForm) self = data;
  g_autofree char *etag = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = wuyou_client_call_finish (WUYOU_CLIENT (source), result, &etag, &error);

  if (self->context == NULL)
    return;
  if (answer != NULL) {
    wuyou_dossier_keep (wuyou_app_context_get_local (self->context), answer);
    take_dossier (self, answer, etag);
  } else if (!g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_OFFLINE)
             && !g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_NOT_FOUND)) {
    wuyou_banner_show_error (self->banner, error);
  }
  wuyou_record_form_loaded (WUYOU_RECORD_FORM (self), answer == NULL ? error : NULL);
}

static void
wuyou_contract_form_refresh (WuyouRecordForm *form)
{
  WuyouContractForm *self = WUYOU_CONTRACT_FORM (form);
  const char *args[] = { wuyou_draft_get_id (self->draft), NULL };
  WuyouCall call = { .route = WUYOU_ROUTE_CONTRACT_GET, .args = args };

  if (wuyou_draft_exists (self->draft))
    wuyou_client_call_async (wuyou_app_context_get_client (self->context), &call, self->cancellable, on_loaded_cb,
                             g_object_ref (self));
}

static void
wuyou_contract_form_focus (WuyouRecordForm *form, const char *field)
{
  _wuyou_contract_form_jump (WUYOU_CONTRACT_FORM (form), field != NULL ? field : "vin");
}

void
wuyou_contract_form_print (WuyouContractForm *self)
{
  _wuyou_contract_form_print_consent (self);
}

WuyouFieldRow *
_wuyou_contract_form_get_row (WuyouContractForm *self, const char *field)
{
  return field != NULL ? g_hash_table_lookup (self->rows, field) : NULL;
}

void
_wuyou_contract_form_show_section (WuyouContractForm *self, FormSection section)
{
  graphene_rect_t bounds;
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);

  if (self->groups[section] == NULL
      || !gtk_widget_compute_bounds (self->groups[section], gtk_widget_get_parent (self->groups[section]), &bounds))
    return;
  gtk_adjustment_set_value (adjustment, MAX (0, bounds.origin.y - 6));
}

/* A third from the top, so that what stands under it is seen too. */
static void
show_widget (WuyouContractForm *self, GtkWidget *widget)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  graphene_rect_t bounds;

  if (gtk_widget_compute_bounds (widget, gtk_widget_get_parent (self->groups[FORM_VEHICLE]), &bounds))
    gtk_adjustment_set_value (adjustment, MAX (0, bounds.origin.y - gtk_adjustment_get_page_size (adjustment) / 3));
}

void
_wuyou_contract_form_jump (WuyouContractForm *self, const char *field)
{
  WuyouFieldRow *row = _wuyou_contract_form_get_row (self, field);

  if (row != NULL) {
    show_widget (self, wuyou_field_row_get_row (row));
    wuyou_field_row_focus (row);
  } else if (g_strcmp0 (field, "product_id") == 0) {
    gtk_widget_grab_focus (GTK_WIDGET (self->product));
  } else if (g_strcmp0 (field, "term_months") == 0) {
    gtk_widget_grab_focus (GTK_WIDGET (self->term));
  } else {
    _wuyou_contract_form_show_section (self, _wuyou_contract_form_find_section (field));
  }
}

const WuyouProduct *
_wuyou_contract_form_get_product (WuyouContractForm *self)
{
  return wuyou_products_find (self->products,
                              ((const WuyouContract *) wuyou_draft_get_record (self->draft))->product_id);
}

WuyouContractFacts
_wuyou_contract_form_get_facts (WuyouContractForm *self)
{
  WuyouDate today = wuyou_date_of_instant (wuyou_app_context_now (self->context));
  const WuyouProduct *product = _wuyou_contract_form_get_product (self);

  return (WuyouContractFacts){
    .product = product != NULL && wuyou_product_is_on_sale (product, today) ? product : NULL,
    .today = today,
    .invoice_available = wuyou_document_slot_is_available (self->slots[0]),
    .policy_available = wuyou_document_slot_is_available (self->slots[1]),
    .documents_pending = wuyou_document_slot_is_busy (self->slots[0]) || wuyou_document_slot_is_busy (self->slots[1]),
    .own = TRUE,
  };
}

/* The draft takes the values itself; it hears of them after this. */
static void
on_outbox_sent_cb (WuyouContractForm *self, WuyouOutboxItem *item, JsonObject *reply, const char *etag)
{
  if (self->draft != NULL && g_strcmp0 (wuyou_outbox_item_get_record (item), wuyou_draft_get_id (self->draft)) == 0
      && wuyou_json_get_object (reply, "contract") != NULL)
    keep_dossier (self, reply, etag);
}

static void
on_products_changed_cb (WuyouContractForm *self)
{
  _wuyou_contract_form_fill_products (self);
  _wuyou_contract_form_queue_update (self);
}

static void
on_conflict_cb (WuyouContractForm *self, JsonObject *current)
{
  _wuyou_contract_form_resolve_conflict (self, current);
}

static void
load_cached (WuyouContractForm *self, const char *id)
{
  g_autoptr (JsonObject) kept = wuyou_dossier_load_kept (wuyou_app_context_get_local (self->context), id);

  if (kept != NULL && keep_dossier (self, kept, NULL))
    wuyou_draft_show_kept (self->draft, self->dossier->contract);
}

static const char *
wuyou_contract_form_get_etag (WuyouRecordForm *form)
{
  const WuyouDossier *dossier = WUYOU_CONTRACT_FORM (form)->dossier;

  return dossier != NULL ? dossier->etag : NULL;
}

static void
wuyou_contract_form_show_problems (WuyouRecordForm *form, const GError *error)
{
  _wuyou_contract_form_show_problems (WUYOU_CONTRACT_FORM (form), error);
}

static void
wuyou_contract_form_dispose (GObject *object)
{
  WuyouContractForm *self = WUYOU_CONTRACT_FORM (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->update_source, g_source_remove);
  g_clear_handle_id (&self->preview_timer, g_source_remove);
  g_clear_weak_pointer (&self->conflict);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (wuyou_contract_form_parent_class)->dispose (object);
}

static void
wuyou_contract_form_finalize (GObject *object)
{
  WuyouContractForm *self = WUYOU_CONTRACT_FORM (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->products);
  g_clear_object (&self->draft);
  g_clear_pointer (&self->dossier, wuyou_dossier_free);
  g_clear_pointer (&self->rows, g_hash_table_unref);
  g_clear_pointer (&self->offered, g_ptr_array_unref);
  g_clear_pointer (&self->todo_fields, g_ptr_array_unref);
  g_clear_pointer (&self->terms, g_array_unref);
  G_OBJECT_CLASS (wuyou_contract_form_parent_class)->finalize (object);
}

static void
wuyou_contract_form_class_init (WuyouContractFormClass *klass)
{
  static const WuyouRecordFormKind kind = {
    .route = WUYOU_ROUTE_CONTRACT_ACT,
    .sent = N_ ("Submitted. Print it and have the customer sign."),
    .away = N_ ("The server cannot be reached. Everything is kept here; submit when it is back."),
  };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  WuyouRecordFormClass *form_class = WUYOU_RECORD_FORM_CLASS (klass);

  object_class->dispose = wuyou_contract_form_dispose;
  object_class->finalize = wuyou_contract_form_finalize;
  form_class->refresh = wuyou_contract_form_refresh;
  form_class->focus = wuyou_contract_form_focus;
  form_class->kind = &kind;
  form_class->get_action = _wuyou_contract_form_get_action;
  form_class->get_etag = wuyou_contract_form_get_etag;
  form_class->show_problems = wuyou_contract_form_show_problems;
}

static void
wuyou_contract_form_init (WuyouContractForm *self)
{
  self->cancellable = g_cancellable_new ();
  self->rows = g_hash_table_new (g_str_hash, g_str_equal);
  self->offered = g_ptr_array_new_with_free_func (g_free);
  self->todo_fields = g_ptr_array_new_with_free_func (g_free);
  self->terms = g_array_new (FALSE, FALSE, sizeof (gint64));
}

WuyouRecordForm *
wuyou_contract_form_new (WuyouAppContext *context, WuyouProducts *products, const char *id)
{
  WuyouContractForm *self = g_object_new (WUYOU_TYPE_CONTRACT_FORM, NULL);

  self->context = g_object_ref (context);
  self->products = g_object_ref (products);
  /* Before the draft hears of it, so that what follows from it finds the new version. */
  g_signal_connect_object (wuyou_app_context_get_outbox (context), "sent", G_CALLBACK (on_outbox_sent_cb), self,
                           G_CONNECT_SWAPPED);
  self->draft = wuyou_sale_draft_new (context, id);
  wuyou_record_form_set_draft (WUYOU_RECORD_FORM (self), self->draft);
  adw_bin_set_child (ADW_BIN (self), _wuyou_contract_form_build (self));
  g_signal_connect_object (self->draft, "changed", G_CALLBACK (on_draft_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->draft, "state-changed", G_CALLBACK (on_draft_state_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->draft, "conflict", G_CALLBACK (on_conflict_cb), self, G_CONNECT_SWAPPED);
  wuyou_record_form_set_submit (WUYOU_RECORD_FORM (self), context, self->submit, self->banner);
  g_signal_connect_object (products, "changed", G_CALLBACK (on_products_changed_cb), self, G_CONNECT_SWAPPED);
  show_title (self);
  if (id != NULL)
    load_cached (self, id);
  wuyou_products_refresh (products, self->cancellable);
  wuyou_record_form_refresh (WUYOU_RECORD_FORM (self));
  _wuyou_contract_form_fill_products (self);
  _wuyou_contract_form_update_documents (self);
  _wuyou_contract_form_queue_update (self);
  return WUYOU_RECORD_FORM (self);
}
