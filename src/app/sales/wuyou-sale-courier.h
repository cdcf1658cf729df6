/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-app-context.h"

G_BEGIN_DECLS

/* Looks after the drafts of which no form is open: what an earlier run typed and did not queue any more is queued as
 * soon as the outbox is read, and what the outbox sends is noted in its draft. Once, as long as @context lives. */
void wuyou_sale_courier_start (WuyouAppContext *context);

/* The newest draft that is on this machine only, and how many there are. Owned, or NULL. */
char *wuyou_sale_courier_find_local (WuyouAppContext *context, guint *ret_n);

G_END_DECLS
