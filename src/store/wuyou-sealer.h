/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-store.h"

G_BEGIN_DECLS

/* Orders committed audit rows and events, chains the rows in signed Merkle batches and wakes the feed. Any number of
 * processes may call it at the same time; one of them wins. *@ret_sealed: rows and events done by this call. */
gboolean wuyou_sealer_run_once (WuyouStore *store, guint *ret_sealed, GError **error);

typedef struct {
  gint64 rows, batches;
  GPtrArray *findings; /* char *, one sentence each: which row was changed, removed or inserted */
} WuyouAuditReport;

/* Walks the whole chain. TRUE when it could be walked; the log is whole when there are no findings. */
gboolean wuyou_audit_verify (WuyouStore *store, WuyouAuditReport **ret_report, GError **error);
void wuyou_audit_report_free (WuyouAuditReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouAuditReport, wuyou_audit_report_free)

/* Seals on a thread of its own whenever something waits, within a second. */
typedef struct _WuyouSealer WuyouSealer;
WuyouSealer *wuyou_sealer_start (WuyouStore *store);
void wuyou_sealer_stop (WuyouSealer *sealer); /* seals what waits, then ends */

G_END_DECLS
