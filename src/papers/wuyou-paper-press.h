/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One thread of the process lays out and draws for those that have many: Cairo 1.16 takes the locks of its fonts in
 * either order, so that two threads that draw text may wait for each other for ever; and each thread that lays text
 * out keeps a font map of its own, of ten megabytes and more. */
typedef GBytes *(*WuyouPaperPressFunc) (gpointer data, GError **error);

/* Blocks until @func ran, and answers what it does. BUSY, without running it, when too many wait already. */
GBytes *wuyou_paper_press_run (WuyouPaperPressFunc func, gpointer data, GError **error);

G_END_DECLS
