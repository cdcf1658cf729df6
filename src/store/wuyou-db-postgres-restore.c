/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wuyou-error.h"
#include "wuyou-db-postgres-private.h"

/* A database that is being restored holds a table of this name, and opens only for who calls himself as it says below.
 * It is made before anything else and goes last, so that what stands beside it was never served by anybody. */
#define MARK "wuyou_restoring"
#define RESTORER "wuyou-restore"

gboolean
_wuyou_postgres_check_restored (PostgresConn *conn, GError **error)
{
  PGresult *result = NULL;
  gboolean restored;

  if (PQsendQuery (conn->handle, "SELECT 1 WHERE to_regclass('" MARK "') IS NOT NULL "
                                 "AND current_setting('application_name') <> '" RESTORER "'"))
    result = _wuyou_postgres_conn_wait (conn, error);
  else
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_UNAVAILABLE, "PostgreSQL: connection lost");
  if (result == NULL)
    return FALSE;
  restored = PQntuples (result) == 0;
  PQclear (result);
  if (!restored)
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_CORRUPT,
                         _ ("A restore into this database has not ended. If none is running, start it again."));
  return restored;
}

/* Of two application names in an address the last one counts. */
static char *
build_work_uri (const char *uri)
{
  return g_strconcat (uri, strchr (uri, '?') != NULL ? "&" : "?", "application_name=" RESTORER, NULL);
}

static gboolean
drop_tables (WuyouDbConn *conn, GError **error)
{
  return wuyou_db_exec (conn,
                        "DO $$ DECLARE name text; BEGIN "
                        "FOR name IN SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = current_schema() "
                        "LOOP EXECUTE 'DROP TABLE ' || name || ' CASCADE'; END LOOP; END $$",
                        error);
}

static gboolean
count (WuyouDbConn *conn, const char *sql, gint64 *ret_count, GError **error)
{
  WuyouDbStmt *stmt = wuyou_db_query (conn, error, sql, "");

  if (stmt == NULL || wuyou_db_step (stmt, error) != WUYOU_DB_ROW)
    return FALSE;
  *ret_count = wuyou_db_column_int (stmt, 0);
  return TRUE;
}

/* Only what a restore put there: a publishing whose answer was lost has taken the mark away, and all is served. */
static gboolean
drop_unfinished (WuyouDbConn *conn, gpointer data G_GNUC_UNUSED, GError **error)
{
  gint64 marks;

  return count (conn, "SELECT count(*) FROM pg_tables WHERE tablename = '" MARK "' AND schemaname = current_schema()",
                &marks, error)
         && (marks == 0 || drop_tables (conn, error));
}

static gboolean
take_place (WuyouDbConn *conn, gpointer data G_GNUC_UNUSED, GError **error)
{
  gint64 tables;

  if (!drop_unfinished (conn, NULL, error)
      || !count (conn, "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()", &tables, error))
    return FALSE;
  if (tables == 0)
    return wuyou_db_exec (conn, "CREATE TABLE " MARK " ()", error);
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_CONFLICT,
                       _ ("The database holds tables already. Restore into an empty one."));
  return FALSE;
}

static gboolean
drop_mark (WuyouDbConn *conn, gpointer data G_GNUC_UNUSED, GError **error)
{
  return wuyou_db_exec (conn, "DROP TABLE " MARK, error);
}

static gboolean
run_write (const char *uri, WuyouDbFunc fn, GError **error)
{
  g_autofree char *work = build_work_uri (uri);
  g_autoptr (WuyouDb) db = wuyou_db_open (work, error);

  return db != NULL && wuyou_db_write (db, fn, NULL, error);
}

char *
_wuyou_postgres_begin_restore (const char *path, const char *uri, GError **error)
{
  const char *const argv[]
      = { "pg_restore", "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error", "--dbname", uri,
          path,         NULL };

  if (!run_write (uri, take_place, error))
    return NULL;
  if (_wuyou_postgres_run_tool (argv, WUYOU_ERROR_CONFLICT, error))
    return build_work_uri (uri);
  _wuyou_postgres_cancel_restore (uri);
  return NULL;
}

gboolean
_wuyou_postgres_publish_restore (const char *uri, GError **error)
{
  return run_write (uri, drop_mark, error);
}

void
_wuyou_postgres_cancel_restore (const char *uri)
{
  run_write (uri, drop_unfinished, NULL);
}
