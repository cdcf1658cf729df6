/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Time is passed in, never asked of the system by a rule. Instants are UTC microseconds since 1970. */
typedef struct {
  gint64 (*now) (gpointer data);
  gpointer data;
} WuyouClock;

gint64 wuyou_clock_now (const WuyouClock *clock);

extern const WuyouClock wuyou_clock_system;

/* A clock that stands where @instant says; the pointer is borrowed, so a test can move it. */
WuyouClock wuyou_clock_fixed (gint64 *instant);

G_END_DECLS
