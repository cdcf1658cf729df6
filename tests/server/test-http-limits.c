/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/wuyou-error.h"
#include "wuyou-http-test.h"

#define GOOD "Host: a\r\nAuthorization: Bearer good\r\n"
#define GET "GET /v1/support HTTP/1.1\r\nHost: a\r\n\r\n"
#define POST                                                                                                           \
  "POST /v1/misuse-reports HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n"
#define UPLOAD "PATCH /v1/documents/x/content HTTP/1.1\r\n" GOOD "Upload-Offset: 0\r\nContent-Length: 100000\r\n\r\n"

static double
get_seconds_since (gint64 begun)
{
  return (double) (g_get_monotonic_time () - begun) / G_USEC_PER_SEC;
}

/* Sends @head, then a byte every 50 ms, and says after how many seconds the other side had enough. */
static double
drip (WuyouHttpTest *test, const char *head, char byte)
{
  int fd = wuyou_http_test_connect (test);
  gint64 begun = g_get_monotonic_time ();

  wuyou_http_test_send (fd, head, -1);
  while (get_seconds_since (begun) < 10 && !wuyou_http_test_is_closed (fd, 50))
    wuyou_http_test_send (fd, &byte, 1);
  close (fd);
  return get_seconds_since (begun);
}

static void
test_drip (void)
{
  WuyouHttpTest *test = wuyou_http_test_new ();
  static const struct {
    const char *head;
    char byte;
  } cases[] = { { "", 'G' }, { "GET /v1/support HTTP/1.1\r\nX: ", 'x' }, { POST, ' ' }, { UPLOAD, ' ' } };

  test->config->header_seconds = test->config->request_seconds = test->config->upload_seconds = 1;
  wuyou_http_test_start (test);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    double seconds = drip (test, cases[i].head, cases[i].byte);

    g_assert_cmpfloat (seconds, >, 0.8);
    g_assert_cmpfloat (seconds, <, 4);
  }
  /* The connection may be seen closed before it is counted. */
  for (guint i = 0; i < 100 && wuyou_metrics_get_count (test->context.metrics, WUYOU_COUNTER_DEADLINES) < 4; i++)
    g_usleep (20000);
  g_assert_cmpuint (wuyou_metrics_get_count (test->context.metrics, WUYOU_COUNTER_DEADLINES), ==, 4);
  wuyou_http_test_free (test);
}

/* Silent ones: never a byte, and silent after an answer. */
static void
test_idle (void)
{
  WuyouHttpTest *test = wuyou_http_test_new ();
  int mute, served;
  g_autoptr (WuyouHttpReply) reply = NULL;

  test->config->header_seconds = 1;
  wuyou_http_test_start (test);
  mute = wuyou_http_test_connect (test);
  served = wuyou_http_test_connect (test);
  wuyou_http_test_send (served, GET, -1);
  reply = wuyou_http_test_read (served, 2000);
  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_true (wuyou_http_test_is_closed (mute, 4000));
  g_assert_true (wuyou_http_test_is_closed (served, 4000));
  close (mute);
  close (served);
  wuyou_http_test_free (test);
}

/* Who asks for much and takes nothing. */
static void
test_slow_reader (void)
{
  WuyouHttpTest *test = wuyou_http_test_new ();
  int fd;

  test->config->send_seconds = 1;
  wuyou_http_test_start (test);
  fd = wuyou_http_test_connect (test);
  /* 160 KiB allow ten seconds more, 16 bytes none: only the pipelined rest fills the buffers. */
  for (guint i = 0; i < 400; i++)
    if (!wuyou_http_test_send (fd, "GET /v1/documents/x/content?size=16000 HTTP/1.1\r\n" GOOD "\r\n", -1))
      break;
  for (guint i = 0; i < 80 && wuyou_metrics_get_count (test->context.metrics, WUYOU_COUNTER_DEADLINES) == 0; i++)
    g_usleep (100000);
  g_assert_cmpuint (wuyou_metrics_get_count (test->context.metrics, WUYOU_COUNTER_DEADLINES), ==, 1);
  close (fd);
  wuyou_http_test_free (test);
}

static guint
count_served (WuyouHttpTest *test, guint n)
{
  g_autofree int *fds = g_new (int, n);
  guint served = 0;

  for (guint i = 0; i < n; i++) {
    fds[i] = wuyou_http_test_connect (test);
    wuyou_http_test_send (fds[i], GET, -1);
  }
  for (guint i = 0; i < n; i++) {
    g_autoptr (WuyouHttpReply) reply = wuyou_http_test_read (fds[i], 300);

    served += reply->status == 200;
  }
  for (guint i = 0; i < n; i++)
    close (fds[i]);
  for (guint i = 0; i < 500 && wuyou_metrics_get (test->context.metrics, WUYOU_GAUGE_CONNECTIONS) > 0; i++)
    g_usleep (10000);
  return served;
}

static void
test_per_address (void)
{
  WuyouHttpTest *test = wuyou_http_test_new ();

  test->config->max_connections_per_address = 5;
  wuyou_http_test_start (test);
  for (guint round = 0; round < 3; round++) {
    guint served = count_served (test, 20);

    g_assert_cmpuint (served, >=, 5);
    g_assert_cmpuint (served, <=, 7); /* both threads may look before either has counted */
  }
  wuyou_http_test_free (test);
}

static void
test_total (void)
{
  WuyouHttpTest *test = wuyou_http_test_new ();

  test->config->max_connections = 10;
  wuyou_http_test_start (test);
  g_assert_cmpuint (count_served (test, 40), <=, 10);
  g_assert_cmpuint (count_served (test, 2), ==, 2);
  wuyou_http_test_free (test);
}

static void
test_body_memory (void)
{
  WuyouHttpTest *test = wuyou_http_test_new ();
  int fds[8];
  guint busy = 0;

  test->config->max_body_memory = 3500;
  wuyou_http_test_start (test);
  for (guint i = 0; i < 8; i++) {
    fds[i] = wuyou_http_test_connect (test);
    wuyou_http_test_send (fds[i], POST, -1);
  }
  for (guint i = 0; i < 8; i++) {
    g_autoptr (WuyouHttpReply) reply = wuyou_http_test_read (fds[i], 300);

    if (reply->status == 0)
      continue;
    wuyou_http_test_assert_problem (reply, 503, "BUSY");
    busy++;
  }
  g_assert_cmpuint (busy, >=, 4);
  for (guint i = 0; i < 8; i++)
    close (fds[i]);
  for (guint i = 0; i < 500 && wuyou_metrics_get (test->context.metrics, WUYOU_GAUGE_BODY_BYTES) > 0; i++)
    g_usleep (10000);
  g_assert_cmpint (wuyou_metrics_get (test->context.metrics, WUYOU_GAUGE_BODY_BYTES), ==, 0);
  wuyou_http_test_free (test);
}

/* What waited too long for a worker is refused rather than done when nobody listens any more. */
static void
test_stale_queue (void)
{
  WuyouHttpTest *test = wuyou_http_test_new ();
  int first, second;
  g_autoptr (WuyouHttpReply) reply = NULL;

  test->config->workers = 1;
  test->config->queue_seconds = 1;
  wuyou_http_test_start (test);
  first = wuyou_http_test_connect (test);
  wuyou_http_test_send (first, "GET /v1/today HTTP/1.1\r\n" GOOD "\r\n", -1);
  wuyou_http_test_wait_waiting (test, 1);
  second = wuyou_http_test_connect (test);
  wuyou_http_test_send (second, GET, -1);
  g_usleep (1500000);
  wuyou_http_test_open_gate (test);
  reply = wuyou_http_test_read (second, 5000);
  wuyou_http_test_assert_problem (reply, 503, "BUSY");
  close (first);
  close (second);
  wuyou_http_test_free (test);
}

/* A stop does not wait for a client that never ends its body. */
static void
test_stop_is_bounded (void)
{
  WuyouHttpTest *test = wuyou_http_test_new ();
  gint64 begun;
  int body, upload;

  test->config->drain_seconds = 1;
  wuyou_http_test_start (test);
  body = wuyou_http_test_connect (test);
  upload = wuyou_http_test_connect (test);
  wuyou_http_test_send (body, POST, -1);
  wuyou_http_test_send (upload, UPLOAD "x", -1);
  g_usleep (200000);
  begun = g_get_monotonic_time ();
  wuyou_server_stop (test->server);
  g_assert_cmpfloat (get_seconds_since (begun), >, 0.9);
  g_assert_cmpfloat (get_seconds_since (begun), <, 4);
  g_assert_cmpuint (test->uploads_freed, ==, 1);
  close (body);
  close (upload);
  wuyou_http_test_free (test);
}

static void
check_listen (const char *listen, const char *proxy, gboolean good)
{
  WuyouHttpTest *test = wuyou_http_test_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (wuyou_server_config_set_listen (test->config, listen, NULL));
  test->config->trusted_proxy = g_strdup (proxy);
  test->server = wuyou_server_new (&test->context, test->router);
  g_assert_cmpint (wuyou_server_start (test->server, &error), ==, good);
  if (!good)
    g_assert_error (error, WUYOU_ERROR, WUYOU_ERROR_INSECURE);
  wuyou_http_test_free (test);
}

static void
test_clear_text (void)
{
  check_listen ("0.0.0.0:0", NULL, FALSE);
  check_listen ("[::]:0", NULL, FALSE);
  check_listen ("127.0.0.1:0", NULL, TRUE);
  check_listen ("0.0.0.0:0", "192.0.2.1", TRUE);
}

static void
test_listen_text (void)
{
  g_autoptr (WuyouServerConfig) config = wuyou_server_config_new ();
  static const char *const wrong[]
      = { "", "127.0.0.1", ":80", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:65536", "127.0.0.1:-1" };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_false (wuyou_server_config_set_listen (config, wrong[i], &error));
    g_assert_error (error, WUYOU_ERROR, WUYOU_ERROR_INVALID);
  }
  g_assert_true (wuyou_server_config_set_listen (config, "[::1]:8443", NULL));
  g_assert_cmpstr (config->listen_host, ==, "::1");
  g_assert_cmpuint (config->port, ==, 8443);
}

/* The word of a proxy counts only when the proxy says it. */
static void
check_forwarded (const char *proxy, const char *header, const char *expected)
{
  WuyouHttpTest *test = wuyou_http_test_new ();
  g_autofree char *request = g_strdup_printf ("GET /v1/support HTTP/1.1\r\nHost: a\r\n%s\r\n", header);
  g_autoptr (WuyouHttpReply) reply = NULL;

  test->config->trusted_proxy = g_strdup (proxy);
  wuyou_http_test_start (test);
  reply = wuyou_http_test_exchange (test, request, -1);
  g_assert_cmpstr (g_hash_table_lookup (reply->headers, "x-seen-address"), ==, expected);
  wuyou_http_test_free (test);
}

static void
test_forwarded (void)
{
  check_forwarded (NULL, "X-Forwarded-For: 203.0.113.9\r\n", "127.0.0.1");
  check_forwarded ("127.0.0.1", "X-Forwarded-For: 203.0.113.9\r\n", "203.0.113.9");
  check_forwarded ("127.0.0.1", "X-Forwarded-For: 198.51.100.1, 203.0.113.9\r\n", "203.0.113.9");
  check_forwarded ("127.0.0.1", "X-Forwarded-For: nonsense\r\n", "127.0.0.1");
  check_forwarded ("127.0.0.1", "", "127.0.0.1");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/limits/drip", test_drip);
  g_test_add_func ("/http/limits/idle", test_idle);
  g_test_add_func ("/http/limits/slow-reader", test_slow_reader);
  g_test_add_func ("/http/limits/per-address", test_per_address);
  g_test_add_func ("/http/limits/total", test_total);
  g_test_add_func ("/http/limits/body-memory", test_body_memory);
  g_test_add_func ("/http/limits/stale-queue", test_stale_queue);
  g_test_add_func ("/http/limits/stop", test_stop_is_bounded);
  g_test_add_func ("/http/limits/clear-text", test_clear_text);
  g_test_add_func ("/http/limits/listen-text", test_listen_text);
  g_test_add_func ("/http/limits/forwarded", test_forwarded);
  return g_test_run ();
}
