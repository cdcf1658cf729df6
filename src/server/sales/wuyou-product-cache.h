/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "sales/wuyou-product.h"
#include "wuyou-store.h"

G_BEGIN_DECLS

/* Products parsed once. Every look-up asks the database for the version, so nothing old is handed out; what was
 * handed out stays until the cache is freed, as a product has few versions. Any thread. */
typedef struct _WuyouProductCache WuyouProductCache;

WuyouProductCache *wuyou_product_cache_new (WuyouStore *store);
void wuyou_product_cache_free (WuyouProductCache *self);

/* *@ret_product is NULL when there is no such product; borrowed. */
gboolean wuyou_product_cache_load (WuyouProductCache *self,
                                   WuyouDbConn *conn,
                                   const char *id,
                                   const WuyouProduct **ret_product,
                                   GError **error);

G_END_DECLS
