/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <string.h>
#include <unistd.h>

#include "base/wuyou-error.h"
#include "engine/wuyou-error-response.h"
#include "engine/wuyou-http-guard.h"
#include "engine/wuyou-log.h"
#include "engine/wuyou-reply-private.h"
#include "engine/wuyou-server-private.h"

#define N_PARSERS 2
#define HEAD_MEMORY (32 * 1024)
#define IDLE_MARGIN 5
#define SLOWEST_RATE (16 * 1024) /* bytes a second that a reader of a long answer must manage */

static void *
on_target_read_cb (void *data, const char *target, struct MHD_Connection *connection)
{
  return _wuyou_request_new (data, connection, target);
}

/* The last address in the list is the one that our own proxy saw. */
static void
set_address (WuyouRequest *request)
{
  const char *list
      = wuyou_connection_is_proxy (request->peer) ? wuyou_request_get_header (request, "X-Forwarded-For") : NULL;
  const char *comma = list != NULL ? strrchr (list, ',') : NULL;

  request->address = wuyou_connection_get_address (request->peer);
  if (list == NULL)
    return;
  request->forwarded = g_strstrip (g_strndup (comma != NULL ? comma + 1 : list, 64));
  if (g_hostname_is_ip_address (request->forwarded))
    request->address = request->forwarded;
}

static void
add_allow (const WuyouRequest *request, WuyouReply *reply)
{
  static const char *const methods[] = { "GET", "POST", "PUT", "PATCH", "DELETE" };
  GString *allow = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++) {
    char *args[2] = { NULL, NULL };

    if (wuyou_route_match (methods[i], request->path, args, NULL) != NULL)
      g_string_append_printf (allow, "%s%s", allow->len > 0 ? ", " : "", methods[i]);
    g_free (args[0]);
    g_free (args[1]);
  }
  wuyou_reply_set_header (reply, "Allow", allow->str);
  g_string_free (allow, TRUE);
}

static gboolean
find_route (WuyouRequest *request, GError **error)
{
  gboolean other = FALSE;
  const char *method = g_str_equal (request->method, "HEAD") ? "GET" : request->method;

  request->route = wuyou_route_match (method, request->path, request->args, &other);
  if (request->route != NULL && wuyou_router_has (request->server->router, request->route->id))
    return TRUE;
  request->route = NULL;
  g_set_error_literal (error, WUYOU_ERROR, other ? WUYOU_ERROR_METHOD : WUYOU_ERROR_NOT_FOUND, "");
  return FALSE;
}

static gboolean
charge_body (WuyouRequest *request, GError **error)
{
  WuyouServer *server = request->server;

  if (request->declared == 0 || (request->route->flags & WUYOU_ROUTE_STREAM_IN) != 0)
    return TRUE;
  if ((guint64) (wuyou_metrics_get (server->metrics, WUYOU_GAUGE_BODY_BYTES) + request->declared)
      > server->config->max_body_memory) {
    wuyou_metrics_count (server->metrics, WUYOU_COUNTER_BUSY);
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_BUSY, "");
    return FALSE;
  }
  request->body_charged = (gsize) request->declared;
  wuyou_metrics_add (server->metrics, WUYOU_GAUGE_BODY_BYTES, request->declared);
  request->body = g_malloc (request->body_charged + 1);
  return TRUE;
}

static void
set_body_deadline (WuyouRequest *request)
{
  const WuyouServerConfig *config = request->server->config;
  gboolean streamed = (request->route->flags & WUYOU_ROUTE_STREAM_IN) != 0;

  wuyou_connection_set_deadline (request->peer, streamed ? config->upload_seconds : config->request_seconds);
  wuyou_connection_set_receives (request->peer, request->declared > 0);
}

static gboolean
check_head (WuyouRequest *request, const char *version, GError **error)
{
  if (!wuyou_http_guard_check (request, version, error) || !_wuyou_request_parse_target (request, error)) {
    wuyou_metrics_count (request->server->metrics, WUYOU_COUNTER_MALFORMED);
    return FALSE;
  }
  set_address (request);
  return find_route (request, error) && wuyou_http_guard_check_route (request, error) && charge_body (request, error);
}

static enum MHD_Result
send_reply (WuyouRequest *request)
{
  WuyouReply *reply = request->reply;
  struct MHD_Response *response;
  enum MHD_Result result;
  guint64 seconds = request->server->config->send_seconds + reply->length / SLOWEST_RATE;

  if (g_atomic_int_get (&request->server->stopping))
    reply->close = TRUE;
  request->stage = WUYOU_STAGE_SENDING;
  request->status = reply->status;
  request->sent = reply->length;
  response
      = reply->kind == WUYOU_REPLY_STREAM ? _wuyou_stream_new_response (request) : _wuyou_reply_take_response (reply);
  _wuyou_reply_add_headers (reply, response, request->id, request->server->tls != NULL);
  if (reply->close)
    wuyou_connection_set_linger (request->peer);
  wuyou_connection_set_deadline (request->peer, (guint) MIN (seconds, G_MAXUINT));
  result = MHD_queue_response (request->connection, reply->status, response);
  MHD_destroy_response (response);
  return result;
}

/* A request with a body that is not wanted, or without a certain end, is answered at once and ends the connection:
 * where the next one begins is unknown. Any other is answered when it is complete, and the connection goes on. */
static enum MHD_Result
refuse_head (WuyouRequest *request, GError *error)
{
  gboolean close = request->declared > 0 || error->code == WUYOU_ERROR_MALFORMED;

  request->reply = wuyou_error_response_new (error);
  request->reply->close = close;
  request->stage = WUYOU_STAGE_READY;
  if (error->code == WUYOU_ERROR_METHOD)
    add_allow (request, request->reply);
  g_error_free (error);
  return close ? send_reply (request) : MHD_YES;
}

static enum MHD_Result
begin_request (WuyouRequest *request, const char *method, const char *version)
{
  const union MHD_ConnectionInfo *info
      = MHD_get_connection_info (request->connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  GError *error = NULL;

  request->peer = info->socket_context;
  request->method = method;
  request->address = wuyou_connection_get_address (request->peer);
  request->started = g_get_monotonic_time ();
  request->stage = WUYOU_STAGE_BODY;
  g_atomic_int_inc (&request->server->in_flight);
  if (!check_head (request, version, &error))
    return refuse_head (request, error);
  set_body_deadline (request);
  if ((request->route->flags & WUYOU_ROUTE_STREAM_IN) != 0)
    _wuyou_upload_begin (request);
  return MHD_YES;
}

static enum MHD_Result
take_body (WuyouRequest *request, const char *data, size_t *length)
{
  if (request->upload != NULL) {
    *length -= _wuyou_upload_take (request, data, *length);
    return MHD_YES;
  }
  if (request->body == NULL || *length > request->body_charged - request->body_length)
    return MHD_NO;
  memcpy (request->body + request->body_length, data, *length);
  request->body_length += *length;
  *length = 0;
  return MHD_YES;
}

/* Health must be seen when everything else is stuck: it needs no worker. */
static gboolean
is_probe (const WuyouRequest *request)
{
  return request->route->id == WUYOU_ROUTE_HEALTH || request->route->id == WUYOU_ROUTE_METRICS;
}

static enum MHD_Result
hand_over (WuyouRequest *request)
{
  WuyouServer *server = request->server;

  if (request->body != NULL)
    request->body[request->body_length] = '\0';
  if (is_probe (request)) {
    request->reply = wuyou_router_get (server->router, request->route->id) (request, server->context, NULL);
    return send_reply (request);
  }
  _wuyou_dispatch_push (request, _wuyou_dispatch_run);
  return MHD_YES;
}

static enum MHD_Result
handle_access (void *data,
               struct MHD_Connection *connection,
               const char *url,
               const char *method,
               const char *version,
               const char *upload_data,
               size_t *upload_data_size,
               void **request_data)
{
  WuyouRequest *request = *request_data;

  switch (request->stage) {
  case WUYOU_STAGE_TARGET:
    return begin_request (request, method, version);
  case WUYOU_STAGE_BODY:
    if (*upload_data_size > 0)
      return take_body (request, upload_data, upload_data_size);
    if (request->upload == NULL)
      return hand_over (request);
    _wuyou_upload_end (request);
    return MHD_YES;
  case WUYOU_STAGE_OPEN:
    request->stage = WUYOU_STAGE_BODY;
    return MHD_YES;
  case WUYOU_STAGE_READY:
    if (*upload_data_size > 0) {
      *upload_data_size = 0; /* refused already: the rest of the body is dropped */
      return MHD_YES;
    }
    return send_reply (request);
  case WUYOU_STAGE_SENDING:
    *upload_data_size = 0;
    return MHD_YES;
  case WUYOU_STAGE_WORKING:
  default:
    return MHD_YES;
  }
}

static void
on_request_completed_cb (void *data,
                         struct MHD_Connection *connection,
                         void **request_data,
                         enum MHD_RequestTerminationCode code)
{
  WuyouRequest *request = *request_data;
  WuyouServer *server = data;
  gint64 micros;

  if (request == NULL)
    return;
  *request_data = NULL;
  if (request->stage != WUYOU_STAGE_TARGET) {
    micros = g_get_monotonic_time () - request->started;
    wuyou_connection_set_receives (request->peer, FALSE);
    wuyou_connection_set_deadline (request->peer, server->config->header_seconds);
    wuyou_metrics_add (server->metrics, WUYOU_GAUGE_BODY_BYTES, -(gint64) request->body_charged);
    wuyou_metrics_count_request (server->metrics, request->route != NULL ? request->route->id : WUYOU_N_ROUTES,
                                 request->status, micros);
    if (server->config->log_requests)
      wuyou_log_request (request, request->status, request->sent, micros, code == MHD_REQUEST_TERMINATED_COMPLETED_OK);
    g_atomic_int_add (&server->in_flight, -1);
  }
  if (request->upload != NULL)
    _wuyou_upload_drop (request);
  else
    _wuyou_request_free (request);
}

static void
on_connection_changed_cb (void *data,
                          struct MHD_Connection *connection,
                          void **socket_data,
                          enum MHD_ConnectionNotificationCode code)
{
  WuyouServer *server = data;

  if (code == MHD_CONNECTION_NOTIFY_STARTED) {
    int fd = MHD_get_connection_info (connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
    const struct sockaddr *peer = MHD_get_connection_info (connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr;

    *socket_data = wuyou_connections_add (server->connections, fd, peer);
    if (server->tls != NULL)
      wuyou_tls_apply (server->tls,
                       MHD_get_connection_info (connection, MHD_CONNECTION_INFO_GNUTLS_SESSION)->tls_session);
  } else if (*socket_data != NULL) {
    wuyou_connections_remove (server->connections, *socket_data);
    *socket_data = NULL;
  }
}

static enum MHD_Result
on_peer_asked_cb (void *data, const struct sockaddr *peer, socklen_t length)
{
  WuyouServer *server = data;

  return wuyou_connections_allow (server->connections, peer) ? MHD_YES : MHD_NO;
}

static void
on_message_logged_cb (void *data, const char *format, va_list args)
{
  g_autofree char *message = NULL;

  if (!wuyou_log_is_on (WUYOU_LOG_DEBUG))
    return;
  message = g_strdup_vprintf (format, args);
  wuyou_log_message (WUYOU_LOG_DEBUG, "%s", g_strchomp (message));
}

static gboolean
check_listen_address (const WuyouServerConfig *config, const struct sockaddr *address, GError **error)
{
  const struct sockaddr_in *four = (gconstpointer) address;
  const struct sockaddr_in6 *six = (gconstpointer) address;
  gboolean loopback = address->sa_family == AF_INET ? (ntohl (four->sin_addr.s_addr) >> 24) == 127
                                                    : IN6_IS_ADDR_LOOPBACK (&six->sin6_addr);

  if (loopback || config->tls_cert != NULL || config->trusted_proxy != NULL)
    return TRUE;
  g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_INSECURE,
               "clear HTTP on %s would send passwords in the open: give --tls-cert and --tls-key, or name the "
               "reverse proxy with --trusted-proxy",
               config->listen_host);
  return FALSE;
}

static gboolean
bind_socket (int fd, const struct addrinfo *address, WuyouServer *server)
{
  const int yes = 1;
  struct sockaddr_storage bound;
  socklen_t length = sizeof bound;

  setsockopt (fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (bind (fd, address->ai_addr, address->ai_addrlen) != 0 || listen (fd, SOMAXCONN) != 0
      || getsockname (fd, (struct sockaddr *) &bound, &length) != 0)
    return FALSE;
  server->port = ntohs (bound.ss_family == AF_INET ? ((struct sockaddr_in *) &bound)->sin_port
                                                   : ((struct sockaddr_in6 *) &bound)->sin6_port);
  return TRUE;
}

static int
open_socket (WuyouServer *server, GError **error)
{
  const struct addrinfo hints = { .ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICSERV };
  struct addrinfo *address = NULL;
  char port[8];
  int fd = -1;

  g_snprintf (port, sizeof port, "%u", server->config->port);
  if (getaddrinfo (server->config->listen_host, port, &hints, &address) != 0) {
    g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_INVALID, "no such address: %s", server->config->listen_host);
    return -1;
  }
  if (check_listen_address (server->config, address->ai_addr, error)) {
    fd = socket (address->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0 || !bind_socket (fd, address, server)) {
      g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_UNAVAILABLE, "cannot listen on %s port %u: %s",
                   server->config->listen_host, server->config->port, g_strerror (errno));
      if (fd >= 0)
        close (fd);
      fd = -1;
    }
  }
  freeaddrinfo (address);
  return fd;
}

static struct MHD_Daemon *
start_daemon (WuyouServer *server, int fd)
{
  unsigned int flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC | MHD_USE_ERROR_LOG;
  struct MHD_OptionItem tls[] = {
    { MHD_OPTION_END, 0, NULL }, { MHD_OPTION_END, 0, NULL }, { MHD_OPTION_END, 0, NULL }, { MHD_OPTION_END, 0, NULL }
  };

  if (server->tls != NULL) {
    flags |= MHD_USE_TLS;
    tls[0] = (struct MHD_OptionItem){ MHD_OPTION_HTTPS_MEM_CERT, 0, (void *) wuyou_tls_get_cert_pem (server->tls) };
    tls[1] = (struct MHD_OptionItem){ MHD_OPTION_HTTPS_MEM_KEY, 0, (void *) wuyou_tls_get_key_pem (server->tls) };
    tls[2] = (struct MHD_OptionItem){ MHD_OPTION_HTTPS_PRIORITIES, 0, (void *) WUYOU_TLS_PRIORITIES };
  }
  return MHD_start_daemon (
      flags, server->port, on_peer_asked_cb, server, handle_access, server, MHD_OPTION_EXTERNAL_LOGGER,
      on_message_logged_cb, server, MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_THREAD_POOL_SIZE, (unsigned int) N_PARSERS,
      MHD_OPTION_CONNECTION_LIMIT, server->config->max_connections, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
      (size_t) HEAD_MEMORY, MHD_OPTION_CONNECTION_TIMEOUT, server->config->header_seconds + IDLE_MARGIN,
      MHD_OPTION_STRICT_FOR_CLIENT, MHD_VERSION >= 0x01000000 ? 1 : 0, MHD_OPTION_URI_LOG_CALLBACK, on_target_read_cb,
      server, MHD_OPTION_NOTIFY_COMPLETED, on_request_completed_cb, server, MHD_OPTION_NOTIFY_CONNECTION,
      on_connection_changed_cb, server, MHD_OPTION_ARRAY, tls, MHD_OPTION_END);
}

gboolean
_wuyou_http_start (WuyouServer *server, GError **error)
{
  int fd = open_socket (server, error);

  if (fd < 0)
    return FALSE;
  server->daemon = start_daemon (server, fd);
  if (server->daemon != NULL)
    return TRUE;
  close (fd);
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_UNAVAILABLE, "the HTTP engine did not start");
  return FALSE;
}

void
_wuyou_http_refuse_new (WuyouServer *server)
{
  int fd = MHD_quiesce_daemon (server->daemon);

  if (fd >= 0)
    close (fd);
}

void
_wuyou_http_stop (WuyouServer *server)
{
  MHD_stop_daemon (server->daemon);
  server->daemon = NULL;
}
