/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-db-sqlite-private.h"

#include <errno.h>
#include <string.h>

#include "base/wuyou-error.h"

#define BUSY_MILLISECONDS 5000
#define PROGRESS_STEPS 20000 /* virtual machine steps between two looks at the clock, about 1 ms */

typedef struct {
  WuyouDbStmt base;
  sqlite3_stmt *handle;
  int bind_code;
} SqliteStmt;

static gboolean
is_full (int number)
{
  return number == ENOSPC || number == EDQUOT || number == EFBIG;
}

/* SQLite itself knows only ENOSPC; the rest is asked of the database file and its log. */
static WuyouError
map_io_error (sqlite3 *handle)
{
  sqlite3_file *log = NULL;
  int of_file = 0, of_log = 0;

  sqlite3_file_control (handle, "main", SQLITE_FCNTL_LAST_ERRNO, &of_file);
  if (sqlite3_file_control (handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log) == SQLITE_OK && log != NULL
      && log->pMethods != NULL)
    log->pMethods->xFileControl (log, SQLITE_FCNTL_LAST_ERRNO, &of_log);
  if (is_full (sqlite3_system_errno (handle)) || is_full (of_file) || is_full (of_log))
    return WUYOU_ERROR_STORAGE_FULL;
  return WUYOU_ERROR_UNAVAILABLE;
}

static WuyouError
map_constraint (int code)
{
  switch (code) {
  case SQLITE_CONSTRAINT_UNIQUE:
  case SQLITE_CONSTRAINT_PRIMARYKEY:
  case SQLITE_CONSTRAINT_ROWID:
    return WUYOU_ERROR_CONFLICT;
  default:
    return WUYOU_ERROR_INTERNAL;
  }
}

static WuyouError
map_code (sqlite3 *handle, int code)
{
  switch (code & 0xff) {
  case SQLITE_FULL:
    return WUYOU_ERROR_STORAGE_FULL;
  case SQLITE_IOERR:
    return map_io_error (handle);
  case SQLITE_CORRUPT:
  case SQLITE_NOTADB:
    return WUYOU_ERROR_CORRUPT;
  case SQLITE_CONSTRAINT:
    return map_constraint (code);
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
    return WUYOU_ERROR_BUSY;
  case SQLITE_INTERRUPT:
    return WUYOU_ERROR_TIMEOUT;
  case SQLITE_CANTOPEN:
  case SQLITE_READONLY:
  case SQLITE_PERM:
  case SQLITE_NOMEM:
    return WUYOU_ERROR_UNAVAILABLE;
  default:
    return WUYOU_ERROR_INTERNAL;
  }
}

void
_wuyou_sqlite_set_error (sqlite3 *handle, int code, GError **error)
{
  g_set_error (error, WUYOU_ERROR, map_code (handle, code), "SQLite: %s", sqlite3_errmsg (handle));
}

static int
on_progress_cb (gpointer data)
{
  SqliteConn *conn = data;

  return conn->deadline != 0 && g_get_monotonic_time () > conn->deadline;
}

static const char writer_pragmas[] = "PRAGMA journal_mode=WAL;"
                                     "PRAGMA synchronous=FULL;"
                                     "PRAGMA wal_autocheckpoint=8000;"
                                     "PRAGMA journal_size_limit=134217728;"
                                     "PRAGMA cache_size=-131072;"
                                     "PRAGMA foreign_keys=ON;"
                                     "PRAGMA trusted_schema=OFF;"
                                     "PRAGMA temp_store=MEMORY;";
/* Mapped: of a million records most pages are not in the cache of a connection, and a call of the kernel for each is
 * what a search costs then. A disk that fails under a mapping ends the process, not only the query. */
static const char reader_pragmas[] = "PRAGMA query_only=ON;"
                                     "PRAGMA cache_size=-16384;"
                                     "PRAGMA mmap_size=2147418112;"
                                     "PRAGMA trusted_schema=OFF;"
                                     "PRAGMA temp_store=MEMORY;";

/* SQLite counts all its memory under one lock, which the threads of a server then wait for at every allocation. It may
 * be told so once, before its first use; whoever used it earlier keeps the count. */
static void
stop_counting_memory (void)
{
  static gsize done = 0;

  if (g_once_init_enter (&done)) {
    sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
    g_once_init_leave (&done, 1);
  }
}

SqliteConn *
_wuyou_sqlite_conn_open (WuyouDb *db, const char *path, gboolean writer, GError **error)
{
  SqliteConn *conn = g_new0 (SqliteConn, 1);
  int flags = (writer ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY) | SQLITE_OPEN_NOMUTEX;
  int code;

  stop_counting_memory ();
  _wuyou_db_conn_init (&conn->base, db, 0);
  code = sqlite3_open_v2 (path, &conn->handle, flags, NULL);
  if (code == SQLITE_OK) {
    sqlite3_extended_result_codes (conn->handle, 1);
    sqlite3_busy_timeout (conn->handle, BUSY_MILLISECONDS);
    if (!writer)
      sqlite3_progress_handler (conn->handle, PROGRESS_STEPS, on_progress_cb, conn);
    if (_wuyou_sqlite_conn_exec (&conn->base, writer ? writer_pragmas : reader_pragmas, error))
      return conn;
  } else {
    _wuyou_sqlite_set_error (conn->handle, code, error);
  }
  _wuyou_sqlite_conn_close (conn);
  return NULL;
}

void
_wuyou_sqlite_conn_close (SqliteConn *conn)
{
  _wuyou_db_conn_clear (&conn->base);
  sqlite3_close (conn->handle);
  g_free (conn);
}

gboolean
_wuyou_sqlite_conn_exec (WuyouDbConn *conn, const char *sql, GError **error)
{
  sqlite3 *handle = ((SqliteConn *) conn)->handle;
  int code = sqlite3_exec (handle, sql, NULL, NULL, NULL);

  if (code != SQLITE_OK)
    _wuyou_sqlite_set_error (handle, code, error);
  return code == SQLITE_OK;
}

/* SQLite numbers $1 as a name by its first appearance; ?1 is a number. */
static char *
number_parameters (const char *sql)
{
  char *copy = g_strdup (sql);
  gboolean quoted = FALSE;

  for (char *c = copy; *c != '\0'; c++) {
    if (*c == '\'')
      quoted = !quoted;
    else if (*c == '$' && !quoted && g_ascii_isdigit (c[1]))
      *c = '?';
  }
  return copy;
}

WuyouDbStmt *
_wuyou_sqlite_prepare (WuyouDbConn *conn, const char *sql, GError **error)
{
  g_autofree char *text = number_parameters (sql);
  sqlite3 *handle = ((SqliteConn *) conn)->handle;
  sqlite3_stmt *stmt_handle = NULL;
  SqliteStmt *stmt;
  int code = sqlite3_prepare_v3 (handle, text, -1, SQLITE_PREPARE_PERSISTENT, &stmt_handle, NULL);

  if (code != SQLITE_OK) {
    _wuyou_sqlite_set_error (handle, code, error);
    return NULL;
  }
  stmt = g_new0 (SqliteStmt, 1);
  stmt->handle = stmt_handle;
  return &stmt->base;
}

void
_wuyou_sqlite_finalize (WuyouDbStmt *stmt)
{
  sqlite3_finalize (((SqliteStmt *) stmt)->handle);
  g_free (stmt);
}

void
_wuyou_sqlite_reset (WuyouDbStmt *stmt)
{
  sqlite3_reset (((SqliteStmt *) stmt)->handle);
  sqlite3_clear_bindings (((SqliteStmt *) stmt)->handle);
  ((SqliteStmt *) stmt)->bind_code = SQLITE_OK;
}

static void
note_bind (SqliteStmt *stmt, int code)
{
  if (code != SQLITE_OK)
    stmt->bind_code = code;
}

void
_wuyou_sqlite_bind_int (WuyouDbStmt *stmt, int index, gint64 value)
{
  SqliteStmt *self = (SqliteStmt *) stmt;

  note_bind (self, sqlite3_bind_int64 (self->handle, index, value));
}

void
_wuyou_sqlite_bind_text (WuyouDbStmt *stmt, int index, const char *value)
{
  SqliteStmt *self = (SqliteStmt *) stmt;

  note_bind (self, sqlite3_bind_text (self->handle, index, value, -1, SQLITE_TRANSIENT));
}

void
_wuyou_sqlite_bind_blob (WuyouDbStmt *stmt, int index, gconstpointer data, gsize length)
{
  SqliteStmt *self = (SqliteStmt *) stmt;

  note_bind (self, sqlite3_bind_blob64 (self->handle, index, data, length, SQLITE_TRANSIENT));
}

void
_wuyou_sqlite_bind_null (WuyouDbStmt *stmt, int index)
{
  SqliteStmt *self = (SqliteStmt *) stmt;

  note_bind (self, sqlite3_bind_null (self->handle, index));
}

WuyouDbResult
_wuyou_sqlite_step (WuyouDbStmt *stmt, GError **error)
{
  SqliteStmt *self = (SqliteStmt *) stmt;
  int code = self->bind_code != SQLITE_OK ? self->bind_code : sqlite3_step (self->handle);

  if (code == SQLITE_ROW)
    return WUYOU_DB_ROW;
  if (code != SQLITE_DONE)
    _wuyou_sqlite_set_error (((SqliteConn *) stmt->conn)->handle, code, error);
  sqlite3_reset (self->handle);
  return code == SQLITE_DONE ? WUYOU_DB_DONE : WUYOU_DB_ERROR;
}

gint64
_wuyou_sqlite_column_int (WuyouDbStmt *stmt, int index)
{
  return sqlite3_column_int64 (((SqliteStmt *) stmt)->handle, index);
}

const char *
_wuyou_sqlite_column_text (WuyouDbStmt *stmt, int index)
{
  return (const char *) sqlite3_column_text (((SqliteStmt *) stmt)->handle, index);
}

gconstpointer
_wuyou_sqlite_column_blob (WuyouDbStmt *stmt, int index, gsize *ret_length)
{
  SqliteStmt *self = (SqliteStmt *) stmt;
  gconstpointer data = sqlite3_column_blob (self->handle, index);

  *ret_length = (gsize) sqlite3_column_bytes (self->handle, index);
  return data;
}

gboolean
_wuyou_sqlite_column_is_null (WuyouDbStmt *stmt, int index)
{
  return sqlite3_column_type (((SqliteStmt *) stmt)->handle, index) == SQLITE_NULL;
}
