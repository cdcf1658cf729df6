/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A container that knows where in it to begin: @grab_focus puts the focus there. Tab is not caught by it: it goes on
 * from child to child and out at either end. */
void wuyou_focus_set_place (GtkWidgetClass *klass, gboolean (*grab_focus) (GtkWidget *widget));

/* On to what comes after @widget among its siblings, or before it. */
gboolean wuyou_focus_move_from (GtkWidget *widget, GtkDirectionType direction);
/* Text that the mouse can mark and copy, and that is no stop: with the focus all of it would be marked. A label that is
 * only not focusable takes Tab in GTK 4.8 and keeps it. */
void wuyou_focus_let_mark (GtkLabel *label);

/* Scrolls to what has the focus in @widget, once what changed around it has its place. */
void wuyou_focus_keep_shown (GtkWidget *widget);

G_END_DECLS
