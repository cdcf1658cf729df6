/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <gtk/gtk.h>

#include "widgets/wuyou-list-state.h"
#include "widgets/wuyou-record-model.h"

G_BEGIN_DECLS

/* How one cell looks beside its text. */
typedef struct {
  const char *style; /* style class: "warning", "dim-label"; NULL: none */
  const char *icon;  /* before the text, so that colour alone says nothing; NULL: none */
} WuyouCellLook;

/* The columns of a list, as one table. */
typedef struct {
  const char *id;
  const char *title; /* N_() */
  const char *sort;  /* field the server sorts by, or NULL */
  int width;         /* pixels at the usual size of text */
  gboolean visible;
  int goes;        /* where there is no room, 1 first; 4: only where narrowing did not help; 0: never */
  gboolean number; /* right-aligned, tabular figures */
  gboolean words;  /* no figures in it */
  int rest;        /* takes the room that is left: the highest that is shown; 0: never */
  /* @item holds the record; @data is the list's own. Owned. */
  char *(*dup_text) (WuyouRecordItem *item, gpointer data);
  WuyouCellLook (*get_look) (WuyouRecordItem *item, gpointer data); /* or NULL */
  char *(*dup_sample) (guint n);                                    /* texts it must have room for; NULL after them */
  int least;      /* as narrow it may become where there is no room, in the order of the table; 0: never narrower */
  gboolean tail;  /* cut, it keeps its end: that of a number tells more than its start */
  gboolean wraps; /* goes on in another line rather than being cut */
} WuyouRecordColumn;

typedef struct {
  const WuyouRecordColumn *columns;
  guint n_columns;
} WuyouRecordColumns;

/* Appends all columns to @view in the order and width remembered in @state. @data names what a row only has the id of;
 * referenced, may be NULL. */
void wuyou_record_columns_append (GtkColumnView *view,
                                  const WuyouRecordColumns *table,
                                  WuyouListState *state,
                                  GObject *data);
/* The person wants to see this column, or not. */
void wuyou_record_columns_set_wanted (GtkColumnViewColumn *column, gboolean wanted);
/* Fills @width pixels. Where they are too few, the least important of the columns that everybody has go, and what may
 * be narrower is; one that was chosen stays, and the table scrolls. */
void wuyou_record_columns_fit (GtkColumnView *view, int width);
/* How they stand now; owned, for wuyou_list_state_set_columns (). */
GPtrArray *wuyou_record_columns_dup_state (GtkColumnView *view);
/* What the view is sorted by, as the server is asked: "-updated_at"; owned, NULL for the natural order. */
char *wuyou_record_columns_dup_sort (GtkColumnView *view);
void wuyou_record_columns_set_sort (GtkColumnView *view, const char *sort);

G_END_DECLS
