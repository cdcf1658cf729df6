/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <fcntl.h>
#include <glib-unix.h>
#include <string.h>
#include <unistd.h>

#include "base/wuyou-error.h"
#include "wuyou-db-postgres-private.h"
#include "wuyou-store.h"

/* A pool of blocking connections lent to the calling threads, and one that listens. */

#define MAX_CONNECTIONS 16
#define POOL_WAIT (5 * G_TIME_SPAN_SECOND)
#define RETRY_LIMIT (10 * G_TIME_SPAN_SECOND)
#define LISTENER_PAUSE 300 /* milliseconds before the next try to connect */

#define BEGIN_WRITE "BEGIN ISOLATION LEVEL SERIALIZABLE"
#define BEGIN_MAINTENANCE "BEGIN ISOLATION LEVEL REPEATABLE READ"
#define BEGIN_READ "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"

typedef struct {
  WuyouDb base;
  char *uri;
  GMutex lock;
  GCond free;
  GPtrArray *idle; /* PostgresConn */
  guint n_connections;

  GThread *listener;
  int wake[2]; /* pipe that ends the listener */
} PostgresDb;

typedef enum {
  OUTCOME_OK,
  OUTCOME_AGAIN, /* conflict with another transaction */
  OUTCOME_LOST,  /* connection gone before the commit was sent */
  OUTCOME_FAILED,
} Outcome;

/* NULL without error: the caller may open one more. */
static PostgresConn *
take_idle (PostgresDb *db, GError **error)
{
  gint64 until = g_get_monotonic_time () + POOL_WAIT;
  PostgresConn *conn = NULL;

  g_mutex_lock (&db->lock);
  while (db->idle->len == 0 && db->n_connections >= MAX_CONNECTIONS)
    if (!g_cond_wait_until (&db->free, &db->lock, until))
      break;
  if (db->idle->len > 0)
    conn = g_ptr_array_steal_index (db->idle, db->idle->len - 1);
  else if (db->n_connections < MAX_CONNECTIONS)
    db->n_connections++;
  else
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_BUSY, "All connections to the database are busy");
  g_mutex_unlock (&db->lock);
  return conn;
}

/* After a restart of the server all that lie idle are dead as well. */
static void
give_back (PostgresDb *db, PostgresConn *conn)
{
  gboolean lost = conn == NULL || conn->lost;

  g_mutex_lock (&db->lock);
  if (lost) {
    db->n_connections -= 1 + db->idle->len;
    g_ptr_array_set_size (db->idle, 0);
    g_cond_broadcast (&db->free);
  } else {
    g_ptr_array_add (db->idle, conn);
    g_cond_signal (&db->free);
  }
  g_mutex_unlock (&db->lock);
  if (lost && conn != NULL)
    _wuyou_postgres_conn_close (conn);
}

static PostgresConn *
take_connection (PostgresDb *db, GError **error)
{
  GError *full = NULL;
  PostgresConn *conn = take_idle (db, &full);

  if (full != NULL) {
    g_propagate_error (error, full);
    return NULL;
  }
  if (conn == NULL) {
    conn = _wuyou_postgres_conn_open (&db->base, db->uri, error);
    if (conn == NULL)
      give_back (db, NULL);
  }
  return conn;
}

/* The answer to COMMIT of a transaction that failed before is ROLLBACK, and no error. */
static gboolean
commit (PostgresConn *conn, GError **error)
{
  PGresult *result = NULL;
  gboolean committed;

  if (PQsendQuery (conn->handle, "COMMIT"))
    result = _wuyou_postgres_conn_wait (conn, error);
  else
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_UNAVAILABLE, "PostgreSQL: connection lost");
  if (result == NULL)
    return FALSE;
  committed = g_str_equal (PQcmdStatus (result), "COMMIT");
  PQclear (result);
  if (!committed)
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_INTERNAL, "PostgreSQL rolled the transaction back");
  return committed;
}

static Outcome
run_once (PostgresConn *conn, const char *begin, WuyouDbFunc fn, gpointer data, GError **error)
{
  gboolean ok;

  conn->conflict = FALSE;
  _wuyou_db_conn_begin (&conn->base);
  if (!_wuyou_postgres_conn_exec (&conn->base, begin, error))
    return conn->lost ? OUTCOME_LOST : OUTCOME_FAILED;
  ok = fn (&conn->base, data, error) && _wuyou_db_conn_check (&conn->base, error);
  _wuyou_db_conn_end_cursors (&conn->base);
  if (!ok && conn->lost)
    return OUTCOME_LOST;
  if (ok && commit (conn, error))
    return OUTCOME_OK;
  if (PQtransactionStatus (conn->handle) != PQTRANS_IDLE && !conn->lost)
    _wuyou_postgres_conn_exec (&conn->base, "ROLLBACK", NULL);
  return conn->conflict && !conn->lost ? OUTCOME_AGAIN : OUTCOME_FAILED;
}

static Outcome
run_on_pool (PostgresDb *db, const char *begin, WuyouDbFunc fn, gpointer data, GError **error)
{
  PostgresConn *conn = take_connection (db, error);
  Outcome outcome;

  if (conn == NULL)
    return OUTCOME_FAILED;
  outcome = run_once (conn, begin, fn, data, error);
  if (outcome != OUTCOME_OK && error != NULL && *error == NULL)
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_INTERNAL, "An operation failed silently");
  _wuyou_db_conn_end_wakes (&conn->base, outcome == OUTCOME_OK);
  give_back (db, conn);
  return outcome;
}

static void
pause_before (guint attempt)
{
  gint32 most = 1000 << MIN (attempt, 6);

  g_usleep ((gulong) g_random_int_range (200, most));
}

static gboolean
run_with_retry (PostgresDb *db, const char *begin, WuyouDbFunc fn, gpointer data, GError **error)
{
  gint64 until = g_get_monotonic_time () + RETRY_LIMIT;
  gboolean reconnected = FALSE;

  for (guint attempt = 0;; attempt++) {
    GError *failure = NULL;
    Outcome outcome = run_on_pool (db, begin, fn, data, &failure);
    gboolean again = outcome == OUTCOME_AGAIN || (outcome == OUTCOME_LOST && !reconnected);

    if (outcome == OUTCOME_OK)
      return TRUE;
    if (!again || g_get_monotonic_time () > until) {
      g_propagate_error (error, failure);
      return FALSE;
    }
    g_clear_error (&failure);
    reconnected = reconnected || outcome == OUTCOME_LOST;
    if (outcome == OUTCOME_AGAIN)
      pause_before (attempt);
  }
}

static gboolean
postgres_write (WuyouDb *db, guint flags, WuyouDbFunc fn, gpointer data, GError **error)
{
  const char *begin = (flags & WUYOU_DB_WRITE_MAINTENANCE) != 0 ? BEGIN_MAINTENANCE : BEGIN_WRITE;

  return run_with_retry ((PostgresDb *) db, begin, fn, data, error);
}

static gboolean
postgres_read (WuyouDb *db, WuyouDbFunc fn, gpointer data, GError **error)
{
  return run_with_retry ((PostgresDb *) db, BEGIN_READ, fn, data, error);
}

/* FALSE when the listener has to end. */
static gboolean
wait_for_notice (PostgresDb *db, int fd, int milliseconds)
{
  GPollFD fds[2] = { { db->wake[0], G_IO_IN | G_IO_HUP, 0 }, { fd, G_IO_IN | G_IO_ERR | G_IO_HUP, 0 } };

  g_poll (fds, fd >= 0 ? 2 : 1, milliseconds);
  return fds[0].revents == 0;
}

static gboolean
listen_on (PostgresDb *db, PostgresConn *conn)
{
  _wuyou_db_wake (&db->base, NULL); /* whatever was said while nobody listened */
  while (wait_for_notice (db, PQsocket (conn->handle), -1)) {
    PGnotify *notice;

    if (!PQconsumeInput (conn->handle))
      return TRUE;
    while ((notice = PQnotifies (conn->handle)) != NULL) {
      _wuyou_db_wake (&db->base, notice->extra);
      PQfreemem (notice);
    }
  }
  return FALSE;
}

static gpointer
run_listener (gpointer data)
{
  PostgresDb *db = data;
  gboolean running = TRUE;

  while (running) {
    PostgresConn *conn = _wuyou_postgres_conn_open (&db->base, db->uri, NULL);

    if (conn != NULL && _wuyou_postgres_conn_exec (&conn->base, "LISTEN wuyou", NULL))
      running = listen_on (db, conn);
    g_clear_pointer (&conn, _wuyou_postgres_conn_close);
    running = running && wait_for_notice (db, -1, LISTENER_PAUSE);
  }
  return NULL;
}

static gboolean
postgres_notify (WuyouDbConn *conn, const char *channel, GError **error)
{
  return wuyou_db_run (conn, error, "SELECT pg_notify('wuyou', $1)", "t", channel);
}

static gboolean
postgres_now (WuyouDbConn *conn, gint64 *ret_now, GError **error)
{
  WuyouDbStmt *stmt
      = wuyou_db_query (conn, error, "SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT)", "");

  if (stmt == NULL || wuyou_db_step (stmt, error) != WUYOU_DB_ROW)
    return FALSE;
  *ret_now = wuyou_db_column_int (stmt, 0);
  return TRUE;
}

static void
free_db (PostgresDb *db)
{
  g_ptr_array_unref (db->idle);
  g_mutex_clear (&db->lock);
  g_cond_clear (&db->free);
  close (db->wake[0]);
  close (db->wake[1]);
  _wuyou_db_clear (&db->base);
  g_free (db->uri);
  g_free (db);
}

static gboolean
open_first (PostgresDb *db, GError **error)
{
  PostgresConn *conn = take_connection (db, error);
  gboolean restored;

  if (conn == NULL)
    return FALSE;
  restored = _wuyou_postgres_check_restored (conn, error);
  give_back (db, conn);
  return restored;
}

static WuyouDb *
postgres_open (const char *uri, GError **error)
{
  PostgresDb *db = g_new0 (PostgresDb, 1);

  _wuyou_db_init (&db->base, &wuyou_db_postgres_driver);
  db->uri = g_strdup (uri);
  db->idle = g_ptr_array_new_with_free_func ((GDestroyNotify) _wuyou_postgres_conn_close);
  db->wake[0] = db->wake[1] = -1;
  g_mutex_init (&db->lock);
  g_cond_init (&db->free);
  if (!g_unix_open_pipe (db->wake, FD_CLOEXEC, error) || !open_first (db, error)) {
    free_db (db);
    return NULL;
  }
  db->listener = g_thread_new ("db-listener", run_listener, db);
  return &db->base;
}

static void
postgres_close (WuyouDb *base)
{
  PostgresDb *db = (PostgresDb *) base;

  close (db->wake[1]);
  db->wake[1] = -1;
  g_thread_join (db->listener);
  free_db (db);
}

const char *
_wuyou_postgres_get_uri (WuyouDb *db)
{
  return ((PostgresDb *) db)->uri;
}

static gint64
postgres_changes (WuyouDbConn *conn)
{
  return ((PostgresConn *) conn)->changes;
}

static gint64
postgres_inserted_seq (WuyouDbStmt *stmt)
{
  return _wuyou_postgres_column_int (stmt, 0);
}

/* Bytewise order of texts, whatever the database was made with: keyset cursors stand on it. */
static const char *const words[] = {
  "{int}",    "BIGINT", "{text}",   "TEXT COLLATE \"C\"",
  "{blob}",   "BYTEA",  "{serial}", "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY",
  "{strict}", "",       "{by_key}", "",
  NULL,
};

const WuyouDbDriver wuyou_db_postgres_driver = {
  .scheme = "postgresql",
  .kind = WUYOU_DB_POSTGRES,
  .words = words,
  .open = postgres_open,
  .close = postgres_close,
  .write = postgres_write,
  .read = postgres_read,
  .prepare = _wuyou_postgres_prepare,
  .finalize = _wuyou_postgres_finalize,
  .reset = _wuyou_postgres_reset,
  .bind_int = _wuyou_postgres_bind_int,
  .bind_text = _wuyou_postgres_bind_text,
  .bind_blob = _wuyou_postgres_bind_blob,
  .bind_null = _wuyou_postgres_bind_null,
  .step = _wuyou_postgres_step,
  .column_int = _wuyou_postgres_column_int,
  .column_text = _wuyou_postgres_column_text,
  .column_blob = _wuyou_postgres_column_blob,
  .column_is_null = _wuyou_postgres_column_is_null,
  .exec = _wuyou_postgres_conn_exec,
  .changes = postgres_changes,
  .returning_seq = " RETURNING seq",
  .inserted_seq = postgres_inserted_seq,
  .now = postgres_now,
  .notify = postgres_notify,
  .search_create = _wuyou_postgres_search_create,
  .search_put = _wuyou_postgres_search_put,
  .search_delete = _wuyou_postgres_search_delete,
  .search_query = _wuyou_postgres_search_query,
  .backup = _wuyou_postgres_backup,
  .check_backup = _wuyou_postgres_check_backup,
  .read_backup = _wuyou_postgres_read_backup,
  .begin_restore = _wuyou_postgres_begin_restore,
  .publish_restore = _wuyou_postgres_publish_restore,
  .cancel_restore = _wuyou_postgres_cancel_restore,
};

void
wuyou_db_register_postgres (void)
{
  wuyou_db_register (&wuyou_db_postgres_driver);
}
