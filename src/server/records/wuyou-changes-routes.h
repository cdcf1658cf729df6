/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "engine/wuyou-router.h"

G_BEGIN_DECLS

/* The changes feed (architecture 7): what the caller may see, since a cursor; waits when there is nothing. */
void wuyou_changes_routes_register (WuyouRouter *router);

G_END_DECLS
