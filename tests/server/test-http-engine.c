/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>
#include <unistd.h>

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "wuyou-http-test.h"

#define GOOD "Host: a\r\nAuthorization: Bearer good\r\n"
#define ID "019aaaaa-0000-7000-8000-00000000000a"

static WuyouHttpTest *shared;

static JsonObject *
parse (const WuyouHttpReply *reply)
{
  g_autoptr (GError) error = NULL;
  JsonObject *object = wuyou_json_parse_object (reply->body->str, reply->body->len, &error);

  g_assert_no_error (error);
  return object;
}

typedef struct {
  const char *name;
  const char *request;
  guint status;
  const char *code;
} Admission;

/* The order in which a request is let in: each line lacks one thing more than the next. */
static const Admission admissions[] = {
  { "no-token", "PUT /v1/contracts/" ID " HTTP/1.1\r\nHost: a\r\n\r\n", 401, "UNAUTHENTICATED" },
  { "basic", "PUT /v1/contracts/" ID " HTTP/1.1\r\nHost: a\r\nAuthorization: Basic Z29vZA==\r\n\r\n", 401,
    "UNAUTHENTICATED" },
  { "bad-token", "PUT /v1/contracts/" ID " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer bad\r\n\r\n", 401,
    "UNAUTHENTICATED" },
  { "token-with-blank", "PUT /v1/contracts/" ID " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer good x\r\n\r\n", 401,
    "UNAUTHENTICATED" },
  { "gate", "PUT /v1/contracts/" ID " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer initial\r\n\r\n", 403,
    "PASSWORD_CHANGE_REQUIRED" },
  { "permission", "PUT /v1/contracts/" ID " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer seller\r\n\r\n", 403,
    "FORBIDDEN" },
  { "key", "PUT /v1/contracts/" ID " HTTP/1.1\r\n" GOOD "\r\n", 400, "MALFORMED" },
  { "if-match", "PUT /v1/contracts/" ID " HTTP/1.1\r\n" GOOD "Idempotency-Key: 12345678\r\n\r\n", 428,
    "PRECONDITION_REQUIRED" },
  { "if-match-weak",
    "PUT /v1/contracts/" ID " HTTP/1.1\r\n" GOOD "Idempotency-Key: 12345678\r\nIf-Match: W/\"7\"\r\n\r\n", 400,
    "MALFORMED" },
  { "if-match-star", "PUT /v1/contracts/" ID " HTTP/1.1\r\n" GOOD "Idempotency-Key: 12345678\r\nIf-Match: *\r\n\r\n",
    400, "MALFORMED" },
  { "key-short", "PUT /v1/contracts/" ID " HTTP/1.1\r\n" GOOD "Idempotency-Key: 1\r\nIf-Match: \"7\"\r\n\r\n", 400,
    "MALFORMED" },
  { "bad-id", "PUT /v1/contracts/x HTTP/1.1\r\n" GOOD "Idempotency-Key: 12345678\r\nIf-Match: \"7\"\r\n\r\n", 404,
    "NOT_FOUND" },
  { "query-number", "GET /v1/contracts/x?limit=0 HTTP/1.1\r\n" GOOD "\r\n", 422, "INVALID" },
  { "query-text", "GET /v1/contracts/x?limit=1e3 HTTP/1.1\r\n" GOOD "\r\n", 422, "INVALID" },
  { "inside", "GET /v1/products HTTP/1.1\r\n" GOOD "\r\n", 500, "INTERNAL" },
};

static void
test_admission (gconstpointer data)
{
  const Admission *admission = data;
  g_autoptr (WuyouHttpReply) reply = wuyou_http_test_exchange (shared, admission->request, -1);

  wuyou_http_test_assert_problem (reply, admission->status, admission->code);
  if (admission->status == 401)
    g_assert_cmpstr (g_hash_table_lookup (reply->headers, "www-authenticate"), ==, "Bearer");
  /* What broke inside is for the log alone. */
  g_assert_null (strstr (reply->body->str, "secret"));
}

static void
test_put (void)
{
  g_autoptr (WuyouHttpReply) reply = wuyou_http_test_exchange (
      shared, "PUT /v1/contracts/" ID " HTTP/1.1\r\n" GOOD "Idempotency-Key: 12345678\r\nIf-Match: \"7\"\r\n\r\n", -1);

  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpstr (reply->body->str, ==, "{\"id\":\"" ID "\",\"revision\":7}");
  g_assert_cmpstr (g_hash_table_lookup (reply->headers, "etag"), ==, "\"8\"");
}

static void
test_query (void)
{
  g_autoptr (WuyouHttpReply) reply = wuyou_http_test_exchange (
      shared, "GET /v1/contracts/a?q=%E6%9D%8E+%26%3D&limit=5 HTTP/1.1\r\n" GOOD "\r\n", -1);

  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpstr (reply->body->str, ==, "{\"id\":\"a\",\"query\":\"\346\235\216 &=\",\"limit\":5}");
}

/* Sixty-four connections at a time, each with its own bodies: no answer goes to another. */
static gpointer
run_client (gpointer data)
{
  guint seed = GPOINTER_TO_UINT (data);
  int fd = wuyou_http_test_connect (shared);

  for (guint i = 0; i < 40; i++) {
    g_autoptr (GString) body = g_string_new ("{\"a\":\"");
    g_autofree char *digest = NULL;
    g_autofree char *head = NULL;
    g_autoptr (WuyouHttpReply) reply = NULL;
    g_autoptr (JsonObject) answer = NULL;

    for (guint j = 0; j < 1 + (seed * 131 + i * 977) % 9000; j++)
      g_string_append_c (body, (char) ('a' + (seed + i + j) % 26));
    g_string_append (body, "\"}");
    digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, body->str, -1);
    head = g_strdup_printf ("POST /v1/contracts HTTP/1.1\r\n" GOOD "Idempotency-Key: 12345678\r\n"
                            "Content-Type: application/json; charset=utf-8\r\nContent-Length: %zu\r\n\r\n",
                            body->len);
    wuyou_http_test_send (fd, head, -1);
    wuyou_http_test_send (fd, body->str, -1);
    reply = wuyou_http_test_read (fd, 20000);
    g_assert_cmpuint (reply->status, ==, 201);
    answer = parse (reply);
    g_assert_cmpstr (wuyou_json_get_string (answer, "digest"), ==, digest);
  }
  close (fd);
  return NULL;
}

static void
test_many (void)
{
  GThread *threads[64];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("client", run_client, GUINT_TO_POINTER (i));
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

static char *
make_upload_head (gsize length, const char *offset)
{
  return g_strdup_printf ("PATCH /v1/documents/" ID "/content HTTP/1.1\r\n" GOOD
                          "Upload-Offset: %s\r\nContent-Length: %zu\r\n\r\n",
                          offset, length);
}

static void
wait_freed (WuyouHttpTest *test, guint n)
{
  for (guint i = 0; i < 1000 && (guint) g_atomic_int_get (&test->uploads_freed) < n; i++)
    g_usleep (10000);
  g_assert_cmpuint (g_atomic_int_get (&test->uploads_freed), ==, n);
  for (guint i = 0; i < 1000 && wuyou_metrics_get (test->context.metrics, WUYOU_GAUGE_BODY_BYTES) > 0; i++)
    g_usleep (10000);
  g_assert_cmpint (wuyou_metrics_get (test->context.metrics, WUYOU_GAUGE_BODY_BYTES), ==, 0);
}

static void
check_upload (gsize length, guint delay)
{
  int fd = wuyou_http_test_connect (shared);
  guint freed = g_atomic_int_get (&shared->uploads_freed);
  g_autofree char *head = make_upload_head (length, "0");
  g_autofree char *body = g_malloc (length + 1);
  g_autofree char *digest = NULL;

  g_test_message ("%zu bytes, %u µs a chunk", length, delay);
  shared->chunk_delay = delay;
  for (gsize i = 0; i < length; i++)
    body[i] = (char) (i * 7 + i / 1000);
  digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) body, length);
  for (guint round = 0; round < 2; round++) {
    g_autoptr (WuyouHttpReply) reply = NULL;
    g_autoptr (JsonObject) answer = NULL;

    wuyou_http_test_send (fd, head, -1);
    wuyou_http_test_send (fd, body, (gssize) length);
    reply = wuyou_http_test_read (fd, 20000);
    g_assert_cmpuint (reply->status, ==, 200);
    answer = parse (reply);
    g_assert_cmpint (wuyou_json_get_int (answer, "length"), ==, length);
    g_assert_cmpstr (wuyou_json_get_string (answer, "digest"), ==, digest);
  }
  close (fd);
  wait_freed (shared, freed + 2);
}

static void
test_upload (void)
{
  static const gsize lengths[] = { 0,
                                   1,
                                   1000,
                                   WUYOU_UPLOAD_CHUNK - 1,
                                   WUYOU_UPLOAD_CHUNK,
                                   WUYOU_UPLOAD_CHUNK + 1,
                                   3 * WUYOU_UPLOAD_CHUNK,
                                   4 * WUYOU_UPLOAD_CHUNK };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++) {
    check_upload (lengths[i], 0);
    check_upload (lengths[i], 20000);
  }
  shared->chunk_delay = 0;
}

static void
test_upload_refused (void)
{
  static const struct {
    const char *offset;
    gsize length;
    guint status;
    const char *code;
  } cases[] = {
    { "9", 100000, 409, "OFFSET" },
    { "7", 3 * WUYOU_UPLOAD_CHUNK, 507, "STORAGE_FULL" },
    { "0", 4 * WUYOU_UPLOAD_CHUNK + 1, 413, "TOO_LARGE" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    int fd = wuyou_http_test_connect (shared);
    g_autofree char *head = make_upload_head (cases[i].length, cases[i].offset);
    g_autofree char *body = g_malloc0 (cases[i].length);
    g_autoptr (WuyouHttpReply) reply = NULL;

    wuyou_http_test_send (fd, head, -1);
    wuyou_http_test_send (fd, body, (gssize) cases[i].length);
    reply = wuyou_http_test_read (fd, 10000);
    wuyou_http_test_assert_problem (reply, cases[i].status, cases[i].code);
    close (fd);
  }
}

/* The client goes away in the middle, again and again, while a worker is busy and while none is. */
static void
test_upload_cut (void)
{
  guint freed = g_atomic_int_get (&shared->uploads_freed);
  g_autofree char *body = g_malloc0 (4 * WUYOU_UPLOAD_CHUNK);
  g_autofree char *head = make_upload_head (4 * WUYOU_UPLOAD_CHUNK, "0");

  shared->chunk_delay = 5000;
  for (guint i = 0; i < 20; i++) {
    int fd = wuyou_http_test_connect (shared);

    wuyou_http_test_send (fd, head, -1);
    wuyou_http_test_send (fd, body, (gssize) (1 + i * 200000));
    close (fd);
  }
  shared->chunk_delay = 0;
  wait_freed (shared, freed + 20);
}

static void
test_stream (void)
{
  static const guint sizes[] = { 0, 1, 65536, 262144, 262145, 5000000 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    int fd = wuyou_http_test_connect (shared);
    g_autofree char *request = g_strdup_printf (
        "GET /v1/documents/" ID "/content?size=%u HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer good\r\n\r\n", sizes[i]);

    for (guint round = 0; round < 2; round++) {
      g_autoptr (WuyouHttpReply) reply = NULL;

      wuyou_http_test_send (fd, request, -1);
      reply = wuyou_http_test_read (fd, 10000);
      g_assert_cmpuint (reply->status, ==, 200);
      g_assert_cmpuint (reply->body->len, ==, sizes[i]);
      for (guint j = 0; j < sizes[i]; j++)
        g_assert_cmpuint ((guint8) reply->body->str[j], ==, (guint8) j);
    }
    close (fd);
  }
}

/* A reader that goes away in the middle of a long answer. */
static void
test_stream_cut (void)
{
  for (guint i = 0; i < 10; i++) {
    int fd = wuyou_http_test_connect (shared);
    char buffer[1000];

    wuyou_http_test_send (fd, "GET /v1/documents/" ID "/content?size=50000000 HTTP/1.1\r\n" GOOD "\r\n", -1);
    g_assert_cmpint (read (fd, buffer, sizeof buffer), >, 0);
    close (fd);
  }
}

static int
begin_poll (WuyouHttpTest *test, guint since, guint seconds)
{
  int fd = wuyou_http_test_connect (test);
  g_autofree char *request
      = g_strdup_printf ("GET /v1/changes?since=%u&wait=%u HTTP/1.1\r\n" GOOD "\r\n", since, seconds);

  wuyou_http_test_send (fd, request, -1);
  return fd;
}

static void
wait_polls (WuyouHttpTest *test, gint64 n)
{
  for (guint i = 0; i < 1000 && wuyou_metrics_get (test->context.metrics, WUYOU_GAUGE_POLLS) != n; i++)
    g_usleep (10000);
  g_assert_cmpint (wuyou_metrics_get (test->context.metrics, WUYOU_GAUGE_POLLS), ==, n);
}

static void
end_poll (int fd, gboolean over, guint number)
{
  g_autoptr (WuyouHttpReply) reply = wuyou_http_test_read (fd, 20000);
  g_autofree char *expected = g_strdup_printf ("{\"over\":%s,\"number\":%u}", over ? "true" : "false", number);

  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpstr (reply->body->str, ==, expected);
  close (fd);
}

#define N_POLLS 500

/* Five hundred wait, and no worker is busy with them: others are served, and one word wakes them all. */
static void
test_polls (void)
{
  WuyouHttpTest *test = wuyou_http_test_new ();
  int fds[N_POLLS];
  g_autoptr (WuyouHttpReply) other = NULL;

  test->config->workers = 2;
  wuyou_http_test_start (test);
  for (guint i = 0; i < N_POLLS; i++)
    fds[i] = begin_poll (test, 0, 60);
  wait_polls (test, N_POLLS);
  g_assert_cmpint (wuyou_metrics_get (test->context.metrics, WUYOU_GAUGE_WORKERS_BUSY), ==, 0);
  other = wuyou_http_test_exchange (test, "GET /v1/support HTTP/1.1\r\nHost: a\r\n\r\n", -1);
  g_assert_cmpuint (other->status, ==, 200);
  wuyou_http_test_tell (test, "/op/group/dealer/");
  for (guint i = 0; i < N_POLLS; i++)
    end_poll (fds[i], FALSE, 1);
  wuyou_http_test_free (test);
}

static void
test_poll_scope (void)
{
  WuyouHttpTest *test = wuyou_http_test_new ();
  guint handled;
  int fd;

  wuyou_http_test_start (test);
  fd = begin_poll (test, 5, 60);
  wait_polls (test, 1);
  handled = test->handled;
  wuyou_http_test_tell (test, "/op/group/other/");
  wuyou_http_test_tell (test, "/op/");
  g_usleep (100000);
  g_assert_cmpuint (test->handled, ==, handled); /* another's, and one above: nothing for this one */
  wuyou_http_test_tell (test, "/op/group/dealer/branch/");
  wait_polls (test, 1); /* looked, found nothing past its position, waits again */
  while ((guint) g_atomic_int_get (&test->handled) == handled)
    g_usleep (1000);
  wait_polls (test, 1);
  wuyou_http_test_tell (test, NULL);
  wuyou_http_test_tell (test, NULL);
  wuyou_http_test_tell (test, NULL);
  end_poll (fd, FALSE, 6);
  wuyou_http_test_free (test);
}

static void
test_poll_time (void)
{
  WuyouHttpTest *test = wuyou_http_test_new ();
  gint64 begun = g_get_monotonic_time ();

  wuyou_http_test_start (test);
  end_poll (begin_poll (test, 0, 1), TRUE, 0);
  g_assert_cmpint (g_get_monotonic_time () - begun, >=, G_USEC_PER_SEC);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, 3 * G_USEC_PER_SEC);
  wuyou_http_test_free (test);
}

/* One session that opens poll after poll keeps four; the oldest is told that it is over. */
static void
test_poll_session (void)
{
  WuyouHttpTest *test = wuyou_http_test_new ();
  int fds[6];

  wuyou_http_test_start (test);
  for (guint i = 0; i < 6; i++) {
    fds[i] = wuyou_http_test_connect (test);
    wuyou_http_test_send (fds[i], "GET /v1/changes?wait=60 HTTP/1.1\r\n" GOOD "X-Session: one\r\n\r\n", -1);
    wait_polls (test, MIN (i + 1, 4));
    if (i >= 4)
      end_poll (fds[i - 4], TRUE, 0);
  }
  wuyou_http_test_tell (test, NULL);
  for (guint i = 2; i < 6; i++)
    end_poll (fds[i], FALSE, 1);
  wuyou_http_test_free (test);
}

typedef struct {
  WuyouHttpTest *test;
  guint last;
} Follower;

static gpointer
follow (gpointer data)
{
  Follower *follower = data;

  while (follower->last < 300) {
    int fd = begin_poll (follower->test, follower->last, 30);
    g_autoptr (WuyouHttpReply) reply = wuyou_http_test_read (fd, 40000);
    g_autoptr (JsonObject) answer = parse (reply);

    g_assert_false (wuyou_json_get_boolean (answer, "over")); /* a lost wake would end by time */
    follower->last = (guint) wuyou_json_get_int (answer, "number");
    close (fd);
  }
  return NULL;
}

/* Lets the caller in as it was known, and in that very moment somebody is told that it no longer is. */
static WuyouHttpTest *overtaken;
static gboolean (*resolve_as_ever) (WuyouServerContext *, const WuyouRequest *, const char *, WuyouCaller *, GError **);
static int resolved;

static gboolean
resolve_and_shut_out (WuyouServerContext *context,
                      const WuyouRequest *request,
                      const char *token,
                      WuyouCaller *caller,
                      GError **error)
{
  int turn = g_atomic_int_add (&resolved, 1);

  if (turn >= 2) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_SUSPENDED, "");
    return FALSE;
  }
  if (!resolve_as_ever (context, request, token, caller, error))
    return FALSE;
  if (turn == 1)
    wuyou_server_wake (overtaken->server, NULL);
  return TRUE;
}

/* A poll that was let in just before its account was suspended does not sleep over it. */
static void
test_poll_shut_out (void)
{
  WuyouHttpTest *test = wuyou_http_test_new ();
  g_autoptr (WuyouHttpReply) reply = NULL;
  int fd;

  overtaken = test;
  resolve_as_ever = test->context.access.resolve;
  test->context.access.resolve = resolve_and_shut_out;
  wuyou_http_test_start (test);
  fd = begin_poll (test, 5, 60);
  wait_polls (test, 1);
  wuyou_http_test_tell (test, NULL);
  reply = wuyou_http_test_read (fd, 5000);
  close (fd);
  wuyou_http_test_assert_problem (reply, 403, "SUSPENDED");
  wuyou_http_test_free (test);
}

/* Events as fast as they can come, while pollers come and go: none sleeps through one. */
static void
test_poll_race (void)
{
  WuyouHttpTest *test = wuyou_http_test_new ();
  Follower followers[8];
  GThread *threads[8];

  wuyou_http_test_start (test);
  for (guint i = 0; i < 8; i++) {
    followers[i] = (Follower){ test, 0 };
    threads[i] = g_thread_new ("follower", follow, &followers[i]);
  }
  for (guint i = 0; i < 300; i++) {
    wuyou_http_test_tell (test, NULL);
    g_usleep (i % 3 == 0 ? 500 : 20);
  }
  for (guint i = 0; i < 8; i++)
    g_thread_join (threads[i]);
  wuyou_http_test_free (test);
}

static void
test_full (void)
{
  WuyouHttpTest *test = wuyou_http_test_new ();
  int fds[6];
  g_autoptr (WuyouHttpReply) busy = NULL;
  g_autoptr (WuyouHttpReply) health = NULL;

  test->config->workers = 2;
  test->config->queue_limit = 4;
  wuyou_http_test_start (test);
  for (guint i = 0; i < 6; i++) {
    fds[i] = wuyou_http_test_connect (test);
    wuyou_http_test_send (fds[i], "GET /v1/today HTTP/1.1\r\n" GOOD "\r\n", -1);
    if (i == 1)
      wuyou_http_test_wait_waiting (test, 2);
  }
  while (wuyou_metrics_get (test->context.metrics, WUYOU_GAUGE_QUEUE) < 4)
    g_usleep (1000);
  busy = wuyou_http_test_exchange (test, "GET /v1/support HTTP/1.1\r\nHost: a\r\n\r\n", -1);
  wuyou_http_test_assert_problem (busy, 503, "BUSY");
  g_assert_nonnull (g_hash_table_lookup (busy->headers, "retry-after"));
  health = wuyou_http_test_exchange (test, "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n", -1);
  g_assert_cmpuint (health->status, ==, 200);
  wuyou_http_test_open_gate (test);
  for (guint i = 0; i < 6; i++) {
    g_autoptr (WuyouHttpReply) reply = wuyou_http_test_read (fds[i], 10000);

    g_assert_cmpuint (reply->status, ==, 200);
    close (fds[i]);
  }
  wuyou_http_test_free (test);
}

static gpointer
stop_server (gpointer data)
{
  wuyou_server_stop (data);
  return NULL;
}

/* Requests in flight are answered, waiting polls too; nobody new comes in. */
static void
test_stop (void)
{
  WuyouHttpTest *test = wuyou_http_test_new ();
  int slow, poll;
  GThread *stopper;
  g_autoptr (WuyouHttpReply) reply = NULL;

  wuyou_http_test_start (test);
  slow = wuyou_http_test_connect (test);
  wuyou_http_test_send (slow, "GET /v1/today HTTP/1.1\r\n" GOOD "\r\n", -1);
  wuyou_http_test_wait_waiting (test, 1);
  poll = begin_poll (test, 0, 60);
  wait_polls (test, 1);
  stopper = g_thread_new ("stop", stop_server, test->server);
  end_poll (poll, TRUE, 0);
  g_usleep (100000);
  wuyou_http_test_open_gate (test);
  reply = wuyou_http_test_read (slow, 10000);
  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpstr (g_hash_table_lookup (reply->headers, "connection"), ==, "close");
  g_thread_join (stopper);
  close (slow);
  wuyou_http_test_free (test);
}

static void
test_probes (void)
{
  g_autoptr (WuyouHttpReply) ready = NULL;
  g_autoptr (WuyouHttpReply) metrics = NULL;

  ready = wuyou_http_test_exchange (shared, "GET /readyz HTTP/1.1\r\nHost: a\r\n\r\n", -1);
  g_assert_cmpuint (ready->status, ==, 200);
  metrics = wuyou_http_test_exchange (shared, "GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n", -1);
  g_assert_cmpuint (metrics->status, ==, 200);
  g_assert_nonnull (
      strstr (metrics->body->str, "wuyou_requests_total{route=\"/readyz\",method=\"GET\",status=\"200\"} 1\n"));
  g_assert_nonnull (strstr (metrics->body->str, "wuyou_workers 4\n"));
  g_assert_nonnull (
      strstr (metrics->body->str, "wuyou_request_seconds_bucket{route=\"/readyz\",method=\"GET\",le=\"+Inf\"} 1\n"));
  g_assert_null (strstr (metrics->body->str, ID));
}

int
main (int argc, char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  shared = wuyou_http_test_new ();
  wuyou_http_test_start (shared);
  for (guint i = 0; i < G_N_ELEMENTS (admissions); i++) {
    g_autofree char *path = g_strconcat ("/http/admission/", admissions[i].name, NULL);

    g_test_add_data_func (path, &admissions[i], test_admission);
  }
  g_test_add_func ("/http/put", test_put);
  g_test_add_func ("/http/query", test_query);
  g_test_add_func ("/http/many", test_many);
  g_test_add_func ("/http/upload/lengths", test_upload);
  g_test_add_func ("/http/upload/refused", test_upload_refused);
  g_test_add_func ("/http/upload/cut", test_upload_cut);
  g_test_add_func ("/http/stream/sizes", test_stream);
  g_test_add_func ("/http/stream/cut", test_stream_cut);
  g_test_add_func ("/http/poll/many", test_polls);
  g_test_add_func ("/http/poll/scope", test_poll_scope);
  g_test_add_func ("/http/poll/session", test_poll_session);
  g_test_add_func ("/http/poll/time", test_poll_time);
  g_test_add_func ("/http/poll/shut-out", test_poll_shut_out);
  g_test_add_func ("/http/poll/race", test_poll_race);
  g_test_add_func ("/http/full", test_full);
  g_test_add_func ("/http/stop", test_stop);
  g_test_add_func ("/http/probes", test_probes);
  result = g_test_run ();
  wuyou_http_test_free (shared);
  return result;
}
