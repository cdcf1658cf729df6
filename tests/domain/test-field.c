/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "accounts/wuyou-account.h"
#include "base/wuyou-json.h"
#include "base/wuyou-permission.h"
#include "base/wuyou-route.h"
#include "sales/wuyou-contract.h"
#include "sales/wuyou-document.h"
#include "wuyou-test.h"

#define ID "01932f1e-7b3a-7c11-9d55-0123456789ab"

static const WuyouRecordType *const types[] = {
  &wuyou_contract_type, &wuyou_product_type, &wuyou_document_type, &wuyou_account_type, &wuyou_org_type,
};

/* Tables are data: what a compiler cannot see is checked here for every row of every table. */
static void
test_tables_are_sound (void)
{
  for (guint t = 0; t < G_N_ELEMENTS (types); t++) {
    g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

    for (guint i = 0; i < types[t]->n_fields; i++) {
      const WuyouField *field = &types[t]->fields[i];

      g_assert_true (g_hash_table_add (names, (gpointer) field->name));
      g_assert_nonnull (field->label);
      g_assert_cmpint (field->offset, <, types[t]->size);
      g_assert_cmpint (field->kind == WUYOU_KIND_ENUM, ==, field->values != NULL);
      g_assert_true (field->max == 0 || field->min <= field->max);
      g_assert_true (field->pi == WUYOU_PI_NONE || wuyou_field_is_text (field));
      g_assert_true (field->pi == WUYOU_PI_NONE || types[t]->purpose != NULL);
    }
    g_assert_nonnull (wuyou_record_type_find (types[t], "id"));
    g_assert_nonnull (wuyou_record_type_find (types[t], "seq"));
    g_assert_nonnull (wuyou_record_type_find (types[t], "version"));
  }
}

static gboolean
read_contract (WuyouContract *contract, const char *text, guint flags, GError **error)
{
  g_autoptr (JsonObject) object = wuyou_json_parse_object (text, strlen (text), error);

  return object != NULL && wuyou_record_read_json (&wuyou_contract_type, contract, object, flags, error);
}

static void
test_round_trip (void)
{
  const char *text = "{\"id\":\"" ID "\",\"vin\":\"LBV41CD06LFA00001\",\"brand\":\"BMW\",\"seats\":5,"
                     "\"transferred\":true,\"first_invoice_on\":\"2026-10-03\",\"invoice_amount_fen\":41280000,"
                     "\"owner_name\":\"李雷\",\"owner_mobile\":\"13812345678\"}";
  g_autoptr (WuyouContract) contract = wuyou_contract_new ();
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (read_contract (contract, text, WUYOU_CODEC_CLIENT, &error));
  g_assert_no_error (error);
  wuyou_record_write_json (&wuyou_contract_type, contract, WUYOU_CODEC_CLIENT, out);
  wuyou_test_assert_json (out->str, text);
  g_assert_true (read_contract (contract, "{\"seats\":null,\"owner_name\":null}", 0, &error));
  g_assert_cmpint (contract->seats, ==, 0);
  g_assert_null (contract->owner_name);
}

static void
test_masks (void)
{
  g_autoptr (WuyouContract) contract = wuyou_contract_new ();
  g_autoptr (GString) out = g_string_new (NULL);

  g_assert_true (read_contract (contract,
                                "{\"vin\":\"LBV41CD06LFA00001\",\"owner_name\":\"欧阳娜娜\",\"owner_mobile\":"
                                "\"13812345678\",\"owner_id_no\":\"11010519491231002X\",\"owner_email\":"
                                "\"li@example.cn\",\"series\":\"X3\"}",
                                0, NULL));
  wuyou_record_write_json (&wuyou_contract_type, contract, WUYOU_CODEC_MASK_PI, out);
  wuyou_test_assert_json (out->str,
                          "{\"vin\":\"LBV****A00001\",\"owner_name\":\"欧*\",\"owner_mobile\":\"138****5678\","
                          "\"owner_id_no\":\"****002X\",\"owner_email\":\"l***@example.cn\",\"series\":\"X3\"}");
}

static void
test_refusals (void)
{
  static const struct {
    const char *text;
    const char *field;
  } cases[] = {
    { "{\"colour\":\"red\"}", "colour" },
    { "{\"state\":\"ACTIVE\"}", "state" },
    { "{\"wholesale_fen\":1}", "wholesale_fen" },
    { "{\"seats\":\"5\"}", "seats" },
    { "{\"seats\":-1}", "seats" },
    { "{\"seats\":61}", "seats" },
    { "{\"brand\":\"AUDI\"}", "brand" },
    { "{\"brand\":1}", "brand" },
    { "{\"transferred\":1}", "transferred" },
    { "{\"first_invoice_on\":\"2026-02-30\"}", "first_invoice_on" },
    { "{\"first_invoice_on\":20260203}", "first_invoice_on" },
    { "{\"owner_name\":[\"a\"]}", "owner_name" },
    { "{\"owner_name\":\"a\\u202eb\"}", "owner_name" },
    { "{\"series\":\"0123456789012345678901234567890123456789X\"}", "series" },
    { "{\"vin\":\"LBV41CD06LFA0000\"}", "vin" },
    { "{\"owner_mobile\":\"12345\"}", "owner_mobile" },
    { "{\"id\":\"1\"}", "id" },
    { "{\"invoice_amount_fen\":9223372036854775807}", "invoice_amount_fen" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (WuyouContract) contract = wuyou_contract_new ();
    g_autoptr (GError) error = NULL;

    contract->seats = 4;
    g_test_message ("%s", cases[i].text);
    g_assert_false (read_contract (contract, cases[i].text, WUYOU_CODEC_CLIENT, &error));
    wuyou_test_expect_error (&error, WUYOU_ERROR_INVALID, cases[i].field);
    g_assert_cmpint (contract->seats, ==, 4);
  }
}

static void
test_all_violations_at_once (void)
{
  g_autoptr (WuyouContract) contract = wuyou_contract_new ();
  g_autoptr (GError) error = NULL;

  g_assert_false (read_contract (contract, "{\"seats\":0,\"brand\":\"X\",\"nonsense\":1,\"vin\":\"I\"}", 0, &error));
  g_assert_cmpuint (wuyou_error_get_violations (error)->len, ==, 3); /* 0 means "not set" and is no violation */
  g_clear_error (&error);
  g_assert_false (wuyou_record_check (&wuyou_contract_type, contract, WUYOU_FIELD_REQUIRED, &error));
  g_assert_cmpuint (wuyou_error_get_violations (error)->len, >, 20);
}

static void
test_typed_values (void)
{
  static const struct {
    const char *field, *typed, *shown; /* shown NULL: refused */
  } cases[] = {
    { "first_invoice_on", "２０２６年１１月２日", "2026-11-02" },
    { "first_invoice_on", " 2026/11/2 ", "2026-11-02" },
    { "first_invoice_on", "20261102", "2026-11-02" },
    { "first_invoice_on", "2026-13-02", NULL },
    { "first_invoice_on", "2026-11-02x", NULL },
    { "created_at", "2026-11-22 10:30", "2026-11-22 10:30" },
    { "created_at", " 2026年11月22日　０８：０５ ", "2026-11-22 08:05" },
    { "created_at", "2026-11-22", NULL },
    { "created_at", "2026-11-22 24:00", NULL },
    { "created_at", "2026-11-22 10:30x", NULL },
    { "created_at", "2026-11-31 10:30", NULL },
    { "invoice_amount_fen", "４１２，８００．５", "412,800.50" },
    { "invoice_amount_fen", "-5", NULL },
    { "seats", "５", "5" },
    { "seats", "five", NULL },
    { "owner_mobile", "138 1234 5678", "13812345678" },
    { "vin", "lbv41cd06 lfa00001", "LBV41CD06LFA00001" },
    { "series", "  X3  ", "X3" },
    { "series", "", "" },
    { "series", "🚗\x01", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (WuyouContract) contract = wuyou_contract_new ();
    const WuyouField *field = wuyou_record_type_find (&wuyou_contract_type, cases[i].field);
    g_autoptr (GError) error = NULL;
    gboolean right = wuyou_field_parse_display (field, contract, cases[i].typed, &error);
    g_autofree char *shown = wuyou_field_dup_display (field, contract);

    g_test_message ("%s", cases[i].typed);
    g_assert_cmpint (right, ==, cases[i].shown != NULL);
    if (right)
      g_assert_cmpstr (shown, ==, cases[i].shown);
    else
      wuyou_test_expect_error (&error, WUYOU_ERROR_INVALID, cases[i].field);
  }
}

static void
test_permissions (void)
{
  static const struct {
    WuyouRole role;
    WuyouObject object;
    guint verbs;
    gboolean allowed;
  } cases[] = {
    { WUYOU_ROLE_DSAL, WUYOU_OBJECT_CONTRACT, WUYOU_VERB_CREATE | WUYOU_VERB_PRINT, TRUE },
    { WUYOU_ROLE_DSAL, WUYOU_OBJECT_WHOLESALE, WUYOU_VERB_READ, FALSE },
    { WUYOU_ROLE_DFIN, WUYOU_OBJECT_CONTRACT, WUYOU_VERB_EDIT, FALSE },
    { WUYOU_ROLE_OSYS, WUYOU_OBJECT_CUSTOMER, WUYOU_VERB_UNMASK, FALSE },
    { WUYOU_ROLE_OSYS, WUYOU_OBJECT_CONTRACT, WUYOU_VERB_READ, FALSE },
    { WUYOU_ROLE_ICLM, WUYOU_OBJECT_CONTRACT, WUYOU_VERB_READ, FALSE },
    { WUYOU_ROLE_ICLM, WUYOU_OBJECT_NONE, 0, TRUE },
  };
  guint32 roles;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (wuyou_permission_check (WUYOU_ROLE_BIT (cases[i].role), cases[i].object, cases[i].verbs), ==,
                     cases[i].allowed);
  g_assert_false (wuyou_permission_check (0, WUYOU_OBJECT_CONTRACT, WUYOU_VERB_READ));
  g_assert_true (wuyou_roles_parse ("DADM DSAL", &roles));
  g_assert_false (wuyou_roles_are_operator (roles));
  g_assert_true (wuyou_roles_are_operator (WUYOU_ROLE_BIT (WUYOU_ROLE_OAUD)));
  g_assert_true (wuyou_roles_are_insurer (WUYOU_ROLE_BIT (WUYOU_ROLE_ICLM)));
  g_assert_false (wuyou_roles_are_insurer (WUYOU_ROLE_BIT (WUYOU_ROLE_ICLM) | WUYOU_ROLE_BIT (WUYOU_ROLE_OCLA)));
  g_assert_false (wuyou_roles_are_insurer (0));
  g_assert_false (wuyou_roles_parse ("ROOT", &roles));
}

static void
test_routes (void)
{
  for (guint i = 0; i < WUYOU_N_ROUTES; i++) {
    const WuyouRoute *route = wuyou_route_get (i);
    g_autofree char *path = wuyou_route_build (i, "a/b", "c d");
    g_autofree char *plain = wuyou_route_build (i, "x", "y");
    char *args[2] = { NULL, NULL };

    g_assert_cmpint (route->id, ==, i);
    g_assert_true (wuyou_route_match (route->method, plain, args, NULL) == route);
    g_assert_null (strstr (path, "a/b"));
    g_free (args[0]);
    g_free (args[1]);
  }
}

static void
test_route_refusals (void)
{
  char *args[2] = { NULL, NULL };
  gboolean other = FALSE;

  g_assert_null (wuyou_route_match ("PATCH", "/v1/contracts", args, &other));
  g_assert_true (other);
  g_assert_null (wuyou_route_match ("GET", "/v1/contracts/", args, &other));
  g_assert_null (wuyou_route_match ("GET", "/v1/nothing", args, &other));
  g_assert_false (other);
}

int
main (int argc, char **argv)
{
  wuyou_test_init (&argc, &argv);
  g_test_add_func ("/base/field/tables", test_tables_are_sound);
  g_test_add_func ("/base/field/round-trip", test_round_trip);
  g_test_add_func ("/base/field/masks", test_masks);
  g_test_add_func ("/base/field/refusals", test_refusals);
  g_test_add_func ("/base/field/violations", test_all_violations_at_once);
  g_test_add_func ("/base/field/typed", test_typed_values);
  g_test_add_func ("/base/permission", test_permissions);
  g_test_add_func ("/base/route/all", test_routes);
  g_test_add_func ("/base/route/refusals", test_route_refusals);
  return g_test_run ();
}
