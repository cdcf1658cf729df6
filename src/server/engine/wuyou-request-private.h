/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <microhttpd.h>

#include "engine/wuyou-http-connection.h"
#include "engine/wuyou-reply.h"
#include "engine/wuyou-request.h"
#include "engine/wuyou-router.h"
#include "engine/wuyou-worker.h"

G_BEGIN_DECLS

#define WUYOU_MAX_HEADERS 64
#define WUYOU_MAX_TARGET 4096

typedef struct {
  const char *name;
  const char *value;
  gsize name_length, value_length;
} WuyouHeader;

typedef struct _WuyouServer WuyouServer;
typedef struct _WuyouHttpUpload WuyouHttpUpload;

typedef enum {
  WUYOU_STAGE_TARGET,  /* the request line was read */
  WUYOU_STAGE_BODY,    /* the head was checked; the body arrives */
  WUYOU_STAGE_WORKING, /* with a worker, or parked; the connection is suspended */
  WUYOU_STAGE_OPEN,    /* a streamed body was let in; its first byte comes next */
  WUYOU_STAGE_READY,   /* the reply waits to be sent */
  WUYOU_STAGE_SENDING,
} WuyouStage;

/* At any time either the parsing thread or one worker owns a request, never both: it is handed over by
 * suspending the connection and given back by resuming it. */
struct _WuyouRequest {
  WuyouWork work; /* first */
  WuyouServer *server;
  struct MHD_Connection *connection;
  WuyouConnection *peer;
  WuyouStage stage;

  char id[17];
  char *target; /* as it came */
  const char *method;
  char *path;
  GPtrArray *query; /* name, value, name … */
  WuyouHeader headers[WUYOU_MAX_HEADERS];
  guint n_headers;
  const char *address;
  char *forwarded; /* when a proxy said so */

  const WuyouRoute *route;
  char *args[2];
  gint64 if_match;
  const char *idempotency_key;

  gint64 declared; /* Content-Length */
  guint8 *body;
  gsize body_length;
  gsize body_charged; /* what of it counts against the limit of all bodies */
  JsonObject *json;
  char *fingerprint;

  WuyouCaller caller;
  gint64 started; /* monotonic: the end of the headers */
  gint64 queued;  /* monotonic: when a worker was asked for */
  gint64 now;
  gboolean over;
  gpointer note;
  GDestroyNotify note_destroy;

  WuyouHttpUpload *upload;
  WuyouReply *reply;
  guint status; /* what was sent */
  guint64 sent; /* bytes of the body */
};

WuyouRequest *_wuyou_request_new (WuyouServer *server, struct MHD_Connection *connection, const char *target);
void _wuyou_request_free (WuyouRequest *request);
/* Splits and decodes the target; MALFORMED. */
gboolean _wuyou_request_parse_target (WuyouRequest *request, GError **error);

G_END_DECLS
