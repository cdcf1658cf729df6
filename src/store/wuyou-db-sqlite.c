/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/wuyou-error.h"
#include "wuyou-db-sqlite-private.h"

/* One writer thread commits all that waits as one transaction, and where one operation fails once more with a savepoint
 * for each; readers are read-only connections lent to the calling thread. */

#define MAX_READERS 8
#define READER_WAIT (5 * G_TIME_SPAN_SECOND)
#define READ_LIMIT (30 * G_TIME_SPAN_SECOND)

typedef struct {
  WuyouDbFunc fn;
  gpointer data;
  gboolean done, ok;
  GError *error;
  GCond cond;
} Job;

typedef struct {
  WuyouDb base;
  char *path;
  SqliteConn *writer;
  GThread *thread;
  GMutex lock;
  GCond work;
  GPtrArray *queue; /* Job, on the stacks of those who wait */
  gboolean stopping;

  GMutex pool_lock;
  GCond pool_free;
  GPtrArray *idle; /* SqliteConn */
  guint n_readers;
} SqliteDb;

static gboolean
run_control (SqliteConn *conn, const char *sql, GError **error)
{
  return wuyou_db_run (&conn->base, error, sql, "");
}

static void
finish_job (Job *job, gboolean ok, const GError *error)
{
  job->ok = ok;
  if (!ok && job->error == NULL)
    job->error = error != NULL
                     ? g_error_copy (error)
                     : g_error_new_literal (WUYOU_ERROR, WUYOU_ERROR_INTERNAL, "An operation failed silently");
}

/* A full disk makes SQLite roll the whole transaction back by itself; then FALSE. */
static gboolean
run_job (SqliteConn *conn, Job *job)
{
  guint n_wakes = conn->base.wakes->len;
  gboolean ok = run_control (conn, "SAVEPOINT operation", &job->error);

  _wuyou_db_conn_begin (&conn->base);
  ok = ok && job->fn (&conn->base, job->data, &job->error) && _wuyou_db_conn_check (&conn->base, &job->error);
  _wuyou_db_conn_end_cursors (&conn->base);
  if (sqlite3_get_autocommit (conn->handle)) {
    finish_job (job, FALSE, NULL);
    return FALSE;
  }
  if (!ok) {
    run_control (conn, "ROLLBACK TO operation", NULL);
    g_ptr_array_set_size (conn->base.wakes, (int) n_wakes);
  }
  ok = run_control (conn, "RELEASE operation", ok ? &job->error : NULL) && ok;
  finish_job (job, ok, NULL);
  return !sqlite3_get_autocommit (conn->handle);
}

static void
fail_jobs (GPtrArray *jobs, const GError *error)
{
  for (guint i = 0; i < jobs->len; i++)
    finish_job (jobs->pdata[i], FALSE, error);
}

static void
roll_back (SqliteConn *conn)
{
  if (!sqlite3_get_autocommit (conn->handle))
    run_control (conn, "ROLLBACK", NULL);
  g_ptr_array_set_size (conn->base.wakes, 0);
}

/* Without savepoints, at each of which FTS5 writes its part of the index out. FALSE when somebody failed: then nothing
 * was written, and only one who was alone knows that the fault is his. */
static gboolean
run_together (SqliteConn *conn, GPtrArray *jobs)
{
  for (guint i = 0; i < jobs->len; i++) {
    Job *job = jobs->pdata[i];
    gboolean ok;

    _wuyou_db_conn_begin (&conn->base);
    ok = job->fn (&conn->base, job->data, &job->error) && _wuyou_db_conn_check (&conn->base, &job->error);
    _wuyou_db_conn_end_cursors (&conn->base);
    if (!ok || sqlite3_get_autocommit (conn->handle)) {
      roll_back (conn);
      return FALSE;
    }
    g_clear_error (&job->error);
    finish_job (job, TRUE, NULL);
  }
  return TRUE;
}

/* Each in a savepoint, so that one who fails leaves the others be. */
static gboolean
run_apart (SqliteConn *conn, GPtrArray *jobs, GError **error)
{
  for (guint i = 0; i < jobs->len; i++) {
    Job *job = jobs->pdata[i];

    g_clear_error (&job->error);
    if (run_job (conn, job))
      continue;
    g_propagate_error (error, g_error_copy (job->error));
    return FALSE;
  }
  return TRUE;
}

static gboolean
run_jobs (SqliteConn *conn, GPtrArray *jobs, GError **error)
{
  if (!run_control (conn, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (!run_together (conn, jobs)) {
    if (jobs->len == 1)
      return FALSE;
    if (!run_control (conn, "BEGIN IMMEDIATE", error) || !run_apart (conn, jobs, error))
      return FALSE;
  }
  if (run_control (conn, "COMMIT", error))
    return TRUE;
  run_control (conn, "ROLLBACK", NULL);
  return FALSE;
}

static void
run_batch (SqliteDb *db, GPtrArray *jobs)
{
  g_autoptr (GError) error = NULL;
  gboolean committed = run_jobs (db->writer, jobs, &error);

  if (!committed)
    fail_jobs (jobs, error);
  _wuyou_db_conn_end_wakes (&db->writer->base, committed);
}

static void
release_jobs (SqliteDb *db, GPtrArray *jobs)
{
  for (guint i = 0; i < jobs->len; i++) {
    Job *job = jobs->pdata[i];

    job->done = TRUE;
    g_cond_signal (&job->cond);
  }
  g_ptr_array_set_size (jobs, 0);
}

static gpointer
run_writer (gpointer data)
{
  SqliteDb *db = data;
  GPtrArray *jobs = g_ptr_array_new ();

  g_mutex_lock (&db->lock);
  while (TRUE) {
    GPtrArray *waiting = db->queue;

    if (waiting->len == 0 && db->stopping)
      break;
    if (waiting->len == 0) {
      g_cond_wait (&db->work, &db->lock);
      continue;
    }
    db->queue = jobs;
    jobs = waiting;
    g_mutex_unlock (&db->lock);
    run_batch (db, jobs);
    g_mutex_lock (&db->lock);
    release_jobs (db, jobs);
  }
  g_mutex_unlock (&db->lock);
  g_ptr_array_unref (jobs);
  return NULL;
}

static gboolean
sqlite_write (WuyouDb *base, guint flags G_GNUC_UNUSED, WuyouDbFunc fn, gpointer data, GError **error)
{
  SqliteDb *db = (SqliteDb *) base;
  Job job = { .fn = fn, .data = data };

  g_return_val_if_fail (g_thread_self () != db->thread, FALSE);
  g_cond_init (&job.cond);
  g_mutex_lock (&db->lock);
  g_ptr_array_add (db->queue, &job);
  g_cond_signal (&db->work);
  while (!job.done)
    g_cond_wait (&job.cond, &db->lock);
  g_mutex_unlock (&db->lock);
  g_cond_clear (&job.cond);
  if (job.ok)
    g_clear_error (&job.error);
  else
    g_propagate_error (error, job.error);
  return job.ok;
}

/* NULL without error: the caller may open one more. */
static SqliteConn *
take_idle (SqliteDb *db, GError **error)
{
  gint64 until = g_get_monotonic_time () + READER_WAIT;
  SqliteConn *conn = NULL;

  g_mutex_lock (&db->pool_lock);
  while (db->idle->len == 0 && db->n_readers >= MAX_READERS)
    if (!g_cond_wait_until (&db->pool_free, &db->pool_lock, until))
      break;
  if (db->idle->len > 0)
    conn = g_ptr_array_steal_index (db->idle, db->idle->len - 1);
  else if (db->n_readers < MAX_READERS)
    db->n_readers++;
  else
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_BUSY, "All readers of the database are busy");
  g_mutex_unlock (&db->pool_lock);
  return conn;
}

static void
give_back (SqliteDb *db, SqliteConn *conn)
{
  g_mutex_lock (&db->pool_lock);
  if (conn != NULL)
    g_ptr_array_add (db->idle, conn);
  else
    db->n_readers--;
  g_cond_signal (&db->pool_free);
  g_mutex_unlock (&db->pool_lock);
}

static SqliteConn *
take_reader (SqliteDb *db, GError **error)
{
  GError *full = NULL;
  SqliteConn *conn = take_idle (db, &full);

  if (full != NULL) {
    g_propagate_error (error, full);
    return NULL;
  }
  if (conn == NULL) {
    conn = _wuyou_sqlite_conn_open (&db->base, db->path, FALSE, error);
    if (conn == NULL)
      give_back (db, NULL);
  }
  return conn;
}

static gboolean
sqlite_read (WuyouDb *base, WuyouDbFunc fn, gpointer data, GError **error)
{
  SqliteDb *db = (SqliteDb *) base;
  SqliteConn *conn = take_reader (db, error);
  gboolean ok;

  if (conn == NULL)
    return FALSE;
  conn->deadline = g_get_monotonic_time () + READ_LIMIT;
  ok = run_control (conn, "BEGIN", error) && fn (&conn->base, data, error);
  conn->deadline = 0;
  _wuyou_db_conn_end_cursors (&conn->base);
  if (!sqlite3_get_autocommit (conn->handle))
    run_control (conn, "ROLLBACK", NULL);
  _wuyou_db_conn_end_wakes (&conn->base, FALSE);
  give_back (db, conn);
  return ok;
}

/* The file has its mode before the first byte; SQLite gives its log the same. */
static gboolean
create_file (const char *path, GError **error)
{
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  int saved = errno;

  if (fd >= 0) {
    close (fd);
    return TRUE;
  }
  g_set_error (error, WUYOU_ERROR, saved == ENOSPC ? WUYOU_ERROR_STORAGE_FULL : WUYOU_ERROR_UNAVAILABLE,
               "Cannot open the database %s: %s", path, g_strerror (saved));
  return FALSE;
}

static void
free_db (SqliteDb *db)
{
  g_ptr_array_unref (db->queue);
  g_ptr_array_unref (db->idle);
  g_clear_pointer (&db->writer, _wuyou_sqlite_conn_close);
  g_mutex_clear (&db->lock);
  g_mutex_clear (&db->pool_lock);
  g_cond_clear (&db->work);
  g_cond_clear (&db->pool_free);
  _wuyou_db_clear (&db->base);
  g_free (db->path);
  g_free (db);
}

static WuyouDb *
sqlite_open (const char *uri, GError **error)
{
  SqliteDb *db = g_new0 (SqliteDb, 1);

  _wuyou_db_init (&db->base, &wuyou_db_sqlite_driver);
  db->path = g_strdup (uri + strlen ("sqlite:"));
  db->queue = g_ptr_array_new ();
  db->idle = g_ptr_array_new_with_free_func ((GDestroyNotify) _wuyou_sqlite_conn_close);
  g_mutex_init (&db->lock);
  g_mutex_init (&db->pool_lock);
  g_cond_init (&db->work);
  g_cond_init (&db->pool_free);
  if (create_file (db->path, error))
    db->writer = _wuyou_sqlite_conn_open (&db->base, db->path, TRUE, error);
  if (db->writer == NULL) {
    free_db (db);
    return NULL;
  }
  db->thread = g_thread_new ("db-writer", run_writer, db);
  return &db->base;
}

static void
sqlite_close (WuyouDb *base)
{
  SqliteDb *db = (SqliteDb *) base;

  g_mutex_lock (&db->lock);
  db->stopping = TRUE;
  g_cond_signal (&db->work);
  g_mutex_unlock (&db->lock);
  g_thread_join (db->thread);
  free_db (db);
}

const char *
_wuyou_sqlite_get_path (WuyouDb *db)
{
  return ((SqliteDb *) db)->path;
}

static gint64
sqlite_changes (WuyouDbConn *conn)
{
  return sqlite3_changes64 (((SqliteConn *) conn)->handle);
}

/* With RETURNING the statement is a trigger with a savepoint, at which FTS5 writes its part of the index out. */
static gint64
sqlite_inserted_seq (WuyouDbStmt *stmt)
{
  return sqlite3_last_insert_rowid (((SqliteConn *) stmt->conn)->handle);
}

static gboolean
sqlite_now (WuyouDbConn *conn G_GNUC_UNUSED, gint64 *ret_now, GError **error G_GNUC_UNUSED)
{
  *ret_now = g_get_real_time (); /* the database is this process */
  return TRUE;
}

static const char *const words[] = {
  "{int}",    "INTEGER", "{text}",   "TEXT",
  "{blob}",   "BLOB",    "{serial}", "INTEGER PRIMARY KEY AUTOINCREMENT",
  "{strict}", "STRICT",  "{by_key}", "STRICT, WITHOUT ROWID",
  NULL,
};

const WuyouDbDriver wuyou_db_sqlite_driver = {
  .scheme = "sqlite",
  .kind = WUYOU_DB_SQLITE,
  .words = words,
  .open = sqlite_open,
  .close = sqlite_close,
  .write = sqlite_write,
  .read = sqlite_read,
  .prepare = _wuyou_sqlite_prepare,
  .finalize = _wuyou_sqlite_finalize,
  .reset = _wuyou_sqlite_reset,
  .bind_int = _wuyou_sqlite_bind_int,
  .bind_text = _wuyou_sqlite_bind_text,
  .bind_blob = _wuyou_sqlite_bind_blob,
  .bind_null = _wuyou_sqlite_bind_null,
  .step = _wuyou_sqlite_step,
  .column_int = _wuyou_sqlite_column_int,
  .column_text = _wuyou_sqlite_column_text,
  .column_blob = _wuyou_sqlite_column_blob,
  .column_is_null = _wuyou_sqlite_column_is_null,
  .exec = _wuyou_sqlite_conn_exec,
  .changes = sqlite_changes,
  .inserted_seq = sqlite_inserted_seq,
  .now = sqlite_now,
  .search_create = _wuyou_sqlite_search_create,
  .search_put = _wuyou_sqlite_search_put,
  .search_delete = _wuyou_sqlite_search_delete,
  .search_query = _wuyou_sqlite_search_query,
  .search_merge = _wuyou_sqlite_search_merge,
  .backup = _wuyou_sqlite_backup,
  .check_backup = _wuyou_sqlite_check_backup,
  .read_backup = _wuyou_sqlite_read_backup,
  .begin_restore = _wuyou_sqlite_begin_restore,
  .publish_restore = _wuyou_sqlite_publish_restore,
  .cancel_restore = _wuyou_sqlite_cancel_restore,
};
