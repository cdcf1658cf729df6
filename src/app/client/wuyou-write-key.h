/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "client/wuyou-client.h"

G_BEGIN_DECLS

/* The idempotency key of a write that a person sends with a button. Pressed again with nothing changed, because no
 * answer came, it is the same write under the same key, and the server does it once; with other figures or for another
 * version it is another one. All zero to begin with. */
typedef struct {
  char *key, *of;
} WuyouWriteKey;

/* For @call as it stands (route, args, version, body); borrowed until the next time. */
const char *wuyou_write_key_get (WuyouWriteKey *self, const WuyouCall *call, const WuyouClock *clock);
void wuyou_write_key_clear (WuyouWriteKey *self);

G_END_DECLS
