/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "accounts/wuyou-auth-watch.h"

#include "wuyou-audit-store.h"
#include "accounts/wuyou-auth.h"
#include "consent/wuyou-consent-service.h"
#include "engine/wuyou-server.h"

#define PAGE 500

struct _WuyouAuthWatch {
  WuyouServerContext *context;
  GThread *thread;
  GMutex lock;
  GCond moved;
  gboolean pending, stopping;
  guint listener;
  gint64 position; /* of the feed; the thread's own */
};

typedef struct {
  gint64 since, next;
  GPtrArray *events;
} Page;

static gboolean
read_page (WuyouDbConn *conn, gpointer data, GError **error)
{
  Page *page = data;

  g_ptr_array_set_size (page->events, 0);
  return wuyou_feed_read (conn, page->since, NULL, NULL, PAGE, page->events, &page->next, error);
}

static gboolean
read_position (WuyouDbConn *conn, gpointer data, GError **error)
{
  return wuyou_feed_get_position (conn, data, error);
}

/* TRUE when the event is one that callers or gates are made of. */
static gboolean
forget (WuyouServerContext *context, const WuyouEvent *event)
{
  if (g_str_equal (event->kind, "account"))
    wuyou_auth_forget (context, event->record_id);
  else if (g_str_equal (event->kind, "org"))
    wuyou_auth_forget (context, NULL);
  else if (g_str_equal (event->kind, "bundle"))
    wuyou_consent_service_forget (context, NULL);
  else
    return FALSE;
  return TRUE;
}

/* What could not be followed may have been anything. */
static void
start_over (WuyouAuthWatch *watch)
{
  g_autoptr (GError) error = NULL;

  if (!wuyou_db_read (watch->context->db, read_position, &watch->position, &error))
    g_debug ("feed not read: %s", error->message);
  wuyou_auth_forget (watch->context, NULL);
  wuyou_consent_service_forget (watch->context, NULL);
}

static void
follow (WuyouAuthWatch *watch)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_event_free);
  Page page = { .since = watch->position, .events = events };
  g_autoptr (GError) error = NULL;
  gboolean concerns = FALSE;

  do {
    page.since = watch->position;
    if (!wuyou_db_read (watch->context->db, read_page, &page, &error)) {
      start_over (watch);
      concerns = TRUE;
      break;
    }
    for (guint i = 0; i < events->len; i++)
      concerns = forget (watch->context, events->pdata[i]) || concerns;
    watch->position = page.next;
  } while (page.next > page.since);
  if (concerns && watch->context->server != NULL)
    wuyou_server_wake (watch->context->server, NULL);
}

static gpointer
run_watch (gpointer data)
{
  WuyouAuthWatch *watch = data;

  g_mutex_lock (&watch->lock);
  while (!watch->stopping) {
    if (!watch->pending) {
      g_cond_wait (&watch->moved, &watch->lock);
      continue;
    }
    watch->pending = FALSE;
    g_mutex_unlock (&watch->lock);
    follow (watch);
    g_mutex_lock (&watch->lock);
  }
  g_mutex_unlock (&watch->lock);
  return NULL;
}

static void
on_feed_moved_cb (const char *channel, gpointer data)
{
  WuyouAuthWatch *watch = data;

  g_mutex_lock (&watch->lock);
  watch->pending = TRUE;
  g_cond_signal (&watch->moved);
  g_mutex_unlock (&watch->lock);
}

WuyouAuthWatch *
wuyou_auth_watch_start (WuyouServerContext *context)
{
  WuyouAuthWatch *watch = g_new0 (WuyouAuthWatch, 1);

  watch->context = context;
  g_mutex_init (&watch->lock);
  g_cond_init (&watch->moved);
  start_over (watch);
  watch->listener = wuyou_db_listen (context->db, WUYOU_CHANNEL_FEED, on_feed_moved_cb, watch);
  watch->pending = TRUE;
  watch->thread = g_thread_new ("auth-watch", run_watch, watch);
  return watch;
}

void
wuyou_auth_watch_stop (WuyouAuthWatch *watch)
{
  wuyou_db_unlisten (watch->context->db, watch->listener);
  g_mutex_lock (&watch->lock);
  watch->stopping = TRUE;
  g_cond_signal (&watch->moved);
  g_mutex_unlock (&watch->lock);
  g_thread_join (watch->thread);
  g_cond_clear (&watch->moved);
  g_mutex_clear (&watch->lock);
  g_free (watch);
}
