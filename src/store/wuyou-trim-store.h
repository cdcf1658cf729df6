/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-store.h"

G_BEGIN_DECLS

/* Forgets what is kept only for a time after it was over: sessions, limits, tokens, idempotency keys, jobs that are
 * done, mails that were sent, events of the feed. Records, history, the audit chain and consents are never among it.
 * In small transactions of its own, so that others come between them; at most so much of each in one call that it ends
 * within seconds. @now: business time. *@ret_removed: rows. */
gboolean wuyou_trim (WuyouDb *db, gint64 now, guint *ret_removed, GError **error);

/* One batch of the feed, the oldest first: events before @before (instant), at most @limit. */
gboolean wuyou_feed_trim (WuyouDbConn *conn, gint64 before, guint limit, guint *ret_removed, GError **error);

G_END_DECLS
