/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "engine/wuyou-router.h"

G_BEGIN_DECLS

/* Creating and changing drafts, taking a step of the workflow: handlers of the routes of the same name. */
WuyouReply *wuyou_contract_create (WuyouRequest *request, WuyouServerContext *context, GError **error);
WuyouReply *wuyou_contract_put (WuyouRequest *request, WuyouServerContext *context, GError **error);
WuyouReply *wuyou_contract_act (WuyouRequest *request, WuyouServerContext *context, GError **error);

/* A step that time takes: "start", "expire". ILLEGAL_TRANSITION when it is not (any longer) due. */
gboolean wuyou_contract_act_by_system (WuyouServerContext *context, const char *id, const char *action, GError **error);

G_END_DECLS
