/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <adwaita.h>

#include "sales/wuyou-products.h"
#include "wuyou-app-context.h"

G_BEGIN_DECLS

/* The form of a sale: one page with sections, their state at the left, the paper at the right where there is room.
 * Property "title". Signal "closed": it was submitted or given up, and is no longer needed. */
#define WUYOU_TYPE_CONTRACT_FORM (wuyou_contract_form_get_type ())
G_DECLARE_FINAL_TYPE (WuyouContractForm, wuyou_contract_form, WUYOU, CONTRACT_FORM, AdwBin)

/* @id NULL: a new contract. */
GtkWidget *wuyou_contract_form_new (WuyouAppContext *context, WuyouProducts *products, const char *id);
const char *wuyou_contract_form_get_id (WuyouContractForm *self);
const char *wuyou_contract_form_get_title (WuyouContractForm *self);
void wuyou_contract_form_focus (WuyouContractForm *self, const char *field); /* NULL: the first one */
void wuyou_contract_form_flush (WuyouContractForm *self);                    /* saves now */
void wuyou_contract_form_refresh (WuyouContractForm *self);
void wuyou_contract_form_touch (WuyouContractForm *self, const char *id); /* the record changed at the server */
void wuyou_contract_form_print (WuyouContractForm *self);

G_END_DECLS
