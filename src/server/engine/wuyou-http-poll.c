/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "engine/wuyou-http-poll.h"

#define MAX_PER_SESSION 4

typedef struct {
  WuyouRequest *request;
  char *scope;
  gint64 deadline;
  guint session; /* hash; 0: none */
  guint64 serial;
} Parked;

struct _WuyouPolls {
  GMutex lock;
  GArray *parked;
  guint limit;
  guint64 tick;
  guint64 serial;
  gboolean closed;
  WuyouMetrics *metrics;
};

WuyouPolls *
wuyou_polls_new (guint limit, WuyouMetrics *metrics)
{
  WuyouPolls *self = g_new0 (WuyouPolls, 1);

  g_mutex_init (&self->lock);
  self->parked = g_array_new (FALSE, FALSE, sizeof (Parked));
  self->limit = limit;
  self->metrics = metrics;
  return self;
}

void
wuyou_polls_free (WuyouPolls *self)
{
  if (self == NULL)
    return;
  g_assert (self->parked->len == 0);
  g_array_unref (self->parked);
  g_mutex_clear (&self->lock);
  g_free (self);
}

guint64
wuyou_polls_get_tick (WuyouPolls *self)
{
  guint64 tick;

  g_mutex_lock (&self->lock);
  tick = self->tick;
  g_mutex_unlock (&self->lock);
  return tick;
}

static void
move_out (WuyouPolls *self, guint index, GPtrArray *out)
{
  Parked *parked = &g_array_index (self->parked, Parked, index);

  g_ptr_array_add (out, parked->request);
  g_free (parked->scope);
  g_array_remove_index_fast (self->parked, index);
  wuyou_metrics_add (self->metrics, WUYOU_GAUGE_POLLS, -1);
}

static guint
hash_session (const WuyouRequest *request)
{
  const char *id = wuyou_request_get_caller (request)->session_id;

  return id[0] != '\0' ? g_str_hash (id) : 0;
}

/* Takes out the oldest of a session that has as many as it may have. */
static WuyouRequest *
displace (WuyouPolls *self, guint session)
{
  g_autoptr (GPtrArray) out = NULL;
  guint n = 0, oldest = 0;

  for (guint i = 0; i < self->parked->len && session != 0; i++) {
    const Parked *parked = &g_array_index (self->parked, Parked, i);

    if (parked->session != session)
      continue;
    if (n++ == 0 || parked->serial < g_array_index (self->parked, Parked, oldest).serial)
      oldest = i;
  }
  if (n < MAX_PER_SESSION)
    return NULL;
  out = g_ptr_array_new ();
  move_out (self, oldest, out);
  return out->pdata[0];
}

WuyouParkResult
wuyou_polls_park (WuyouPolls *self,
                  WuyouRequest *request,
                  const char *scope,
                  gint64 deadline,
                  guint64 tick,
                  WuyouRequest **ret_displaced)
{
  WuyouParkResult result = WUYOU_PARKED;

  *ret_displaced = NULL;
  g_mutex_lock (&self->lock);
  if (self->closed || self->parked->len >= self->limit)
    result = WUYOU_PARK_OVER;
  else if (self->tick != tick)
    result = WUYOU_PARK_AGAIN;
  if (result == WUYOU_PARKED) {
    Parked parked = { request, g_strdup (scope), deadline, hash_session (request), self->serial++ };

    *ret_displaced = displace (self, parked.session);
    g_array_append_val (self->parked, parked);
    wuyou_metrics_add (self->metrics, WUYOU_GAUGE_POLLS, 1);
  }
  g_mutex_unlock (&self->lock);
  return result;
}

/* Scopes are paths that end with a slash, so that a prefix is an organisation above. */
static gboolean
waits_for (const Parked *parked, const char *scope)
{
  return scope == NULL || parked->scope == NULL || g_str_has_prefix (scope, parked->scope);
}

GPtrArray *
wuyou_polls_wake (WuyouPolls *self, const char *scope)
{
  GPtrArray *out = g_ptr_array_new ();

  g_mutex_lock (&self->lock);
  self->tick++;
  for (guint i = self->parked->len; i > 0; i--)
    if (waits_for (&g_array_index (self->parked, Parked, i - 1), scope))
      move_out (self, i - 1, out);
  g_mutex_unlock (&self->lock);
  return out;
}

GPtrArray *
wuyou_polls_take_over (WuyouPolls *self, gint64 now)
{
  GPtrArray *out = g_ptr_array_new ();

  g_mutex_lock (&self->lock);
  for (guint i = self->parked->len; i > 0; i--)
    if (g_array_index (self->parked, Parked, i - 1).deadline <= now)
      move_out (self, i - 1, out);
  g_mutex_unlock (&self->lock);
  return out;
}

GPtrArray *
wuyou_polls_close (WuyouPolls *self)
{
  GPtrArray *out = g_ptr_array_new ();

  g_mutex_lock (&self->lock);
  self->closed = TRUE;
  while (self->parked->len > 0)
    move_out (self, self->parked->len - 1, out);
  g_mutex_unlock (&self->lock);
  return out;
}
