/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>
#include <unistd.h>

#include "base/wuyou-json.h"
#include "wuyou-sale-test.h"

/* What people and machines put into fields, as JSON values. */
typedef struct {
  const char *name, *value;
} Poison;

/* No text field of any kind takes these. */
static const Poison poisons[] = {
  { "NUL", "\"a\\u0000b\"" },
  { "control", "\"a\\u0007b\"" },
  { "right to left", "\"a\\u202ecod.exe\"" },
  { "isolate", "\"a\\u2066b\\u2069\"" },
  { "zero width", "\"a\\u200bb\"" },
  { "private use", "\"a\\ue000b\"" },
  { "lone surrogate", "\"a\\ud800b\"" },
  { "number", "7" },
  { "boolean", "true" },
  { "array", "[\"a\"]" },
  { "object", "{\"a\":1}" },
};

/* Taken as text or refused by the field's own rule; never more than text. */
static const char *const oddities[] = {
  "\"'; DROP TABLE contracts; --\"",
  "\"<script>alert(1)</script>\"",
  "\"<b>粗</b>&amp;\"",
  "\"%s%n%x\"",
  "\"../../etc/passwd\"",
  "\"{\\\"a\\\":1}\"",
};

static const WuyouSaleUser *
get_user (WuyouSale *sale)
{
  return wuyou_sale_user (sale, "ad", "DSAL");
}

static gboolean
is_typed (const WuyouField *field)
{
  return !(field->flags & WUYOU_FIELD_SERVER) && !g_str_equal (field->name, "id");
}

static gint64
count_contracts (WuyouSale *sale)
{
  return wuyou_site_count (sale->site, "SELECT count(*) FROM contracts");
}

/* On a new draft and on one that is there; status of both. */
static void
put_value (WuyouSale *sale, const char *id, const char *name, const char *value, guint *ret_create, guint *ret_put)
{
  g_autofree char *new_id = wuyou_sale_new_id (sale);
  g_autofree char *create = g_strdup_printf ("{\"id\":\"%s\",\"%s\":%s}", new_id, name, value);
  g_autofree char *change = g_strdup_printf ("{\"%s\":%s}", name, value);
  g_autoptr (WuyouSaleReply) created = wuyou_sale_call (
      sale, &(WuyouSaleCall){ .user = get_user (sale), .route = WUYOU_ROUTE_CONTRACT_CREATE, .body = create });
  g_autoptr (WuyouSaleReply) changed
      = wuyou_sale_call (sale, &(WuyouSaleCall){ .user = get_user (sale),
                                                 .route = WUYOU_ROUTE_CONTRACT_PUT,
                                                 .arg0 = id,
                                                 .body = change,
                                                 .version = wuyou_sale_get_version (sale, get_user (sale), id) });

  *ret_create = created->status;
  *ret_put = changed->status;
  if (created->status == 422)
    g_assert_true (wuyou_sale_reply_has_field (created, name));
  if (changed->status == 422)
    g_assert_true (wuyou_sale_reply_has_field (changed, name));
}

static void
expect_refused (WuyouSale *sale, const char *id, const char *name, const char *value)
{
  guint create, put;
  gint64 before = count_contracts (sale);
  gint64 version = wuyou_sale_get_version (sale, get_user (sale), id);

  put_value (sale, id, name, value, &create, &put);
  if ((create != 422 && create != 400) || create != put)
    g_error ("%s: %s gives %u and %u", name, value, create, put);
  g_assert_cmpint (count_contracts (sale), ==, before);
  g_assert_cmpint (wuyou_sale_get_version (sale, get_user (sale), id), ==, version);
}

static gboolean
refuses (const WuyouField *field, const Poison *poison)
{
  gboolean number = g_str_equal (poison->name, "number");

  if (number && (field->kind == WUYOU_KIND_FEN || field->kind == WUYOU_KIND_INTEGER))
    return FALSE;
  return !(g_str_equal (poison->name, "boolean") && field->kind == WUYOU_KIND_BOOLEAN);
}

/* {"id":…,"FIELD":VALUE,…} for every field in @fields. */
static char *
dup_body (const char *id, GPtrArray *fields, const char *value)
{
  GString *body = g_string_new ("{");

  for (guint i = 0; i < fields->len; i++)
    wuyou_json_add_raw (body, ((const WuyouField *) fields->pdata[i])->name, value);
  wuyou_json_add_string (body, "id", id);
  g_string_append_c (body, '}');
  return g_string_free (body, FALSE);
}

static WuyouSaleReply *
send_create (WuyouSale *sale, GPtrArray *fields, const char *value)
{
  g_autofree char *id = wuyou_sale_new_id (sale);
  g_autofree char *body = dup_body (id, fields, value);

  return wuyou_sale_call (
      sale, &(WuyouSaleCall){ .user = get_user (sale), .route = WUYOU_ROUTE_CONTRACT_CREATE, .body = body });
}

static WuyouSaleReply *
send_put (WuyouSale *sale, const char *id, GPtrArray *fields, const char *value)
{
  g_autofree char *body = dup_body (id, fields, value);

  return wuyou_sale_call (sale, &(WuyouSaleCall){ .user = get_user (sale),
                                                  .route = WUYOU_ROUTE_CONTRACT_PUT,
                                                  .arg0 = id,
                                                  .body = body,
                                                  .version = wuyou_sale_get_version (sale, get_user (sale), id) });
}

/* The whole body cannot be read, or each of @fields is named. */
static void
assert_all_refused (WuyouSaleReply *taken, GPtrArray *fields, const char *what)
{
  g_autoptr (WuyouSaleReply) reply = taken;

  if (reply->status == 400)
    return;
  g_assert_cmpuint (reply->status, ==, 422);
  for (guint i = 0; i < fields->len; i++) {
    const char *name = ((const WuyouField *) fields->pdata[i])->name;

    if (!wuyou_sale_reply_has_field (reply, name))
      g_error ("%s: %s was taken", name, what);
  }
}

static void
test_poisons (WuyouSale *sale)
{
  g_autofree char *id = wuyou_sale_create (sale, get_user (sale), NULL);

  for (guint i = 0; i < G_N_ELEMENTS (poisons); i++) {
    g_autoptr (GPtrArray) fields = g_ptr_array_new ();

    for (guint f = 0; f < wuyou_contract_type.n_fields; f++)
      if (is_typed (&wuyou_contract_type.fields[f]) && refuses (&wuyou_contract_type.fields[f], &poisons[i]))
        g_ptr_array_add (fields, (gpointer) &wuyou_contract_type.fields[f]);
    g_assert_cmpuint (fields->len, >, 30);
    assert_all_refused (send_create (sale, fields, poisons[i].value), fields, poisons[i].name);
    assert_all_refused (send_put (sale, id, fields, poisons[i].value), fields, poisons[i].name);
  }
  g_assert_cmpint (count_contracts (sale), ==, 1);
  g_assert_cmpint (wuyou_sale_get_version (sale, get_user (sale), id), ==, 1);
}

static void
drop_refused (GPtrArray *fields, const WuyouSaleReply *reply)
{
  for (guint i = fields->len; i > 0; i--)
    if (wuyou_sale_reply_has_field (reply, ((const WuyouField *) fields->pdata[i - 1])->name))
      g_ptr_array_remove_index (fields, i - 1);
}

/* Markup and SQL are text or nothing: a field refuses it or keeps it, on both ways in, and everything stands. */
static void
test_oddities (WuyouSale *sale)
{
  g_autofree char *id = wuyou_sale_create (sale, get_user (sale), NULL);

  for (guint i = 0; i < G_N_ELEMENTS (oddities); i++) {
    g_autoptr (GPtrArray) fields = g_ptr_array_new ();
    g_autoptr (WuyouSaleReply) refused = NULL;
    g_autoptr (WuyouSaleReply) created = NULL;
    g_autoptr (WuyouSaleReply) changed = NULL;

    for (guint f = 0; f < wuyou_contract_type.n_fields; f++)
      if (is_typed (&wuyou_contract_type.fields[f]))
        g_ptr_array_add (fields, (gpointer) &wuyou_contract_type.fields[f]);
    refused = send_create (sale, fields, oddities[i]);
    g_assert_cmpuint (refused->status, ==, 422);
    drop_refused (fields, refused);
    g_test_message ("%s: taken by %u fields", oddities[i], fields->len);
    created = send_create (sale, fields, oddities[i]);
    g_assert_cmpuint (created->status, ==, 201);
    changed = send_put (sale, id, fields, oddities[i]);
    g_assert_cmpuint (changed->status, ==, 200);
  }
  g_assert_cmpint (count_contracts (sale), ==, 1 + G_N_ELEMENTS (oddities));
}

static char *
dup_long (glong characters)
{
  GString *text = g_string_new ("\"");

  for (glong i = 0; i < characters; i++)
    g_string_append (text, "长");
  g_string_append_c (text, '"');
  return g_string_free (text, FALSE);
}

/* One character more than the longest of all, for each at least one too many. */
static void
test_lengths (WuyouSale *sale)
{
  g_autofree char *id = wuyou_sale_create (sale, get_user (sale), NULL);
  g_autofree char *longer = NULL;
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();
  gint64 max = 0;

  for (guint f = 0; f < wuyou_contract_type.n_fields; f++) {
    const WuyouField *field = &wuyou_contract_type.fields[f];

    if (!is_typed (field) || !wuyou_field_is_text (field))
      continue;
    g_ptr_array_add (fields, (gpointer) field);
    max = MAX (max, field->max);
  }
  longer = dup_long (max + 1);
  assert_all_refused (send_create (sale, fields, longer), fields, "too long");
  assert_all_refused (send_put (sale, id, fields, longer), fields, "too long");
}

static void
test_numbers (WuyouSale *sale)
{
  static const char *const wrong[]
      = { "-1", "9223372036854775807", "-9223372036854775808", "\"5\"", "true", "1000000000001" };
  static const char *const unread[] = { "9223372036854775808", "1.5", "1e3", "NaN", "0x10", "01", "--1" };
  g_autofree char *id = wuyou_sale_create (sale, get_user (sale), NULL);
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();

  for (guint f = 0; f < wuyou_contract_type.n_fields; f++) {
    const WuyouField *field = &wuyou_contract_type.fields[f];

    if (is_typed (field) && (field->kind == WUYOU_KIND_FEN || field->kind == WUYOU_KIND_INTEGER))
      g_ptr_array_add (fields, (gpointer) field);
  }
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    assert_all_refused (send_create (sale, fields, wrong[i]), fields, wrong[i]);
    assert_all_refused (send_put (sale, id, fields, wrong[i]), fields, wrong[i]);
  }
  for (guint i = 0; i < G_N_ELEMENTS (unread); i++) {
    g_autoptr (WuyouSaleReply) reply = send_create (sale, fields, unread[i]);

    g_assert_cmpuint (reply->status, ==, 400);
  }
}

/* Wrong in the way each kind can be wrong. */
static void
test_kinds (WuyouSale *sale)
{
  static const struct {
    const char *field, *value;
  } wrong[] = {
    { "vin", "\"LBV41CD00LFA00001\"" },  /* check digit */
    { "vin", "\"LBV41CDO6LFA00001\"" },  /* the letter O */
    { "vin", "\"LBV41CD06LFA0000\"" },   /* sixteen */
    { "vin", "\"LBV41CD06LFA000011\"" }, /* eighteen */
    { "vin", "\"ＬＢＶ４１ＣＤ０６ＬＦＡ００００１\"" },
    { "vin", "\"LBV41CD06LFA0000🚗\"" },
    { "owner_mobile", "\"1381234567\"" },
    { "owner_mobile", "\"138123456789\"" },
    { "owner_mobile", "\"１３８１２３４５６７８\"" },
    { "owner_mobile", "\"1381234567x\"" },
    { "owner_mobile", "\"00000000000\"" },
    { "owner_email", "\"a@\"" },
    { "owner_email", "\"a b@example.com\"" },
    { "owner_email", "\"a@example.com\\nBcc: b@example.com\"" },
    { "plate", "\"京A1234\"" },
    { "plate", "\"ZZZ\"" },
    { "plate", "\"京🚗12345\"" },
    { "first_invoice_on", "\"2026-02-30\"" },
    { "first_invoice_on", "\"2026-2-3\"" },
    { "first_invoice_on", "\"２０２６-１０-０３\"" },
    { "first_invoice_on", "\"2026-10-03T00:00:00Z\"" },
    { "first_invoice_on", "20261003" },
    { "brand", "\"bmw\"" },
    { "brand", "\"\"" },
    { "owner_kind", "\"person\"" },
    { "product_id", "\"1\"" },
    { "product_id", "\"01932F1E-0000-7000-8000-000000000001\"" },
    { "gift", "\"true\"" },
    { "gift", "1" },
    { "state", "\"PAID\"" },
    { "number", "\"WY-2026-0000001\"" },
    { "wholesale_fen", "1" },
    { "retail_fen", "1" },
    { "created_by", "\"01932f1e-0000-7000-8000-000000000001\"" },
    { "org_id", "\"01932f1e-0000-7000-8000-000000000001\"" },
    { "consent_attested_by", "\"01932f1e-0000-7000-8000-000000000001\"" },
    { "version", "9" },
    { "surprise", "1" },
    { "", "1" },
  };
  g_autofree char *id = wuyou_sale_create (sale, get_user (sale), NULL);

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    expect_refused (sale, id, wrong[i].field, wrong[i].value);
}

/* What submission refuses: the check digits of people and companies, whatever their kind. */
static void
test_identities (WuyouSale *sale)
{
  static const char *const wrong[] = {
    "{\"owner_id_no\":\"110105194912310021\"}", /* check digit */
    "{\"owner_id_no\":\"11010519491331002X\"}", /* month 13 */
    "{\"owner_id_no\":\"110105491231002\"}",
    "{\"owner_id_type\":\"CREDIT_CODE\"}",
    "{\"owner_name\":\"🚗\"}",
    "{\"owner_name\":\"<b>李</b>\"}",
    "{\"owner_name\":\"'; DROP TABLE contracts; --\"}",
    "{\"owner_kind\":\"COMPANY\",\"owner_id_type\":\"CREDIT_CODE\",\"owner_id_no\":\"91350100M000100Y44\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autofree char *id = wuyou_sale_new_id (sale);
    g_autofree char *body = wuyou_sale_dup_body (sale, id, wrong[i]);
    g_autoptr (WuyouSaleReply) created = wuyou_sale_call (
        sale, &(WuyouSaleCall){ .user = get_user (sale), .route = WUYOU_ROUTE_CONTRACT_CREATE, .body = body });

    if (created->status == 422)
      continue;
    g_assert_cmpuint (created->status, ==, 201);
    WUYOU_EXPECT (sale, 422, "INVALID", .user = get_user (sale), .route = WUYOU_ROUTE_CONTRACT_ACT, .arg0 = id,
                  .arg1 = "submit", .body = "{}", .version = 1);
  }
}

/* --- whole bodies --- */

typedef struct {
  const char *name, *body;
  gssize length;
  guint status;
} Body;

/* Somebody of the dealership, or where these may not the reviewer. */
static const WuyouSaleUser *
get_permitted (WuyouSale *sale, const WuyouRoute *route)
{
  guint32 roles = WUYOU_ROLE_BIT (WUYOU_ROLE_DADM) | WUYOU_ROLE_BIT (WUYOU_ROLE_DFIN);

  if (wuyou_permission_check (roles, route->object, route->verbs))
    return wuyou_sale_user (sale, "ad", "DADM DFIN");
  return wuyou_sale_user (sale, "op", "OCLA");
}

static void
send_body (WuyouSale *sale, const WuyouRoute *route, const char *id, const Body *body)
{
  const char *arg1 = strstr (route->path, "{action}") != NULL ? "submit" : "contract";
  g_autoptr (WuyouSaleReply) reply = wuyou_sale_call (sale, &(WuyouSaleCall){ .user = get_permitted (sale, route),
                                                                              .route = route->id,
                                                                              .arg0 = id,
                                                                              .arg1 = arg1,
                                                                              .body = body->body,
                                                                              .length = body->length,
                                                                              .version = 1 });

  if (reply->status != body->status)
    g_error ("%s %s: %s: %u instead of %u %s", route->method, route->path, body->name, reply->status, body->status,
             wuyou_sale_reply_get_code (reply));
}

static gboolean
reads_json (const WuyouRoute *route)
{
  return route->max_body > 0 && !g_str_equal (route->method, "DELETE") && !(route->flags & WUYOU_ROUTE_STREAM_IN);
}

/* What is no JSON object is 400 wherever one is read, before anything else is said of it. */
static void
test_bodies (WuyouSale *sale)
{
  g_autofree char *deep = g_strnfill (5000, '[');
  g_autofree char *deeper = g_strconcat ("{\"a\":", deep, NULL);
  g_autofree char *big = g_strnfill (300000, ' ');
  const Body bodies[] = {
    { "truncated", "{\"id\":\"0190a", 0, 400 },
    { "no object", "[]", 0, 400 },
    { "a word", "\"id\"", 0, 400 },
    { "two", "{} {}", 0, 400 },
    { "duplicate keys", "{\"reason\":\"a\",\"reason\":\"b\"}", 0, 400 },
    { "duplicate by escape", "{\"reason\":\"a\",\"r\\u0065ason\":\"b\"}", 0, 400 },
    { "deep", deeper, 0, 400 },
    { "invalid UTF-8", "{\"reason\":\"\xff\xfe\"}", 0, 400 },
    { "overlong UTF-8", "{\"reason\":\"\xc0\xaf\"}", 0, 400 },
    { "surrogate in UTF-8", "{\"reason\":\"\xed\xa0\x80\"}", 0, 400 },
    { "NUL", "{\"reason\":\"a\0b\"}", 16, 400 },
    { "byte order mark", "\xef\xbb\xbf{}", 0, 400 },
    { "comment", "{/* */}", 0, 400 },
    { "trailing comma", "{\"a\":1,}", 0, 400 },
    { "single quotes", "{'a':1}", 0, 400 },
    { "too large", big, 300000, 413 },
  };
  g_autofree char *id = wuyou_sale_create (sale, wuyou_sale_user (sale, "ad", "DADM DFIN"), NULL);
  guint routes = 0;

  for (guint r = 0; r < WUYOU_N_ROUTES; r++) {
    const WuyouRoute *route = wuyou_route_get (r);

    if (!reads_json (route) || (route->flags & WUYOU_ROUTE_PUBLIC) != 0 || route->id == WUYOU_ROUTE_STEP_UP
        || route->id == WUYOU_ROUTE_PASSWORD_CHANGE || route->id == WUYOU_ROUTE_TOTP_BEGIN)
      continue; /* those count tries, or read nothing; tests of accounts send them nonsense */
    g_test_message ("%s %s", route->method, route->path);
    for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
      send_body (sale, route, id, &bodies[i]);
    routes++;
  }
  g_assert_cmpuint (routes, >=, 10);
}

/* A hundred megabytes are refused at their announcement, not after they travelled. */
static void
test_huge (WuyouSale *sale)
{
  const WuyouSaleUser *user = get_user (sale);
  g_autofree char *head
      = g_strdup_printf ("POST /v1/contracts HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nIdempotency-Key: "
                         "0190a000-0000-7000-8000-00000000dead\r\nContent-Type: application/json\r\n"
                         "Content-Length: 104857600\r\n\r\n{",
                         user->token);
  int fd = wuyou_http_test_connect (&sale->site->http);
  g_autoptr (WuyouHttpReply) reply = NULL;

  wuyou_http_test_send (fd, head, -1);
  reply = wuyou_http_test_read (fd, 5000);
  wuyou_http_test_assert_problem (reply, 413, "TOO_LARGE");
  close (fd);
}

static const WuyouSaleCase cases[] = {
  { "poisons", test_poisons }, { "oddities", test_oddities }, { "lengths", test_lengths },
  { "numbers", test_numbers }, { "kinds", test_kinds },       { "identities", test_identities },
  { "bodies", test_bodies },   { "huge", test_huge },
};

int
main (int argc, char *argv[])
{
  wuyou_test_init (&argc, &argv);
  wuyou_sale_add_tests ("sales-fields", cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
