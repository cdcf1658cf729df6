/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-app-context.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* "Report misuse" (2.5-02), also before signing in and from the lock: freezes the account's sessions. */
void wuyou_misuse_dialog_present (WuyouAppContext *context, GtkWindow *parent);

G_END_DECLS
