/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-counter-store.h"

#include "wuyou-record-sql.h"

#define IN_SCOPE "org_id IN (SELECT id FROM orgs WHERE path >= $2 AND path < $3)"

/* Each connection has rows of its own, so that writers do not wait for one another. */
gboolean
wuyou_counter_add (WuyouDbConn *conn,
                   const char *kind,
                   const char *org_id,
                   const char *name,
                   gint64 amount,
                   GError **error)
{
  return wuyou_db_run (
      conn, error,
      "INSERT INTO counters (kind, org_id, name, shard, amount) VALUES ($1, $2, $3, $4, $5) "
      "ON CONFLICT (kind, org_id, name, shard) DO UPDATE SET amount = counters.amount + excluded.amount",
      "tttii", kind, org_id, name, (gint64) wuyou_db_shard (conn), amount);
}

static char *
dup_end (const char *scope)
{
  return _wuyou_scope_is_all (scope) ? g_strdup ("0") : _wuyou_scope_end (scope);
}

gboolean
wuyou_counter_get (WuyouDbConn *conn,
                   const char *kind,
                   const char *scope,
                   const char *name,
                   gint64 *ret_count,
                   GError **error)
{
  g_autoptr (GHashTable) counters = wuyou_counter_read (conn, kind, scope, error);
  const gint64 *count;

  if (counters == NULL)
    return FALSE;
  count = g_hash_table_lookup (counters, name);
  *ret_count = count != NULL ? *count : 0;
  return TRUE;
}

GHashTable *
wuyou_counter_read (WuyouDbConn *conn, const char *kind, const char *scope, GError **error)
{
  g_autoptr (GHashTable) counters = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *end = dup_end (scope);
  WuyouDbResult result;
  WuyouDbStmt *stmt = wuyou_db_query (
      conn, error,
      "SELECT name, CAST(sum(amount) AS BIGINT) FROM counters WHERE kind = $1 AND " IN_SCOPE " GROUP BY name", "ttt",
      kind, _wuyou_scope_is_all (scope) ? "/" : scope, end);

  if (stmt == NULL)
    return NULL;
  while ((result = wuyou_db_step (stmt, error)) == WUYOU_DB_ROW) {
    gint64 amount = wuyou_db_column_int (stmt, 1);

    if (amount != 0)
      g_hash_table_insert (counters, g_strdup (wuyou_db_column_text (stmt, 0)), g_memdup2 (&amount, sizeof amount));
  }
  return result == WUYOU_DB_DONE ? g_steal_pointer (&counters) : NULL;
}
