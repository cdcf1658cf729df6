/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "base/wuyou-error.h"
#include "wuyou-paper-press.h"
#include "wuyou-paper-sample.h"
#include "wuyou-test.h"

#define THREADS 24
#define MANY 40

static GBytes *
render (gpointer data, GError **error)
{
  const WuyouPaperMetadata metadata = { "合同", NULL, NULL, WUYOU_TEST_NOW };
  g_autoptr (WuyouPaperSample) sample = wuyou_paper_sample_new ();
  g_autoptr (WuyouPaper) paper = wuyou_contract_paper_new (&sample->input, WUYOU_CONTRACT_PAPER_LEGAL, NULL);

  return wuyou_paper_to_pdf (paper, &metadata, error);
}

static gpointer
print (gpointer data)
{
  GBytes *pdf = wuyou_paper_press_run (render, NULL, NULL);

  g_assert_nonnull (pdf);
  return pdf;
}

/* From many threads at once, each its own paper, and all the same bytes. */
static void
test_many (void)
{
  GThread *threads[THREADS];
  g_autoptr (GBytes) first = print (NULL);

  for (guint i = 0; i < THREADS; i++)
    threads[i] = g_thread_new ("print", print, NULL);
  for (guint i = 0; i < THREADS; i++) {
    g_autoptr (GBytes) pdf = g_thread_join (threads[i]);

    g_assert_true (g_bytes_equal (pdf, first));
  }
}

static GMutex gate;

static GBytes *
pass_gate (gpointer data, GError **error)
{
  g_mutex_lock (&gate);
  g_mutex_unlock (&gate);
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_INTERNAL, "nothing drawn");
  return NULL;
}

static gpointer
queue (gpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (wuyou_paper_press_run (pass_gate, NULL, &error));
  if (g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_INTERNAL))
    return NULL;
  wuyou_test_expect_error (&error, WUYOU_ERROR_BUSY, NULL);
  g_atomic_int_inc ((int *) data);
  return NULL;
}

/* One that hangs holds up a queue, not the whole server. */
static void
test_busy (void)
{
  GThread *threads[MANY];
  int refused = 0;

  g_mutex_lock (&gate);
  for (guint i = 0; i < MANY; i++)
    threads[i] = g_thread_new ("queue", queue, &refused);
  for (guint i = 0; i < 500 && g_atomic_int_get (&refused) == 0; i++)
    g_usleep (10000);
  g_assert_cmpint (g_atomic_int_get (&refused), >, 0);
  g_mutex_unlock (&gate);
  for (guint i = 0; i < MANY; i++)
    g_thread_join (threads[i]);
  g_assert_cmpint (refused, <, MANY / 2);
}

int
main (int argc, char **argv)
{
  wuyou_test_init (&argc, &argv);
  g_test_add_func ("/papers/press/many", test_many);
  g_test_add_func ("/papers/press/busy", test_busy);
  return g_test_run ();
}
