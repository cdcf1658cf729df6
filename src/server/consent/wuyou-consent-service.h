/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "accounts/wuyou-account.h"
#include "consent/wuyou-consent-gate.h"
#include "engine/wuyou-server-context.h"

G_BEGIN_DECLS

/* The consent gate of an account, computed from acceptances and versions in force. Only an open gate is remembered,
 * for at most 3 s and never past the instant at which a version comes into force. */
typedef struct {
  WuyouGateState state;
  gboolean declined;
  char bundle_id[40];   /* "" when none */
  char accepted_id[40]; /* one accepted before, to compare with; "" when none */
  char in_force_id[40]; /* "" when none */
  gint64 next_change;   /* instant at which time alone can change this; 0: never */
} WuyouConsentState;

void wuyou_consent_service_start (WuyouServerContext *context);
void wuyou_consent_service_stop (WuyouServerContext *context);

/* Audience of the agreements that the accounts of an organisation accept: "DEALER", "INSURER", "OPERATOR". */
const char *wuyou_consent_service_audience (const WuyouOrg *org);
/* What both capacities are for; NULL for the operator's own staff, who agree as persons only. */
const char *wuyou_consent_service_organisation (const WuyouOrg *org);

gboolean wuyou_consent_service_read (WuyouDbConn *conn,
                                     const char *account_id,
                                     const WuyouOrg *org,
                                     gint64 now,
                                     WuyouConsentState *ret_state,
                                     GError **error);
gboolean wuyou_consent_service_get (WuyouServerContext *context,
                                    const char *account_id,
                                    const char *organisation_id,
                                    gint64 now,
                                    WuyouConsentState *ret_state,
                                    GError **error);
/* Row of the gate table. */
gboolean wuyou_consent_service_gate (WuyouServerContext *context,
                                     const WuyouCaller *caller,
                                     gint64 now,
                                     gboolean *ret_closed,
                                     GError **error);
/* Whether all of that audience may read the version: it is in force or coming. */
gboolean wuyou_consent_service_is_current (WuyouDbConn *conn,
                                           const WuyouOrg *org,
                                           const char *bundle_id,
                                           gint64 now,
                                           gboolean *ret_current,
                                           GError **error);
/* Versions or acceptances changed. NULL: of everybody. */
void wuyou_consent_service_forget (WuyouServerContext *context, const char *account_id);

G_END_DECLS
