/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "client/wuyou-client.h"
#include "wuyou-fake-server.h"
#include "wuyou-test.h"

typedef struct {
  WuyouFakeServer *server;
  WuyouClient *client;
  GMainLoop *loop;
  JsonObject *reply;
  JsonObject *problem;
  char *etag;
  GError *error;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->server = wuyou_fake_server_new ();
  f->client = wuyou_client_new (&wuyou_clock_system);
  f->loop = g_main_loop_new (NULL, FALSE);
  g_assert_true (wuyou_client_set_server (f->client, wuyou_fake_server_get_url (f->server), NULL));
}

static void
clear (Fixture *f)
{
  g_clear_pointer (&f->reply, json_object_unref);
  g_clear_pointer (&f->problem, json_object_unref);
  g_clear_pointer (&f->etag, g_free);
  g_clear_error (&f->error);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  clear (f);
  g_assert_finalize_object (f->client);
  wuyou_fake_server_free (f->server);
  g_main_loop_unref (f->loop);
}

static void
on_called_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Fixture *f = data;

  f->reply = wuyou_client_call_finish (WUYOU_CLIENT (source), result, &f->etag, &f->error);
  f->problem = wuyou_client_call_get_problem (result);
  if (f->problem != NULL)
    json_object_ref (f->problem);
  g_main_loop_quit (f->loop);
}

static void
run_call (Fixture *f, const WuyouCall *call, GCancellable *cancellable)
{
  clear (f);
  wuyou_client_call_async (f->client, call, cancellable, on_called_cb, f);
  g_main_loop_run (f->loop);
  g_assert_true ((f->reply == NULL) == (f->error != NULL));
}

static void
test_answer (Fixture *f, gconstpointer data)
{
  const char *args[] = { "a b/c", NULL };
  const char *query[] = { "q", "李 &=", "empty", "", NULL };
  WuyouCall call = { .route = WUYOU_ROUTE_CONTRACTS_LIST, .query = query };

  wuyou_client_set_token (f->client, "secret");
  wuyou_fake_server_say (
      f->server, "GET /v1/contracts",
      &(WuyouFakeAnswer){ .status = 200, .body = "{\"total\":3}", .header = "ETag", .value = "\"7\"" });
  run_call (f, &call, NULL);
  g_assert_no_error (f->error);
  g_assert_cmpint (json_object_get_int_member (f->reply, "total"), ==, 3);
  g_assert_cmpstr (f->etag, ==, "\"7\"");
  g_assert_cmpstr (wuyou_fake_server_last (f->server, "GET /v1/contracts", "Authorization"), ==, "Bearer secret");
  call = (WuyouCall){ .route = WUYOU_ROUTE_CONTRACT_GET, .args = args };
  run_call (f, &call, NULL);
  wuyou_test_expect_error (&f->error, WUYOU_ERROR_NOT_FOUND, NULL);
}

static void
test_hanging (Fixture *f, gconstpointer data)
{
  WuyouCall call = { .route = WUYOU_ROUTE_SUPPORT, .deadline = 1 };
  gint64 started = g_get_monotonic_time ();

  wuyou_fake_server_say (f->server, "GET /v1/support", &(WuyouFakeAnswer){ .hang = TRUE });
  run_call (f, &call, NULL);
  wuyou_test_expect_error (&f->error, WUYOU_ERROR_TIMEOUT, NULL);
  g_assert_cmpint (g_get_monotonic_time () - started, <, 3 * G_USEC_PER_SEC);
  g_assert_false (wuyou_client_get_online (f->client));
}

static gboolean
on_cancel_due_cb (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_REMOVE;
}

static void
test_cancel (Fixture *f, gconstpointer data)
{
  WuyouCall call = { .route = WUYOU_ROUTE_SUPPORT };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  wuyou_fake_server_say (f->server, "GET /v1/support", &(WuyouFakeAnswer){ .hang = TRUE });
  g_timeout_add (50, on_cancel_due_cb, cancellable);
  run_call (f, &call, cancellable);
  wuyou_test_expect_error (&f->error, WUYOU_ERROR_CANCELLED, NULL);
  run_call (f, &call, cancellable);
  wuyou_test_expect_error (&f->error, WUYOU_ERROR_CANCELLED, NULL);
}

/* Cancelled while it waits between two attempts. */
static void
test_cancel_between (Fixture *f, gconstpointer data)
{
  WuyouCall call = { .route = WUYOU_ROUTE_SUPPORT };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  wuyou_fake_server_say_json (f->server, "GET /v1/support", 503, "{\"code\":\"BUSY\"}");
  g_timeout_add (200, on_cancel_due_cb, cancellable);
  run_call (f, &call, cancellable);
  wuyou_test_expect_error (&f->error, WUYOU_ERROR_CANCELLED, NULL);
  g_assert_cmpuint (wuyou_fake_server_count (f->server, "GET /v1/support"), ==, 1);
}

static char *
make_large (const char *end)
{
  g_autoptr (GString) text = g_string_new ("{\"items\":[0");

  for (guint i = 1; i < 500000; i++)
    g_string_append_printf (text, ",%u", i);
  g_string_append (text, end);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
on_tick_cb (gpointer count)
{
  ++*(guint *) count;
  return G_SOURCE_CONTINUE;
}

/* A large answer is read while the loop goes on. */
static void
test_large (Fixture *f, gconstpointer data)
{
  WuyouCall call = { .route = WUYOU_ROUTE_SUPPORT };
  g_autofree char *good = make_large ("]}");
  g_autofree char *bad = make_large ("]");
  guint ticks = 0, ticker;

  wuyou_fake_server_say_json (f->server, "GET /v1/support", 200, good);
  ticker = g_timeout_add (2, on_tick_cb, &ticks);
  run_call (f, &call, NULL);
  g_source_remove (ticker);
  g_assert_no_error (f->error);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (f->reply, "items")), ==, 500000);
  g_assert_cmpuint (ticks, >, 10);
  wuyou_fake_server_say_json (f->server, "GET /v1/support", 200, bad);
  run_call (f, &call, NULL);
  wuyou_test_expect_error (&f->error, WUYOU_ERROR_INTERNAL, NULL);
}

typedef struct {
  WuyouClient *client;
  GCancellable *cancellable;
} Waiting;

/* The clock of the server is taken from the answer before it is read. */
static gboolean
on_arrived_cb (gpointer data)
{
  Waiting *waiting = data;

  if (ABS (wuyou_client_now (waiting->client) - g_get_real_time ()) < G_TIME_SPAN_DAY)
    return G_SOURCE_CONTINUE;
  g_cancellable_cancel (waiting->cancellable);
  return G_SOURCE_REMOVE;
}

static void
test_cancel_reading (Fixture *f, gconstpointer data)
{
  WuyouCall call = { .route = WUYOU_ROUTE_SUPPORT };
  g_autofree char *good = make_large ("]}");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Waiting waiting = { f->client, cancellable };

  wuyou_fake_server_say (
      f->server, "GET /v1/support",
      &(WuyouFakeAnswer){ .status = 200, .body = good, .header = "Date", .value = "Sat, 01 Jan 2022 00:00:00 GMT" });
  g_idle_add_full (G_PRIORITY_DEFAULT, on_arrived_cb, &waiting, NULL);
  run_call (f, &call, cancellable);
  wuyou_test_expect_error (&f->error, WUYOU_ERROR_CANCELLED, NULL);
  g_assert_true (g_cancellable_is_cancelled (cancellable));
  g_assert_true (wuyou_client_get_online (f->client));
}

static void
test_retry (Fixture *f, gconstpointer data)
{
  WuyouCall call = { .route = WUYOU_ROUTE_SUPPORT };

  wuyou_fake_server_say (f->server, "GET /v1/support", &(WuyouFakeAnswer){ .status = 500 });
  wuyou_fake_server_say (f->server, "GET /v1/support", &(WuyouFakeAnswer){ .status = 200, .body = "{}" });
  run_call (f, &call, NULL);
  g_assert_no_error (f->error);
  g_assert_cmpuint (wuyou_fake_server_count (f->server, "GET /v1/support"), ==, 2);
}

/* A write without a key may have happened: it is not sent twice. */
static void
test_no_retry (Fixture *f, gconstpointer data)
{
  WuyouCall call = { .route = WUYOU_ROUTE_STEP_UP, .body = "{}" };
  WuyouCall keyed = { .route = WUYOU_ROUTE_FEEDBACK, .body = "{}", .idempotency_key = "k1" };

  wuyou_fake_server_say_json (f->server, "POST /v1/step-up", 500, NULL);
  run_call (f, &call, NULL);
  wuyou_test_expect_error (&f->error, WUYOU_ERROR_INTERNAL, NULL);
  g_assert_cmpuint (wuyou_fake_server_count (f->server, "POST /v1/step-up"), ==, 1);
  wuyou_fake_server_say_json (f->server, "POST /v1/feedback", 503, NULL);
  run_call (f, &keyed, NULL);
  wuyou_test_expect_error (&f->error, WUYOU_ERROR_BUSY, NULL);
  g_assert_cmpuint (wuyou_fake_server_count (f->server, "POST /v1/feedback"), ==, 3);
  g_assert_cmpstr (wuyou_fake_server_last (f->server, "POST /v1/feedback", "Idempotency-Key"), ==, "k1");
}

static void
test_retry_after (Fixture *f, gconstpointer data)
{
  WuyouCall call = { .route = WUYOU_ROUTE_SUPPORT, .deadline = 2 };

  wuyou_fake_server_say (
      f->server, "GET /v1/support",
      &(WuyouFakeAnswer){
          .status = 429, .body = "{\"code\":\"RATE_LIMITED\"}", .header = "Retry-After", .value = "60" });
  run_call (f, &call, NULL);
  g_assert_cmpuint (wuyou_error_get_retry_after (f->error), ==, 60);
  wuyou_test_expect_error (&f->error, WUYOU_ERROR_RATE_LIMITED, NULL);
  g_assert_cmpuint (wuyou_fake_server_count (f->server, "GET /v1/support"), ==, 1);
}

static void
test_problem (Fixture *f, gconstpointer data)
{
  WuyouCall call = { .route = WUYOU_ROUTE_SUPPORT };

  wuyou_fake_server_say_json (f->server, "GET /v1/support", 422,
                              "{\"code\":\"INVALID\",\"violations\":[{\"field\":\"vin\",\"code\":\"INVALID\","
                              "\"detail\":\"The VIN has 17 characters.\",\"authority\":\"GB 16735\"},"
                              "{\"field\":\"plate\",\"code\":\"INVALID\"}],\"current\":{\"id\":\"1\"}}");
  run_call (f, &call, NULL);
  g_assert_cmpuint (wuyou_error_get_violations (f->error)->len, ==, 2);
  wuyou_test_expect_error (&f->error, WUYOU_ERROR_INVALID, "vin");
  g_assert_true (json_object_has_member (f->problem, "current"));
}

typedef struct {
  const char *name;
  guint status;
  const char *type, *body, *header, *value;
  WuyouError code;
} BadAnswer;

static const BadAnswer bad_answers[] = {
  { "bad-json", 200, NULL, "{\"a\":", NULL, NULL, WUYOU_ERROR_INTERNAL },
  { "duplicate-keys", 200, NULL, "{\"a\":1,\"a\":2}", NULL, NULL, WUYOU_ERROR_INTERNAL },
  { "array", 200, NULL, "[1]", NULL, NULL, WUYOU_ERROR_INTERNAL },
  { "portal", 200, "text/html", "<html>hello</html>", NULL, NULL, WUYOU_ERROR_OFFLINE },
  { "redirect-clear", 302, "text/html", "", "Location", "http://elsewhere.example/", WUYOU_ERROR_INSECURE },
  { "redirect", 307, "text/html", "", "Location", "https://elsewhere.example/", WUYOU_ERROR_OFFLINE },
  { "html-error", 403, "text/html", "<html>no</html>", NULL, NULL, WUYOU_ERROR_FORBIDDEN },
  { "unknown-code", 409, NULL, "{\"code\":\"NEWER_THAN_WE\"}", NULL, NULL, WUYOU_ERROR_INTERNAL },
  { "gateway", 502, "text/html", "bad gateway", NULL, NULL, WUYOU_ERROR_BUSY },
};

static void
test_bad_answer (Fixture *f, gconstpointer data)
{
  const BadAnswer *bad = data;
  WuyouCall call = { .route = WUYOU_ROUTE_SUPPORT, .flags = WUYOU_CALL_ONCE };
  WuyouFakeAnswer answer = { bad->status, bad->type, bad->body, bad->header, bad->value, FALSE };

  wuyou_client_set_token (f->client, "secret");
  wuyou_fake_server_say (f->server, "GET /v1/support", &answer);
  run_call (f, &call, NULL);
  wuyou_test_expect_error (&f->error, bad->code, NULL);
}

static void
test_addresses (Fixture *f, gconstpointer data)
{
  static const struct {
    const char *url;
    int code; /* -1: taken */
  } rows[] = {
    { "https://cn.example", -1 },
    { "https://cn.example:8443/", -1 },
    { "http://127.0.0.1:80", -1 },
    { "http://[::1]:80", -1 },
    { "http://localhost", -1 },
    { "http://cn.example", WUYOU_ERROR_INSECURE },
    { "http://127.0.0.1.cn.example", WUYOU_ERROR_INSECURE },
    { "http://localhost.cn.example", WUYOU_ERROR_INSECURE },
    { "ftp://cn.example", WUYOU_ERROR_MALFORMED },
    { "cn.example", WUYOU_ERROR_MALFORMED },
    { "https://", WUYOU_ERROR_MALFORMED },
    { "", WUYOU_ERROR_MALFORMED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    GError *error = NULL;

    g_test_message ("%s", rows[i].url);
    g_assert_true (wuyou_client_set_server (f->client, rows[i].url, &error) == (rows[i].code < 0));
    if (rows[i].code >= 0)
      wuyou_test_expect_error (&error, rows[i].code, NULL);
  }
}

/* A server that speaks clear text where TLS is wanted gets no request at all. */
static void
test_no_clear_text (Fixture *f, gconstpointer data)
{
  WuyouCall call = { .route = WUYOU_ROUTE_SUPPORT, .flags = WUYOU_CALL_ONCE, .deadline = 5 };
  g_autofree char *url = g_strdup_printf ("https://127.0.0.1:%u", wuyou_fake_server_get_port (f->server));

  g_assert_true (wuyou_client_set_server (f->client, url, NULL));
  wuyou_fake_server_say_json (f->server, "GET /v1/support", 200, "{}");
  run_call (f, &call, NULL);
  g_assert_nonnull (f->error);
  g_assert_cmpuint (wuyou_fake_server_count (f->server, "GET /v1/support"), ==, 0);
}

static void
test_offline (Fixture *f, gconstpointer data)
{
  WuyouCall call = { .route = WUYOU_ROUTE_SUPPORT, .flags = WUYOU_CALL_ONCE };
  WuyouFakeServer *gone = wuyou_fake_server_new ();

  g_assert_true (wuyou_client_set_server (f->client, wuyou_fake_server_get_url (gone), NULL));
  wuyou_fake_server_free (gone);
  run_call (f, &call, NULL);
  wuyou_test_expect_error (&f->error, WUYOU_ERROR_OFFLINE, NULL);
  g_assert_false (wuyou_client_get_online (f->client));
  g_assert_true (wuyou_client_set_server (f->client, wuyou_fake_server_get_url (f->server), NULL));
  wuyou_fake_server_say_json (f->server, "GET /v1/support", 200, "{}");
  run_call (f, &call, NULL);
  g_assert_true (wuyou_client_get_online (f->client));
}

static void
on_told_cb (guint *count)
{
  (*count)++;
}

static void
test_refusals_told (Fixture *f, gconstpointer data)
{
  static const struct {
    guint status;
    const char *body;
    const char *signal;
  } rows[] = {
    { 401, "{\"code\":\"UNAUTHENTICATED\"}", "signed-out" }, { 403, "{\"code\":\"SUSPENDED\"}", "suspended" },
    { 403, "{\"code\":\"CONSENT_REQUIRED\"}", "gate" },      { 403, "{\"code\":\"PASSWORD_CHANGE_REQUIRED\"}", "gate" },
    { 403, "{\"code\":\"CODES_REQUIRED\"}", "gate" },        { 426, "{\"code\":\"UPGRADE_REQUIRED\"}", "signed-out" },
  };
  WuyouCall call = { .route = WUYOU_ROUTE_ACCOUNT_GET };
  WuyouCall anonymous = { .route = WUYOU_ROUTE_ACCOUNT_GET, .flags = WUYOU_CALL_ANONYMOUS };

  wuyou_client_set_token (f->client, "secret");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    guint count = 0;
    gulong handler = g_signal_connect_swapped (f->client, rows[i].signal, G_CALLBACK (on_told_cb), &count);

    wuyou_fake_server_say_json (f->server, "GET /v1/account", rows[i].status, rows[i].body);
    run_call (f, &call, NULL);
    run_call (f, &anonymous, NULL);
    g_assert_cmpuint (count, ==, 1);
    g_signal_handler_disconnect (f->client, handler);
  }
}

static void
test_change_server (Fixture *f, gconstpointer data)
{
  WuyouCall call = { .route = WUYOU_ROUTE_SUPPORT };

  wuyou_fake_server_say (f->server, "GET /v1/support", &(WuyouFakeAnswer){ .hang = TRUE });
  wuyou_client_call_async (f->client, &call, NULL, on_called_cb, f);
  g_assert_true (wuyou_client_set_server (f->client, "https://other.example", NULL));
  g_main_loop_run (f->loop);
  wuyou_test_expect_error (&f->error, WUYOU_ERROR_CANCELLED, NULL);
}

int
main (int argc, char *argv[])
{
  wuyou_test_init (&argc, &argv);
#define ADD(name, function) g_test_add ("/client/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("answer", test_answer);
  ADD ("hanging", test_hanging);
  ADD ("cancel", test_cancel);
  ADD ("cancel-between", test_cancel_between);
  ADD ("large", test_large);
  ADD ("cancel-reading", test_cancel_reading);
  ADD ("retry", test_retry);
  ADD ("no-retry", test_no_retry);
  ADD ("retry-after", test_retry_after);
  ADD ("problem", test_problem);
  ADD ("addresses", test_addresses);
  ADD ("no-clear-text", test_no_clear_text);
  ADD ("offline", test_offline);
  ADD ("refusals-told", test_refusals_told);
  ADD ("change-server", test_change_server);
  for (guint i = 0; i < G_N_ELEMENTS (bad_answers); i++) {
    g_autofree char *path = g_strdup_printf ("/client/bad-answer/%s", bad_answers[i].name);

    g_test_add (path, Fixture, &bad_answers[i], set_up, test_bad_answer, tear_down);
  }
  return g_test_run ();
}
