/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-db.h"

#include "base/wuyou-error.h"
#include "wuyou-db-search.h"

typedef struct {
  const WuyouDbMigration *steps;
  guint n;
  guint next; /* index of the step to apply */
  int version;
} Run;

static gboolean
create_step_table (WuyouDbConn *conn, gpointer data G_GNUC_UNUSED, GError **error)
{
  return wuyou_db_exec (conn,
                        "CREATE TABLE IF NOT EXISTS schema_steps (number {int} PRIMARY KEY, name {text} NOT NULL, "
                        "sha256 {text} NOT NULL, applied_at {int} NOT NULL) {strict}",
                        error);
}

static gboolean
refuse (GError **error, WuyouError code, int number, const char *why)
{
  g_set_error (error, WUYOU_ERROR, code, "Step %d of the database schema %s", number, why);
  return FALSE;
}

static gboolean
check_step (WuyouDbStmt *stmt, Run *run, GError **error)
{
  int number = (int) wuyou_db_column_int (stmt, 0);
  g_autofree char *sha256 = NULL;

  if (number != run->version + 1)
    return refuse (error, WUYOU_ERROR_CORRUPT, run->version + 1, "is missing: the schema is half-migrated");
  if ((guint) number > run->n)
    return refuse (error, WUYOU_ERROR_UPGRADE_REQUIRED, number, "is newer than this program; update the program");
  sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, run->steps[number - 1].sql, -1);
  if (!g_str_equal (sha256, wuyou_db_column_text (stmt, 1)))
    return refuse (error, WUYOU_ERROR_CORRUPT, number, "was applied in another form than this program has");
  run->version = number;
  return TRUE;
}

static gboolean
check_steps (WuyouDbConn *conn, gpointer data, GError **error)
{
  Run *run = data;
  WuyouDbStmt *stmt = wuyou_db_query (conn, error, "SELECT number, sha256 FROM schema_steps ORDER BY number", "");
  WuyouDbResult result;

  if (stmt == NULL)
    return FALSE;
  run->version = 0;
  while ((result = wuyou_db_step (stmt, error)) == WUYOU_DB_ROW)
    if (!check_step (stmt, run, error))
      return FALSE;
  return result == WUYOU_DB_DONE;
}

/* The number is the primary key: of two processes that migrate at the same time one gets CONFLICT. */
static gboolean
apply_step (WuyouDbConn *conn, gpointer data, GError **error)
{
  Run *run = data;
  const WuyouDbMigration *step = &run->steps[run->next];
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, step->sql, -1);

  return wuyou_db_run (conn, error,
                       "INSERT INTO schema_steps (number, name, sha256, applied_at) VALUES ($1, $2, $3, $4)", "itti",
                       (gint64) run->next + 1, step->name, sha256, g_get_real_time ())
         && wuyou_db_exec (conn, step->sql, error)
         && (step->search_index == NULL || wuyou_db_search_create (conn, step->search_index, error));
}

gboolean
wuyou_db_migrate (WuyouDb *db, const WuyouDbMigration *migrations, guint n, GError **error)
{
  Run run = { migrations, n, 0, 0 };

  if (!wuyou_db_write (db, create_step_table, NULL, error) || !wuyou_db_read (db, check_steps, &run, error))
    return FALSE;
  for (run.next = (guint) run.version; run.next < n; run.next++) {
    if (wuyou_db_write (db, apply_step, &run, error))
      continue;
    g_prefix_error (error, "%s: ", migrations[run.next].name);
    return FALSE;
  }
  return TRUE;
}

static gboolean
read_version (WuyouDbConn *conn, gpointer data, GError **error)
{
  WuyouDbStmt *stmt = wuyou_db_query (conn, error, "SELECT coalesce(max(number), 0) FROM schema_steps", "");

  if (stmt == NULL || wuyou_db_step (stmt, error) != WUYOU_DB_ROW)
    return FALSE;
  *(int *) data = (int) wuyou_db_column_int (stmt, 0);
  return TRUE;
}

gboolean
wuyou_db_schema_version (WuyouDb *db, int *ret_version, GError **error)
{
  return wuyou_db_read (db, read_version, ret_version, error);
}
