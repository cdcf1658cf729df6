/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
/* The page of claims: list, case, what a clerk types, what a reviewer decides, and what is told of it. */
#include "config.h"

#include <adwaita.h>
#include <string.h>

#include "base/wuyou-json.h"
#include "claims/wuyou-claim-form.h"
#include "claims/wuyou-claim-notice.h"
#include "claims/wuyou-claim-settlement-view.h"
#include "claims/wuyou-claim-text.h"
#include "claims/wuyou-claims-page.h"
#include "drafts/wuyou-draft-courier.h"
#include "widgets/wuyou-busy-button.h"
#include "wuyou-app-test.h"
#include "wuyou-test.h"

#define ID "01934f73-a800-7bd7-9265-caef53727400"
#define CONTRACT "01934f73-a800-7bd7-9265-caef53727401"
#define ME "0199a0b1-0000-7000-8000-000000000001" /* of the fake session */
#define GET_CLAIM "GET /v1/claims/" ID
#define PUT_CLAIM "PUT /v1/claims/" ID
#define ROW                                                                                                            \
  "{\"id\":\"" ID "\",\"seq\":2,\"version\":3,\"number\":\"LP-2026-0000012\",\"state\":\"PRE_REVIEW\","                \
  "\"loss_type\":\"FLOOD\",\"due_on\":\"2020-12-03\",\"turn\":\"ASSESSOR\",\"contract_number\":\"WY-2026-0000481\","   \
  "\"contract_owner_name\":\"李*\"}"
#define LIST "{\"items\":[" ROW "],\"total\":1,\"more\":false,\"counts\":{\"PRE_REVIEW\":1},\"turns\":{\"ASSESSOR\":1}}"
#define CASE(claim, rest)                                                                                              \
  "{\"claim\":{\"id\":\"" ID "\",\"version\":3,\"contract_id\":\"" CONTRACT "\"," claim "},\"erased\":false,"          \
  "\"contract\":{\"id\":\"" CONTRACT "\",\"number\":\"WY-2026-0000481\",\"owner_name\":\"李*\"},"                     \
  "\"org\":{\"id\":\"" CONTRACT "\",\"name\":\"安达汽车\"},"                                                       \
  "\"product\":{\"id\":\"" CONTRACT "\",\"code\":\"AX-D\",\"label\":\"2026.1\",\"name\":\"车价无忧\","             \
  "\"benefit_json\":\"{\\\"exclusions\\\":[{\\\"code\\\":\\\"MODIFIED\\\",\\\"title\\\":\\\"车辆改装\\\","         \
  "\\\"clause\\\":\\\"7.1\\\"}]}\"},\"clocks\":{\"notify_days\":3,\"supplement_days\":10},"                            \
  "\"people\":{\"" ME "\":\"李明华\"}," rest "}"
#define REVIEWED                                                                                                       \
  CASE ("\"number\":\"LP-2026-0000012\",\"state\":\"PRE_REVIEW\",\"phase\":\"LOSS\",\"loss_type\":\"FLOOD\","          \
        "\"loss_place\":\"****\",\"submitted_at\":\"2026-11-22T10:31:05Z\",\"assessor_id\":\"" ME "\"",                \
        "\"turn\":{\"holder\":\"ASSESSOR\",\"due_on\":\"2026-12-03\",\"workdays_left\":-2,\"paused\":false},"          \
        "\"checklist\":[{\"slot\":\"LOSS_NOTICE\",\"title\":\"出险通知书\",\"phase\":\"LOSS\",\"form\":\"COPY\"," \
        "\"required\":true,\"sensitive\":false,\"state\":\"MISSING\",\"requested\":false}],"                           \
        "\"actions\":[{\"action\":\"request\",\"to\":\"MORE_DOCS\",\"allowed\":true},"                                 \
        "{\"action\":\"approve\",\"to\":\"PRE_APPROVED\",\"allowed\":false,\"problem\":{\"code\":\"FORBIDDEN\"}}],"    \
        "\"open_sections\":[],\"timeline\":[],\"messages\":[{\"id\":\"" ID "\",\"at\":\"2026-11-22T10:31:05Z\","       \
        "\"actor\":\"赵敏\",\"side\":\"DEALER\",\"text\":\"照片明天补上\"}],\"papers\":[]")
#define DRAFT                                                                                                          \
  CASE ("\"state\":\"DRAFT\",\"loss_type\":\"FLOOD\"",                                                                 \
        "\"turn\":{\"holder\":\"CLERK\",\"paused\":false},\"checklist\":[],\"actions\":["                              \
        "{\"action\":\"report\",\"to\":\"REPORTED\",\"allowed\":false,\"problem\":{\"code\":\"INVALID\"}}],"           \
        "\"open_sections\":[\"loss\",\"consent\",\"determination\"],\"timeline\":[],\"messages\":[],\"papers\":[]")
#define REPORTED                                                                                                       \
  CASE ("\"number\":\"LP-2026-0000012\",\"state\":\"REPORTED\",\"loss_type\":\"FLOOD\",\"created_by\":\"" ME "\"",     \
        "\"turn\":{\"holder\":\"CLERK\",\"paused\":false},\"checklist\":[],\"actions\":["                              \
        "{\"action\":\"submit\",\"to\":\"PRE_SUBMITTED\",\"allowed\":false,\"problem\":{\"code\":\"INVALID\","         \
        "\"violations\":[{\"field\":\"loss_place\",\"detail\":\"This is needed.\"},"                                   \
        "{\"field\":\"LOSS_NOTICE\",\"detail\":\"This is needed.\"}]}}],"                                              \
        "\"open_sections\":[\"loss\"],\"timeline\":[{\"at\":\"2026-11-22T10:31:05Z\",\"action\":\"report\","           \
        "\"version\":3,\"actor\":\"赵敏\",\"changes\":[]}],\"messages\":[],\"papers\":[]")

#define RETURNED                                                                                                                \
  CASE (                                                                                                                        \
      "\"number\":\"LP-2026-0000012\",\"state\":\"MORE_DOCS\",\"phase\":\"LOSS\",\"loss_type\":\"FLOOD\"",                      \
      "\"turn\":{\"holder\":\"CLERK\",\"paused\":true},\"checklist\":[{\"slot\":\"LOSS_NOTICE\",\"title\":\"出险通知书\"," \
      "\"phase\":\"LOSS\",\"required\":true,\"state\":\"RETURNED\",\"requested\":true,\"request_reason\":\"缺第二页\"}],"   \
      "\"actions\":[{\"action\":\"supply\",\"to\":\"PRE_REVIEW\",\"allowed\":false,\"problem\":{\"code\":\"INVALID\","          \
      "\"violations\":[{\"field\":\"LOSS_NOTICE\",\"detail\":\"Returned, another is needed: 出险通知书\"}]}}],"            \
      "\"open_sections\":[],\"timeline\":[],\"messages\":[],\"papers\":[]")

static void
sign_in_as (WuyouAppTest *test, const char *role)
{
  g_autofree char *text = wuyou_fake_session (NULL, "[]");
  g_autoptr (GString) body = g_string_new (text);
  g_autoptr (JsonObject) object = NULL;

  g_string_replace (body, "DADM", role, 0);
  object = wuyou_json_parse_object (body->str, body->len, NULL);
  g_assert_true (wuyou_session_take_body (wuyou_app_context_get_session (test->context), object, NULL));
}

static void
set_up (WuyouAppTest *test, gconstpointer role)
{
  wuyou_app_test_set_up (test);
  wuyou_app_test_sign_in (test, "[]");
  if (role != NULL)
    sign_in_as (test, role);
  wuyou_fake_server_say_json (test->server, "GET /v1/claims", 200, LIST);
  wuyou_fake_server_say_json (test->server, GET_CLAIM, 200, REVIEWED);
}

static void
tear_down (WuyouAppTest *test, gconstpointer role)
{
  wuyou_local_close (wuyou_app_context_get_local (test->context));
  wuyou_app_test_tear_down (test);
}

static WuyouPage *
show_page (WuyouAppTest *test)
{
  WuyouPage *page = g_object_new (WUYOU_TYPE_CLAIMS_PAGE, "context", test->context, NULL);

  wuyou_app_test_show (test, GTK_WIDGET (page));
  gtk_window_set_default_size (GTK_WINDOW (test->window), 1240, 800);
  wuyou_page_enter (page);
  return page;
}

static WuyouPage *
show_claim (WuyouAppTest *test)
{
  WuyouPage *page = show_page (test);

  wuyou_page_open_record (page, ID);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (GTK_WIDGET (page), "车价无忧"));
  return page;
}

/* Overdue in words; the owner masked; a reviewer begins with what waits for them. */
static void
test_list (WuyouAppTest *test, gconstpointer role)
{
  WuyouPage *page = show_page (test);
  GtkWidget *chip
      = wuyou_app_test_find (GTK_WIDGET (page), GTK_TYPE_TOGGLE_BUTTON, role != NULL ? "Waiting for me" : "All");

  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (GTK_WIDGET (page), "LP-2026-0000012"));
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (chip)));
  g_assert_true (wuyou_app_test_has_text (GTK_WIDGET (page), "Overdue 12-03"));
  g_assert_true (wuyou_app_test_has_text (GTK_WIDGET (page), "李*"));
  wuyou_app_test_assert_named (GTK_WIDGET (page));
}

/* The wire's sentence names the paper in English; the page says what is the matter in its own words. */
static void
test_returned (WuyouAppTest *test, gconstpointer role)
{
  GtkWidget *page;

  wuyou_fake_server_say_json (test->server, GET_CLAIM, 200, RETURNED);
  page = GTK_WIDGET (show_claim (test));
  g_assert_true (wuyou_app_test_has_text (page, "Returned: 缺第二页"));
  g_assert_false (wuyou_app_test_has_text (page, "another is needed"));
}

/* Who reviews has no step to take before the checks are decided: the way goes there. */
static void
test_to_the_checks (WuyouAppTest *test, gconstpointer role)
{
  GtkWidget *page = GTK_WIDGET (show_claim (test));
  GtkWidget *button = wuyou_app_test_find (page, GTK_TYPE_BUTTON, "Go to the Checks");

  g_assert_true (gtk_widget_get_visible (button) && gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
  g_assert_true (wuyou_app_test_has_text (page, "Keys 1 to 4 choose a check"));
}

static void
test_detail (WuyouAppTest *test, gconstpointer role)
{
  GtkWidget *page = GTK_WIDGET (show_claim (test));

  g_assert_true (wuyou_app_test_has_text (page, "Overdue by 2 working days, since 2026-12-03"));
  g_assert_true (wuyou_app_test_has_text (page, "出险通知书"));
  g_assert_true (wuyou_app_test_has_text (page, "照片明天补上"));
  g_assert_true (wuyou_app_test_has_text (page, "****"));
  g_assert_true (gtk_widget_get_visible (wuyou_app_test_find (page, GTK_TYPE_BUTTON, "Request documents")));
  wuyou_app_test_assert_named (page);
}

/* Papers the state allows are there to be printed, stored or not. */
static void
test_papers (WuyouAppTest *test, gconstpointer role)
{
  GtkWidget *page = GTK_WIDGET (show_claim (test));

  g_assert_true (wuyou_app_test_has_text (page, "Claim form"));
  g_assert_true (wuyou_app_test_has_text (page, "List of evidence"));
  g_assert_false (wuyou_app_test_has_text (page, "Hand-over record"));
  g_assert_false (wuyou_app_test_has_text (page, "Settlement sheet"));
}

/* NULL: a question. */
static GtkWidget *
find_dialog (WuyouAppTest *test, const char *title)
{
  g_autoptr (GListModel) windows = g_object_ref (gtk_window_get_toplevels ());

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

    if (title != NULL ? g_strcmp0 (gtk_window_get_title (window), title) == 0 : ADW_IS_MESSAGE_DIALOG (window))
      return GTK_WIDGET (window);
  }
  g_error ("no window \"%s\"", title != NULL ? title : "");
}

static void
press (GtkWidget *root, const char *name)
{
  g_signal_emit_by_name (wuyou_app_test_find (root, GTK_TYPE_BUTTON, name), "clicked");
}

/* One notice: what is chosen goes with its reason, and reads as it will before it goes. */
static void
test_request (WuyouAppTest *test, gconstpointer role)
{
  static const char call[] = "POST /v1/claims/" ID "/actions/request";
  GtkWidget *page = GTK_WIDGET (show_claim (test));
  GtkWidget *dialog;

  wuyou_fake_server_say_json (test->server, call, 200, REPORTED);
  press (page, "Request documents");
  dialog = find_dialog (test, "Request Documents");
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (dialog, "1. 出险通知书")); /* missing: chosen already */
  wuyou_busy_button_press (WUYOU_BUSY_BUTTON (wuyou_app_test_find (dialog, WUYOU_TYPE_BUSY_BUTTON, NULL)));
  g_assert_cmpuint (wuyou_fake_server_count (test->server, call), ==, 0); /* without a reason nothing goes */
  gtk_editable_set_text (GTK_EDITABLE (wuyou_app_test_find (dialog, ADW_TYPE_ENTRY_ROW, "Why it is needed")), "看不清");
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (dialog, "1. 出险通知书 — 看不清"));
  wuyou_busy_button_press (WUYOU_BUSY_BUTTON (wuyou_app_test_find (dialog, WUYOU_TYPE_BUSY_BUTTON, NULL)));
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (page, "Loss reported"));
  wuyou_test_assert_json (wuyou_fake_server_last (test->server, call, NULL),
                          "{\"request\":[{\"slot\":\"LOSS_NOTICE\",\"reason\":\"看不清\"}]}");
  g_assert_cmpstr (wuyou_fake_server_last (test->server, call, "If-Match"), ==, "\"3\"");
}

/* The checks go together; what is chosen survives a claim that is shown anew meanwhile. */
static void
test_checks (WuyouAppTest *test, gconstpointer role)
{
  static const char call[] = "PUT /v1/claims/" ID "/checks";
  WuyouPage *page = show_claim (test);
  GtkWidget *met = wuyou_app_test_find (GTK_WIDGET (page), GTK_TYPE_TOGGLE_BUTTON, "Met");
  GtkWidget *not_met = wuyou_app_test_find (GTK_WIDGET (page), GTK_TYPE_TOGGLE_BUTTON, "Not met");

  wuyou_fake_server_say_json (test->server, call, 200, REVIEWED);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (met), TRUE);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (not_met), TRUE);
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (met)));
  gtk_editable_set_text (GTK_EDITABLE (wuyou_app_test_find (GTK_WIDGET (page), ADW_TYPE_ENTRY_ROW, "Note")),
                         "早于生效日");
  wuyou_page_refresh (page);
  wuyou_app_test_pump (300);
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (not_met)));
  g_assert_true (wuyou_page_act (page, WUYOU_PAGE_SAVE));
  WUYOU_APP_TEST_WAIT_FOR (wuyou_fake_server_count (test->server, call) == 1);
  wuyou_test_assert_json (wuyou_fake_server_last (test->server, call, NULL),
                          "{\"contract\":{\"value\":\"NOT_MET\",\"note\":\"早于生效日\"},\"insurance\":{},"
                          "\"cause\":{},\"exclusions\":{}}");
  WUYOU_APP_TEST_WAIT_FOR (!gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (not_met))); /* as the server has it */
}

/* What is missing is listed where one acts, in words. */
static void
test_missing (WuyouAppTest *test, gconstpointer role)
{
  GtkWidget *page;

  wuyou_fake_server_say_json (test->server, GET_CLAIM, 200, REPORTED);
  page = GTK_WIDGET (show_claim (test));
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (page, "2 things are missing"));
  g_assert_true (wuyou_app_test_has_text (page, "Place of the loss"));
  g_assert_false (gtk_widget_get_sensitive (wuyou_app_test_find (page, GTK_TYPE_BUTTON, "Send to preliminary review")));
}

/* An insurer's user is offered the determination and nothing else. */
static void
test_insurer (WuyouAppTest *test, gconstpointer role)
{
  GtkWidget *page;

  wuyou_fake_server_say_json (
      test->server, GET_CLAIM, 200,
      CASE ("\"number\":\"LP-2026-0000012\",\"state\":\"REPORTED\"",
            "\"turn\":{\"holder\":\"INSURER\",\"paused\":false},\"checklist\":[],\"actions\":["
            "{\"action\":\"determine\",\"to\":\"REPORTED\",\"allowed\":true},"
            "{\"action\":\"submit\",\"to\":\"PRE_SUBMITTED\",\"allowed\":false,\"problem\":{\"code\":\"FORBIDDEN\"}}],"
            "\"open_sections\":[],\"timeline\":[],\"messages\":[],\"papers\":[]"));
  page = GTK_WIDGET (show_claim (test));
  g_assert_true (
      gtk_widget_get_sensitive (wuyou_app_test_find (page, GTK_TYPE_BUTTON, "Record the insurer’s determination")));
  g_assert_false (
      gtk_widget_get_mapped (wuyou_app_test_find (page, ADW_TYPE_ENTRY_ROW, "Write to the other side"))
      && gtk_widget_get_sensitive (wuyou_app_test_find (page, ADW_TYPE_ENTRY_ROW, "Write to the other side")));
  g_assert_false (gtk_widget_get_mapped (wuyou_app_test_find (page, ADW_TYPE_ENTRY_ROW, "Note")));
  g_assert_false (gtk_widget_get_mapped (wuyou_app_test_find (page, GTK_TYPE_BUTTON, "_Edit")));
}

static const WuyouField *
find_field (const char *name)
{
  return wuyou_record_type_find (&wuyou_claim_type, name);
}

/* Typed without a server, kept over the end of the application, sent with its contract once there is one. */
static void
test_offline (WuyouAppTest *test, gconstpointer role)
{
  WuyouOutbox *outbox = wuyou_app_context_get_outbox (test->context);
  WuyouClient *client = wuyou_app_context_get_client (test->context);
  GtkWidget *form;
  g_autofree char *id = NULL;
  const char *body;
  guint n = 0;

  g_assert_true (wuyou_client_set_server (client, "http://127.0.0.1:1", NULL));
  form = g_object_ref_sink (wuyou_claim_form_new (test->context, NULL, CONTRACT));
  id = g_strdup (wuyou_claim_form_get_id (WUYOU_CLAIM_FORM (form)));
  gtk_editable_set_text (GTK_EDITABLE (wuyou_app_test_find (form, ADW_TYPE_ENTRY_ROW, "Place of the loss")),
                         "北京朝阳");
  g_assert_finalize_object (form);
  wuyou_draft_courier_start (test->context, &wuyou_claim_draft_kind);
  wuyou_fake_server_say_json (test->server, "POST /v1/claims", 201, DRAFT);
  WUYOU_APP_TEST_WAIT_FOR (!wuyou_client_get_online (client) || wuyou_outbox_get_n_waiting (outbox) == 0);
  g_assert_true (wuyou_client_set_server (client, wuyou_fake_server_get_url (test->server), NULL));
  wuyou_outbox_restore (outbox);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_fake_server_count (test->server, "POST /v1/claims") == 1);
  body = wuyou_fake_server_last (test->server, "POST /v1/claims", NULL);
  g_assert_nonnull (strstr (body, id));
  g_assert_nonnull (strstr (body, CONTRACT));
  g_assert_nonnull (strstr (body, "北京朝阳"));
  WUYOU_APP_TEST_WAIT_FOR (wuyou_outbox_get_n_waiting (outbox) == 0);
  g_assert_null (wuyou_draft_courier_find_local (test->context, &wuyou_claim_draft_kind, &n));
  g_assert_cmpuint (n, ==, 0);
}

/* Another clerk saved: what is typed here is merged over theirs, and a change never carries the contract again. */
static void
test_stale (WuyouAppTest *test, gconstpointer role)
{
  WuyouDraft *draft = wuyou_draft_new (test->context, &wuyou_claim_draft_kind, ID);
  g_autoptr (WuyouClaim) seen = wuyou_claim_new ();

  seen->id = g_strdup (ID);
  seen->version = 2;
  seen->state = WUYOU_CLAIM_DRAFT;
  wuyou_draft_take (draft, seen);
  wuyou_fake_server_say_json (test->server, PUT_CLAIM, 412,
                              "{\"code\":\"STALE\",\"current\":{\"id\":\"" ID
                              "\",\"version\":3,\"state\":\"DRAFT\",\"loss_type\":\"FIRE\"}}");
  wuyou_draft_set_text (draft, find_field ("loss_type"), "FLOOD");
  wuyou_draft_flush (draft);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_draft_get_state (draft) == WUYOU_DRAFT_REFUSED);
  wuyou_fake_server_say_json (test->server, PUT_CLAIM, 200, DRAFT);
  wuyou_draft_send_again (draft, 3);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_draft_is_settled (draft));
  wuyou_test_assert_json (wuyou_fake_server_last (test->server, PUT_CLAIM, NULL), "{\"loss_type\":\"FLOOD\"}");
  g_assert_cmpstr (wuyou_fake_server_last (test->server, PUT_CLAIM, "If-Match"), ==, "\"3\"");
  wuyou_draft_discard (draft);
  g_assert_finalize_object (draft);
}

/* Late is said while one types, and refuses nothing. */
static void
test_late (WuyouAppTest *test, gconstpointer role)
{
  GtkWidget *form = wuyou_claim_form_new (test->context, NULL, CONTRACT);
  GtkWidget *row;

  wuyou_app_test_show (test, form);
  row = wuyou_app_test_find (form, ADW_TYPE_ENTRY_ROW, "Time of the loss");
  gtk_editable_set_text (GTK_EDITABLE (row), "2026-01-02 25:00");
  WUYOU_APP_TEST_WAIT_FOR (gtk_widget_has_css_class (row, "error"));
  gtk_editable_set_text (GTK_EDITABLE (row), "2026-01-02 08:30");
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (form, "Later than the days agreed"));
  g_assert_false (gtk_widget_has_css_class (row, "error"));
  wuyou_app_test_assert_named (form);
}

/* Messages wait for the server as everything does. */
static void
test_message (WuyouAppTest *test, gconstpointer role)
{
  static const char call[] = "POST /v1/claims/" ID "/messages";
  GtkWidget *page = GTK_WIDGET (show_claim (test));
  GtkWidget *entry = wuyou_app_test_find (page, ADW_TYPE_ENTRY_ROW, "Write to the other side");

  wuyou_fake_server_say_json (test->server, call, 503, "{\"code\":\"BUSY\"}");
  gtk_editable_set_text (GTK_EDITABLE (entry), " 请再寄一份 ");
  press (page, "_Send");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "");
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (page, "waits to be sent"));
  wuyou_fake_server_say_json (test->server, call, 200, REVIEWED);
  wuyou_outbox_retry (wuyou_app_context_get_outbox (test->context));
  WUYOU_APP_TEST_WAIT_FOR (wuyou_outbox_get_n_waiting (wuyou_app_context_get_outbox (test->context)) == 0);
  g_assert_nonnull (strstr (wuyou_fake_server_last (test->server, call, NULL), "\"请再寄一份\""));
}

/* Flags say what they are in words, and are judged with a note; nobody else has the section. */
static void
test_flags (WuyouAppTest *test, gconstpointer role)
{
  static const char call[] = "PUT /v1/claims/" ID "/flags/" CONTRACT;
  static const char flagged[]
      = CASE ("\"number\":\"LP-2026-0000012\",\"state\":\"PRE_REVIEW\"",
              "\"flags\":[{\"id\":\"" CONTRACT "\",\"code\":\"SAME_FILE\",\"severity\":\"ALARM\","
              "\"at\":\"2026-11-22T10:31:05Z\",\"state\":\"OPEN\"}],\"actions\":[],\"open_sections\":[],"
              "\"timeline\":[],\"messages\":[],\"papers\":[]");
  GtkWidget *page, *dialog;

  wuyou_fake_server_say_json (test->server, GET_CLAIM, 200, flagged);
  wuyou_fake_server_say_json (test->server, call, 200, REVIEWED);
  page = GTK_WIDGET (show_claim (test));
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (page, "The very same file is in another claim."));
  press (page, "Explained…");
  dialog = find_dialog (test, NULL);
  gtk_editable_set_text (GTK_EDITABLE (wuyou_app_test_find (dialog, ADW_TYPE_ENTRY_ROW, "Note")), "同一事故");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "go");
  WUYOU_APP_TEST_WAIT_FOR (wuyou_fake_server_count (test->server, call) == 1);
  wuyou_test_assert_json (wuyou_fake_server_last (test->server, call, NULL),
                          "{\"state\":\"CLEARED\",\"note\":\"同一事故\"}");
  gtk_window_destroy (GTK_WINDOW (dialog));
  WUYOU_APP_TEST_WAIT_FOR (!wuyou_app_test_has_text (page, "The very same file"));
}

static void
on_notice_cb (const char *id, const char *text, gpointer data)
{
  g_ptr_array_add (data, g_strdup (text));
}

static void
tell_event (WuyouAppTest *test, gint64 revision)
{
  g_autofree char *text = g_strdup_printf (
      "{\"id\":\"5\",\"kind\":\"change\",\"object\":\"claim\",\"record\":\"" ID "\",\"revision\":%d}", (int) revision);
  g_autoptr (JsonObject) event = wuyou_json_parse_object (text, strlen (text), NULL);

  g_signal_emit_by_name (wuyou_app_context_get_feed (test->context), "event", event);
}

/* The number and nothing of the case; not what was done here, nor what is looked at, nor unasked. */
static void
test_notice (WuyouAppTest *test, gconstpointer role)
{
  g_autoptr (GPtrArray) told = g_ptr_array_new_with_free_func (g_free);
  WuyouClaimNotice *notice = wuyou_claim_notice_new (test->context, on_notice_cb, told);

  wuyou_fake_server_say_json (test->server, GET_CLAIM, 200, REPORTED);
  wuyou_claim_notice_note_own (test->context, ID, 3);
  tell_event (test, 3);
  wuyou_claim_notice_set_shown (test->context, ID);
  tell_event (test, 4);
  wuyou_claim_notice_set_shown (test->context, NULL);
  g_settings_set_boolean (test->settings, "claim-notices", FALSE);
  tell_event (test, 4);
  wuyou_app_test_pump (1800);
  g_assert_cmpuint (told->len, ==, 0);
  g_settings_reset (test->settings, "claim-notices");
  tell_event (test, 4);
  tell_event (test, 5); /* one step, two events */
  WUYOU_APP_TEST_WAIT_FOR (told->len == 1);
  wuyou_app_test_pump (200);
  g_assert_cmpuint (told->len, ==, 1);
  g_assert_cmpstr (told->pdata[0], ==, "There is news of claim LP-2026-0000012.");
  wuyou_claim_notice_free (notice);
}

/* Every step of the sheet has its words, and the amount that was put in its place its reason. */
static void
test_settlement (WuyouAppTest *test, gconstpointer role)
{
  static const char answer[] = CASE (
      "\"state\":\"FINAL_REVIEW\",\"settlement_json\":\"{\\\"benefit_sha256\\\":\\\"00\\\",\\\"input\\\":"
      "{\\\"invoice_amount_fen\\\":45000000},\\\"steps\\\":[{\\\"step\\\":\\\"invoice\\\",\\\"value\\\":45000000},"
      "{\\\"step\\\":\\\"total\\\",\\\"value\\\":5130000}],\\\"total_fen\\\":5130000}\",\"settled_fen\":5130000,"
      "\"override_fen\":5000000,\"override_by\":\"" ME "\",\"override_reason\":\"残值扣减\"",
      "\"actions\":[],\"open_sections\":[],\"timeline\":[],\"messages\":[],\"papers\":[]");
  g_autoptr (JsonObject) object = wuyou_json_parse_object (answer, strlen (answer), NULL);
  g_autoptr (WuyouClaimDossier) dossier = wuyou_claim_dossier_new (object, NULL, NULL);
  GtkWidget *sheet = wuyou_claim_settlement_view_new (dossier);

  wuyou_app_test_show (test, sheet);
  g_assert_true (wuyou_app_test_has_text (sheet, "¥450,000.00"));
  g_assert_true (wuyou_app_test_has_text (sheet, "¥51,300.00"));
  g_assert_true (wuyou_app_test_has_text (sheet, "¥50,000.00"));
  g_assert_true (wuyou_app_test_has_text (sheet, "残值扣减"));
  g_assert_true (wuyou_app_test_has_text (sheet, "李明华"));
}

#define ADD(path, role, function) g_test_add (path, WuyouAppTest, role, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  wuyou_app_test_init (&argc, &argv);
  ADD ("/claims/list", NULL, test_list);
  ADD ("/claims/list/reviewer", "OCLA", test_list);
  ADD ("/claims/detail", "OCLA", test_detail);
  ADD ("/claims/papers", "OCLA", test_papers);
  ADD ("/claims/returned", "DCLM", test_returned);
  ADD ("/claims/to-the-checks", "OCLA", test_to_the_checks);
  ADD ("/claims/request", "OCLA", test_request);
  ADD ("/claims/checks", "OCLA", test_checks);
  ADD ("/claims/missing", NULL, test_missing);
  ADD ("/claims/insurer", "ICLM", test_insurer);
  ADD ("/claims/draft/offline", NULL, test_offline);
  ADD ("/claims/draft/stale", NULL, test_stale);
  ADD ("/claims/form/late", NULL, test_late);
  ADD ("/claims/message", "OCLA", test_message);
  ADD ("/claims/flags", "OCLA", test_flags);
  ADD ("/claims/notice", NULL, test_notice);
  ADD ("/claims/settlement", NULL, test_settlement);
  return g_test_run ();
}
