/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-db-sqlite-private.h"

#define MERGE_PAGES 400 /* written by one transaction, for which others wait */

/* FTS5 without content as a posting list: appends to a log-structured index, where a plain table of tokens would
 * touch one random page a token. */

gboolean
_wuyou_sqlite_search_create (WuyouDbConn *conn, const char *index, GError **error)
{
  g_autofree char *sql = g_strdup_printf (
      "CREATE VIRTUAL TABLE \"%s\" USING fts5(tokens, content='', detail=none, columnsize=0, tokenize='ascii')", index);

  return wuyou_db_exec (conn, sql, error);
}

static char *
join_tokens (GPtrArray *tokens, const char *separator)
{
  GString *text = g_string_sized_new (tokens->len * 20);

  for (guint i = 0; i < tokens->len; i++) {
    if (i > 0)
      g_string_append (text, separator);
    g_string_append (text, tokens->pdata[i]);
  }
  return g_string_free (text, FALSE);
}

gboolean
_wuyou_sqlite_search_put (WuyouDbConn *conn, const char *index, gint64 seq, GPtrArray *tokens, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("INSERT INTO \"%s\" (rowid, tokens) VALUES ($1, $2)", index);
  g_autofree char *text = join_tokens (tokens, " ");

  return wuyou_db_run (conn, error, sql, "it", seq, text);
}

gboolean
_wuyou_sqlite_search_delete (WuyouDbConn *conn, const char *index, gint64 seq, GPtrArray *tokens, GError **error)
{
  g_autofree char *sql
      = g_strdup_printf ("INSERT INTO \"%s\" (\"%s\", rowid, tokens) VALUES ('delete', $1, $2)", index, index);
  g_autofree char *text = join_tokens (tokens, " ");

  return wuyou_db_run (conn, error, sql, "it", seq, text);
}

static char *
build_match (GPtrArray *groups)
{
  GString *match = g_string_new (NULL);

  for (guint i = 0; i < groups->len; i++) {
    g_autofree char *group = join_tokens (groups->pdata[i], " OR ");

    g_string_append_printf (match, "%s(%s)", i > 0 ? " AND " : "", group);
  }
  return g_string_free (match, FALSE);
}

gboolean
_wuyou_sqlite_search_query (WuyouDbConn *conn,
                            const char *index,
                            GPtrArray *groups,
                            gint64 before,
                            guint limit,
                            GArray *ret_seqs,
                            GError **error)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT rowid FROM \"%s\" WHERE \"%s\" MATCH $1 AND rowid < $2 ORDER BY rowid DESC LIMIT $3", index, index);
  g_autofree char *match = build_match (groups);
  WuyouDbStmt *stmt = wuyou_db_query (conn, error, sql, "tii", match, before, (gint64) limit);
  WuyouDbResult result;

  if (stmt == NULL)
    return FALSE;
  while ((result = wuyou_db_step (stmt, error)) == WUYOU_DB_ROW) {
    gint64 seq = wuyou_db_column_int (stmt, 0);

    g_array_append_val (ret_seqs, seq);
  }
  return result == WUYOU_DB_DONE;
}

/* A negative number of pages takes all pieces together first; less than two changes: nothing was left to do (FTS5, "The
 * 'merge' Command"). */
gboolean
_wuyou_sqlite_search_merge (WuyouDbConn *conn, const char *index, gboolean begin, gboolean *ret_more, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("INSERT INTO \"%s\" (\"%s\", rank) VALUES ('merge', $1)", index, index);
  sqlite3 *handle = ((SqliteConn *) conn)->handle;
  gint64 before = sqlite3_total_changes64 (handle);

  if (!wuyou_db_run (conn, error, sql, "i", (gint64) (begin ? -MERGE_PAGES : MERGE_PAGES)))
    return FALSE;
  *ret_more = sqlite3_total_changes64 (handle) - before >= 2;
  return TRUE;
}
