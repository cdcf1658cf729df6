/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "engine/wuyou-worker.h"

typedef struct {
  WuyouWork *first, *last;
  guint length;
} WorkQueue;

typedef struct _Sleeper Sleeper;
struct _Sleeper {
  GCond called;
  gboolean is_called;
  Sleeper *next;
};

/* A switch of threads costs more than a short handler. So one sleeper at a time is called, the one that slept last;
 * who takes work and sees more of it calls the next. Under load nobody sleeps and nobody is called. */
struct _WuyouWorkers {
  GMutex lock;
  WorkQueue fresh, again;
  guint limit;
  gboolean take_again; /* whose turn it is */
  Sleeper *sleepers;
  gboolean calling; /* one was called and is not there yet */
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

static void
call_one (WuyouWorkers *self)
{
  Sleeper *sleeper = self->sleepers;

  if (sleeper == NULL || self->calling)
    return;
  self->sleepers = sleeper->next;
  self->calling = TRUE;
  sleeper->is_called = TRUE;
  g_cond_signal (&sleeper->called);
}

static void
sleep_until_called (WuyouWorkers *self, Sleeper *sleeper)
{
  sleeper->is_called = FALSE;
  sleeper->next = self->sleepers;
  self->sleepers = sleeper;
  while (!sleeper->is_called)
    g_cond_wait (&sleeper->called, &self->lock);
  self->calling = FALSE;
}

static WuyouWork *
wait_for_work (WuyouWorkers *self, Sleeper *sleeper)
{
  WuyouWork *work;

  g_mutex_lock (&self->lock);
  while ((work = take_next (self)) == NULL && !self->stopped)
    sleep_until_called (self, sleeper);
  if (self->fresh.length + self->again.length > 0 || self->stopped)
    call_one (self);
  g_mutex_unlock (&self->lock);
  return work;
}

static gpointer
run_worker (gpointer data)
{
  WuyouWorkers *self = data;
  Sleeper sleeper = { 0 };
  WuyouWork *work;

  g_cond_init (&sleeper.called);
  while ((work = wait_for_work (self, &sleeper)) != NULL) {
    wuyou_metrics_add (self->metrics, WUYOU_GAUGE_QUEUE, -1);
    wuyou_metrics_add (self->metrics, WUYOU_GAUGE_WORKERS_BUSY, 1);
    work->run (work);
    wuyou_metrics_add (self->metrics, WUYOU_GAUGE_WORKERS_BUSY, -1);
  }
  g_cond_clear (&sleeper.called);
  return NULL;
}

WuyouWorkers *
wuyou_workers_new (guint n_threads, guint limit, WuyouMetrics *metrics)
{
  WuyouWorkers *self = g_new0 (WuyouWorkers, 1);

  g_mutex_init (&self->lock);
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
    call_one (self);
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
  call_one (self); /* each one that leaves calls the next */
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
  g_mutex_clear (&self->lock);
  g_free (self);
}
