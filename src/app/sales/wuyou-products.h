/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "sales/wuyou-product.h"
#include "wuyou-app-context.h"

G_BEGIN_DECLS

/* The products on sale: from the sealed cache at once, from the server when the form is opened. Signal "changed". */
#define WUYOU_TYPE_PRODUCTS (wuyou_products_get_type ())
G_DECLARE_FINAL_TYPE (WuyouProducts, wuyou_products, WUYOU, PRODUCTS, GObject)

WuyouProducts *wuyou_products_new (WuyouAppContext *context);
/* One request; what is held stays until it is answered. */
void wuyou_products_refresh (WuyouProducts *self, GCancellable *cancellable);
GPtrArray *wuyou_products_get_all (WuyouProducts *self);                       /* WuyouProduct, parsed; borrowed */
const WuyouProduct *wuyou_products_find (WuyouProducts *self, const char *id); /* or NULL */
char *wuyou_products_dup_name (WuyouProducts *self, const char *id);           /* "" when not known */
const GError *wuyou_products_get_error (WuyouProducts *self);                  /* of the last refresh, or NULL */

G_END_DECLS
