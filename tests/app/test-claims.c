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
#include "claims/wuyou-claim-rules.h"
#include "claims/wuyou-claims-page.h"
#include "claims/wuyou-evidence-slot.h"
#include "claims/wuyou-evidence-view.h"
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
  CASE (                                                                                                               \
      "\"number\":\"LP-2026-0000012\",\"state\":\"REPORTED\",\"loss_type\":\"FLOOD\",\"created_by\":\"" ME "\"",       \
      "\"turn\":{\"holder\":\"CLERK\",\"paused\":false},\"checklist\":[],\"actions\":["                                \
      "{\"action\":\"submit\",\"to\":\"PRE_SUBMITTED\",\"allowed\":false,\"problem\":{\"code\":\"INVALID\","           \
      "\"violations\":[{\"field\":\"loss_place\",\"detail\":\"This is needed.\"},"                                     \
      "{\"field\":\"LOSS_NOTICE\",\"detail\":\"This is needed.\"}]}}],"                                                \
      "\"open_sections\":[\"loss\"],\"timeline\":[{\"at\":\"2026-11-22T10:31:05Z\",\"action\":\"report\","             \
      "\"version\":3,\"actor\":\"赵敏\",\"changes\":[]},"                                                            \
      "{\"at\":\"2026-11-22T11:31:05Z\",\"action\":\"determine\",\"version\":4,\"unnamed\":true,\"changes\":[]}],\"messages\":[],\"papers\":[]")

#define RETURNED                                                                                                                \
  CASE (                                                                                                                        \
      "\"number\":\"LP-2026-0000012\",\"state\":\"MORE_DOCS\",\"phase\":\"LOSS\",\"loss_type\":\"FLOOD\"",                      \
      "\"turn\":{\"holder\":\"CLERK\",\"paused\":true},\"checklist\":[{\"slot\":\"LOSS_NOTICE\",\"title\":\"出险通知书\"," \
      "\"phase\":\"LOSS\",\"required\":true,\"state\":\"RETURNED\",\"requested\":true,\"request_reason\":\"缺第二页\"}],"   \
      "\"actions\":[{\"action\":\"supply\",\"to\":\"PRE_REVIEW\",\"allowed\":false,\"problem\":{\"code\":\"INVALID\","          \
      "\"violations\":[{\"field\":\"LOSS_NOTICE\",\"detail\":\"Returned, another is needed: 出险通知书\"}]}}],"            \
      "\"open_sections\":[],\"timeline\":[],\"messages\":[],\"papers\":[]")

#define DECIDED                                                                                                        \
  CASE ("\"number\":\"LP-2026-0000012\",\"state\":\"FINAL_REVIEW\",\"phase\":\"REPLACEMENT\",\"loss_type\":\"FLOOD\"," \
        "\"settled_fen\":2083284",                                                                                     \
        "\"turn\":{\"holder\":\"APPROVER\",\"due_on\":\"2020-12-03\",\"workdays_left\":0,\"paused\":false},"           \
        "\"checklist\":[],\"actions\":[{\"action\":\"approve\",\"to\":\"APPROVED\",\"allowed\":true}],"                \
        "\"open_sections\":[],\"timeline\":[],\"messages\":[],\"papers\":[]")
#define UNPAID                                                                                                         \
  CASE ("\"number\":\"LP-2026-0000012\",\"state\":\"SETTLING\",\"phase\":\"REPLACEMENT\",\"loss_type\":\"FLOOD\"",     \
        "\"turn\":{\"holder\":\"FINANCE\",\"paused\":false},\"checklist\":[],\"actions\":[{\"action\":\"pay\","        \
        "\"to\":\"CLOSED_PAID\",\"allowed\":false,\"problem\":{\"code\":\"INVALID\","                                  \
        "\"field\":\"PAYMENT_PROOF\",\"detail\":\"The proof of payment must be uploaded first.\"}}],"                  \
        "\"open_sections\":[],\"timeline\":[],\"messages\":[],\"papers\":[]")

static void
set_up (WuyouAppTest *test, gconstpointer role)
{
  wuyou_app_test_set_up (test);
  wuyou_app_test_sign_in (test, "[]");
  if (role != NULL)
    wuyou_app_test_sign_in_as (test, role);
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

/* The last section of a claim, which is filled after what is seen first. */
static GtkWidget *
find_timeline (GtkWidget *widget)
{
  GtkWidget *found = NULL;

  if (ADW_IS_PREFERENCES_GROUP (widget)
      && g_str_equal (adw_preferences_group_get_title (ADW_PREFERENCES_GROUP (widget)), "Timeline"))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); found == NULL && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_timeline (child);
  return found;
}

static WuyouPage *
show_claim (WuyouAppTest *test)
{
  WuyouPage *page = show_page (test);

  wuyou_page_open_record (page, ID);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (GTK_WIDGET (page), "车价无忧"));
  WUYOU_APP_TEST_WAIT_FOR (find_timeline (GTK_WIDGET (page)) != NULL);
  return page;
}

static GtkWidget *
find_chip (GtkWidget *widget, const char *label)
{
  GtkWidget *found = NULL;

  if (gtk_widget_has_css_class (widget, "wuyou-chip") && GTK_IS_BUTTON (widget)
      && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); found == NULL && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_chip (child, label);
  return found;
}

/* What is below the evidence comes after it, and moves nothing that stands above: the way there is there at once. */
static void
test_lower_sections (WuyouAppTest *test, gconstpointer role)
{
  WuyouPage *page = show_page (test);
  WuyouEvidenceView *evidence;
  graphene_rect_t before, after;

  wuyou_page_open_record (page, ID);
  while (!wuyou_app_test_has_text (GTK_WIDGET (page), "车价无忧"))
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (find_timeline (GTK_WIDGET (page)));
  g_assert_true (gtk_widget_get_visible (find_chip (GTK_WIDGET (page), "Timeline")));
  evidence = WUYOU_EVIDENCE_VIEW (wuyou_app_test_find (GTK_WIDGET (page), WUYOU_TYPE_EVIDENCE_VIEW, NULL));
  while (gtk_widget_get_width (GTK_WIDGET (evidence)) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (gtk_widget_compute_bounds (GTK_WIDGET (evidence), GTK_WIDGET (page), &before));
  WUYOU_APP_TEST_WAIT_FOR (find_timeline (GTK_WIDGET (page)) != NULL);
  wuyou_app_test_pump (100);
  g_assert_true (gtk_widget_compute_bounds (GTK_WIDGET (evidence), GTK_WIDGET (page), &after));
  g_assert_cmpfloat (after.origin.y, ==, before.origin.y);
}

/* The way to a section is one for the focus too: who has no pointer is not led through all that is above. */
static void
test_jump (WuyouAppTest *test, gconstpointer role)
{
  GtkWidget *page = GTK_WIDGET (show_claim (test));
  GtkWidget *chip = find_chip (page, "Letters");
  GtkWidget *focus;

  g_assert_true (gtk_widget_grab_focus (chip));
  g_signal_emit_by_name (chip, "clicked");
  wuyou_app_test_pump (100);
  focus = gtk_window_get_focus (GTK_WINDOW (test->window));
  g_assert_nonnull (focus);
  g_assert_true (wuyou_app_test_has_text (gtk_widget_get_ancestor (focus, ADW_TYPE_PREFERENCES_GROUP), "Claim form"));
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
  g_assert_true (wuyou_app_test_has_text (GTK_WIDGET (page), "12-03 overdue"));
  g_assert_true (wuyou_app_test_has_text (GTK_WIDGET (page), "李*"));
  wuyou_app_test_assert_named (GTK_WIDGET (page));
}

/* A look that finds nothing new leaves the page alone; one that does shows it. */
static void
test_unchanged (WuyouAppTest *test, gconstpointer role)
{
  WuyouPage *page = show_claim (test);
  GtkWidget *row = wuyou_app_test_find (GTK_WIDGET (page), ADW_TYPE_ACTION_ROW, "Product");
  guint asked = wuyou_fake_server_count (test->server, GET_CLAIM);

  g_assert_nonnull (row);
  g_object_add_weak_pointer (G_OBJECT (row), (gpointer *) &row);
  wuyou_page_refresh (page);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_fake_server_count (test->server, GET_CLAIM) == asked + 1);
  wuyou_app_test_pump (300);
  g_assert_nonnull (row);
  wuyou_fake_server_say_json (test->server, GET_CLAIM, 200, REPORTED);
  wuyou_page_refresh (page);
  WUYOU_APP_TEST_WAIT_FOR (row == NULL);
}

/* Toast and timeline have words for each. */
static void
test_words (void)
{
  for (guint i = 0; i < wuyou_claim_workflow.n_transitions; i++) {
    const char *action = wuyou_claim_workflow.transitions[i].action;

    g_assert_cmpstr (wuyou_claim_text_action (action), !=, action);
  }
}

/* Who is not told who did a step is not told that the system did it. */
static void
test_unnamed (WuyouAppTest *test, gconstpointer role)
{
  GtkWidget *timeline;

  wuyou_fake_server_say_json (test->server, GET_CLAIM, 200, REPORTED);
  timeline = find_timeline (GTK_WIDGET (show_claim (test)));
  g_assert_true (wuyou_app_test_has_text (timeline, "赵敏"));
  g_assert_true (wuyou_app_test_has_text (timeline, "Insurer’s determination recorded"));
  g_assert_false (wuyou_app_test_has_text (timeline, "The system"));
}

#define AT_DESK(more)                                                                                                     \
  CASE (                                                                                                                  \
      "\"number\":\"LP-2026-0000012\",\"state\":\"PRE_APPROVED\",\"phase\":\"LOSS\",\"loss_type\":\"FLOOD\"",             \
      "\"turn\":{\"holder\":\"CLERK\",\"paused\":false},\"checklist\":[{\"slot\":\"INVOICE\",\"title\":\"新车发票\"," \
      "\"phase\":\"REPLACEMENT\",\"required\":true,\"state\":\"MISSING\"}],\"actions\":[],\"timeline\":[],"               \
      "\"messages\":[],\"papers\":[]," more)

static gboolean
is_shown (GtkWidget *page, GType type, const char *name)
{
  return gtk_widget_is_visible (wuyou_app_test_find (page, type, name));
}

/* 4.2.1-01: where a dealership may no longer act, dealer operations have everything its clerk would; else nothing. */
static void
test_desk (WuyouAppTest *test, gconstpointer role)
{
  GtkWidget *page;

  wuyou_fake_server_say_json (test->server, GET_CLAIM, 200, AT_DESK ("\"open_sections\":[]"));
  page = GTK_WIDGET (show_claim (test));
  g_assert_false (is_shown (page, GTK_TYPE_BUTTON, "_Edit"));
  g_assert_false (is_shown (page, ADW_TYPE_ENTRY_ROW, "Write to the other side"));
  g_assert_false (wuyou_app_test_has_text (page, "Add Files…"));
  wuyou_fake_server_say_json (test->server, GET_CLAIM, 200,
                              AT_DESK ("\"open_sections\":[\"replacement\"],\"for_dealer\":true"));
  wuyou_page_refresh (WUYOU_PAGE (page));
  WUYOU_APP_TEST_WAIT_FOR (is_shown (page, GTK_TYPE_BUTTON, "_Edit"));
  WUYOU_APP_TEST_WAIT_FOR (is_shown (page, ADW_TYPE_ENTRY_ROW, "Write to the other side"));
  g_assert_true (wuyou_app_test_has_text (page, "Add Files…"));
}

/* Finance brings the proof of payment, once it pays: before that nothing is offered that would lead nowhere. */
static void
test_nothing_to_add (WuyouAppTest *test, gconstpointer role)
{
  static const char approved[]
      = CASE ("\"number\":\"LP-2026-0000012\",\"state\":\"APPROVED\",\"phase\":\"REPLACEMENT\",\"loss_type\":\"FLOOD\","
              "\"settled_fen\":5130000",
              "\"turn\":{\"holder\":\"FINANCE\",\"paused\":false},\"checklist\":[],\"actions\":[],\"open_sections\":[],"
              "\"timeline\":[],\"messages\":[],\"papers\":[]");
  static const char settling[]
      = CASE ("\"number\":\"LP-2026-0000012\",\"state\":\"SETTLING\",\"phase\":\"REPLACEMENT\",\"loss_type\":\"FLOOD\"",
              "\"turn\":{\"holder\":\"FINANCE\",\"paused\":false},\"checklist\":[],\"actions\":[],\"open_sections\":[],"
              "\"timeline\":[],\"messages\":[],\"papers\":[]");
  GtkWidget *page;

  wuyou_fake_server_say_json (test->server, GET_CLAIM, 200, approved);
  page = GTK_WIDGET (show_claim (test));
  g_assert_false (wuyou_app_test_has_text (page, "Add Files…"));
  g_assert_true (wuyou_app_test_has_text (page, "the payment can begin. ¥51,300.00 to "));
  wuyou_fake_server_say_json (test->server, GET_CLAIM, 200, settling);
  wuyou_page_refresh (WUYOU_PAGE (page));
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (page, "Add Files…"));
}

#define REFUSED(until)                                                                                                 \
  CASE ("\"number\":\"LP-2026-0000012\",\"state\":\"REJECTED\",\"loss_type\":\"FLOOD\",\"created_by\":\"" ME "\"",     \
        "\"turn\":{\"holder\":\"NOBODY\"" until ",\"paused\":false},\"checklist\":[],\"actions\":[],"                  \
        "\"open_sections\":[],\"timeline\":[],\"messages\":[],\"papers\":[]")

/* Until when one may appeal; and nothing of it once that is over, or was done before. */
static void
test_appeal_until (WuyouAppTest *test, gconstpointer role)
{
  WuyouPage *page;

  wuyou_fake_server_say_json (test->server, GET_CLAIM, 200, REFUSED (",\"appeal_until\":\"2099-03-01\""));
  page = show_claim (test);
  g_assert_true (wuyou_app_test_has_text (GTK_WIDGET (page), "may appeal until 2099-03-01"));
  wuyou_fake_server_say_json (test->server, GET_CLAIM, 200, REFUSED (",\"appeal_until\":\"2020-03-01\""));
  wuyou_page_refresh (page);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (GTK_WIDGET (page), "appeal ended on 2020-03-01"));
  wuyou_fake_server_say_json (test->server, GET_CLAIM, 200, REFUSED (""));
  wuyou_page_refresh (page);
  WUYOU_APP_TEST_WAIT_FOR (!wuyou_app_test_has_text (GTK_WIDGET (page), "appeal ended"));
  g_assert_true (wuyou_app_test_has_text (GTK_WIDGET (page), "The claim was refused."));
}

static int
sum_columns (GtkColumnView *view)
{
  GListModel *columns = gtk_column_view_get_columns (view);
  int sum = 0;

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++) {
    g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

    if (gtk_column_view_column_get_visible (column))
      sum += gtk_column_view_column_get_fixed_width (column);
  }
  return sum;
}

/* State and due day are the last columns: they are seen where all that is shown has room. */
static void
test_slim_list (WuyouAppTest *test, gconstpointer role)
{
  GtkWidget *page = GTK_WIDGET (show_page (test));
  GtkColumnView *view = GTK_COLUMN_VIEW (wuyou_app_test_find (page, GTK_TYPE_COLUMN_VIEW, NULL));

  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (page, "LP-2026-0000012"));
  WUYOU_APP_TEST_WAIT_FOR (gtk_widget_get_width (page) > 1000); /* two sizes at once are one to the display */
  gtk_window_set_default_size (GTK_WINDOW (test->window), 360, 640);
  WUYOU_APP_TEST_WAIT_FOR (gtk_widget_get_width (page) <= 372);
  WUYOU_APP_TEST_WAIT_FOR (sum_columns (view) <= gtk_widget_get_width (GTK_WIDGET (view)));
  g_assert_true (wuyou_app_test_has_text (page, "12-03 overdue"));
  g_assert_true (wuyou_app_test_has_text (page, "● In preliminary review"));
}

static GtkWidget *
find_state_chip (GtkWidget *widget, const char *label)
{
  GtkWidget *found = NULL;

  if (GTK_IS_TOGGLE_BUTTON (widget) && g_strcmp0 (gtk_widget_get_tooltip_text (widget), label) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); found == NULL && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_state_chip (child, label);
  return found;
}

static void
choose_chip (GtkWidget *page, const char *label)
{
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find_state_chip (page, label)), TRUE);
}

/* Where no claim is begun yet, nobody searched for anything: the first step is said and offered. */
static void
test_no_drafts (WuyouAppTest *test, gconstpointer role)
{
  GtkWidget *page = GTK_WIDGET (show_page (test));

  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (page, "LP-2026-0000012"));
  wuyou_fake_server_say_json (test->server, "GET /v1/claims", 200, "{\"items\":[],\"total\":0}");
  choose_chip (page, "Drafts");
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (page, "No drafts"));
  g_assert_false (wuyou_app_test_has_text (page, "Try the number"));
  g_assert_true (wuyou_app_test_has_text (page, "A claim is begun from the contract"));
  choose_chip (page, "To pay");
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (page, "None at present"));
  g_assert_false (wuyou_app_test_has_text (page, "Try the number"));
  wuyou_fake_server_say_json (test->server, "GET /v1/claims", 200, LIST);
  g_signal_emit_by_name (wuyou_app_test_find (page, GTK_TYPE_BUTTON, "Show All"), "clicked");
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (page, "LP-2026-0000012"));
}

/* Without the server the rows of one state do not stand below another. */
static void
test_other_rows (WuyouAppTest *test, gconstpointer role)
{
  GtkWidget *page = GTK_WIDGET (show_page (test));

  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (page, "LP-2026-0000012"));
  g_assert_true (wuyou_client_set_server (wuyou_app_context_get_client (test->context), "http://127.0.0.1:1", NULL));
  wuyou_page_refresh (WUYOU_PAGE (page));
  wuyou_app_test_pump (500);
  g_assert_true (wuyou_app_test_has_text (page, "LP-2026-0000012"));
  choose_chip (page, "Case closed");
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (page, "This could not be loaded"));
  g_assert_false (wuyou_app_test_has_text (page, "LP-2026-0000012"));
  choose_chip (page, "All");
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (page, "LP-2026-0000012")); /* as it was seen last */
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

/* On a Saturday no working day has passed since a Friday's term. The amount is seen before it is approved. */
static void
test_decide (WuyouAppTest *test, gconstpointer role)
{
  GtkWidget *page, *dialog;

  wuyou_fake_server_say_json (test->server, GET_CLAIM, 200, DECIDED);
  page = GTK_WIDGET (show_claim (test));
  g_assert_true (wuyou_app_test_has_text (page, "Overdue since 2020-12-03"));
  press (page, "Approve");
  dialog = find_dialog (test, "Approve");
  g_assert_true (wuyou_app_test_has_text (dialog, "¥20,832.84"));
  gtk_window_destroy (GTK_WINDOW (dialog));
  wuyou_app_test_pump (100);
}

/* A decision is not kept for later: nobody is told that it was. */
static void
test_decide_offline (WuyouAppTest *test, gconstpointer role)
{
  static const char call[] = "POST /v1/claims/" ID "/actions/approve";
  GtkWidget *page, *dialog;

  wuyou_fake_server_say_json (test->server, GET_CLAIM, 200, DECIDED);
  wuyou_fake_server_say (test->server, call,
                         &(WuyouFakeAnswer){ .status = 200, .type = "text/html", .body = "<html>" });
  page = GTK_WIDGET (show_claim (test));
  press (page, "Approve");
  dialog = find_dialog (test, "Approve");
  wuyou_busy_button_press (WUYOU_BUSY_BUTTON (wuyou_app_test_find (dialog, WUYOU_TYPE_BUSY_BUTTON, NULL)));
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (dialog, "cannot be reached"));
  g_assert_false (wuyou_app_test_has_text (dialog, "sent later"));
  gtk_window_destroy (GTK_WINDOW (dialog));
  wuyou_app_test_pump (100);
}

/* The key under which the newest press of the button went out, once its answer is there. */
static char *
press_and_dup_key (WuyouAppTest *test, GtkWidget *go, const char *call)
{
  wuyou_busy_button_press (WUYOU_BUSY_BUTTON (go));
  WUYOU_APP_TEST_WAIT_FOR (!wuyou_busy_button_get_busy (WUYOU_BUSY_BUTTON (go)));
  return g_strdup (wuyou_fake_server_last (test->server, call, "Idempotency-Key"));
}

static gboolean
is_uncut (GtkWidget *dialog)
{
  GtkWidget *scroller = wuyou_app_test_find (dialog, GTK_TYPE_SCROLLED_WINDOW, NULL);
  GtkAdjustment *place = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));

  return gtk_adjustment_get_upper (place) <= gtk_adjustment_get_page_size (place);
}

/* No answer came: pressed again it is the same request, which the server does once; other words are another one, and
 * so is the same for another version. */
static void
test_press_again (WuyouAppTest *test, gconstpointer role)
{
  static const char call[] = "POST /v1/claims/" ID "/actions/approve";
  g_autofree char *first = NULL, *second = NULL, *other = NULL, *newer = NULL;
  GtkWidget *page, *dialog, *go;

  wuyou_fake_server_say_json (test->server, GET_CLAIM, 200, DECIDED);
  wuyou_fake_server_say_json (test->server, call, 503, "{\"code\":\"UNAVAILABLE\"}");
  page = GTK_WIDGET (show_claim (test));
  press (page, "Approve");
  dialog = find_dialog (test, "Approve");
  go = wuyou_app_test_find (dialog, WUYOU_TYPE_BUSY_BUTTON, NULL);
  first = press_and_dup_key (test, go, call);
  second = press_and_dup_key (test, go, call);
  g_assert_cmpstr (second, ==, first);
  gtk_editable_set_text (GTK_EDITABLE (wuyou_app_test_find (dialog, ADW_TYPE_ENTRY_ROW, NULL)), "同意");
  wuyou_fake_server_say_json (test->server, call, 412, "{\"code\":\"STALE\",\"current\":{\"version\":9}}");
  other = press_and_dup_key (test, go, call);
  g_assert_cmpstr (other, !=, first);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (dialog, "press again"));
  WUYOU_APP_TEST_WAIT_FOR (is_uncut (dialog)); /* the sentence takes no room from the entry */
  newer = press_and_dup_key (test, go, call);
  g_assert_cmpstr (newer, !=, other);
  g_assert_cmpstr (wuyou_fake_server_last (test->server, call, "If-Match"), ==, "\"9\"");
  gtk_window_destroy (GTK_WINDOW (dialog));
  wuyou_app_test_pump (100);
}

#define TAKEN                                                                                                          \
  CASE ("\"number\":\"LP-2026-0000012\",\"state\":\"PRE_REVIEW\",\"phase\":\"LOSS\",\"loss_type\":\"FLOOD\"",          \
        "\"turn\":{\"holder\":\"ASSESSOR\",\"paused\":false},\"checklist\":[],\"actions\":[{\"action\":\"take-over\"," \
        "\"to\":\"PRE_REVIEW\",\"allowed\":true}],\"open_sections\":[],\"timeline\":[],\"messages\":[],\"papers\":[]")

/* A sentence of two lines does not push the last row below the button. */
static void
test_whole_step (WuyouAppTest *test, gconstpointer role)
{
  g_autoptr (GString) claim = g_string_new (TAKEN);
  GtkWidget *page, *dialog;
  GtkAdjustment *place;

  g_string_replace (claim, "\"take-over\"", "\"determine\"", 0);
  g_string_replace (claim, "PRE_REVIEW", "REPORTED", 0);
  wuyou_fake_server_say_json (test->server, GET_CLAIM, 200, claim->str);
  page = GTK_WIDGET (show_claim (test));
  press (page, "Record the insurer’s determination");
  dialog = find_dialog (test, "Record the insurer’s determination");
  place = gtk_scrolled_window_get_vadjustment (
      GTK_SCROLLED_WINDOW (wuyou_app_test_find (dialog, GTK_TYPE_SCROLLED_WINDOW, NULL)));
  WUYOU_APP_TEST_WAIT_FOR (gtk_adjustment_get_page_size (place) > 50);
  wuyou_app_test_pump (200);
  g_assert_cmpfloat (gtk_adjustment_get_upper (place), <=, gtk_adjustment_get_page_size (place));
  gtk_window_destroy (GTK_WINDOW (dialog));
  wuyou_app_test_pump (100);
}

/* Somebody else's case is taken for a reason. */
static void
test_take_over (WuyouAppTest *test, gconstpointer role)
{
  static const char call[] = "POST /v1/claims/" ID "/actions/take-over";
  GtkWidget *page, *dialog, *go;

  wuyou_fake_server_say_json (test->server, GET_CLAIM, 200, TAKEN);
  wuyou_fake_server_say_json (test->server, call, 200, REVIEWED);
  page = GTK_WIDGET (show_claim (test));
  press (page, "Take over the case");
  dialog = find_dialog (test, "Take over the case");
  go = wuyou_app_test_find (dialog, WUYOU_TYPE_BUSY_BUTTON, NULL);
  wuyou_busy_button_press (WUYOU_BUSY_BUTTON (go));
  g_assert_true (wuyou_app_test_has_text (dialog, "This is needed."));
  g_assert_cmpuint (wuyou_fake_server_count (test->server, call), ==, 0);
  gtk_editable_set_text (GTK_EDITABLE (wuyou_app_test_find (dialog, ADW_TYPE_ENTRY_ROW, "Reason")), "她休假");
  wuyou_busy_button_press (WUYOU_BUSY_BUTTON (go));
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (page, "出险通知书"));
  wuyou_test_assert_json (wuyou_fake_server_last (test->server, call, NULL), "{\"reason\":\"她休假\"}");
}

#define COMPUTED                                                                                                       \
  CASE ("\"number\":\"LP-2026-0000012\",\"state\":\"FINAL_REVIEW\",\"phase\":\"REPLACEMENT\",\"loss_type\":\"FLOOD\"," \
        "\"assessor_id\":\"" ME "\",\"settlement_json\":\"{\\\"steps\\\":[],\\\"total_fen\\\":5130000}\","             \
        "\"settled_fen\":5130000",                                                                                     \
        "\"turn\":{\"holder\":\"ASSESSOR\",\"paused\":false},\"checklist\":[],\"actions\":[],\"open_sections\":[],"    \
        "\"timeline\":[],\"messages\":[],\"papers\":[]")

/* An amount that was wiped out is none; "0" is one. */
static void
test_other_amount (WuyouAppTest *test, gconstpointer role)
{
  static const char call[] = "PUT /v1/claims/" ID "/settlement";
  GtkWidget *page, *dialog, *go, *amount;

  wuyou_fake_server_say_json (test->server, GET_CLAIM, 200, COMPUTED);
  wuyou_fake_server_say_json (test->server, call, 200, COMPUTED);
  page = GTK_WIDGET (show_claim (test));
  press (page, "Another _Amount…");
  dialog = find_dialog (test, "Another Amount");
  go = wuyou_app_test_find (dialog, WUYOU_TYPE_BUSY_BUTTON, NULL);
  amount = wuyou_app_test_find (dialog, ADW_TYPE_ENTRY_ROW, "Amount instead");
  g_assert_nonnull (amount);
  gtk_editable_set_text (GTK_EDITABLE (wuyou_app_test_find (dialog, ADW_TYPE_ENTRY_ROW, "Why another amount")), "残值");
  gtk_editable_set_text (GTK_EDITABLE (amount), " ");
  wuyou_busy_button_press (WUYOU_BUSY_BUTTON (go));
  g_assert_true (wuyou_app_test_has_text (dialog, "This is needed."));
  g_assert_cmpuint (wuyou_fake_server_count (test->server, call), ==, 0);
  gtk_editable_set_text (GTK_EDITABLE (amount), "0");
  wuyou_busy_button_press (WUYOU_BUSY_BUTTON (go));
  WUYOU_APP_TEST_WAIT_FOR (wuyou_fake_server_count (test->server, call) == 1);
  wuyou_test_assert_json (wuyou_fake_server_last (test->server, call, NULL), "{\"amount_fen\":0,\"reason\":\"残值\"}");
}

/* The same for an entry: the form opens at it. */
static void
test_not_yet_entered (WuyouAppTest *test, gconstpointer role)
{
  static const char bought[] = CASE (
      "\"number\":\"LP-2026-0000012\",\"state\":\"REPLACING\",\"phase\":\"REPLACEMENT\",\"loss_type\":\"FLOOD\"",
      "\"turn\":{\"holder\":\"CLERK\",\"paused\":false},\"checklist\":[],\"actions\":[{\"action\":\"submit\","
      "\"to\":\"FINAL_SUBMITTED\",\"allowed\":false,\"problem\":{\"code\":\"INVALID\",\"field\":\"delivered_on\","
      "\"detail\":\"The new car is not handed over.\"}}],"
      "\"open_sections\":[\"replacement\"],\"timeline\":[],\"messages\":[],\"papers\":[]");
  GtkWidget *page;

  wuyou_fake_server_say_json (test->server, GET_CLAIM, 200, bought);
  page = GTK_WIDGET (show_claim (test));
  g_signal_emit_by_name (wuyou_app_test_find (page, ADW_TYPE_ACTION_ROW, "The new car is not handed over."),
                         "activated");
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (page, "New car handed over"));
}

/* Why a write was refused stays to be read while the record is read again. */
static void
test_refused (WuyouAppTest *test, gconstpointer role)
{
  static const char call[] = "PUT /v1/claims/" ID "/checks";
  WuyouPage *shown = show_claim (test);
  GtkWidget *page = GTK_WIDGET (shown);
  guint reads = wuyou_fake_server_count (test->server, GET_CLAIM);

  wuyou_fake_server_say_json (test->server, call, 403, "{\"code\":\"FORBIDDEN\"}");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (wuyou_app_test_find (page, GTK_TYPE_TOGGLE_BUTTON, "Met")), TRUE);
  g_assert_true (wuyou_page_act (shown, WUYOU_PAGE_SAVE));
  WUYOU_APP_TEST_WAIT_FOR (wuyou_fake_server_count (test->server, GET_CLAIM) > reads);
  wuyou_app_test_pump (200);
  g_assert_true (wuyou_app_test_has_text (page, wuyou_error_info (WUYOU_ERROR_FORBIDDEN)->sentence));
}

/* What is refused as a whole says why on the page, not only beside the button, and leads to the paper it is for. */
static void
test_not_yet (WuyouAppTest *test, gconstpointer role)
{
  GtkWidget *page, *row, *focus;

  wuyou_fake_server_say_json (test->server, GET_CLAIM, 200, UNPAID);
  page = GTK_WIDGET (show_claim (test));
  g_assert_true (wuyou_app_test_has_text (page, "Not possible yet"));
  g_assert_true (wuyou_app_test_has_text (page, "The proof of payment must be uploaded first."));
  row = wuyou_app_test_find (page, ADW_TYPE_ACTION_ROW, "The proof of payment must be uploaded first.");
  g_assert_true (gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (row)));
  g_signal_emit_by_name (row, "activated");
  focus = gtk_root_get_focus (gtk_widget_get_root (page));
  g_assert_nonnull (focus);
  g_assert_nonnull (gtk_widget_get_ancestor (focus, WUYOU_TYPE_EVIDENCE_SLOT));
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

/* A document that comes in while one writes what is missing is no reason to write it again. */
static void
test_request_stale (WuyouAppTest *test, gconstpointer role)
{
  static const char call[] = "POST /v1/claims/" ID "/actions/request";
  GtkWidget *page = GTK_WIDGET (show_claim (test));
  GtkWidget *dialog, *go;

  wuyou_fake_server_say_json (test->server, call, 412,
                              "{\"code\":\"STALE\",\"current\":{\"id\":\"" ID "\",\"version\":9}}");
  press (page, "Request documents");
  dialog = find_dialog (test, "Request Documents");
  go = wuyou_app_test_find (dialog, WUYOU_TYPE_BUSY_BUTTON, NULL);
  gtk_editable_set_text (GTK_EDITABLE (wuyou_app_test_find (dialog, ADW_TYPE_ENTRY_ROW, "Why it is needed")), "看不清");
  wuyou_busy_button_press (WUYOU_BUSY_BUTTON (go));
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (dialog, "press again"));
  wuyou_fake_server_say_json (test->server, call, 200, REPORTED);
  wuyou_busy_button_press (WUYOU_BUSY_BUTTON (go));
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (page, "Loss reported"));
  g_assert_cmpstr (wuyou_fake_server_last (test->server, call, "If-Match"), ==, "\"9\"");
}

/* What takes long can be stopped, and tried again. */
static void
test_request_stopped (WuyouAppTest *test, gconstpointer role)
{
  static const char call[] = "POST /v1/claims/" ID "/actions/request";
  GtkWidget *page = GTK_WIDGET (show_claim (test));
  GtkWidget *dialog, *go;

  wuyou_fake_server_say (test->server, call, &(WuyouFakeAnswer){ .status = 200, .hang = TRUE });
  press (page, "Request documents");
  dialog = find_dialog (test, "Request Documents");
  go = wuyou_app_test_find (dialog, WUYOU_TYPE_BUSY_BUTTON, NULL);
  gtk_editable_set_text (GTK_EDITABLE (wuyou_app_test_find (dialog, ADW_TYPE_ENTRY_ROW, "Why it is needed")), "看不清");
  wuyou_busy_button_press (WUYOU_BUSY_BUTTON (go));
  WUYOU_APP_TEST_WAIT_FOR (wuyou_fake_server_count (test->server, call) == 1);
  g_signal_emit_by_name (go, "cancelled");
  WUYOU_APP_TEST_WAIT_FOR (!wuyou_busy_button_get_busy (WUYOU_BUSY_BUTTON (go)));
  wuyou_fake_server_say_json (test->server, call, 200, REPORTED);
  wuyou_busy_button_press (WUYOU_BUSY_BUTTON (go));
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (page, "Loss reported"));
}

#define COMPLETE                                                                                                                    \
  CASE (                                                                                                                            \
      "\"state\":\"DRAFT\",\"loss_type\":\"FLOOD\",\"loss_at\":\"2026-01-02T00:30:00Z\",\"loss_place\":\"****\","                   \
      "\"loss_cause\":\"****\",\"informant_name\":\"李*\",\"informant_mobile\":\"138****5678\",\"insurer_report_no\":\"****8123\"", \
      "\"turn\":{\"holder\":\"CLERK\",\"paused\":false},\"checklist\":[],\"actions\":["                                             \
      "{\"action\":\"report\",\"to\":\"REPORTED\",\"allowed\":true}],"                                                              \
      "\"open_sections\":[\"loss\",\"consent\",\"determination\"],\"timeline\":[],\"messages\":[],\"papers\":[]")

static void
test_report_stopped (WuyouAppTest *test, gconstpointer role)
{
  static const char call[] = "POST /v1/claims/" ID "/actions/report";
  GtkWidget *form, *send;

  wuyou_fake_server_say_json (test->server, GET_CLAIM, 200, COMPLETE);
  wuyou_fake_server_say (test->server, call, &(WuyouFakeAnswer){ .status = 200, .hang = TRUE });
  form = GTK_WIDGET (wuyou_claim_form_new (test->context, ID, NULL));
  wuyou_app_test_show (test, form);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (form, "138****5678"));
  send = wuyou_app_test_find (form, WUYOU_TYPE_BUSY_BUTTON, NULL);
  wuyou_busy_button_press (WUYOU_BUSY_BUTTON (send));
  WUYOU_APP_TEST_WAIT_FOR (wuyou_fake_server_count (test->server, call) == 1);
  g_signal_emit_by_name (send, "cancelled");
  WUYOU_APP_TEST_WAIT_FOR (!wuyou_busy_button_get_busy (WUYOU_BUSY_BUTTON (send)));
  wuyou_busy_button_press (WUYOU_BUSY_BUTTON (send));
  WUYOU_APP_TEST_WAIT_FOR (wuyou_fake_server_count (test->server, call) == 2);
  g_signal_emit_by_name (send, "cancelled");
  WUYOU_APP_TEST_WAIT_FOR (!wuyou_busy_button_get_busy (WUYOU_BUSY_BUTTON (send)));
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

#define OTHER_ID "01934f73-a800-7bd7-9265-caef53727409"

/* Another claim is looked at in the middle of the checks. */
static void
test_checks_come_back (WuyouAppTest *test, gconstpointer role)
{
  g_autoptr (GString) other = g_string_new (REVIEWED);
  WuyouPage *page = show_claim (test);
  GtkWidget *not_met = wuyou_app_test_find (GTK_WIDGET (page), GTK_TYPE_TOGGLE_BUTTON, "Not met");
  GtkWidget *note = wuyou_app_test_find (GTK_WIDGET (page), ADW_TYPE_ENTRY_ROW, "Note");
  GtkWidget *save = wuyou_app_test_find (GTK_WIDGET (page), GTK_TYPE_BUTTON, "_Save the Checks");

  g_string_replace (other, "\"claim\":{\"id\":\"" ID, "\"claim\":{\"id\":\"" OTHER_ID, 1);
  wuyou_fake_server_say_json (test->server, "GET /v1/claims/" OTHER_ID, 200, other->str);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (not_met), TRUE);
  gtk_editable_set_text (GTK_EDITABLE (note), "早于生效日");
  wuyou_page_open_record (page, OTHER_ID);
  WUYOU_APP_TEST_WAIT_FOR (!gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (not_met)));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (note)), ==, "");
  g_assert_false (gtk_widget_get_sensitive (save));
  wuyou_page_open_record (page, ID);
  WUYOU_APP_TEST_WAIT_FOR (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (not_met)));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (note)), ==, "早于生效日");
  g_assert_true (gtk_widget_get_sensitive (save));
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

/* An insurer's user, also of a branch, is offered the determination and nothing else. */
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
  g_assert_false (gtk_widget_get_visible (wuyou_app_test_find (page, GTK_TYPE_BUTTON, "Messages")));
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
  form = GTK_WIDGET (g_object_ref_sink (wuyou_claim_form_new (test->context, NULL, CONTRACT)));
  id = g_strdup (wuyou_record_form_get_id (WUYOU_RECORD_FORM (form)));
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

/* Labels in sight that say so. */
static guint
count_text (GtkWidget *root, const char *text)
{
  guint n = GTK_IS_LABEL (root) && gtk_widget_get_mapped (root)
            && strstr (gtk_label_get_text (GTK_LABEL (root)), text) != NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += count_text (child, text);
  return n;
}

/* Late is said while one types, and refuses nothing. */
static void
test_late (WuyouAppTest *test, gconstpointer role)
{
  GtkWidget *form = GTK_WIDGET (wuyou_claim_form_new (test->context, NULL, CONTRACT));
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

/* What is wrong goes on to say why once the loss was to be reported; what is empty says it by being empty. */
static void
test_wrong (WuyouAppTest *test, gconstpointer role)
{
  GtkWidget *form = GTK_WIDGET (wuyou_claim_form_new (test->context, NULL, CONTRACT));
  GtkWidget *phone, *send;

  wuyou_app_test_show (test, form);
  phone = wuyou_app_test_find (form, ADW_TYPE_ENTRY_ROW, "Informant’s mobile phone");
  send = wuyou_app_test_find (form, WUYOU_TYPE_BUSY_BUTTON, NULL);
  gtk_editable_set_text (GTK_EDITABLE (phone), "abc123");
  WUYOU_APP_TEST_WAIT_FOR (count_text (form, "11 digits") == 1);
  wuyou_busy_button_press (WUYOU_BUSY_BUTTON (send));
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (form, "entries are still to be done"));
  g_assert_cmpuint (count_text (form, "11 digits"), ==, 2); /* below its row, and in the list */
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
  g_assert_true (wuyou_app_test_has_text (page, "请再寄一份")); /* also when nothing can be read from the server */
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (page, "waits to be sent"));
  wuyou_fake_server_say_json (test->server, call, 200, REVIEWED);
  wuyou_outbox_retry (wuyou_app_context_get_outbox (test->context));
  WUYOU_APP_TEST_WAIT_FOR (wuyou_outbox_get_n_waiting (wuyou_app_context_get_outbox (test->context)) == 0);
  g_assert_nonnull (strstr (wuyou_fake_server_last (test->server, call, NULL), "\"请再寄一份\""));
}

/* What waits was written. */
static void
test_first_message (WuyouAppTest *test, gconstpointer role)
{
  GtkWidget *page;

  wuyou_fake_server_say_json (test->server, GET_CLAIM, 200, REPORTED);
  wuyou_fake_server_say_json (test->server, "POST /v1/claims/" ID "/messages", 503, "{\"code\":\"BUSY\"}");
  page = GTK_WIDGET (show_claim (test));
  g_assert_true (wuyou_app_test_has_text (page, "Nothing was written yet."));
  gtk_editable_set_text (GTK_EDITABLE (wuyou_app_test_find (page, ADW_TYPE_ENTRY_ROW, "Write to the other side")),
                         "在吗");
  press (page, "_Send");
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (page, "waits to be sent"));
  g_assert_false (wuyou_app_test_has_text (page, "Nothing was written yet."));
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
  ADD ("/claims/page/list", NULL, test_list);
  ADD ("/claims/page/list-reviewer", "OCLA", test_list);
  ADD ("/claims/page/list-slim", NULL, test_slim_list);
  ADD ("/claims/page/list-no-drafts", NULL, test_no_drafts);
  ADD ("/claims/page/list-other-rows", NULL, test_other_rows);
  ADD ("/claims/page/detail", "OCLA", test_detail);
  ADD ("/claims/steps/decide", "OCLB", test_decide);
  ADD ("/claims/steps/decide-offline", "OCLB", test_decide_offline);
  g_test_add_func ("/claims/words", test_words);
  ADD ("/claims/page/unnamed", "ICLM", test_unnamed);
  ADD ("/claims/page/appeal-until", NULL, test_appeal_until);
  ADD ("/claims/page/jump", "OCLA", test_jump);
  ADD ("/claims/page/desk", "OOPS", test_desk);
  ADD ("/claims/page/nothing-to-add", "OFIN", test_nothing_to_add);
  ADD ("/claims/steps/press-again", "OCLB", test_press_again);
  ADD ("/claims/steps/not-yet", "OFIN", test_not_yet);
  ADD ("/claims/steps/not-yet-entered", "DCLM", test_not_yet_entered);
  ADD ("/claims/steps/take-over", "OCLA", test_take_over);
  ADD ("/claims/steps/whole-step", "ICLM", test_whole_step);
  ADD ("/claims/page/lower-sections", "OCLA", test_lower_sections);
  ADD ("/claims/page/refused", "OCLA", test_refused);
  ADD ("/claims/page/papers", "OCLA", test_papers);
  ADD ("/claims/page/returned", "DCLM", test_returned);
  ADD ("/claims/page/unchanged", "OCLA", test_unchanged);
  ADD ("/claims/page/to-the-checks", "OCLA", test_to_the_checks);
  ADD ("/claims/steps/request", "OCLA", test_request);
  ADD ("/claims/steps/request-stale", "OCLA", test_request_stale);
  ADD ("/claims/steps/request-stopped", "OCLA", test_request_stopped);
  ADD ("/claims/steps/form-stopped", NULL, test_report_stopped);
  ADD ("/claims/steps/checks", "OCLA", test_checks);
  ADD ("/claims/steps/checks-come-back", "OCLA", test_checks_come_back);
  ADD ("/claims/steps/other-amount", "OCLA", test_other_amount);
  ADD ("/claims/page/missing", NULL, test_missing);
  ADD ("/claims/page/insurer", "ICLM", test_insurer);
  ADD ("/claims/steps/draft-offline", NULL, test_offline);
  ADD ("/claims/steps/draft-stale", NULL, test_stale);
  ADD ("/claims/steps/form-late", NULL, test_late);
  ADD ("/claims/steps/form-wrong", NULL, test_wrong);
  ADD ("/claims/page/message", "OCLA", test_message);
  ADD ("/claims/page/message-first", "OCLA", test_first_message);
  ADD ("/claims/page/notice", NULL, test_notice);
  ADD ("/claims/steps/settlement", NULL, test_settlement);
  return g_test_run ();
}
