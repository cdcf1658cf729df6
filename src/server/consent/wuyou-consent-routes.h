/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "engine/wuyou-router.h"

G_BEGIN_DECLS

/* Agreements to read, acceptances and refusals with their evidence, own records (P-01 … P-11, 10.3). */
void wuyou_consent_routes_register (WuyouRouter *router);

G_END_DECLS
