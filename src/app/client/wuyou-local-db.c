/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "client/wuyou-local-db.h"

#include <sqlite3.h>

#include "base/wuyou-error.h"

#define SCHEMA_VERSION 1
#define MOST_LOG_PAGES 1000

struct _WuyouLocalDb {
  sqlite3 *sqlite;
  sqlite3_stmt *put;
  sqlite3_stmt *remove;
  sqlite3_stmt *get;
  sqlite3_stmt *each;
  int log_pages; /* in the write-ahead log after the last commit */
};

static gboolean
set_error (WuyouLocalDb *db, int code, GError **error)
{
  WuyouError mapped = WUYOU_ERROR_INTERNAL;

  switch (code & 0xff) {
  case SQLITE_FULL:
  case SQLITE_IOERR:
  case SQLITE_CANTOPEN:
  case SQLITE_READONLY:
    mapped = WUYOU_ERROR_STORAGE_FULL;
    break;
  case SQLITE_CORRUPT:
  case SQLITE_NOTADB:
    mapped = WUYOU_ERROR_CORRUPT;
    break;
  default:
    break;
  }
  g_set_error (error, WUYOU_ERROR, mapped, "local file: %s", sqlite3_errmsg (db->sqlite));
  return FALSE;
}

static gboolean
execute (WuyouLocalDb *db, const char *sql, GError **error)
{
  int code = sqlite3_exec (db->sqlite, sql, NULL, NULL, NULL);

  return code == SQLITE_OK || set_error (db, code, error);
}

static gboolean
prepare (WuyouLocalDb *db, const char *sql, sqlite3_stmt **ret_statement, GError **error)
{
  int code = sqlite3_prepare_v3 (db->sqlite, sql, -1, SQLITE_PREPARE_PERSISTENT, ret_statement, NULL);

  return code == SQLITE_OK || set_error (db, code, error);
}

static gboolean
prepare_all (WuyouLocalDb *db, GError **error)
{
  return prepare (db,
                  "INSERT INTO item (kind, id, saved_at, sealed) VALUES (?1, ?2, ?3, ?4) "
                  "ON CONFLICT (kind, id) DO UPDATE SET saved_at = ?3, sealed = ?4",
                  &db->put, error)
         && prepare (db, "DELETE FROM item WHERE kind = ?1 AND id = ?2", &db->remove, error)
         && prepare (db, "SELECT sealed, saved_at FROM item WHERE kind = ?1 AND id = ?2", &db->get, error)
         && prepare (db, "SELECT id, saved_at, sealed FROM item WHERE kind = ?1 ORDER BY seq", &db->each, error);
}

static int
on_committed_cb (gpointer data, sqlite3 *sqlite, const char *name, int log_pages)
{
  WuyouLocalDb *db = data;

  db->log_pages = log_pages;
  return SQLITE_OK;
}

/* secure_delete: a discarded draft is not left readable in free pages, sealed or not. A commit is one write to the log
 * and waits for no platter (synchronous NORMAL, no check point inside it); wuyou_local_db_make_durable does that
 * afterwards. */
static gboolean
set_up (WuyouLocalDb *db, GError **error)
{
  return execute (db,
                  "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; "
                  "PRAGMA wal_autocheckpoint = 0; PRAGMA secure_delete = ON;",
                  error)
         && execute (
             db,
             "BEGIN IMMEDIATE; "
             "CREATE TABLE IF NOT EXISTS item (seq INTEGER PRIMARY KEY, kind INTEGER NOT NULL, id TEXT NOT NULL, "
             "saved_at INTEGER NOT NULL, sealed BLOB NOT NULL, UNIQUE (kind, id)) STRICT; "
             "PRAGMA user_version = " G_STRINGIFY (SCHEMA_VERSION) "; COMMIT;",
             error);
}

WuyouLocalDb *
wuyou_local_db_open (const char *path, GError **error)
{
  WuyouLocalDb *db = g_new0 (WuyouLocalDb, 1);
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
  int code = sqlite3_open_v2 (path, &db->sqlite, flags, NULL);

  if (code != SQLITE_OK)
    set_error (db, code, error);
  else if (set_up (db, error) && prepare_all (db, error)) {
    sqlite3_wal_hook (db->sqlite, on_committed_cb, db);
    return db;
  }
  wuyou_local_db_close (db);
  return NULL;
}

void
wuyou_local_db_close (WuyouLocalDb *db)
{
  sqlite3_finalize (db->put);
  sqlite3_finalize (db->remove);
  sqlite3_finalize (db->get);
  sqlite3_finalize (db->each);
  sqlite3_close (db->sqlite);
  g_free (db);
}

gboolean
wuyou_local_db_begin (WuyouLocalDb *db, GError **error)
{
  return execute (db, "BEGIN IMMEDIATE", error);
}

gboolean
wuyou_local_db_commit (WuyouLocalDb *db, GError **error)
{
  return execute (db, "COMMIT", error);
}

/* A check point writes the log's header anew, and the next commit would wait for that: not after every one. */
static gboolean
check_point (WuyouLocalDb *db, GError **error)
{
  int code = sqlite3_wal_checkpoint_v2 (db->sqlite, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);

  return code == SQLITE_OK || code == SQLITE_BUSY || set_error (db, code, error);
}

gboolean
wuyou_local_db_make_durable (WuyouLocalDb *db, GError **error)
{
  sqlite3_file *log = NULL;
  int code = sqlite3_file_control (db->sqlite, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);

  if (code == SQLITE_OK && log != NULL && log->pMethods != NULL)
    code = log->pMethods->xSync (log, SQLITE_SYNC_NORMAL);
  if (code != SQLITE_OK)
    return set_error (db, code, error);
  return db->log_pages < MOST_LOG_PAGES || check_point (db, error);
}

void
wuyou_local_db_rollback (WuyouLocalDb *db)
{
  if (!sqlite3_get_autocommit (db->sqlite))
    execute (db, "ROLLBACK", NULL);
}

static gboolean
run (WuyouLocalDb *db, sqlite3_stmt *statement, GError **error)
{
  int code = sqlite3_step (statement);

  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
  return code == SQLITE_DONE || set_error (db, code, error);
}

gboolean
wuyou_local_db_put (WuyouLocalDb *db, int kind, const char *id, gint64 saved_at, GBytes *sealed, GError **error)
{
  gsize length;
  const void *data = g_bytes_get_data (sealed, &length);

  sqlite3_bind_int (db->put, 1, kind);
  sqlite3_bind_text (db->put, 2, id, -1, SQLITE_TRANSIENT);
  sqlite3_bind_int64 (db->put, 3, saved_at);
  sqlite3_bind_blob64 (db->put, 4, data, length, SQLITE_TRANSIENT);
  return run (db, db->put, error);
}

gboolean
wuyou_local_db_delete (WuyouLocalDb *db, int kind, const char *id, GError **error)
{
  sqlite3_bind_int (db->remove, 1, kind);
  sqlite3_bind_text (db->remove, 2, id, -1, SQLITE_TRANSIENT);
  return run (db, db->remove, error);
}

static GBytes *
column_bytes (sqlite3_stmt *statement, int column)
{
  const void *data = sqlite3_column_blob (statement, column);

  return g_bytes_new (data, sqlite3_column_bytes (statement, column));
}

GBytes *
wuyou_local_db_get (WuyouLocalDb *db, int kind, const char *id, gint64 *ret_saved_at)
{
  GBytes *bytes = NULL;

  sqlite3_bind_int (db->get, 1, kind);
  sqlite3_bind_text (db->get, 2, id, -1, SQLITE_TRANSIENT);
  if (sqlite3_step (db->get) == SQLITE_ROW) {
    bytes = column_bytes (db->get, 0);
    if (ret_saved_at != NULL)
      *ret_saved_at = sqlite3_column_int64 (db->get, 1);
  }
  sqlite3_reset (db->get);
  return bytes;
}

void
wuyou_local_db_each (WuyouLocalDb *db,
                     int kind,
                     void (*row) (const char *id, gint64 saved_at, GBytes *sealed, gpointer data),
                     gpointer data)
{
  sqlite3_bind_int (db->each, 1, kind);
  while (sqlite3_step (db->each) == SQLITE_ROW) {
    g_autoptr (GBytes) sealed = column_bytes (db->each, 2);

    row ((const char *) sqlite3_column_text (db->each, 0), sqlite3_column_int64 (db->each, 1), sealed, data);
  }
  sqlite3_reset (db->each);
}
