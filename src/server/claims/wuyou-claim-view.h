/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "claims/wuyou-claim-case.h"
#include "engine/wuyou-router.h"

G_BEGIN_DECLS

/* The claim as its page needs it: what every route that reads or writes one answers. */
WuyouReply *wuyou_claim_view_reply (WuyouServerContext *context,
                                    const WuyouRequest *request,
                                    const char *id,
                                    guint status,
                                    GError **error);
/* As wuyou_contract_refuse: a stale write is told what stands now. Takes @refused. */
WuyouReply *
wuyou_claim_refuse (WuyouServerContext *context, const WuyouRequest *request, GError *refused, GError **error);

/* A copy with what the caller may not see taken out; owned. */
WuyouClaim *wuyou_claim_dup_for (const WuyouClaim *claim, const WuyouCaller *caller);
WuyouContract *wuyou_claim_dup_contract_for (const WuyouContract *contract, const WuyouCaller *caller);

G_END_DECLS
