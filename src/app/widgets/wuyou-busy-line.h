/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A thin line that moves while something is under way, from 300 ms on; it takes no room. */
#define WUYOU_TYPE_BUSY_LINE (wuyou_busy_line_get_type ())
G_DECLARE_FINAL_TYPE (WuyouBusyLine, wuyou_busy_line, WUYOU, BUSY_LINE, GtkWidget)

GtkWidget *wuyou_busy_line_new (void);
void wuyou_busy_line_set_busy (WuyouBusyLine *self, gboolean busy);

G_END_DECLS
