/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
/* Text at 200 % in the narrowest window there is: nothing asks for more room, and every word can be read. */
#include "config.h"

#include <adwaita.h>
#include <string.h>

#include "accounts/wuyou-account-page.h"
#include "accounts/wuyou-password-gate.h"
#include "accounts/wuyou-sign-in-view.h"
#include "accounts/wuyou-totp-gate.h"
#include "base/wuyou-json.h"
#include "claims/wuyou-evidence-view.h"
#include "consent/wuyou-agreement-gate.h"
#include "consent/wuyou-agreement-import.h"
#include "consent/wuyou-consent-evidence.h"
#include "consent/wuyou-consent.h"
#include "help/wuyou-help-page.h"
#include "sales/wuyou-contract-detail.h"
#include "sales/wuyou-contract-form.h"
#include "sales/wuyou-products.h"
#include "sales/wuyou-sales-page.h"
#include "today/wuyou-today-page.h"
#include "wuyou-evidence-test.h"
#include "wuyou-app-test.h"

#define NARROW 360 /* width-request of the window */
#define TWICE (2 * 96 * PANGO_SCALE)

static void
set_up (WuyouAppTest *test, gconstpointer data)
{
  wuyou_app_test_set_up (test);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", TWICE, NULL);
}

static void
tear_down (WuyouAppTest *test, gconstpointer data)
{
  wuyou_local_close (wuyou_app_context_get_local (test->context));
  wuyou_app_test_tear_down (test);
}

static void
show_narrow (WuyouAppTest *test, GtkWidget *widget)
{
  test->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (test->window), NARROW, 640);
  gtk_window_set_child (GTK_WINDOW (test->window), widget);
  gtk_window_present (GTK_WINDOW (test->window));
  wuyou_app_test_pump (100);
}

static int
get_least (GtkWidget *widget)
{
  int least;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  return least;
}

/* Who asks for it, from the outside in. */
static void
tell_widest (GtkWidget *widget)
{
  GtkWidget *widest = NULL;

  g_test_message ("%d %s %s", get_least (widget), G_OBJECT_TYPE_NAME (widget),
                  GTK_IS_LABEL (widget) ? gtk_label_get_text (GTK_LABEL (widget)) : "");
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_should_layout (child) && (widest == NULL || get_least (child) > get_least (widest)))
      widest = child;
  if (widest != NULL)
    tell_widest (widest);
}

static void
assert_fits (WuyouAppTest *test, GtkWidget *widget)
{
  if (get_least (widget) > NARROW)
    tell_widest (widget);
  g_assert_cmpint (get_least (widget), <=, NARROW);
  WUYOU_APP_TEST_WAIT_FOR (gtk_widget_get_width (widget) == NARROW);
}

/* All of its words are on the screen: neither cut off by "…" nor by the edge. */
static void
assert_whole (GtkWidget *root, const char *text)
{
  GtkWidget *label = wuyou_app_test_find (root, GTK_TYPE_LABEL, text);
  graphene_rect_t at;

  g_assert_true (gtk_widget_get_mapped (label));
  g_assert_false (pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (label))));
  g_assert_true (gtk_widget_compute_bounds (label, root, &at));
  g_assert_cmpfloat (at.origin.x, >=, 0);
  g_assert_cmpfloat (at.origin.x + at.size.width, <=, gtk_widget_get_width (root));
}

static void
test_sign_in (WuyouAppTest *test, gconstpointer data)
{
  GtkWidget *view;

  wuyou_fake_server_say_json (test->server, "GET /v1/support", 200, "{\"tel\":\"400-810-2026\"}");
  view = wuyou_sign_in_view_new (test->context);
  show_narrow (test, view);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (view, "400-810-2026"));
  assert_fits (test, view);
  assert_whole (view, "Forgot password?");
  assert_whole (view, "Report misuse");
  assert_whole (view, "Sign In");
  g_signal_emit_by_name (wuyou_app_test_find (view, GTK_TYPE_BUTTON, "_Forgot password?"), "clicked");
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (view, "Forgot your password?"));
  assert_fits (test, view);
  assert_whole (view, "Send the Code");
}

static void
test_first_password (WuyouAppTest *test, gconstpointer data)
{
  GtkWidget *gate;

  wuyou_app_test_sign_in (test, "[\"PASSWORD_CHANGE_REQUIRED\"]");
  gate = g_object_new (WUYOU_TYPE_PASSWORD_GATE, "context", test->context, NULL);
  show_narrow (test, gate);
  assert_fits (test, gate);
  assert_whole (gate, "Change Password");
  assert_whole (gate, "Choose your own password");
}

static void
test_codes (WuyouAppTest *test, gconstpointer data)
{
  GtkWidget *gate;

  wuyou_app_test_sign_in (test, "[\"CODES_REQUIRED\"]");
  wuyou_fake_server_say_json (
      test->server, "POST /v1/totp", 200,
      "{\"secret\":\"GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\",\"uri\":\"otpauth://totp/x?secret=G\"}");
  gate = g_object_new (WUYOU_TYPE_TOTP_GATE, "context", test->context, NULL);
  show_narrow (test, gate);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (gate, "GEZD"));
  assert_fits (test, gate);
  assert_whole (gate, "Set up one-time codes");
}

#define TITLE "WY-2026-0000481  MINI COUNTRYMAN · 北京安达汽车租赁有限责任公司"

static void
test_evidence (WuyouAppTest *test, gconstpointer data)
{
  g_autoptr (JsonObject) answer
      = wuyou_evidence_test_view (&(WuyouEvidenceTestClaim){ .n_files = 9, .contradiction = TRUE, .requested = TRUE });
  GtkWidget *view = wuyou_evidence_view_new (test->context);

  wuyou_app_test_sign_in (test, "[]");
  wuyou_evidence_view_set_mode (WUYOU_EVIDENCE_VIEW (view), WUYOU_EVIDENCE_CLERK);
  show_narrow (test, view);
  wuyou_evidence_view_take (WUYOU_EVIDENCE_VIEW (view), answer, NULL);
  wuyou_app_test_pump (100);
  assert_fits (test, view);
  assert_whole (view, "保险公司全损（推定全损）认定书及一次性赔偿协议");
  assert_whole (view, "VIN: the papers differ (contract: LBV****181758; 出险通知书: LBV****181753)");
}

static void
test_today (WuyouAppTest *test, gconstpointer data)
{
  WuyouPage *page = g_object_new (WUYOU_TYPE_TODAY_PAGE, "context", test->context, NULL);

  wuyou_app_test_sign_in (test, "[]");
  wuyou_fake_server_say_json (
      test->server, "GET /v1/today", 200,
      "{\"figures\":{\"contracts\":1234,\"received_fen\":12345678900,\"states\":{\"AWAIT_SIGN\":12}},"
      "\"clock_running_out\":[{\"id\":\"01934f73-a800-7bd7-9265-caef53727400\",\"number\":\"WY-2026-0000481\","
      "\"title\":\"MINI COUNTRYMAN · 北京安达汽车租赁有限责任公司\",\"state\":\"AWAIT_SIGN\",\"action\":\"sign\","
      "\"due\":\"2020-01-01T00:00:00Z\"}]}");
  show_narrow (test, GTK_WIDGET (page));
  wuyou_page_enter (page);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (GTK_WIDGET (page), "WY-2026-0000481"));
  assert_fits (test, GTK_WIDGET (page));
  assert_whole (GTK_WIDGET (page), "¥123,456,789.00");
  /* What is due stands below the words, not beside what it leaves of them. */
  g_assert_cmpint (gtk_widget_get_width (wuyou_app_test_find (GTK_WIDGET (page), GTK_TYPE_LABEL, TITLE)), >, 250);
}

static void
check_page (WuyouAppTest *test, GType type, const char *text)
{
  WuyouPage *page;

  wuyou_app_test_sign_in (test, "[]");
  wuyou_fake_server_say_json (test->server, "GET /v1/account", 200,
                              "{\"name\":\"李明华\",\"email\":\"li@anda.example\",\"roles\":\"DADM\",\"totp\":false}");
  page = g_object_new (type, "context", test->context, NULL);
  show_narrow (test, GTK_WIDGET (page));
  wuyou_page_enter (page);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (GTK_WIDGET (page), text));
  assert_fits (test, GTK_WIDGET (page));
  assert_whole (GTK_WIDGET (page), text);
}

static void
test_account (WuyouAppTest *test, gconstpointer data)
{
  check_page (test, WUYOU_TYPE_ACCOUNT_PAGE, "Where you are signed in");
}

static void
test_help (WuyouAppTest *test, gconstpointer data)
{
  check_page (test, WUYOU_TYPE_HELP_PAGE, "What each page is for");
}

/* --- sales --- */

#define ID "01934f73-a800-7bd7-9265-caef53727400"
#define ROW "{\"id\":\"" ID "\",\"seq\":2,\"version\":3,\"number\":\"WY-2026-0000481\",\"state\":\"AWAIT_SIGN\"}"
#define LIST "{\"items\":[" ROW "],\"total\":1,\"more\":false,\"counts\":{}}"
#define DOSSIER                                                                                                        \
  "{\"contract\":{\"id\":\"" ID "\",\"version\":3,\"revision\":1,\"number\":\"WY-2026-0000481\","                      \
  "\"state\":\"AWAIT_SIGN\",\"owner_name\":\"李*\"},"                                                                 \
  "\"documents\":[],\"actions\":[],\"timeline\":[],\"papers\":[]}"

static void
say_sales (WuyouAppTest *test)
{
  wuyou_app_test_sign_in (test, "[]");
  wuyou_fake_server_say_json (test->server, "GET /v1/products", 200, "{\"items\":[]}");
  wuyou_fake_server_say_json (test->server, "GET /v1/contracts", 200, LIST);
  wuyou_fake_server_say_json (test->server, "GET /v1/contracts/" ID, 200, DOSSIER);
}

/* With the notice that the server is away below it; higher than its window, GTK makes the content wider as well. */
static void
assert_low (GtkWidget *page)
{
  int least;

  gtk_widget_measure (page, GTK_ORIENTATION_VERTICAL, NARROW, &least, NULL, NULL, NULL);
  g_assert_cmpint (least, <=, 640 - 160);
}

static void
test_contract (WuyouAppTest *test, gconstpointer data)
{
  WuyouPage *page;

  say_sales (test);
  page = g_object_new (WUYOU_TYPE_SALES_PAGE, "context", test->context, NULL);
  show_narrow (test, GTK_WIDGET (page));
  wuyou_page_enter (page);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (GTK_WIDGET (page), "WY-2026-0000481"));
  assert_fits (test, GTK_WIDGET (page));
  wuyou_page_open_record (page, ID);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (GTK_WIDGET (page), "Overview"));
  assert_fits (test, GTK_WIDGET (page));
  assert_low (GTK_WIDGET (page));
  assert_whole (wuyou_app_test_find (GTK_WIDGET (page), WUYOU_TYPE_CONTRACT_DETAIL, NULL), "WY-2026-0000481");
}

static void
test_form (WuyouAppTest *test, gconstpointer data)
{
  g_autoptr (WuyouProducts) products = NULL;
  GtkWidget *form;

  say_sales (test);
  products = wuyou_products_new (test->context);
  form = GTK_WIDGET (wuyou_contract_form_new (test->context, products, NULL));
  show_narrow (test, form);
  assert_fits (test, form);
  /* A hint beside a button keeps its words. */
  g_assert_cmpint (gtk_widget_get_width (wuyou_app_test_find (form, GTK_TYPE_LABEL, "Purchase invoice")), >, 150);
}

/* --- agreements --- */

static char *
write_agreements (gboolean again)
{
  static const char text[] = "用户服务协议\n\n第一条 定义\n\n1.1 本平台。\n\n个人信息处理协议\n\n第一条 原则\n\n"
                             "1.1 **最小必要。**\n\n附件 1\n\n说明\n\n1. 用户信息\n";
  g_autoptr (WuyouBundle) bundle = wuyou_bundle_new ();
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GString) written = g_string_new (NULL);
  g_autofree char *hash = NULL;

  bundle->id = g_strdup ("0197a000-0000-7000-8000-000000000001");
  bundle->audience = g_strdup ("DEALER");
  g_assert_true (wuyou_agreement_import (bundle, bytes, NULL));
  wuyou_proposal_free (wuyou_agreement_propose (bundle, NULL, NULL));
  wuyou_bundle_set_effective (bundle, wuyou_date_new (2026, 1, 1));
  wuyou_bundle_write_json (bundle, written);
  hash = wuyou_bundle_dup_hash (bundle);
  return g_strdup_printf ("{\"state\":\"REQUIRED\",\"hash\":\"%s\",\"bundle\":%s%s%s,"
                          "\"organisation\":{\"id\":\"0197a000-0000-7000-8000-0000000000aa\","
                          "\"name\":\"安达汽车销售服务（北京）有限公司\"}}",
                          hash, written->str, again ? ",\"accepted\":" : "", again ? written->str : "");
}

static void
check_agreements (WuyouAppTest *test, gboolean again)
{
  const char *locale = wuyou_consent_evidence_get_locale ();
  g_autofree char *answer = write_agreements (again);
  GtkWidget *gate;

  wuyou_app_test_sign_in (test, "[\"CONSENT_REQUIRED\"]");
  wuyou_fake_server_say_json (test->server, "GET /v1/consent/bundle", 200, answer);
  gate = wuyou_agreement_gate_new (test->context);
  show_narrow (test, gate);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_app_test_has_text (gate, wuyou_consent_agree_label (locale)));
  wuyou_app_test_pump (100);
  assert_fits (test, gate);
  assert_whole (gate, wuyou_consent_agree_label (locale));
  assert_whole (gate, wuyou_consent_decline_label (locale));
}

static void
test_agreements (WuyouAppTest *test, gconstpointer data)
{
  check_agreements (test, FALSE);
}

/* Those that were accepted before: what changed comes first. */
static void
test_changed_agreements (WuyouAppTest *test, gconstpointer data)
{
  check_agreements (test, TRUE);
}

#define ADD(path, function) g_test_add ("/large-text/" path, WuyouAppTest, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  wuyou_app_test_init (&argc, &argv);
  ADD ("gates/sign-in", test_sign_in);
  ADD ("gates/first-password", test_first_password);
  ADD ("gates/codes", test_codes);
  ADD ("work/evidence", test_evidence);
  ADD ("work/today", test_today);
  ADD ("work/account", test_account);
  ADD ("work/help", test_help);
  ADD ("work/contract", test_contract);
  ADD ("work/form", test_form);
  ADD ("gates/agreements", test_agreements);
  ADD ("gates/changed-agreements", test_changed_agreements);
  return g_test_run ();
}
