/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "engine/wuyou-server-private.h"

#include "base/wuyou-error.h"
#include "engine/wuyou-log.h"

#define TICK_MICROS (100 * 1000)

WuyouServer *
wuyou_server_new (WuyouServerContext *context, const WuyouRouter *router)
{
  WuyouServer *server = g_new0 (WuyouServer, 1);

  server->context = context;
  server->config = context->config;
  server->router = router;
  server->metrics = wuyou_metrics_new ();
  /* Here and not at the start: others may wake polls as long as there is a server. */
  server->polls = wuyou_polls_new (server->config->max_polls, server->metrics);
  g_mutex_init (&server->timer_lock);
  g_cond_init (&server->timer_end);
  context->metrics = server->metrics;
  context->server = server;
  return server;
}

static gboolean
wait_tick (WuyouServer *server)
{
  gint64 until = g_get_monotonic_time () + TICK_MICROS;

  g_mutex_lock (&server->timer_lock);
  while (!server->timer_stopped && g_cond_wait_until (&server->timer_end, &server->timer_lock, until))
    ;
  g_mutex_unlock (&server->timer_lock);
  return !server->timer_stopped;
}

static gpointer
keep_time (gpointer data)
{
  WuyouServer *server = data;

  while (wait_tick (server)) {
    wuyou_connections_sweep (server->connections);
    _wuyou_dispatch_again (wuyou_polls_take_over (server->polls, g_get_monotonic_time ()), TRUE);
  }
  return NULL;
}

static void
stop_timer (WuyouServer *server)
{
  g_mutex_lock (&server->timer_lock);
  server->timer_stopped = TRUE;
  g_cond_signal (&server->timer_end);
  g_mutex_unlock (&server->timer_lock);
  g_clear_pointer (&server->timer, g_thread_join);
}

static void
clear_parts (WuyouServer *server)
{
  g_clear_pointer (&server->workers, wuyou_workers_free);
  g_clear_pointer (&server->connections, wuyou_connections_free);
  g_clear_pointer (&server->tls, wuyou_tls_free);
}

static gboolean
open_tls (WuyouServer *server, GError **error)
{
  const WuyouServerConfig *config = server->config;

  if (config->tls_cert == NULL && config->tls_key == NULL)
    return TRUE;
  if (config->tls_cert == NULL || config->tls_key == NULL) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_INVALID, "TLS needs both a certificate and a key");
    return FALSE;
  }
  server->tls = wuyou_tls_new (config->tls_cert, config->tls_key, error);
  return server->tls != NULL;
}

gboolean
wuyou_server_start (WuyouServer *server, GError **error)
{
  const WuyouServerConfig *config = server->config;

  g_return_val_if_fail (server->daemon == NULL, FALSE);
  if (!open_tls (server, error))
    return FALSE;
  g_atomic_int_set (&server->stopping, FALSE);
  server->connections = wuyou_connections_new (config, server->metrics);
  server->workers = wuyou_workers_new (config->workers, config->queue_limit, server->metrics);
  if (!_wuyou_http_start (server, error)) {
    clear_parts (server);
    return FALSE;
  }
  server->timer_stopped = FALSE;
  server->timer = g_thread_new ("wuyou-timer", keep_time, server);
  return TRUE;
}

guint16
wuyou_server_get_port (const WuyouServer *server)
{
  return server->port;
}

static void
wait_until_quiet (WuyouServer *server)
{
  gint64 until = g_get_monotonic_time () + (gint64) server->config->drain_seconds * G_USEC_PER_SEC;

  while (g_atomic_int_get (&server->in_flight) > 0 && g_get_monotonic_time () < until)
    g_usleep (5000);
}

void
wuyou_server_stop (WuyouServer *server)
{
  if (server->daemon == NULL)
    return;
  g_atomic_int_set (&server->stopping, TRUE);
  _wuyou_http_refuse_new (server);
  _wuyou_dispatch_again (wuyou_polls_close (server->polls), TRUE);
  wait_until_quiet (server);
  stop_timer (server);
  /* Suspended connections must be resumed before the daemon may end: the workers finish what they have. */
  wuyou_workers_stop (server->workers);
  wuyou_connections_cut_all (server->connections);
  _wuyou_http_stop (server);
  clear_parts (server);
}

void
wuyou_server_free (WuyouServer *server)
{
  if (server == NULL)
    return;
  wuyou_server_stop (server);
  wuyou_polls_free (server->polls);
  server->context->metrics = NULL;
  server->context->server = NULL;
  wuyou_metrics_free (server->metrics);
  g_cond_clear (&server->timer_end);
  g_mutex_clear (&server->timer_lock);
  g_free (server);
}

gboolean
wuyou_server_reload_tls (WuyouServer *server, GError **error)
{
  return server->tls == NULL || wuyou_tls_reload (server->tls, error);
}

void
wuyou_server_wake (WuyouServer *server, const char *scope)
{
  _wuyou_dispatch_again (wuyou_polls_wake (server->polls, scope), FALSE);
}
