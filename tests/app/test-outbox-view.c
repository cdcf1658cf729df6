/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
/* The window of what waits to be sent: files that nobody looks at any more where they belong. */
#include "config.h"

#include <adwaita.h>
#include <string.h>

#include "wuyou-app-test.h"
#include "wuyou-outbox-view.h"
#include "wuyou-test.h"
#include "wuyou-upload-line.h"

#define CONTRACT "01934f73-a800-7bd7-9265-caef53727401"
#define CLAIM "01934f73-a800-7bd7-9265-caef53727400"
#define PDF "%PDF-1.4 and nothing in it"
#define TOLD "The contract was cancelled meanwhile."
#define REFUSED "{\"code\":\"ILLEGAL_TRANSITION\",\"detail\":\"" TOLD "\"}"

static WuyouUploads *
get_uploads (WuyouAppTest *test)
{
  return wuyou_app_context_get_uploads (test->context);
}

static void
set_up (WuyouAppTest *test, gconstpointer data)
{
  wuyou_app_test_set_up (test);
  wuyou_app_test_sign_in (test, "[]");
  wuyou_app_test_show (test, wuyou_upload_line_new (test->context, TRUE));
}

static void
tear_down (WuyouAppTest *test, gconstpointer data)
{
  wuyou_uploads_forget (get_uploads (test));
  wuyou_local_close (wuyou_app_context_get_local (test->context));
  wuyou_app_test_tear_down (test);
}

static WuyouUploadItem *
add (WuyouAppTest *test, WuyouUploadOf of, const char *slot)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (PDF, strlen (PDF));

  return wuyou_uploads_add (get_uploads (test),
                            &(WuyouUploadFile){ .bytes = bytes,
                                                .name = "policy.pdf",
                                                .of = of,
                                                .record = of == WUYOU_UPLOAD_OF_CLAIM ? CLAIM : CONTRACT,
                                                .slot = slot,
                                                .phase = of == WUYOU_UPLOAD_OF_CLAIM });
}

/* A document that was refused, of a contract that nobody opens again. */
static void
refuse_document (WuyouAppTest *test)
{
  wuyou_fake_server_say_json (test->server, "POST /v1/documents", 409, REFUSED);
  add (test, WUYOU_UPLOAD_OF_CONTRACT, "POLICY");
  WUYOU_APP_TEST_WAIT_FOR (wuyou_uploads_get_n_refused (get_uploads (test)) == 1);
}

static GtkWidget *
find_window (GType type, const char *title)
{
  g_autoptr (GList) tops = gtk_window_list_toplevels ();

  for (GList *l = tops; l != NULL; l = l->next)
    if (g_type_is_a (G_OBJECT_TYPE (l->data), type)
        && (title == NULL || g_strcmp0 (gtk_window_get_title (l->data), title) == 0))
      return l->data;
  return NULL;
}

static GtkWidget *
present (WuyouAppTest *test)
{
  GtkWidget *window;

  wuyou_outbox_view_present (test->context, GTK_WINDOW (test->window));
  window = find_window (ADW_TYPE_WINDOW, "Waiting to be sent");
  g_assert_nonnull (window);
  wuyou_app_test_pump (50);
  return window;
}

static void
press (GtkWidget *root, const char *name)
{
  g_signal_emit_by_name (wuyou_app_test_find (root, GTK_TYPE_BUTTON, name), "clicked");
}

static void
close_window (GtkWidget *window)
{
  gtk_window_destroy (GTK_WINDOW (window));
  wuyou_app_test_pump (50);
}

/* Seen from everywhere, with its reason; tried again it goes, and nothing is left to show. */
static void
test_retry (WuyouAppTest *test, gconstpointer data)
{
  GtkWidget *window;

  refuse_document (test);
  g_assert_true (wuyou_app_test_has_text (test->window, "1 file was not taken"));
  window = present (test);
  g_assert_true (wuyou_app_test_has_text (window, "policy.pdf"));
  g_assert_true (wuyou_app_test_has_text (window, "Contract · " TOLD));
  wuyou_app_test_assert_named (window);
  wuyou_fake_server_say_json (test->server, "POST /v1/documents", 201, "{\"document\":{\"state\":\"AVAILABLE\"}}");
  press (window, "Try again");
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (window, "Everything is sent"));
  g_assert_false (wuyou_app_test_has_text (window, "policy.pdf"));
  g_assert_false (wuyou_app_test_has_text (test->window, "was not taken"));
  close_window (window);
}

/* What is not on its way is not said to be. */
static void
test_away (WuyouAppTest *test, gconstpointer data)
{
  wuyou_fake_server_say (test->server, "POST /v1/documents", /* what stands before the network answers for it */
                         &(WuyouFakeAnswer){ .status = 200, .type = "text/html", .body = "<html>" });
  add (test, WUYOU_UPLOAD_OF_CONTRACT, "POLICY");
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (test->window, "1 file waits to be sent"));
  g_assert_false (wuyou_app_test_has_text (test->window, "is being uploaded"));
}

/* Its copy is the last that is certain to be there: asked first. */
static void
test_dismiss (WuyouAppTest *test, gconstpointer data)
{
  GtkWidget *window, *dialog;

  refuse_document (test);
  window = present (test);
  press (window, "Dismiss");
  dialog = find_window (ADW_TYPE_MESSAGE_DIALOG, NULL);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  close_window (dialog);
  g_assert_true (wuyou_app_test_has_text (window, "policy.pdf"));
  press (window, "Dismiss");
  dialog = find_window (ADW_TYPE_MESSAGE_DIALOG, NULL);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "discard");
  close_window (dialog);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (window, "Everything is sent"));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (get_uploads (test))), ==, 0);
  close_window (window);
}

/* A claim's, destroyed by the server: there is nothing to try again and nothing to ask about. */
static void
test_destroyed (WuyouAppTest *test, gconstpointer data)
{
  GtkWidget *window = present (test);

  wuyou_fake_server_say_json (test->server, "POST /v1/evidence", 201, "{\"evidence\":{\"state\":\"INFECTED\"}}");
  g_assert_true (wuyou_app_test_has_text (window, "Everything is sent"));
  add (test, WUYOU_UPLOAD_OF_CLAIM, "LOSS_NOTICE");
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (window, "Claim · The scanner found something harmful."));
  press (window, "Dismiss");
  g_assert_null (find_window (ADW_TYPE_MESSAGE_DIALOG, NULL));
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (window, "Everything is sent"));
  close_window (window);
}

/* What waits for the server because it asked for patience is tried at once when a person wants it. */
static void
test_send_now (WuyouAppTest *test, gconstpointer data)
{
  WuyouUploadItem *item;
  GtkWidget *window;

  wuyou_fake_server_say (
      test->server, "POST /v1/documents",
      &(WuyouFakeAnswer){ .status = 503, .body = "{\"code\":\"BUSY\"}", .header = "Retry-After", .value = "30" });
  item = add (test, WUYOU_UPLOAD_OF_CONTRACT, "POLICY");
  WUYOU_APP_TEST_WAIT_FOR (wuyou_upload_item_get_state (item) == WUYOU_UPLOAD_ITEM_WAITING);
  window = present (test);
  g_assert_true (wuyou_app_test_has_text (window, "Files are being uploaded"));
  wuyou_fake_server_forget (test->server, "POST /v1/documents");
  wuyou_fake_server_say_json (test->server, "POST /v1/documents", 201, "{\"document\":{\"state\":\"AVAILABLE\"}}");
  press (window, "_Send Now");
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (window, "Everything is sent"));
  g_assert_false (wuyou_app_test_has_text (window, "Send Now"));
  close_window (window);
}

static void
on_place_requested_cb (char **place, const char *page, const char *record)
{
  g_free (*place);
  *place = g_strdup_printf ("%s/%s", page, record);
}

/* What waits for somebody to say what it is is found here too, and the way to where that is done. */
static void
test_go (WuyouAppTest *test, gconstpointer of)
{
  gboolean claim = GPOINTER_TO_INT (of) == WUYOU_UPLOAD_OF_CLAIM;
  g_autofree char *place = NULL;
  GtkWidget *window;

  if (claim)
    add (test, WUYOU_UPLOAD_OF_CLAIM, NULL);
  else
    refuse_document (test);
  window = present (test);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (window, claim ? "Claim · Say which document this is" : TOLD));
  g_signal_connect_swapped (test->context, "place-requested", G_CALLBACK (on_place_requested_cb), &place);
  press (window, "Show where it belongs");
  g_assert_cmpstr (place, ==, claim ? "claims/" CLAIM : "sales/" CONTRACT);
  wuyou_app_test_pump (50);
  g_assert_null (find_window (ADW_TYPE_WINDOW, "Waiting to be sent"));
  g_signal_handlers_disconnect_by_data (test->context, &place);
}

/* Another run tries it once more and tells again. */
static void
test_restart (WuyouAppTest *test, gconstpointer data)
{
  GtkWidget *window;

  refuse_document (test);
  wuyou_uploads_forget (get_uploads (test));
  g_assert_false (wuyou_app_test_has_text (test->window, "was not taken"));
  wuyou_uploads_restore (get_uploads (test));
  WUYOU_APP_TEST_WAIT_FOR (wuyou_uploads_get_n_refused (get_uploads (test)) == 1);
  window = present (test);
  g_assert_true (wuyou_app_test_has_text (window, "Contract · " TOLD));
  close_window (window);
}

int
main (int argc, char **argv)
{
  wuyou_app_test_init (&argc, &argv);
#define ADD(path, data, run) g_test_add (path, WuyouAppTest, data, set_up, run, tear_down)
  ADD ("/outbox-view/retry", NULL, test_retry);
  ADD ("/outbox-view/away", NULL, test_away);
  ADD ("/outbox-view/dismiss", NULL, test_dismiss);
  ADD ("/outbox-view/destroyed", NULL, test_destroyed);
  ADD ("/outbox-view/send-now", NULL, test_send_now);
  ADD ("/outbox-view/go/claim", GINT_TO_POINTER (WUYOU_UPLOAD_OF_CLAIM), test_go);
  ADD ("/outbox-view/go/contract", GINT_TO_POINTER (WUYOU_UPLOAD_OF_CONTRACT), test_go);
  ADD ("/outbox-view/restart", NULL, test_restart);
  return g_test_run ();
}
