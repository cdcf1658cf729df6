/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <adwaita.h>

#include "wuyou-app-context.h"

G_BEGIN_DECLS

/* One contract beside the list: its state in words, the next step, and everything known of it, masked. Signals:
 * "edit-requested" (const char *id, const char *field): the form is wanted, at that field unless NULL;
 * "changed" (const char *id): a step was taken here. */
#define WUYOU_TYPE_CONTRACT_DETAIL (wuyou_contract_detail_get_type ())
G_DECLARE_FINAL_TYPE (WuyouContractDetail, wuyou_contract_detail, WUYOU, CONTRACT_DETAIL, AdwBin)

GtkWidget *wuyou_contract_detail_new (WuyouAppContext *context);
void wuyou_contract_detail_show (WuyouContractDetail *self, const char *id); /* NULL: none chosen */
const char *wuyou_contract_detail_get_id (WuyouContractDetail *self);
void wuyou_contract_detail_refresh (WuyouContractDetail *self);
gboolean wuyou_contract_detail_print (WuyouContractDetail *self); /* FALSE: nothing to print */
void wuyou_contract_detail_stop (WuyouContractDetail *self);      /* the page was left */
/* A page further down, or to the top again from the end. */
void wuyou_contract_detail_read_on (WuyouContractDetail *self);
void wuyou_contract_detail_focus (WuyouContractDetail *self);

G_END_DECLS
