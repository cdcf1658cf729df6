/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "client/wuyou-feed.h"

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "consent/wuyou-consent-gate.h"

#define WAIT_SECONDS "25"
#define DEADLINE 40
#define LONGEST_PAUSE 10
#define SHORTEST_POLL (200 * G_TIME_SPAN_MILLISECOND) /* a server that does not wait is not asked in a circle */

struct _WuyouFeed {
  GObject parent_instance;
  WuyouClient *client;
  WuyouSession *session;
  GCancellable *cancellable; /* of the running poll; NULL when stopped */
  char *cursor;
  guint pause; /* seconds, doubling while the server is away */
  guint timer;
  gint64 asked_at, shortest; /* monotonic; what an answer takes at least when there is nothing to tell */
};

enum { EVENT, RESYNC, SUSPENDED, GATE, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WuyouFeed, wuyou_feed, G_TYPE_OBJECT)

static void poll_once (WuyouFeed *self);

static gboolean
on_pause_ended_cb (gpointer data)
{
  WuyouFeed *self = data;

  self->timer = 0;
  poll_once (self);
  return G_SOURCE_REMOVE;
}

static void
poll_later (WuyouFeed *self, guint asked)
{
  self->pause = self->pause == 0 ? 1 : MIN (self->pause * 2, LONGEST_PAUSE);
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add (MAX (self->pause, asked) * 1000 + g_random_int_range (0, 1000), on_pause_ended_cb, self);
}

/* Events about the person themselves concern the whole window; all others the pages. */
static void
tell_event (WuyouFeed *self, JsonObject *event)
{
  const char *kind = wuyou_json_get_string (event, "kind");
  g_autoptr (GError) error = NULL;

  if (g_strcmp0 (kind, wuyou_enum_id (wuyou_gate_events, WUYOU_GATE_REQUIRED)) == 0) {
    g_signal_emit (self, signals[GATE], 0, "CONSENT_REQUIRED");
  } else if (g_strcmp0 (kind, "suspended") == 0) {
    error = g_error_new_literal (WUYOU_ERROR, WUYOU_ERROR_SUSPENDED, "");
    g_signal_emit (self, signals[SUSPENDED], 0, error);
  } else {
    g_signal_emit (self, signals[EVENT], 0, event);
  }
}

static void
take_events (WuyouFeed *self, JsonObject *reply)
{
  JsonArray *events = wuyou_json_get_array (reply, "events");
  const char *cursor = wuyou_json_get_string (reply, "next");

  if (events != NULL && json_array_get_length (events) > 0)
    self->pause = 0;
  if (cursor != NULL) {
    g_free (self->cursor);
    self->cursor = g_strdup (cursor);
  }
  for (guint i = 0; events != NULL && i < json_array_get_length (events); i++) {
    JsonObject *event = wuyou_json_array_get_object (events, i);

    if (event != NULL && self->cancellable != NULL)
      tell_event (self, event);
  }
}

static void
take_failure (WuyouFeed *self, const GError *error)
{
  switch (error->code) {
  case WUYOU_ERROR_CANCELLED:
  case WUYOU_ERROR_UNAUTHENTICATED:
  case WUYOU_ERROR_SUSPENDED:
    wuyou_feed_stop (self);
    return;
  case WUYOU_ERROR_RESYNC_REQUIRED:
    g_clear_pointer (&self->cursor, g_free);
    g_signal_emit (self, signals[RESYNC], 0);
    break;
  default:
    break;
  }
  poll_later (self, wuyou_error_get_retry_after (error));
}

static void
on_poll_answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WuyouFeed) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) reply = wuyou_client_call_finish (WUYOU_CLIENT (source), result, NULL, &error);

  if (self->cancellable == NULL || g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    return;
  if (reply == NULL) {
    take_failure (self, error);
    return;
  }
  take_events (self, reply);
  if (self->cancellable == NULL)
    return;
  if (g_get_monotonic_time () - self->asked_at < self->shortest) {
    poll_later (self, 0);
  } else {
    self->pause = 0;
    poll_once (self);
  }
}

/* Of a server that is away nothing is waited for: that it answers is the news. */
static void
poll_once (WuyouFeed *self)
{
  gboolean online = wuyou_client_get_online (self->client);
  const char *query[]
      = { "since", self->cursor != NULL ? self->cursor : "", "wait", online ? WAIT_SECONDS : "0", NULL };
  WuyouCall call = {
    .route = WUYOU_ROUTE_CHANGES,
    .query = query,
    .deadline = DEADLINE,
    .flags = WUYOU_CALL_ONCE | WUYOU_CALL_QUIET,
  };

  self->shortest = online ? SHORTEST_POLL : 0;
  self->asked_at = g_get_monotonic_time ();
  wuyou_client_call_async (self->client, &call, self->cancellable, on_poll_answered_cb, g_object_ref (self));
}

void
wuyou_feed_hurry (WuyouFeed *self)
{
  if (self->timer == 0)
    return;
  g_clear_handle_id (&self->timer, g_source_remove);
  self->pause = 0;
  poll_once (self);
}

/* Another call found the server back. */
static void
on_online_changed_cb (WuyouFeed *self)
{
  if (wuyou_client_get_online (self->client))
    wuyou_feed_hurry (self);
}

static void
on_network_changed_cb (WuyouFeed *self, gboolean available)
{
  if (available)
    wuyou_feed_hurry (self);
}

void
wuyou_feed_start (WuyouFeed *self)
{
  if (self->cancellable != NULL)
    return;
  self->cancellable = g_cancellable_new ();
  self->pause = 0;
  poll_once (self);
}

void
wuyou_feed_stop (WuyouFeed *self)
{
  g_autoptr (GCancellable) cancellable = g_steal_pointer (&self->cancellable);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->cursor, g_free);
  if (cancellable != NULL)
    g_cancellable_cancel (cancellable);
}

static void
on_session_changed_cb (WuyouFeed *self)
{
  if (wuyou_session_get_state (self->session) == WUYOU_SESSION_SIGNED_OUT)
    wuyou_feed_stop (self);
  else if (wuyou_client_has_token (self->client))
    wuyou_feed_start (self);
}

static void
wuyou_feed_dispose (GObject *object)
{
  WuyouFeed *self = WUYOU_FEED (object);

  wuyou_feed_stop (self);
  g_clear_object (&self->client);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (wuyou_feed_parent_class)->dispose (object);
}

static void
wuyou_feed_class_init (WuyouFeedClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wuyou_feed_dispose;
  signals[EVENT]
      = g_signal_new ("event", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, JSON_TYPE_OBJECT);
  signals[RESYNC] = g_signal_new ("resync", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SUSPENDED] = g_signal_new ("suspended", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                     G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE);
  signals[GATE] = g_signal_new ("gate", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
wuyou_feed_init (WuyouFeed *self)
{
}

WuyouFeed *
wuyou_feed_new (WuyouClient *client, WuyouSession *session)
{
  WuyouFeed *self = g_object_new (WUYOU_TYPE_FEED, NULL);

  self->client = g_object_ref (client);
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (on_session_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (client, "notify::online", G_CALLBACK (on_online_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (g_network_monitor_get_default (), "network-changed", G_CALLBACK (on_network_changed_cb),
                           self, G_CONNECT_SWAPPED);
  return self;
}
