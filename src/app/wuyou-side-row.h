/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <gtk/gtk.h>

#include "wuyou-page.h"

G_BEGIN_DECLS

/* An entry of the sidebar: icon, name, and how much waits there. */
#define WUYOU_TYPE_SIDE_ROW (wuyou_side_row_get_type ())
G_DECLARE_FINAL_TYPE (WuyouSideRow, wuyou_side_row, WUYOU, SIDE_ROW, GtkListBoxRow)

GtkWidget *wuyou_side_row_new (const WuyouPageInfo *info);
const char *wuyou_side_row_get_page (WuyouSideRow *self);
void wuyou_side_row_set_count (WuyouSideRow *self, guint count);

G_END_DECLS
