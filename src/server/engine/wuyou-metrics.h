/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "base/wuyou-route.h"

G_BEGIN_DECLS

/* Counters for /metrics (Prometheus text). All calls are safe from any thread and take no lock. */
typedef struct _WuyouMetrics WuyouMetrics;

typedef enum {
  WUYOU_GAUGE_CONNECTIONS,
  WUYOU_GAUGE_WORKERS,
  WUYOU_GAUGE_WORKERS_BUSY,
  WUYOU_GAUGE_QUEUE,
  WUYOU_GAUGE_POLLS,
  WUYOU_GAUGE_UPLOADS,
  WUYOU_GAUGE_BODY_BYTES,
  WUYOU_N_GAUGES
} WuyouGauge;

typedef enum {
  WUYOU_COUNTER_CONNECTIONS, /* accepted */
  WUYOU_COUNTER_CONNECTIONS_REFUSED,
  WUYOU_COUNTER_DEADLINES, /* connections cut by the overall deadline */
  WUYOU_COUNTER_MALFORMED, /* requests refused for their framing */
  WUYOU_COUNTER_BUSY,      /* refused for want of a worker or of memory */
  WUYOU_COUNTER_WAKES,
  WUYOU_N_COUNTERS
} WuyouCounter;

WuyouMetrics *wuyou_metrics_new (void);
void wuyou_metrics_free (WuyouMetrics *metrics);

/* @route WUYOU_N_ROUTES: no route matched. @micros: from the end of the headers to the answer. */
void wuyou_metrics_count_request (WuyouMetrics *metrics, WuyouRouteId route, guint status, gint64 micros);
void wuyou_metrics_add (WuyouMetrics *metrics, WuyouGauge gauge, gint64 delta);
gint64 wuyou_metrics_get (const WuyouMetrics *metrics, WuyouGauge gauge);
void wuyou_metrics_count (WuyouMetrics *metrics, WuyouCounter counter);
guint64 wuyou_metrics_get_count (const WuyouMetrics *metrics, WuyouCounter counter);
void wuyou_metrics_write (const WuyouMetrics *metrics, GString *out);

G_END_DECLS
