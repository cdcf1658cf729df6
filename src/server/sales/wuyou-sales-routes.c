/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "sales/wuyou-sales-routes.h"

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "sales/wuyou-contract-list-route.h"
#include "sales/wuyou-contract-view.h"
#include "sales/wuyou-contract-write.h"
#include "records/wuyou-unmask.h"

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

typedef struct {
  WuyouServerContext *context;
  const WuyouRequest *request;
  const char *id;
  WuyouContractCase sale;
} Reading;

static void
clear_reading (Reading *reading)
{
  wuyou_contract_case_clear (&reading->sale);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, clear_reading)

static gboolean
read_sale (WuyouDbConn *conn, gpointer data, GError **error)
{
  Reading *reading = data;
  const char *scope = wuyou_request_get_caller (reading->request)->scope;

  return wuyou_contract_case_load (&reading->sale, conn, reading->context, reading->id, scope, error);
}

static WuyouReply *
unmask_contract (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  g_auto (WuyouUnmask) unmask = { 0 };
  g_auto (Reading) reading = { .context = context, .request = request };
  WuyouUnmaskRecord record = { .type = &wuyou_contract_type };

  if (!wuyou_unmask_read (&unmask, request, error))
    return NULL;
  reading.id = wuyou_request_get_id_arg (request, 0, error);
  if (reading.id == NULL || !wuyou_db_read (context->db, read_sale, &reading, error))
    return NULL;
  record.record = reading.sale.contract;
  return wuyou_unmask_reply (&unmask, request, context, &record, 1, reading.id, reading.sale.org->path,
                             reading.sale.contract->version, error);
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
