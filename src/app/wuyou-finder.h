/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-app-context.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Ctrl+K: pages, actions and records that answer what is typed; Return goes there. */
void wuyou_finder_present (WuyouAppContext *context, GtkWindow *parent);

G_END_DECLS
