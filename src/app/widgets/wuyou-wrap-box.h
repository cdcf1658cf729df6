/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Children in a row as long as there is room, then in the next one: nothing is cut off and nothing scrolls away. Stands
 * for AdwWrapBox (1.7). Properties: "spacing" in pixels, both ways; "centred" rows. */
#define WUYOU_TYPE_WRAP_BOX (wuyou_wrap_box_get_type ())
G_DECLARE_FINAL_TYPE (WuyouWrapBox, wuyou_wrap_box, WUYOU, WRAP_BOX, GtkWidget)

GtkWidget *wuyou_wrap_box_new (int spacing);
void wuyou_wrap_box_append (WuyouWrapBox *self, GtkWidget *child);

G_END_DECLS
