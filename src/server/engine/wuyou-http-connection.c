/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "engine/wuyou-http-connection.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#define LINGER_MICROS (2 * G_USEC_PER_SEC)
#define LINGER_LIMIT 64

struct _WuyouConnection {
  int fd;
  guint index;
  char address[INET6_ADDRSTRLEN];
  gboolean is_proxy;
  gboolean linger;
  _Atomic gint64 deadline; /* monotonic */
  atomic_bool receives;
};

typedef struct {
  int fd;
  gint64 deadline;
} Lingering;

struct _WuyouConnections {
  const WuyouServerConfig *config;
  WuyouMetrics *metrics;
  GMutex lock;
  GPtrArray *all;
  GHashTable *by_address; /* char * → count */
  GArray *lingering;
};

WuyouConnections *
wuyou_connections_new (const WuyouServerConfig *config, WuyouMetrics *metrics)
{
  WuyouConnections *self = g_new0 (WuyouConnections, 1);

  self->config = config;
  self->metrics = metrics;
  g_mutex_init (&self->lock);
  self->all = g_ptr_array_new ();
  self->by_address = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->lingering = g_array_new (FALSE, FALSE, sizeof (Lingering));
  return self;
}

void
wuyou_connections_free (WuyouConnections *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->lingering->len; i++)
    close (g_array_index (self->lingering, Lingering, i).fd);
  g_array_unref (self->lingering);
  g_hash_table_unref (self->by_address);
  g_ptr_array_unref (self->all);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/* An IPv4 peer of a listener for both families comes as ::ffff:a.b.c.d. */
static void
format_address (const struct sockaddr *peer, char text[INET6_ADDRSTRLEN])
{
  text[0] = '\0';
  if (peer->sa_family == AF_INET) {
    inet_ntop (AF_INET, &((const struct sockaddr_in *) (gconstpointer) peer)->sin_addr, text, INET6_ADDRSTRLEN);
  } else if (peer->sa_family == AF_INET6) {
    const struct in6_addr *six = &((const struct sockaddr_in6 *) (gconstpointer) peer)->sin6_addr;

    if (IN6_IS_ADDR_V4MAPPED (six))
      inet_ntop (AF_INET, six->s6_addr + 12, text, INET6_ADDRSTRLEN);
    else
      inet_ntop (AF_INET6, six, text, INET6_ADDRSTRLEN);
  }
}

static gboolean
is_loopback (const char *address)
{
  return g_str_has_prefix (address, "127.") || g_str_equal (address, "::1");
}

/* With a proxy named and no TLS, clear text is meant for the proxy alone (and for probes on the machine itself). */
static gboolean
is_welcome (const WuyouServerConfig *config, const char *address)
{
  return config->tls_cert != NULL || is_loopback (address) || g_strcmp0 (address, config->trusted_proxy) == 0;
}

gboolean
wuyou_connections_allow (WuyouConnections *self, const struct sockaddr *peer)
{
  char address[INET6_ADDRSTRLEN];
  gboolean allowed;

  format_address (peer, address);
  allowed = is_welcome (self->config, address);
  if (allowed && g_strcmp0 (address, self->config->trusted_proxy) != 0) {
    g_mutex_lock (&self->lock);
    allowed = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_address, address))
              < self->config->max_connections_per_address;
    g_mutex_unlock (&self->lock);
  }
  if (!allowed)
    wuyou_metrics_count (self->metrics, WUYOU_COUNTER_CONNECTIONS_REFUSED);
  return allowed;
}

static void
count_address (WuyouConnections *self, const char *address, int delta)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_address, address)) + (guint) delta;

  if (n == 0)
    g_hash_table_remove (self->by_address, address);
  else
    g_hash_table_replace (self->by_address, g_strdup (address), GUINT_TO_POINTER (n));
}

WuyouConnection *
wuyou_connections_add (WuyouConnections *self, int fd, const struct sockaddr *peer)
{
  WuyouConnection *connection = g_new0 (WuyouConnection, 1);

  connection->fd = fd;
  format_address (peer, connection->address);
  connection->is_proxy = g_strcmp0 (connection->address, self->config->trusted_proxy) == 0;
  wuyou_connection_set_deadline (connection, self->config->header_seconds);
  g_mutex_lock (&self->lock);
  connection->index = self->all->len;
  g_ptr_array_add (self->all, connection);
  count_address (self, connection->address, 1);
  g_mutex_unlock (&self->lock);
  wuyou_metrics_count (self->metrics, WUYOU_COUNTER_CONNECTIONS);
  wuyou_metrics_add (self->metrics, WUYOU_GAUGE_CONNECTIONS, 1);
  return connection;
}

/* The library closes its descriptor right after this; a second one keeps the socket alive meanwhile. */
static void
begin_linger (WuyouConnections *self, int fd)
{
  Lingering lingering = { .deadline = g_get_monotonic_time () + LINGER_MICROS };

  if (self->lingering->len >= LINGER_LIMIT)
    return;
  lingering.fd = dup (fd);
  if (lingering.fd < 0)
    return;
  shutdown (lingering.fd, SHUT_WR);
  g_array_append_val (self->lingering, lingering);
}

void
wuyou_connections_remove (WuyouConnections *self, WuyouConnection *connection)
{
  g_mutex_lock (&self->lock);
  g_ptr_array_remove_index_fast (self->all, connection->index);
  if (connection->index < self->all->len)
    ((WuyouConnection *) self->all->pdata[connection->index])->index = connection->index;
  count_address (self, connection->address, -1);
  if (connection->linger)
    begin_linger (self, connection->fd);
  g_mutex_unlock (&self->lock);
  wuyou_metrics_add (self->metrics, WUYOU_GAUGE_CONNECTIONS, -1);
  g_free (connection);
}

/* The library listens for edges and takes a short read for the end of what there is; when the peer's end came in the
 * same moment, it would wait for ever. Closing our reading half makes a new edge and loses no byte. It is done again
 * in every round, as an edge made while the connection was suspended is lost. */
static void
notice_end (WuyouConnection *connection)
{
  struct pollfd peer = { connection->fd, POLLRDHUP, 0 };

  if (atomic_load (&connection->receives) && poll (&peer, 1, 0) > 0)
    shutdown (connection->fd, SHUT_RD);
}

static gboolean
drain_lingering (const Lingering *lingering, gint64 now)
{
  char buffer[16384];
  gssize n = 1;

  for (guint i = 0; i < 256 && n > 0; i++)
    n = recv (lingering->fd, buffer, sizeof buffer, MSG_DONTWAIT);
  return (n > 0 || (n < 0 && errno == EAGAIN)) && now < lingering->deadline;
}

void
wuyou_connections_sweep (WuyouConnections *self)
{
  gint64 now = g_get_monotonic_time ();

  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->all->len; i++) {
    WuyouConnection *connection = self->all->pdata[i];

    notice_end (connection);
    if (atomic_load (&connection->deadline) > now)
      continue;
    atomic_store (&connection->deadline, G_MAXINT64);
    shutdown (connection->fd, SHUT_RDWR);
    wuyou_metrics_count (self->metrics, WUYOU_COUNTER_DEADLINES);
  }
  for (guint i = self->lingering->len; i > 0; i--) {
    const Lingering *lingering = &g_array_index (self->lingering, Lingering, i - 1);

    if (drain_lingering (lingering, now))
      continue;
    close (lingering->fd);
    g_array_remove_index_fast (self->lingering, i - 1);
  }
  g_mutex_unlock (&self->lock);
}

void
wuyou_connections_cut_all (WuyouConnections *self)
{
  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->all->len; i++)
    shutdown (((WuyouConnection *) self->all->pdata[i])->fd, SHUT_RDWR);
  g_mutex_unlock (&self->lock);
}

const char *
wuyou_connection_get_address (const WuyouConnection *connection)
{
  return connection->address;
}

gboolean
wuyou_connection_is_proxy (const WuyouConnection *connection)
{
  return connection->is_proxy;
}

void
wuyou_connection_set_deadline (WuyouConnection *connection, guint seconds)
{
  atomic_store (&connection->deadline,
                seconds > 0 ? g_get_monotonic_time () + (gint64) seconds * G_USEC_PER_SEC : G_MAXINT64);
}

void
wuyou_connection_set_receives (WuyouConnection *connection, gboolean receives)
{
  atomic_store (&connection->receives, receives);
}

void
wuyou_connection_set_linger (WuyouConnection *connection)
{
  connection->linger = TRUE;
}
