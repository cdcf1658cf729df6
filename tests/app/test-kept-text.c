/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
/* Words that were being written when a dialog was closed, somebody signed out or the program ended. */
#include "config.h"

#include <adwaita.h>
#include <string.h>

#include "base/wuyou-json.h"
#include "claims/wuyou-claim-request.h"
#include "claims/wuyou-claim-review.h"
#include "claims/wuyou-claim-talk.h"
#include "claims/wuyou-evidence-return-dialog.h"
#include "sales/wuyou-contract-detail.h"
#include "sales/wuyou-step-dialog.h"
#include "widgets/wuyou-busy-button.h"
#include "wuyou-app-test.h"
#include "wuyou-test.h"

#define ID "01934f73-a800-7bd7-9265-caef53727400"
#define OTHER_ID "01934f73-a800-7bd7-9265-caef53727409"
#define CONTRACT "01934f73-a800-7bd7-9265-caef53727401"
#define SLOT(slot, state)                                                                                              \
  "{\"slot\":\"" slot "\",\"title\":\"" slot "\",\"phase\":\"LOSS\",\"required\":false,\"state\":\"" state "\"}"
#define CLAIM(id) CLAIM_IN (id, "PRE_REJECTED", "appeal")
#define CLAIM_IN(id, state, action)                                                                                    \
  "{\"claim\":{\"id\":\"" id "\",\"version\":3,\"contract_id\":\"" CONTRACT "\",\"number\":\"LP-2026-0000012\","       \
  "\"state\":\"" state "\",\"phase\":\"LOSS\",\"loss_type\":\"FLOOD\",\"requests\":1},\"erased\":false,"               \
  "\"contract\":{\"id\":\"" CONTRACT "\"},\"clocks\":{\"supplement_days\":10},\"turn\":{\"holder\":\"CLERK\"},"        \
  "\"checklist\":[" SLOT ("LOSS_NOTICE", "AVAILABLE") "," SLOT (                                                       \
      "VEHICLE_LICENCE", "AVAILABLE") "],"                                                                             \
                                      "\"actions\":[{\"action\":\"" action "\",\"allowed\":true}],"                    \
                                      "\"open_sections\":[],\"timeline\":[],\"messages\":[],\"papers\":[]}"
#define SIGNED                                                                                                         \
  "{\"contract\":{\"id\":\"" CONTRACT "\",\"version\":7,\"number\":\"WY-2026-0000481\",\"state\":\"ACTIVE\"},"         \
  "\"product\":{\"name\":\"T\"},\"documents\":[],\"timeline\":[],\"papers\":[],\"actions\":["                          \
  "{\"action\":\"revoke\",\"to\":\"REVOKED\",\"allowed\":true}]}"

static void
set_up (WuyouAppTest *test, gconstpointer role)
{
  wuyou_app_test_set_up (test);
  wuyou_app_test_sign_in (test, "[]");
  wuyou_app_test_sign_in_as (test, role);
}

static void
tear_down (WuyouAppTest *test, gconstpointer role)
{
  wuyou_local_close (wuyou_app_context_get_local (test->context));
  wuyou_app_test_tear_down (test);
}

static void
open_file (WuyouAppTest *test, const char *account)
{
  static const guint8 key[WUYOU_LOCAL_KEY_BYTES] = { 5 };

  g_assert_true (
      wuyou_local_open (wuyou_app_context_get_local (test->context), "https://cn.example", account, key, NULL));
}

static WuyouClaimDossier *
read_claim (const char *json)
{
  g_autoptr (JsonObject) answer = wuyou_json_parse_object (json, strlen (json), NULL);
  g_autoptr (GError) error = NULL;
  WuyouClaimDossier *dossier;

  g_assert_nonnull (answer);
  dossier = wuyou_claim_dossier_new (answer, "\"3\"", &error);
  g_assert_no_error (error);
  return dossier;
}

static void
close_window (GtkWidget *window)
{
  gtk_window_destroy (GTK_WINDOW (window));
  wuyou_app_test_pump (20);
}

/* --- a message --- */

/* As the detail of a claim makes it; each time as if the page was new. */
static GtkWidget *
show_talk (WuyouAppTest *test, const char *json)
{
  g_autoptr (WuyouClaimDossier) dossier = read_claim (json);
  GtkWidget *talk = wuyou_claim_talk_new (test->context);

  wuyou_claim_talk_set (WUYOU_CLAIM_TALK (talk), dossier);
  if (test->window != NULL)
    gtk_window_destroy (GTK_WINDOW (test->window));
  wuyou_app_test_show (test, talk);
  return talk;
}

static GtkEditable *
find_entry (GtkWidget *root, const char *title)
{
  return GTK_EDITABLE (wuyou_app_test_find (root, ADW_TYPE_ENTRY_ROW, title));
}

#define MESSAGE "Write to the other side"

/* Each claim has its own, and looking at another one takes nothing away. */
static void
test_message_of_each (WuyouAppTest *test, gconstpointer role)
{
  g_autoptr (WuyouClaimDossier) other = read_claim (CLAIM (OTHER_ID));
  g_autoptr (WuyouClaimDossier) first = read_claim (CLAIM (ID));
  GtkWidget *talk = show_talk (test, CLAIM (ID));

  gtk_editable_set_text (find_entry (talk, MESSAGE), "照片补");
  wuyou_claim_talk_set (WUYOU_CLAIM_TALK (talk), other);
  g_assert_cmpstr (gtk_editable_get_text (find_entry (talk, MESSAGE)), ==, "");
  gtk_editable_set_text (find_entry (talk, MESSAGE), "另一件");
  wuyou_claim_talk_set (WUYOU_CLAIM_TALK (talk), first);
  g_assert_cmpstr (gtk_editable_get_text (find_entry (talk, MESSAGE)), ==, "照片补");
  wuyou_claim_talk_set (WUYOU_CLAIM_TALK (talk), other);
  g_assert_cmpstr (gtk_editable_get_text (find_entry (talk, MESSAGE)), ==, "另一件");
}

/* Signed out while it was written: whoever comes next on this computer does not see it, its writer does. */
static void
test_message_sign_out (WuyouAppTest *test, gconstpointer role)
{
  WuyouLocal *local = wuyou_app_context_get_local (test->context);
  GtkWidget *talk = show_talk (test, CLAIM (ID));

  gtk_editable_set_text (find_entry (talk, MESSAGE), "明天下");
  gtk_editable_set_text (find_entry (talk, MESSAGE), "明天下午补上");
  wuyou_local_close (local);
  gtk_editable_set_text (find_entry (talk, MESSAGE), ""); /* the page goes with the session */
  open_file (test, "another");
  g_assert_cmpstr (gtk_editable_get_text (find_entry (show_talk (test, CLAIM (ID)), MESSAGE)), ==, "");
  wuyou_local_close (local);
  open_file (test, "test");
  g_assert_cmpstr (gtk_editable_get_text (find_entry (show_talk (test, CLAIM (ID)), MESSAGE)), ==, "明天下午补上");
}

static void
test_message_sent (WuyouAppTest *test, gconstpointer role)
{
  GtkWidget *talk = show_talk (test, CLAIM (ID));

  gtk_editable_set_text (find_entry (talk, MESSAGE), "明天下午补上");
  g_signal_emit_by_name (wuyou_app_test_find (talk, GTK_TYPE_BUTTON, "_Send"), "clicked");
  g_assert_cmpstr (gtk_editable_get_text (find_entry (show_talk (test, CLAIM (ID)), MESSAGE)), ==, "");
  gtk_editable_set_text (find_entry (test->window, MESSAGE), "x");
  gtk_editable_set_text (find_entry (test->window, MESSAGE), ""); /* rubbed out is gone, too */
  g_assert_cmpstr (gtk_editable_get_text (find_entry (show_talk (test, CLAIM (ID)), MESSAGE)), ==, "");
}

/* --- the reasons of steps --- */

static void
on_claim_done_cb (JsonObject *answer, const char *etag, const char *action, gpointer data)
{
  *(int *) data = answer != NULL ? 1 : -1;
}

static GtkWidget *
show_owner (WuyouAppTest *test)
{
  if (test->window == NULL)
    wuyou_app_test_show (test, gtk_label_new (""));
  return gtk_window_get_child (GTK_WINDOW (test->window));
}

static GtkWidget *
present_step (WuyouAppTest *test, const char *json, int *done)
{
  g_autoptr (WuyouClaimDossier) dossier = read_claim (json);

  wuyou_claim_step_present (test->context, show_owner (test), dossier, dossier->actions->pdata[0], on_claim_done_cb,
                            done);
  return wuyou_app_test_find_dialog (test);
}

static void
press (GtkWidget *dialog)
{
  wuyou_busy_button_press (WUYOU_BUSY_BUTTON (wuyou_app_test_find (dialog, WUYOU_TYPE_BUSY_BUTTON, NULL)));
}

#define WHY "Why the decision is wrong"

/* Closed by mistake, refused, and only then sent. Neither another step nor another claim gets the words. */
static void
test_appeal (WuyouAppTest *test, gconstpointer role)
{
  static const char call[] = "POST /v1/claims/" ID "/actions/appeal";
  GtkWidget *dialog;
  int done = 0;

  gtk_editable_set_text (find_entry (present_step (test, CLAIM (ID), &done), WHY), "定损单第二页写明全损");
  close_window (wuyou_app_test_find_dialog (test));
  g_assert_cmpint (done, ==, -1);
  g_assert_cmpstr (
      gtk_editable_get_text (find_entry (present_step (test, CLAIM_IN (ID, "REPORTED", "withdraw"), &done), "Reason")),
      ==, "");
  close_window (wuyou_app_test_find_dialog (test));
  g_assert_cmpstr (gtk_editable_get_text (find_entry (present_step (test, CLAIM (OTHER_ID), &done), WHY)), ==, "");
  close_window (wuyou_app_test_find_dialog (test));
  dialog = present_step (test, CLAIM (ID), &done);
  g_assert_cmpstr (gtk_editable_get_text (find_entry (dialog, WHY)), ==, "定损单第二页写明全损");
  wuyou_fake_server_say_json (test->server, call, 422, "{\"code\":\"INVALID\",\"detail\":\"Not yet.\"}");
  press (dialog);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (dialog, "Not yet."));
  close_window (dialog);
  dialog = present_step (test, CLAIM (ID), &done);
  wuyou_fake_server_say_json (test->server, call, 200, CLAIM (ID));
  press (dialog);
  WUYOU_APP_TEST_WAIT_FOR (done == 1);
  g_assert_nonnull (strstr (wuyou_fake_server_last (test->server, call, NULL), "定损单第二页写明全损"));
  g_assert_cmpstr (gtk_editable_get_text (find_entry (present_step (test, CLAIM (ID), &done), WHY)), ==, "");
  close_window (wuyou_app_test_find_dialog (test));
}

static GtkWidget *
present_request (WuyouAppTest *test, int *done)
{
  g_autoptr (WuyouClaimDossier) dossier = read_claim (CLAIM (ID));

  wuyou_claim_request_present (test->context, show_owner (test), dossier, on_claim_done_cb, done);
  return wuyou_app_test_find_dialog (test);
}

static GtkWidget *
find_reason (GtkWidget *dialog, const char *slot)
{
  GtkWidget *row = wuyou_app_test_find (dialog, ADW_TYPE_ACTION_ROW, slot);

  return gtk_widget_get_next_sibling (row);
}

static GtkCheckButton *
find_check (GtkWidget *dialog, const char *slot)
{
  return GTK_CHECK_BUTTON (
      wuyou_app_test_find (wuyou_app_test_find (dialog, ADW_TYPE_ACTION_ROW, slot), GTK_TYPE_CHECK_BUTTON, NULL));
}

#define AGAIN "Why these were not asked for before"

/* What was chosen with its reason is chosen again; what was taken off the notice is not. */
static void
test_request (WuyouAppTest *test, gconstpointer role)
{
  static const char call[] = "POST /v1/claims/" ID "/actions/request";
  int done = 0;
  GtkWidget *dialog = present_request (test, &done);

  gtk_check_button_set_active (find_check (dialog, "LOSS_NOTICE"), TRUE);
  gtk_check_button_set_active (find_check (dialog, "VEHICLE_LICENCE"), TRUE);
  gtk_editable_set_text (GTK_EDITABLE (find_reason (dialog, "LOSS_NOTICE")), "缺第二页");
  gtk_editable_set_text (GTK_EDITABLE (find_reason (dialog, "VEHICLE_LICENCE")), "看不清");
  gtk_editable_set_text (find_entry (dialog, AGAIN), "刚发现");
  gtk_check_button_set_active (find_check (dialog, "VEHICLE_LICENCE"), FALSE);
  close_window (dialog);
  dialog = present_request (test, &done);
  g_assert_true (gtk_check_button_get_active (find_check (dialog, "LOSS_NOTICE")));
  g_assert_false (gtk_check_button_get_active (find_check (dialog, "VEHICLE_LICENCE")));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_reason (dialog, "VEHICLE_LICENCE"))), ==, "");
  g_assert_true (wuyou_app_test_has_text (dialog, "1. LOSS_NOTICE — 缺第二页"));
  wuyou_fake_server_say_json (test->server, call, 200, CLAIM (ID));
  press (dialog);
  WUYOU_APP_TEST_WAIT_FOR (done == 1);
  wuyou_test_assert_json (
      wuyou_fake_server_last (test->server, call, NULL),
      "{\"request\":[{\"slot\":\"LOSS_NOTICE\",\"reason\":\"缺第二页\"}],\"request_reason\":\"刚发现\"}");
  dialog = present_request (test, &done);
  g_assert_false (gtk_check_button_get_active (find_check (dialog, "LOSS_NOTICE")));
  g_assert_cmpstr (gtk_editable_get_text (find_entry (dialog, AGAIN)), ==, "");
  close_window (dialog);
}

/* --- the checks of a review --- */

#define REVIEWED(requests)                                                                                             \
  "{\"claim\":{\"id\":\"" ID "\",\"version\":3,\"contract_id\":\"" CONTRACT "\",\"state\":\"PRE_REVIEW\","             \
  "\"phase\":\"LOSS\",\"loss_type\":\"FLOOD\",\"requests\":" requests ",\"check_cause\":\"MET\"},"                     \
  "\"contract\":{\"id\":\"" CONTRACT "\"},\"turn\":{\"holder\":\"ASSESSOR\"},\"checklist\":[],\"actions\":[],"         \
  "\"open_sections\":[],\"timeline\":[],\"messages\":[],\"papers\":[]}"

/* As if the page was new each time. */
static GtkWidget *
show_review (WuyouAppTest *test, const char *json, gboolean editable)
{
  g_autoptr (WuyouClaimDossier) dossier = read_claim (json);
  GtkWidget *review = wuyou_claim_review_new (test->context);

  wuyou_claim_review_set (WUYOU_CLAIM_REVIEW (review), dossier, editable);
  if (test->window != NULL)
    gtk_window_destroy (GTK_WINDOW (test->window));
  wuyou_app_test_show (test, review);
  return review;
}

static GtkToggleButton *
find_not_met (GtkWidget *review)
{
  return GTK_TOGGLE_BUTTON (wuyou_app_test_find (review, GTK_TYPE_TOGGLE_BUTTON, "Not met"));
}

static GtkWidget *
find_save (GtkWidget *review)
{
  return wuyou_app_test_find (review, GTK_TYPE_BUTTON, "_Save the Checks");
}

/* What was answered and not saved is answered still in another run; another round of the review begins anew. */
static void
test_checks (WuyouAppTest *test, gconstpointer role)
{
  g_autoptr (WuyouClaimDossier) dossier = read_claim (REVIEWED ("0"));
  GtkWidget *review = show_review (test, REVIEWED ("0"), TRUE);

  g_assert_false (gtk_widget_get_sensitive (find_save (review)));
  gtk_toggle_button_set_active (find_not_met (review), TRUE);
  gtk_editable_set_text (find_entry (review, "Note"), "早于生效日");
  review = show_review (test, REVIEWED ("1"), TRUE);
  g_assert_false (gtk_toggle_button_get_active (find_not_met (review)));
  review = show_review (test, REVIEWED ("0"), FALSE); /* from the cache, when somebody else had it */
  g_assert_false (gtk_toggle_button_get_active (find_not_met (review)));
  wuyou_claim_review_set (WUYOU_CLAIM_REVIEW (review), dossier, TRUE);
  g_assert_true (gtk_toggle_button_get_active (find_not_met (review)));
  g_assert_cmpstr (gtk_editable_get_text (find_entry (review, "Note")), ==, "早于生效日");
  g_assert_true (gtk_widget_get_sensitive (find_save (review)));
  wuyou_claim_review_set_saved (WUYOU_CLAIM_REVIEW (review));
  review = show_review (test, REVIEWED ("0"), TRUE);
  g_assert_false (gtk_toggle_button_get_active (find_not_met (review)));
  g_assert_cmpstr (gtk_editable_get_text (find_entry (review, "Note")), ==, "");
}

static void
on_contract_done_cb (JsonObject *answer, const char *etag, gpointer data)
{
  *(int *) data = answer != NULL ? 1 : -1;
}

static GtkWidget *
present_revoke (WuyouAppTest *test, int *done)
{
  g_autoptr (JsonObject) answer = wuyou_json_parse_object (SIGNED, strlen (SIGNED), NULL);
  g_autoptr (WuyouDossier) dossier = wuyou_dossier_new (answer, NULL, NULL);

  g_assert_nonnull (dossier);
  wuyou_step_dialog_present (test->context, show_owner (test), dossier, "revoke", on_contract_done_cb, done);
  return wuyou_app_test_find_dialog (test);
}

static void
test_contract (WuyouAppTest *test, gconstpointer role)
{
  static const char call[] = "POST /v1/contracts/" CONTRACT "/actions/revoke";
  int done = 0;

  gtk_editable_set_text (find_entry (present_revoke (test, &done), "Reason"), "资料不实");
  close_window (wuyou_app_test_find_dialog (test));
  wuyou_fake_server_say_json (test->server, call, 200, SIGNED);
  press (present_revoke (test, &done));
  WUYOU_APP_TEST_WAIT_FOR (done == 1);
  g_assert_nonnull (strstr (wuyou_fake_server_last (test->server, call, NULL), "资料不实"));
  g_assert_cmpstr (gtk_editable_get_text (find_entry (present_revoke (test, &done), "Reason")), ==, "");
  close_window (wuyou_app_test_find_dialog (test));
}

#define PROPOSE "POST /v1/contracts/" CONTRACT "/actions/propose-revoke"
#define ACTIVE                                                                                                         \
  "{\"contract\":{\"id\":\"" CONTRACT "\",\"version\":7,\"number\":\"WY-2026-0000481\",\"state\":\"ACTIVE\"},"         \
  "\"product\":{\"name\":\"T\"},\"documents\":[],\"timeline\":[],\"papers\":[],\"actions\":["                          \
  "{\"action\":\"propose-revoke\",\"to\":\"ACTIVE\",\"allowed\":true}]}"

static GtkWidget *
ask_reason (WuyouAppTest *test)
{
  GtkWidget *detail = gtk_window_get_child (GTK_WINDOW (test->window));
  g_autoptr (GList) tops = NULL;

  WUYOU_RECORD_DETAIL_GET_CLASS (detail)->step (WUYOU_RECORD_DETAIL (detail), "propose-revoke");
  tops = gtk_window_list_toplevels ();
  for (GList *l = tops; l != NULL; l = l->next)
    if (ADW_IS_MESSAGE_DIALOG (l->data))
      return l->data;
  g_error ("not asked");
}

static void
answer_reason (GtkWidget *dialog)
{
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "go");
  close_window (dialog);
}

/* The server refuses: the words are there for the next try, and gone once it took them. */
static void
test_question (WuyouAppTest *test, gconstpointer role)
{
  GtkWidget *detail = GTK_WIDGET (wuyou_contract_detail_new (test->context)), *dialog;

  wuyou_fake_server_say_json (test->server, "GET /v1/contracts/" CONTRACT, 200, ACTIVE);
  wuyou_fake_server_say_json (test->server, PROPOSE, 409, "{\"code\":\"ILLEGAL_TRANSITION\",\"detail\":\"Not yet.\"}");
  wuyou_app_test_show (test, detail);
  wuyou_record_detail_show (WUYOU_RECORD_DETAIL (detail), CONTRACT);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (detail, "WY-2026-0000481"));
  dialog = ask_reason (test);
  gtk_editable_set_text (find_entry (dialog, "Reason"), "隐瞒营运用途");
  answer_reason (dialog);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (detail, "Not yet."));
  dialog = ask_reason (test);
  g_assert_cmpstr (gtk_editable_get_text (find_entry (dialog, "Reason")), ==, "隐瞒营运用途");
  wuyou_fake_server_say_json (test->server, PROPOSE, 200, ACTIVE);
  answer_reason (dialog);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_fake_server_count (test->server, PROPOSE) == 2);
  WUYOU_APP_TEST_WAIT_FOR (!wuyou_record_detail_is_writing (WUYOU_RECORD_DETAIL (detail)));
  dialog = ask_reason (test);
  g_assert_cmpstr (gtk_editable_get_text (find_entry (dialog, "Reason")), ==, "");
  close_window (dialog);
}

/* --- why a file is returned --- */

static void
on_returned_cb (GtkWidget *owner, const char *id, WuyouReturnReason reason, const char *note)
{
  g_assert_cmpint (reason, ==, WUYOU_RETURN_BLURRED);
  g_object_set_data_full (G_OBJECT (owner), "note", g_strdup (note), g_free);
}

static GtkWidget *
ask_why (WuyouAppTest *test, const char *expected)
{
  GtkWidget *dialog;

  wuyou_evidence_return_dialog_present (test->context, test->window, "a.jpg", on_returned_cb, ID);
  dialog = wuyou_app_test_find_dialog (test);
  g_assert_cmpstr (gtk_editable_get_text (find_entry (dialog, "Note for the dealership")), ==, expected);
  return dialog;
}

/* Called away in the middle of it: the note stands there again, until it was given. */
static void
test_return_note (WuyouAppTest *test, gconstpointer role)
{
  GtkWidget *dialog;

  open_file (test, "wei");
  wuyou_app_test_show (test, gtk_label_new ("x"));
  dialog = ask_why (test, "");
  gtk_editable_set_text (find_entry (dialog, "Note for the dealership"), "车牌看不清");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (wuyou_app_test_find (dialog, GTK_TYPE_CHECK_BUTTON, NULL)), TRUE);
  close_window (dialog);
  dialog = ask_why (test, "车牌看不清");
  g_assert_true (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "return"));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "return");
  g_assert_cmpstr (g_object_get_data (G_OBJECT (test->window), "note"), ==, "车牌看不清");
  close_window (dialog);
  close_window (ask_why (test, ""));
}

int
main (int argc, char **argv)
{
  wuyou_app_test_init (&argc, &argv);
#define ADD(path, role, run) g_test_add (path, WuyouAppTest, role, set_up, run, tear_down)
  ADD ("/kept-text/message/of-each", "DCLM", test_message_of_each);
  ADD ("/kept-text/message/sign-out", "DCLM", test_message_sign_out);
  ADD ("/kept-text/message/sent", "DCLM", test_message_sent);
  ADD ("/kept-text/appeal", "DCLM", test_appeal);
  ADD ("/kept-text/request", "OCLA", test_request);
  ADD ("/kept-text/checks", "OCLA", test_checks);
  ADD ("/kept-text/contract", "OOPS", test_contract);
  ADD ("/kept-text/question", "OOPS", test_question);
  ADD ("/kept-text/return-note", "OCLA", test_return_note);
  return g_test_run ();
}
