/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-sales-routes.h"

#include <glib/gi18n-lib.h>

#include "accounts/wuyou-account-policy.h"
#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "wuyou-audit-store.h"
#include "wuyou-contract-list.h"
#include "wuyou-contract-view.h"
#include "wuyou-contract-write.h"
#include "wuyou-request-members.h"

#define MAX_PRODUCTS 200

static WuyouReply *
get_contract (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  const char *id = wuyou_request_get_id_arg (request, 0, error);

  return id != NULL ? wuyou_contract_view_reply (context, request, id, 200, error) : NULL;
}

typedef struct {
  WuyouServerContext *context;
  WuyouDate today;
  GPtrArray *products;
} Products;

static gboolean
read_products (WuyouDbConn *conn, gpointer data, GError **error)
{
  Products *p = data;
  const WuyouRecordQuery query = { .limit = MAX_PRODUCTS };

  g_clear_pointer (&p->products, g_ptr_array_unref);
  p->products = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_product_free);
  if (!wuyou_record_list (conn, p->context->store, &wuyou_product_type, &query, p->products, error))
    return FALSE;
  for (guint i = 0; i < p->products->len; i++)
    if (!wuyou_product_parse (p->products->pdata[i], error))
      return FALSE;
  return TRUE;
}

static void
write_product (GString *out, WuyouProduct *product, gboolean wholesale)
{
  g_free (product->prices_json);
  product->prices_json = wuyou_product_dup_prices_json (product, wholesale);
  wuyou_record_write_json (&wuyou_product_type, product, WUYOU_CODEC_DEFAULT, out);
}

static WuyouReply *
list_products (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  guint32 roles = wuyou_request_get_caller (request)->roles;
  gboolean wholesale = wuyou_permission_check (roles, WUYOU_OBJECT_WHOLESALE, WUYOU_VERB_READ);
  Products p = { .context = context, .today = wuyou_date_of_instant (wuyou_request_get_now (request)) };
  g_autoptr (GPtrArray) products = NULL;
  GString *out;

  if (!wuyou_db_read (context->db, read_products, &p, error)) {
    g_clear_pointer (&p.products, g_ptr_array_unref);
    return NULL;
  }
  products = p.products;
  out = g_string_new (NULL);
  wuyou_json_begin_object (out, NULL);
  wuyou_json_begin_array (out, "items");
  for (guint i = 0; i < products->len; i++)
    if (wuyou_product_is_on_sale (products->pdata[i], p.today))
      write_product (out, products->pdata[i], wholesale);
  wuyou_json_end_array (out);
  wuyou_json_end_object (out);
  return wuyou_reply_new_json (200, out);
}

/* Full values of single fields, for a reason, with a row in the audit chain (5.3.5-01). */
typedef struct {
  WuyouServerContext *context;
  const WuyouRequest *request;
  const char *id;
  const char *reason;
  GPtrArray *fields; /* const WuyouField * */
  WuyouContractCase sale;
} Unmask;

static void
clear_unmask (Unmask *unmask)
{
  g_clear_pointer (&unmask->fields, g_ptr_array_unref);
  wuyou_contract_case_clear (&unmask->sale);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Unmask, clear_unmask)

static gboolean
refuse_unmask (GError **error, const char *field, const char *sentence)
{
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_INVALID, sentence);
  if (error != NULL)
    wuyou_error_set_field (*error, field, NULL);
  return FALSE;
}

static gboolean
parse_unmask (Unmask *unmask, JsonObject *body, GError **error)
{
  const WuyouMember members[] = { { "fields", JSON_TYPE_ARRAY }, { "reason", G_TYPE_STRING } };
  JsonArray *names = wuyou_json_get_array (body, "fields");

  if (!wuyou_request_check_members (body, members, G_N_ELEMENTS (members), error))
    return FALSE;
  unmask->reason = wuyou_json_get_string (body, "reason");
  unmask->fields = g_ptr_array_new ();
  if (!wuyou_request_check_text (unmask->reason, "reason", 2, 200, N_ ("Please give a reason."), error))
    return FALSE;
  for (guint i = 0; names != NULL && i < json_array_get_length (names); i++) {
    JsonNode *node = json_array_get_element (names, i);
    const char *name = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
    const WuyouField *field = name != NULL ? wuyou_record_type_find (&wuyou_contract_type, name) : NULL;

    if (field == NULL || field->pi == WUYOU_PI_NONE)
      return refuse_unmask (error, "fields", N_ ("This field is not known here."));
    g_ptr_array_add (unmask->fields, (gpointer) field);
  }
  return unmask->fields->len > 0 || refuse_unmask (error, "fields", N_ ("Which fields shall be shown?"));
}

static gboolean
read_unmask (WuyouDbConn *conn, gpointer data, GError **error)
{
  Unmask *unmask = data;
  const char *scope = wuyou_request_get_caller (unmask->request)->scope;

  return wuyou_contract_case_load (&unmask->sale, conn, unmask->context, unmask->id, scope, error);
}

static gboolean
write_unmask (WuyouDbConn *conn, gpointer data, GError **error)
{
  Unmask *unmask = data;
  const WuyouActor actor = wuyou_auth_get_actor (unmask->request);
  g_autoptr (GString) detail = g_string_new (NULL);
  WuyouAuditEntry entry;

  wuyou_json_begin_object (detail, NULL);
  wuyou_json_begin_array (detail, "fields");
  for (guint i = 0; i < unmask->fields->len; i++)
    wuyou_json_add_string (detail, NULL, ((const WuyouField *) unmask->fields->pdata[i])->name);
  wuyou_json_end_array (detail);
  wuyou_json_end_object (detail);
  entry = (WuyouAuditEntry){
    .action = "unmask",
    .object = "contract",
    .object_id = unmask->id,
    .scope = unmask->sale.org->path,
    .version = unmask->sale.contract->version,
    .outcome = "OK",
    .reason = unmask->reason,
    .detail = detail->str,
  };
  return wuyou_audit_insert (conn, &actor, &entry, error);
}

static WuyouReply *
unmask_contract (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  JsonObject *body = wuyou_request_get_json (request, error);
  g_auto (Unmask) unmask = { .context = context, .request = request };
  GString *out;

  if (body == NULL || !parse_unmask (&unmask, body, error))
    return NULL;
  unmask.id = wuyou_request_get_id_arg (request, 0, error);
  if (unmask.id == NULL || !wuyou_db_read (context->db, read_unmask, &unmask, error))
    return NULL;
  if (!wuyou_db_write (context->db, write_unmask, &unmask, error)) /* no row, no view */
    return NULL;
  out = g_string_new (NULL);
  wuyou_json_begin_object (out, NULL);
  wuyou_json_begin_object (out, "contract");
  for (guint i = 0; i < unmask.fields->len; i++) {
    const WuyouField *field = unmask.fields->pdata[i];

    wuyou_json_add_string (out, field->name, wuyou_field_get_text (field, unmask.sale.contract));
  }
  wuyou_json_end_object (out);
  wuyou_json_add_int (out, "seconds", WUYOU_POLICY_UNMASK);
  wuyou_json_end_object (out);
  return wuyou_reply_new_json (200, out);
}

void
wuyou_sales_routes_register (WuyouRouter *router)
{
  wuyou_router_add (router, WUYOU_ROUTE_PRODUCTS_LIST, list_products);
  wuyou_router_add (router, WUYOU_ROUTE_CONTRACTS_LIST, wuyou_contract_list_get);
  wuyou_router_add (router, WUYOU_ROUTE_CONTRACT_GET, get_contract);
  wuyou_router_add (router, WUYOU_ROUTE_CONTRACT_CREATE, wuyou_contract_create);
  wuyou_router_add (router, WUYOU_ROUTE_CONTRACT_PUT, wuyou_contract_put);
  wuyou_router_add (router, WUYOU_ROUTE_CONTRACT_ACT, wuyou_contract_act);
  wuyou_router_add (router, WUYOU_ROUTE_CONTRACT_UNMASK, unmask_contract);
}
