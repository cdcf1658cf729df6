/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "engine/wuyou-router.h"
#include "engine/wuyou-server-context.h"

G_BEGIN_DECLS

/* Everything the product's server does beside the engine, each feature one line. */
void wuyou_features_register (WuyouRouter *router);
/* Hooks of access, jobs, listeners: after the store is open, before the server starts; and back, after it stopped. */
gboolean wuyou_features_start (WuyouServerContext *context, GError **error);
void wuyou_features_stop (WuyouServerContext *context);

G_END_DECLS
