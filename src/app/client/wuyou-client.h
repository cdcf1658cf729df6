/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "base/wuyou-clock.h"
#include "base/wuyou-error.h"
#include "base/wuyou-route.h"

G_BEGIN_DECLS

/* Talks to one server. Every call is asynchronous, has a deadline and ends with a WUYOU_ERROR or an answer; TLS never
 * falls back, http:// is taken for loopback only, redirects are not followed. */
#define WUYOU_TYPE_CLIENT (wuyou_client_get_type ())
G_DECLARE_FINAL_TYPE (WuyouClient, wuyou_client, WUYOU, CLIENT, GObject)

#define WUYOU_CLIENT_DEADLINE 20 /* seconds, for a call that names none */

typedef enum {
  WUYOU_CALL_DEFAULT = 0,
  WUYOU_CALL_ONCE = 1 << 0,      /* no retry, even where it would be safe */
  WUYOU_CALL_ANONYMOUS = 1 << 1, /* without the token */
  WUYOU_CALL_QUIET = 1 << 2,     /* the standing poll: does not count for "online" until it answers */
} WuyouCallFlags;

/* One call, designated initialisers; nothing is kept after wuyou_client_call_async () returned. */
typedef struct {
  WuyouRouteId route;
  const char *const *args;  /* values of the template's {…}, in order, NULL-terminated; NULL: none */
  const char *const *query; /* name, value, name, value, NULL; a pair with value "" is left out */
  const char *body;         /* JSON text, or NULL */
  GBytes *bytes;            /* instead of a body: a piece of a file, sent as application/octet-stream */
  const char *idempotency_key;
  const char *if_match;
  const char *upload_offset; /* decimal, for a piece of a file */
  guint deadline;            /* seconds; 0: WUYOU_CLIENT_DEADLINE */
  guint flags;
} WuyouCall;

WuyouClient *wuyou_client_new (const WuyouClock *clock);

/* INSECURE for http:// to anything but loopback, MALFORMED for no address. Cancels what is under way. */
gboolean wuyou_client_set_server (WuyouClient *self, const char *url, GError **error);
const char *wuyou_client_get_server (WuyouClient *self); /* without a slash at the end; NULL when not set */
/* Every call on its way ends with CANCELLED: what was asked for one account is not told to the next. */
void wuyou_client_cancel_everything (WuyouClient *self);
void wuyou_client_set_token (WuyouClient *self, const char *token);
gboolean wuyou_client_has_token (WuyouClient *self);
gint64 wuyou_client_now (WuyouClient *self);           /* the server's clock as of its last Date header, µs */
guint wuyou_client_get_n_requests (WuyouClient *self); /* sent since it was made, retries too */

/* Retries (idempotent and retryable only) happen inside the deadline. */
void wuyou_client_call_async (WuyouClient *self,
                              const WuyouCall *call,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
/* The body as an object (empty for 204), owned; @ret_etag owned or NULL, may be NULL. */
JsonObject *wuyou_client_call_finish (WuyouClient *self, GAsyncResult *result, char **ret_etag, GError **error);
/* The problem+json body of a failed call: 412 carries "current"; borrowed from @result, or NULL. */
JsonObject *wuyou_client_call_get_problem (GAsyncResult *result);
/* Of a 412: the ETag of the version there is now, owned; NULL when it does not say. */
char *wuyou_client_call_dup_etag_now (GAsyncResult *result);
/* Bytes as they are (papers, agreements): the same call, finished as bytes. Owned. */
GBytes *wuyou_client_call_finish_bytes (WuyouClient *self,
                                        GAsyncResult *result,
                                        char **ret_type,
                                        char **ret_etag,
                                        GError **error);

/* Property "online": the last call reached the server; notifies. Signals: "contact": the server answered;
 * "signed-out" (const GError *): 401 to a call with the token, or 426; "gate" (const char *id): 403 by a closed gate;
 * "suspended" (const GError *). */
gboolean wuyou_client_get_online (WuyouClient *self);

G_END_DECLS
