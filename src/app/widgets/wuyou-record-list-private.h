/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "widgets/wuyou-record-list.h"
#include "widgets/wuyou-list-state.h"
#include "widgets/wuyou-banner.h"
#include "widgets/wuyou-busy-line.h"
#include "widgets/wuyou-empty-state.h"
#include "widgets/wuyou-record-model.h"

G_BEGIN_DECLS

#define WUYOU_MAX_RECORD_CHIPS 12

struct _WuyouRecordList {
  AdwBin parent_instance;
  WuyouAppContext *context;
  const WuyouRecordListKind *kind;
  GObject *data; /* of the kind, or NULL */
  WuyouRecordModel *model;
  WuyouListState *state;
  GtkSearchEntry *search;
  GtkToggleButton *chips[WUYOU_MAX_RECORD_CHIPS];
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
  char *wanted;   /* id of the record to select as soon as it is there, or NULL */
  char *shown;    /* id of the record that was selected last, and is beside the list */
  guint shown_at; /* where it stood, also when it left since; none in a list that asks for others */
  guint chip;
  gboolean mine;
  gboolean can_create;
  char *shown_for; /* the question that the rows answer */
  gboolean setting, asked, answered, seeded, kept, was_offline;
  guint search_timer, select_timer, reload_timer, fit_source;
};

void _wuyou_record_list_ask (WuyouRecordList *self);
void _wuyou_record_list_save (WuyouRecordList *self);
void _wuyou_record_list_queue_fit (WuyouRecordList *self);
GtkWidget *_wuyou_record_list_build_chips (WuyouRecordList *self);
void _wuyou_record_list_show_counts (WuyouRecordList *self, JsonObject *counts);
GtkWidget *_wuyou_record_list_build_menu (WuyouRecordList *self);
/* NULL: everything, in the natural order. */
void _wuyou_record_list_show_view (WuyouRecordList *self, const WuyouListView *view);

G_END_DECLS
