/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "claims/wuyou-claim.h"
#include "engine/wuyou-request.h"
#include "engine/wuyou-server-context.h"

G_BEGIN_DECLS

/* Claims of the Today page. Lists hold WuyouClaim and are owned; empty for who may not read claims. */

/* Ids of the dealerships for which dealer operations act (4.2.1-01); none for everybody else. Owned. */
GHashTable *wuyou_today_claims_read_desk (WuyouDbConn *conn, const WuyouCaller *caller, GError **error);
/* Those with somebody, at most @limit of each desk, what is due first in front. */
GPtrArray *wuyou_today_claims_read_waiting (WuyouDbConn *conn,
                                            WuyouServerContext *context,
                                            const WuyouCaller *caller,
                                            GHashTable *desk,
                                            guint limit,
                                            GError **error);
GPtrArray *wuyou_today_claims_read_newest (WuyouDbConn *conn,
                                           WuyouServerContext *context,
                                           const WuyouCaller *caller,
                                           GHashTable *desk,
                                           guint limit,
                                           GError **error);
/* Their turn, and nobody else has taken it. */
gboolean wuyou_today_claims_is_mine (const WuyouClaim *claim, const WuyouCaller *caller, GHashTable *desk);
void wuyou_today_claims_write (GString *out, const WuyouClaim *claim); /* what only a claim's item says */

G_END_DECLS
