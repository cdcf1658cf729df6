/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "demo/wuyou-demo-pipeline.h"

#define AHEAD 2 /* chunks a thread that may wait to be taken */

typedef struct {
  const WuyouDemoPipeline *pipeline;
  GMutex lock;
  GCond changed;
  gpointer *ready; /* by chunk modulo window */
  guint window;
  guint next;  /* chunk to be prepared */
  guint taken; /* chunks below it were taken */
  gboolean stop;
  GError *error;
} Run;

/* The next chunk to prepare, once there is room for it. FALSE: nothing is left. */
static gboolean
claim (Run *run, guint *ret_chunk)
{
  gboolean claimed;

  g_mutex_lock (&run->lock);
  while (!run->stop && run->next < run->pipeline->n && run->next >= run->taken + run->window)
    g_cond_wait (&run->changed, &run->lock);
  claimed = !run->stop && run->next < run->pipeline->n;
  if (claimed)
    *ret_chunk = run->next++;
  g_mutex_unlock (&run->lock);
  return claimed;
}

static void
deliver (Run *run, guint chunk, gpointer prepared, GError *error)
{
  g_mutex_lock (&run->lock);
  if (prepared != NULL)
    run->ready[chunk % run->window] = prepared;
  else {
    run->stop = TRUE;
    if (run->error == NULL)
      run->error = g_steal_pointer (&error);
    g_clear_error (&error);
  }
  g_cond_broadcast (&run->changed);
  g_mutex_unlock (&run->lock);
}

static gpointer
run_thread (gpointer data)
{
  Run *run = data;
  guint chunk;

  while (claim (run, &chunk)) {
    GError *error = NULL;
    gpointer prepared = run->pipeline->prepare (chunk, run->pipeline->data, &error);

    deliver (run, chunk, prepared, error);
  }
  return NULL;
}

/* Waits for chunk @chunk. NULL when there will be none. */
static gpointer
await (Run *run, guint chunk)
{
  gpointer prepared;

  g_mutex_lock (&run->lock);
  while (!run->stop && run->ready[chunk % run->window] == NULL)
    g_cond_wait (&run->changed, &run->lock);
  prepared = run->stop ? NULL : g_steal_pointer (&run->ready[chunk % run->window]);
  run->taken = chunk + 1;
  g_cond_broadcast (&run->changed);
  g_mutex_unlock (&run->lock);
  return prepared;
}

static void
stop (Run *run)
{
  g_mutex_lock (&run->lock);
  run->stop = TRUE;
  g_cond_broadcast (&run->changed);
  g_mutex_unlock (&run->lock);
}

static gboolean
take_all (Run *run, GError **error)
{
  const WuyouDemoPipeline *pipeline = run->pipeline;

  for (guint chunk = 0; chunk < pipeline->n; chunk++) {
    gpointer prepared = await (run, chunk);

    if (prepared == NULL || !pipeline->take (chunk, prepared, pipeline->data, error))
      return FALSE;
  }
  return TRUE;
}

static void
clear (Run *run)
{
  for (guint i = 0; i < run->window; i++)
    g_clear_pointer (&run->ready[i], run->pipeline->drop);
  g_free (run->ready);
  g_mutex_clear (&run->lock);
  g_cond_clear (&run->changed);
}

gboolean
wuyou_demo_pipeline_run (const WuyouDemoPipeline *pipeline, GError **error)
{
  guint n = MAX (pipeline->threads, 1);
  Run run = { .pipeline = pipeline, .window = n * AHEAD };
  g_autofree GThread **threads = g_new0 (GThread *, n);
  gboolean ok;

  g_mutex_init (&run.lock);
  g_cond_init (&run.changed);
  run.ready = g_new0 (gpointer, run.window);
  for (guint i = 0; i < n; i++)
    threads[i] = g_thread_new ("demo", run_thread, &run);
  ok = take_all (&run, error);
  stop (&run);
  for (guint i = 0; i < n; i++)
    g_thread_join (threads[i]);
  clear (&run);
  if (run.error != NULL) {
    if (error != NULL && *error == NULL)
      g_propagate_error (error, g_steal_pointer (&run.error));
    g_clear_error (&run.error);
  }
  return ok;
}
