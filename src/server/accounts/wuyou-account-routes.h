/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "engine/wuyou-router.h"

G_BEGIN_DECLS

/* Own data and own record of activity (3.1-01, 2.5-01). */
void wuyou_account_routes_register (WuyouRouter *router);

G_END_DECLS
