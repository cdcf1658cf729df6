/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-store.h"

G_BEGIN_DECLS

/* One row of the audit log. A business transaction inserts it unchained; the sealer orders and chains it. No
 * personal information: values as keyed digests only. Strings NULL where unknown. */
typedef struct {
  const char *action; /* "create", "unmask", "sign-in", "refused" … */
  const char *object; /* "contract" */
  const char *object_id;
  const char *scope;   /* path of whose record it is */
  gint64 version;      /* of the record, 0 without */
  const char *outcome; /* "OK" or the id of the error */
  const char *reason;  /* what the person gave */
  const char *detail;  /* JSON */
} WuyouAuditEntry;

gboolean wuyou_audit_insert (WuyouDbConn *conn, const WuyouActor *actor, const WuyouAuditEntry *entry, GError **error);

/* An event for the changes feed; goes with the same transaction. @scope: path of whose
 * record it is; NULL: everyone. @account_id: this account only (a suspension). */
gboolean wuyou_event_insert (WuyouDbConn *conn,
                             const char *kind,
                             const char *record_id,
                             gint64 version,
                             const char *scope,
                             const char *account_id,
                             gint64 at,
                             GError **error);

typedef struct {
  gint64 position;
  char *kind, *record_id, *scope;
  gint64 version;
} WuyouEvent;

void wuyou_event_free (WuyouEvent *event);

/* Events after @since that @scope and @account_id may see, in order, at most @limit. *@ret_next is the cursor to go
 * on from, also when nothing was found. RESYNC_REQUIRED when @since is older than what is kept. */
gboolean wuyou_feed_read (WuyouDbConn *conn,
                          gint64 since,
                          const char *scope,
                          const char *account_id,
                          guint limit,
                          GPtrArray *ret_events,
                          gint64 *ret_next,
                          GError **error);
gboolean wuyou_feed_get_position (WuyouDbConn *conn, gint64 *ret_position, GError **error); /* the newest */

/* Channels of wuyou_db_listen. */
#define WUYOU_CHANNEL_FEED "feed" /* events got their position; all processes */
#define WUYOU_CHANNEL_SEAL "seal" /* rows wait to be sealed; this process */

/* Rows as JSON lines, newest first, for the page "my operations" and the auditor. */
typedef struct {
  const char *account_id; /* NULL: all */
  const char *object, *object_id;
  const char *scope; /* of the row; NULL: no check */
  gint64 before_seq; /* G_MAXINT64 for the first page */
  guint limit;
} WuyouAuditQuery;

typedef struct {
  gint64 seq, position, at, version;
  char *account_id, *session_id, *device_id, *actor_scope, *purpose, *address;
  char *action, *object, *object_id, *scope, *outcome, *reason, *detail;
} WuyouAuditRow;

void wuyou_audit_row_free (WuyouAuditRow *row);
gboolean wuyou_audit_list (WuyouDbConn *conn, const WuyouAuditQuery *query, GPtrArray *ret_rows, GError **error);

G_END_DECLS
