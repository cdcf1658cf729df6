/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "accounts/wuyou-auth.h"

G_BEGIN_DECLS

/* What a desktop learns when it signs in or resumes: session, account, organisation, closed gates, the sign-in
 * before. @token is sent once, at sign-in; NULL afterwards. */
WuyouReply *wuyou_account_view_reply (WuyouServerContext *context,
                                      const char *account_id,
                                      const char *session_id,
                                      const char *token,
                                      gint64 now,
                                      GError **error);

G_END_DECLS
