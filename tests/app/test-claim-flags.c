/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
/* Red flags of a claim (C-10, 5.3.1-01) as a reviewer sees and judges them. */
#include "config.h"

#include <adwaita.h>

#include "claims/wuyou-claims-page.h"
#include "wuyou-app-test.h"
#include "wuyou-test.h"

#define ID "01934f73-a800-7bd7-9265-caef53727400"
#define FLAG "01934f73-a800-7bd7-9265-caef53727401"
#define GET_CLAIM "GET /v1/claims/" ID
#define FLAGGED(state, messages)                                                                                       \
  "{\"claim\":{\"id\":\"" ID "\",\"version\":3,\"contract_id\":\"" FLAG "\",\"number\":\"LP-2026-0000012\","           \
  "\"state\":\"PRE_REVIEW\"},\"erased\":false,\"contract\":{\"id\":\"" FLAG "\"},\"flags\":[{\"id\":\"" FLAG           \
  "\",\"code\":\"SAME_FILE\",\"severity\":\"ALARM\",\"at\":\"2026-11-22T10:31:05Z\",\"state\":\"" state "\"}],"        \
  "\"actions\":[],\"open_sections\":[],\"timeline\":[],\"messages\":[" messages "],\"papers\":[]}"
#define SAID "{\"id\":\"" FLAG "\",\"side\":\"DEALER\",\"text\":\"在吗\",\"at\":\"2026-11-22T10:31:05Z\"}"

static void
set_up (WuyouAppTest *test, gconstpointer role)
{
  wuyou_app_test_set_up (test);
  wuyou_app_test_sign_in (test, "[]");
  wuyou_app_test_sign_in_as (test, role);
  wuyou_fake_server_say_json (test->server, "GET /v1/claims", 200, "{\"items\":[],\"total\":0,\"more\":false}");
}

static void
tear_down (WuyouAppTest *test, gconstpointer role)
{
  wuyou_local_close (wuyou_app_context_get_local (test->context));
  wuyou_app_test_tear_down (test);
}

static GtkWidget *
show_claim (WuyouAppTest *test)
{
  WuyouPage *page = g_object_new (WUYOU_TYPE_CLAIMS_PAGE, "context", test->context, NULL);

  wuyou_app_test_show (test, GTK_WIDGET (page));
  gtk_window_set_default_size (GTK_WINDOW (test->window), 1240, 800);
  wuyou_page_enter (page);
  wuyou_page_open_record (page, ID);
  return GTK_WIDGET (page);
}

static void
press (GtkWidget *root, const char *name)
{
  g_signal_emit_by_name (wuyou_app_test_find (root, GTK_TYPE_BUTTON, name), "clicked");
}

/* Flags say what they are in words, and are judged with a note; nobody else has the section. What changes in the claim
 * while the note is written does not cost it. */
static void
test_flags (WuyouAppTest *test, gconstpointer role)
{
  static const char call[] = "PUT /v1/claims/" ID "/flags/" FLAG;
  static const char flagged[] = FLAGGED ("OPEN", ""), written[] = FLAGGED ("OPEN", SAID);
  GtkWidget *page, *dialog;

  wuyou_fake_server_say_json (test->server, GET_CLAIM, 200, flagged);
  wuyou_fake_server_say_json (test->server, call, 200, FLAGGED ("CLEARED", ""));
  page = show_claim (test);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (page, "The very same file is in another claim."));
  press (page, "Explained…");
  dialog = wuyou_app_test_find_dialog (test);
  gtk_editable_set_text (GTK_EDITABLE (wuyou_app_test_find (dialog, ADW_TYPE_ENTRY_ROW, "Note")), "同一事故");
  wuyou_fake_server_say_json (test->server, GET_CLAIM, 200, written);
  wuyou_page_refresh (WUYOU_PAGE (page));
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (page, "在吗"));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "go");
  WUYOU_APP_TEST_WAIT_FOR (wuyou_fake_server_count (test->server, call) == 1);
  wuyou_test_assert_json (wuyou_fake_server_last (test->server, call, NULL),
                          "{\"state\":\"CLEARED\",\"note\":\"同一事故\"}");
  gtk_window_destroy (GTK_WINDOW (dialog));
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (page, "Explained"));
}

/* Two reviewers at the same flag: the second is told, and changes nothing. */
static void
test_flag_judged (WuyouAppTest *test, gconstpointer role)
{
  static const char call[] = "PUT /v1/claims/" ID "/flags/" FLAG;
  static const char flagged[] = FLAGGED ("OPEN", ""), judged[] = FLAGGED ("CLEARED", "");
  GtkWidget *page, *dialog;

  wuyou_fake_server_say_json (test->server, GET_CLAIM, 200, flagged);
  page = show_claim (test);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (page, "The very same file is in another claim."));
  press (page, "Confirm…");
  dialog = wuyou_app_test_find_dialog (test);
  gtk_editable_set_text (GTK_EDITABLE (wuyou_app_test_find (dialog, ADW_TYPE_ENTRY_ROW, "Note")), "两次");
  wuyou_fake_server_say_json (test->server, GET_CLAIM, 200, judged);
  wuyou_page_refresh (WUYOU_PAGE (page));
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (page, "Explained"));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "go");
  wuyou_app_test_pump (100);
  g_assert_cmpuint (wuyou_fake_server_count (test->server, call), ==, 0);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

int
main (int argc, char **argv)
{
  wuyou_app_test_init (&argc, &argv);
  g_test_add ("/claim-flags/judged", WuyouAppTest, "OCLA", set_up, test_flags, tear_down);
  g_test_add ("/claim-flags/judged-meanwhile", WuyouAppTest, "OCLA", set_up, test_flag_judged, tear_down);
  return g_test_run ();
}
