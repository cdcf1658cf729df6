/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <adwaita.h>

#include "base/wuyou-permission.h"
#include "widgets/wuyou-record-columns.h"
#include "wuyou-app-context.h"

G_BEGIN_DECLS

/* One way to narrow the list down. */
typedef struct {
  const char *id;
  const char *label;  /* N_() */
  const char *states; /* as the server is asked; of @param "true" */
  const char *param;  /* NULL: "state" */
  gboolean hides;     /* not there when nothing is */
  /* N_(): what stands there when nothing is, and offers to begin one; or NULL. */
  const char *nothing, *nothing_text;
} WuyouRecordChip;

/* What a list knows of its records; a constant. All sentences N_(). */
typedef struct {
  const WuyouRecordType *type;
  WuyouRouteId route;
  const char *cache, *state; /* names under which this machine keeps the first page, and the columns */
  WuyouObject object;        /* who may create it is offered to */
  const WuyouRecordChip *chips;
  guint n_chips;
  WuyouRecordColumns columns;
  const char *title, *search, *search_hint, *search_help;
  const char *empty_icon, *empty_title, *empty_text, *create;
  const char *toggle; /* "Only mine" */
  char *(*dup_total) (guint total, gboolean more);
  void (*column_wanted) (const char *id, gpointer data); /* somebody wants to see it; or NULL */
} WuyouRecordListKind;

/* The list: search, states with their counts, saved views, and the table. Signals: "selected" (const char *id),
 * "opened" (const char *id): with Enter or a double click; "peeked" (const char *id): with Space; "new-requested". */
#define WUYOU_TYPE_RECORD_LIST (wuyou_record_list_get_type ())
G_DECLARE_FINAL_TYPE (WuyouRecordList, wuyou_record_list, WUYOU, RECORD_LIST, AdwBin)

/* @data is handed to the columns, referenced; its signal "changed" loads anew. May be NULL. */
GtkWidget *wuyou_record_list_new (WuyouAppContext *context, const WuyouRecordListKind *kind, GObject *data);
/* Before the first load: what it shows at first. */
void wuyou_record_list_set_chip (WuyouRecordList *self, const char *id);
void wuyou_record_list_refresh (WuyouRecordList *self);
void wuyou_record_list_focus_search (WuyouRecordList *self);
/* One record changed somewhere; @is_new when it may not be in the list yet. */
void wuyou_record_list_touch (WuyouRecordList *self, const char *id, gboolean is_new);
/* Marks the row of @id and scrolls to it, at once or as soon as an answer brings it; NULL marks none. */
void wuyou_record_list_select (WuyouRecordList *self, const char *id);
const char *wuyou_record_list_get_selected (WuyouRecordList *self); /* id, or NULL */
gboolean wuyou_record_list_get_busy (WuyouRecordList *self);        /* property "busy" */

G_END_DECLS
