/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "sales/wuyou-contract-case.h"

G_BEGIN_DECLS

/* All that the page of one contract shows, in one answer: record (masked), organisation, product, documents, steps,
 * timeline, papers. */
WuyouReply *wuyou_contract_view_reply (WuyouServerContext *context,
                                       const WuyouRequest *request,
                                       const char *id,
                                       guint status,
                                       GError **error);

/* Takes @refused. Of STALE makes the problem document with "current", the contract as it stands and as the caller may
 * see it, so that both versions can be compared; any other is propagated, NULL returned. */
WuyouReply *
wuyou_contract_refuse (WuyouServerContext *context, const WuyouRequest *request, GError *refused, GError **error);

G_END_DECLS
