/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <glib.h>

#include "client/wuyou-local.h"

G_BEGIN_DECLS

/* What a list remembers between runs: columns in order, sort, and views people gave a name. Sealed with the rest of
 * the local data, as the text of a search may name a person. */
typedef struct {
  char *id;
  int width; /* pixels, as a person pulled it; else 0 */
  gboolean visible;
} WuyouListColumn;

typedef struct {
  char *name;
  char *chip, *search, *sort; /* sort: "-updated_at", or NULL */
  gboolean mine;
} WuyouListView;

typedef struct {
  GPtrArray *columns; /* WuyouListColumn */
  GPtrArray *views;   /* WuyouListView */
  char *sort;
} WuyouListState;

WuyouListState *wuyou_list_state_load (WuyouLocal *local, const char *list); /* never NULL */
void wuyou_list_state_save (const WuyouListState *self, WuyouLocal *local, const char *list);
void wuyou_list_state_free (WuyouListState *self);

WuyouListColumn *wuyou_list_state_find_column (WuyouListState *self, const char *id); /* borrowed, or NULL */
void wuyou_list_state_set_columns (WuyouListState *self, GPtrArray *columns);         /* takes @columns */
void wuyou_list_column_free (WuyouListColumn *column);
void wuyou_list_view_free (WuyouListView *view);
/* A view of that name takes the place of the old one. Takes @view. */
void wuyou_list_state_take_view (WuyouListState *self, WuyouListView *view);
void wuyou_list_state_remove_view (WuyouListState *self, const char *name);

G_END_DECLS
