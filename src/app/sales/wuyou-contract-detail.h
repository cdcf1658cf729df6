/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-record-detail.h"

G_BEGIN_DECLS

/* One contract beside the list: its state in words, the next step, and everything known of it, masked. */
#define WUYOU_TYPE_CONTRACT_DETAIL (wuyou_contract_detail_get_type ())
G_DECLARE_FINAL_TYPE (WuyouContractDetail, wuyou_contract_detail, WUYOU, CONTRACT_DETAIL, WuyouRecordDetail)

WuyouRecordDetail *wuyou_contract_detail_new (WuyouAppContext *context);
gboolean wuyou_contract_detail_print (WuyouContractDetail *self); /* FALSE: nothing to print */

G_END_DECLS
