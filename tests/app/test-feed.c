/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "base/wuyou-json.h"
#include "client/wuyou-feed.h"
#include "wuyou-app-test.h"
#include "wuyou-test.h"

#define CHANGES "GET /v1/changes"

typedef struct {
  guint n_events, n_resyncs, n_gates, n_suspended;
} Heard;

static void
on_event_cb (Heard *heard)
{
  heard->n_events++;
}

static void
on_resync_cb (Heard *heard)
{
  heard->n_resyncs++;
}

static void
on_gate_cb (Heard *heard, const char *gate)
{
  g_assert_cmpstr (gate, ==, "CONSENT_REQUIRED");
  heard->n_gates++;
}

static void
on_suspended_cb (Heard *heard)
{
  heard->n_suspended++;
}

static void
set_up (WuyouAppTest *t, gconstpointer data)
{
  wuyou_app_test_set_up (t);
}

static void
tear_down (WuyouAppTest *t, gconstpointer data)
{
  wuyou_app_test_tear_down (t);
}

static void
listen_to (WuyouAppTest *t, Heard *heard)
{
  WuyouFeed *feed = wuyou_app_context_get_feed (t->context);

  g_signal_connect_swapped (feed, "event", G_CALLBACK (on_event_cb), heard);
  g_signal_connect_swapped (feed, "resync", G_CALLBACK (on_resync_cb), heard);
  g_signal_connect_swapped (feed, "gate", G_CALLBACK (on_gate_cb), heard);
  g_signal_connect_swapped (feed, "suspended", G_CALLBACK (on_suspended_cb), heard);
}

static void
test_events (WuyouAppTest *t, gconstpointer data)
{
  Heard heard = { 0 };

  listen_to (t, &heard);
  wuyou_fake_server_say_json (
      t->server, CHANGES, 200,
      "{\"events\":[{\"id\":\"1\",\"kind\":\"changed\",\"object\":\"contract\",\"record\":\"a\"},"
      "{\"id\":\"2\",\"kind\":\"consent-required\"}],\"next\":\"c2\"}");
  wuyou_fake_server_say (t->server, CHANGES, &(WuyouFakeAnswer){ .hang = TRUE });
  wuyou_app_test_sign_in (t, "[]");
  WUYOU_APP_TEST_WAIT_FOR (heard.n_gates == 1);
  g_assert_cmpuint (heard.n_events, ==, 1);
  g_assert_cmpint (wuyou_session_get_state (wuyou_app_context_get_session (t->context)), ==, WUYOU_SESSION_GATED);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_fake_server_count (t->server, CHANGES) == 2);
}

static void
test_resync (WuyouAppTest *t, gconstpointer data)
{
  Heard heard = { 0 };

  listen_to (t, &heard);
  wuyou_fake_server_say_json (t->server, CHANGES, 410, "{\"code\":\"RESYNC_REQUIRED\"}");
  wuyou_fake_server_say (t->server, CHANGES, &(WuyouFakeAnswer){ .hang = TRUE });
  wuyou_app_test_sign_in (t, "[]");
  WUYOU_APP_TEST_WAIT_FOR (heard.n_resyncs == 1 && wuyou_fake_server_count (t->server, CHANGES) == 2);
}

/* Suspended while it works: signed out, and what was kept here is gone. */
static void
test_suspended (WuyouAppTest *t, gconstpointer data)
{
  wuyou_fake_server_say_json (t->server, CHANGES, 403, "{\"code\":\"SUSPENDED\"}");
  wuyou_app_test_sign_in (t, "[]");
  WUYOU_APP_TEST_WAIT_FOR (wuyou_session_get_state (wuyou_app_context_get_session (t->context))
                           == WUYOU_SESSION_SIGNED_OUT);
  g_assert_false (wuyou_local_is_open (wuyou_app_context_get_local (t->context)));
}

/* A server that answers at once with nothing is not asked in a circle. */
static void
test_no_circle (WuyouAppTest *t, gconstpointer data)
{
  wuyou_fake_server_say_json (t->server, CHANGES, 200, "{\"events\":[],\"next\":\"c1\"}");
  wuyou_app_test_sign_in (t, "[]");
  wuyou_app_test_pump (900);
  g_assert_cmpuint (wuyou_fake_server_count (t->server, CHANGES), <=, 2);
}

/* A network that wants to be signed in to answers in the server's place. */
static const WuyouFakeAnswer portal = { .status = 200, .type = "text/html", .body = "<html>Welcome</html>" };
static const WuyouFakeAnswer nothing = { .status = 200, .body = "{\"events\":[],\"next\":\"c1\"}" };
static const WuyouFakeAnswer hang = { .hang = TRUE };

static void
wait_for_polls (WuyouAppTest *t, guint n, const char *wait)
{
  WUYOU_APP_TEST_WAIT_FOR (wuyou_fake_server_count (t->server, CHANGES) == n);
  g_assert_nonnull (strstr (wuyou_fake_server_last (t->server, CHANGES, ":query"), wait));
}

/* Of a server that is away nothing is waited for; once it answers, the next question waits again, without a pause. */
static void
test_back (WuyouAppTest *t, gconstpointer data)
{
  WuyouClient *client = wuyou_app_context_get_client (t->context);
  gint64 found;

  wuyou_fake_server_forget (t->server, CHANGES);
  wuyou_fake_server_say (t->server, CHANGES, &portal);
  wuyou_fake_server_say (t->server, CHANGES, &nothing);
  wuyou_fake_server_say (t->server, CHANGES, &hang);
  wuyou_app_test_sign_in (t, "[]");
  wait_for_polls (t, 1, "wait=25");
  WUYOU_APP_TEST_WAIT_FOR (!wuyou_client_get_online (client));
  WUYOU_APP_TEST_WAIT_FOR (wuyou_client_get_online (client));
  found = g_get_monotonic_time ();
  wait_for_polls (t, 3, "wait=25");
  g_assert_cmpint (g_get_monotonic_time () - found, <, G_USEC_PER_SEC);
}

static void
test_away_is_asked (WuyouAppTest *t, gconstpointer data)
{
  wuyou_fake_server_forget (t->server, CHANGES);
  wuyou_fake_server_say (t->server, CHANGES, &portal);
  wuyou_app_test_sign_in (t, "[]");
  wait_for_polls (t, 2, "wait=0");
}

/* Who asks for it need not wait for the pause to end; nor when something else reached the server. */
static void
test_hurry (WuyouAppTest *t, gconstpointer data)
{
  WuyouFeed *feed = wuyou_app_context_get_feed (t->context);
  WuyouCall call = { .route = WUYOU_ROUTE_TODAY };
  gint64 asked;

  wuyou_fake_server_forget (t->server, CHANGES);
  wuyou_fake_server_say (t->server, CHANGES, &portal);
  wuyou_app_test_sign_in (t, "[]");
  wait_for_polls (t, 2, "wait=0"); /* and now it pauses for two seconds */
  wuyou_app_test_pump (50);
  asked = g_get_monotonic_time ();
  wuyou_feed_hurry (feed);
  wait_for_polls (t, 3, "wait=0");
  g_assert_cmpint (g_get_monotonic_time () - asked, <, G_USEC_PER_SEC / 2);
  wuyou_app_test_pump (50);
  wuyou_fake_server_say_json (t->server, "GET /v1/today", 200, "{}");
  wuyou_client_call_async (wuyou_app_context_get_client (t->context), &call, NULL, NULL, NULL);
  wait_for_polls (t, 4, "wait=25");
  g_assert_cmpint (g_get_monotonic_time () - asked, <, G_USEC_PER_SEC);
}

int
main (int argc, char *argv[])
{
  wuyou_app_test_init (&argc, &argv);
#define ADD(name, function) g_test_add ("/feed/" name, WuyouAppTest, NULL, set_up, function, tear_down)
  ADD ("events", test_events);
  ADD ("resync", test_resync);
  ADD ("suspended", test_suspended);
  ADD ("no-circle", test_no_circle);
  ADD ("back", test_back);
  ADD ("away-is-asked", test_away_is_asked);
  ADD ("hurry", test_hurry);
  return g_test_run ();
}
