/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A button that says it is working once that takes longer than 300 ms, and then offers to stop.
 * Properties: "label", "busy", "suggested", "destructive". Signals: "pressed" (not while busy), "cancelled". */
#define WUYOU_TYPE_BUSY_BUTTON (wuyou_busy_button_get_type ())
G_DECLARE_FINAL_TYPE (WuyouBusyButton, wuyou_busy_button, WUYOU, BUSY_BUTTON, GtkWidget)

#define WUYOU_BUSY_DELAY_MS 300

GtkWidget *wuyou_busy_button_new (const char *label);
void wuyou_busy_button_set_busy (WuyouBusyButton *self, gboolean busy);
gboolean wuyou_busy_button_get_busy (WuyouBusyButton *self);
void wuyou_busy_button_press (WuyouBusyButton *self); /* as Return in an entry does */

G_END_DECLS
