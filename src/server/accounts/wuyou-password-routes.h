/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "engine/wuyou-router.h"

G_BEGIN_DECLS

/* Step-up, change of the password and its reset by e-mail (2.4-01, 2.4-02, A14-04). */
void wuyou_password_routes_register (WuyouRouter *router);

G_END_DECLS
