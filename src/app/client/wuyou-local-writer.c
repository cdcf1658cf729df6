/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "client/wuyou-local-writer.h"

#include "base/wuyou-error.h"

#define RETRY_AFTER (3 * G_TIME_SPAN_SECOND)
/* To the platter when nobody types, as the next key would wait for it; and now and then when somebody always does. */
#define SYNC_AFTER (300 * G_TIME_SPAN_MILLISECOND)
#define SYNC_LATEST (5 * G_TIME_SPAN_SECOND)

typedef struct {
  int kind;
  char *id;
  gint64 saved_at;
  GBytes *sealed; /* NULL: delete */
} Write;

struct _WuyouLocalWriter {
  WuyouLocalDb *db;
  GThread *thread;
  GMutex lock;
  GCond changed;
  GQueue waiting; /* Write, in order; what is being committed stays until it is */
  guint n_tried;  /* rounds that ended, well or badly */
  gboolean failing;
  gboolean ending;
  gint64 first_unsynced, last_unsynced; /* monotonic; 0: all is on the platter */
  GMainContext *context;
  void (*failed) (const GError *error, gpointer data);
  gpointer data;
  GSource *notice;
};

static void
write_free (Write *write)
{
  g_free (write->id);
  g_clear_pointer (&write->sealed, g_bytes_unref);
  g_free (write);
}

typedef struct {
  WuyouLocalWriter *writer;
  GError *error;
} Notice;

static void
notice_free (Notice *notice)
{
  g_error_free (notice->error);
  g_free (notice);
}

static gboolean
on_notice_due_cb (gpointer data)
{
  Notice *notice = data;

  notice->writer->failed (notice->error, notice->writer->data);
  return G_SOURCE_REMOVE;
}

/* Called with the lock held. */
static void
notify_failure (WuyouLocalWriter *self, const GError *error)
{
  Notice *notice;

  if (self->failing)
    return;
  self->failing = TRUE;
  notice = g_new0 (Notice, 1);
  notice->writer = self;
  notice->error = g_error_copy (error);
  if (self->notice != NULL) {
    g_source_destroy (self->notice);
    g_source_unref (self->notice);
  }
  self->notice = g_idle_source_new ();
  g_source_set_callback (self->notice, on_notice_due_cb, notice, (GDestroyNotify) notice_free);
  g_source_attach (self->notice, self->context);
}

static gboolean
apply (WuyouLocalDb *db, const Write *write, GError **error)
{
  if (write->sealed == NULL)
    return wuyou_local_db_delete (db, write->kind, write->id, error);
  return wuyou_local_db_put (db, write->kind, write->id, write->saved_at, write->sealed, error);
}

static gboolean
commit_batch (WuyouLocalDb *db, GPtrArray *batch, GError **error)
{
  gboolean good = wuyou_local_db_begin (db, error);

  for (guint i = 0; good && i < batch->len; i++)
    good = apply (db, g_ptr_array_index (batch, i), error);
  if (good && wuyou_local_db_commit (db, error))
    return TRUE;
  wuyou_local_db_rollback (db);
  return FALSE;
}

/* Called with the lock held. */
static void
note_unsynced (WuyouLocalWriter *self)
{
  self->last_unsynced = g_get_monotonic_time ();
  if (self->first_unsynced == 0)
    self->first_unsynced = self->last_unsynced;
}

static gint64
get_sync_due (WuyouLocalWriter *self)
{
  return MIN (self->last_unsynced + SYNC_AFTER, self->first_unsynced + SYNC_LATEST);
}

/* The lock is held on entry and exit, not between. */
static void
sync_round (WuyouLocalWriter *self)
{
  g_autoptr (GError) error = NULL;
  gboolean good;

  self->first_unsynced = 0;
  g_mutex_unlock (&self->lock);
  good = wuyou_local_db_make_durable (self->db, &error);
  g_mutex_lock (&self->lock);
  if (!good)
    notify_failure (self, error);
}

/* Called with the lock held, returns with it: there is something to write, or the end. */
static void
wait_for_work (WuyouLocalWriter *self)
{
  while (self->waiting.length == 0 && !self->ending)
    if (self->first_unsynced == 0)
      g_cond_wait (&self->changed, &self->lock);
    else if (!g_cond_wait_until (&self->changed, &self->lock, get_sync_due (self)))
      sync_round (self);
  if (self->first_unsynced != 0 && g_get_monotonic_time () >= get_sync_due (self))
    sync_round (self);
}

/* One round: everything that waits now, in one commit. The lock is held on entry and exit, not between. */
static gboolean
write_round (WuyouLocalWriter *self)
{
  g_autoptr (GPtrArray) batch = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  gboolean good;

  for (GList *l = self->waiting.head; l != NULL; l = l->next)
    g_ptr_array_add (batch, l->data);
  g_mutex_unlock (&self->lock);
  good = commit_batch (self->db, batch, &error);
  g_mutex_lock (&self->lock);
  for (guint i = 0; good && i < batch->len; i++)
    write_free (g_queue_pop_head (&self->waiting));
  if (good) {
    self->failing = FALSE;
    note_unsynced (self);
  } else {
    notify_failure (self, error);
  }
  self->n_tried++;
  g_cond_broadcast (&self->changed);
  return good;
}

static gpointer
write_loop (gpointer data)
{
  WuyouLocalWriter *self = data;

  g_mutex_lock (&self->lock);
  for (;;) {
    gboolean good;

    wait_for_work (self);
    if (self->waiting.length == 0)
      break;
    good = write_round (self);
    if (!good && self->ending)
      break;
    if (!good)
      g_cond_wait_until (&self->changed, &self->lock, g_get_monotonic_time () + RETRY_AFTER);
  }
  g_mutex_unlock (&self->lock);
  return NULL;
}

WuyouLocalWriter *
wuyou_local_writer_new (WuyouLocalDb *db, void (*failed) (const GError *error, gpointer data), gpointer data)
{
  WuyouLocalWriter *self = g_new0 (WuyouLocalWriter, 1);

  self->db = db;
  self->failed = failed;
  self->data = data;
  self->context = g_main_context_ref_thread_default ();
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  g_queue_init (&self->waiting);
  self->thread = g_thread_new ("wuyou-local", write_loop, self);
  return self;
}

static void
queue_write (WuyouLocalWriter *self, int kind, const char *id, gint64 saved_at, GBytes *sealed)
{
  Write *write = g_new0 (Write, 1);

  write->kind = kind;
  write->id = g_strdup (id);
  write->saved_at = saved_at;
  write->sealed = sealed;
  g_mutex_lock (&self->lock);
  g_queue_push_tail (&self->waiting, write);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
}

void
wuyou_local_writer_put (WuyouLocalWriter *self, int kind, const char *id, gint64 saved_at, GBytes *sealed)
{
  queue_write (self, kind, id, saved_at, g_bytes_ref (sealed));
}

void
wuyou_local_writer_delete (WuyouLocalWriter *self, int kind, const char *id)
{
  queue_write (self, kind, id, 0, NULL);
}

gboolean
wuyou_local_writer_peek (WuyouLocalWriter *self, int kind, const char *id, gint64 *ret_saved_at, GBytes **ret_sealed)
{
  gboolean found = FALSE;

  g_mutex_lock (&self->lock);
  for (GList *l = self->waiting.tail; l != NULL && !found; l = l->prev) {
    Write *write = l->data;

    if (write->kind != kind || !g_str_equal (write->id, id))
      continue;
    found = TRUE;
    *ret_saved_at = write->saved_at;
    *ret_sealed = write->sealed != NULL ? g_bytes_ref (write->sealed) : NULL;
  }
  g_mutex_unlock (&self->lock);
  return found;
}

void
wuyou_local_writer_settle (WuyouLocalWriter *self, gint64 within)
{
  gint64 ends = g_get_monotonic_time () + within;

  g_mutex_lock (&self->lock);
  while (self->waiting.length > 0 && !self->failing)
    if (!g_cond_wait_until (&self->changed, &self->lock, ends))
      break;
  g_mutex_unlock (&self->lock);
}

gboolean
wuyou_local_writer_flush (WuyouLocalWriter *self)
{
  guint from;
  gboolean good;

  g_mutex_lock (&self->lock);
  from = self->n_tried;
  g_cond_broadcast (&self->changed);
  /* Two rounds at most: the one under way when we came may not have all of it. */
  while (self->waiting.length > 0 && self->n_tried < from + 2)
    g_cond_wait (&self->changed, &self->lock);
  good = self->waiting.length == 0;
  g_mutex_unlock (&self->lock);
  return good;
}

void
wuyou_local_writer_free (WuyouLocalWriter *self)
{
  g_mutex_lock (&self->lock);
  self->ending = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
  g_thread_join (self->thread);
  if (self->notice != NULL) {
    g_source_destroy (self->notice);
    g_source_unref (self->notice);
  }
  g_queue_clear_full (&self->waiting, (GDestroyNotify) write_free);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  g_main_context_unref (self->context);
  wuyou_local_db_close (self->db);
  g_free (self);
}
