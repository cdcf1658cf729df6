/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-db-postgres-private.h"

/* A GIN index over an array of the tokens as 64-bit numbers. */

gboolean
_wuyou_postgres_search_create (WuyouDbConn *conn, const char *index, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("CREATE TABLE \"%s\" (seq BIGINT PRIMARY KEY, tokens BIGINT[] NOT NULL);"
                                          "CREATE INDEX \"%s_tokens\" ON \"%s\" USING gin (tokens)",
                                          index, index, index);

  return wuyou_db_exec (conn, sql, error);
}

static char *
format_tokens (GPtrArray *tokens)
{
  GString *text = g_string_new ("{");

  for (guint i = 0; i < tokens->len; i++) {
    gint64 number = (gint64) g_ascii_strtoull (tokens->pdata[i], NULL, 16);

    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "", number);
  }
  g_string_append_c (text, '}');
  return g_string_free (text, FALSE);
}

gboolean
_wuyou_postgres_search_put (WuyouDbConn *conn, const char *index, gint64 seq, GPtrArray *tokens, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("INSERT INTO \"%s\" (seq, tokens) VALUES ($1, CAST($2 AS BIGINT[]))", index);
  g_autofree char *text = format_tokens (tokens);

  return wuyou_db_run (conn, error, sql, "it", seq, text);
}

gboolean
_wuyou_postgres_search_delete (WuyouDbConn *conn,
                               const char *index,
                               gint64 seq,
                               GPtrArray *tokens G_GNUC_UNUSED,
                               GError **error)
{
  g_autofree char *sql = g_strdup_printf ("DELETE FROM \"%s\" WHERE seq = $1", index);

  return wuyou_db_run (conn, error, sql, "i", seq);
}

static gboolean
read_seqs (WuyouDbStmt *stmt, GArray *ret_seqs, GError **error)
{
  WuyouDbResult result;

  while ((result = wuyou_db_step (stmt, error)) == WUYOU_DB_ROW) {
    gint64 seq = wuyou_db_column_int (stmt, 0);

    g_array_append_val (ret_seqs, seq);
  }
  return result == WUYOU_DB_DONE;
}

/* Planned anew for these very tokens: a plan for any walks the table from its new end, which is right for a surname and
 * reads every record for a token of one. */
gboolean
_wuyou_postgres_search_query (WuyouDbConn *conn,
                              const char *index,
                              GPtrArray *groups,
                              gint64 before,
                              guint limit,
                              GArray *ret_seqs,
                              GError **error)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  WuyouDbStmt *stmt;

  g_string_printf (sql, "SELECT seq FROM \"%s\" WHERE seq < $1", index);
  for (guint i = 0; i < groups->len; i++)
    g_string_append_printf (sql, " AND tokens && CAST($%u AS BIGINT[])", i + 3);
  g_string_append (sql, " ORDER BY seq DESC LIMIT $2");
  stmt = wuyou_db_prepare (conn, sql->str, error);
  if (stmt == NULL || !_wuyou_postgres_conn_exec (conn, "SET LOCAL plan_cache_mode = force_custom_plan", error))
    return FALSE;
  wuyou_db_bind_int (stmt, 1, before);
  wuyou_db_bind_int (stmt, 2, limit);
  for (guint i = 0; i < groups->len; i++) {
    g_autofree char *text = format_tokens (groups->pdata[i]);

    wuyou_db_bind_text (stmt, (int) i + 3, text);
  }
  return read_seqs (stmt, ret_seqs, error)
         && _wuyou_postgres_conn_exec (conn, "SET LOCAL plan_cache_mode = auto", error);
}
