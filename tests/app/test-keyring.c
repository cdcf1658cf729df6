/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "client/wuyou-keyring.h"
#include "wuyou-test.h"

/* Without a bus, and with one on which nobody keeps secrets: an answer soon, and a sentence for people. */
static void
on_probed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(int *) data = wuyou_keyring_probe_finish (result);
}

static void
test_no_service (void)
{
  int state = -1;

  wuyou_keyring_probe_async (NULL, on_probed_cb, &state);
  while (state < 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (state, ==, WUYOU_KEYRING_NO_SERVICE);
  g_assert_cmpstr (wuyou_keyring_sentence (state), !=, "");
  g_assert_cmpstr (wuyou_keyring_sentence (WUYOU_KEYRING_READY), ==, "");
}

typedef struct {
  gboolean done;
  char *secret;
  GError *error;
} Answer;

static void
on_stored_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Answer *answer = data;

  g_assert_false (wuyou_keyring_store_finish (result, &answer->error));
  answer->done = TRUE;
}

static void
on_looked_up_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Answer *answer = data;

  answer->secret = wuyou_keyring_lookup_finish (result, &answer->error);
  answer->done = TRUE;
}

static void
test_refused (void)
{
  Answer store = { FALSE, NULL, NULL };
  Answer lookup = { FALSE, NULL, NULL };

  wuyou_keyring_store_async ("slot", "secret", NULL, on_stored_cb, &store);
  wuyou_keyring_lookup_async ("slot", NULL, on_looked_up_cb, &lookup);
  while (!store.done || !lookup.done)
    g_main_context_iteration (NULL, TRUE);
  wuyou_test_expect_error (&store.error, WUYOU_ERROR_UNAVAILABLE, NULL);
  g_assert_null (lookup.secret);
  g_clear_error (&lookup.error);
}

static void
test_cancelled (void)
{
  Answer lookup = { FALSE, NULL, NULL };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  wuyou_keyring_lookup_async ("slot", cancellable, on_looked_up_cb, &lookup);
  while (!lookup.done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (lookup.secret);
  g_assert_nonnull (lookup.error);
  g_clear_error (&lookup.error);
}

int
main (int argc, char *argv[])
{
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
  wuyou_test_init (&argc, &argv);
  g_test_add_func ("/keyring/no-service", test_no_service);
  g_test_add_func ("/keyring/refused", test_refused);
  g_test_add_func ("/keyring/cancelled", test_cancelled);
  return g_test_run ();
}
