/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "engine/wuyou-metrics.h"

G_BEGIN_DECLS

/* A piece of work; stands first in the struct that it is about. run () owns it. */
typedef struct _WuyouWork WuyouWork;
struct _WuyouWork {
  void (*run) (WuyouWork *work);
  WuyouWork *next;
};

/* A fixed number of threads and two queues: new work, bounded, and work that was let in before (woken polls, the
 * next piece of a body), which is never refused. They take turns, so that neither starves the other. */
typedef struct _WuyouWorkers WuyouWorkers;

WuyouWorkers *wuyou_workers_new (guint n_threads, guint limit, WuyouMetrics *metrics);
gboolean wuyou_workers_push (WuyouWorkers *workers, WuyouWork *work);  /* FALSE: full or stopped */
gboolean wuyou_workers_again (WuyouWorkers *workers, WuyouWork *work); /* FALSE: stopped */
/* Runs what is queued, then ends the threads. */
void wuyou_workers_stop (WuyouWorkers *workers);
void wuyou_workers_free (WuyouWorkers *workers);

G_END_DECLS
