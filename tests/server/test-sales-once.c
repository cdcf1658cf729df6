/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "base/wuyou-json.h"
#include "wuyou-sale-test.h"

#define N_THREADS 10

static gint64
count_contracts (WuyouSale *sale)
{
  return wuyou_site_count (sale->site, "SELECT count(*) FROM contracts");
}

/* The answer was lost nine times. */
static void
test_same_key (WuyouSale *sale)
{
  const WuyouSaleUser *user = wuyou_sale_user (sale, "ad", "DSAL");
  g_autofree char *id = wuyou_sale_new_id (sale);
  g_autofree char *key = wuyou_sale_new_id (sale);
  g_autofree char *body = wuyou_sale_dup_body (sale, id, NULL);
  g_autofree char *other = wuyou_sale_dup_body (sale, id, "{\"seats\":4}");

  for (guint i = 0; i < 10; i++) {
    g_autoptr (WuyouSaleReply) reply
        = WUYOU_CALL (sale, 201, NULL, .user = user, .route = WUYOU_ROUTE_CONTRACT_CREATE, .body = body, .key = key);

    g_assert_cmpint (reply->version, ==, 1);
    g_assert_cmpstr (wuyou_json_get_string (wuyou_json_get_object (reply->json, "contract"), "id"), ==, id);
  }
  WUYOU_EXPECT (sale, 409, "IDEMPOTENCY_KEY_REUSED", .user = user, .route = WUYOU_ROUTE_CONTRACT_CREATE, .body = other,
                .key = key);
  g_assert_cmpint (count_contracts (sale), ==, 1);
  g_assert_cmpint (wuyou_site_count (sale->site, "SELECT count(*) FROM audit WHERE action = 'create' "
                                                 "AND object = 'contract'"),
                   ==, 1);
}

/* A client that lost its keys but kept its draft. */
static void
test_same_id (WuyouSale *sale)
{
  const WuyouSaleUser *user = wuyou_sale_user (sale, "ad", "DSAL");
  g_autofree char *id = wuyou_sale_new_id (sale);
  g_autofree char *body = wuyou_sale_dup_body (sale, id, NULL);
  g_autofree char *other = wuyou_sale_dup_body (sale, id, "{\"seats\":4}");

  for (guint i = 0; i < 10; i++)
    WUYOU_EXPECT (sale, 201, NULL, .user = user, .route = WUYOU_ROUTE_CONTRACT_CREATE, .body = body);
  WUYOU_EXPECT (sale, 409, "CONFLICT", .user = user, .route = WUYOU_ROUTE_CONTRACT_CREATE, .body = other);
  /* A colleague's id, and one of another dealership, look alike: nothing tells that it exists. */
  WUYOU_EXPECT (sale, 409, "CONFLICT", .user = wuyou_sale_user (sale, "ad", "DADM"),
                .route = WUYOU_ROUTE_CONTRACT_CREATE, .body = body);
  WUYOU_EXPECT (sale, 409, "CONFLICT", .user = wuyou_sale_user (sale, "hy", "DSAL"),
                .route = WUYOU_ROUTE_CONTRACT_CREATE, .body = body);
  g_assert_cmpint (count_contracts (sale), ==, 1);
}

typedef struct {
  WuyouSale *sale;
  const WuyouSaleUser *user;
  WuyouRouteId route;
  const char *id, *action, *body, *key;
  gint64 version;
  guint status;
  char *code;
} Racer;

static gpointer
run_racer (gpointer data)
{
  Racer *r = data;
  g_autoptr (WuyouSaleReply) reply = wuyou_sale_call (r->sale, &(WuyouSaleCall){ .user = r->user,
                                                                                 .route = r->route,
                                                                                 .arg0 = r->id,
                                                                                 .arg1 = r->action,
                                                                                 .body = r->body,
                                                                                 .key = r->key,
                                                                                 .version = r->version });

  r->status = reply->status;
  r->code = g_strdup (wuyou_sale_reply_get_code (reply));
  return NULL;
}

/* All at once; each as @model, with the key of its own that @key_of_their_own asks for. */
static void
race (Racer *racers, const Racer *model, gboolean key_of_their_own)
{
  GThread *threads[N_THREADS];

  for (guint i = 0; i < N_THREADS; i++) {
    racers[i] = *model;
    if (key_of_their_own)
      racers[i].key = NULL;
    threads[i] = g_thread_new ("racer", run_racer, &racers[i]);
  }
  for (guint i = 0; i < N_THREADS; i++)
    g_thread_join (threads[i]);
}

static guint
count_status (Racer *racers, guint status)
{
  guint n = 0;

  for (guint i = 0; i < N_THREADS; i++) {
    g_test_message ("%u: %u %s", i, racers[i].status, racers[i].code);
    n += racers[i].status == status;
  }
  return n;
}

static void
clear_racers (Racer *racers)
{
  for (guint i = 0; i < N_THREADS; i++)
    g_free (racers[i].code);
}

static void
test_create_race (WuyouSale *sale)
{
  Racer model = { .sale = sale, .user = wuyou_sale_user (sale, "ad", "DSAL"), .route = WUYOU_ROUTE_CONTRACT_CREATE };

  for (guint turn = 0; turn < 2; turn++) {
    g_autofree char *id = wuyou_sale_new_id (sale);
    g_autofree char *key = wuyou_sale_new_id (sale);
    g_autofree char *body = wuyou_sale_dup_body (sale, id, NULL);
    Racer racers[N_THREADS];

    model.body = body;
    model.key = key;
    race (racers, &model, turn == 1);
    g_assert_cmpuint (count_status (racers, 201), ==, N_THREADS);
    g_assert_cmpint (count_contracts (sale), ==, turn + 1);
    clear_racers (racers);
  }
  g_assert_cmpint (wuyou_site_count (sale->site, "SELECT CAST(sum(amount) AS BIGINT) FROM counters "
                                                 "WHERE kind = 'contract' AND name = 'DRAFT'"),
                   ==, 2);
}

/* Ten clicks on Submit with one key are one submission; with keys of their own nine are told that they came late. */
static void
test_submit_race (WuyouSale *sale)
{
  for (guint turn = 0; turn < 2; turn++) {
    g_autofree char *id = wuyou_sale_bring_to (sale, "ad", NULL, "DRAFT");
    g_autofree char *key = wuyou_sale_new_id (sale);
    const WuyouSaleUser *user = wuyou_sale_user (sale, "ad", "DADM");
    Racer model = { .sale = sale,
                    .user = user,
                    .route = WUYOU_ROUTE_CONTRACT_ACT,
                    .id = id,
                    .action = "submit",
                    .body = "{}",
                    .key = key,
                    .version = wuyou_sale_get_version (sale, user, id) };
    Racer racers[N_THREADS];
    guint done;

    race (racers, &model, turn == 1);
    done = count_status (racers, 200);
    g_assert_cmpuint (done, ==, turn == 0 ? N_THREADS : 1);
    g_assert_cmpuint (done + count_status (racers, 412), ==, N_THREADS);
    clear_racers (racers);
  }
  g_assert_cmpint (wuyou_site_count (sale->site, "SELECT count(*) FROM contract_numbers"), ==, 2);
}

static void
test_put_race (WuyouSale *sale)
{
  const WuyouSaleUser *user = wuyou_sale_user (sale, "ad", "DADM");
  g_autofree char *id = wuyou_sale_create (sale, user, NULL);
  g_autofree char *key = wuyou_sale_new_id (sale);
  Racer model = { .sale = sale,
                  .user = user,
                  .route = WUYOU_ROUTE_CONTRACT_PUT,
                  .id = id,
                  .body = "{\"model\":\"xDrive40i\"}",
                  .key = key,
                  .version = 1 };
  Racer racers[N_THREADS];

  race (racers, &model, FALSE);
  g_assert_cmpuint (count_status (racers, 200), ==, N_THREADS);
  g_assert_cmpint (wuyou_sale_get_version (sale, user, id), ==, 2);
  clear_racers (racers);
}

/* Two people edit one contract: the second is told, sees what stands now, and can save upon it. */
static void
test_two_people (WuyouSale *sale)
{
  const WuyouSaleUser *seller = wuyou_sale_user (sale, "ad", "DSAL");
  const WuyouSaleUser *manager = wuyou_sale_user (sale, "ad", "DADM");
  g_autofree char *id = wuyou_sale_create (sale, seller, NULL);
  g_autoptr (WuyouSaleReply) stale = NULL;
  JsonObject *current;

  WUYOU_EXPECT (sale, 200, NULL, .user = manager, .route = WUYOU_ROUTE_CONTRACT_PUT, .arg0 = id, .version = 1,
                .body = "{\"model\":\"xDrive40i\",\"owner_name\":\"韩梅梅\"}");
  stale = WUYOU_CALL (sale, 412, "STALE", .user = seller, .route = WUYOU_ROUTE_CONTRACT_PUT, .arg0 = id, .version = 1,
                      .body = "{\"series\":\"X5\"}");
  current = wuyou_json_get_object (stale->json, "current");
  g_assert_nonnull (current);
  g_assert_cmpstr (wuyou_json_get_string (current, "id"), ==, id);
  g_assert_cmpstr (wuyou_json_get_string (current, "model"), ==, "xDrive40i");
  g_assert_cmpint (wuyou_json_get_int (current, "version"), ==, 2);
  g_assert_false (wuyou_sale_reply_has_bytes (stale, "韩梅梅"));
  g_assert_false (wuyou_sale_reply_has_bytes (stale, "wholesale_fen"));
  g_assert_cmpint (stale->version, ==, 2);
  WUYOU_EXPECT (sale, 200, NULL, .user = seller, .route = WUYOU_ROUTE_CONTRACT_PUT, .arg0 = id, .version = 2,
                .body = "{\"series\":\"X5\"}");
  WUYOU_EXPECT (sale, 412, "STALE", .user = manager, .route = WUYOU_ROUTE_CONTRACT_ACT, .arg0 = id, .arg1 = "void",
                .body = "{\"reason\":\"重复录入\"}", .version = 2);
  g_assert_cmpint (wuyou_sale_get_version (sale, seller, id), ==, 3);
}

/* A PUT whose answer was lost is answered again though its version is old by then; the same key for another is not. */
static void
test_put_again (WuyouSale *sale)
{
  const WuyouSaleUser *user = wuyou_sale_user (sale, "ad", "DSAL");
  g_autofree char *id = wuyou_sale_create (sale, user, NULL);
  g_autofree char *key = wuyou_sale_new_id (sale);

  for (guint i = 0; i < 3; i++)
    WUYOU_EXPECT (sale, 200, NULL, .user = user, .route = WUYOU_ROUTE_CONTRACT_PUT, .arg0 = id, .version = 1,
                  .key = key, .body = "{\"series\":\"X5\"}");
  WUYOU_EXPECT (sale, 409, "IDEMPOTENCY_KEY_REUSED", .user = user, .route = WUYOU_ROUTE_CONTRACT_PUT, .arg0 = id,
                .version = 1, .key = key, .body = "{\"series\":\"X7\"}");
  WUYOU_EXPECT (sale, 409, "IDEMPOTENCY_KEY_REUSED", .user = user, .route = WUYOU_ROUTE_CONTRACT_ACT, .arg0 = id,
                .arg1 = "void", .version = 2, .key = key, .body = "{\"reason\":\"重复录入\"}");
  g_assert_cmpint (wuyou_sale_get_version (sale, user, id), ==, 2);
}

/* Keys belong to the account: another person's equal key is another key. */
static void
test_keys_apart (WuyouSale *sale)
{
  g_autofree char *key = wuyou_sale_new_id (sale);

  for (guint i = 0; i < 2; i++) {
    g_autofree char *id = wuyou_sale_new_id (sale);
    g_autofree char *body = wuyou_sale_dup_body (sale, id, NULL);

    WUYOU_EXPECT (sale, 201, NULL, .user = wuyou_sale_user (sale, "ad", i == 0 ? "DSAL" : "DADM"),
                  .route = WUYOU_ROUTE_CONTRACT_CREATE, .body = body, .key = key);
  }
  g_assert_cmpint (count_contracts (sale), ==, 2);
}

static void
test_headers_needed (WuyouSale *sale)
{
  const WuyouSaleUser *user = wuyou_sale_user (sale, "ad", "DSAL");
  g_autofree char *id = wuyou_sale_create (sale, user, NULL);
  g_autofree char *body = wuyou_sale_dup_body (sale, id, NULL);

  WUYOU_EXPECT (sale, 400, "MALFORMED", .user = user, .route = WUYOU_ROUTE_CONTRACT_CREATE, .body = body, .key = "");
  WUYOU_EXPECT (sale, 428, "PRECONDITION_REQUIRED", .user = user, .route = WUYOU_ROUTE_CONTRACT_PUT, .arg0 = id,
                .body = "{\"series\":\"X5\"}");
  WUYOU_EXPECT (sale, 401, "UNAUTHENTICATED", .route = WUYOU_ROUTE_CONTRACT_CREATE, .body = body);
}

static const WuyouSaleCase cases[] = {
  { "same-key", test_same_key },       { "same-id", test_same_id },       { "create-race", test_create_race },
  { "submit-race", test_submit_race }, { "put-race", test_put_race },     { "two-people", test_two_people },
  { "put-again", test_put_again },     { "keys-apart", test_keys_apart }, { "headers-needed", test_headers_needed },
};

int
main (int argc, char *argv[])
{
  wuyou_test_init (&argc, &argv);
  wuyou_sale_add_tests ("sales-once", cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
