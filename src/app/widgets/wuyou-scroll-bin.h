/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Around a window that scrolls up and down and takes the height there is: GTK would lay out all that it scrolls, in a
 * width that it never gets, to learn a height that is not used. */
GtkWidget *wuyou_scroll_bin_new (GtkScrolledWindow *scroller);

G_END_DECLS
