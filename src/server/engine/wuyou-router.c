/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "engine/wuyou-router.h"

#include "engine/wuyou-probe-routes.h"

struct _WuyouRouter {
  WuyouHandler handlers[WUYOU_N_ROUTES];
  const WuyouUpload *uploads[WUYOU_N_ROUTES];
};

WuyouRouter *
wuyou_router_new (void)
{
  WuyouRouter *router = g_new0 (WuyouRouter, 1);

  wuyou_probe_routes_register (router);
  return router;
}

void
wuyou_router_free (WuyouRouter *router)
{
  g_free (router);
}

void
wuyou_router_add (WuyouRouter *router, WuyouRouteId route, WuyouHandler handler)
{
  g_return_if_fail ((guint) route < WUYOU_N_ROUTES);
  router->handlers[route] = handler;
}

void
wuyou_router_add_upload (WuyouRouter *router, WuyouRouteId route, const WuyouUpload *upload)
{
  g_return_if_fail ((wuyou_route_get (route)->flags & WUYOU_ROUTE_STREAM_IN) != 0);
  router->uploads[route] = upload;
}

WuyouHandler
wuyou_router_get (const WuyouRouter *router, WuyouRouteId route)
{
  return router->handlers[route];
}

const WuyouUpload *
wuyou_router_get_upload (const WuyouRouter *router, WuyouRouteId route)
{
  return router->uploads[route];
}

gboolean
wuyou_router_has (const WuyouRouter *router, WuyouRouteId route)
{
  return router->handlers[route] != NULL || router->uploads[route] != NULL;
}
