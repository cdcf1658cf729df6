/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/wuyou-json.h"
#include "wuyou-http-test.h"

#define HEAD "GET /v1/support HTTP/1.1\r\nHost: a\r\n"
#define POST "POST /v1/misuse-reports HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"

static WuyouHttpTest *shared;

/* What must be refused with a problem document; the connection then ends. */
typedef struct {
  const char *name;
  const char *request;
  guint status;
  const char *code;
} Refusal;

static const Refusal refusals[] = {
  { "cl-and-te", POST "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", 400, "MALFORMED" },
  { "te-and-cl", POST "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n2\r\n{}\r\n0\r\n\r\n", 400, "MALFORMED" },
  { "te-chunked", POST "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", 400, "MALFORMED" },
  { "te-unknown", POST "Transfer-Encoding: xchunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", 400, "MALFORMED" },
  { "te-twice", POST "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n", 400, "MALFORMED" },
  { "te-with-blank", POST "Transfer-Encoding : chunked\r\nContent-Length: 2\r\n\r\n{}", 400, NULL },
  { "cl-twice", POST "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", 400, "MALFORMED" },
  { "cl-twice-same", POST "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}", 400, "MALFORMED" },
  { "cl-list", POST "Content-Length: 2, 2\r\n\r\n{}", 400, NULL },
  { "cl-plus", POST "Content-Length: +2\r\n\r\n{}", 400, NULL },
  { "cl-minus", POST "Content-Length: -2\r\n\r\n{}", 400, NULL },
  { "cl-hex", POST "Content-Length: 0x2\r\n\r\n{}", 400, NULL },
  { "cl-huge", POST "Content-Length: 99999999999999999999999\r\n\r\n{}", 413, NULL },
  { "cl-empty", POST "Content-Length:\r\n\r\n{}", 400, NULL },
  { "host-missing", "GET /v1/support HTTP/1.1\r\n\r\n", 400, "MALFORMED" },
  { "host-twice", HEAD "Host: b\r\n\r\n", 400, "MALFORMED" },
  { "host-list", "GET /v1/support HTTP/1.1\r\nHost: a, b\r\n\r\n", 400, "MALFORMED" },
  { "host-user", "GET /v1/support HTTP/1.1\r\nHost: a@b\r\n\r\n", 400, "MALFORMED" },
  { "header-name-blank", HEAD "X y: z\r\n\r\n", 400, NULL },
  { "header-name-bracket", HEAD "X(y): z\r\n\r\n", 400, "MALFORMED" },
  { "header-no-colon", HEAD "nonsense\r\n\r\n", 400, NULL },
  { "header-control", HEAD "X: a\001b\r\n\r\n", 400, "MALFORMED" },
  { "authorization-twice", HEAD "Authorization: Bearer a\r\nAuthorization: Bearer b\r\n\r\n", 400, "MALFORMED" },
  { "content-encoding", POST "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}", 400, "MALFORMED" },
  { "content-type",
    "POST /v1/misuse-reports HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}", 400,
    "MALFORMED" },
  { "content-type-missing", "POST /v1/misuse-reports HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}", 400,
    "MALFORMED" },
  { "body-on-get", HEAD "Content-Length: 2\r\n\r\n{}", 400, "MALFORMED" },
  { "body-over-limit", POST "Content-Length: 16385\r\n\r\n", 413, "TOO_LARGE" },
  { "path-percent", "GET /v1/sup%zzport HTTP/1.1\r\nHost: a\r\n\r\n", 400, "MALFORMED" },
  { "path-percent-short", "GET /v1/support%2 HTTP/1.1\r\nHost: a\r\n\r\n", 400, "MALFORMED" },
  { "path-nul", "GET /v1/support%00 HTTP/1.1\r\nHost: a\r\n\r\n", 400, "MALFORMED" },
  { "path-utf8", "GET /v1/contracts/%ff%fe HTTP/1.1\r\nHost: a\r\n\r\n", 400, "MALFORMED" },
  { "path-overlong-utf8", "GET /v1/contracts/%c0%ae HTTP/1.1\r\nHost: a\r\n\r\n", 400, "MALFORMED" },
  { "path-slash", "GET /v1/contracts/a%2fb HTTP/1.1\r\nHost: a\r\n\r\n", 400, "MALFORMED" },
  { "path-dots", "GET /v1/contracts/../support HTTP/1.1\r\nHost: a\r\n\r\n", 400, "MALFORMED" },
  { "path-dots-escaped", "GET /v1/contracts/%2e%2e/support HTTP/1.1\r\nHost: a\r\n\r\n", 400, "MALFORMED" },
  { "path-dot", "GET /v1/./support HTTP/1.1\r\nHost: a\r\n\r\n", 400, "MALFORMED" },
  { "path-backslash", "GET /v1\\support HTTP/1.1\r\nHost: a\r\n\r\n", 400, "MALFORMED" },
  { "path-raw-utf8", "GET /v1/contracts/\344\270\255 HTTP/1.1\r\nHost: a\r\n\r\n", 400, "MALFORMED" },
  { "path-fragment", "GET /v1/support#x HTTP/1.1\r\nHost: a\r\n\r\n", 400, "MALFORMED" },
  { "target-absolute", "GET http://a/v1/support HTTP/1.1\r\nHost: a\r\n\r\n", 400, "MALFORMED" },
  { "target-star", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", 400, "MALFORMED" },
  { "query-nul", "GET /v1/contracts/a?q=%00 HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer good\r\n\r\n", 400,
    "MALFORMED" },
  { "query-twice", "GET /v1/contracts/a?q=1&q=2 HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer good\r\n\r\n", 400,
    "MALFORMED" },
  { "version-2", "GET /v1/support HTTP/2.0\r\nHost: a\r\n\r\n", 400, NULL },
  { "path-unknown", "GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n", 404, "NOT_FOUND" },
  { "path-double-slash", "GET //v1/support HTTP/1.1\r\nHost: a\r\n\r\n", 404, "NOT_FOUND" },
  { "path-trailing-slash", "GET /v1/support/ HTTP/1.1\r\nHost: a\r\n\r\n", 404, "NOT_FOUND" },
  { "method-unknown", "BREW /v1/support HTTP/1.1\r\nHost: a\r\n\r\n", 405, "METHOD_NOT_ALLOWED" },
  { "method-wrong", "DELETE /v1/support HTTP/1.1\r\nHost: a\r\n\r\n", 405, "METHOD_NOT_ALLOWED" },
  { "method-case", "get /v1/support HTTP/1.1\r\nHost: a\r\n\r\n", 405, "METHOD_NOT_ALLOWED" },
};

/* What is left on the connection is not another reply (the parser's own refusals may have a tail), then it ends. */
static gboolean
ends_without_reply (int fd)
{
  g_autoptr (GString) rest = g_string_new (NULL);
  char buffer[4096];
  struct timeval wait = { .tv_sec = 5 };
  gssize n;

  setsockopt (fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
  while ((n = recv (fd, buffer, sizeof buffer, 0)) > 0)
    g_string_append_len (rest, buffer, n);
  return (n == 0 || errno == ECONNRESET) && strstr (rest->str, "HTTP/1.1 2") == NULL;
}

static void
test_refusal (gconstpointer data)
{
  const Refusal *refusal = data;
  int fd = wuyou_http_test_connect (shared);
  g_autoptr (WuyouHttpReply) reply = NULL;
  g_autoptr (WuyouHttpReply) next = NULL;

  wuyou_http_test_send (fd, refusal->request, -1);
  reply = wuyou_http_test_read (fd, 5000);
  if (refusal->code != NULL)
    wuyou_http_test_assert_problem (reply, refusal->status, refusal->code);
  else if (reply->status != 0) /* the parser itself may refuse, with its own words or by closing */
    g_assert_cmpuint (reply->status, >=, 400);
  if (refusal->status == 405)
    g_assert_cmpstr (g_hash_table_lookup (reply->headers, "allow"), ==, "GET");
  /* No byte of a refused request is taken for the next one. */
  if (refusal->status == 400 || refusal->status == 413)
    g_assert_true (ends_without_reply (fd));
  close (fd);
}

/* The engine still answers after all of it. */
static void
test_alive (void)
{
  g_autoptr (WuyouHttpReply) reply = wuyou_http_test_exchange (shared, HEAD "\r\n", -1);

  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpstr (reply->body->str, ==, "{\"line\":\"400\"}");
  g_assert_cmpstr (g_hash_table_lookup (reply->headers, "content-type"), ==, "application/json");
  g_assert_cmpstr (g_hash_table_lookup (reply->headers, "x-content-type-options"), ==, "nosniff");
  g_assert_cmpuint (strlen (g_hash_table_lookup (reply->headers, "x-request-id")), ==, 16);
}

static void
test_head (void)
{
  int fd = wuyou_http_test_connect (shared);
  char buffer[4096];
  gssize n;

  wuyou_http_test_send (fd, "HEAD /v1/support HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", -1);
  n = read (fd, buffer, sizeof buffer - 1);
  g_assert_cmpint (n, >, 0);
  buffer[n] = '\0';
  g_assert_true (g_str_has_prefix (buffer, "HTTP/1.1 200"));
  g_assert_nonnull (strstr (buffer, "Content-Length: 14"));
  g_assert_true (g_str_has_suffix (buffer, "\r\n\r\n"));
  close (fd);
}

/* Whatever a parser makes of these, there is one answer at most and no second request comes out of it. */
static void
test_one_answer (gconstpointer data)
{
  const char *request = data;
  int fd = wuyou_http_test_connect (shared);
  g_autoptr (WuyouHttpReply) reply = NULL;
  g_autoptr (WuyouHttpReply) second = NULL;
  const char *nul = strstr (request, "@NUL@");
  g_autofree char *bytes = g_strdup (request);
  gsize length = strlen (request);

  if (nul != NULL) {
    gsize at = (gsize) (nul - request);

    bytes[at] = '\0';
    memmove (bytes + at + 1, bytes + at + 5, length - at - 5);
    length -= 4;
  }
  wuyou_http_test_send (fd, bytes, (gssize) length);
  reply = wuyou_http_test_read (fd, 2000);
  g_test_message ("status %u %s", reply->status, reply->body->str);
  second = wuyou_http_test_read (fd, 300);
  g_assert_cmpuint (second->status, ==, 0);
  close (fd);
}

static void
test_long_target (void)
{
  g_autoptr (GString) request = g_string_new ("GET /v1/contracts/a?q=");
  g_autoptr (WuyouHttpReply) reply = NULL;

  for (guint i = 0; i < 5000; i++)
    g_string_append_c (request, 'x');
  g_string_append (request, " HTTP/1.1\r\nHost: a\r\n\r\n");
  reply = wuyou_http_test_exchange (shared, request->str, -1);
  wuyou_http_test_assert_problem (reply, 400, "MALFORMED");
}

static void
test_huge_head (void)
{
  g_autoptr (GString) request = g_string_new (HEAD "X-Big: ");
  int fd = wuyou_http_test_connect (shared);
  g_autoptr (WuyouHttpReply) reply = NULL;

  for (guint i = 0; i < 200000; i++)
    g_string_append_c (request, 'x');
  g_string_append (request, "\r\n\r\n");
  wuyou_http_test_send (fd, request->str, (gssize) request->len);
  reply = wuyou_http_test_read (fd, 5000);
  g_assert_true (reply->status == 0 || reply->status == 431 || reply->status == 413);
  close (fd);
}

static void
test_many_headers (void)
{
  g_autoptr (GString) request = g_string_new (HEAD);
  g_autoptr (WuyouHttpReply) reply = NULL;

  for (guint i = 0; i < 100; i++)
    g_string_append_printf (request, "X-%u: y\r\n", i);
  g_string_append (request, "\r\n");
  reply = wuyou_http_test_exchange (shared, request->str, -1);
  wuyou_http_test_assert_problem (reply, 400, "MALFORMED");
}

/* 100 MB where 16 KiB may be: refused before it is read, and the refusal arrives although the client is still
 * sending. */
static void
test_huge_body (void)
{
  int fd = wuyou_http_test_connect (shared);
  g_autofree char *block = g_malloc0 (1024 * 1024);
  g_autoptr (WuyouHttpReply) reply = NULL;

  wuyou_http_test_send (fd, POST "Content-Length: 104857600\r\n\r\n", -1);
  for (guint i = 0; i < 100; i++)
    if (!wuyou_http_test_send (fd, block, 1024 * 1024))
      break;
  reply = wuyou_http_test_read (fd, 5000);
  wuyou_http_test_assert_problem (reply, 413, "TOO_LARGE");
  close (fd);
}

static void
test_truncated_body (void)
{
  int fd = wuyou_http_test_connect (shared);

  wuyou_http_test_send (fd, POST "Content-Length: 100\r\n\r\n{\"a\":", -1);
  close (fd);
  for (guint i = 0; i < 500 && wuyou_metrics_get (shared->context.metrics, WUYOU_GAUGE_BODY_BYTES) > 0; i++)
    g_usleep (10000);
  g_assert_cmpint (wuyou_metrics_get (shared->context.metrics, WUYOU_GAUGE_BODY_BYTES), ==, 0);
  test_alive ();
}

static const char *const bad_bodies[] = {
  "{\"a\":1", "{\"a\":1,\"a\":2}", "[1]", "null", "{\"a\":\"\xff\"}", "{\"a\":\"\\u0000\"}", "{} x",
};

static void
test_bad_json (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad_bodies); i++) {
    g_autofree char *request
        = g_strdup_printf (POST "Content-Length: %zu\r\n\r\n%s", strlen (bad_bodies[i]), bad_bodies[i]);
    g_autoptr (WuyouHttpReply) reply = wuyou_http_test_exchange (shared, request, -1);

    wuyou_http_test_assert_problem (reply, 400, "MALFORMED");
  }
}

static void
test_pipelining (void)
{
  int fd = wuyou_http_test_connect (shared);

  wuyou_http_test_send (fd,
                        HEAD "\r\n" POST "Content-Length: 2\r\n\r\n{}" HEAD
                             "\r\nGET /nothing HTTP/1.1\r\nHost: a\r\n\r\n" HEAD "\r\n",
                        -1);
  for (guint i = 0; i < 5; i++) {
    static const guint expected[] = { 200, 201, 200, 404, 200 };
    g_autoptr (WuyouHttpReply) reply = wuyou_http_test_read (fd, 5000);

    g_assert_cmpuint (reply->status, ==, expected[i]);
  }
  close (fd);
}

static void
test_expect_continue (void)
{
  int fd = wuyou_http_test_connect (shared);
  g_autoptr (WuyouHttpReply) refused = NULL;
  g_autoptr (WuyouHttpReply) taken = NULL;

  wuyou_http_test_send (fd, POST "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n", -1);
  g_usleep (100000);
  wuyou_http_test_send (fd, "{}", -1);
  taken = wuyou_http_test_read (fd, 5000);
  g_assert_cmpuint (taken->status, ==, 201);
  wuyou_http_test_send (fd, POST "Expect: 100-continue\r\nContent-Length: 99999\r\n\r\n", -1);
  refused = wuyou_http_test_read (fd, 5000);
  wuyou_http_test_assert_problem (refused, 413, "TOO_LARGE");
  close (fd);
}

int
main (int argc, char *argv[])
{
  static const struct {
    const char *name;
    const char *request;
  } odd[] = {
    { "bare-lf", "GET /v1/support HTTP/1.1\nHost: a\n\n" },
    { "bare-cr", "GET /v1/support HTTP/1.1\r\nHost: a\r\nX: y\rContent-Length: 5\r\n\r\n" },
    { "obs-fold", HEAD "X: y\r\n Content-Length: 5\r\n\r\n" },
    { "obs-fold-te", POST "Transfer-Encoding:\r\n chunked\r\nContent-Length: 2\r\n\r\n{}" },
    { "nul-in-value", HEAD "X: a@NUL@b\r\n\r\n" },
    { "nul-in-name", HEAD "X@NUL@: b\r\n\r\n" },
    { "nul-in-target", "GET /v1/support@NUL@x HTTP/1.1\r\nHost: a\r\n\r\n" },
    { "nul-in-te", POST "Transfer-Encoding: ch@NUL@unked\r\nContent-Length: 2\r\n\r\n{}" },
    { "http-0.9", "GET /v1/support\r\n\r\n" },
    { "tls-on-clear", "\026\003\001\002\001\001\001\r\n\r\n" },
  };
  int result;

  g_test_init (&argc, &argv, NULL);
  shared = wuyou_http_test_new ();
  wuyou_http_test_start (shared);
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++) {
    g_autofree char *path = g_strconcat ("/http/guard/", refusals[i].name, NULL);

    g_test_add_data_func (path, &refusals[i], test_refusal);
  }
  for (guint i = 0; i < G_N_ELEMENTS (odd); i++) {
    g_autofree char *path = g_strconcat ("/http/one-answer/", odd[i].name, NULL);

    g_test_add_data_func (path, odd[i].request, test_one_answer);
  }
  g_test_add_func ("/http/guard/long-target", test_long_target);
  g_test_add_func ("/http/guard/huge-head", test_huge_head);
  g_test_add_func ("/http/guard/many-headers", test_many_headers);
  g_test_add_func ("/http/guard/huge-body", test_huge_body);
  g_test_add_func ("/http/guard/truncated-body", test_truncated_body);
  g_test_add_func ("/http/guard/bad-json", test_bad_json);
  g_test_add_func ("/http/pipelining", test_pipelining);
  g_test_add_func ("/http/expect-continue", test_expect_continue);
  g_test_add_func ("/http/head", test_head);
  g_test_add_func ("/http/alive", test_alive);
  result = g_test_run ();
  wuyou_http_test_free (shared);
  return result;
}
