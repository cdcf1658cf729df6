/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "sales/wuyou-product.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "base/wuyou-field-table.h"
#include "sales/wuyou-contract.h"

const WuyouEnum wuyou_brands[] = {
  { WUYOU_BRAND_BMW, "BMW", N_ ("BMW") },
  { WUYOU_BRAND_MINI, "MINI", N_ ("MINI") },
  { 0, NULL, NULL },
};

const WuyouEnum wuyou_benefit_families[] = {
  { WUYOU_FAMILY_DEPRECIATION, "DEPRECIATION", N_ ("Depreciation") },
  { WUYOU_FAMILY_INVOICE_GAP, "INVOICE_GAP", N_ ("Invoice gap") },
  { WUYOU_FAMILY_REPLACEMENT, "REPLACEMENT", N_ ("Replacement costs") },
  { 0, NULL, NULL },
};

const WuyouEnum wuyou_start_rules[] = {
  { WUYOU_START_DAY_AFTER_SIGNING, "DAY_AFTER_SIGNING", N_ ("The day after signing") },
  { WUYOU_START_PAYMENT_DAY, "PAYMENT_DAY", N_ ("The day of payment") },
  { 0, NULL, NULL },
};

#define SRV WUYOU_FIELD_SERVER
#define SILENT (WUYOU_FIELD_SERVER | WUYOU_FIELD_NO_HISTORY)
#define ALW WUYOU_FIELD_ALWAYS
#define P(member, kind, label, flags, min, max, values)                                                                \
  WUYOU_FIELD (WuyouProduct, member, kind, label, flags, NONE, min, max, values, "product", NULL)

/* clang-format off */
static const WuyouField fields[] = {
  P (id, ID, N_("Record"), ALW | WUYOU_FIELD_IMMUTABLE, 0, 0, NULL),
  P (seq, INTEGER, N_("Sequence"), SILENT, 0, 0, NULL),
  P (version, INTEGER, N_("Version"), SILENT, 0, 0, NULL),
  P (code, TEXT, N_("Code"), ALW, 1, 20, NULL),
  P (label, TEXT, N_("Version label"), ALW, 1, 20, NULL),
  P (name, TEXT, N_("Name"), ALW, 1, 60, NULL),
  P (family, ENUM, N_("Benefit"), ALW, 0, 0, wuyou_benefit_families),
  P (on_sale_from, DATE, N_("On sale from"), ALW, 0, 0, NULL),
  P (on_sale_to, DATE, N_("On sale until"), 0, 0, 0, NULL),
  P (terms_title, TEXT, N_("Title of the terms"), ALW, 1, 100, NULL),
  P (terms_text, LONG, N_("Terms"), ALW, 1, 200000, NULL),
  P (terms_sha256, HASH, N_("SHA-256 of the terms"), SRV, 0, 0, NULL),
  P (summary, LONG, N_("Summary"), ALW, 1, 2000, NULL),
  P (rules_json, JSON, N_("Rules"), ALW, 0, 0, NULL),
  P (prices_json, JSON, N_("Prices"), ALW, 0, 0, NULL),
  P (benefit_json, JSON, N_("Benefit"), ALW, 0, 0, NULL),
  P (created_at, INSTANT, N_("Created"), SILENT, 0, 0, NULL),
  P (updated_at, INSTANT, N_("Changed"), SILENT, 0, 0, NULL),
};
/* clang-format on */

const WuyouRecordType wuyou_product_type = {
  "product", "products", NULL, sizeof (WuyouProduct), fields, G_N_ELEMENTS (fields),
};

WuyouProduct *
wuyou_product_new (void)
{
  return wuyou_record_new (&wuyou_product_type);
}

void
wuyou_product_free (WuyouProduct *product)
{
  if (product == NULL)
    return;
  g_clear_pointer (&product->prices, g_array_unref);
  wuyou_record_free (&wuyou_product_type, product);
}

static guint
parse_mask (JsonObject *object, const char *name, const WuyouEnum *values)
{
  JsonArray *ids = wuyou_json_get_array (object, name);
  guint mask = 0;

  for (guint i = 0; ids != NULL && i < json_array_get_length (ids); i++) {
    const WuyouEnum *row = wuyou_enum_find (values, json_array_get_string_element (ids, i));

    if (row != NULL)
      mask |= 1u << row->value;
  }
  return mask;
}

static int
parse_enum (JsonObject *object, const char *name, const WuyouEnum *values)
{
  const WuyouEnum *row = wuyou_enum_find (values, wuyou_json_get_string (object, name));

  return row != NULL ? row->value : 0;
}

static void
parse_rules (WuyouProductRules *rules, JsonObject *object)
{
  *rules = (WuyouProductRules){
    .brands = parse_mask (object, "brands", wuyou_brands),
    .conditions = parse_mask (object, "conditions", wuyou_conditions),
    .uses = parse_mask (object, "uses", wuyou_vehicle_uses),
    .max_seats = wuyou_json_get_int (object, "max_seats"),
    .max_age_months_new = wuyou_json_get_int (object, "max_age_months_new"),
    .max_age_months_used = wuyou_json_get_int (object, "max_age_months_used"),
    .term_months_new = wuyou_json_get_int (object, "term_months_new"),
    .term_months_used = wuyou_json_get_int (object, "term_months_used"),
    .start_rule = parse_enum (object, "start_rule", wuyou_start_rules),
    .listed_start = wuyou_json_get_boolean (object, "listed_start"),
    .needs_review = wuyou_json_get_boolean (object, "needs_review"),
    .needs_identity_image = wuyou_json_get_boolean (object, "needs_identity_image"),
    .min_replacement_msrp_percent = wuyou_json_get_int (object, "min_replacement_msrp_percent"),
  };
}

static WuyouPrice
parse_price (JsonObject *object)
{
  return (WuyouPrice){
    .condition = parse_enum (object, "condition", wuyou_conditions),
    .term_months = wuyou_json_get_int (object, "term_months"),
    .min_invoice_fen = wuyou_json_get_int (object, "min_invoice_fen"),
    .max_invoice_fen = wuyou_json_get_int (object, "max_invoice_fen"),
    .retail_fen = wuyou_json_get_int (object, "retail_fen"),
    .wholesale_fen = wuyou_json_get_int (object, "wholesale_fen"),
    .min_received_fen = wuyou_json_get_int (object, "min_received_fen"),
    .max_received_fen = wuyou_json_get_int (object, "max_received_fen"),
  };
}

static JsonNode *
parse_member (const char *json, JsonNodeType type, GError **error)
{
  JsonNode *node = wuyou_json_parse (json != NULL ? json : "", json != NULL ? strlen (json) : 0, error);

  if (node != NULL && JSON_NODE_TYPE (node) == type)
    return node;
  g_clear_pointer (&node, json_node_unref);
  g_clear_error (error);
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_CORRUPT, "product data");
  return NULL;
}

gboolean
wuyou_product_parse (WuyouProduct *product, GError **error)
{
  g_autoptr (JsonNode) rules = parse_member (product->rules_json, JSON_NODE_OBJECT, error);
  g_autoptr (JsonNode) prices = rules != NULL ? parse_member (product->prices_json, JSON_NODE_ARRAY, error) : NULL;
  JsonArray *rows;

  if (prices == NULL)
    return FALSE;
  parse_rules (&product->rules, json_node_get_object (rules));
  rows = json_node_get_array (prices);
  g_clear_pointer (&product->prices, g_array_unref);
  product->prices = g_array_new (FALSE, FALSE, sizeof (WuyouPrice));
  for (guint i = 0; i < json_array_get_length (rows); i++) {
    WuyouPrice price = parse_price (wuyou_json_array_get_object (rows, i));

    g_array_append_val (product->prices, price);
  }
  return TRUE;
}

gboolean
wuyou_product_is_on_sale (const WuyouProduct *product, WuyouDate day)
{
  return day >= product->on_sale_from && (product->on_sale_to == WUYOU_DATE_NONE || day <= product->on_sale_to);
}

static void
write_price (GString *out, const WuyouPrice *price, gboolean with_wholesale)
{
  wuyou_json_begin_object (out, NULL);
  wuyou_json_add_string (out, "condition", wuyou_enum_id (wuyou_conditions, price->condition));
  wuyou_json_add_int (out, "term_months", price->term_months);
  wuyou_json_add_int (out, "min_invoice_fen", price->min_invoice_fen);
  wuyou_json_add_int (out, "max_invoice_fen", price->max_invoice_fen);
  wuyou_json_add_int (out, "retail_fen", price->retail_fen);
  if (with_wholesale)
    wuyou_json_add_int (out, "wholesale_fen", price->wholesale_fen);
  wuyou_json_add_int (out, "min_received_fen", price->min_received_fen);
  wuyou_json_add_int (out, "max_received_fen", price->max_received_fen);
  wuyou_json_end_object (out);
}

char *
wuyou_product_dup_prices_json (const WuyouProduct *product, gboolean with_wholesale)
{
  GString *out = g_string_new (NULL);

  wuyou_json_begin_array (out, NULL);
  for (guint i = 0; product->prices != NULL && i < product->prices->len; i++)
    write_price (out, &g_array_index (product->prices, WuyouPrice, i), with_wholesale);
  wuyou_json_end_array (out);
  return g_string_free (out, FALSE);
}
