/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "demo/wuyou-demo-random.h"

#define GAMMA G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)

static guint64
mix (guint64 z)
{
  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

WuyouDemoRandom
wuyou_demo_random (guint64 seed, guint64 stream)
{
  return (WuyouDemoRandom){ mix (mix (seed + GAMMA) ^ (stream * GAMMA)) };
}

guint64
wuyou_demo_random_next (WuyouDemoRandom *random)
{
  random->state += GAMMA;
  return mix (random->state);
}

guint
wuyou_demo_random_below (WuyouDemoRandom *random, guint limit)
{
  g_return_val_if_fail (limit > 0, 0);
  return (guint) (((wuyou_demo_random_next (random) >> 32) * limit) >> 32);
}

gint64
wuyou_demo_random_between (WuyouDemoRandom *random, gint64 first, gint64 last)
{
  g_return_val_if_fail (first <= last, first);
  return first + (gint64) (wuyou_demo_random_next (random) % (guint64) (last - first + 1));
}

gboolean
wuyou_demo_random_chance (WuyouDemoRandom *random, guint per_mille)
{
  return wuyou_demo_random_below (random, 1000) < per_mille;
}

gpointer
wuyou_demo_random_pick (WuyouDemoRandom *random, GPtrArray *array)
{
  return array->pdata[wuyou_demo_random_below (random, array->len)];
}

void
wuyou_demo_random_fill (guint8 *bytes, gsize length, gpointer random)
{
  for (gsize i = 0; i < length; i++)
    bytes[i] = wuyou_demo_random_next (random) & 0xff;
}
