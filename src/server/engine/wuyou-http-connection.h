/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <sys/socket.h>

#include "engine/wuyou-server-config.h"
#include "engine/wuyou-metrics.h"

G_BEGIN_DECLS

/* Open connections: how many there are, from where, and until when each must have got on. The HTTP library's own
 * time-out starts again with every byte; this one does not, so that dripping bytes does not hold a connection. */
typedef struct _WuyouConnection WuyouConnection;
typedef struct _WuyouConnections WuyouConnections;

WuyouConnections *wuyou_connections_new (const WuyouServerConfig *config, WuyouMetrics *metrics);
void wuyou_connections_free (WuyouConnections *connections);

/* Whether one more from there is allowed: limits a peer, and on clear HTTP beyond loopback only the proxy. */
gboolean wuyou_connections_allow (WuyouConnections *connections, const struct sockaddr *peer);
WuyouConnection *wuyou_connections_add (WuyouConnections *connections, int fd, const struct sockaddr *peer);
void wuyou_connections_remove (WuyouConnections *connections, WuyouConnection *connection);
/* Cuts those whose deadline is over; called a few times a second. */
void wuyou_connections_sweep (WuyouConnections *connections);
void wuyou_connections_cut_all (WuyouConnections *connections);

const char *wuyou_connection_get_address (const WuyouConnection *connection);
gboolean wuyou_connection_is_proxy (const WuyouConnection *connection);
void wuyou_connection_set_deadline (WuyouConnection *connection, guint seconds); /* 0: none */
/* While a body is on its way: the peer's end is looked for. */
void wuyou_connection_set_receives (WuyouConnection *connection, gboolean receives);
/* After the answer, read and drop for a moment before closing: a reset would take the answer with it. */
void wuyou_connection_set_linger (WuyouConnection *connection);

G_END_DECLS
