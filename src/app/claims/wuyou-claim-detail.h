/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-record-detail.h"

G_BEGIN_DECLS

/* One claim beside the list: its state in words, the clock, the next step, and everything known of it, masked. */
#define WUYOU_TYPE_CLAIM_DETAIL (wuyou_claim_detail_get_type ())
G_DECLARE_FINAL_TYPE (WuyouClaimDetail, wuyou_claim_detail, WUYOU, CLAIM_DETAIL, WuyouRecordDetail)

WuyouRecordDetail *wuyou_claim_detail_new (WuyouAppContext *context);
/* The desk: in and out, and which half of it; FALSE: there is none. */
gboolean wuyou_claim_detail_compare (WuyouClaimDetail *self);
gboolean wuyou_claim_detail_switch_panel (WuyouClaimDetail *self);
gboolean wuyou_claim_detail_save (WuyouClaimDetail *self); /* what is typed in the review; FALSE: nothing is */

G_END_DECLS
