/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
/* Which step of a claim is suggested, and how one gets to it with keys and over a line that breaks. */
#include "config.h"

#include <adwaita.h>
#include <string.h>

#include "base/wuyou-json.h"
#include "claims/wuyou-claim-detail.h"
#include "claims/wuyou-claim-dossier.h"
#include "claims/wuyou-claim-request.h"
#include "claims/wuyou-claims-page.h"
#include "claims/wuyou-evidence-writes.h"
#include "widgets/wuyou-record-list.h"
#include "wuyou-app-test.h"
#include "wuyou-test.h"

#define ID "01934f73-a800-7bd7-9265-caef53727400"
#define GET_CLAIM "GET /v1/claims/" ID
#define CLAIM(members, actions)                                                                                        \
  "{\"claim\":{\"id\":\"" ID "\",\"version\":3,\"contract_id\":\"" ID "\",\"number\":\"LP-2026-0000012\"," members     \
  "},\"erased\":false,\"contract\":{\"id\":\"" ID "\"},\"actions\":[" actions                                          \
  "],\"open_sections\":[],\"timeline\":[],\"messages\":[],\"papers\":[]}"
#define DETERMINE "{\"action\":\"determine\",\"allowed\":true},"
#define SUBMIT                                                                                                         \
  "{\"action\":\"submit\",\"allowed\":false,\"problem\":{\"code\":\"INVALID\",\"violations\":["                        \
  "{\"field\":\"LOSS_NOTICE\",\"detail\":\"Missing: 出险通知书\"}]}}"
#define AWAITED "\"state\":\"PRE_SUBMITTED\""
#define TAKE "{\"action\":\"take\",\"to\":\"PRE_REVIEW\",\"allowed\":true}"
#define REFUSED "\"state\":\"PRE_REJECTED\""
#define APPEAL "{\"action\":\"appeal\",\"to\":\"APPEAL\",\"allowed\":true}"

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

/* What only undoes is not suggested, even where nothing else can be done; what is recorded was not all that is
 * wanted. */
static void
test_suggested (WuyouAppTest *test, gconstpointer role)
{
  static const struct {
    const char *claim, *action; /* NULL: none */
  } cases[] = {
    { CLAIM (AWAITED, "{\"action\":\"revoke-consent\",\"allowed\":true}"), NULL },
    { CLAIM ("\"state\":\"PRE_REVIEW\"", "{\"action\":\"take-over\",\"allowed\":true}"), NULL },
    { CLAIM ("\"state\":\"PRE_REVIEW\"", "{\"action\":\"request\",\"allowed\":true}"), NULL },
    { CLAIM (AWAITED, TAKE), "take" },
    { CLAIM (REFUSED, APPEAL), "appeal" },
    { CLAIM ("\"state\":\"REPORTED\"", DETERMINE SUBMIT), "determine" },
    { CLAIM ("\"state\":\"REPORTED\",\"determination\":\"ACTUAL\"", DETERMINE SUBMIT), "submit" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JsonObject) answer = wuyou_json_parse_object (cases[i].claim, strlen (cases[i].claim), NULL);
    g_autoptr (GError) error = NULL;
    WuyouClaimDossier *dossier = wuyou_claim_dossier_new (answer, "\"3\"", &error);
    const WuyouDossierAction *next;

    g_assert_no_error (error);
    next = wuyou_claim_dossier_get_next (dossier);
    g_test_message ("row %u", i);
    g_assert_cmpstr (next != NULL ? next->action : NULL, ==, cases[i].action);
    wuyou_claim_dossier_free (dossier);
  }
}

static WuyouRecordDetail *
show_claim (WuyouAppTest *test, const char *claim)
{
  WuyouPage *page = g_object_new (WUYOU_TYPE_CLAIMS_PAGE, "context", test->context, NULL);
  WuyouRecordDetail *detail;

  wuyou_fake_server_say_json (test->server, GET_CLAIM, 200, claim);
  wuyou_app_test_show (test, GTK_WIDGET (page));
  gtk_window_set_default_size (GTK_WINDOW (test->window), 1240, 800);
  wuyou_page_enter (page);
  detail = WUYOU_RECORD_DETAIL (wuyou_app_test_find (GTK_WIDGET (page), WUYOU_TYPE_CLAIM_DETAIL, NULL));
  wuyou_record_detail_show (detail, ID);
  return detail;
}

/* Opened with Return before it has come: the keys are in it once it is there. */
static void
test_focus (WuyouAppTest *test, gconstpointer role)
{
  WuyouRecordDetail *detail = show_claim (test, CLAIM (REFUSED, APPEAL));
  GtkWidget *root = GTK_WIDGET (detail);

  wuyou_record_detail_focus (detail);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (root, "LP-2026-0000012"));
  g_assert_true (gtk_widget_has_focus (wuyou_app_test_find (root, GTK_TYPE_BUTTON, "Appeal")));
}

/* Who went elsewhere meanwhile is left there. */
static void
test_focus_elsewhere (WuyouAppTest *test, gconstpointer role)
{
  WuyouRecordDetail *detail = show_claim (test, CLAIM (REFUSED, APPEAL));
  GtkWidget *search = wuyou_app_test_find (test->window, GTK_TYPE_SEARCH_ENTRY, NULL);

  wuyou_record_detail_focus (detail);
  gtk_widget_grab_focus (search);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (GTK_WIDGET (detail), "LP-2026-0000012"));
  g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (test->window)), search));
}

/* That the server was away stands there no longer than it is true. */
static void
test_back (WuyouAppTest *test, gconstpointer role)
{
  static const char call[] = "POST /v1/claims/" ID "/actions/take";
  GtkWidget *root = GTK_WIDGET (show_claim (test, CLAIM (AWAITED, TAKE)));

  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (root, "LP-2026-0000012"));
  wuyou_fake_server_say (test->server, call, /* what stands before the network answers for it */
                         &(WuyouFakeAnswer){ .status = 200, .type = "text/html", .body = "<html>" });
  g_signal_emit_by_name (wuyou_app_test_find (root, GTK_TYPE_BUTTON, "Take the case"), "clicked");
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (root, "can be reached again"));
  g_assert_false (wuyou_app_test_has_text (root, "cannot be reached"));
}

/* Return in an entry of a step sends it. */
static void
test_return (WuyouAppTest *test, gconstpointer role)
{
  static const char call[] = "POST /v1/claims/" ID "/actions/appeal";
  GtkWidget *root = GTK_WIDGET (show_claim (test, CLAIM (REFUSED, APPEAL))), *entry;

  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (root, "LP-2026-0000012"));
  wuyou_fake_server_say_json (test->server, call, 200, CLAIM (REFUSED, ""));
  g_signal_emit_by_name (wuyou_app_test_find (root, GTK_TYPE_BUTTON, "Appeal"), "clicked");
  entry = wuyou_app_test_find (wuyou_app_test_find_dialog (test), ADW_TYPE_ENTRY_ROW, NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), "过户在前");
  g_signal_emit_by_name (wuyou_app_test_find (entry, GTK_TYPE_TEXT, NULL), "activate");
  WUYOU_APP_TEST_WAIT_FOR (wuyou_fake_server_count (test->server, call) == 1);
}

static void
ignore (JsonObject *answer, const char *etag, const char *action, gpointer data)
{
}

#define FILE_OF(n, state, at)                                                                                          \
  "{\"id\":\"01934f73-a800-7bd7-9265-caef5372750" n                                                                    \
  "\",\"phase\":\"LOSS\",\"slot\":\"LOSS_NOTICE\",\"state\":\"" state "\",\"created_at\":\"2026-11-20T0" at            \
  ":00:00Z\""
#define RETURNED                                                                                                       \
  FILE_OF ("1", "RETURNED", "1")                                                                                       \
  ",\"return_reason\":\"BLURRED\",\"judged_at\":\"2026-11-20T03:00:00Z\",\"state_reason\":\"看不清\"}"

static gboolean
is_offered (WuyouAppTest *test, const char *files, const char *words)
{
  g_autofree char *claim = g_strdup_printf (
      "{\"claim\":{\"id\":\"" ID "\",\"version\":3,\"contract_id\":\"" ID "\",\"state\":\"PRE_REVIEW\","
      "\"phase\":\"LOSS\"},\"contract\":{\"id\":\"" ID "\"},\"clocks\":{\"supplement_days\":10},\"checklist\":["
      "{\"slot\":\"LOSS_NOTICE\",\"title\":\"出险通知书\",\"phase\":\"LOSS\",\"required\":true}],\"evidence\":[%s],"
      "\"actions\":[],\"timeline\":[],\"messages\":[],\"papers\":[]}",
      files);
  g_autoptr (JsonObject) answer = wuyou_json_parse_object (claim, strlen (claim), NULL);
  WuyouClaimDossier *dossier = wuyou_claim_dossier_new (answer, "\"3\"", NULL);
  gboolean offered;

  wuyou_claim_request_present (test->context, gtk_window_get_child (GTK_WINDOW (test->window)), dossier, ignore, NULL);
  offered = wuyou_app_test_has_text (wuyou_app_test_find_dialog (test), words);
  gtk_window_destroy (GTK_WINDOW (wuyou_app_test_find_dialog (test)));
  wuyou_app_test_pump (20);
  wuyou_claim_dossier_free (dossier);
  return offered;
}

/* Why a file was returned is not typed once more to ask for another; what came since is not asked for. */
static void
test_reason (WuyouAppTest *test, gconstpointer role)
{
  wuyou_app_test_show (test, gtk_label_new (""));
  g_assert_true (is_offered (test, RETURNED, "1. 出险通知书 — 看不清"));
  g_assert_true (is_offered (test, RETURNED "," FILE_OF ("2", "VERIFIED", "2") "}", "1. 出险通知书 — 看不清"));
  g_assert_true (is_offered (test, RETURNED "," FILE_OF ("2", "AVAILABLE", "4") "}", "Nothing chosen yet."));
  g_assert_true (is_offered (test, RETURNED "," FILE_OF ("2", "QUARANTINED", "4") "}", "Nothing chosen yet."));
  g_assert_true (is_offered (test, "", "1. 出险通知书\n"));
}

/* Nor when the server does not know yet that it was returned. */
static void
test_reason_queued (WuyouAppTest *test, gconstpointer role)
{
  g_autoptr (WuyouEvidence) evidence = wuyou_evidence_new ();

  wuyou_app_test_show (test, gtk_label_new (""));
  evidence->id = g_strdup ("01934f73-a800-7bd7-9265-caef53727502");
  evidence->version = 1;
  wuyou_evidence_write_judgement (test->context, evidence, WUYOU_EVIDENCE_RETURNED, WUYOU_RETURN_BLURRED, "缺印章");
  g_assert_true (is_offered (test, FILE_OF ("2", "AVAILABLE", "4") "}," FILE_OF ("3", "AVAILABLE", "5") "}",
                             "1. 出险通知书 — 缺印章"));
}

#define ROW(n)                                                                                                         \
  "{\"id\":\"01934f73-a800-7bd7-9265-caef5372740" #n "\",\"seq\":" #n ",\"version\":1,\"number\":\"LP-2026-000001" #n  \
  "\",\"state\":\"PRE_REVIEW\"}"
#define QUEUE(rows) "{\"items\":[" rows "],\"total\":3,\"more\":false}"

static void
press (GtkWidget *widget, guint key)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  gboolean taken = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !taken; i++) {
    g_autoptr (GtkEventController) one = g_list_model_get_item (controllers, i);

    if (GTK_IS_EVENT_CONTROLLER_KEY (one))
      g_signal_emit_by_name (one, "key-pressed", key, 0, 0, &taken);
  }
}

/* What was decided is gone from the queue: Down goes to the one below it, and past none. */
static void
test_queue (WuyouAppTest *test, gconstpointer role)
{
  WuyouRecordList *list;

  wuyou_fake_server_forget (test->server, "GET /v1/claims");
  wuyou_fake_server_say_json (test->server, "GET /v1/claims", 200, QUEUE (ROW (1) "," ROW (2) "," ROW (3)));
  show_claim (test, CLAIM (AWAITED, TAKE));
  list = WUYOU_RECORD_LIST (wuyou_app_test_find (test->window, WUYOU_TYPE_RECORD_LIST, NULL));
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (GTK_WIDGET (list), "LP-2026-0000012"));
  press (wuyou_app_test_find (GTK_WIDGET (list), GTK_TYPE_COLUMN_VIEW, NULL), GDK_KEY_Down);
  g_assert_null (wuyou_record_list_get_selected (list)); /* the view's own business: nothing was chosen yet */
  wuyou_record_list_select (list, "01934f73-a800-7bd7-9265-caef53727402");
  wuyou_fake_server_forget (test->server, "GET /v1/claims");
  wuyou_fake_server_say_json (test->server, "GET /v1/claims", 200, QUEUE (ROW (1) "," ROW (3)));
  wuyou_record_list_refresh (list);
  WUYOU_APP_TEST_WAIT_FOR (!wuyou_app_test_has_text (GTK_WIDGET (list), "LP-2026-0000012"));
  g_assert_null (wuyou_record_list_get_selected (list));
  press (wuyou_app_test_find (GTK_WIDGET (list), GTK_TYPE_COLUMN_VIEW, NULL), GDK_KEY_Down);
  g_assert_cmpstr (wuyou_record_list_get_selected (list), ==, "01934f73-a800-7bd7-9265-caef53727403");
}

int
main (int argc, char **argv)
{
  wuyou_app_test_init (&argc, &argv);
#define ADD(path, role, run) g_test_add ("/claim-next/" path, WuyouAppTest, role, set_up, run, tear_down)
  ADD ("suggested", "DCLM", test_suggested);
  ADD ("focus", "DCLM", test_focus);
  ADD ("focus-elsewhere", "DCLM", test_focus_elsewhere);
  ADD ("back", "OCLA", test_back);
  ADD ("return", "DCLM", test_return);
  ADD ("reason", "OCLA", test_reason);
  ADD ("reason-queued", "OCLA", test_reason_queued);
  ADD ("queue", "OCLA", test_queue);
  return g_test_run ();
}
