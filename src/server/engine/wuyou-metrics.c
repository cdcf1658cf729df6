/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "engine/wuyou-metrics.h"

#include <stdatomic.h>

#define N_STATUSES 500 /* 100 … 599 */

static const double bounds[] = { 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10 };
#define N_BUCKETS (G_N_ELEMENTS (bounds) + 1)

typedef struct {
  _Atomic guint64 buckets[N_BUCKETS];
  _Atomic guint64 micros;
  _Atomic guint64 statuses[N_STATUSES];
} RouteCounters;

struct _WuyouMetrics {
  RouteCounters routes[WUYOU_N_ROUTES + 1];
  _Atomic gint64 gauges[WUYOU_N_GAUGES];
  _Atomic guint64 counters[WUYOU_N_COUNTERS];
};

static const char *const gauge_names[WUYOU_N_GAUGES] = {
  [WUYOU_GAUGE_CONNECTIONS] = "wuyou_connections",   [WUYOU_GAUGE_WORKERS] = "wuyou_workers",
  [WUYOU_GAUGE_WORKERS_BUSY] = "wuyou_workers_busy", [WUYOU_GAUGE_QUEUE] = "wuyou_queue",
  [WUYOU_GAUGE_POLLS] = "wuyou_polls_waiting",       [WUYOU_GAUGE_UPLOADS] = "wuyou_uploads",
  [WUYOU_GAUGE_BODY_BYTES] = "wuyou_body_bytes",
};

static const char *const counter_names[WUYOU_N_COUNTERS] = {
  [WUYOU_COUNTER_CONNECTIONS] = "wuyou_connections_total",
  [WUYOU_COUNTER_CONNECTIONS_REFUSED] = "wuyou_connections_refused_total",
  [WUYOU_COUNTER_DEADLINES] = "wuyou_deadlines_total",
  [WUYOU_COUNTER_MALFORMED] = "wuyou_malformed_total",
  [WUYOU_COUNTER_BUSY] = "wuyou_busy_total",
  [WUYOU_COUNTER_WAKES] = "wuyou_wakes_total",
};

WuyouMetrics *
wuyou_metrics_new (void)
{
  return g_new0 (WuyouMetrics, 1);
}

void
wuyou_metrics_free (WuyouMetrics *metrics)
{
  g_free (metrics);
}

void
wuyou_metrics_count_request (WuyouMetrics *metrics, WuyouRouteId route, guint status, gint64 micros)
{
  RouteCounters *counters = &metrics->routes[MIN ((guint) route, WUYOU_N_ROUTES)];
  guint bucket = 0;

  while (bucket < G_N_ELEMENTS (bounds) && (double) micros > bounds[bucket] * 1e6)
    bucket++;
  atomic_fetch_add_explicit (&counters->buckets[bucket], 1, memory_order_relaxed);
  atomic_fetch_add_explicit (&counters->micros, (guint64) MAX (micros, 0), memory_order_relaxed);
  atomic_fetch_add_explicit (&counters->statuses[CLAMP (status, 100, 599) - 100], 1, memory_order_relaxed);
}

void
wuyou_metrics_add (WuyouMetrics *metrics, WuyouGauge gauge, gint64 delta)
{
  atomic_fetch_add_explicit (&metrics->gauges[gauge], delta, memory_order_relaxed);
}

gint64
wuyou_metrics_get (const WuyouMetrics *metrics, WuyouGauge gauge)
{
  return atomic_load_explicit (&metrics->gauges[gauge], memory_order_relaxed);
}

void
wuyou_metrics_count (WuyouMetrics *metrics, WuyouCounter counter)
{
  atomic_fetch_add_explicit (&metrics->counters[counter], 1, memory_order_relaxed);
}

guint64
wuyou_metrics_get_count (const WuyouMetrics *metrics, WuyouCounter counter)
{
  return atomic_load_explicit (&metrics->counters[counter], memory_order_relaxed);
}

static void
append_route_labels (GString *out, guint route)
{
  if (route == WUYOU_N_ROUTES)
    g_string_append (out, "route=\"none\",method=\"\"");
  else
    g_string_append_printf (out, "route=\"%s\",method=\"%s\"", wuyou_route_get (route)->path,
                            wuyou_route_get (route)->method);
}

static void
write_requests (const WuyouMetrics *metrics, GString *out)
{
  g_string_append (out, "# TYPE wuyou_requests_total counter\n");
  for (guint i = 0; i <= WUYOU_N_ROUTES; i++)
    for (guint status = 0; status < N_STATUSES; status++) {
      guint64 n = atomic_load_explicit (&metrics->routes[i].statuses[status], memory_order_relaxed);

      if (n == 0)
        continue;
      g_string_append (out, "wuyou_requests_total{");
      append_route_labels (out, i);
      g_string_append_printf (out, ",status=\"%u\"} %" G_GUINT64_FORMAT "\n", status + 100, n);
    }
}

static void
write_bucket (GString *out, guint route, guint bucket, guint64 n)
{
  char bound[G_ASCII_DTOSTR_BUF_SIZE] = "+Inf";

  if (bucket < G_N_ELEMENTS (bounds))
    g_ascii_formatd (bound, sizeof bound, "%g", bounds[bucket]);
  g_string_append (out, "wuyou_request_seconds_bucket{");
  append_route_labels (out, route);
  g_string_append_printf (out, ",le=\"%s\"} %" G_GUINT64_FORMAT "\n", bound, n);
}

static void
write_route_histogram (const WuyouMetrics *metrics, GString *out, guint route)
{
  const RouteCounters *counters = &metrics->routes[route];
  char sum[G_ASCII_DTOSTR_BUF_SIZE];
  guint64 counts[N_BUCKETS];
  guint64 total = 0;

  for (guint i = 0; i < N_BUCKETS; i++)
    counts[i] = (total += atomic_load_explicit (&counters->buckets[i], memory_order_relaxed));
  if (total == 0)
    return;
  for (guint i = 0; i < N_BUCKETS; i++)
    write_bucket (out, route, i, counts[i]);
  g_ascii_formatd (sum, sizeof sum, "%.6f", (double) atomic_load (&counters->micros) / 1e6);
  g_string_append (out, "wuyou_request_seconds_sum{");
  append_route_labels (out, route);
  g_string_append_printf (out, "} %s\nwuyou_request_seconds_count{", sum);
  append_route_labels (out, route);
  g_string_append_printf (out, "} %" G_GUINT64_FORMAT "\n", total);
}

void
wuyou_metrics_write (const WuyouMetrics *metrics, GString *out)
{
  write_requests (metrics, out);
  g_string_append (out, "# TYPE wuyou_request_seconds histogram\n");
  for (guint i = 0; i <= WUYOU_N_ROUTES; i++)
    write_route_histogram (metrics, out, i);
  for (guint i = 0; i < WUYOU_N_GAUGES; i++)
    g_string_append_printf (out, "# TYPE %s gauge\n%s %" G_GINT64_FORMAT "\n", gauge_names[i], gauge_names[i],
                            wuyou_metrics_get (metrics, i));
  for (guint i = 0; i < WUYOU_N_COUNTERS; i++)
    g_string_append_printf (out, "# TYPE %s counter\n%s %" G_GUINT64_FORMAT "\n", counter_names[i], counter_names[i],
                            wuyou_metrics_get_count (metrics, i));
}
