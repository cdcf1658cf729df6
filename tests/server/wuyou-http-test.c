/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-http-test.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"

static WuyouHttpTest *
get_test (WuyouServerContext *context)
{
  return (WuyouHttpTest *) ((char *) context - G_STRUCT_OFFSET (WuyouHttpTest, context));
}

static gboolean
resolve (WuyouServerContext *context,
         const WuyouRequest *request,
         const char *token,
         WuyouCaller *caller,
         GError **error)
{
  if (!g_str_equal (token, "good") && !g_str_equal (token, "initial") && !g_str_equal (token, "seller")) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_UNAUTHENTICATED, "");
    return FALSE;
  }
  g_strlcpy (caller->account_id, "019aaaaa-0000-7000-8000-000000000001", sizeof caller->account_id);
  g_strlcpy (caller->session_id, wuyou_request_get_header (request, "X-Session") ?: "", sizeof caller->session_id);
  caller->scope = g_strdup ("/op/group/dealer/");
  caller->roles = g_str_equal (token, "seller") ? WUYOU_ROLE_BIT (WUYOU_ROLE_DFIN) : WUYOU_ROLE_BIT (WUYOU_ROLE_DADM);
  caller->must_change_password = g_str_equal (token, "initial");
  return TRUE;
}

static WuyouReply *
handle_support (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  WuyouReply *reply = wuyou_reply_new_json (200, g_string_new ("{\"line\":\"400\"}"));

  wuyou_reply_set_header (reply, "X-Seen-Address", wuyou_request_get_address (request));
  return reply;
}

static GString *
describe (gsize length, const char *digest)
{
  GString *out = g_string_new (NULL);

  wuyou_json_begin_object (out, NULL);
  wuyou_json_add_int (out, "length", (gint64) length);
  wuyou_json_add_string (out, "digest", digest);
  wuyou_json_end_object (out);
  return out;
}

static WuyouReply *
handle_echo (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  gsize length;
  const char *body = wuyou_request_get_body (request, &length);
  g_autofree char *digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) body, length);

  if (wuyou_request_get_json (request, error) == NULL)
    return NULL;
  return wuyou_reply_new_json (201, describe (length, digest));
}

static WuyouReply *
handle_put (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  const char *id = wuyou_request_get_id_arg (request, 0, error);
  GString *out;
  WuyouReply *reply;

  if (id == NULL)
    return NULL;
  out = g_string_new (NULL);
  wuyou_json_begin_object (out, NULL);
  wuyou_json_add_string (out, "id", id);
  wuyou_json_add_int (out, "revision", wuyou_request_get_if_match (request));
  wuyou_json_end_object (out);
  reply = wuyou_reply_new_json (200, out);
  wuyou_reply_set_revision (reply, wuyou_request_get_if_match (request) + 1);
  return reply;
}

static WuyouReply *
handle_get (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  GString *out;
  gint64 limit;

  if (!wuyou_request_get_query_int (request, "limit", 1, 100, 20, &limit, error))
    return NULL;
  out = g_string_new (NULL);
  wuyou_json_begin_object (out, NULL);
  wuyou_json_add_string (out, "id", wuyou_request_get_arg (request, 0));
  wuyou_json_add_string (out, "query", wuyou_request_get_query (request, "q"));
  wuyou_json_add_int (out, "limit", limit);
  wuyou_json_end_object (out);
  return wuyou_reply_new_json (200, out);
}

static WuyouReply *
handle_failure (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_IO, "/secret/path");
  return NULL;
}

static WuyouReply *
handle_slow (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  WuyouHttpTest *test = get_test (context);

  g_mutex_lock (&test->lock);
  test->waiting++;
  g_cond_broadcast (&test->opened);
  while (!test->open)
    g_cond_wait (&test->opened, &test->lock);
  test->waiting--;
  g_mutex_unlock (&test->lock);
  return wuyou_reply_new_json (200, g_string_new ("{\"slow\":true}"));
}

static WuyouReply *
handle_changes (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  WuyouHttpTest *test = get_test (context);
  gint64 seconds, since;
  guint number;
  GString *out;

  if (!wuyou_request_get_query_int (request, "wait", 0, 60, 0, &seconds, error)
      || !wuyou_request_get_query_int (request, "since", 0, G_MAXINT32, 0, &since, error))
    return NULL;
  g_mutex_lock (&test->lock);
  number = test->number;
  test->handled++;
  g_mutex_unlock (&test->lock);
  if (number <= since && seconds > 0 && !wuyou_request_is_over (request))
    return wuyou_reply_new_wait (wuyou_request_get_caller (request)->scope,
                                 wuyou_request_get_now (request) + seconds * G_USEC_PER_SEC);
  out = g_string_new (NULL);
  wuyou_json_begin_object (out, NULL);
  wuyou_json_add_boolean (out, "over", wuyou_request_is_over (request));
  wuyou_json_add_int (out, "number", number);
  wuyou_json_end_object (out);
  return wuyou_reply_new_json (200, out);
}

typedef struct {
  WuyouHttpTest *test;
  GChecksum *checksum;
  gsize length;
  gboolean fails;
} Upload;

static gpointer
begin_upload (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  const char *offset = wuyou_request_get_header (request, "Upload-Offset");
  Upload *upload;

  if (g_strcmp0 (offset, "9") == 0) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_OFFSET, "");
    return NULL;
  }
  upload = g_new0 (Upload, 1);
  upload->test = get_test (context);
  upload->checksum = g_checksum_new (G_CHECKSUM_SHA256);
  upload->fails = g_strcmp0 (offset, "7") == 0;
  return upload;
}

static gboolean
take_chunk (gpointer data, const guint8 *bytes, gsize length, GError **error)
{
  Upload *upload = data;

  g_assert_cmpuint (length, <=, WUYOU_UPLOAD_CHUNK);
  if (upload->test->chunk_delay > 0)
    g_usleep (upload->test->chunk_delay);
  if (upload->fails) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_STORAGE_FULL, "");
    return FALSE;
  }
  g_checksum_update (upload->checksum, bytes, (gssize) length);
  upload->length += length;
  return TRUE;
}

static WuyouReply *
finish_upload (gpointer data, GError **error)
{
  Upload *upload = data;

  return wuyou_reply_new_json (200, describe (upload->length, g_checksum_get_string (upload->checksum)));
}

static void
free_upload (gpointer data)
{
  Upload *upload = data;

  g_mutex_lock (&upload->test->lock);
  upload->test->uploads_freed++;
  g_mutex_unlock (&upload->test->lock);
  g_checksum_free (upload->checksum);
  g_free (upload);
}

static const WuyouUpload upload_functions = { begin_upload, take_chunk, finish_upload, free_upload };

typedef struct {
  guint64 left;
  guint8 next;
} Source;

static gssize
read_source (gpointer data, guint8 *buffer, gsize length, GError **error)
{
  Source *source = data;
  gsize n = (gsize) MIN (length, source->left);

  for (gsize i = 0; i < n; i++)
    buffer[i] = source->next++;
  source->left -= n;
  return (gssize) n;
}

static const WuyouReplySource source_functions = { read_source, g_free };

static WuyouReply *
handle_content (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  gint64 size;
  Source *source;

  if (!wuyou_request_get_query_int (request, "size", 0, G_MAXINT32, 0, &size, error))
    return NULL;
  source = g_new0 (Source, 1);
  source->left = (guint64) size;
  return wuyou_reply_new_stream (200, "application/octet-stream", (guint64) size, &source_functions, source);
}

static const WuyouAccessGate gates[] = {
  { WUYOU_ERROR_PASSWORD_CHANGE_REQUIRED, WUYOU_ROUTE_BEFORE_PASSWORD, wuyou_gate_password },
  { 0, 0, NULL },
};

WuyouHttpTest *
wuyou_http_test_new (void)
{
  WuyouHttpTest *test = g_new0 (WuyouHttpTest, 1);

  g_mutex_init (&test->lock);
  g_cond_init (&test->opened);
  test->config = wuyou_server_config_new ();
  test->config->workers = 4;
  test->context.clock = &wuyou_clock_system;
  test->context.config = test->config;
  test->context.access.resolve = resolve;
  test->context.access.gates = gates;
  test->router = wuyou_router_new ();
  wuyou_router_add (test->router, WUYOU_ROUTE_SUPPORT, handle_support);
  wuyou_router_add (test->router, WUYOU_ROUTE_MISUSE_REPORT, handle_echo);
  wuyou_router_add (test->router, WUYOU_ROUTE_CONTRACT_CREATE, handle_echo);
  wuyou_router_add (test->router, WUYOU_ROUTE_CONTRACT_PUT, handle_put);
  wuyou_router_add (test->router, WUYOU_ROUTE_CONTRACT_GET, handle_get);
  wuyou_router_add (test->router, WUYOU_ROUTE_PRODUCTS_LIST, handle_failure);
  wuyou_router_add (test->router, WUYOU_ROUTE_TODAY, handle_slow);
  wuyou_router_add (test->router, WUYOU_ROUTE_CHANGES, handle_changes);
  wuyou_router_add_upload (test->router, WUYOU_ROUTE_DOCUMENT_APPEND, &upload_functions);
  wuyou_router_add (test->router, WUYOU_ROUTE_DOCUMENT_CONTENT, handle_content);
  return test;
}

void
wuyou_http_test_start (WuyouHttpTest *test)
{
  g_autoptr (GError) error = NULL;

  test->server = wuyou_server_new (&test->context, test->router);
  wuyou_server_start (test->server, &error);
  g_assert_no_error (error);
}

void
wuyou_http_test_free (WuyouHttpTest *test)
{
  wuyou_http_test_open_gate (test);
  wuyou_server_free (test->server);
  wuyou_router_free (test->router);
  wuyou_server_config_free (test->config);
  g_cond_clear (&test->opened);
  g_mutex_clear (&test->lock);
  g_free (test);
}

void
wuyou_http_test_open_gate (WuyouHttpTest *test)
{
  g_mutex_lock (&test->lock);
  test->open = TRUE;
  g_cond_broadcast (&test->opened);
  g_mutex_unlock (&test->lock);
}

void
wuyou_http_test_wait_waiting (WuyouHttpTest *test, guint n)
{
  g_mutex_lock (&test->lock);
  while (test->waiting < n)
    g_cond_wait (&test->opened, &test->lock);
  g_mutex_unlock (&test->lock);
}

void
wuyou_http_test_tell (WuyouHttpTest *test, const char *scope)
{
  g_mutex_lock (&test->lock);
  test->number++;
  g_mutex_unlock (&test->lock);
  wuyou_server_wake (test->server, scope);
}

int
wuyou_http_test_connect (WuyouHttpTest *test)
{
  struct sockaddr_in address = {
    .sin_family = AF_INET,
    .sin_port = htons (wuyou_server_get_port (test->server)),
    .sin_addr.s_addr = htonl (INADDR_LOOPBACK),
  };
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (connect (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  return fd;
}

gboolean
wuyou_http_test_send (int fd, const char *bytes, gssize length)
{
  gsize left = length < 0 ? strlen (bytes) : (gsize) length;

  while (left > 0) {
    gssize n = send (fd, bytes, left, MSG_NOSIGNAL);

    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      return FALSE;
    bytes += n;
    left -= (gsize) n;
  }
  return TRUE;
}

/* 1: a byte; 0: end; -1: nothing in time. */
static int
read_byte (int fd, int milliseconds, char *ret_byte)
{
  struct pollfd wait = { fd, POLLIN, 0 };

  if (poll (&wait, 1, milliseconds) <= 0)
    return -1;
  return recv (fd, ret_byte, 1, 0) == 1 ? 1 : 0;
}

static char *
read_line (int fd, int milliseconds)
{
  GString *line = g_string_new (NULL);
  char c;

  while (read_byte (fd, milliseconds, &c) == 1) {
    g_string_append_c (line, c);
    if (c == '\n') {
      g_string_truncate (line, line->len - MIN (line->len, 2));
      return g_string_free (line, FALSE);
    }
  }
  g_string_free (line, TRUE);
  return NULL;
}

static void
read_body (WuyouHttpReply *reply, int fd, int milliseconds)
{
  const char *length = g_hash_table_lookup (reply->headers, "content-length");
  gsize left = length != NULL ? (gsize) g_ascii_strtoull (length, NULL, 10) : 0;
  char buffer[65536];

  while (left > 0) {
    struct pollfd wait = { fd, POLLIN, 0 };
    gssize n = poll (&wait, 1, milliseconds) > 0 ? recv (fd, buffer, MIN (left, sizeof buffer), 0) : -1;

    if (n <= 0) {
      reply->truncated = TRUE;
      return;
    }
    g_string_append_len (reply->body, buffer, n);
    left -= (gsize) n;
  }
}

WuyouHttpReply *
wuyou_http_test_read (int fd, int milliseconds)
{
  WuyouHttpReply *reply = g_new0 (WuyouHttpReply, 1);
  g_autofree char *status = read_line (fd, milliseconds);
  char *line;

  reply->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  reply->body = g_string_new (NULL);
  if (status == NULL || !g_str_has_prefix (status, "HTTP/1.1 "))
    return reply;
  reply->status = (guint) g_ascii_strtoull (status + 9, NULL, 10);
  while ((line = read_line (fd, milliseconds)) != NULL && *line != '\0') {
    char *colon = strchr (line, ':');

    g_assert_nonnull (colon);
    g_hash_table_insert (reply->headers, g_ascii_strdown (line, colon - line), g_strdup (g_strchug (colon + 1)));
    g_free (line);
  }
  g_free (line);
  if (reply->status == 100) {
    wuyou_http_reply_free (reply);
    return wuyou_http_test_read (fd, milliseconds);
  }
  read_body (reply, fd, milliseconds);
  return reply;
}

gboolean
wuyou_http_test_is_closed (int fd, int milliseconds)
{
  char c;

  return read_byte (fd, milliseconds, &c) == 0;
}

void
wuyou_http_reply_free (WuyouHttpReply *reply)
{
  g_hash_table_unref (reply->headers);
  g_string_free (reply->body, TRUE);
  g_free (reply);
}

WuyouHttpReply *
wuyou_http_test_exchange (WuyouHttpTest *test, const char *bytes, gssize length)
{
  int fd = wuyou_http_test_connect (test);
  WuyouHttpReply *reply;

  wuyou_http_test_send (fd, bytes, length);
  reply = wuyou_http_test_read (fd, 10000);
  close (fd);
  return reply;
}

void
wuyou_http_test_assert_problem (const WuyouHttpReply *reply, guint status, const char *code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) body = NULL;

  g_assert_cmpuint (reply->status, ==, status);
  g_assert_cmpstr (g_hash_table_lookup (reply->headers, "content-type"), ==, "application/problem+json");
  body = wuyou_json_parse_object (reply->body->str, reply->body->len, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (wuyou_json_get_string (body, "code"), ==, code);
  g_assert_cmpint (wuyou_json_get_int (body, "status"), ==, status);
  g_assert_nonnull (wuyou_json_get_string (body, "title"));
}
