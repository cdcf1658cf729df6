/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "accounts/wuyou-client-policy.h"
#include "engine/wuyou-server-context.h"

G_BEGIN_DECLS

/* The operator's client policy, remembered for at most 3 s. One that cannot be read counts as none, with a warning:
 * the mistake of one would otherwise lock out everybody. */
void wuyou_policy_service_start (WuyouServerContext *context);
void wuyou_policy_service_stop (WuyouServerContext *context);
gboolean
wuyou_policy_service_get (WuyouServerContext *context, gint64 now, WuyouClientPolicy *ret_policy, GError **error);
/* Hook of WuyouAccess: UPGRADE_REQUIRED for an application that is too old. */
gboolean wuyou_policy_service_check (WuyouServerContext *context, const WuyouRequest *request, GError **error);

G_END_DECLS
