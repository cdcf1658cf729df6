/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "sales/wuyou-contract.h"
#include "wuyou-counter-store.h"
#include "wuyou-record-store.h"
#include "wuyou-sql-capture.h"

/* Floor of server.list: what a page of the list says to SQLite, said again in a loop by bare connections.
 * floor-list DATABASE FOLDER SCOPE ROWS THREADS: prints the number of its statements and rows; then, for every line of
 * standard input, which is a number of seconds, pages a second. */
static const char *const selects[] = { "SELECT ", NULL };

typedef struct {
  const char *path, *scope;
  WuyouStore *store;
  guint limit;
  GPtrArray *statements;
  gint64 until;
  guint64 pages; /* of all threads */
  guint rows;    /* of one page */
} Floor;

static gboolean
read_page (WuyouDbConn *conn, gpointer data, GError **error)
{
  Floor *floor = data;
  const WuyouRecordQuery query = { .scope = floor->scope, .list_only = TRUE, .limit = floor->limit };
  g_autoptr (GHashTable) counts = wuyou_counter_read (conn, "contract", floor->scope, error);
  g_autoptr (GPtrArray) contracts = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_contract_free);

  return counts != NULL && wuyou_record_list (conn, floor->store, &wuyou_contract_type, &query, contracts, error);
}

static gboolean
capture (Floor *floor, const char *folder, GError **error)
{
  g_autofree char *uri = g_strconcat ("sqlite:", floor->path, NULL);
  gboolean good;

  wuyou_sql_capture_install ();
  floor->store = wuyou_store_open (uri, folder, &wuyou_clock_system, error);
  if (floor->store == NULL)
    return FALSE;
  wuyou_sql_capture_begin (selects);
  good = wuyou_db_read (wuyou_store_get_db (floor->store), read_page, floor, error);
  floor->statements = wuyou_sql_capture_take ();
  wuyou_store_close (floor->store);
  return good;
}

static guint
run_statement (sqlite3 *db, sqlite3_stmt *stmt)
{
  guint n_rows = 0;
  int code;

  while ((code = sqlite3_step (stmt)) == SQLITE_ROW) {
    for (int i = 0; i < sqlite3_column_count (stmt); i++)
      if (sqlite3_column_type (stmt, i) == SQLITE_INTEGER)
        sqlite3_column_int64 (stmt, i);
      else
        sqlite3_column_blob (stmt, i);
    n_rows++;
  }
  wuyou_sql_must (db, code, SQLITE_DONE);
  sqlite3_reset (stmt);
  return n_rows;
}

static sqlite3 *
open_bare (Floor *floor, sqlite3_stmt **stmts)
{
  sqlite3 *db;

  wuyou_sql_must (NULL, sqlite3_open_v2 (floor->path, &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL),
                  SQLITE_OK);
  wuyou_sql_must (db,
                  sqlite3_exec (db, "PRAGMA query_only=ON; PRAGMA cache_size=-16384; PRAGMA mmap_size=2147418112", NULL,
                                NULL, NULL),
                  SQLITE_OK);
  for (guint i = 0; i < floor->statements->len; i++) {
    const WuyouSqlStatement *statement = floor->statements->pdata[i];

    wuyou_sql_must (db, sqlite3_prepare_v3 (db, statement->sql, -1, SQLITE_PREPARE_PERSISTENT, &stmts[i], NULL),
                    SQLITE_OK);
    wuyou_sql_bind (stmts[i], statement);
  }
  return db;
}

static gpointer
run_loop (gpointer data)
{
  Floor *floor = data;
  guint n = floor->statements->len;
  g_autofree sqlite3_stmt **stmts = g_new0 (sqlite3_stmt *, n);
  sqlite3 *db = open_bare (floor, stmts);
  guint64 pages = 0;
  guint rows = 0;

  do {
    rows = 0;
    wuyou_sql_must (db, sqlite3_exec (db, "BEGIN", NULL, NULL, NULL), SQLITE_OK);
    for (guint i = 0; i < n; i++)
      rows = MAX (rows, run_statement (db, stmts[i]));
    wuyou_sql_must (db, sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
    pages++;
  } while (g_get_monotonic_time () < floor->until);
  for (guint i = 0; i < n; i++)
    sqlite3_finalize (stmts[i]);
  sqlite3_close (db);
  floor->rows = rows;
  return GSIZE_TO_POINTER ((gsize) pages);
}

static double
run_threads (Floor *floor, guint n_threads, double seconds)
{
  g_autofree GThread **threads = g_new0 (GThread *, n_threads);
  gint64 start = g_get_monotonic_time ();
  guint64 pages = 0;

  floor->until = start + (gint64) (seconds * G_USEC_PER_SEC);
  for (guint i = 0; i < n_threads; i++)
    threads[i] = g_thread_new ("floor", run_loop, floor);
  for (guint i = 0; i < n_threads; i++)
    pages += GPOINTER_TO_SIZE (g_thread_join (threads[i]));
  return (double) pages * G_USEC_PER_SEC / (double) (g_get_monotonic_time () - start);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  Floor floor = { 0 };
  char line[64];

  if (argc != 6)
    return EXIT_FAILURE;
  floor = (Floor){ .path = argv[1], .scope = argv[3], .limit = (guint) strtoul (argv[4], NULL, 10) };
  if (!capture (&floor, argv[2], &error)) {
    g_printerr ("floor-list: %s\n", error->message);
    return EXIT_FAILURE;
  }
  run_threads (&floor, 1, 0);
  printf ("%u %u\n", floor.statements->len, floor.rows);
  fflush (stdout);
  while (fgets (line, sizeof line, stdin) != NULL) {
    printf ("%.3f\n", run_threads (&floor, (guint) strtoul (argv[5], NULL, 10), g_ascii_strtod (line, NULL)));
    fflush (stdout);
  }
  g_ptr_array_unref (floor.statements);
  return EXIT_SUCCESS;
}
