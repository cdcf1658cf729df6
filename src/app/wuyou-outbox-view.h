/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-app-context.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What waits to be sent, why, and what can be done about it. */
void wuyou_outbox_view_present (WuyouAppContext *context, GtkWindow *parent);

G_END_DECLS
