/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "engine/wuyou-router.h"

G_BEGIN_DECLS

/* Products and contracts: list, read, write, step, full values (S-01 … S-08, S-13). */
void wuyou_sales_routes_register (WuyouRouter *router);

G_END_DECLS
