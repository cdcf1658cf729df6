/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <microhttpd.h>

#include "engine/wuyou-http-connection.h"
#include "engine/wuyou-http-poll.h"
#include "engine/wuyou-request-private.h"
#include "engine/wuyou-server.h"
#include "engine/wuyou-tls.h"
#include "engine/wuyou-worker.h"

G_BEGIN_DECLS

struct _WuyouServer {
  WuyouServerContext *context;
  const WuyouServerConfig *config;
  const WuyouRouter *router;
  WuyouMetrics *metrics;
  WuyouConnections *connections;
  WuyouWorkers *workers;
  WuyouPolls *polls;
  WuyouTls *tls; /* NULL: clear HTTP */
  struct MHD_Daemon *daemon;
  guint16 port;
  int in_flight; /* atomic: requests between their head and their end */
  int stopping;  /* atomic */

  GThread *timer;
  GMutex timer_lock;
  GCond timer_end;
  gboolean timer_stopped;
};

/* wuyou-http.c: the parsing threads. */
gboolean _wuyou_http_start (WuyouServer *server, GError **error);
void _wuyou_http_refuse_new (WuyouServer *server);
void _wuyou_http_stop (WuyouServer *server);

/* wuyou-dispatch.c: what a worker does with a complete request. */
void _wuyou_dispatch_run (WuyouWork *work);
/* On the parsing thread: suspends the connection and asks for a worker; without one the answer is BUSY. */
void _wuyou_dispatch_push (WuyouRequest *request, void (*run) (WuyouWork *work));
/* On a worker, first of all: FALSE when it waited too long or may not come in, and is answered. */
gboolean _wuyou_dispatch_admit (WuyouRequest *request);
void _wuyou_dispatch_again (GPtrArray *requests, gboolean over); /* takes the array */
/* Gives a request that a worker owns back to its parsing thread, with its reply. */
void _wuyou_request_answer (WuyouRequest *request, WuyouReply *reply);
void _wuyou_request_answer_error (WuyouRequest *request, GError *error); /* takes @error */

/* wuyou-http-upload.c: streamed bodies. */
void _wuyou_upload_begin (WuyouRequest *request); /* suspends; a worker asks begin () */
/* Takes as much of @data as there is room for and returns how much. */
gsize _wuyou_upload_take (WuyouRequest *request, const char *data, gsize length);
void _wuyou_upload_end (WuyouRequest *request);  /* the last byte was there */
void _wuyou_upload_drop (WuyouRequest *request); /* the request ends, however it went */

/* wuyou-http-stream.c: answers made while they are sent. */
struct MHD_Response *_wuyou_stream_new_response (WuyouRequest *request);

G_END_DECLS
