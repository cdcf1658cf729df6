/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

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
  return g_test_run ();
}
