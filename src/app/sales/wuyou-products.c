/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "sales/wuyou-products.h"

#include "base/wuyou-json.h"

#define CACHE "products"

struct _WuyouProducts {
  GObject parent_instance;
  WuyouAppContext *context;
  GPtrArray *all;
  GError *error;
  gboolean read_cache;
};

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WuyouProducts, wuyou_products, G_TYPE_OBJECT)

static void
take_items (WuyouProducts *self, JsonArray *items)
{
  guint length = items != NULL ? json_array_get_length (items) : 0;

  g_ptr_array_set_size (self->all, 0);
  for (guint i = 0; i < length; i++) {
    JsonObject *object = wuyou_json_array_get_object (items, i);
    g_autoptr (WuyouProduct) product = wuyou_product_new ();
    g_autoptr (GError) error = NULL;

    if (object == NULL || !wuyou_record_read_json (&wuyou_product_type, product, object, 0, &error)
        || !wuyou_product_parse (product, &error))
      g_debug ("product not read: %s", error != NULL ? error->message : "no object");
    else
      g_ptr_array_add (self->all, g_steal_pointer (&product));
  }
}

static void
ensure_cache (WuyouProducts *self)
{
  g_autoptr (JsonObject) kept = NULL;

  if (self->read_cache || self->all->len > 0)
    return;
  self->read_cache = TRUE;
  kept = wuyou_local_load_object (wuyou_app_context_get_local (self->context), WUYOU_LOCAL_CACHE, CACHE);
  if (kept != NULL)
    take_items (self, wuyou_json_get_array (kept, "items"));
}

static void
keep_answer (WuyouProducts *self, JsonObject *answer)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;

  json_node_set_object (node, answer);
  text = json_to_string (node, FALSE);
  wuyou_local_save (wuyou_app_context_get_local (self->context), WUYOU_LOCAL_CACHE, CACHE, text);
}

static void
on_answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WuyouProducts) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = wuyou_client_call_finish (WUYOU_CLIENT (source), result, NULL, &error);

  g_clear_error (&self->error);
  if (answer != NULL) {
    take_items (self, wuyou_json_get_array (answer, "items"));
    keep_answer (self, answer);
  } else {
    self->error = g_steal_pointer (&error);
  }
  g_signal_emit (self, signals[CHANGED], 0);
}

void
wuyou_products_refresh (WuyouProducts *self, GCancellable *cancellable)
{
  WuyouCall call = { .route = WUYOU_ROUTE_PRODUCTS_LIST };

  wuyou_client_call_async (wuyou_app_context_get_client (self->context), &call, cancellable, on_answered_cb,
                           g_object_ref (self));
}

GPtrArray *
wuyou_products_get_all (WuyouProducts *self)
{
  ensure_cache (self);
  return self->all;
}

const WuyouProduct *
wuyou_products_find (WuyouProducts *self, const char *id)
{
  ensure_cache (self);
  for (guint i = 0; id != NULL && i < self->all->len; i++) {
    const WuyouProduct *product = self->all->pdata[i];

    if (g_strcmp0 (product->id, id) == 0)
      return product;
  }
  return NULL;
}

char *
wuyou_products_dup_name (WuyouProducts *self, const char *id)
{
  const WuyouProduct *product = wuyou_products_find (self, id);

  return g_strdup (product != NULL && product->name != NULL ? product->name : "");
}

const GError *
wuyou_products_get_error (WuyouProducts *self)
{
  return self->error;
}

static void
wuyou_products_finalize (GObject *object)
{
  WuyouProducts *self = WUYOU_PRODUCTS (object);

  g_clear_object (&self->context);
  g_clear_error (&self->error);
  g_ptr_array_unref (self->all);
  G_OBJECT_CLASS (wuyou_products_parent_class)->finalize (object);
}

static void
wuyou_products_class_init (WuyouProductsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wuyou_products_finalize;
  signals[CHANGED]
      = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wuyou_products_init (WuyouProducts *self)
{
  self->all = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_product_free);
}

WuyouProducts *
wuyou_products_new (WuyouAppContext *context)
{
  WuyouProducts *self = g_object_new (WUYOU_TYPE_PRODUCTS, NULL);

  self->context = g_object_ref (context);
  return self;
}
