/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-server-context.h"

G_BEGIN_DECLS

/* The consent gate of an account, computed from acceptances and versions in force; remembered for at most 3 s. */
gboolean wuyou_consent_service_is_required (WuyouServerContext *context,
                                            const char *account_id,
                                            const char *organisation_id,
                                            gint64 now,
                                            gboolean *ret_required,
                                            GError **error);
/* Row of the gate table: CONSENT_REQUIRED while closed. */
gboolean wuyou_consent_service_check_gate (WuyouServerContext *context, const WuyouRequest *request, GError **error);
/* Versions or acceptances changed here. */
void wuyou_consent_service_forget (WuyouServerContext *context, const char *account_id);

G_END_DECLS
