/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "engine/wuyou-router.h"
#include "wuyou-store.h"

G_BEGIN_DECLS

/* Handler of CLAIM_FLAG: {"state": "OPEN" | "CLEARED" | "CONFIRMED", "note"}. */
WuyouReply *wuyou_claim_flag_put (WuyouRequest *request, WuyouServerContext *context, GError **error);

/* Red flags for the view of a claim, for who may see them: NULL for others. Element WuyouRedFlag; owned. */
gboolean wuyou_claim_flags_read (WuyouDbConn *conn,
                                 const char *claim_id,
                                 const WuyouCaller *caller,
                                 GPtrArray **ret_flags,
                                 GError **error);
/* "flags" of an open JSON object; nothing for NULL. */
void wuyou_claim_flags_write (const GPtrArray *flags, GString *out);

G_END_DECLS
