/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <adwaita.h>
#include <string.h>

#include "sales/wuyou-verify-dialog.h"
#include "widgets/wuyou-busy-button.h"
#include "wuyou-app-test.h"

static void
set_up (WuyouAppTest *test, gconstpointer data)
{
  wuyou_app_test_set_up (test);
  wuyou_app_test_sign_in (test, "[]");
}

static void
tear_down (WuyouAppTest *test, gconstpointer data)
{
  wuyou_local_close (wuyou_app_context_get_local (test->context));
  wuyou_app_test_tear_down (test);
}

static GtkWidget *
find_transient (GtkWidget *window)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (gtk_window_get_transient_for (l->data) == GTK_WINDOW (window))
      return l->data;
  return NULL;
}

/* A copy is checked by the text of its code; what takes long can be stopped and tried again. */
static void
test_verify (WuyouAppTest *test, gconstpointer data)
{
  static const char call[] = "POST /v1/papers/verify";
  GtkWidget *owner = gtk_label_new (""), *dialog, *entry, *button;

  wuyou_fake_server_say (test->server, call, &(WuyouFakeAnswer){ .hang = TRUE });
  wuyou_app_test_show (test, owner);
  wuyou_verify_dialog_present (test->context, owner);
  dialog = find_transient (test->window);
  entry = wuyou_app_test_find (dialog, GTK_TYPE_TEXT_VIEW, NULL);
  button = wuyou_app_test_find (dialog, WUYOU_TYPE_BUSY_BUTTON, NULL);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (entry)), " WY1.abc ", -1);
  wuyou_busy_button_press (WUYOU_BUSY_BUTTON (button));
  WUYOU_APP_TEST_WAIT_FOR (wuyou_fake_server_count (test->server, call) == 1);
  g_assert_nonnull (strstr (wuyou_fake_server_last (test->server, call, NULL), "\"WY1.abc\""));
  g_signal_emit_by_name (button, "cancelled");
  WUYOU_APP_TEST_WAIT_FOR (!wuyou_busy_button_get_busy (WUYOU_BUSY_BUTTON (button)));
  wuyou_fake_server_say_json (test->server, call, 200, "{\"valid\":false}");
  wuyou_busy_button_press (WUYOU_BUSY_BUTTON (button));
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (dialog, "Not genuine"));
  gtk_window_destroy (GTK_WINDOW (dialog));
}

int
main (int argc, char **argv)
{
  wuyou_app_test_init (&argc, &argv);
  g_test_add ("/verify/stopped", WuyouAppTest, NULL, set_up, test_verify, tear_down);
  return g_test_run ();
}
