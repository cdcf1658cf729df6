/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "engine/wuyou-router.h"
#include "engine/wuyou-server-context.h"

G_BEGIN_DECLS

/* The engine, to be started once. Two threads parse, a bounded pool of workers runs the handlers, a third kind of
 * thread keeps the deadlines. @context and @router are borrowed and must outlive the server; its config is
 * context->config. */
WuyouServer *wuyou_server_new (WuyouServerContext *context, const WuyouRouter *router);
void wuyou_server_free (WuyouServer *server); /* stops first */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouServer, wuyou_server_free)

/* Refuses clear HTTP on an address that is not loopback unless a trusted proxy is named. */
gboolean wuyou_server_start (WuyouServer *server, GError **error);
guint16 wuyou_server_get_port (const WuyouServer *server);
/* No new connections, requests in flight are finished (at most drain_seconds), long polls answer at once. */
void wuyou_server_stop (WuyouServer *server);
/* Reads certificate and key again; on failure the old ones stay and the error says why. */
gboolean wuyou_server_reload_tls (WuyouServer *server, GError **error);

/* Something happened at @scope (a path of organisations such as "/op/group/dealer/", or NULL for everywhere): long
 * polls that wait at @scope or above it are handled again by a worker. Any thread, cheap, after the commit. */
void wuyou_server_wake (WuyouServer *server, const char *scope);

G_END_DECLS
