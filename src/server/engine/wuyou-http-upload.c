/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "base/wuyou-error.h"
#include "engine/wuyou-error-response.h"
#include "engine/wuyou-server-private.h"

/* While a worker handles one chunk the parsing thread fills the next. When that is full too, the connection is
 * suspended, and TCP tells the client to wait. */
struct _WuyouHttpUpload {
  WuyouWork work; /* first; the request's own belongs to its beginning */
  WuyouRequest *request;
  const WuyouUpload *functions;
  gpointer data;

  GMutex lock; /* guards what follows, but for the contents of the chunk each thread works on */
  guint8 *filling, *working;
  gsize filled, given;
  gboolean busy;    /* a worker has the working chunk, or is about to */
  gboolean stalled; /* the connection is suspended for want of room */
  gboolean ended;   /* the last byte came; the connection is suspended for the answer */
  gboolean dropped; /* the request is over */
  GError *error;
};

static gsize
get_charge (const WuyouRequest *request)
{
  return (gsize) MIN (request->declared, 2 * WUYOU_UPLOAD_CHUNK);
}

static WuyouHttpUpload *
new_upload (WuyouRequest *request)
{
  WuyouHttpUpload *upload = g_new0 (WuyouHttpUpload, 1);

  upload->request = request;
  upload->functions = wuyou_router_get_upload (request->server->router, request->route->id);
  g_mutex_init (&upload->lock);
  return upload;
}

static void
free_upload (WuyouHttpUpload *upload)
{
  WuyouMetrics *metrics = upload->request->server->metrics;

  if (upload->data != NULL && upload->functions->free != NULL)
    upload->functions->free (upload->data);
  if (upload->filling != NULL) {
    wuyou_metrics_add (metrics, WUYOU_GAUGE_UPLOADS, -1);
    wuyou_metrics_add (metrics, WUYOU_GAUGE_BODY_BYTES, -(gint64) get_charge (upload->request));
  }
  _wuyou_request_free (upload->request);
  g_free (upload->filling);
  g_free (upload->working);
  g_clear_error (&upload->error);
  g_mutex_clear (&upload->lock);
  g_free (upload);
}

/* Memory is taken only once begin () agreed. */
static void
take_memory (WuyouHttpUpload *upload)
{
  WuyouMetrics *metrics = upload->request->server->metrics;

  upload->filling = g_malloc (WUYOU_UPLOAD_CHUNK);
  upload->working = g_malloc (WUYOU_UPLOAD_CHUNK);
  wuyou_metrics_add (metrics, WUYOU_GAUGE_UPLOADS, 1);
  wuyou_metrics_add (metrics, WUYOU_GAUGE_BODY_BYTES, (gint64) get_charge (upload->request));
}

static gboolean
has_memory (const WuyouRequest *request)
{
  gint64 used = wuyou_metrics_get (request->server->metrics, WUYOU_GAUGE_BODY_BYTES);

  return (guint64) used + get_charge (request) <= request->server->config->max_body_memory;
}

static void
open_upload (WuyouWork *work)
{
  WuyouRequest *request = (WuyouRequest *) work;
  WuyouHttpUpload *upload = request->upload;
  GError *error = NULL;

  if (!_wuyou_dispatch_admit (request))
    return;
  if (!has_memory (request)) {
    _wuyou_request_answer_error (request, g_error_new_literal (WUYOU_ERROR, WUYOU_ERROR_BUSY, ""));
    return;
  }
  upload->data = upload->functions->begin (request, request->server->context, &error);
  if (upload->data == NULL) {
    _wuyou_request_answer_error (request, error);
    return;
  }
  take_memory (upload);
  request->stage = WUYOU_STAGE_OPEN;
  wuyou_connection_set_deadline (request->peer, request->server->config->upload_seconds);
  MHD_resume_connection (request->connection);
}

void
_wuyou_upload_begin (WuyouRequest *request)
{
  request->upload = new_upload (request);
  _wuyou_dispatch_push (request, open_upload);
}

static void
answer (WuyouHttpUpload *upload)
{
  WuyouRequest *request = upload->request;
  GError *error = g_steal_pointer (&upload->error);
  WuyouReply *reply = error == NULL ? upload->functions->finish (upload->data, &error) : NULL;

  if (reply != NULL)
    _wuyou_request_answer (request, reply);
  else
    _wuyou_request_answer_error (request, error);
}

typedef enum {
  NEXT_CHUNK,
  NEXT_ANSWER,
  NEXT_FREE,
  NEXT_REST,
} Next;

/* With the lock held. */
static void
swap_chunks (WuyouHttpUpload *upload)
{
  guint8 *full = upload->filling;

  upload->filling = upload->working;
  upload->working = full;
  upload->given = upload->filled;
  upload->filled = 0;
}

/* Decides under the lock what the worker does next; a stalled connection goes on as soon as there is room. */
static Next
choose_next (WuyouHttpUpload *upload)
{
  Next next = NEXT_REST;

  g_mutex_lock (&upload->lock);
  upload->given = 0;
  if (upload->dropped) {
    next = NEXT_FREE;
  } else if (upload->filled == WUYOU_UPLOAD_CHUNK || (upload->ended && upload->filled > 0)) {
    swap_chunks (upload);
    next = NEXT_CHUNK;
  } else if (upload->ended) {
    next = NEXT_ANSWER;
  }
  upload->busy = next == NEXT_CHUNK;
  if (upload->stalled && next == NEXT_CHUNK) {
    upload->stalled = FALSE;
    MHD_resume_connection (upload->request->connection);
  }
  g_mutex_unlock (&upload->lock);
  return next;
}

static void
handle_chunk (WuyouHttpUpload *upload)
{
  GError *error = NULL;

  if (upload->given == 0 || upload->error != NULL)
    return;
  if (!upload->functions->chunk (upload->data, upload->working, upload->given, &error))
    upload->error = error;
}

static void
work_on (WuyouWork *work)
{
  WuyouHttpUpload *upload = (WuyouHttpUpload *) work;
  Next next;

  do {
    handle_chunk (upload);
    next = choose_next (upload);
  } while (next == NEXT_CHUNK);
  if (next == NEXT_ANSWER)
    answer (upload);
  else if (next == NEXT_FREE)
    free_upload (upload);
}

/* With the lock held. A stopped pool means that the server is about to cut all connections. */
static void
ask_worker (WuyouHttpUpload *upload)
{
  if (upload->busy)
    return;
  upload->work.run = work_on;
  upload->busy = wuyou_workers_again (upload->request->server->workers, &upload->work);
}

/* With the lock held. */
static void
stall (WuyouHttpUpload *upload)
{
  upload->stalled = TRUE;
  MHD_suspend_connection (upload->request->connection);
}

/* Either takes all or leaves the connection suspended: the library would not ask again on its own. */
gsize
_wuyou_upload_take (WuyouRequest *request, const char *data, gsize length)
{
  WuyouHttpUpload *upload = request->upload;
  gsize taken = 0;

  g_mutex_lock (&upload->lock);
  while (taken < length && !upload->stalled) {
    gsize n = MIN (length - taken, WUYOU_UPLOAD_CHUNK - upload->filled);

    memcpy (upload->filling + upload->filled, data + taken, n);
    upload->filled += n;
    taken += n;
    if (upload->filled < WUYOU_UPLOAD_CHUNK)
      continue;
    if (upload->busy) {
      stall (upload);
    } else {
      swap_chunks (upload);
      ask_worker (upload);
    }
  }
  g_mutex_unlock (&upload->lock);
  return taken;
}

void
_wuyou_upload_end (WuyouRequest *request)
{
  WuyouHttpUpload *upload = request->upload;

  request->stage = WUYOU_STAGE_WORKING;
  wuyou_connection_set_deadline (request->peer, 0);
  g_mutex_lock (&upload->lock);
  upload->ended = TRUE;
  MHD_suspend_connection (request->connection);
  ask_worker (upload);
  if (!upload->busy)
    _wuyou_request_answer_error (request, g_error_new_literal (WUYOU_ERROR, WUYOU_ERROR_BUSY, ""));
  g_mutex_unlock (&upload->lock);
}

void
_wuyou_upload_drop (WuyouRequest *request)
{
  WuyouHttpUpload *upload = request->upload;
  gboolean left;

  /* free () may go to the database, which is nothing for a parsing thread. */
  g_mutex_lock (&upload->lock);
  upload->dropped = TRUE;
  if (upload->data != NULL)
    ask_worker (upload);
  left = !upload->busy;
  g_mutex_unlock (&upload->lock);
  if (left)
    free_upload (upload);
}
