/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A length in pixels at the usual size of text, as long as it is where text is larger: what holds words grows with
 * them. Stands for the unit sp of libadwaita 1.4. */
int wuyou_text_scale_px (GtkWidget *widget, int length);
gboolean wuyou_text_is_large (GtkWidget *widget); /* half as large again as usual, or more */

G_END_DECLS
