/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-request.h"
#include "wuyou-server-context.h"

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

/* A request that sends no version, done again on what stands then when another of the same moment came before it
 * (STALE); @handler reads everything anew. */
WuyouReply *
wuyou_try_until_current (WuyouRequest *request,
                         WuyouServerContext *context,
                         WuyouReply *(*handler) (WuyouRequest *request, WuyouServerContext *context, GError **error),
                         GError **error);

G_END_DECLS
