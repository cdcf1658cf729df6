/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Escape closes @window, as people expect of what opened over their work. */
void wuyou_escape_closes (GtkWindow *window);

G_END_DECLS
