/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "drafts/wuyou-draft-courier.h"
#include "sales/wuyou-sale-draft.h"
#include "sales/wuyou-dossier.h"
#include "wuyou-draft-test.h"
#include "wuyou-test.h"

#define ID WUYOU_DRAFT_TEST_ID
#define PUT_CONTRACT "PUT /v1/contracts/" ID

/* Away for a moment, so that there is time to type on; then a refusal. */
static void
say_refused (WuyouAppTest *test, const char *call)
{
  const WuyouFakeAnswer refusal = { .status = 422, .body = "{\"code\":\"INVALID\",\"detail\":\"no\"}" };

  wuyou_fake_server_say_json (test->server, call, 503, "{\"code\":\"BUSY\"}");
  wuyou_fake_server_say (test->server, call, &refusal);
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
static WuyouDraft *
refuse_with_one_behind (WuyouAppTest *test)
{
  WuyouDraft *draft = wuyou_draft_test_open (test, 1, "");
  WuyouOutbox *outbox = wuyou_app_context_get_outbox (test->context);

  say_refused (test, PUT_CONTRACT);
  wuyou_draft_test_type (draft, "seats", "50");
  wuyou_draft_flush (draft);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_fake_server_count (test->server, PUT_CONTRACT) == 1);
  wuyou_draft_test_type (draft, "series", "3系");
  wuyou_draft_flush (draft);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_draft_get_state (draft) == WUYOU_DRAFT_REFUSED);
  g_assert_cmpuint (wuyou_outbox_get_n_waiting (outbox), ==, 2);
  return draft;
}

/* What stands behind a refused change goes with what corrects it, and nothing else goes before. */
static void
test_refused_with_one_behind (WuyouAppTest *test, gconstpointer data)
{
  WuyouDraft *draft = refuse_with_one_behind (test);
  guint n = wuyou_fake_server_count (test->server, PUT_CONTRACT);

  wuyou_draft_test_say (test, PUT_CONTRACT, 2, ",\"seats\":5,\"series\":\"3系\"");
  wuyou_draft_test_type (draft, "seats", "5");
  wuyou_draft_flush (draft);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_draft_is_settled (draft));
  g_assert_cmpuint (wuyou_fake_server_count (test->server, PUT_CONTRACT), ==, n + 1);
  wuyou_test_assert_json (wuyou_fake_server_last (test->server, PUT_CONTRACT, NULL),
                          "{\"seats\":5,\"series\":\"3系\"}");
  wuyou_draft_test_close (draft);
}

/* The same after a restart: the form that is opened hears of it, and what was typed is not held for ever. */
static void
test_refused_before_restart (WuyouAppTest *test, gconstpointer data)
{
  WuyouDraft *draft = refuse_with_one_behind (test);

  g_assert_finalize_object (draft);
  restart (test);
  wuyou_draft_test_say (test, PUT_CONTRACT, 2, ",\"seats\":50,\"series\":\"3系\"");
  draft = wuyou_draft_test_open (test, 1, "");
  WUYOU_APP_TEST_WAIT_FOR (wuyou_draft_is_settled (draft));
  wuyou_draft_test_close (draft);
}

/* Nothing was made, so what corrects it makes it. */
static void
test_create_refused (WuyouAppTest *test, gconstpointer data)
{
  WuyouDraft *draft = wuyou_sale_draft_new (test->context, NULL);
  g_autofree char *whole
      = g_strdup_printf ("{\"id\":\"%s\",\"seats\":5,\"series\":\"3系\"}", wuyou_draft_get_id (draft));

  say_refused (test, "POST /v1/contracts");
  wuyou_draft_test_type (draft, "seats", "50");
  wuyou_draft_flush (draft);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_fake_server_count (test->server, "POST /v1/contracts") == 1);
  wuyou_draft_test_type (draft, "series", "3系");
  wuyou_draft_flush (draft);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_draft_get_state (draft) == WUYOU_DRAFT_REFUSED);
  wuyou_draft_test_say (test, "POST /v1/contracts", 1, ",\"seats\":5,\"series\":\"3系\"");
  wuyou_draft_test_type (draft, "seats", "5");
  wuyou_draft_flush (draft);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_draft_is_settled (draft));
  wuyou_test_assert_json (wuyou_fake_server_last (test->server, "POST /v1/contracts", NULL), whole);
  wuyou_draft_test_close (draft);
}

#define MOBILE_AT_1 ",\"owner_mobile\":\"138****1234\""
#define MOBILE_AT_3 ",\"owner_mobile\":\"139****5678\""

static void
save_mobile (WuyouAppTest *test, WuyouDraft *draft)
{
  wuyou_draft_test_say (test, PUT_CONTRACT, 2, MOBILE_AT_1);
  wuyou_draft_test_type (draft, "owner_mobile", "13800001234");
  wuyou_draft_flush (draft);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_draft_is_settled (draft));
}

/* What was saved is the server's: it does not shadow what a colleague corrects, and does not go out again. A paper that
 * is printed here meanwhile bears it in full. */
static void
test_saved_is_the_servers (WuyouAppTest *test, gconstpointer data)
{
  WuyouDraft *draft = wuyou_draft_test_open (test, 1, "");
  const WuyouField *mobile = wuyou_draft_test_find_field ("owner_mobile");

  save_mobile (test, draft);
  g_assert_cmpstr (wuyou_draft_get_text (draft, mobile), ==, "");
  g_assert_cmpstr (wuyou_draft_get_kept (draft, mobile), ==, "138****1234");
  g_assert_true (wuyou_draft_is_plain (draft, mobile));
  g_assert_cmpstr (((const WuyouContract *) wuyou_draft_get_record (draft))->owner_mobile, ==, "13800001234");
  wuyou_draft_test_load (draft, 3, MOBILE_AT_3);
  g_assert_cmpstr (wuyou_draft_get_kept (draft, mobile), ==, "139****5678");
  g_assert_false (wuyou_draft_is_plain (draft, mobile));
  g_assert_cmpstr (((const WuyouContract *) wuyou_draft_get_record (draft))->owner_mobile, ==, "139****5678");
  g_assert_finalize_object (draft);
  draft = wuyou_draft_test_open (test, 3, MOBILE_AT_3);
  g_assert_cmpstr (wuyou_draft_get_text (draft, mobile), ==, "");
  wuyou_draft_test_type (draft, "seats", "5");
  wuyou_draft_flush (draft);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_draft_is_settled (draft));
  wuyou_test_assert_json (wuyou_fake_server_last (test->server, PUT_CONTRACT, NULL), "{\"seats\":5}");
  wuyou_draft_test_close (draft);
}

static void
test_typed_over_while_sent (WuyouAppTest *test, gconstpointer data)
{
  WuyouDraft *draft = wuyou_draft_test_open (test, 1, "");

  wuyou_draft_test_say (test, PUT_CONTRACT, 2, MOBILE_AT_1);
  wuyou_draft_test_type (draft, "owner_mobile", "13800001234");
  wuyou_draft_flush (draft);
  wuyou_draft_test_type (draft, "owner_mobile", "13900005678");
  WUYOU_APP_TEST_WAIT_FOR (wuyou_draft_exists (draft) && wuyou_fake_server_count (test->server, PUT_CONTRACT) == 1);
  wuyou_app_test_pump (100);
  g_assert_cmpstr (wuyou_draft_get_text (draft, wuyou_draft_test_find_field ("owner_mobile")), ==, "13900005678");
  wuyou_draft_flush (draft);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_draft_is_settled (draft));
  wuyou_test_assert_json (wuyou_fake_server_last (test->server, PUT_CONTRACT, NULL),
                          "{\"owner_mobile\":\"13900005678\"}");
  wuyou_draft_test_close (draft);
}

/* The same when the form is gone before the answer comes. */
static void
test_saved_after_the_form (WuyouAppTest *test, gconstpointer data)
{
  WuyouDraft *draft = wuyou_draft_test_open (test, 1, "");
  WuyouOutbox *outbox = wuyou_app_context_get_outbox (test->context);

  wuyou_draft_courier_start (test->context, &wuyou_sale_draft_kind);
  wuyou_draft_test_say (test, PUT_CONTRACT, 2, MOBILE_AT_1);
  wuyou_draft_test_type (draft, "owner_mobile", "13800001234");
  wuyou_draft_test_type (draft, "seats", "many");
  wuyou_draft_flush (draft);
  g_assert_finalize_object (draft);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_outbox_get_n_waiting (outbox) == 0);
  draft = wuyou_draft_test_open (test, 2, MOBILE_AT_1);
  g_assert_cmpstr (wuyou_draft_get_text (draft, wuyou_draft_test_find_field ("owner_mobile")), ==, "");
  g_assert_cmpstr (wuyou_draft_get_text (draft, wuyou_draft_test_find_field ("seats")), ==, "many");
  wuyou_draft_test_close (draft);
}

/* Made, the form left at once, the application ended: what is typed next names the version that was made. */
static void
test_version_is_kept (WuyouAppTest *test, gconstpointer data)
{
  WuyouDraft *draft = wuyou_sale_draft_new (test->context, NULL);
  g_autofree char *id = g_strdup (wuyou_draft_get_id (draft));
  g_autofree char *put = g_strconcat ("PUT /v1/contracts/", id, NULL);

  wuyou_draft_courier_start (test->context, &wuyou_sale_draft_kind);
  wuyou_draft_test_say (test, "POST /v1/contracts", 4, "");
  wuyou_draft_test_say (test, put, 5, "");
  wuyou_draft_test_type (draft, "series", "3系");
  wuyou_draft_flush (draft);
  g_assert_finalize_object (draft);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_outbox_get_n_waiting (wuyou_app_context_get_outbox (test->context)) == 0);
  restart (test);
  draft = wuyou_sale_draft_new (test->context, id);
  wuyou_draft_test_type (draft, "seats", "5");
  wuyou_draft_flush (draft);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_draft_is_settled (draft));
  g_assert_cmpstr (wuyou_fake_server_last (test->server, put, "If-Match"), ==, "\"4\"");
  wuyou_draft_test_close (draft);
}

/* What the server said once is there to be seen; what is typed on it is typed on the newest version known. So is what
 * is typed when a slow answer is overtaken by a newer one. */
static void
test_older_answers (WuyouAppTest *test, gconstpointer data)
{
  WuyouDraft *draft = wuyou_draft_test_open (test, 3, ",\"series\":\"3系\"");
  g_autofree char *answer = wuyou_draft_test_dup_answer (ID, 1, ",\"series\":\"1系\"");
  g_autoptr (JsonNode) node = json_from_string (answer, NULL);
  g_autoptr (WuyouDossier) kept = wuyou_dossier_new (json_node_get_object (node), NULL, NULL);

  wuyou_draft_test_load (draft, 2, ",\"series\":\"2系\"");
  wuyou_draft_show_kept (draft, kept->contract);
  g_assert_cmpstr (wuyou_draft_get_text (draft, wuyou_draft_test_find_field ("series")), ==, "3系");
  wuyou_draft_test_say (test, PUT_CONTRACT, 4, "");
  wuyou_draft_test_type (draft, "seats", "5");
  wuyou_draft_flush (draft);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_draft_is_settled (draft));
  g_assert_cmpstr (wuyou_fake_server_last (test->server, PUT_CONTRACT, "If-Match"), ==, "\"3\"");
  wuyou_draft_test_close (draft);
}

/* Opened without the server: what is typed on what the cache shows names that version. */
static void
test_typed_on_cache (WuyouAppTest *test, gconstpointer data)
{
  WuyouDraft *draft = wuyou_sale_draft_new (test->context, ID);
  g_autofree char *answer = wuyou_draft_test_dup_answer (ID, 3, "");
  g_autoptr (JsonNode) node = json_from_string (answer, NULL);
  g_autoptr (WuyouDossier) kept = wuyou_dossier_new (json_node_get_object (node), NULL, NULL);

  wuyou_draft_show_kept (draft, kept->contract);
  wuyou_draft_test_say (test, PUT_CONTRACT, 4, "");
  wuyou_draft_test_type (draft, "seats", "5");
  wuyou_draft_flush (draft);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_draft_is_settled (draft));
  g_assert_cmpstr (wuyou_fake_server_last (test->server, PUT_CONTRACT, "If-Match"), ==, "\"3\"");
  wuyou_draft_test_close (draft);
}

/* The answer may say no more than which version it made. */
static void
test_version_of_the_tag (WuyouAppTest *test, gconstpointer data)
{
  WuyouDraft *draft = wuyou_draft_test_open (test, 1, "");

  wuyou_fake_server_say (test->server, PUT_CONTRACT,
                         &(WuyouFakeAnswer){ .status = 200, .body = "{}", .header = "ETag", .value = "\"2\"" });
  wuyou_draft_test_type (draft, "seats", "5");
  wuyou_draft_flush (draft);
  wuyou_draft_test_type (draft, "series", "3系");
  WUYOU_APP_TEST_WAIT_FOR (*wuyou_draft_get_text (draft, wuyou_draft_test_find_field ("seats")) == '\0');
  wuyou_draft_flush (draft);
  WUYOU_APP_TEST_WAIT_FOR (wuyou_draft_is_settled (draft));
  g_assert_cmpstr (wuyou_fake_server_last (test->server, PUT_CONTRACT, "If-Match"), ==, "\"2\"");
  wuyou_draft_test_close (draft);
}

/* An earlier version kept uploads with the draft, which are the queue's now. */
static void
test_kept_by_earlier_version (WuyouAppTest *test, gconstpointer data)
{
  static const char json[] = "{\"kind\":\"contract\",\"exists\":true,\"unsent\":true,\"version\":3,"
                             "\"texts\":{\"series\":\"3系\"},\"uploads\":[{\"slot\":1,"
                             "\"id\":\"0190a000-0000-7000-8000-0000000000dd\",\"path\":\"/tmp/invoice.pdf\"}]}";
  WuyouLocal *local = wuyou_app_context_get_local (test->context);
  g_autoptr (JsonObject) kept = NULL;
  WuyouDraft *draft;

  wuyou_draft_test_say (test, PUT_CONTRACT, 4, "");
  wuyou_local_save (local, WUYOU_LOCAL_DRAFT, ID, json);
  draft = wuyou_sale_draft_new (test->context, ID);
  g_assert_true (wuyou_draft_exists (draft));
  g_assert_cmpstr (wuyou_draft_get_text (draft, wuyou_draft_test_find_field ("series")), ==, "3系");
  wuyou_draft_test_type (draft, "seats", "5");
  kept = wuyou_local_load_object (local, WUYOU_LOCAL_DRAFT, ID);
  g_assert_false (json_object_has_member (kept, "uploads"));
  wuyou_draft_test_close (draft);
}

#define ADD(path, function)                                                                                            \
  g_test_add (path, WuyouAppTest, NULL, wuyou_draft_test_set_up, function, wuyou_draft_test_tear_down)

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
  ADD ("/drafts/version/typed-on-cache", test_typed_on_cache);
  ADD ("/drafts/version/of-the-tag", test_version_of_the_tag);
  ADD ("/drafts/kept-by-earlier-version", test_kept_by_earlier_version);
  return g_test_run ();
}
