/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "engine/wuyou-router.h"

G_BEGIN_DECLS

/* Stored papers, copy numbers, and what the server says of a printed code (PR-02 … PR-05). */
void wuyou_paper_routes_register (WuyouRouter *router);

G_END_DECLS
