/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "base/wuyou-clock.h"

static gint64
read_system (gpointer data G_GNUC_UNUSED)
{
  return g_get_real_time ();
}

static gint64
read_fixed (gpointer data)
{
  return *(gint64 *) data;
}

const WuyouClock wuyou_clock_system = { read_system, NULL };

gint64
wuyou_clock_now (const WuyouClock *clock)
{
  return clock->now (clock->data);
}

WuyouClock
wuyou_clock_fixed (gint64 *instant)
{
  return (WuyouClock){ read_fixed, instant };
}
