/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-store.h"

G_BEGIN_DECLS

/* Exact counts, kept in the transaction that changes them: "contract" by organisation and id of the state, and those
 * below by organisation and month ("2026-11") of the payment; amounts in fen. "refund": how many wait to be paid. */
#define WUYOU_COUNTER_PAID "paid"
#define WUYOU_COUNTER_RECEIVED "received"
#define WUYOU_COUNTER_WHOLESALE "wholesale"
#define WUYOU_COUNTER_REFUND "refund"

gboolean wuyou_counter_add (WuyouDbConn *conn,
                            const char *kind,
                            const char *org_id,
                            const char *name,
                            gint64 amount,
                            GError **error);
/* Sum below @scope. */
gboolean wuyou_counter_get (WuyouDbConn *conn,
                            const char *kind,
                            const char *scope,
                            const char *name,
                            gint64 *ret_count,
                            GError **error);
/* All names at once: char * → gint64 *, owned by the table; names without any are left out. */
GHashTable *wuyou_counter_read (WuyouDbConn *conn, const char *kind, const char *scope, GError **error);

G_END_DECLS
