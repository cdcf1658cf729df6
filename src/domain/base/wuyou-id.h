/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "base/wuyou-clock.h"

G_BEGIN_DECLS

/* Record ids are UUID version 7 (RFC 9562), lower-case text of 36 characters, chosen by the client. */
#define WUYOU_ID_LENGTH 36

typedef struct {
  const WuyouClock *clock;
  void (*fill) (guint8 *bytes, gsize length, gpointer data); /* NULL: the system's random source */
  gpointer data;
} WuyouIdSource;

char *wuyou_id_new (const WuyouIdSource *source); /* owned */
gboolean wuyou_id_is_valid (const char *text);

/* @length bytes of the system's random source as lower-case hex, for tokens and nonces; owned. */
char *wuyou_id_random_hex (gsize length);

G_END_DECLS
