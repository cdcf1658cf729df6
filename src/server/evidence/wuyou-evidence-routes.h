/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "engine/wuyou-router.h"

G_BEGIN_DECLS

void wuyou_evidence_routes_register (WuyouRouter *router);

G_END_DECLS
