/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-counter-store.h"
#include "wuyou-record-sql.h"

static char *
dup_kind (const WuyouRecordType *type)
{
  return g_strconcat (type->name, "-block", NULL);
}

gboolean
_wuyou_record_count_block (WuyouDbConn *conn,
                           const WuyouRecordType *type,
                           const char *org_id,
                           gint64 seq,
                           GError **error)
{
  g_autofree char *kind = dup_kind (type);
  char name[17];

  g_snprintf (name, sizeof name, "%012" G_GINT64_MODIFIER "x", seq / WUYOU_BLOCK_SIZE);
  return wuyou_counter_add (conn, kind, org_id, name, 1, error) && wuyou_counter_add (conn, kind, "", name, 1, error);
}

#define SELECT_ALL                                                                                                     \
  "SELECT name, CAST(sum(amount) AS BIGINT) FROM counters WHERE kind = $1 AND org_id = '' GROUP BY name ORDER BY name"
#define SELECT_SCOPE                                                                                                   \
  "SELECT name, CAST(sum(amount) AS BIGINT) FROM counters WHERE kind = $1 AND org_id IN "                              \
  "(SELECT id FROM orgs WHERE path >= $2 AND path < $3) GROUP BY name ORDER BY name"

static WuyouDbStmt *
query_blocks (WuyouDbConn *conn, const char *kind, const WuyouRecordQuery *query, GError **error)
{
  g_autofree char *end = NULL;

  if (_wuyou_scope_is_all (query->scope))
    return wuyou_db_query (conn, error, query->ascending ? SELECT_ALL : SELECT_ALL " DESC", "t", kind);
  end = _wuyou_scope_end (query->scope);
  return wuyou_db_query (conn, error, query->ascending ? SELECT_SCOPE : SELECT_SCOPE " DESC", "ttt", kind, query->scope,
                         end);
}

gboolean
_wuyou_record_jump (WuyouDbConn *conn,
                    const WuyouRecordType *type,
                    const WuyouRecordQuery *query,
                    gint64 *after_seq,
                    gint64 *skip,
                    GError **error)
{
  g_autofree char *kind = dup_kind (type);
  WuyouDbStmt *stmt = query_blocks (conn, kind, query, error);
  WuyouDbResult result = WUYOU_DB_ERROR;

  while (stmt != NULL && (result = wuyou_db_step (stmt, error)) == WUYOU_DB_ROW) {
    gint64 block = g_ascii_strtoll (wuyou_db_column_text (stmt, 0), NULL, 16);
    gint64 count = wuyou_db_column_int (stmt, 1);

    if (count > *skip)
      break;
    *skip -= count;
    *after_seq = query->ascending ? (block + 1) * WUYOU_BLOCK_SIZE - 1 : MAX (block * WUYOU_BLOCK_SIZE, 1);
  }
  return result != WUYOU_DB_ERROR;
}
