/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "engine/wuyou-router.h"

G_BEGIN_DECLS

/* GET /v1/contracts: ?state=A,B &mine=true &q=TEXT &sort=[-]FIELD &limit= and either &offset= or &after=SEQ. */
WuyouReply *wuyou_contract_list_get (WuyouRequest *request, WuyouServerContext *context, GError **error);

G_END_DECLS
