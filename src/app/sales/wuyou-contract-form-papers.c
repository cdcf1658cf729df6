/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n.h>

#include "sales/wuyou-contract-form-private.h"
#include "sales/wuyou-print-window.h"
#include "wuyou-contract-paper.h"

#define PREVIEW_DELAY_MS 450

static const int slots[] = { WUYOU_SLOT_INVOICE, WUYOU_SLOT_POLICY, WUYOU_SLOT_IDENTITY };

static const char *const hints[] = {
  N_ ("The invoice of the sale, as the customer holds it"),
  N_ ("The commercial policy in force"),
  N_ ("Only because this product asks for it"),
};

static void
on_slot_changed_cb (WuyouDocumentSlot *slot, WuyouContractForm *self)
{
  _wuyou_contract_form_queue_update (self);
}

static void
on_form_dropped_file (WuyouContractForm *self, GFile *file)
{
  for (guint i = 0; i < G_N_ELEMENTS (slots); i++)
    if (gtk_widget_get_visible (GTK_WIDGET (self->slots[i])) && !wuyou_document_slot_is_available (self->slots[i])
        && !wuyou_document_slot_is_busy (self->slots[i])) {
      wuyou_document_slot_take (self->slots[i], file, NULL);
      _wuyou_contract_form_show_section (self, FORM_DOCUMENTS);
      return;
    }
  wuyou_app_context_toast (self->context, _ ("Every document is there already. Drop it on the one to replace."));
}

/* Anywhere on the form: the first document that is still missing. */
static gboolean
on_form_dropped_cb (GtkDropTarget *target, const GValue *value, double x, double y, WuyouContractForm *self)
{
  GSList *files;

  if (!G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    return FALSE;
  files = gdk_file_list_get_files (g_value_get_boxed (value));
  for (GSList *file = files; file != NULL; file = file->next)
    on_form_dropped_file (self, file->data);
  g_slist_free (files);
  return TRUE;
}

void
_wuyou_contract_form_build_documents (WuyouContractForm *self, AdwPreferencesGroup *group)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  for (guint i = 0; i < G_N_ELEMENTS (slots); i++) {
    GtkWidget *slot = wuyou_document_slot_new (self->context, wuyou_draft_get_id (self->draft), slots[i], _ (hints[i]));

    self->slots[i] = WUYOU_DOCUMENT_SLOT (slot);
    adw_preferences_group_add (group, slot);
    g_signal_connect_object (slot, "changed", G_CALLBACK (on_slot_changed_cb), self, 0);
  }
  gtk_widget_set_visible (GTK_WIDGET (self->slots[2]), FALSE);
  g_signal_connect_object (target, "drop", G_CALLBACK (on_form_dropped_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

/* The server takes a document only of a contract it has, with the consents recorded in it. */
static const char *
find_refusal (WuyouContractForm *self)
{
  const WuyouContract *contract = wuyou_draft_get_record (self->draft);

  if (!contract->consent_processing || !contract->consent_sensitive || !contract->consent_provision
      || contract->consent_on == WUYOU_DATE_NONE)
    return _ ("First the owner’s notices and consents");
  if (!wuyou_draft_exists (self->draft) || self->dossier == NULL)
    return _ ("As soon as the draft has reached the server");
  return NULL;
}

void
_wuyou_contract_form_update_documents (WuyouContractForm *self)
{
  const char *refusal = find_refusal (self);
  const WuyouProduct *product = _wuyou_contract_form_get_product (self);

  for (guint i = 0; i < G_N_ELEMENTS (slots); i++) {
    const WuyouDocument *document
        = self->dossier != NULL ? wuyou_dossier_find_document (self->dossier, slots[i]) : NULL;

    wuyou_document_slot_set_document (self->slots[i], document);
    wuyou_document_slot_set_refusal (self->slots[i], refusal);
    if (slots[i] == WUYOU_SLOT_IDENTITY)
      gtk_widget_set_visible (GTK_WIDGET (self->slots[i]),
                              document != NULL || (product != NULL && product->rules.needs_identity_image));
  }
  _wuyou_contract_form_queue_update (self);
}

static WuyouContractPaperInput
get_input (WuyouContractForm *self)
{
  WuyouSession *session = wuyou_app_context_get_session (self->context);

  return (WuyouContractPaperInput){
    .contract = wuyou_draft_get_record (self->draft),
    .product = _wuyou_contract_form_get_product (self),
    .dealer
    = { .name = self->dossier != NULL && self->dossier->org_name != NULL ? self->dossier->org_name
                                                                         : wuyou_session_get_org_name (session) },
    .seller = wuyou_session_get_name (session),
  };
}

static gboolean
on_preview_due_cb (gpointer data)
{
  WuyouContractForm *self = data;
  const WuyouContractPaperInput input = get_input (self);
  g_autoptr (WuyouPaper) paper = NULL;

  self->preview_timer = 0;
  if (!wuyou_form_columns_shows_end (self->columns))
    return G_SOURCE_REMOVE;
  paper = wuyou_contract_paper_new (&input, WUYOU_CONTRACT_PAPER_DRAFT, NULL);
  if (paper != NULL)
    wuyou_paper_view_set_paper (self->preview, paper);
  return G_SOURCE_REMOVE;
}

void
_wuyou_contract_form_queue_preview (WuyouContractForm *self)
{
  g_clear_handle_id (&self->preview_timer, g_source_remove);
  self->preview_timer = g_timeout_add (PREVIEW_DELAY_MS, on_preview_due_cb, self);
}

void
_wuyou_contract_form_print_consent (WuyouContractForm *self)
{
  const WuyouContractPaperInput input = get_input (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (WuyouPaper) paper = wuyou_consent_sheet_paper_new (&input, WUYOU_CONTRACT_PAPER_LEGAL, &error);

  if (paper == NULL) {
    wuyou_banner_show_error (self->banner, error);
    return;
  }
  wuyou_print_window_present_paper (self->context, GTK_WIDGET (self), _ ("Notices and consents"), paper);
}
