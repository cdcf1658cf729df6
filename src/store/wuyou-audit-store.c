/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-audit-store.h"

#include "wuyou-audit-private.h"
#include "wuyou-record-sql.h"

gboolean
wuyou_audit_insert (WuyouDbConn *conn, const WuyouActor *actor, const WuyouAuditEntry *entry, GError **error)
{
  return wuyou_db_run (conn, error,
                       "INSERT INTO audit (at, account_id, session_id, device_id, actor_scope, purpose, address, "
                       "action, object, object_id, scope, version, outcome, reason, detail) "
                       "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
                       "itttttttttt"
                       "ittt",
                       actor->at, actor->account_id, actor->session_id, actor->device_id, actor->scope, actor->purpose,
                       actor->address, entry->action, entry->object, entry->object_id, entry->scope, entry->version,
                       entry->outcome != NULL ? entry->outcome : "OK", entry->reason, entry->detail)
         && wuyou_db_notify (conn, WUYOU_CHANNEL_SEAL, FALSE, error);
}

void
wuyou_audit_row_free (WuyouAuditRow *row)
{
  g_free (row->account_id);
  g_free (row->session_id);
  g_free (row->device_id);
  g_free (row->actor_scope);
  g_free (row->purpose);
  g_free (row->address);
  g_free (row->action);
  g_free (row->object);
  g_free (row->object_id);
  g_free (row->scope);
  g_free (row->outcome);
  g_free (row->reason);
  g_free (row->detail);
  g_free (row);
}

WuyouAuditRow *
_wuyou_audit_read_row (WuyouDbStmt *stmt)
{
  WuyouAuditRow *row = g_new0 (WuyouAuditRow, 1);
  char **texts[] = { &row->account_id, &row->session_id, &row->device_id, &row->actor_scope, &row->purpose,
                     &row->address,    &row->action,     &row->object,    &row->object_id,   &row->scope,
                     &row->outcome,    &row->reason,     &row->detail };

  row->seq = wuyou_db_column_int (stmt, 0);
  row->position = wuyou_db_column_int (stmt, 1);
  row->at = wuyou_db_column_int (stmt, 2);
  row->version = wuyou_db_column_int (stmt, 3);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    *texts[i] = g_strdup (wuyou_db_column_text (stmt, (int) i + 4));
  return row;
}

static const char select_rows[]
    = "SELECT " WUYOU_AUDIT_COLUMNS " FROM audit WHERE seq < $1 "
      "AND (CAST($2 AS TEXT) IS NULL OR account_id = $2) AND (CAST($3 AS TEXT) IS NULL OR object = $3) "
      "AND (CAST($4 AS TEXT) IS NULL OR object_id = $4) "
      "AND (CAST($5 AS TEXT) IS NULL OR (scope >= $5 AND scope < $6)) ORDER BY seq DESC LIMIT $7";
static const char select_of_account[]
    = "SELECT " WUYOU_AUDIT_COLUMNS " FROM audit WHERE seq < $1 AND account_id = $2 "
      "AND (CAST($3 AS TEXT) IS NULL OR object = $3) AND (CAST($4 AS TEXT) IS NULL OR object_id = $4) "
      "AND (CAST($5 AS TEXT) IS NULL OR (scope >= $5 AND scope < $6)) ORDER BY seq DESC LIMIT $7";
static const char select_of_object[]
    = "SELECT " WUYOU_AUDIT_COLUMNS " FROM audit WHERE seq < $1 "
      "AND (CAST($2 AS TEXT) IS NULL OR account_id = $2) AND (CAST($3 AS TEXT) IS NULL OR object = $3) "
      "AND object_id = $4 "
      "AND (CAST($5 AS TEXT) IS NULL OR (scope >= $5 AND scope < $6)) ORDER BY seq DESC LIMIT $7";

/* Three texts, so that each finds its index. */
static const char *
choose_select (const WuyouAuditQuery *query)
{
  if (query->object_id != NULL)
    return select_of_object;
  return query->account_id != NULL ? select_of_account : select_rows;
}

gboolean
wuyou_audit_list (WuyouDbConn *conn, const WuyouAuditQuery *query, GPtrArray *ret_rows, GError **error)
{
  const char *scope = _wuyou_scope_is_all (query->scope) ? NULL : query->scope;
  g_autofree char *end = scope != NULL ? _wuyou_scope_end (scope) : NULL;
  WuyouDbResult result;
  WuyouDbStmt *stmt
      = wuyou_db_query (conn, error, choose_select (query), "ittttti", query->before_seq, query->account_id,
                        query->object, query->object_id, scope, end, (gint64) CLAMP (query->limit, 1, 1000));

  if (stmt == NULL)
    return FALSE;
  while ((result = wuyou_db_step (stmt, error)) == WUYOU_DB_ROW)
    g_ptr_array_add (ret_rows, _wuyou_audit_read_row (stmt));
  return result == WUYOU_DB_DONE;
}
