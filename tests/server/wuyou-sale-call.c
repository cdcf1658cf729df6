/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>
#include <unistd.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "base/wuyou-json.h"
#include "wuyou-openapi-check.h"
#include "wuyou-sale-test.h"

#define PATIENCE 60000

static char *
dup_path (const WuyouSaleCall *call)
{
  g_autofree char *path = call->path != NULL ? g_strdup (call->path)
                                             : wuyou_route_build (call->route, call->arg0 != NULL ? call->arg0 : "x",
                                                                  call->arg1 != NULL ? call->arg1 : "x");

  return call->query != NULL ? g_strconcat (path, "?", call->query, NULL) : g_steal_pointer (&path);
}

static void
write_key (GString *out, const WuyouSaleCall *call, const WuyouRoute *route)
{
  const WuyouIdSource ids = { .clock = &wuyou_clock_system };
  g_autofree char *fresh = wuyou_id_new (&ids);
  const char *key = call->key != NULL ? call->key : fresh;

  if ((route->flags & WUYOU_ROUTE_IDEMPOTENT) != 0 && *key != '\0')
    g_string_append_printf (out, "Idempotency-Key: %s\r\n", key);
}

static GString *
write_request (const WuyouSaleCall *call)
{
  const WuyouRoute *route = wuyou_route_get (call->route);
  gsize length = call->body == NULL ? 0 : call->length != 0 ? (gsize) call->length : strlen (call->body);
  g_autofree char *path = dup_path (call);
  GString *out = g_string_new (NULL);

  g_string_append_printf (out, "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n", route->method, path);
  if (call->user != NULL)
    g_string_append_printf (out, "Authorization: Bearer %s\r\n", call->user->token);
  write_key (out, call, route);
  if (call->version != 0)
    g_string_append_printf (out, "If-Match: \"%" G_GINT64_FORMAT "\"\r\n", call->version);
  if (call->lines != NULL)
    g_string_append (out, call->lines);
  if (!g_str_equal (route->method, "GET"))
    g_string_append_printf (
        out, "Content-Type: %s\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n",
        (route->flags & WUYOU_ROUTE_STREAM_IN) != 0 ? "application/octet-stream" : "application/json", length);
  g_string_append (out, "\r\n");
  g_string_append_len (out, call->body != NULL ? call->body : "", (gssize) length);
  return out;
}

static int
connect_port (guint16 port)
{
  struct sockaddr_in address = {
    .sin_family = AF_INET,
    .sin_port = htons (port),
    .sin_addr.s_addr = htonl (INADDR_LOOPBACK),
  };
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_assert_cmpint (fd, >=, 0);
  if (connect (fd, (struct sockaddr *) &address, sizeof address) == 0)
    return fd;
  close (fd);
  return -1;
}

static WuyouSaleReply *
take_reply (WuyouHttpReply *http)
{
  WuyouSaleReply *reply = g_new0 (WuyouSaleReply, 1);
  const char *type = g_hash_table_lookup (http->headers, "content-type");
  const char *etag = g_hash_table_lookup (http->headers, "etag");

  reply->status = http->truncated ? 0 : http->status;
  reply->headers = g_hash_table_ref (http->headers);
  reply->body = g_bytes_new (http->body->str, http->body->len);
  reply->version = etag != NULL ? g_ascii_strtoll (etag + 1, NULL, 10) : 0;
  if (reply->status != 0 && type != NULL && strstr (type, "json") != NULL) {
    g_autoptr (GError) error = NULL;

    reply->json = wuyou_json_parse_object (http->body->str, http->body->len, &error);
    g_assert_no_error (error);
  }
  wuyou_http_reply_free (http);
  return reply;
}

WuyouSaleReply *
wuyou_sale_call_port (guint16 port, const WuyouSaleCall *call)
{
  g_autoptr (GString) text = write_request (call);
  int fd = connect_port (port);
  WuyouSaleReply *reply;

  if (fd < 0)
    return g_new0 (WuyouSaleReply, 1);
  wuyou_http_test_send (fd, text->str, (gssize) text->len);
  reply = take_reply (wuyou_http_test_read (fd, PATIENCE));
  close (fd);
  return reply;
}

static void
check_document (const WuyouSaleCall *call, const WuyouSaleReply *reply)
{
  const WuyouRoute *route = wuyou_route_get (call->route);
  g_autofree char *path = dup_path (call);
  g_autoptr (GError) error = NULL;
  gsize length;
  const char *body = g_bytes_get_data (reply->body, &length);
  char *query = strchr (path, '?');

  if (query != NULL)
    *query = '\0';
  if (call->path == NULL
      && !wuyou_openapi_check_reply (route->method, path, reply->status,
                                     g_hash_table_lookup (reply->headers, "content-type"), length > 0 ? body : "",
                                     length, &error))
    g_error ("%s %s: %u is not as the API document says: %s", route->method, path, reply->status, error->message);
}

WuyouSaleReply *
wuyou_sale_call (WuyouSale *sale, const WuyouSaleCall *call)
{
  WuyouSaleReply *reply = wuyou_sale_call_port (wuyou_server_get_port (sale->site->http.server), call);

  g_assert_cmpuint (reply->status, !=, 0);
  check_document (call, reply);
  return reply;
}

void
wuyou_sale_reply_free (WuyouSaleReply *reply)
{
  g_clear_pointer (&reply->json, json_object_unref);
  g_clear_pointer (&reply->body, g_bytes_unref);
  g_clear_pointer (&reply->headers, g_hash_table_unref);
  g_free (reply);
}

const char *
wuyou_sale_reply_get_code (const WuyouSaleReply *reply)
{
  return reply->json != NULL && reply->status >= 400 ? wuyou_json_get_string (reply->json, "code") : NULL;
}

gboolean
wuyou_sale_reply_has_field (const WuyouSaleReply *reply, const char *field)
{
  JsonArray *violations = reply->json != NULL ? wuyou_json_get_array (reply->json, "violations") : NULL;

  for (guint i = 0; violations != NULL && i < json_array_get_length (violations); i++)
    if (g_strcmp0 (wuyou_json_get_string (wuyou_json_array_get_object (violations, i), "field"), field) == 0)
      return TRUE;
  return reply->json != NULL && g_strcmp0 (wuyou_json_get_string (reply->json, "field"), field) == 0;
}

gboolean
wuyou_sale_reply_has_bytes (const WuyouSaleReply *reply, const char *bytes)
{
  gsize length;
  gconstpointer data = g_bytes_get_data (reply->body, &length);

  return length > 0 && memmem (data, length, bytes, strlen (bytes)) != NULL;
}

WuyouSaleReply *
wuyou_sale_expect (const char *where, WuyouSale *sale, guint status, const char *code, const WuyouSaleCall *call)
{
  WuyouSaleReply *reply = wuyou_sale_call (sale, call);
  const char *given = wuyou_sale_reply_get_code (reply);

  if (reply->status != status || g_strcmp0 (given, code) != 0) {
    gsize length;
    const char *body = g_bytes_get_data (reply->body, &length);

    g_error ("%s: %s %s: %u %s instead of %u %s\n%.*s", where, wuyou_route_get (call->route)->method,
             wuyou_route_get (call->route)->path, reply->status, given != NULL ? given : "", status,
             code != NULL ? code : "", (int) MIN (length, 1200), length > 0 ? body : "");
  }
  return reply;
}
