/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "base/wuyou-error.h"
#include "engine/wuyou-error-response.h"
#include "engine/wuyou-log.h"
#include "engine/wuyou-reply-private.h"
#include "engine/wuyou-server-private.h"

/* A long poll that was overtaken this often goes to the end of the queue. */
#define MAX_RERUNS 3

void
_wuyou_request_answer (WuyouRequest *request, WuyouReply *reply)
{
  request->reply = reply;
  request->stage = WUYOU_STAGE_READY;
  MHD_resume_connection (request->connection); /* from here on it belongs to the parsing thread */
}

void
_wuyou_request_answer_error (WuyouRequest *request, GError *error)
{
  WuyouReply *reply;

  if (error == NULL)
    error = g_error_new_literal (WUYOU_ERROR, WUYOU_ERROR_INTERNAL, "a handler returned neither reply nor error");
  if (error->domain != WUYOU_ERROR || error->code == WUYOU_ERROR_INTERNAL || error->code == WUYOU_ERROR_CORRUPT)
    wuyou_log_failure (request, error);
  reply = wuyou_error_response_new (error);
  g_error_free (error);
  _wuyou_request_answer (request, reply);
}

void
_wuyou_dispatch_push (WuyouRequest *request, void (*run) (WuyouWork *work))
{
  WuyouServer *server = request->server;

  request->stage = WUYOU_STAGE_WORKING;
  request->work.run = run;
  request->queued = g_get_monotonic_time ();
  wuyou_connection_set_deadline (request->peer, 0);
  MHD_suspend_connection (request->connection);
  if (wuyou_workers_push (server->workers, &request->work))
    return;
  wuyou_metrics_count (server->metrics, WUYOU_COUNTER_BUSY);
  _wuyou_request_answer_error (request, g_error_new_literal (WUYOU_ERROR, WUYOU_ERROR_BUSY, ""));
}

gboolean
_wuyou_dispatch_admit (WuyouRequest *request)
{
  WuyouServer *server = request->server;
  gint64 waited = g_get_monotonic_time () - request->queued;
  GError *error = NULL;

  request->now = wuyou_clock_now (server->context->clock);
  if (waited > (gint64) server->config->queue_seconds * G_USEC_PER_SEC) {
    wuyou_metrics_count (server->metrics, WUYOU_COUNTER_BUSY);
    error = g_error_new_literal (WUYOU_ERROR, WUYOU_ERROR_BUSY, "");
  } else if (wuyou_access_check (server->context, request, &error)) {
    return TRUE;
  }
  _wuyou_request_answer_error (request, error);
  return FALSE;
}

static WuyouReply *
call_handler (WuyouRequest *request, GError **error)
{
  WuyouServer *server = request->server;
  WuyouHandler handler = wuyou_router_get (server->router, request->route->id);
  WuyouReply *reply = handler (request, server->context, error);

  if (reply == NULL || reply->kind != WUYOU_REPLY_WAIT)
    return reply;
  if (!request->over && (request->route->flags & WUYOU_ROUTE_LONG_POLL) != 0)
    return reply;
  wuyou_reply_free (reply);
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_INTERNAL, "a handler waits where it may not");
  return NULL;
}

static void run_woken (WuyouWork *work);

/* TRUE: the request is parked and no longer ours. */
static gboolean
park (WuyouRequest *request, WuyouReply *reply, guint64 tick)
{
  WuyouServer *server = request->server;
  gint64 deadline = g_get_monotonic_time () + MAX (reply->until - request->now, 0);
  WuyouRequest *displaced;
  WuyouParkResult result;

  request->work.run = run_woken;
  result = wuyou_polls_park (server->polls, request, reply->scope, deadline, tick, &displaced);
  wuyou_reply_free (reply);
  if (displaced != NULL) {
    GPtrArray *requests = g_ptr_array_new ();

    g_ptr_array_add (requests, displaced);
    _wuyou_dispatch_again (requests, TRUE);
  }
  if (result == WUYOU_PARK_OVER)
    request->over = TRUE;
  return result == WUYOU_PARKED;
}

static guint64
get_tick (WuyouRequest *request)
{
  return (request->route->flags & WUYOU_ROUTE_LONG_POLL) != 0 ? wuyou_polls_get_tick (request->server->polls) : 0;
}

static gboolean
admit_again (WuyouRequest *request)
{
  WuyouServerContext *context = request->server->context;
  GError *error = NULL;

  request->now = wuyou_clock_now (context->clock);
  if (wuyou_access_check_again (context, request, &error))
    return TRUE;
  _wuyou_request_answer_error (request, error);
  return FALSE;
}

/* @tick was read before the caller was let in: what woke the polls since then may be what shuts them out, so whoever is
 * overtaken is looked at again. */
static void
run_handler (WuyouRequest *request, guint64 tick)
{
  for (guint i = 0; i <= MAX_RERUNS; i++) {
    GError *error = NULL;
    WuyouReply *reply = call_handler (request, &error);

    if (reply == NULL) {
      _wuyou_request_answer_error (request, error);
      return;
    }
    if (reply->kind != WUYOU_REPLY_WAIT) {
      _wuyou_request_answer (request, reply);
      return;
    }
    if (park (request, reply, tick))
      return;
    tick = get_tick (request);
    if (!admit_again (request))
      return;
  }
  if (!wuyou_workers_again (request->server->workers, &request->work))
    _wuyou_request_answer_error (request, g_error_new_literal (WUYOU_ERROR, WUYOU_ERROR_BUSY, ""));
}

void
_wuyou_dispatch_run (WuyouWork *work)
{
  WuyouRequest *request = (WuyouRequest *) work;
  guint64 tick = get_tick (request);

  if (_wuyou_dispatch_admit (request))
    run_handler (request, tick);
}

static void
run_woken (WuyouWork *work)
{
  WuyouRequest *request = (WuyouRequest *) work;
  guint64 tick = get_tick (request);

  if (admit_again (request))
    run_handler (request, tick);
}

void
_wuyou_dispatch_again (GPtrArray *requests, gboolean over)
{
  for (guint i = 0; i < requests->len; i++) {
    WuyouRequest *request = requests->pdata[i];

    request->over = request->over || over;
    wuyou_metrics_count (request->server->metrics, WUYOU_COUNTER_WAKES);
    if (!wuyou_workers_again (request->server->workers, &request->work))
      _wuyou_request_answer_error (request, g_error_new_literal (WUYOU_ERROR, WUYOU_ERROR_BUSY, ""));
  }
  g_ptr_array_unref (requests);
}
