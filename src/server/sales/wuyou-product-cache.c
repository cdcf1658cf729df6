/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "sales/wuyou-product-cache.h"

#include "wuyou-record-store.h"

struct _WuyouProductCache {
  WuyouStore *store;
  GMutex lock;
  GHashTable *products; /* "id/version" → WuyouProduct */
};

WuyouProductCache *
wuyou_product_cache_new (WuyouStore *store)
{
  WuyouProductCache *self = g_new0 (WuyouProductCache, 1);

  self->store = store;
  g_mutex_init (&self->lock);
  self->products = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) wuyou_product_free);
  return self;
}

void
wuyou_product_cache_free (WuyouProductCache *self)
{
  g_hash_table_unref (self->products);
  g_mutex_clear (&self->lock);
  g_free (self);
}

static const WuyouProduct *
find (WuyouProductCache *self, const char *key)
{
  const WuyouProduct *product;

  g_mutex_lock (&self->lock);
  product = g_hash_table_lookup (self->products, key);
  g_mutex_unlock (&self->lock);
  return product;
}

/* Of two threads that read the same one the first keeps its own. */
static const WuyouProduct *
keep (WuyouProductCache *self, const char *key, WuyouProduct *product)
{
  const WuyouProduct *kept;

  g_mutex_lock (&self->lock);
  kept = g_hash_table_lookup (self->products, key);
  if (kept == NULL)
    g_hash_table_insert (self->products, g_strdup (key), product);
  else
    wuyou_product_free (product);
  kept = g_hash_table_lookup (self->products, key);
  g_mutex_unlock (&self->lock);
  return kept;
}

gboolean
wuyou_product_cache_load (WuyouProductCache *self,
                          WuyouDbConn *conn,
                          const char *id,
                          const WuyouProduct **ret_product,
                          GError **error)
{
  g_autofree char *key = NULL;
  g_autoptr (WuyouProduct) product = NULL;
  gint64 version;

  *ret_product = NULL;
  if (!wuyou_record_read_version (conn, self->store, &wuyou_product_type, id, &version, error))
    return FALSE;
  if (version == 0)
    return TRUE;
  key = g_strdup_printf ("%s/%" G_GINT64_FORMAT, id, version);
  *ret_product = find (self, key);
  if (*ret_product != NULL)
    return TRUE;
  product = wuyou_record_load (conn, self->store, &wuyou_product_type, id, NULL, NULL, error);
  if (product == NULL || !wuyou_product_parse (product, error))
    return FALSE;
  *ret_product = keep (self, key, g_steal_pointer (&product));
  return TRUE;
}
