/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "base/wuyou-json.h"
#include "base/wuyou-permission.h"
#include "wuyou-sale-test.h"

/* What must not be seen whole by anybody who did not ask for it with a reason. */
#define NAME "欧阳明月"
#define ID_NO "11010519491231002X"
#define MOBILE "13812345678"
#define VIN "LBV41CD08LF009876"
#define PLATE "京AD12345"
#define ENGINE "B48B20A7654321"
#define POLICY "AT2026110000099999"
#define INVOICE "26112000000098765432"
#define ADDRESS "学府路 88 号"
#define EMAIL "mingyue.ouyang@example.com"
#define REFERENCE "622202000011112222"
#define FILE_NAME NAME ".pdf"

static const char *const secrets[]
    = { NAME, ID_NO, MOBILE, VIN, PLATE, ENGINE, POLICY, INVOICE, ADDRESS, EMAIL, REFERENCE, "欧阳明" };

static const char customer[]
    = "{\"owner_name\":\"" NAME "\",\"owner_id_no\":\"" ID_NO "\",\"owner_mobile\":\"" MOBILE "\",\"vin\":\"" VIN "\","
      "\"plate\":\"" PLATE "\",\"engine_no\":\"" ENGINE "\",\"commercial_policy_no\":\"" POLICY "\","
      "\"invoice_no\":\"" INVOICE "\",\"owner_address\":\"" ADDRESS "\",\"owner_email\":\"" EMAIL "\"}";

/* --- other people's records --- */

/* Whoever may not see a record gets the very answer of one that is not there. */
static void
expect_unseen (WuyouSale *sale, const WuyouSaleUser *stranger, const WuyouRoute *route, const char *id)
{
  static const char nowhere[] = "0190a000-0000-7000-8000-00000000dead";
  const char *arg1 = route->id == WUYOU_ROUTE_CONTRACT_PAPER ? "contract" : "submit";
  const char *body = "{}";
  const char *ids[] = { id, nowhere };
  gsize lengths[2];

  if (route->id == WUYOU_ROUTE_CONTRACT_PRINT)
    body = "{\"id\":\"0190a000-0000-7000-8000-00000000beef\",\"kind\":\"contract\"}";
  if (route->id == WUYOU_ROUTE_CONTRACT_UNMASK)
    body = "{\"fields\":[\"vin\"],\"reason\":\"核对身份\"}";
  if (route->id == WUYOU_ROUTE_DOCUMENT_FINISH)
    body = "{\"sha256\":\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"}";
  for (guint i = 0; i < 2; i++) {
    g_autoptr (WuyouSaleReply) reply = WUYOU_CALL (
        sale, 404, "NOT_FOUND", .user = stranger, .route = route->id, .arg0 = ids[i], .arg1 = arg1, .version = 1,
        .body = g_str_equal (route->method, "GET") ? NULL : body, .lines = "Upload-Offset: 0\r\n");

    lengths[i] = g_bytes_get_size (reply->body);
  }
  g_assert_cmpuint (lengths[0], ==, lengths[1]);
}

static void
test_strangers (WuyouSale *sale)
{
  const WuyouSaleUser *strangers[] = {
    wuyou_sale_user (sale, "hy", "DADM"),
    wuyou_sale_user (sale, "bc", "DADM"), /* a branch does not see its dealership */
    wuyou_sale_user (sale, "hy", "DSAL"),
  };
  const WuyouSaleUser *own = wuyou_sale_user (sale, "ad", "DADM");
  g_autofree char *id = wuyou_sale_bring_to (sale, "ad", customer, "AWAIT_SIGN");
  g_autofree char *document
      = wuyou_sale_upload (sale, own, id, "SIGNED_CONTRACT", WUYOU_SALE_PDF, strlen (WUYOU_SALE_PDF));
  g_autofree char *body = NULL;
  guint routes = 0;

  for (guint i = 0; i < WUYOU_N_ROUTES; i++) {
    const WuyouRoute *route = wuyou_route_get (i);
    gboolean of_document = g_str_has_prefix (route->path, "/v1/documents/{id}");

    if (!of_document && !g_str_has_prefix (route->path, "/v1/contracts/{id}"))
      continue;
    routes++;
    for (guint s = 0; s < G_N_ELEMENTS (strangers); s++)
      expect_unseen (sale, strangers[s], route, of_document ? document : id);
  }
  g_assert_cmpuint (routes, ==, 11);
  body = g_strdup_printf ("{\"id\":\"0190a000-0000-7000-8000-00000000beef\",\"contract_id\":\"%s\","
                          "\"slot\":\"SIGNED_CONTRACT\",\"file_name\":\"a.pdf\",\"size\":10}",
                          id);
  for (guint s = 0; s < G_N_ELEMENTS (strangers); s++) {
    g_autoptr (WuyouSaleReply) list = NULL;

    WUYOU_EXPECT (sale, 404, "NOT_FOUND", .user = strangers[s], .route = WUYOU_ROUTE_DOCUMENT_CREATE, .body = body);
    list = WUYOU_CALL (sale, 200, NULL, .user = strangers[s], .route = WUYOU_ROUTE_CONTRACTS_LIST, .query = "q=009876");
    g_assert_cmpint (wuyou_json_get_int (list->json, "total"), ==, 0);
    g_assert_false (wuyou_sale_reply_has_bytes (list, id));
  }
  /* Those above see it. */
  WUYOU_EXPECT (sale, 200, NULL, .user = wuyou_sale_user (sale, "gr", "DGRP"), .route = WUYOU_ROUTE_CONTRACT_GET,
                .arg0 = id);
  WUYOU_EXPECT (sale, 200, NULL, .user = wuyou_sale_user (sale, "op", "OOPS"), .route = WUYOU_ROUTE_CONTRACT_GET,
                .arg0 = id);
}

/* --- roles --- */

typedef struct {
  WuyouRouteId route;
  const char *arg1, *body;
} Deed;

static const Deed deeds[] = {
  { WUYOU_ROUTE_CONTRACT_GET, NULL, NULL },
  { WUYOU_ROUTE_CONTRACT_PAPER, "contract", NULL },
  { WUYOU_ROUTE_CONTRACT_UNMASK, NULL, "{\"fields\":[\"owner_name\"],\"reason\":\"核对身份\"}" },
  { WUYOU_ROUTE_DOCUMENT_GET, NULL, NULL },
  { WUYOU_ROUTE_DOCUMENT_CONTENT, NULL, NULL },
};

static const char *
get_home (int role)
{
  if (role == WUYOU_ROLE_ICLM)
    return "in";
  if (role == WUYOU_ROLE_DGRP)
    return "gr";
  return wuyou_roles_are_operator (WUYOU_ROLE_BIT (role)) ? "op" : "ad";
}

/* Reads of a real contract by each role, as the matrix of permissions says and not otherwise. */
static void
test_roles (WuyouSale *sale)
{
  const WuyouSaleUser *own = wuyou_sale_user (sale, "ad", "DADM");
  g_autofree char *id = wuyou_sale_bring_to (sale, "ad", customer, "AWAIT_SIGN");
  g_autofree char *document
      = wuyou_sale_upload (sale, own, id, "SIGNED_CONTRACT", WUYOU_SALE_PDF, strlen (WUYOU_SALE_PDF));

  for (const WuyouEnum *role = wuyou_roles; role->id != NULL; role++) {
    const WuyouSaleUser *user = wuyou_sale_user (sale, get_home (role->value), role->id);

    for (guint i = 0; i < G_N_ELEMENTS (deeds); i++) {
      const WuyouRoute *route = wuyou_route_get (deeds[i].route);
      guint32 mask = WUYOU_ROLE_BIT (role->value);
      gboolean may = wuyou_permission_check (mask, route->object, route->verbs);
      guint status = !may ? 403 : role->value == WUYOU_ROLE_ICLM ? 404 : 200;
      gboolean of_document = g_str_has_prefix (route->path, "/v1/documents/");
      g_autoptr (WuyouSaleReply) reply = NULL;

      g_test_message ("%s: %s %s", role->id, route->method, route->path);
      reply = WUYOU_CALL (sale, status,
                          status == 200 ? NULL
                          : may         ? "NOT_FOUND"
                                        : "FORBIDDEN",
                          .user = user, .route = route->id, .arg0 = of_document ? document : id, .arg1 = deeds[i].arg1,
                          .body = deeds[i].body);
      if (route->id == WUYOU_ROUTE_CONTRACT_GET && status == 200)
        g_assert_cmpint (wuyou_permission_check (mask, WUYOU_OBJECT_WHOLESALE, WUYOU_VERB_READ), ==,
                         wuyou_sale_reply_has_bytes (reply, "wholesale_fen"));
    }
  }
}

/* Writing is for those who sell, in any part of the dealership that is theirs. */
static void
test_writers (WuyouSale *sale)
{
  g_autofree char *id = wuyou_sale_bring_to (sale, "ad", NULL, "DRAFT");

  for (const WuyouEnum *role = wuyou_roles; role->id != NULL; role++) {
    const WuyouSaleUser *user = wuyou_sale_user (sale, get_home (role->value), role->id);
    gboolean seller = role->value == WUYOU_ROLE_DADM || role->value == WUYOU_ROLE_DSAL;
    g_autofree char *new_id = wuyou_sale_new_id (sale);
    g_autofree char *body = wuyou_sale_dup_body (sale, new_id, NULL);

    WUYOU_EXPECT (sale, seller ? 201 : 403, seller ? NULL : "FORBIDDEN", .user = user,
                  .route = WUYOU_ROUTE_CONTRACT_CREATE, .body = body);
    if (!seller)
      WUYOU_EXPECT (sale, 403, "FORBIDDEN", .user = user, .route = WUYOU_ROUTE_CONTRACT_PUT, .arg0 = id, .version = 1,
                    .body = "{\"series\":\"X5\"}");
  }
  /* Colleagues help each other with drafts; only what they made themselves may sellers void. */
  WUYOU_EXPECT (sale, 200, NULL, .user = wuyou_sale_user (sale, "ad", "DSAL"), .route = WUYOU_ROUTE_CONTRACT_PUT,
                .arg0 = id, .version = 1, .body = "{\"series\":\"X5\"}");
  wuyou_sale_act (sale, wuyou_sale_user (sale, "ad", "DSAL"), id, "void", "{\"reason\":\"不是我的\"}", 403,
                  "FORBIDDEN");
}

/* --- masks --- */

static void
assert_masked (WuyouSale *sale, WuyouSaleReply *taken)
{
  g_autoptr (WuyouSaleReply) reply = taken;

  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++)
    if (wuyou_sale_reply_has_bytes (reply, secrets[i])) {
      gsize length;
      const char *body = g_bytes_get_data (reply->body, &length);

      g_error ("%s stands in %.*s", secrets[i], (int) length, body);
    }
}

static void
look_at_everything (WuyouSale *sale, const char *id, const char *document)
{
  static const struct {
    const char *org, *roles;
  } people[] = { { "ad", "DADM" }, { "ad", "DSAL" }, { "gr", "DGRP" }, { "op", "OOPS" }, { "op", "OAUD" } };

  for (guint i = 0; i < G_N_ELEMENTS (people); i++) {
    const WuyouSaleUser *user = wuyou_sale_user (sale, people[i].org, people[i].roles);

    assert_masked (sale, WUYOU_CALL (sale, 200, NULL, .user = user, .route = WUYOU_ROUTE_CONTRACT_GET, .arg0 = id));
    assert_masked (sale, WUYOU_CALL (sale, 200, NULL, .user = user, .route = WUYOU_ROUTE_CONTRACTS_LIST));
    assert_masked (
        sale, WUYOU_CALL (sale, 200, NULL, .user = user, .route = WUYOU_ROUTE_CONTRACTS_LIST, .query = "q=009876"));
    assert_masked (sale,
                   WUYOU_CALL (sale, 200, NULL, .user = user, .route = WUYOU_ROUTE_DOCUMENT_GET, .arg0 = document));
    assert_masked (sale, WUYOU_CALL (sale, 200, NULL, .user = user, .route = WUYOU_ROUTE_TODAY));
    assert_masked (sale, WUYOU_CALL (sale, 200, NULL, .user = user, .route = WUYOU_ROUTE_CHANGES));
    assert_masked (sale, WUYOU_CALL (sale, 200, NULL, .user = user, .route = WUYOU_ROUTE_ACCOUNT_ACTIVITY));
  }
}

static WuyouSaleReply *
put (WuyouSale *sale, const char *id, gint64 version, guint status, const char *code, const char *body)
{
  return WUYOU_CALL (sale, status, code, .user = wuyou_sale_user (sale, "ad", "DADM"),
                     .route = WUYOU_ROUTE_CONTRACT_PUT, .arg0 = id, .version = version, .body = body);
}

static char *
announce_named (WuyouSale *sale, const char *id)
{
  char *document = wuyou_sale_new_id (sale);
  g_autofree char *body = g_strdup_printf ("{\"id\":\"%s\",\"contract_id\":\"%s\",\"slot\":\"IDENTITY\","
                                           "\"file_name\":\"" FILE_NAME "\",\"size\":10}",
                                           document, id);

  assert_masked (sale, WUYOU_CALL (sale, 201, NULL, .user = wuyou_sale_user (sale, "ad", "DADM"),
                                   .route = WUYOU_ROUTE_DOCUMENT_CREATE, .body = body));
  return document;
}

/* Every value was typed, changed, refused and moved on; none of it comes back whole. */
static void
test_masks (WuyouSale *sale)
{
  static const char consents[] = "{\"consent_processing\":true,\"consent_sensitive\":true,\"consent_provision\":true,"
                                 "\"consent_on\":\"2026-11-23\"}";
  const WuyouSaleUser *own = wuyou_sale_user (sale, "ad", "DADM");
  g_autofree char *id = wuyou_sale_new_id (sale);
  g_autofree char *body = wuyou_sale_dup_body (sale, id, customer);
  g_autofree char *again = wuyou_sale_dup_body (sale, id, "{\"owner_name\":\"" NAME "\"}");
  g_autofree char *document = NULL;

  assert_masked (sale, WUYOU_CALL (sale, 201, NULL, .user = own, .route = WUYOU_ROUTE_CONTRACT_CREATE, .body = body));
  assert_masked (sale,
                 WUYOU_CALL (sale, 409, "CONFLICT", .user = own, .route = WUYOU_ROUTE_CONTRACT_CREATE, .body = again));
  document = announce_named (sale, id);
  assert_masked (sale, put (sale, id, 1, 200, NULL, "{\"owner_name\":\"张三丰\",\"owner_mobile\":\"13900009999\"}"));
  assert_masked (sale, put (sale, id, 2, 200, NULL, customer));
  assert_masked (sale, put (sale, id, 1, 412, "STALE", "{\"owner_name\":\"" NAME "\"}"));
  assert_masked (sale, put (sale, id, 3, 422, "INVALID", "{\"owner_mobile\":\"" MOBILE "9\",\"vin\":\"" VIN "0\"}"));
  assert_masked (sale, put (sale, id, 3, 200, NULL, consents)); /* void since the owner was another for a moment */
  look_at_everything (sale, id, document);
  g_free (wuyou_sale_upload (sale, own, id, "INVOICE", WUYOU_SALE_PDF, strlen (WUYOU_SALE_PDF)));
  g_free (wuyou_sale_upload (sale, own, id, "POLICY", WUYOU_SALE_PDF, strlen (WUYOU_SALE_PDF)));
  wuyou_sale_submit (sale, own, id);
  wuyou_sale_sign (sale, own, id);
  g_free (wuyou_sale_upload (sale, own, id, "VOUCHER", WUYOU_SALE_PDF, strlen (WUYOU_SALE_PDF)));
  assert_masked (sale, WUYOU_CALL (sale, 200, NULL, .user = own, .route = WUYOU_ROUTE_CONTRACT_ACT, .arg0 = id,
                                   .arg1 = "pay", .version = wuyou_sale_get_version (sale, own, id),
                                   .body = "{\"paid_on\":\"2026-11-23\",\"paid_fen\":368000,\"payment_method\":"
                                           "\"TRANSFER\",\"payment_reference\":\"" REFERENCE "\"}"));
  look_at_everything (sale, id, document);
}

/* What the dealership pays is not for its sellers, wherever it stands. */
static void
test_wholesale (WuyouSale *sale)
{
  const WuyouSaleUser *seller = wuyou_sale_user (sale, "ad", "DSAL");
  g_autofree char *id = wuyou_sale_bring_to (sale, "ad", NULL, "PAID");
  const WuyouSaleCall calls[] = {
    { .user = seller, .route = WUYOU_ROUTE_CONTRACT_GET, .arg0 = id },
    { .user = seller, .route = WUYOU_ROUTE_CONTRACTS_LIST },
    { .user = seller, .route = WUYOU_ROUTE_PRODUCTS_LIST },
    { .user = seller, .route = WUYOU_ROUTE_TODAY },
  };
  g_autoptr (WuyouSaleReply) manager = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++) {
    g_autoptr (WuyouSaleReply) reply = wuyou_sale_expect (G_STRLOC, sale, 200, NULL, &calls[i]);

    g_assert_false (wuyou_sale_reply_has_bytes (reply, "wholesale"));
    g_assert_false (wuyou_sale_reply_has_bytes (reply, "260000"));
    g_assert_false (wuyou_sale_reply_has_bytes (reply, "2,600.00"));
  }
  WUYOU_EXPECT (sale, 422, "INVALID", .user = seller, .route = WUYOU_ROUTE_CONTRACT_UNMASK, .arg0 = id,
                .body = "{\"fields\":[\"wholesale_fen\"],\"reason\":\"核对价格\"}");
  manager = WUYOU_CALL (sale, 200, NULL, .user = wuyou_sale_user (sale, "ad", "DADM"),
                        .route = WUYOU_ROUTE_CONTRACT_GET, .arg0 = id);
  g_assert_true (wuyou_sale_reply_has_bytes (manager, "\"wholesale_fen\":260000"));
}

/* --- full values --- */

static gint64
count_rows (WuyouSale *sale, const char *action)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM audit WHERE action = '%s' AND outcome = 'OK'", action);

  return wuyou_site_count (sale->site, sql);
}

static void
test_unmask (WuyouSale *sale)
{
  static const char *const wrong[] = {
    "{}",
    "{\"fields\":[\"vin\"]}",
    "{\"fields\":[\"vin\"],\"reason\":\"\"}",
    "{\"fields\":[\"vin\"],\"reason\":\"看\"}",
    "{\"fields\":[\"vin\"],\"reason\":\"   \"}",
    "{\"fields\":[\"vin\"],\"reason\":7}",
    "{\"fields\":\"vin\",\"reason\":\"核对身份\"}",
    "{\"fields\":[],\"reason\":\"核对身份\"}",
    "{\"fields\":[7],\"reason\":\"核对身份\"}",
    "{\"fields\":[[\"vin\"]],\"reason\":\"核对身份\"}",
    "{\"fields\":[\"vin\",\"nonsense\"],\"reason\":\"核对身份\"}",
    "{\"fields\":[\"state\"],\"reason\":\"核对身份\"}",
    "{\"fields\":[\"password_hash\"],\"reason\":\"核对身份\"}",
    "{\"fields\":[\"vin\"],\"reason\":\"核对身份\",\"all\":true}",
  };
  const WuyouSaleUser *own = wuyou_sale_user (sale, "ad", "DSAL");
  g_autofree char *id = wuyou_sale_create (sale, own, customer);
  g_autoptr (WuyouSaleReply) shown = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    assert_masked (sale, WUYOU_CALL (sale, 422, "INVALID", .user = own, .route = WUYOU_ROUTE_CONTRACT_UNMASK,
                                     .arg0 = id, .body = wrong[i]));
  wuyou_sale_set_step_up (sale, own, FALSE);
  assert_masked (sale, WUYOU_CALL (sale, 403, "STEP_UP_REQUIRED", .user = own, .route = WUYOU_ROUTE_CONTRACT_UNMASK,
                                   .arg0 = id, .body = "{\"fields\":[\"vin\"],\"reason\":\"核对身份\"}"));
  g_assert_cmpint (count_rows (sale, "unmask"), ==, 0);
  wuyou_sale_set_step_up (sale, own, TRUE);
  shown = WUYOU_CALL (sale, 200, NULL, .user = own, .route = WUYOU_ROUTE_CONTRACT_UNMASK, .arg0 = id,
                      .body = "{\"fields\":[\"vin\",\"owner_id_no\"],\"reason\":\"核对身份\"}");
  g_assert_true (wuyou_sale_reply_has_bytes (shown, VIN));
  g_assert_true (wuyou_sale_reply_has_bytes (shown, ID_NO));
  g_assert_false (wuyou_sale_reply_has_bytes (shown, MOBILE)); /* not asked for */
  g_assert_cmpint (count_rows (sale, "unmask"), ==, 1);
  g_assert_cmpint (wuyou_site_count (sale->site, "SELECT count(*) FROM audit WHERE action = 'unmask' AND reason = "
                                                 "'核对身份' AND detail LIKE '%owner_id_no%'"),
                   ==, 1);
}

/* The audit log takes no more rows of these kinds. */
static void
refuse_rows (WuyouSale *sale)
{
#define KINDS "('read-paper', 'read-document', 'unmask')"
  if (wuyou_db_kind (sale->site->context.db) == WUYOU_DB_POSTGRES) {
    /* On insert only: the sealer goes on with the rows that are there. */
    wuyou_sale_sql (sale, "CREATE FUNCTION refuse_row () RETURNS trigger LANGUAGE plpgsql AS "
                          "$$ BEGIN RAISE EXCEPTION 'closed'; END $$");
    wuyou_sale_sql (sale, "CREATE TRIGGER closed BEFORE INSERT ON audit FOR EACH ROW WHEN (NEW.action IN " KINDS
                          ") EXECUTE FUNCTION refuse_row ()");
  } else
    wuyou_sale_sql (sale, "CREATE TRIGGER closed BEFORE INSERT ON audit WHEN NEW.action IN " KINDS
                          " BEGIN SELECT RAISE (ABORT, 'closed'); END");
}

/* Bytes that show full values leave their row: papers, copies, documents. */
static void
test_rows (WuyouSale *sale)
{
  const WuyouSaleUser *own = wuyou_sale_user (sale, "ad", "DADM");
  g_autofree char *id = wuyou_sale_bring_to (sale, "ad", NULL, "AWAIT_SIGN");
  g_autofree char *document
      = wuyou_sale_upload (sale, own, id, "SIGNED_CONTRACT", WUYOU_SALE_PDF, strlen (WUYOU_SALE_PDF));

  for (guint i = 1; i <= 3; i++) {
    WUYOU_EXPECT (sale, 200, NULL, .user = own, .route = WUYOU_ROUTE_CONTRACT_PAPER, .arg0 = id, .arg1 = "contract");
    g_assert_cmpint (count_rows (sale, "read-paper"), ==, i);
    WUYOU_EXPECT (sale, 200, NULL, .user = own, .route = WUYOU_ROUTE_DOCUMENT_CONTENT, .arg0 = document);
    g_assert_cmpint (count_rows (sale, "read-document"), ==, i);
  }
  refuse_rows (sale); /* no row, no bytes */
  WUYOU_EXPECT (sale, 500, "INTERNAL", .user = own, .route = WUYOU_ROUTE_CONTRACT_PAPER, .arg0 = id,
                .arg1 = "contract");
  WUYOU_EXPECT (sale, 500, "INTERNAL", .user = own, .route = WUYOU_ROUTE_DOCUMENT_CONTENT, .arg0 = document);
  assert_masked (sale, WUYOU_CALL (sale, 500, "INTERNAL", .user = own, .route = WUYOU_ROUTE_CONTRACT_UNMASK, .arg0 = id,
                                   .body = "{\"fields\":[\"vin\"],\"reason\":\"核对身份\"}"));
  g_assert_cmpint (count_rows (sale, "read-paper"), ==, 3);
}

static const WuyouSaleCase cases[] = {
  { "strangers", test_strangers }, { "roles", test_roles },   { "writers", test_writers }, { "masks", test_masks },
  { "wholesale", test_wholesale }, { "unmask", test_unmask }, { "rows", test_rows },
};

int
main (int argc, char *argv[])
{
  wuyou_test_init (&argc, &argv);
  wuyou_sale_add_tests ("sales-scope", cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
