/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-app-context.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Where the account is signed in (2.4-03): opens on request, each session can be ended, or all. */
#define WUYOU_TYPE_SESSIONS_ROW (wuyou_sessions_row_get_type ())
G_DECLARE_FINAL_TYPE (WuyouSessionsRow, wuyou_sessions_row, WUYOU, SESSIONS_ROW, AdwExpanderRow)

GtkWidget *wuyou_sessions_row_new (WuyouAppContext *context);

G_END_DECLS
