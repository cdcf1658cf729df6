/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-record-page.h"

G_BEGIN_DECLS

/* Claims: the list, one of them beside it, and the form of the one being entered. Opens "new", an id, or with
 * "contract:ID" a new claim on that contract. */
#define WUYOU_TYPE_CLAIMS_PAGE (wuyou_claims_page_get_type ())
G_DECLARE_FINAL_TYPE (WuyouClaimsPage, wuyou_claims_page, WUYOU, CLAIMS_PAGE, WuyouRecordPage)

void wuyou_claims_page_find_async (WuyouAppContext *context, const char *text, GTask *task);
/* How many wait for this person; WuyouPageInfo.count_async. */
void wuyou_claims_page_count_async (WuyouAppContext *context, GTask *task);

G_END_DECLS
