/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "engine/wuyou-request.h"
#include "engine/wuyou-metrics.h"

G_BEGIN_DECLS

/* Requests that wait for something to happen, each a suspended connection without a worker. */
typedef struct _WuyouPolls WuyouPolls;

WuyouPolls *wuyou_polls_new (guint limit, WuyouMetrics *metrics);
void wuyou_polls_free (WuyouPolls *polls); /* must be empty */

/* Taken before the handler looks; what happens between that and park () is not missed. */
guint64 wuyou_polls_get_tick (WuyouPolls *polls);

typedef enum {
  WUYOU_PARKED,
  WUYOU_PARK_AGAIN, /* something happened meanwhile: look again */
  WUYOU_PARK_OVER,  /* no room, or closing: answer now */
} WuyouParkResult;

/* @deadline: monotonic. @scope NULL: woken by anything. A session that waits too often at a time gets its oldest
 * poll back in @ret_displaced (otherwise NULL), to be answered now: addresses say little behind a proxy. */
WuyouParkResult wuyou_polls_park (WuyouPolls *polls,
                                  WuyouRequest *request,
                                  const char *scope,
                                  gint64 deadline,
                                  guint64 tick,
                                  WuyouRequest **ret_displaced);

/* Those to handle again; owned array, elements now belong to the caller. */
GPtrArray *wuyou_polls_wake (WuyouPolls *polls, const char *scope); /* what waits at @scope or above; NULL: all */
GPtrArray *wuyou_polls_take_over (WuyouPolls *polls, gint64 now);   /* those whose time is over */
GPtrArray *wuyou_polls_close (WuyouPolls *polls);                   /* all; nothing parks any more */

G_END_DECLS
