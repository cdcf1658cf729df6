/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-app-context.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Language, colours, lock, server. Every change is in force at once, but the language, which needs a restart. */
void wuyou_preferences_present (WuyouAppContext *context, GtkWindow *parent);

G_END_DECLS
