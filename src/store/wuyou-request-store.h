/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-store.h"

G_BEGIN_DECLS

/* Idempotency keys: unique per account, kept for 30 days, never a body. To be called inside the write they guard. */
#define WUYOU_IDEMPOTENCY_DAYS 30

/* *@ret_status is 0 when the key is new; else what was answered then, with the record (owned). KEY_REUSED when the
 * fingerprint is another. */
gboolean wuyou_idempotency_find (WuyouDbConn *conn,
                                 const char *account_id,
                                 const char *key,
                                 const char *fingerprint,
                                 gint64 now,
                                 guint *ret_status,
                                 char **ret_record_id,
                                 GError **error);
/* CONFLICT when the same request is just being written by another process; finding it again then answers. */
gboolean wuyou_idempotency_insert (WuyouDbConn *conn,
                                   const char *account_id,
                                   const char *key,
                                   const char *fingerprint,
                                   guint status,
                                   const char *record_id,
                                   gint64 now,
                                   GError **error);

G_END_DECLS
