/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "engine/wuyou-probe-routes.h"

#include <sys/statvfs.h>

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "engine/wuyou-openapi.h"
#include "engine/wuyou-server-context.h"

/* Below this the server says that it is not ready, while what it has still suffices to finish what runs. */
#define DISK_RESERVE (64 * 1024 * 1024)

static WuyouReply *
handle_health (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  GString *out = g_string_new (NULL);

  wuyou_json_begin_object (out, NULL);
  wuyou_json_add_string (out, "status", "ok");
  wuyou_json_end_object (out);
  return wuyou_reply_new_json (200, out);
}

static gboolean
check_disk (const char *folder, GError **error)
{
  struct statvfs info;

  if (folder == NULL)
    return TRUE;
  if (statvfs (folder, &info) != 0) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_UNAVAILABLE, "the folder of files is not there");
    return FALSE;
  }
  if ((guint64) info.f_bavail * info.f_frsize >= DISK_RESERVE)
    return TRUE;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_UNAVAILABLE, "the disk is nearly full");
  return FALSE;
}

static WuyouReply *
handle_ready (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  if (!check_disk (context->config->data_dir, error))
    return NULL;
  if (context->is_ready != NULL && !context->is_ready (context, error))
    return NULL;
  return handle_health (request, context, error);
}

static WuyouReply *
handle_metrics (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  GString *out = g_string_new (NULL);

  wuyou_metrics_write (context->metrics, out);
  bytes = g_string_free_to_bytes (out);
  return wuyou_reply_new_bytes (200, "text/plain; version=0.0.4", bytes);
}

static WuyouReply *
handle_openapi (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  GString *out = g_string_new (NULL);

  wuyou_openapi_write (out);
  return wuyou_reply_new_json (200, out);
}

void
wuyou_probe_routes_register (WuyouRouter *router)
{
  wuyou_router_add (router, WUYOU_ROUTE_HEALTH, handle_health);
  wuyou_router_add (router, WUYOU_ROUTE_READY, handle_ready);
  wuyou_router_add (router, WUYOU_ROUTE_METRICS, handle_metrics);
  wuyou_router_add (router, WUYOU_ROUTE_OPENAPI, handle_openapi);
}
