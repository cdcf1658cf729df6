/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-worker.h"

typedef struct {
  WuyouWork *first, *last;
  guint length;
} WorkQueue;

struct _WuyouWorkers {
  GMutex lock;
  GCond available;
  WorkQueue fresh, again;
  guint limit;
  gboolean take_again; /* whose turn it is */
  gboolean stopped;
  GPtrArray *threads;
  WuyouMetrics *metrics;
};

static void
append (WorkQueue *queue, WuyouWork *work)
{
  work->next = NULL;
  if (queue->last != NULL)
    queue->last->next = work;
  else
    queue->first = work;
  queue->last = work;
  queue->length++;
}

static WuyouWork *
take (WorkQueue *queue)
{
  WuyouWork *work = queue->first;

  if (work == NULL)
    return NULL;
  queue->first = work->next;
  if (queue->first == NULL)
    queue->last = NULL;
  queue->length--;
  return work;
}

static WuyouWork *
take_next (WuyouWorkers *self)
{
  WorkQueue *one = self->take_again ? &self->again : &self->fresh;
  WorkQueue *other = self->take_again ? &self->fresh : &self->again;
  WuyouWork *work = take (one);

  self->take_again = !self->take_again;
  return work != NULL ? work : take (other);
}

static WuyouWork *
wait_for_work (WuyouWorkers *self)
{
  WuyouWork *work;

  g_mutex_lock (&self->lock);
  while ((work = take_next (self)) == NULL && !self->stopped)
    g_cond_wait (&self->available, &self->lock);
  g_mutex_unlock (&self->lock);
  return work;
}

static gpointer
run_worker (gpointer data)
{
  WuyouWorkers *self = data;
  WuyouWork *work;

  while ((work = wait_for_work (self)) != NULL) {
    wuyou_metrics_add (self->metrics, WUYOU_GAUGE_QUEUE, -1);
    wuyou_metrics_add (self->metrics, WUYOU_GAUGE_WORKERS_BUSY, 1);
    work->run (work);
    wuyou_metrics_add (self->metrics, WUYOU_GAUGE_WORKERS_BUSY, -1);
  }
  return NULL;
}

WuyouWorkers *
wuyou_workers_new (guint n_threads, guint limit, WuyouMetrics *metrics)
{
  WuyouWorkers *self = g_new0 (WuyouWorkers, 1);

  g_mutex_init (&self->lock);
  g_cond_init (&self->available);
  self->limit = limit;
  self->metrics = metrics;
  self->threads = g_ptr_array_new ();
  for (guint i = 0; i < n_threads; i++)
    g_ptr_array_add (self->threads, g_thread_new ("wuyou-worker", run_worker, self));
  wuyou_metrics_add (metrics, WUYOU_GAUGE_WORKERS, n_threads);
  return self;
}

static gboolean
push (WuyouWorkers *self, WorkQueue *queue, guint limit, WuyouWork *work)
{
  gboolean taken;

  g_mutex_lock (&self->lock);
  taken = !self->stopped && queue->length < limit;
  if (taken) {
    append (queue, work);
    wuyou_metrics_add (self->metrics, WUYOU_GAUGE_QUEUE, 1);
    g_cond_signal (&self->available);
  }
  g_mutex_unlock (&self->lock);
  return taken;
}

gboolean
wuyou_workers_push (WuyouWorkers *self, WuyouWork *work)
{
  return push (self, &self->fresh, self->limit, work);
}

gboolean
wuyou_workers_again (WuyouWorkers *self, WuyouWork *work)
{
  return push (self, &self->again, G_MAXUINT, work);
}

void
wuyou_workers_stop (WuyouWorkers *self)
{
  g_mutex_lock (&self->lock);
  self->stopped = TRUE;
  g_cond_broadcast (&self->available);
  g_mutex_unlock (&self->lock);
  wuyou_metrics_add (self->metrics, WUYOU_GAUGE_WORKERS, -(gint64) self->threads->len);
  for (guint i = 0; i < self->threads->len; i++)
    g_thread_join (self->threads->pdata[i]);
  g_ptr_array_set_size (self->threads, 0);
}

void
wuyou_workers_free (WuyouWorkers *self)
{
  if (self == NULL)
    return;
  wuyou_workers_stop (self);
  g_ptr_array_unref (self->threads);
  g_cond_clear (&self->available);
  g_mutex_clear (&self->lock);
  g_free (self);
}
