/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <adwaita.h>
#include <string.h>

#include "base/wuyou-json.h"
#include "sales/wuyou-contract-detail.h"
#include "sales/wuyou-contract-words.h"
#include "sales/wuyou-step-dialog.h"
#include "widgets/wuyou-busy-button.h"
#include "wuyou-app-test.h"
#include "wuyou-test.h"

#define ID "01934f73-a800-7bd7-9265-caef53727400"
#define SCAN "01934f73-a800-7bd7-9265-caef53727401"
#define ACT "POST /v1/contracts/" ID "/actions/"

#define CONTRACT(members)                                                                                              \
  "{\"contract\":{\"id\":\"" ID "\",\"version\":7,\"number\":\"WY-2026-0000481\",\"received_fen\":398000,"             \
  "\"effective_on\":\"2025-01-10\",\"ends_on\":\"2028-01-09\"," members "},"                                           \
  "\"product\":{\"name\":\"T\",\"cancellation\":{\"notice_days\":60,\"method\":\"DAILY\","                             \
  "\"day_of_cancellation\":\"INCLUDED\",\"refund_within_days\":60,\"gift_refundable\":false}},"                        \
  "\"documents\":[{\"id\":\"" SCAN "\",\"contract_id\":\"" ID "\",\"slot\":\"CANCEL_REQUEST\","                        \
  "\"state\":\"AVAILABLE\",\"file_name\":\"a.pdf\",\"size\":9}],\"timeline\":[],\"papers\":[],\"actions\":["
#define ACTIVE                                                                                                         \
  CONTRACT ("\"state\":\"ACTIVE\"") "{\"action\":\"request-cancel\",\"to\":\"CANCEL_REQUESTED\",\"allowed\":true}]}"
#define QUOTE                                                                                                          \
  "{\\\"rule\\\":{\\\"method\\\":\\\"DAILY\\\",\\\"day_of_cancellation\\\":\\\"EXCLUDED\\\"},\\\"units\\\":1095,"      \
  "\\\"with_day\\\":{\\\"used\\\":173,\\\"refund_fen\\\":335120},"                                                     \
  "\\\"without_day\\\":{\\\"used\\\":172,\\\"refund_fen\\\":335483},\\\"refund_fen\\\":335483}"
#define CANCELLED                                                                                                      \
  CONTRACT ("\"state\":\"CANCELLED\",\"cancel_on\":\"2025-07-01\",\"refund_fen\":335483,"                              \
            "\"refund_state\":\"APPROVED\",\"refund_due_on\":\"2025-08-30\",\"refund_json\":\"" QUOTE "\"")            \
  "{\"action\":\"refund\",\"to\":\"CANCELLED\",\"allowed\":true}]}"

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

static void
on_done_cb (JsonObject *answer, const char *etag G_GNUC_UNUSED, gpointer data)
{
  *(int *) data = answer != NULL ? 1 : -1;
}

/* The dialog of a step over a window of the test; borrowed. */
static GtkWidget *
present (WuyouAppTest *test, const char *json, const char *action, int *done)
{
  g_autoptr (JsonObject) answer = wuyou_json_parse_object (json, strlen (json), NULL);
  g_autoptr (WuyouDossier) dossier = NULL;
  g_autoptr (GError) error = NULL;
  GtkWidget *owner = gtk_label_new ("");
  g_autoptr (GList) tops = NULL;
  GtkWidget *dialog = NULL;

  g_assert_nonnull (answer);
  dossier = wuyou_dossier_new (answer, NULL, &error);
  g_assert_no_error (error);
  wuyou_app_test_show (test, owner);
  wuyou_step_dialog_present (test->context, owner, dossier, action, on_done_cb, done);
  tops = gtk_window_list_toplevels ();
  for (GList *l = tops; l != NULL; l = l->next)
    if (gtk_window_get_transient_for (l->data) == GTK_WINDOW (test->window))
      dialog = l->data;
  g_assert_nonnull (dialog);
  wuyou_app_test_pump (50);
  return dialog;
}

static void
enter (GtkWidget *dialog, const char *title, const char *text)
{
  GtkWidget *row = wuyou_app_test_find (dialog, ADW_TYPE_ENTRY_ROW, title);

  gtk_editable_set_text (GTK_EDITABLE (row), text);
  wuyou_app_test_pump (10);
}

static void
press (GtkWidget *dialog)
{
  wuyou_busy_button_press (WUYOU_BUSY_BUTTON (wuyou_app_test_find (dialog, WUYOU_TYPE_BUSY_BUTTON, NULL)));
  wuyou_app_test_pump (10);
}

static gint64
read_sent (WuyouAppTest *test, const char *call, const char *member)
{
  const char *body = wuyou_fake_server_last (test->server, call, NULL);
  g_autoptr (JsonObject) sent = wuyou_json_parse_object (body, strlen (body), NULL);

  return wuyou_json_get_int (sent, member);
}

/* What the owner gets back is shown for the day that is typed, by both counts, and it is what is sent. */
static void
test_quote_before_sending (WuyouAppTest *test, gconstpointer data)
{
  int done = 0;
  GtkWidget *dialog = present (test, ACTIVE, "request-cancel", &done);

  wuyou_app_test_assert_named (dialog);
  enter (dialog, "Owner’s request of", "2025-05-02");
  g_assert_true (wuyou_app_test_has_text (dialog, "2025-07-01"));
  g_assert_true (wuyou_app_test_has_text (dialog, "2025-08-30"));
  g_assert_true (wuyou_app_test_has_text (dialog, "173 of 1095 days used: ¥3,351.20"));
  g_assert_true (wuyou_app_test_has_text (dialog, "172 of 1095 days used: ¥3,354.83"));
  g_assert_true (wuyou_app_test_has_text (dialog, "By the terms: the day counted"));
  enter (dialog, "Owner’s request of", "2025-05-0");
  g_assert_false (wuyou_app_test_has_text (dialog, "¥3,351.20"));
  press (dialog);
  g_assert_cmpuint (wuyou_fake_server_count (test->server, ACT "request-cancel"), ==, 0);
  enter (dialog, "Owner’s request of", "2025-05-02");
  enter (dialog, "Reason", "客户要求");
  wuyou_fake_server_say_json (test->server, ACT "request-cancel", 200, CANCELLED);
  press (dialog);
  WUYOU_APP_TEST_WAIT_FOR (done == 1);
  g_assert_cmpint (read_sent (test, ACT "request-cancel", "refund_fen"), ==, 335120);
  g_assert_nonnull (
      strstr (wuyou_fake_server_last (test->server, ACT "request-cancel", NULL), "\"reason\":\"客户要求\""));
  g_assert_null (strstr (wuyou_fake_server_last (test->server, ACT "request-cancel", NULL), "state_reason"));
}

/* What the server refuses is said where it belongs; the dialog stays with what was typed. */
static void
test_refused (WuyouAppTest *test, gconstpointer data)
{
  int done = 0;
  GtkWidget *dialog = present (test, ACTIVE, "request-cancel", &done);

  enter (dialog, "Owner’s request of", "2025-05-02");
  wuyou_fake_server_say_json (test->server, ACT "request-cancel", 422,
                              "{\"code\":\"INVALID\",\"field\":\"reason\",\"detail\":\"Please give a reason.\"}");
  press (dialog);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (dialog, "Please give a reason."));
  wuyou_fake_server_say_json (
      test->server, ACT "request-cancel", 422,
      "{\"code\":\"INVALID\",\"field\":\"refund_fen\",\"detail\":\"Look at the quote again.\"}");
  press (dialog);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (dialog, "Look at the quote again."));
  g_assert_cmpint (done, ==, 0);
  gtk_window_destroy (GTK_WINDOW (dialog));
  g_assert_cmpint (done, ==, -1);
}

/* The amount to pay back is there already; it is finance that says when and by which reference. */
static void
test_refund (WuyouAppTest *test, gconstpointer data)
{
  int done = 0;
  GtkWidget *dialog = present (test, CANCELLED, "refund", &done);

  enter (dialog, "Refunded on", "2025-08-01");
  enter (dialog, "Refund reference", "TK20250801");
  wuyou_fake_server_say_json (test->server, ACT "refund", 200, CANCELLED);
  press (dialog);
  WUYOU_APP_TEST_WAIT_FOR (done == 1);
  g_assert_cmpint (read_sent (test, ACT "refund", "refund_fen"), ==, 335483);
  g_assert_nonnull (strstr (wuyou_fake_server_last (test->server, ACT "refund", NULL), "TK20250801"));
}

static char *
press_for_key (WuyouAppTest *test, GtkWidget *dialog)
{
  WuyouBusyButton *button = WUYOU_BUSY_BUTTON (wuyou_app_test_find (dialog, WUYOU_TYPE_BUSY_BUTTON, NULL));
  guint before = wuyou_fake_server_count (test->server, ACT "refund");

  wuyou_busy_button_press (button);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_fake_server_count (test->server, ACT "refund") > before);
  WUYOU_APP_TEST_WAIT_FOR (!wuyou_busy_button_get_busy (button));
  return g_strdup (wuyou_fake_server_last (test->server, ACT "refund", "Idempotency-Key"));
}

/* Whether the first try happened nobody knows: the same again is the same request; other figures are another one. */
static void
test_same_again (WuyouAppTest *test, gconstpointer data)
{
  int done = 0;
  GtkWidget *dialog = present (test, CANCELLED, "refund", &done);
  g_autofree char *first = NULL;
  g_autofree char *again = NULL;
  g_autofree char *other = NULL;

  enter (dialog, "Refunded on", "2025-08-01");
  enter (dialog, "Refund reference", "TK20250801");
  wuyou_fake_server_say_json (test->server, ACT "refund", 503, "{\"code\":\"UNAVAILABLE\"}");
  first = press_for_key (test, dialog);
  again = press_for_key (test, dialog);
  g_assert_cmpstr (first, ==, again);
  enter (dialog, "Refund reference", "TK20250802");
  other = press_for_key (test, dialog);
  g_assert_cmpstr (other, !=, first);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* Closed while the server works: what it did is shown all the same. */
static void
test_closed_meanwhile (WuyouAppTest *test, gconstpointer data)
{
  int done = 0;
  GtkWidget *dialog = present (test, CANCELLED, "refund", &done);

  enter (dialog, "Refunded on", "2025-08-01");
  enter (dialog, "Refund reference", "TK20250801");
  wuyou_fake_server_say_json (test->server, ACT "refund", 200, CANCELLED);
  wuyou_busy_button_press (WUYOU_BUSY_BUTTON (wuyou_app_test_find (dialog, WUYOU_TYPE_BUSY_BUTTON, NULL)));
  gtk_window_close (GTK_WINDOW (dialog));
  g_assert_cmpint (done, ==, 0);
  WUYOU_APP_TEST_WAIT_FOR (done == 1);
  done = 0;
  dialog = present (test, CANCELLED, "refund", &done);
  gtk_window_close (GTK_WINDOW (dialog));
  WUYOU_APP_TEST_WAIT_FOR (done == -1);
}

static void
test_detail (WuyouAppTest *test, gconstpointer data)
{
  GtkWidget *detail = GTK_WIDGET (wuyou_contract_detail_new (test->context));

  wuyou_fake_server_say_json (test->server, "GET /v1/contracts/" ID, 200, CANCELLED);
  wuyou_app_test_show (test, detail);
  wuyou_record_detail_show (WUYOU_RECORD_DETAIL (detail), ID);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (detail, "End of the contract"));
  g_assert_true (wuyou_app_test_has_text (detail, "the refund is to be paid by 2025-08-30"));
  g_assert_true (wuyou_app_test_has_text (detail, "By the terms: the day not counted"));
  g_assert_true (wuyou_app_test_has_text (detail, "173 of 1095 days used: ¥3,351.20"));
  g_assert_false (wuyou_app_test_has_text (detail, "with_day"));
  wuyou_app_test_assert_named (detail);
}

#define ADD(path, function) g_test_add (path, WuyouAppTest, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  wuyou_app_test_init (&argc, &argv);
  ADD ("/ends/quote-before-sending", test_quote_before_sending);
  ADD ("/ends/refused", test_refused);
  ADD ("/ends/refund", test_refund);
  ADD ("/ends/same-again", test_same_again);
  ADD ("/ends/closed-meanwhile", test_closed_meanwhile);
  ADD ("/ends/detail", test_detail);
  return g_test_run ();
}
