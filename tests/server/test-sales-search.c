/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "base/wuyou-json.h"
#include "wuyou-sale-test.h"

static const char customer[]
    = "{\"owner_name\":\"欧阳明月\",\"owner_id_no\":\"11010519491231002X\",\"owner_mobile\":\"13812345678\","
      "\"vin\":\"LBV41CD08LF009876\",\"plate\":\"京AD12345\"}";

/* The list as @user asks for it; total, or the number of rows when @rows. */
static gint64
count (WuyouSale *sale, const WuyouSaleUser *user, const char *query, gboolean rows)
{
  g_autoptr (WuyouSaleReply) reply
      = WUYOU_CALL (sale, 200, NULL, .user = user, .route = WUYOU_ROUTE_CONTRACTS_LIST, .query = query);

  return rows ? (gint64) json_array_get_length (wuyou_json_get_array (reply->json, "items"))
              : wuyou_json_get_int (reply->json, "total");
}

static gint64
search (WuyouSale *sale, const WuyouSaleUser *user, const char *typed)
{
  g_autofree char *escaped = g_uri_escape_string (typed, NULL, FALSE);
  g_autofree char *query = g_strconcat ("q=", escaped, NULL);
  gint64 total = count (sale, user, query, FALSE);

  g_assert_cmpint (count (sale, user, query, TRUE), ==, total);
  return total;
}

/* Any habitual fragment, in the dealership and above it, nowhere else. */
static void
test_fragments (WuyouSale *sale)
{
  static const char *const typed[] = { "009876",
                                       "LBV41CD08LF009876",
                                       "lbv41cd08lf009876",
                                       "欧阳",
                                       "明月",
                                       "欧阳明月",
                                       "5678",
                                       "13812345678",
                                       "002X",
                                       "002x",
                                       "AD12345",
                                       "京AD12345",
                                       "2345",
                                       "００９８７６",
                                       " 009876 " };
  static const char *const nothing[]
      = { "009875", "欧阳明日", "9999", "'; DROP TABLE contracts; --", "%", "*", "\"", "_____" };
  const WuyouSaleUser *own = wuyou_sale_user (sale, "ad", "DADM");
  g_autofree char *id = wuyou_sale_bring_to (sale, "ad", customer, "AWAIT_SIGN");
  g_autofree char *other = wuyou_sale_bring_to (sale, "hy",
                                                "{\"owner_name\":\"张三丰\",\"owner_mobile\":\"13900008888\","
                                                "\"owner_id_no\":null}",
                                                "DRAFT");
  g_autofree char *number = wuyou_sale_dup_member (sale, own, id, "number");

  for (guint i = 0; i < G_N_ELEMENTS (typed); i++) {
    g_test_message ("%s", typed[i]);
    g_assert_cmpint (search (sale, own, typed[i]), ==, 1);
    g_assert_cmpint (search (sale, wuyou_sale_user (sale, "op", "OOPS"), typed[i]), ==, 1);
    g_assert_cmpint (search (sale, wuyou_sale_user (sale, "hy", "DADM"), typed[i]), ==, 0);
    g_assert_cmpint (search (sale, wuyou_sale_user (sale, "bc", "DADM"), typed[i]), ==, 0);
  }
  g_assert_cmpint (search (sale, own, number), ==, 1);
  g_assert_cmpint (search (sale, own, number + strlen (number) - 4), ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (nothing); i++)
    g_assert_cmpint (search (sale, own, nothing[i]), ==, 0);
}

/* A name that was mistyped is not found by the mistake any more. */
static void
test_corrected (WuyouSale *sale)
{
  const WuyouSaleUser *own = wuyou_sale_user (sale, "ad", "DADM");
  g_autofree char *id = wuyou_sale_create (sale, own, customer);

  WUYOU_EXPECT (sale, 200, NULL, .user = own, .route = WUYOU_ROUTE_CONTRACT_PUT, .arg0 = id, .version = 1,
                .body = "{\"owner_name\":\"张三丰\",\"owner_mobile\":\"13900008888\",\"plate\":null}");
  g_assert_cmpint (search (sale, own, "欧阳明月"), ==, 0);
  g_assert_cmpint (search (sale, own, "5678"), ==, 0);
  g_assert_cmpint (search (sale, own, "AD12345"), ==, 0);
  g_assert_cmpint (search (sale, own, "张三丰"), ==, 1);
  g_assert_cmpint (search (sale, own, "8888"), ==, 1);
  g_assert_cmpint (search (sale, own, "009876"), ==, 1);
}

/* Totals are those of what is listed, under every filter. */
static void
test_totals (WuyouSale *sale)
{
  const WuyouSaleUser *manager = wuyou_sale_user (sale, "ad", "DADM");
  const WuyouSaleUser *seller = wuyou_sale_user (sale, "ad", "DSAL");
  static const struct {
    const char *query;
    gint64 manager, seller;
  } lists[] = {
    { NULL, 6, 6 },
    { "mine=true", 4, 2 },
    { "mine=false", 6, 6 },
    { "state=DRAFT", 5, 5 },
    { "state=DRAFT,VOIDED", 6, 6 },
    { "state=VOIDED&mine=true", 1, 0 },
    { "state=ACTIVE", 0, 0 },
    { "q=%E6%9D%8E%E9%9B%B7", 6, 6 },
    { "q=%E6%9D%8E%E9%9B%B7&mine=true", 4, 2 },
    { "q=%E6%9D%8E%E9%9B%B7&state=VOIDED", 1, 1 },
    { "sort=-updated_at", 6, 6 },
    { "sort=received_fen&mine=true", 4, 2 },
  };

  for (guint i = 0; i < 6; i++) {
    g_autofree char *id = wuyou_sale_create (sale, i < 2 ? seller : manager, NULL);

    if (i == 5)
      wuyou_sale_act (sale, manager, id, "void", "{\"reason\":\"重复录入\"}", 200, NULL);
  }
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++) {
    g_test_message ("%s", lists[i].query);
    for (int rows = 0; rows < 2; rows++) {
      g_assert_cmpint (count (sale, manager, lists[i].query, rows), ==, lists[i].manager);
      g_assert_cmpint (count (sale, seller, lists[i].query, rows), ==, lists[i].seller);
    }
  }
}

/* Walking with the cursor, and with offsets, meets each row once. */
static void
test_pages (WuyouSale *sale)
{
  static const char *const orders[] = { NULL, "sort=received_fen", "sort=-received_fen", "q=%E6%9D%8E%E9%9B%B7" };
  const WuyouSaleUser *user = wuyou_sale_user (sale, "ad", "DADM");
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gint64 after = 0;
  guint pages = 0;

  for (guint i = 0; i < 11; i++)
    g_free (wuyou_sale_create (sale, user, NULL));
  do {
    g_autofree char *query = g_strdup_printf ("limit=4&after=%" G_GINT64_FORMAT, after);
    g_autoptr (WuyouSaleReply) reply
        = WUYOU_CALL (sale, 200, NULL, .user = user, .route = WUYOU_ROUTE_CONTRACTS_LIST, .query = query);
    JsonArray *items = wuyou_json_get_array (reply->json, "items");

    for (guint i = 0; i < json_array_get_length (items); i++)
      g_assert_true (
          g_hash_table_add (seen, g_strdup (wuyou_json_get_string (wuyou_json_array_get_object (items, i), "id"))));
    after = wuyou_json_get_int (reply->json, "next");
    pages++;
  } while (after != 0);
  g_assert_cmpuint (pages, ==, 3);
  g_assert_cmpuint (g_hash_table_size (seen), ==, 11);
  for (guint o = 0; o < G_N_ELEMENTS (orders); o++) {
    g_hash_table_remove_all (seen);
    for (guint offset = 0; offset < 12; offset += 4) {
      g_autofree char *query
          = g_strdup_printf ("limit=4&offset=%u%s%s", offset, orders[o] ? "&" : "", orders[o] ? orders[o] : "");
      g_autoptr (WuyouSaleReply) reply
          = WUYOU_CALL (sale, 200, NULL, .user = user, .route = WUYOU_ROUTE_CONTRACTS_LIST, .query = query);
      JsonArray *items = wuyou_json_get_array (reply->json, "items");

      for (guint i = 0; i < json_array_get_length (items); i++)
        g_hash_table_add (seen, g_strdup (wuyou_json_get_string (wuyou_json_array_get_object (items, i), "id")));
    }
    g_assert_cmpuint (g_hash_table_size (seen), ==, 11);
  }
}

static void
test_bad_queries (WuyouSale *sale)
{
  static const struct {
    const char *query, *field;
  } wrong[] = {
    { "state=NONSENSE", "state" },
    { "state=DRAFT,", "state" },
    { "state=DRAFT,DRAFT,DRAFT,DRAFT,DRAFT,DRAFT,DRAFT,DRAFT,DRAFT,DRAFT,DRAFT,DRAFT,DRAFT,DRAFT,DRAFT,DRAFT,DRAFT",
      "state" },
    { "sort=owner_name", "sort" },
    { "sort=vin", "sort" },
    { "sort=wholesale_fen", "sort" },
    { "sort=seq;drop", "sort" },
    { "limit=0", "limit" },
    { "limit=501", "limit" },
    { "limit=-1", "limit" },
    { "limit=4x", "limit" },
    { "offset=-1", "offset" },
    { "after=x", "after" },
    { "after=3&sort=number", "after" },
    { "mine=perhaps", "mine" },
    { "surprise=1", "surprise" },
  };
  const WuyouSaleUser *user = wuyou_sale_user (sale, "ad", "DADM");
  g_autofree char *longer = g_strnfill (250, 'x');
  g_autofree char *query = g_strconcat ("q=", longer, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (WuyouSaleReply) reply = NULL;

    g_test_message ("%s", wrong[i].query);
    reply
        = WUYOU_CALL (sale, 422, "INVALID", .user = user, .route = WUYOU_ROUTE_CONTRACTS_LIST, .query = wrong[i].query);
    g_assert_true (wuyou_sale_reply_has_field (reply, wrong[i].field));
  }
  WUYOU_EXPECT (sale, 422, "INVALID", .user = user, .route = WUYOU_ROUTE_CONTRACTS_LIST, .query = query);
  WUYOU_EXPECT (sale, 400, "MALFORMED", .user = user, .route = WUYOU_ROUTE_CONTRACTS_LIST, .query = "q=%00");
  WUYOU_EXPECT (sale, 400, "MALFORMED", .user = user, .route = WUYOU_ROUTE_CONTRACTS_LIST, .query = "q=%ff");
}

static const WuyouSaleCase cases[] = {
  { "fragments", test_fragments }, { "corrected", test_corrected },     { "totals", test_totals },
  { "pages", test_pages },         { "bad-queries", test_bad_queries },
};

int
main (int argc, char *argv[])
{
  wuyou_test_init (&argc, &argv);
  wuyou_sale_add_tests ("sales-search", cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
