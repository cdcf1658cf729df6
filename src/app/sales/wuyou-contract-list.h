/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "sales/wuyou-products.h"
#include "widgets/wuyou-record-list.h"

G_BEGIN_DECLS

/* The list of contracts: what the list of records needs to know of them. */
extern const WuyouRecordListKind wuyou_contract_list_kind;

GtkWidget *wuyou_contract_list_new (WuyouAppContext *context, WuyouProducts *products);

G_END_DECLS
