/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define WUYOU_TYPE_TAB_STOP (wuyou_tab_stop_get_type ())

/* One stop for Tab, however many rows are in it: the arrow keys go from row to row. GTK 4.8 has no tab behaviour of
 * lists, so Tab would visit every row, and a list that selects what has the focus would open each of them. */
G_DECLARE_FINAL_TYPE (WuyouTabStop, wuyou_tab_stop, WUYOU, TAB_STOP, AdwBin)

GtkWidget *wuyou_tab_stop_new (GtkWidget *child);
/* Where Tab comes in; without one, where the child itself begins. */
void wuyou_tab_stop_set_place (WuyouTabStop *self, GtkWidget *place);

G_END_DECLS
