/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "base/wuyou-json.h"
#include "wuyou-claim-test.h"

static const char *const lists[] = {
  "clock_running_out",
  "waiting_for_me",
  "waiting_for_others",
  "new_since_yesterday",
};

static WuyouSaleReply *
get_today (WuyouSale *sale, const WuyouSaleUser *user)
{
  return WUYOU_CALL (sale, 200, NULL, .user = user, .route = WUYOU_ROUTE_TODAY);
}

/* The item of a record in a list, or NULL. */
static JsonObject *
find (const WuyouSaleReply *reply, const char *list, const char *id)
{
  JsonArray *items = wuyou_json_get_array (reply->json, list);

  g_assert_nonnull (items);
  for (guint i = 0; i < json_array_get_length (items); i++)
    if (g_strcmp0 (wuyou_json_get_string (wuyou_json_array_get_object (items, i), "id"), id) == 0)
      return wuyou_json_array_get_object (items, i);
  return NULL;
}

static void
expect_in (WuyouSale *sale, const WuyouSaleUser *user, const char *id, const char *list, const char *action)
{
  g_autoptr (WuyouSaleReply) reply = get_today (sale, user);
  JsonObject *item = find (reply, list, id);

  g_assert_nonnull (item);
  g_assert_cmpstr (wuyou_json_get_string (item, "action"), ==, action);
  for (guint i = 0; i + 1 < G_N_ELEMENTS (lists); i++) /* of what waits, each record stands once */
    if (!g_str_equal (lists[i], list))
      g_assert_null (find (reply, lists[i], id));
}

static void
expect_nowhere (WuyouSale *sale, const WuyouSaleUser *user, const char *id)
{
  g_autoptr (WuyouSaleReply) reply = get_today (sale, user);

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    g_assert_null (find (reply, lists[i], id));
}

/* The same contract on the desks of different people. */
static void
test_lists (WuyouSale *sale)
{
  const WuyouSaleUser *manager = wuyou_sale_user (sale, "ad", "DADM"), *clerk = wuyou_sale_user (sale, "ad", "DFIN");
  g_autofree char *id = wuyou_sale_bring_to (sale, "ad", NULL, "AWAIT_SIGN");

  expect_in (sale, manager, id, "waiting_for_me", "sign");
  expect_in (sale, clerk, id, "waiting_for_others", NULL);
  expect_in (sale, wuyou_sale_user (sale, "gr", "DGRP"), id, "waiting_for_others", NULL);
  expect_nowhere (sale, wuyou_sale_user (sale, "hy", "DADM"), id);
  wuyou_sale_sign (sale, manager, id);
  expect_in (sale, clerk, id, "waiting_for_me", "pay");
  wuyou_test_advance (5 * G_TIME_SPAN_DAY);
  expect_in (sale, clerk, id, "clock_running_out", "pay"); /* two of the seven days are left */
}

static void
test_own (WuyouSale *sale)
{
  const WuyouSaleUser *one = wuyou_sale_user (sale, "ad", "DSAL"), *other = wuyou_sale_add_user (sale, "ad", "DSAL");
  g_autofree char *id = wuyou_sale_create (sale, one, NULL);
  g_autoptr (WuyouSaleReply) reply = get_today (sale, one);
  JsonObject *item = find (reply, "new_since_yesterday", id);

  g_assert_nonnull (item);
  g_assert_null (wuyou_json_get_object (reply->json, "figures"));
  g_assert_nonnull (find (reply, "waiting_for_me", id));
  expect_nowhere (sale, other, id);
  expect_in (sale, wuyou_sale_user (sale, "ad", "DADM"), id, "waiting_for_me", "submit");
  wuyou_test_advance (2 * G_TIME_SPAN_DAY);
  wuyou_sale_reply_free (g_steal_pointer (&reply));
  reply = get_today (sale, one);
  g_assert_null (find (reply, "new_since_yesterday", id));
}

/* No full name on a page that stands open all day. */
static void
test_masked (WuyouSale *sale)
{
  const WuyouSaleUser *manager = wuyou_sale_user (sale, "ad", "DADM");
  g_autofree char *id = wuyou_sale_create (sale, manager, "{\"owner_name\":\"欧阳修远\"}");
  g_autoptr (WuyouSaleReply) reply = get_today (sale, manager);

  g_assert_nonnull (find (reply, "waiting_for_me", id));
  g_assert_false (wuyou_sale_reply_has_bytes (reply, "欧阳修远"));
}

static void
expect_due (WuyouSale *sale, const WuyouSaleUser *user, const char *list, const char *id, gboolean due)
{
  g_autoptr (WuyouSaleReply) reply = get_today (sale, user);
  JsonObject *item = find (reply, list, id);

  g_assert_nonnull (item);
  g_assert_cmpstr (wuyou_json_get_string (item, "object"), ==, "claim");
  g_assert_cmpint (json_object_has_member (item, "due"), ==, due);
}

/* The same claim on the desks of different people, from one to the next. */
static void
test_claims (WuyouSale *sale)
{
  const WuyouSaleUser *clerk = wuyou_sale_user (sale, "ad", "DCLM"), *taker = wuyou_sale_user (sale, "op", "OCLA");
  const WuyouSaleUser *other = wuyou_sale_add_user (sale, "op", "OCLA"),
                      *approver = wuyou_sale_user (sale, "op", "OCLB");
  g_autofree char *id = wuyou_claim_test_bring_to (sale, "ad", "PRE_SUBMITTED");

  expect_in (sale, taker, id, "waiting_for_me", "take");
  expect_in (sale, other, id, "waiting_for_me", "take");
  expect_in (sale, clerk, id, "waiting_for_others", NULL);
  expect_in (sale, approver, id, "waiting_for_others", NULL);
  expect_nowhere (sale, wuyou_sale_user (sale, "hy", "DCLM"), id);
  expect_due (sale, taker, "waiting_for_me", id, TRUE);
  wuyou_claim_test_act (sale, taker, id, "take", "{}", 200, NULL);
  expect_in (sale, taker, id, "waiting_for_me", NULL);
  expect_in (sale, other, id, "waiting_for_others", NULL); /* somebody has it */
  wuyou_claim_test_checks (sale, taker, id);
  expect_in (sale, taker, id, "waiting_for_others", NULL);
  expect_in (sale, approver, id, "waiting_for_me", "approve");
  wuyou_test_advance (30 * G_TIME_SPAN_DAY);
  expect_in (sale, approver, id, "clock_running_out", "approve");
  wuyou_claim_test_act (sale, approver, id, "approve", "{}", 200, NULL);
  expect_in (sale, approver, id, "waiting_for_others", NULL);
}

/* A draft is the dealership's alone; a full name is nobody's here. */
static void
test_claim_draft (WuyouSale *sale)
{
  const WuyouSaleUser *clerk = wuyou_sale_user (sale, "ad", "DCLM");
  g_autofree char *contract = wuyou_claim_test_contract (sale, "ad");
  g_autofree char *id = wuyou_claim_test_create (sale, clerk, contract, NULL);
  g_autoptr (WuyouSaleReply) reply = get_today (sale, clerk);
  JsonObject *item = find (reply, "new_since_yesterday", id);

  g_assert_nonnull (item);
  g_assert_nonnull (wuyou_json_get_string (item, "title"));
  g_assert_nonnull (strchr (wuyou_json_get_string (item, "title"), '*'));
  g_assert_cmpstr (wuyou_json_get_string (item, "loss_type"), ==, "COLLISION");
  expect_in (sale, clerk, id, "waiting_for_me", "report");
  expect_nowhere (sale, wuyou_sale_user (sale, "op", "OCLA"), id);
  wuyou_claim_test_act (sale, clerk, id, "report", "{}", 200, NULL);
  g_assert_nonnull (find (reply, "waiting_for_me", id));
  expect_due (sale, wuyou_sale_user (sale, "op", "OCLA"), "waiting_for_others", id, FALSE);
}

static void
expect_figures (WuyouSale *sale, const WuyouSaleUser *user, gint64 contracts, gint64 received, gboolean wholesale)
{
  g_autoptr (WuyouSaleReply) reply = get_today (sale, user);
  JsonObject *figures = wuyou_json_get_object (reply->json, "figures");

  g_assert_nonnull (figures);
  g_assert_cmpint (wuyou_json_get_int (figures, "contracts"), ==, contracts);
  g_assert_cmpint (wuyou_json_get_int (figures, "received_fen"), ==, received);
  g_assert_cmpint (json_object_has_member (figures, "wholesale_fen"), ==, wholesale);
}

static void
test_figures (WuyouSale *sale)
{
  const WuyouSaleUser *manager = wuyou_sale_user (sale, "ad", "DADM");
  g_autofree char *first = NULL, *second = NULL;

  expect_figures (sale, manager, 0, 0, TRUE);
  first = wuyou_sale_bring_to (sale, "ad", NULL, "PAID");
  second = wuyou_sale_bring_to (sale, "hy", NULL, "PAID");
  expect_figures (sale, manager, 1, 368000, TRUE);
  expect_figures (sale, wuyou_sale_user (sale, "gr", "DGRP"), 2, 2 * 368000, TRUE);
  expect_figures (sale, wuyou_sale_user (sale, "bc", "DADM"), 0, 0, TRUE);
  wuyou_test_advance (10 * G_TIME_SPAN_DAY); /* the next month begins anew */
  expect_figures (sale, manager, 0, 0, TRUE);
}

int
main (int argc, char *argv[])
{
  static const WuyouSaleCase cases[] = {
    { "lists", test_lists },
    { "own", test_own },
    { "masked", test_masked },
    { "claims", test_claims },
    { "claim-draft", test_claim_draft },
    { "figures", test_figures },
  };

  wuyou_test_init (&argc, &argv);
  wuyou_sale_add_tests ("today", cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
