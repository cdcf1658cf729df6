/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <adwaita.h>

#include "accounts/wuyou-sign-out.h"
#include "wuyou-app-test.h"
#include "wuyou-test.h"
#include "wuyou-window.h"

#define CREATE "POST /v1/evidence"
#define SIGN_OUT "DELETE /v1/session"
#define CLAIM "0199a0b1-0000-7000-8000-0000000000c1"
#define ARRIVED "{\"evidence\":{\"state\":\"AVAILABLE\"}}"

typedef struct {
  WuyouAppTest app;
  WuyouWindow *window;
} Fixture;

static GtkApplication *application; /* a second one cannot be registered on the same bus */

static void
set_up (Fixture *f, gconstpointer data)
{
  wuyou_app_test_set_up (&f->app);
  f->window = wuyou_window_new (application, f->app.context);
  gtk_window_present (GTK_WINDOW (f->window));
  wuyou_app_test_sign_in (&f->app, "[]");
  wuyou_fake_server_say_json (f->app.server, SIGN_OUT, 204, NULL);
  wuyou_fake_server_say_json (f->app.server, CREATE, 503, "{\"code\":\"UNAVAILABLE\"}");
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (f->window));
  wuyou_app_test_pump (50);
  wuyou_app_test_tear_down (&f->app);
}

static WuyouUploads *
get_uploads (Fixture *f)
{
  return wuyou_app_context_get_uploads (f->app.context);
}

static WuyouUploadItem *
add_file (Fixture *f)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("%PDF-1.7\n%%EOF\n", 15);

  return wuyou_uploads_add (
      get_uploads (f),
      &(WuyouUploadFile){ .bytes = bytes, .name = "notice.pdf", .record = CLAIM, .slot = "LOSS_NOTICE", .phase = 1 });
}

static gboolean
is_signed_out (Fixture *f)
{
  return g_strcmp0 (wuyou_window_get_view (f->window), "sign-in") == 0;
}

static void
ask_to_sign_out (Fixture *f)
{
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.sign-out", NULL);
}

static AdwMessageDialog *
find_question (void)
{
  g_autoptr (GListModel) windows = g_object_ref (gtk_window_get_toplevels ());

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

    if (ADW_IS_MESSAGE_DIALOG (window) && gtk_widget_get_visible (window))
      return ADW_MESSAGE_DIALOG (window);
  }
  return NULL;
}

/* A file that was not uploaded is a reason to ask, as a change is. */
static void
test_asked (Fixture *f, gconstpointer data)
{
  WuyouUploadItem *item = add_file (f);

  WUYOU_APP_TEST_WAIT_FOR (wuyou_upload_item_get_state (item) == WUYOU_UPLOAD_ITEM_WAITING);
  ask_to_sign_out (f);
  g_assert_false (is_signed_out (f));
  g_assert_nonnull (find_question ());
  g_assert_nonnull (strstr (adw_message_dialog_get_body (find_question ()), "1 file has not been uploaded"));
  adw_message_dialog_response (find_question (), "stay");
  wuyou_app_test_pump (50);
  g_assert_false (is_signed_out (f));
  ask_to_sign_out (f);
  adw_message_dialog_response (find_question (), "out");
  WUYOU_APP_TEST_WAIT_FOR (is_signed_out (f));
}

static void
test_nothing_waits (Fixture *f, gconstpointer data)
{
  ask_to_sign_out (f);
  g_assert_null (find_question ());
  g_assert_true (is_signed_out (f));
}

/* Paused ones go on, as that was asked for. */
static void
test_sent_first (Fixture *f, gconstpointer data)
{
  WuyouUploadItem *item = add_file (f);

  WUYOU_APP_TEST_WAIT_FOR (wuyou_upload_item_get_state (item) == WUYOU_UPLOAD_ITEM_WAITING);
  wuyou_uploads_pause (get_uploads (f), NULL, TRUE);
  ask_to_sign_out (f);
  adw_message_dialog_response (find_question (), "send");
  wuyou_app_test_pump (200);
  g_assert_false (is_signed_out (f));
  g_assert_true (wuyou_app_test_has_text (GTK_WIDGET (f->window), "signed out as soon as everything is sent"));
  wuyou_fake_server_say_json (f->app.server, CREATE, 201, ARRIVED);
  WUYOU_APP_TEST_WAIT_FOR (is_signed_out (f));
  wuyou_app_test_pump (600);
  g_assert_false (wuyou_app_test_has_text (GTK_WIDGET (f->window), "signed out as soon as everything is sent"));
}

static void
test_stayed (Fixture *f, gconstpointer data)
{
  WuyouUploadItem *item = add_file (f);

  WUYOU_APP_TEST_WAIT_FOR (wuyou_upload_item_get_state (item) == WUYOU_UPLOAD_ITEM_WAITING);
  wuyou_sign_out_after_sending (f->app.context);
  wuyou_app_test_pump (50);
  g_signal_emit_by_name (wuyou_app_test_find (GTK_WIDGET (f->window), GTK_TYPE_BUTTON, "_Stay"), "clicked");
  wuyou_fake_server_say_json (f->app.server, CREATE, 201, ARRIVED);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_uploads_get_n_waiting (get_uploads (f)) == 0);
  wuyou_app_test_pump (50);
  g_assert_false (is_signed_out (f));
}

/* What was added a moment ago is on this computer before its folder is closed. */
static void
test_sealed_first (Fixture *f, gconstpointer data)
{
  WuyouUploadItem *item = add_file (f);

  g_assert_cmpint (wuyou_upload_item_get_state (item), ==, WUYOU_UPLOAD_ITEM_COPYING);
  wuyou_sign_out_now (f->app.context);
  g_assert_false (is_signed_out (f));
  WUYOU_APP_TEST_WAIT_FOR (is_signed_out (f));
  wuyou_app_test_sign_in (&f->app, "[]");
  wuyou_uploads_restore (get_uploads (f));
  g_assert_cmpuint (wuyou_uploads_get_n_waiting (get_uploads (f)), ==, 1);
}

/* Signed out by somebody else while it waits: nothing is left that would sign the next person out. */
static void
test_ended_meanwhile (Fixture *f, gconstpointer data)
{
  WuyouUploadItem *item = add_file (f);

  WUYOU_APP_TEST_WAIT_FOR (wuyou_upload_item_get_state (item) == WUYOU_UPLOAD_ITEM_WAITING);
  wuyou_sign_out_after_sending (f->app.context);
  wuyou_app_context_end_session (f->app.context, FALSE, NULL);
  g_assert_true (is_signed_out (f));
  wuyou_app_test_sign_in (&f->app, "[]");
  g_object_notify (G_OBJECT (get_uploads (f)), "progress");
  wuyou_app_test_pump (50);
  g_assert_false (is_signed_out (f));
  g_assert_cmpuint (wuyou_fake_server_count (f->app.server, SIGN_OUT), ==, 0);
}

int
main (int argc, char *argv[])
{
  int rc;

  wuyou_app_test_init (&argc, &argv);
  application = GTK_APPLICATION (adw_application_new ("org.wuyou.Test", G_APPLICATION_NON_UNIQUE));
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
#define ADD(name, function) g_test_add ("/sign-out/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("asked", test_asked);
  ADD ("nothing-waits", test_nothing_waits);
  ADD ("sent-first", test_sent_first);
  ADD ("stayed", test_stayed);
  ADD ("sealed-first", test_sealed_first);
  ADD ("ended-meanwhile", test_ended_meanwhile);
  rc = g_test_run ();
  g_object_unref (application);
  return rc;
}
