/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "engine/wuyou-router.h"

G_BEGIN_DECLS

/* Signing in and out, sessions of the account (2.3-02, 2.4-03). */
void wuyou_session_routes_register (WuyouRouter *router);

G_END_DECLS
