/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "engine/wuyou-router.h"

G_BEGIN_DECLS

/* Support profile with the operator's calendar (P-10), feedback, reports of misuse (2.5-02). */
void wuyou_support_routes_register (WuyouRouter *router);

G_END_DECLS
