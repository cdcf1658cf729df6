/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "client/wuyou-local.h"

G_BEGIN_DECLS

/* Opening the lock while the server is away: an Argon2id hash of the password in the sealed file, never the password.
 * Kept at sign-in and after a change; on a thread. */
void wuyou_offline_proof_keep (WuyouLocal *local, const char *password);

/* BAD_CREDENTIALS when it does not fit, UNAVAILABLE when nothing was kept. */
void wuyou_offline_proof_check_async (WuyouLocal *local,
                                      const char *password,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean wuyou_offline_proof_check_finish (GAsyncResult *result, GError **error);

G_END_DECLS
