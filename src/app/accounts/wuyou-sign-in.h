/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-app-context.h"

G_BEGIN_DECLS

/* Signs in on the present server, opens the local file and keeps what may be kept. @code may be NULL or "".
 * BAD_CREDENTIALS, SUSPENDED, OFFLINE … as errors; @ret_note is a translated sentence for the person, or NULL; owned.
 */
void wuyou_sign_in_async (WuyouAppContext *context,
                          const char *email,
                          const char *password,
                          const char *code,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
gboolean wuyou_sign_in_finish (GAsyncResult *result, char **ret_note, GError **error);

/* Takes up the session of the last run: from the cache at once when there is one, then from the server.
 * UNAUTHENTICATED when nothing was kept. */
void wuyou_sign_in_resume_async (WuyouAppContext *context,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean wuyou_sign_in_resume_finish (GAsyncResult *result, GError **error);

G_END_DECLS
