/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The same numbers for the same seed and stream on every machine (SplitMix64); not for secrets. */
typedef struct {
  guint64 state;
} WuyouDemoRandom;

WuyouDemoRandom wuyou_demo_random (guint64 seed, guint64 stream);
guint64 wuyou_demo_random_next (WuyouDemoRandom *random);
guint wuyou_demo_random_below (WuyouDemoRandom *random, guint limit);                  /* 0 … limit - 1 */
gint64 wuyou_demo_random_between (WuyouDemoRandom *random, gint64 first, gint64 last); /* both inclusive */
gboolean wuyou_demo_random_chance (WuyouDemoRandom *random, guint per_mille);
gpointer wuyou_demo_random_pick (WuyouDemoRandom *random, GPtrArray *array); /* borrowed */
/* A WuyouIdSource's fill. */
void wuyou_demo_random_fill (guint8 *bytes, gsize length, gpointer random);

G_END_DECLS
