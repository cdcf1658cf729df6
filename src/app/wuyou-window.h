/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <adwaita.h>

#include "wuyou-app-context.h"

G_BEGIN_DECLS

/* The one window: signing in, gates, the work, the lock. Which of them is on follows the session alone. */
#define WUYOU_TYPE_WINDOW (wuyou_window_get_type ())
G_DECLARE_FINAL_TYPE (WuyouWindow, wuyou_window, WUYOU, WINDOW, AdwApplicationWindow)

WuyouWindow *wuyou_window_new (GtkApplication *application, WuyouAppContext *context);
const char *wuyou_window_get_view (WuyouWindow *self); /* "start", "sign-in", "gate", "work", "lock" */

G_END_DECLS
