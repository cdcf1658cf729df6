/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "engine/wuyou-reply.h"
#include "engine/wuyou-request.h"

G_BEGIN_DECLS

typedef struct _WuyouServerContext WuyouServerContext;

/* A handler is a plain synchronous function on a worker. By then the order of wuyou_access_check () holds:
 * caller known, gates open, permission given, headers the route asks for present. NULL with an error of
 * WUYOU_ERROR, else a reply. */
typedef WuyouReply *(*WuyouHandler) (WuyouRequest *request, WuyouServerContext *context, GError **error);

/* A streamed body (WUYOU_ROUTE_STREAM_IN). Each call runs on a worker, one after the other; none is held while
 * bytes travel. begin () comes before the first byte and may refuse. Chunks are 1 MiB, the last one shorter.
 * When the client goes away, free () comes without finish (), and what arrived after the last chunk is lost. */
#define WUYOU_UPLOAD_CHUNK (1024 * 1024)

typedef struct {
  gpointer (*begin) (WuyouRequest *request, WuyouServerContext *context, GError **error);
  gboolean (*chunk) (gpointer upload, const guint8 *data, gsize length, GError **error);
  WuyouReply *(*finish) (gpointer upload, GError **error);
  void (*free) (gpointer upload); /* after finish () too */
} WuyouUpload;

/* Which function answers which route. Filled by wuyou_<feature>_routes_register () before the server starts. */
typedef struct _WuyouRouter WuyouRouter;

WuyouRouter *wuyou_router_new (void); /* knows health, readiness, metrics and the API document already */
void wuyou_router_free (WuyouRouter *router);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouRouter, wuyou_router_free)

void wuyou_router_add (WuyouRouter *router, WuyouRouteId route, WuyouHandler handler);
void wuyou_router_add_upload (WuyouRouter *router, WuyouRouteId route, const WuyouUpload *upload); /* static */
WuyouHandler wuyou_router_get (const WuyouRouter *router, WuyouRouteId route);
const WuyouUpload *wuyou_router_get_upload (const WuyouRouter *router, WuyouRouteId route);
gboolean wuyou_router_has (const WuyouRouter *router, WuyouRouteId route);

G_END_DECLS
