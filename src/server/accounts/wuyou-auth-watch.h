/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "engine/wuyou-server-context.h"

G_BEGIN_DECLS

/* Follows the feed of all processes on the database: who was suspended, whose roles changed, which agreements came.
 * Forgets what is remembered of them and wakes the long polls, which then look again. */
typedef struct _WuyouAuthWatch WuyouAuthWatch;

WuyouAuthWatch *wuyou_auth_watch_start (WuyouServerContext *context);
void wuyou_auth_watch_stop (WuyouAuthWatch *watch);

G_END_DECLS
