/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-audit-store.h"

G_BEGIN_DECLS

#define WUYOU_AUDIT_HASH 32 /* SHA-256 */

#define WUYOU_AUDIT_COLUMNS                                                                                            \
  "seq, position, at, version, account_id, session_id, device_id, actor_scope, purpose, address, action, object, "     \
  "object_id, scope, outcome, reason, detail"

/* A row of SELECT WUYOU_AUDIT_COLUMNS; owned. */
WuyouAuditRow *_wuyou_audit_read_row (WuyouDbStmt *stmt);

/* Hash of everything in a row but its position. */
void _wuyou_audit_hash_row (const WuyouAuditRow *row, guint8 ret_leaf[WUYOU_AUDIT_HASH]);
/* Root of the Merkle tree over @n leaves (RFC 6962, section 2.1). */
void _wuyou_audit_hash_leaves (const guint8 *leaves, guint n, guint8 ret_root[WUYOU_AUDIT_HASH]);

typedef struct {
  gint64 number, first_position, n_rows, sealed_at;
  guint8 root[WUYOU_AUDIT_HASH], previous[WUYOU_AUDIT_HASH], hash[WUYOU_AUDIT_HASH];
  guint8 signature[64];
} WuyouAuditBatch;

void _wuyou_audit_hash_batch (const WuyouAuditBatch *batch, guint8 ret_hash[WUYOU_AUDIT_HASH]);

/* The copy of the last batch outside the database. Reading: FALSE without error when there is none. */
gboolean _wuyou_audit_root_write (const char *data_dir, const WuyouAuditBatch *batch, GError **error);
gboolean _wuyou_audit_root_read (const char *data_dir, WuyouAuditBatch *ret_batch, GError **error);

G_END_DECLS
