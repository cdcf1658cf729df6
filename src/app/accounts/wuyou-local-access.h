/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-app-context.h"

G_BEGIN_DECLS

/* Opens the local file of @account: with the key in the keyring where there is one, else with the password's. Never
 * fails the sign-in; @ret_note says what a person should know, or is NULL; owned. @token is kept in the keyring only.
 */
void wuyou_local_access_open_async (WuyouAppContext *context,
                                    const char *account,
                                    const char *password,
                                    const char *token,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
char *wuyou_local_access_open_finish (GAsyncResult *result);

/* What an earlier run kept: the token (NULL: none), the local file being open when its key was there. */
void wuyou_local_access_restore_async (WuyouAppContext *context,
                                       const char *account,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
char *wuyou_local_access_restore_finish (GAsyncResult *result); /* owned */
/* After a changed password: what is wrapped or proven by the password follows the new one. */
void wuyou_local_access_rewrap (WuyouAppContext *context, const char *password);

G_END_DECLS
