/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-record-page.h"

G_BEGIN_DECLS

/* Contracts: found in the list, looked at and moved on beside it, made and corrected in the form. Record "new" opens
 * an empty form, any other id that contract. */
#define WUYOU_TYPE_SALES_PAGE (wuyou_sales_page_get_type ())
G_DECLARE_FINAL_TYPE (WuyouSalesPage, wuyou_sales_page, WUYOU, SALES_PAGE, WuyouRecordPage)

/* Contracts for the finder; see WuyouPageInfo. */
void wuyou_sales_page_find_async (WuyouAppContext *context, const char *text, GTask *task);

G_END_DECLS
