/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
/* Who is offered to report a loss from a contract, and to go on with the claim. */
#include "config.h"

#include <adwaita.h>
#include <string.h>

#include "base/wuyou-json.h"
#include "claims/wuyou-claims-page.h"
#include "sales/wuyou-contract-detail.h"
#include "wuyou-app-test.h"
#include "wuyou-test.h"

#define CONTRACT "01934f73-a800-7bd7-9265-caef53727401"
#define CLAIM "01934f73-a800-7bd7-9265-caef53727400"
#define SALE(state, rest)                                                                                              \
  "{\"contract\":{\"id\":\"" CONTRACT "\",\"version\":7,\"number\":\"WY-2026-0000481\",\"state\":\"" state "\","       \
  "\"effective_on\":\"2026-01-10\",\"ends_on\":\"2029-01-09\",\"owner_name\":\"李*\"}," rest                           \
  "\"org\":{\"name\":\"安达汽车\"},\"product\":{\"name\":\"T\"},\"documents\":[],\"timeline\":[],\"papers\":[],"   \
  "\"actions\":[]}"
#define CASE(rest)                                                                                                     \
  "{\"claim\":{\"id\":\"" CLAIM "\",\"version\":3,\"contract_id\":\"" CONTRACT "\",\"state\":\"DRAFT\","               \
  "\"loss_type\":\"FLOOD\"},\"contract\":{\"id\":\"" CONTRACT "\",\"number\":\"WY-2026-0000481\"}," rest               \
  "\"product\":{\"name\":\"车价无忧\"},\"turn\":{\"holder\":\"CLERK\",\"paused\":false},\"checklist\":["           \
  "{\"slot\":\"LOSS_NOTICE\",\"title\":\"出险通知书\",\"phase\":\"LOSS\",\"form\":\"COPY\",\"required\":true,"    \
  "\"state\":\"MISSING\"}],\"actions\":[],\"open_sections\":[\"loss\"],\"timeline\":[],\"messages\":[],\"papers\":[]}"
#define FOR_DEALER "\"for_dealer\":true,"
#define BUTTON "_Report a Loss"

static void
set_up (WuyouAppTest *test, gconstpointer role)
{
  wuyou_app_test_set_up (test);
  wuyou_app_test_sign_in (test, "[]");
  wuyou_fake_server_say_json (test->server, "GET /v1/claims", 200, "{\"items\":[],\"total\":0,\"more\":false}");
  wuyou_fake_server_say_json (test->server, "GET /v1/contracts", 200, "{\"items\":[],\"total\":0,\"more\":false}");
}

static void
tear_down (WuyouAppTest *test, gconstpointer role)
{
  wuyou_local_close (wuyou_app_context_get_local (test->context));
  wuyou_app_test_tear_down (test);
}

static GtkWidget *
find_button (GtkWidget *widget, const char *label)
{
  GtkWidget *found = NULL;

  if (GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget)
      && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); found == NULL && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_button (child, label);
  return found;
}

static void
on_place_requested_cb (char **place, const char *page, const char *record)
{
  g_free (*place);
  *place = g_strdup_printf ("%s/%s", page, record);
}

static const struct {
  const char *role, *answer;
  gboolean offered;
} cases[] = {
  { "OOPS", SALE ("ACTIVE", FOR_DEALER), TRUE }, { "OOPS", SALE ("EXPIRED", FOR_DEALER), TRUE },
  { "OOPS", SALE ("ACTIVE", ""), FALSE },        { "OOPS", SALE ("CANCELLED", FOR_DEALER), FALSE },
  { "OCLA", SALE ("ACTIVE", ""), FALSE },        { "DSAL", SALE ("ACTIVE", ""), FALSE },
  { "DCLM", SALE ("ACTIVE", ""), TRUE },         { "DCLM", SALE ("CANCELLED", ""), FALSE },
};

static void
test_offer (WuyouAppTest *test, gconstpointer number)
{
  guint i = GPOINTER_TO_UINT (number);
  g_autofree char *place = NULL;
  GtkWidget *detail, *button;

  wuyou_app_test_sign_in_as (test, cases[i].role);
  wuyou_fake_server_say_json (test->server, "GET /v1/contracts/" CONTRACT, 200, cases[i].answer);
  detail = GTK_WIDGET (wuyou_contract_detail_new (test->context));
  wuyou_app_test_show (test, detail);
  wuyou_record_detail_show (WUYOU_RECORD_DETAIL (detail), CONTRACT);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (detail, "No loss was reported."));
  wuyou_app_test_pump (50);
  button = find_button (detail, BUTTON);
  g_assert_cmpint (button != NULL, ==, cases[i].offered);
  if (button == NULL)
    return;
  g_signal_connect_swapped (test->context, "place-requested", G_CALLBACK (on_place_requested_cb), &place);
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpstr (place, ==, "claims/contract:" CONTRACT);
  g_signal_handlers_disconnect_by_data (test->context, &place);
}

static GtkWidget *
show_page (WuyouAppTest *test, const char *role, const char *record)
{
  WuyouPage *page;

  wuyou_app_test_sign_in_as (test, role);
  page = g_object_new (WUYOU_TYPE_CLAIMS_PAGE, "context", test->context, NULL);
  wuyou_app_test_show (test, GTK_WIDGET (page));
  gtk_window_set_default_size (GTK_WINDOW (test->window), 1240, 800);
  wuyou_page_enter (page);
  wuyou_page_open_record (page, record);
  return GTK_WIDGET (page);
}

/* Only from a contract: in the list of claims there is nothing to press. */
static void
test_form (WuyouAppTest *test, gconstpointer role)
{
  gboolean desk = g_str_equal (role, "OOPS");
  GtkWidget *page;

  wuyou_fake_server_say_json (test->server, "GET /v1/contracts/" CONTRACT, 200, SALE ("ACTIVE", FOR_DEALER));
  page = show_page (test, role, "contract:" CONTRACT);
  wuyou_app_test_pump (50);
  g_assert_cmpint (wuyou_record_page_get_form (WUYOU_RECORD_PAGE (page)) != NULL, ==, desk);
  g_assert_false (wuyou_record_page_can_create (WUYOU_RECORD_PAGE (page)));
}

/* Who began it can fill it in, and nobody of the operator's can where the dealership still acts. */
static void
test_claim (WuyouAppTest *test, gconstpointer answer)
{
  gboolean desk = strstr (answer, FOR_DEALER) != NULL;
  GtkWidget *page;

  wuyou_fake_server_say_json (test->server, "GET /v1/claims/" CLAIM, 200, answer);
  page = show_page (test, "OOPS", CLAIM);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (page, "As the claim stands now"));
  wuyou_app_test_pump (50);
  g_assert_cmpint (wuyou_app_test_has_text (page, "Continue"), ==, desk);
  g_assert_cmpint (wuyou_app_test_has_text (page, "Add Files…"), ==, desk);
}

int
main (int argc, char **argv)
{
  wuyou_app_test_init (&argc, &argv);
#define ADD(path, data, run) g_test_add (path, WuyouAppTest, data, set_up, run, tear_down)
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strdup_printf ("/contract-claims/offer/%u-%s", i, cases[i].role);

    ADD (path, GUINT_TO_POINTER (i), test_offer);
  }
  ADD ("/contract-claims/form/desk", "OOPS", test_form);
  ADD ("/contract-claims/form/assessor", "OCLA", test_form);
  ADD ("/contract-claims/claim/for-dealer", CASE (FOR_DEALER), test_claim);
  ADD ("/contract-claims/claim/dealer-acts", CASE (""), test_claim);
  return g_test_run ();
}
