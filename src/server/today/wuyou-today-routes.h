/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "engine/wuyou-router.h"

G_BEGIN_DECLS

/* The Today page in one request: four short lists in order of consequence, figures of the month for managers. */
void wuyou_today_routes_register (WuyouRouter *router);

G_END_DECLS
