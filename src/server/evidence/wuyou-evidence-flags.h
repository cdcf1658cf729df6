/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "claims/wuyou-claim.h"
#include "claims/wuyou-decoded.h"
#include "claims/wuyou-evidence.h"
#include "engine/wuyou-server-context.h"

G_BEGIN_DECLS

/* What a file that just became available has in common with others (C-10), and what its own date says; in the
 * transaction that makes it so. A print is kept of pictures only: pages of paper look alike without being copies. */
gboolean wuyou_evidence_find_flags (WuyouDbConn *conn,
                                    WuyouServerContext *context,
                                    const WuyouEvidence *evidence,
                                    const WuyouClaim *claim,
                                    const WuyouDecoded *decoded,
                                    gint64 now,
                                    GError **error);

G_END_DECLS
