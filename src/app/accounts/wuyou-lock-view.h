/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-app-context.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* In front of the work after a pause (2.4-05): opened by the password, or a one-time code; the work stays as it is. */
#define WUYOU_TYPE_LOCK_VIEW (wuyou_lock_view_get_type ())
G_DECLARE_FINAL_TYPE (WuyouLockView, wuyou_lock_view, WUYOU, LOCK_VIEW, AdwBin)

GtkWidget *wuyou_lock_view_new (WuyouAppContext *context);

G_END_DECLS
