/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A value of personal information: masked, with an eye that asks its owner to fetch the full value, and masks itself
 * again after a minute. Properties (of AdwActionRow): "title"; own: "masked", "can-show".
 * Signal "show-requested": answer with wuyou_masked_row_show_value (). */
#define WUYOU_TYPE_MASKED_ROW (wuyou_masked_row_get_type ())
G_DECLARE_FINAL_TYPE (WuyouMaskedRow, wuyou_masked_row, WUYOU, MASKED_ROW, AdwActionRow)

#define WUYOU_MASKED_ROW_SECONDS 60

GtkWidget *wuyou_masked_row_new (const char *title, const char *masked);
void wuyou_masked_row_set_masked (WuyouMaskedRow *self, const char *masked);
void wuyou_masked_row_show_value (WuyouMaskedRow *self, const char *full);
void wuyou_masked_row_mask (WuyouMaskedRow *self);

G_END_DECLS
