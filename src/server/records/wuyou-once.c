/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "records/wuyou-once.h"

#include "base/wuyou-error.h"
#include "wuyou-request-store.h"

#define DONE 200

typedef struct {
  const WuyouCaller *caller;
  const char *key, *fingerprint, *record_id;
  gint64 now;
  WuyouDbFunc fn;
  gpointer data;
  gboolean replayed;
} Once;

static gboolean
write_once (WuyouDbConn *conn, gpointer data, GError **error)
{
  Once *once = data;
  const char *account = once->caller->account_id;
  g_autofree char *record_id = NULL;
  guint status;

  if (!wuyou_idempotency_find (conn, account, once->key, once->fingerprint, once->now, &status, &record_id, error))
    return FALSE;
  once->replayed = status != 0;
  if (once->replayed)
    return TRUE;
  return once->fn (conn, once->data, error)
         && wuyou_idempotency_insert (conn, account, once->key, once->fingerprint, DONE, once->record_id, once->now,
                                      error);
}

gboolean
wuyou_once_write (WuyouServerContext *context,
                  WuyouRequest *request,
                  const char *record_id,
                  WuyouDbFunc fn,
                  gpointer data,
                  gboolean *ret_replayed,
                  GError **error)
{
  Once once = {
    .caller = wuyou_request_get_caller (request),
    .key = wuyou_request_get_idempotency_key (request),
    .fingerprint = wuyou_request_get_fingerprint (request),
    .record_id = record_id,
    .now = wuyou_request_get_now (request),
    .fn = fn,
    .data = data,
  };

  if (!wuyou_db_write (context->db, write_once, &once, error))
    return FALSE;
  *ret_replayed = once.replayed;
  return TRUE;
}

static gboolean
read_once (WuyouDbConn *conn, gpointer data, GError **error)
{
  Once *once = data;
  g_autofree char *record_id = NULL;
  guint status = 0;

  if (!wuyou_idempotency_find (conn, once->caller->account_id, once->key, once->fingerprint, once->now, &status,
                               &record_id, error))
    return FALSE;
  once->replayed = status != 0;
  return TRUE;
}

gboolean
wuyou_once_find (WuyouServerContext *context, WuyouRequest *request, gboolean *ret_replayed, GError **error)
{
  Once once = {
    .caller = wuyou_request_get_caller (request),
    .key = wuyou_request_get_idempotency_key (request),
    .fingerprint = wuyou_request_get_fingerprint (request),
    .now = wuyou_request_get_now (request),
  };

  if (!wuyou_db_read (context->db, read_once, &once, error))
    return FALSE;
  *ret_replayed = once.replayed;
  return TRUE;
}

WuyouReply *
wuyou_try_again (WuyouAttempt attempt, gpointer data, GError **error)
{
  gboolean meant = FALSE;
  GError *local = NULL;
  WuyouReply *reply = attempt (data, &meant, &local);

  for (guint i = 1; reply == NULL && !meant && g_error_matches (local, WUYOU_ERROR, WUYOU_ERROR_STALE); i++) {
    g_clear_error (&local);
    if (i >= WUYOU_MOST_TRIES)
      g_set_error_literal (&local, WUYOU_ERROR, WUYOU_ERROR_BUSY, "others came first each time");
    else
      reply = attempt (data, &meant, &local);
  }
  if (reply == NULL)
    g_propagate_error (error, local);
  return reply;
}

typedef struct {
  WuyouRequest *request;
  WuyouServerContext *context;
  WuyouReply *(*handler) (WuyouRequest *request, WuyouServerContext *context, GError **error);
} Trial;

static WuyouReply *
run_trial (gpointer data, gboolean *ret_meant G_GNUC_UNUSED, GError **error)
{
  const Trial *trial = data;

  return trial->handler (trial->request, trial->context, error);
}

WuyouReply *
wuyou_try_until_current (WuyouRequest *request,
                         WuyouServerContext *context,
                         WuyouReply *(*handler) (WuyouRequest *request, WuyouServerContext *context, GError **error),
                         GError **error)
{
  Trial trial = { request, context, handler };

  return wuyou_try_again (run_trial, &trial, error);
}
