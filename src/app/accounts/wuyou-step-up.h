/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <gtk/gtk.h>

#include "wuyou-app-context.h"

G_BEGIN_DECLS

/* Makes a call, and when the server wants to know that it is really the person, asks for password or code in a small
 * dialog over @parent and makes the call again. CANCELLED when the person closes it.
 * The finish is that of the client: wuyou_step_up_call_finish (). */
void wuyou_step_up_call_async (WuyouAppContext *context,
                               GtkWidget *parent,
                               const char *reason,
                               const WuyouCall *call,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
JsonObject *wuyou_step_up_call_finish (GAsyncResult *result, char **ret_etag, GError **error);

/* Only asks: TRUE once the server took the password or code. @reason is a translated sentence. */
void wuyou_step_up_async (WuyouAppContext *context,
                          GtkWidget *parent,
                          const char *reason,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
gboolean wuyou_step_up_finish (GAsyncResult *result, GError **error);

G_END_DECLS
