/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <adwaita.h>

#include "wuyou-app-context.h"

G_BEGIN_DECLS

/* What was done with the account (2.5-01), newest first, page by page; loaded when opened. */
#define WUYOU_TYPE_ACTIVITY_ROW (wuyou_activity_row_get_type ())
G_DECLARE_FINAL_TYPE (WuyouActivityRow, wuyou_activity_row, WUYOU, ACTIVITY_ROW, AdwExpanderRow)

GtkWidget *wuyou_activity_row_new (WuyouAppContext *context);

G_END_DECLS
