/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <gtk/gtk.h>

#include "sales/wuyou-list-state.h"
#include "sales/wuyou-products.h"

G_BEGIN_DECLS

/* The columns of the list of contracts, as one table. */

/* Appends all columns to @view in the order and width remembered in @state. @products names what a row only has the
 * id of; referenced. */
void wuyou_contract_columns_append (GtkColumnView *view, WuyouListState *state, WuyouProducts *products);
/* The person wants to see this column, or not. */
void wuyou_contract_columns_set_wanted (GtkColumnViewColumn *column, gboolean wanted);
/* Fills @width pixels. Where they are too few, the least important of the columns that everybody has go; one that was
 * chosen stays, and the table scrolls. */
void wuyou_contract_columns_fit (GtkColumnView *view, int width);
/* How they stand now; owned, for wuyou_list_state_set_columns (). */
GPtrArray *wuyou_contract_columns_dup_state (GtkColumnView *view);
/* What the view is sorted by, as the server is asked: "-updated_at"; owned, NULL for the natural order. */
char *wuyou_contract_columns_dup_sort (GtkColumnView *view);
void wuyou_contract_columns_set_sort (GtkColumnView *view, const char *sort);

G_END_DECLS
