/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <adwaita.h>

#include "wuyou-app-context.h"

G_BEGIN_DECLS

/* One claim beside the list: its state in words, the clock, the next step, and everything known of it, masked. Signals:
 * "edit-requested" (const char *id, const char *field): the form is wanted, at that field unless NULL;
 * "changed" (const char *id): a step was taken here. */
#define WUYOU_TYPE_CLAIM_DETAIL (wuyou_claim_detail_get_type ())
G_DECLARE_FINAL_TYPE (WuyouClaimDetail, wuyou_claim_detail, WUYOU, CLAIM_DETAIL, AdwBin)

GtkWidget *wuyou_claim_detail_new (WuyouAppContext *context);
void wuyou_claim_detail_show (WuyouClaimDetail *self, const char *id); /* NULL: none chosen */
const char *wuyou_claim_detail_get_id (WuyouClaimDetail *self);
void wuyou_claim_detail_refresh (WuyouClaimDetail *self);
void wuyou_claim_detail_stop (WuyouClaimDetail *self);     /* the page was left */
gboolean wuyou_claim_detail_save (WuyouClaimDetail *self); /* what is typed in the review; FALSE: nothing is */
void wuyou_claim_detail_read_on (WuyouClaimDetail *self);
void wuyou_claim_detail_focus (WuyouClaimDetail *self);

G_END_DECLS
