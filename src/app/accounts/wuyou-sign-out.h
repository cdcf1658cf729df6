/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-app-context.h"

G_BEGIN_DECLS

/* Tells the server and ends the session on this side, whatever the server says. */
void wuyou_sign_out (WuyouAppContext *context);
/* What would stay on this computer, as a sentence; owned. NULL: nothing. */
char *wuyou_sign_out_dup_question (WuyouAppContext *context);
/* As soon as everything is sent, a toast meanwhile offers to stay; gives up when nothing moves for half a minute and
 * says so. Asked for again while it waits, it goes on waiting. */
void wuyou_sign_out_after_sending (WuyouAppContext *context);
/* Leaves what waits on this computer, once the files that were just added are sealed there. */
void wuyou_sign_out_now (WuyouAppContext *context);

G_END_DECLS
