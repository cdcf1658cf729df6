/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "sales/wuyou-contract-form.h"
#include "sales/wuyou-document-slot.h"
#include "widgets/wuyou-field-row.h"
#include "sales/wuyou-dossier.h"
#include "widgets/wuyou-form-columns.h"
#include "widgets/wuyou-paper-view.h"
#include "sales/wuyou-sale-draft.h"
#include "widgets/wuyou-banner.h"
#include "widgets/wuyou-busy-button.h"

G_BEGIN_DECLS

typedef enum {
  FORM_VEHICLE,
  FORM_OWNER,
  FORM_CONSENT,
  FORM_POLICIES,
  FORM_PRICE,
  FORM_DOCUMENTS,
  FORM_SUBMIT,
  N_FORM_SECTIONS,
} FormSection;

struct _WuyouContractForm {
  WuyouRecordForm parent_instance;
  WuyouAppContext *context;
  WuyouProducts *products;
  GCancellable *cancellable;
  WuyouDraft *draft;
  WuyouDossier *dossier; /* as loaded last; NULL for a new one */
  GHashTable *rows;      /* field name → WuyouFieldRow, borrowed from their groups */
  WuyouBanner *banner;
  GtkScrolledWindow *scroller;
  GtkWidget *groups[N_FORM_SECTIONS];
  GtkListBox *nav;
  GtkLabel *nav_counts[N_FORM_SECTIONS];
  GtkImage *nav_ticks[N_FORM_SECTIONS];
  WuyouFormColumns *columns;
  WuyouPaperView *preview;
  AdwComboRow *product, *term;
  GPtrArray *offered; /* product ids, as in the choice */
  GArray *terms;      /* gint64 months, as in the choice */
  GtkWidget *price_info, *term_info, *gap_info, *wholesale_info, *product_info;
  WuyouDocumentSlot *slots[3];
  GtkWidget *missing; /* group of what is missing */
  WuyouBanner *todo;  /* how much of it, from the first try to submit on */
  GPtrArray *todo_fields;
  guint todo_at;
  const char *todo_field; /* jumped to last; interned */
  GtkLabel *saved;
  WuyouBusyButton *submit;
  GtkWindow *conflict; /* the question that is open, or NULL */
  gboolean setting, show_missing;
  guint update_source, preview_timer;
  int wanted_section;
};

GtkWidget *_wuyou_contract_form_build (WuyouContractForm *self);
WuyouFieldRow *_wuyou_contract_form_get_row (WuyouContractForm *self, const char *field); /* or NULL */
FormSection _wuyou_contract_form_find_section (const char *field);
void _wuyou_contract_form_jump (WuyouContractForm *self, const char *field);
void _wuyou_contract_form_show_section (WuyouContractForm *self, FormSection section);
/* All that follows from what is typed: sentences, counts, prices, terms, preview. Soon, once. */
void _wuyou_contract_form_queue_update (WuyouContractForm *self);
void _wuyou_contract_form_update_rows (WuyouContractForm *self);
/* Violations as found for the submission; NULL when there are none. */
void _wuyou_contract_form_show_problems (WuyouContractForm *self, const GError *problems);
WuyouContractFacts _wuyou_contract_form_get_facts (WuyouContractForm *self);
const WuyouProduct *_wuyou_contract_form_get_product (WuyouContractForm *self);

/* Product, term and price: -price.c */
void _wuyou_contract_form_build_price (WuyouContractForm *self, AdwPreferencesGroup *group);
void _wuyou_contract_form_update_price (WuyouContractForm *self);
void _wuyou_contract_form_fill_products (WuyouContractForm *self);

/* Documents, consent sheet, preview, submission: -papers.c, -submit.c */
void _wuyou_contract_form_build_documents (WuyouContractForm *self, AdwPreferencesGroup *group);
void _wuyou_contract_form_update_documents (WuyouContractForm *self);
void _wuyou_contract_form_queue_preview (WuyouContractForm *self);
void _wuyou_contract_form_print_consent (WuyouContractForm *self);
GtkWidget *_wuyou_contract_form_build_todo (WuyouContractForm *self);
void _wuyou_contract_form_submit (WuyouContractForm *self);
const char *_wuyou_contract_form_get_action (WuyouRecordForm *form);
void _wuyou_contract_form_resolve_conflict (WuyouContractForm *self, JsonObject *current);
void _wuyou_contract_form_add_info (AdwPreferencesGroup *group, GtkWidget **ret_label, const char *title);

G_END_DECLS
