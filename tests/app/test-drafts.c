/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <adwaita.h>
#include <string.h>

#include "sales/wuyou-contract-form.h"
#include "sales/wuyou-sale-courier.h"
#include "sales/wuyou-sale-draft.h"
#include "wuyou-app-test.h"
#include "wuyou-test.h"

#define ID "01934f73-a800-7bd7-9265-caef53727400"
#define PUT_CONTRACT "PUT /v1/contracts/" ID

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

static const WuyouField *
find_field (const char *name)
{
  return wuyou_record_type_find (&wuyou_contract_type, name);
}

/* An answer about the contract @id; @more are further members: ",\"seats\":5". */
static char *
dup_answer (const char *id, int version, const char *more)
{
  return g_strdup_printf ("{\"contract\":{\"id\":\"%s\",\"version\":%d,\"state\":\"DRAFT\"%s},\"documents\":[],"
                          "\"actions\":[],\"timeline\":[],\"papers\":[]}",
                          id, version, more);
}

static void
say (WuyouAppTest *test, const char *call, int version, const char *more)
{
  const char *id = strrchr (call, '/') + 1;
  g_autofree char *answer = dup_answer (g_str_equal (id, "contracts") ? ID : id, version, more);
  g_autofree char *tag = g_strdup_printf ("\"%d\"", version);

  wuyou_fake_server_forget (test->server, call);
  wuyou_fake_server_say (test->server, call,
                         &(WuyouFakeAnswer){ .status = 200, .body = answer, .header = "ETag", .value = tag });
}

/* Away for a moment, so that there is time to type on; then a refusal. */
static void
say_refused (WuyouAppTest *test, const char *call)
{
  const WuyouFakeAnswer refusal = { .status = 422, .body = "{\"code\":\"INVALID\",\"detail\":\"no\"}" };

  wuyou_fake_server_say_json (test->server, call, 503, "{\"code\":\"BUSY\"}");
  wuyou_fake_server_say (test->server, call, &refusal);
}

static void
load (WuyouSaleDraft *draft, int version, const char *more)
{
  g_autofree char *answer = dup_answer (wuyou_sale_draft_get_id (draft), version, more);
  g_autoptr (JsonNode) node = json_from_string (answer, NULL);
  g_autoptr (WuyouDossier) dossier = wuyou_dossier_new (json_node_get_object (node), NULL, NULL);

  wuyou_sale_draft_take_dossier (draft, dossier);
}

static void
type (WuyouSaleDraft *draft, const char *name, const char *text)
{
  wuyou_sale_draft_set_text (draft, find_field (name), text);
}

static WuyouSaleDraft *
open_draft (WuyouAppTest *test, int version, const char *more)
{
  WuyouSaleDraft *draft = wuyou_sale_draft_new (test->context, ID);

  load (draft, version, more);
  return draft;
}

static void
close_draft (WuyouSaleDraft *draft)
{
  wuyou_sale_draft_discard (draft);
  g_assert_finalize_object (draft);
}

/* What a new run of the application finds. */
static void
restart (WuyouAppTest *test)
{
  WuyouOutbox *outbox = wuyou_app_context_get_outbox (test->context);

  wuyou_outbox_forget (outbox);
  wuyou_outbox_restore (outbox);
}

/* Refused at last, after more was typed: the second change stands behind the first in the outbox. */
static WuyouSaleDraft *
refuse_with_one_behind (WuyouAppTest *test)
{
  WuyouSaleDraft *draft = open_draft (test, 1, "");
  WuyouOutbox *outbox = wuyou_app_context_get_outbox (test->context);

  say_refused (test, PUT_CONTRACT);
  type (draft, "seats", "50");
  wuyou_sale_draft_flush (draft);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_fake_server_count (test->server, PUT_CONTRACT) == 1);
  type (draft, "series", "3系");
  wuyou_sale_draft_flush (draft);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_sale_draft_get_state (draft) == WUYOU_DRAFT_REFUSED);
  g_assert_cmpuint (wuyou_outbox_get_n_waiting (outbox), ==, 2);
  return draft;
}

/* What stands behind a refused change goes with what corrects it, and nothing else goes before. */
static void
test_refused_with_one_behind (WuyouAppTest *test, gconstpointer data)
{
  WuyouSaleDraft *draft = refuse_with_one_behind (test);
  guint n = wuyou_fake_server_count (test->server, PUT_CONTRACT);

  say (test, PUT_CONTRACT, 2, ",\"seats\":5,\"series\":\"3系\"");
  type (draft, "seats", "5");
  wuyou_sale_draft_flush (draft);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_sale_draft_is_settled (draft));
  g_assert_cmpuint (wuyou_fake_server_count (test->server, PUT_CONTRACT), ==, n + 1);
  wuyou_test_assert_json (wuyou_fake_server_last (test->server, PUT_CONTRACT, NULL),
                          "{\"seats\":5,\"series\":\"3系\"}");
  close_draft (draft);
}

/* The same after a restart: the form that is opened hears of it, and what was typed is not held for ever. */
static void
test_refused_before_restart (WuyouAppTest *test, gconstpointer data)
{
  WuyouSaleDraft *draft = refuse_with_one_behind (test);

  g_assert_finalize_object (draft);
  restart (test);
  say (test, PUT_CONTRACT, 2, ",\"seats\":50,\"series\":\"3系\"");
  draft = open_draft (test, 1, "");
  WUYOU_APP_TEST_WAIT_FOR (wuyou_sale_draft_is_settled (draft));
  close_draft (draft);
}

/* Nothing was made, so what corrects it makes it. */
static void
test_create_refused (WuyouAppTest *test, gconstpointer data)
{
  WuyouSaleDraft *draft = wuyou_sale_draft_new (test->context, NULL);
  g_autofree char *whole
      = g_strdup_printf ("{\"id\":\"%s\",\"seats\":5,\"series\":\"3系\"}", wuyou_sale_draft_get_id (draft));

  say_refused (test, "POST /v1/contracts");
  type (draft, "seats", "50");
  wuyou_sale_draft_flush (draft);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_fake_server_count (test->server, "POST /v1/contracts") == 1);
  type (draft, "series", "3系");
  wuyou_sale_draft_flush (draft);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_sale_draft_get_state (draft) == WUYOU_DRAFT_REFUSED);
  say (test, "POST /v1/contracts", 1, ",\"seats\":5,\"series\":\"3系\"");
  type (draft, "seats", "5");
  wuyou_sale_draft_flush (draft);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_sale_draft_is_settled (draft));
  wuyou_test_assert_json (wuyou_fake_server_last (test->server, "POST /v1/contracts", NULL), whole);
  close_draft (draft);
}

#define MOBILE_AT_1 ",\"owner_mobile\":\"138****1234\""
#define MOBILE_AT_3 ",\"owner_mobile\":\"139****5678\""

static void
save_mobile (WuyouAppTest *test, WuyouSaleDraft *draft)
{
  say (test, PUT_CONTRACT, 2, MOBILE_AT_1);
  type (draft, "owner_mobile", "13800001234");
  wuyou_sale_draft_flush (draft);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_sale_draft_is_settled (draft));
}

/* What was saved is the server's: it does not shadow what a colleague corrects, and does not go out again. A paper that
 * is printed here meanwhile bears it in full. */
static void
test_saved_is_the_servers (WuyouAppTest *test, gconstpointer data)
{
  WuyouSaleDraft *draft = open_draft (test, 1, "");
  const WuyouField *mobile = find_field ("owner_mobile");

  save_mobile (test, draft);
  g_assert_cmpstr (wuyou_sale_draft_get_text (draft, mobile), ==, "");
  g_assert_cmpstr (wuyou_sale_draft_get_kept (draft, mobile), ==, "138****1234");
  g_assert_cmpstr (wuyou_sale_draft_get_contract (draft)->owner_mobile, ==, "13800001234");
  load (draft, 3, MOBILE_AT_3);
  g_assert_cmpstr (wuyou_sale_draft_get_kept (draft, mobile), ==, "139****5678");
  g_assert_cmpstr (wuyou_sale_draft_get_contract (draft)->owner_mobile, ==, "139****5678");
  g_assert_finalize_object (draft);
  draft = open_draft (test, 3, MOBILE_AT_3);
  g_assert_cmpstr (wuyou_sale_draft_get_text (draft, mobile), ==, "");
  type (draft, "seats", "5");
  wuyou_sale_draft_flush (draft);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_sale_draft_is_settled (draft));
  wuyou_test_assert_json (wuyou_fake_server_last (test->server, PUT_CONTRACT, NULL), "{\"seats\":5}");
  close_draft (draft);
}

static void
test_typed_over_while_sent (WuyouAppTest *test, gconstpointer data)
{
  WuyouSaleDraft *draft = open_draft (test, 1, "");

  say (test, PUT_CONTRACT, 2, MOBILE_AT_1);
  type (draft, "owner_mobile", "13800001234");
  wuyou_sale_draft_flush (draft);
  type (draft, "owner_mobile", "13900005678");
  WUYOU_APP_TEST_WAIT_FOR (wuyou_sale_draft_exists (draft)
                           && wuyou_fake_server_count (test->server, PUT_CONTRACT) == 1);
  wuyou_app_test_pump (100);
  g_assert_cmpstr (wuyou_sale_draft_get_text (draft, find_field ("owner_mobile")), ==, "13900005678");
  wuyou_sale_draft_flush (draft);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_sale_draft_is_settled (draft));
  wuyou_test_assert_json (wuyou_fake_server_last (test->server, PUT_CONTRACT, NULL),
                          "{\"owner_mobile\":\"13900005678\"}");
  close_draft (draft);
}

/* The same when the form is gone before the answer comes. */
static void
test_saved_after_the_form (WuyouAppTest *test, gconstpointer data)
{
  WuyouSaleDraft *draft = open_draft (test, 1, "");
  WuyouOutbox *outbox = wuyou_app_context_get_outbox (test->context);

  wuyou_sale_courier_start (test->context);
  say (test, PUT_CONTRACT, 2, MOBILE_AT_1);
  type (draft, "owner_mobile", "13800001234");
  type (draft, "seats", "many");
  wuyou_sale_draft_flush (draft);
  g_assert_finalize_object (draft);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_outbox_get_n_waiting (outbox) == 0);
  draft = open_draft (test, 2, MOBILE_AT_1);
  g_assert_cmpstr (wuyou_sale_draft_get_text (draft, find_field ("owner_mobile")), ==, "");
  g_assert_cmpstr (wuyou_sale_draft_get_text (draft, find_field ("seats")), ==, "many");
  close_draft (draft);
}

/* Made, the form left at once, the application ended: what is typed next names the version that was made. */
static void
test_version_is_kept (WuyouAppTest *test, gconstpointer data)
{
  WuyouSaleDraft *draft = wuyou_sale_draft_new (test->context, NULL);
  g_autofree char *id = g_strdup (wuyou_sale_draft_get_id (draft));
  g_autofree char *put = g_strconcat ("PUT /v1/contracts/", id, NULL);

  wuyou_sale_courier_start (test->context);
  say (test, "POST /v1/contracts", 4, "");
  say (test, put, 5, "");
  type (draft, "series", "3系");
  wuyou_sale_draft_flush (draft);
  g_assert_finalize_object (draft);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_outbox_get_n_waiting (wuyou_app_context_get_outbox (test->context)) == 0);
  restart (test);
  draft = wuyou_sale_draft_new (test->context, id);
  type (draft, "seats", "5");
  wuyou_sale_draft_flush (draft);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_sale_draft_is_settled (draft));
  g_assert_cmpstr (wuyou_fake_server_last (test->server, put, "If-Match"), ==, "\"4\"");
  close_draft (draft);
}

/* What the server said once is there to be seen; what is typed on it is typed on the newest version known. So is what
 * is typed when a slow answer is overtaken by a newer one. */
static void
test_older_answers (WuyouAppTest *test, gconstpointer data)
{
  WuyouSaleDraft *draft = open_draft (test, 3, ",\"series\":\"3系\"");
  g_autofree char *answer = dup_answer (ID, 1, ",\"series\":\"1系\"");
  g_autoptr (JsonNode) node = json_from_string (answer, NULL);
  g_autoptr (WuyouDossier) kept = wuyou_dossier_new (json_node_get_object (node), NULL, NULL);

  load (draft, 2, ",\"series\":\"2系\"");
  wuyou_sale_draft_show_kept (draft, kept);
  g_assert_cmpstr (wuyou_sale_draft_get_text (draft, find_field ("series")), ==, "3系");
  say (test, PUT_CONTRACT, 4, "");
  type (draft, "seats", "5");
  wuyou_sale_draft_flush (draft);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_sale_draft_is_settled (draft));
  g_assert_cmpstr (wuyou_fake_server_last (test->server, PUT_CONTRACT, "If-Match"), ==, "\"3\"");
  close_draft (draft);
}

/* The answer may say no more than which version it made. */
static void
test_version_of_the_tag (WuyouAppTest *test, gconstpointer data)
{
  WuyouSaleDraft *draft = open_draft (test, 1, "");

  wuyou_fake_server_say (test->server, PUT_CONTRACT,
                         &(WuyouFakeAnswer){ .status = 200, .body = "{}", .header = "ETag", .value = "\"2\"" });
  type (draft, "seats", "5");
  wuyou_sale_draft_flush (draft);
  type (draft, "series", "3系");
  WUYOU_APP_TEST_WAIT_FOR (*wuyou_sale_draft_get_text (draft, find_field ("seats")) == '\0');
  wuyou_sale_draft_flush (draft);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_sale_draft_is_settled (draft));
  g_assert_cmpstr (wuyou_fake_server_last (test->server, PUT_CONTRACT, "If-Match"), ==, "\"2\"");
  close_draft (draft);
}

#define STALE(version, more)                                                                                           \
  "{\"code\":\"STALE\",\"current\":{\"id\":\"" ID "\",\"version\":" version ",\"state\":\"DRAFT\"" more "}}"

static void
on_conflict_cb (WuyouSaleDraft *draft, JsonObject *current, gint64 *version)
{
  *version = json_object_get_int_member (current, "version");
}

/* An entry that was typed on version 1 and did not get through: refused, or the end came before it was sent. */
static void
leave_mileage (WuyouAppTest *test, gboolean sent)
{
  WuyouSaleDraft *draft = open_draft (test, 1, "");

  wuyou_fake_server_say_json (test->server, PUT_CONTRACT, 412, STALE ("2", ",\"mileage_km\":12"));
  type (draft, "mileage_km", "99");
  if (sent) {
    wuyou_sale_draft_flush (draft);
    WUYOU_APP_TEST_WAIT_FOR (wuyou_sale_draft_get_state (draft) == WUYOU_DRAFT_REFUSED);
  }
  g_assert_finalize_object (draft);
}

/* Opened again, the entry does not go over what another machine saved meanwhile before a person said so. */
static void
test_left_behind (WuyouAppTest *test, gconstpointer data)
{
  WuyouSaleDraft *draft;
  gint64 version = 0;
  guint n;

  leave_mileage (test, data != NULL);
  say (test, PUT_CONTRACT, 3, ",\"mileage_km\":99");
  n = wuyou_fake_server_count (test->server, PUT_CONTRACT);
  draft = wuyou_sale_draft_new (test->context, ID);
  g_signal_connect (draft, "conflict", G_CALLBACK (on_conflict_cb), &version);
  load (draft, 2, ",\"mileage_km\":12");
  g_assert_cmpint (version, ==, 2);
  g_assert_cmpint (wuyou_sale_draft_get_state (draft), ==, WUYOU_DRAFT_REFUSED);
  wuyou_app_test_pump (1500);
  g_assert_cmpuint (wuyou_fake_server_count (test->server, PUT_CONTRACT), ==, n);
  wuyou_sale_draft_send_again (draft, version);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_sale_draft_is_settled (draft));
  g_assert_cmpstr (wuyou_fake_server_last (test->server, PUT_CONTRACT, "If-Match"), ==, "\"2\"");
  wuyou_test_assert_json (wuyou_fake_server_last (test->server, PUT_CONTRACT, NULL), "{\"mileage_km\":99}");
  close_draft (draft);
}

/* Asked and not answered: what is typed next goes with the old version, so that the server asks again. */
static void
test_decided_later (WuyouAppTest *test, gconstpointer data)
{
  WuyouSaleDraft *draft;
  gint64 version = 0;

  leave_mileage (test, FALSE);
  draft = open_draft (test, 2, ",\"mileage_km\":12");
  g_signal_connect (draft, "conflict", G_CALLBACK (on_conflict_cb), &version);
  type (draft, "series", "3系");
  wuyou_sale_draft_flush (draft);
  WUYOU_APP_TEST_WAIT_FOR (version == 2);
  g_assert_cmpstr (wuyou_fake_server_last (test->server, PUT_CONTRACT, "If-Match"), ==, "\"1\"");
  close_draft (draft);
}

/* What this machine itself saved is no other's: neither its answer nor what is loaded while it is under way. */
static void
test_own_change (WuyouAppTest *test, gconstpointer data)
{
  WuyouSaleDraft *draft = open_draft (test, 1, "");
  gint64 version = 0;

  g_signal_connect (draft, "conflict", G_CALLBACK (on_conflict_cb), &version);
  say (test, PUT_CONTRACT, 2, MOBILE_AT_1);
  type (draft, "owner_mobile", "13800001234");
  wuyou_sale_draft_flush (draft);
  load (draft, 2, MOBILE_AT_1);
  type (draft, "series", "3系");
  WUYOU_APP_TEST_WAIT_FOR (*wuyou_sale_draft_get_text (draft, find_field ("owner_mobile")) == '\0');
  say (test, PUT_CONTRACT, 3, MOBILE_AT_1 ",\"series\":\"3系\"");
  wuyou_sale_draft_flush (draft);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_sale_draft_is_settled (draft));
  g_assert_cmpstr (wuyou_fake_server_last (test->server, PUT_CONTRACT, "If-Match"), ==, "\"2\"");
  g_assert_cmpint (version, ==, 0);
  close_draft (draft);
}

static GtkWidget *
find_question (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

    if (ADW_IS_MESSAGE_DIALOG (window))
      return window;
  }
  return NULL;
}

/* Types a number over version 1 in the form; two different ones may look the same when they are masked. */
static GtkWidget *
ask_about_mobile (WuyouAppTest *test)
{
  g_autoptr (WuyouProducts) products = wuyou_products_new (test->context);
  g_autofree char *answer = dup_answer (ID, 1, ",\"series\":\"3系\"");
  GtkWidget *form;

  wuyou_fake_server_say_json (test->server, "GET /v1/contracts/" ID, 200, answer);
  wuyou_fake_server_say_json (test->server, "GET /v1/products", 200, "{\"items\":[]}");
  wuyou_fake_server_say_json (test->server, PUT_CONTRACT, 412, STALE ("2", MOBILE_AT_1 ",\"series\":\"5系\""));
  form = wuyou_contract_form_new (test->context, products, ID);
  wuyou_app_test_show (test, form);
  WUYOU_APP_TEST_WAIT_FOR (g_str_equal (
      gtk_editable_get_text (GTK_EDITABLE (wuyou_app_test_find (form, ADW_TYPE_ENTRY_ROW, "Series"))), "3系"));
  gtk_editable_set_text (GTK_EDITABLE (wuyou_app_test_find (form, ADW_TYPE_ENTRY_ROW, "Mobile phone")), "13899991234");
  wuyou_contract_form_flush (WUYOU_CONTRACT_FORM (form));
  WUYOU_APP_TEST_WAIT_FOR (find_question () != NULL);
  return find_question ();
}

static void
test_question (WuyouAppTest *test, gconstpointer data)
{
  GtkWidget *question = ask_about_mobile (test);

  g_assert_true (wuyou_app_test_has_text (question, "Yours: 13899991234\nTheirs: 138****1234"));
  gtk_window_close (GTK_WINDOW (question));
  WUYOU_APP_TEST_WAIT_FOR (find_question () == NULL);
}

#define ADD(path, function) g_test_add (path, WuyouAppTest, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  wuyou_app_test_init (&argc, &argv);
  ADD ("/drafts/refused/one-behind", test_refused_with_one_behind);
  ADD ("/drafts/refused/before-restart", test_refused_before_restart);
  ADD ("/drafts/refused/create", test_create_refused);
  ADD ("/drafts/saved/is-the-servers", test_saved_is_the_servers);
  ADD ("/drafts/saved/typed-over", test_typed_over_while_sent);
  ADD ("/drafts/saved/after-the-form", test_saved_after_the_form);
  ADD ("/drafts/version/kept", test_version_is_kept);
  ADD ("/drafts/version/older-answers", test_older_answers);
  ADD ("/drafts/version/of-the-tag", test_version_of_the_tag);
  ADD ("/drafts/conflict/unsent", test_left_behind);
  g_test_add ("/drafts/conflict/refused", WuyouAppTest, GUINT_TO_POINTER (1), set_up, test_left_behind, tear_down);
  ADD ("/drafts/conflict/later", test_decided_later);
  ADD ("/drafts/conflict/own", test_own_change);
  ADD ("/drafts/conflict/question", test_question);
  return g_test_run ();
}
