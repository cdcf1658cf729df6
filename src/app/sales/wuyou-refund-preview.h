/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <adwaita.h>

#include "sales/wuyou-contract.h"

G_BEGIN_DECLS

/* What the owner of a contract would get back, by which rule, before a cancellation is asked for. */
#define WUYOU_TYPE_REFUND_PREVIEW (wuyou_refund_preview_get_type ())
G_DECLARE_FINAL_TYPE (WuyouRefundPreview, wuyou_refund_preview, WUYOU, REFUND_PREVIEW, AdwPreferencesGroup)

/* @contract is copied as far as it is needed; @benefit_json as wuyou_refund_compute takes it, or NULL: not known. */
WuyouRefundPreview *wuyou_refund_preview_new (const WuyouContract *contract, const char *benefit_json);
/* The owner's request was of that day; NONE: not known. */
void wuyou_refund_preview_show (WuyouRefundPreview *self, WuyouDate requested_on);
gint64 wuyou_refund_preview_get_fen (WuyouRefundPreview *self); /* as it is shown; 0 when nothing is */

G_END_DECLS
