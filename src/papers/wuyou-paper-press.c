/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-paper-press.h"

#include "base/wuyou-error.h"

#define MAX_WAITING 32 /* some seconds of work */

typedef struct {
  WuyouPaperPressFunc func;
  gpointer data;
  GBytes *pdf;
  GError *error;
  GMutex lock;
  GCond cond;
  gboolean done;
} Task;

static void
run_task (gpointer data, gpointer user_data)
{
  Task *task = data;

  task->pdf = task->func (task->data, &task->error);
  g_mutex_lock (&task->lock);
  task->done = TRUE;
  g_cond_signal (&task->cond);
  g_mutex_unlock (&task->lock);
}

/* Cairo's locks are the process's, so is the thread; it ends with it. */
static GThreadPool *
get_press (void)
{
  static GThreadPool *press = NULL;

  if (g_once_init_enter (&press)) {
    GThreadPool *pool = g_thread_pool_new (run_task, NULL, 1, TRUE, NULL);

    g_once_init_leave (&press, pool);
  }
  return press;
}

static void
wait_for (Task *task)
{
  g_mutex_lock (&task->lock);
  while (!task->done)
    g_cond_wait (&task->cond, &task->lock);
  g_mutex_unlock (&task->lock);
}

GBytes *
wuyou_paper_press_run (WuyouPaperPressFunc func, gpointer data, GError **error)
{
  Task task = { .func = func, .data = data };

  if (g_thread_pool_unprocessed (get_press ()) >= MAX_WAITING) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_BUSY, "too many papers wait");
    return NULL;
  }
  g_mutex_init (&task.lock);
  g_cond_init (&task.cond);
  g_thread_pool_push (get_press (), &task, NULL);
  wait_for (&task);
  g_cond_clear (&task.cond);
  g_mutex_clear (&task.lock);
  if (task.error != NULL)
    g_propagate_error (error, task.error);
  return task.pdf;
}
