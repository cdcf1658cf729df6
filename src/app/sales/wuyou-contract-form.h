/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "sales/wuyou-products.h"
#include "wuyou-app-context.h"
#include "wuyou-record-form.h"

G_BEGIN_DECLS

/* The form of a sale: one page with sections, their state at the left, the paper at the right where there is room. */
#define WUYOU_TYPE_CONTRACT_FORM (wuyou_contract_form_get_type ())
G_DECLARE_FINAL_TYPE (WuyouContractForm, wuyou_contract_form, WUYOU, CONTRACT_FORM, WuyouRecordForm)

/* @id NULL: a new contract. */
WuyouRecordForm *wuyou_contract_form_new (WuyouAppContext *context, WuyouProducts *products, const char *id);
void wuyou_contract_form_print (WuyouContractForm *self);

G_END_DECLS
