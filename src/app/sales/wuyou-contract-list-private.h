/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "sales/wuyou-contract-list.h"
#include "sales/wuyou-list-state.h"
#include "widgets/wuyou-banner.h"
#include "widgets/wuyou-busy-line.h"
#include "widgets/wuyou-empty-state.h"
#include "widgets/wuyou-record-model.h"

G_BEGIN_DECLS

#define WUYOU_N_CONTRACT_CHIPS 8

typedef struct {
  const char *id;
  const char *label;  /* N_() */
  const char *states; /* as the server is asked */
} WuyouContractChip;
extern const WuyouContractChip _wuyou_contract_chips[WUYOU_N_CONTRACT_CHIPS];

struct _WuyouContractList {
  AdwBin parent_instance;
  WuyouAppContext *context;
  WuyouProducts *products;
  WuyouRecordModel *model;
  WuyouListState *state;
  GtkSearchEntry *search;
  GtkToggleButton *chips[WUYOU_N_CONTRACT_CHIPS];
  GtkToggleButton *mine_button;
  GtkMenuButton *menu_button;
  GSimpleActionGroup *actions;
  GtkSingleSelection *selection;
  GtkColumnView *view;
  GtkStack *stack;
  WuyouEmptyState *empty;
  WuyouBanner *banner;
  WuyouBusyLine *line;
  GtkLabel *total;
  char *wanted; /* id of the record to select as soon as it is there, or NULL */
  char *shown;  /* id of the record that was selected last, and is beside the list */
  guint chip;
  gboolean mine;
  gboolean can_create;
  gboolean setting, asked, answered, seeded, kept, was_offline;
  guint search_timer, select_timer, reload_timer, fit_source;
};

void _wuyou_contract_list_ask (WuyouContractList *self);
void _wuyou_contract_list_save (WuyouContractList *self);
void _wuyou_contract_list_queue_fit (WuyouContractList *self);
GtkWidget *_wuyou_contract_list_build_chips (WuyouContractList *self);
void _wuyou_contract_list_show_counts (WuyouContractList *self, JsonObject *counts);
GtkWidget *_wuyou_contract_list_build_menu (WuyouContractList *self);
/* NULL: everything, in the natural order. */
void _wuyou_contract_list_show_view (WuyouContractList *self, const WuyouListView *view);

G_END_DECLS
