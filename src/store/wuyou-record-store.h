/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "base/wuyou-record.h"
#include "wuyou-store.h"

G_BEGIN_DECLS

/* Any record of a field table. Fields without personal information are columns; the others are sealed together
 * under the customer's key. Every type has the fields id, seq and version, set here. A write has two halves: _prepare
 * outside the transaction (sealing, comparing), then _save inside it. */
typedef struct _WuyouRecordDraft WuyouRecordDraft;

/* @old: as loaded, or NULL for a new record. Sets version, updated_at and, when new, created_at of @record. @key: of
 * the customer; may be NULL for a type without personal information. @scope: path of the organisation whose record it
 * is, for events and audit. @action: "create", "update", "void" … of the audit row. @reason: NULL or what the person
 * gave. @record's version becomes old + 1. All borrowed until freed, except that @record must outlive the draft: _save
 * sets its seq. */
WuyouRecordDraft *wuyou_record_prepare (WuyouStore *store,
                                        const WuyouRecordType *type,
                                        gconstpointer old,
                                        gpointer record,
                                        WuyouKey *key,
                                        const char *scope,
                                        const WuyouActor *actor,
                                        const char *action,
                                        const char *reason,
                                        GError **error);
void wuyou_record_draft_free (WuyouRecordDraft *draft);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouRecordDraft, wuyou_record_draft_free)
gboolean wuyou_record_draft_is_changed (WuyouRecordDraft *draft);         /* FALSE: nothing differs from @old */
void wuyou_record_draft_add_key (WuyouRecordDraft *draft, WuyouKey *key); /* inserted with the record */
/* Tokens of old and new, to be moved in the search index @index. Taken. */
void wuyou_record_draft_take_tokens (WuyouRecordDraft *draft,
                                     const char *index,
                                     GPtrArray *old_tokens,
                                     GPtrArray *new_tokens);

/* Writes record, history, search, audit row and event. CONFLICT when a new id exists already; STALE when the
 * version is no longer old's. */
gboolean wuyou_record_save (WuyouDbConn *conn, WuyouRecordDraft *draft, GError **error);

/* NOT_FOUND also for what is outside @scope (NULL: no check). Personal fields are empty when the key is gone,
 * *@ret_erased then TRUE (may be NULL). Owned: wuyou_record_free. */
gpointer wuyou_record_load (WuyouDbConn *conn,
                            WuyouStore *store,
                            const WuyouRecordType *type,
                            const char *id,
                            const char *scope,
                            gboolean *ret_erased,
                            GError **error);
/* 0 when there is no such record. */
gboolean wuyou_record_read_version (WuyouDbConn *conn,
                                    WuyouStore *store,
                                    const WuyouRecordType *type,
                                    const char *id,
                                    gint64 *ret_version,
                                    GError **error);
/* The customer's key of a record; NULL without error when gone. */
WuyouKey *wuyou_record_load_key (WuyouDbConn *conn,
                                 WuyouStore *store,
                                 const WuyouRecordType *type,
                                 const char *id,
                                 GError **error);

typedef enum {
  WUYOU_FILTER_EQUAL,
  WUYOU_FILTER_FROM, /* >= */
  WUYOU_FILTER_TO,   /* <= */
} WuyouFilterOp;

/* On a field without personal information. Text kinds: @text; ENUM: @number is the value; others @number.
 * Several EQUAL on one field are alternatives. */
typedef struct {
  const char *field;
  WuyouFilterOp op;
  const char *text;
  gint64 number;
} WuyouFilter;

typedef struct {
  const char *scope; /* on org_id, for types that have it; NULL: everything */
  const WuyouFilter *filters;
  guint n_filters;
  const char *sort; /* a field without personal information; NULL: seq */
  gboolean ascending;
  /* Keyset: the last row of the page before; 0 for the first page. */
  gint64 after_seq;
  gint64 after_number;    /* its value of the sort field */
  const char *after_text; /* the same for text kinds */
  gint64 skip;            /* rows to pass over first: a jump to the middle of a long list */
  const GArray *seqs;     /* gint64, at most 1000: only these (a search's result); NULL: all */
  gboolean list_only;     /* only fields marked LIST, and what is sealed */
  guint limit;            /* 1 … 1000 */
} WuyouRecordQuery;

/* How many records @query's scope, filters and seqs hold, all other members aside; looks at each of them. */
gboolean wuyou_record_count (WuyouDbConn *conn,
                             WuyouStore *store,
                             const WuyouRecordType *type,
                             const WuyouRecordQuery *query,
                             gint64 *ret_count,
                             GError **error);

/* Appends records (owned, wuyou_record_free) to @ret_records. INVALID for a field that cannot be filtered. */
gboolean wuyou_record_list (WuyouDbConn *conn,
                            WuyouStore *store,
                            const WuyouRecordType *type,
                            const WuyouRecordQuery *query,
                            GPtrArray *ret_records,
                            GError **error);

/* Every field without personal information has its column. CORRUPT that names the first that has not. */
gboolean wuyou_record_type_check_schema (WuyouDbConn *conn, const WuyouRecordType *type, GError **error);

G_END_DECLS
