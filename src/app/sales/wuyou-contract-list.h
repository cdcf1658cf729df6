/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <adwaita.h>

#include "sales/wuyou-products.h"

G_BEGIN_DECLS

/* The list: search, states with their counts, saved views, and the table. Signals: "selected" (const char *id),
 * "opened" (const char *id): with Enter or a double click; "peeked" (const char *id): with Space; "new-requested". */
#define WUYOU_TYPE_CONTRACT_LIST (wuyou_contract_list_get_type ())
G_DECLARE_FINAL_TYPE (WuyouContractList, wuyou_contract_list, WUYOU, CONTRACT_LIST, AdwBin)

GtkWidget *wuyou_contract_list_new (WuyouAppContext *context, WuyouProducts *products);
void wuyou_contract_list_refresh (WuyouContractList *self);
void wuyou_contract_list_focus_search (WuyouContractList *self);
/* One record changed somewhere; @is_new when it may not be in the list yet. */
void wuyou_contract_list_touch (WuyouContractList *self, const char *id, gboolean is_new);
/* Marks the row of @id and scrolls to it, at once or as soon as an answer brings it; NULL marks none. */
void wuyou_contract_list_select (WuyouContractList *self, const char *id);
const char *wuyou_contract_list_get_selected (WuyouContractList *self); /* id, or NULL */
gboolean wuyou_contract_list_get_busy (WuyouContractList *self);        /* property "busy" */

G_END_DECLS
