/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-record-store.h"

G_BEGIN_DECLS

/* SQL of one type, written once from its field table: the only generated SQL there is. */
typedef struct {
  const WuyouRecordType *type;
  gboolean has_pi;
  const WuyouField *id, *seq, *version, *org_id, *path, *created_at, *updated_at; /* NULL where the type has none */
  GPtrArray *read, *read_list; /* const WuyouField *, in the order of columns and list_columns */
  char *insert, *update, *load;
  char *columns, *list_columns; /* of SELECT, with r. */
  char *join;                   /* FROM … r, with the customer's key */
} WuyouRecordSql;

WuyouRecordSql *_wuyou_record_sql_new (const WuyouRecordType *type);
void _wuyou_record_sql_free (WuyouRecordSql *sql);
/* Of the types that wuyou_store_open knows; borrowed. */
const WuyouRecordSql *_wuyou_store_get_sql (WuyouStore *store, const WuyouRecordType *type);

/* Records are counted by blocks of their numbers, so that a list can jump over whole blocks (type "contract": counters
 * of kind "contract-block", by organisation and for all under ""). */
#define WUYOU_BLOCK_SIZE 4096
gboolean _wuyou_record_count_block (WuyouDbConn *conn,
                                    const WuyouRecordType *type,
                                    const char *org_id,
                                    gint64 seq,
                                    GError **error);
/* Moves *@after_seq to the edge of the block in which the @skip-th row lies, and takes what lies before it off *@skip.
 */
gboolean _wuyou_record_jump (WuyouDbConn *conn,
                             const WuyouRecordType *type,
                             const WuyouRecordQuery *query,
                             gint64 *after_seq,
                             gint64 *skip,
                             GError **error);

gboolean _wuyou_record_sql_is_column (const WuyouField *field);
/* First path after all those below @scope; owned. */
char *_wuyou_scope_end (const char *scope);
gboolean _wuyou_scope_is_all (const char *scope);

/* Binds the columns from @index on; returns the next index. */
int _wuyou_record_bind (const WuyouRecordSql *sql, WuyouDbStmt *stmt, int index, gconstpointer record);
/* A row of SELECT columns FROM join. Owned. */
gpointer _wuyou_record_read_row (WuyouStore *store,
                                 const WuyouRecordSql *sql,
                                 WuyouDbStmt *stmt,
                                 gboolean list_only,
                                 gboolean *ret_erased,
                                 GError **error);

G_END_DECLS
