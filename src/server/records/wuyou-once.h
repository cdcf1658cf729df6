/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "engine/wuyou-request.h"
#include "engine/wuyou-server-context.h"

G_BEGIN_DECLS

/* A write that a client may send again without harm: @fn runs at most once for an Idempotency-Key of the account, in
 * the transaction that remembers the key with @record_id. *@ret_replayed: it had been done before, @fn did not run. */
gboolean wuyou_once_write (WuyouServerContext *context,
                           WuyouRequest *request,
                           const char *record_id,
                           WuyouDbFunc fn,
                           gpointer data,
                           gboolean *ret_replayed,
                           GError **error);

/* Whether the key of @request was used before for the same request; KEY_REUSED for another. */
gboolean wuyou_once_find (WuyouServerContext *context, WuyouRequest *request, gboolean *ret_replayed, GError **error);

/* @attempt again, which reads everything anew, while another of the same moment came before it (STALE), unless it sets
 * *@ret_meant: the request itself says what it is based on. BUSY after so many times that something must be wrong. */
#define WUYOU_MOST_TRIES 20
typedef WuyouReply *(*WuyouAttempt) (gpointer data, gboolean *ret_meant, GError **error);
WuyouReply *wuyou_try_again (WuyouAttempt attempt, gpointer data, GError **error);
/* The same for a request that sends no version. */
WuyouReply *
wuyou_try_until_current (WuyouRequest *request,
                         WuyouServerContext *context,
                         WuyouReply *(*handler) (WuyouRequest *request, WuyouServerContext *context, GError **error),
                         GError **error);

G_END_DECLS
