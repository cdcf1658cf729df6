/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "claims/wuyou-claim-case.h"

G_BEGIN_DECLS

/* The dealership hears that a day is near on which it loses something: by mail, by the feed and in the timeline, once
 * for each distance from that day (6.2, C-05). */

/* In the transaction that sets the day: jobs for the reminders that still lie ahead. */
gboolean wuyou_claim_remind_schedule (WuyouDbConn *conn,
                                      const WuyouClaimCase *loss,
                                      const WuyouClaim *claim,
                                      gint64 now,
                                      GError **error);
/* A job whose time has come. One whose day is no longer the claim's has nothing to do. */
gboolean wuyou_claim_remind (WuyouServerContext *context, const char *name, const char *payload, GError **error);

G_END_DECLS
