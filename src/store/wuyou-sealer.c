/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-sealer.h"

#include <string.h>

#include "base/wuyou-error.h"
#include "wuyou-audit-private.h"

#define MAX_ROWS 4096

/* Rows are read, hashed and signed outside of the transaction that marks them. It holds only if nobody sealed
 * meanwhile: the number of the batch and the position of the feed are compared. */
typedef struct {
  WuyouAuditBatch batch;
  GByteArray *leaves;
  GArray *rows, *events; /* gint64: seq, increasing */
  gint64 feed;           /* position of the last event before this run */
  gboolean done, beaten;
} Run;

static gboolean
read_last_batch (WuyouDbConn *conn, Run *run, GError **error)
{
  WuyouDbStmt *stmt = wuyou_db_query (
      conn, error, "SELECT number, first_position, n_rows, hash FROM audit_batches ORDER BY number DESC LIMIT 1", "");
  WuyouDbResult result = stmt != NULL ? wuyou_db_step (stmt, error) : WUYOU_DB_ERROR;
  gconstpointer hash;
  gsize length;

  run->batch.number = run->batch.first_position = 1;
  if (result != WUYOU_DB_ROW)
    return result == WUYOU_DB_DONE;
  run->batch.number = wuyou_db_column_int (stmt, 0) + 1;
  run->batch.first_position = wuyou_db_column_int (stmt, 1) + wuyou_db_column_int (stmt, 2);
  hash = wuyou_db_column_blob (stmt, 3, &length);
  memcpy (run->batch.previous, hash, MIN (length, WUYOU_AUDIT_HASH));
  return TRUE;
}

static gboolean
read_rows (WuyouDbConn *conn, Run *run, GError **error)
{
  WuyouDbResult result;
  WuyouDbStmt *stmt = wuyou_db_query (
      conn, error, "SELECT " WUYOU_AUDIT_COLUMNS " FROM audit WHERE position IS NULL ORDER BY seq LIMIT $1", "i",
      (gint64) MAX_ROWS);

  if (stmt == NULL)
    return FALSE;
  while ((result = wuyou_db_step (stmt, error)) == WUYOU_DB_ROW) {
    WuyouAuditRow *row = _wuyou_audit_read_row (stmt);
    guint8 leaf[WUYOU_AUDIT_HASH];

    _wuyou_audit_hash_row (row, leaf);
    g_byte_array_append (run->leaves, leaf, sizeof leaf);
    g_array_append_val (run->rows, row->seq);
    wuyou_audit_row_free (row);
  }
  return result == WUYOU_DB_DONE;
}

static gboolean
read_events (WuyouDbConn *conn, Run *run, GError **error)
{
  WuyouDbResult result;
  WuyouDbStmt *stmt = wuyou_db_query (
      conn, error, "SELECT seq FROM events WHERE position IS NULL ORDER BY seq LIMIT $1", "i", (gint64) MAX_ROWS);

  if (stmt == NULL)
    return FALSE;
  while ((result = wuyou_db_step (stmt, error)) == WUYOU_DB_ROW) {
    gint64 seq = wuyou_db_column_int (stmt, 0);

    g_array_append_val (run->events, seq);
  }
  return result == WUYOU_DB_DONE;
}

static gboolean
read_waiting (WuyouDbConn *conn, gpointer data, GError **error)
{
  Run *run = data;

  return read_last_batch (conn, run, error) && wuyou_feed_get_position (conn, &run->feed, error)
         && read_rows (conn, run, error) && read_events (conn, run, error);
}

static void
sign_batch (WuyouStore *store, Run *run)
{
  WuyouAuditBatch *batch = &run->batch;

  batch->n_rows = run->rows->len;
  batch->sealed_at = wuyou_clock_now (wuyou_store_get_clock (store));
  if (batch->n_rows == 0)
    return;
  _wuyou_audit_hash_leaves (run->leaves->data, run->rows->len, batch->root);
  _wuyou_audit_hash_batch (batch, batch->hash);
  wuyou_keys_sign (wuyou_store_get_keys (store), batch->hash, sizeof batch->hash, batch->signature);
}

static gboolean
is_still_last (WuyouDbConn *conn, Run *run, gboolean *ret_last, GError **error)
{
  Run now = { .leaves = NULL };
  gint64 feed;

  if (!read_last_batch (conn, &now, error) || !wuyou_feed_get_position (conn, &feed, error))
    return FALSE;
  *ret_last = now.batch.number == run->batch.number && feed == run->feed;
  return TRUE;
}

/* Runs of neighbouring numbers get their positions by one statement; within one no other row can appear. */
static gboolean
place_run (WuyouDbConn *conn, const char *sql, gint64 first, gint64 last, gint64 position, GError **error)
{
  return wuyou_db_run (conn, error, sql, "iii", position - first, first, last);
}

static gboolean
place_all (WuyouDbConn *conn, const char *sql, GArray *seqs, gint64 position, GError **error)
{
  guint start = 0;

  for (guint i = 1; i <= seqs->len; i++) {
    gint64 first = g_array_index (seqs, gint64, start);
    gint64 last = g_array_index (seqs, gint64, i - 1);

    if (i < seqs->len && g_array_index (seqs, gint64, i) == last + 1)
      continue;
    if (!place_run (conn, sql, first, last, position + start, error))
      return FALSE;
    start = i;
  }
  return TRUE;
}

static gboolean
insert_batch (WuyouDbConn *conn, Run *run, GError **error)
{
  const WuyouAuditBatch *batch = &run->batch;
  WuyouDbStmt *stmt;

  if (batch->n_rows == 0)
    return TRUE;
  stmt = wuyou_db_query (conn, error,
                         "INSERT INTO audit_batches (number, first_position, n_rows, sealed_at, leaves, root, "
                         "previous, hash, signature) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                         "iiii", batch->number, batch->first_position, batch->n_rows, batch->sealed_at);
  if (stmt == NULL)
    return FALSE;
  wuyou_db_bind_blob (stmt, 5, run->leaves->data, run->leaves->len);
  wuyou_db_bind_blob (stmt, 6, batch->root, sizeof batch->root);
  wuyou_db_bind_blob (stmt, 7, batch->previous, sizeof batch->previous);
  wuyou_db_bind_blob (stmt, 8, batch->hash, sizeof batch->hash);
  wuyou_db_bind_blob (stmt, 9, batch->signature, sizeof batch->signature);
  return wuyou_db_step (stmt, error) == WUYOU_DB_DONE
         && place_all (conn, "UPDATE audit SET position = seq + $1 WHERE seq >= $2 AND seq <= $3 AND position IS NULL",
                       run->rows, batch->first_position, error);
}

static gboolean
place_events (WuyouDbConn *conn, Run *run, GError **error)
{
  if (run->events->len == 0)
    return TRUE;
  return place_all (conn, "UPDATE events SET position = seq + $1 WHERE seq >= $2 AND seq <= $3 AND position IS NULL",
                    run->events, run->feed + 1, error)
         && wuyou_db_run (conn, error,
                          "INSERT INTO marks (name, value) VALUES ('feed', $1) "
                          "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                          "i", run->feed + run->events->len)
         && wuyou_db_notify (conn, WUYOU_CHANNEL_FEED, TRUE, error);
}

static gboolean
write_run (WuyouDbConn *conn, gpointer data, GError **error)
{
  Run *run = data;
  gboolean last = FALSE;

  run->done = FALSE;
  if (!is_still_last (conn, run, &last, error))
    return FALSE;
  if (!last)
    return TRUE;
  run->done = TRUE;
  return insert_batch (conn, run, error) && place_events (conn, run, error);
}

/* Of two processes that seal the same rows one finds the number of its batch taken. */
static gboolean
write_waiting (WuyouStore *store, Run *run, GError **error)
{
  GError *failure = NULL;

  if (!wuyou_db_write_full (wuyou_store_get_db (store), WUYOU_DB_WRITE_MAINTENANCE, write_run, run, &failure)) {
    run->done = FALSE;
    run->beaten = g_error_matches (failure, WUYOU_ERROR, WUYOU_ERROR_CONFLICT);
    if (!run->beaten) {
      g_propagate_error (error, failure);
      return FALSE;
    }
    g_clear_error (&failure);
  }
  run->beaten = !run->done;
  if (!run->done || run->batch.n_rows == 0)
    return TRUE;
  return _wuyou_audit_root_write (wuyou_store_get_data_dir (store), &run->batch, error);
}

static gboolean
run_once (WuyouStore *store, guint *ret_sealed, gboolean *ret_beaten, GError **error)
{
  g_autoptr (GByteArray) leaves = g_byte_array_new ();
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) events = g_array_new (FALSE, FALSE, sizeof (gint64));
  Run run = { .leaves = leaves, .rows = rows, .events = events };

  *ret_sealed = 0;
  *ret_beaten = FALSE;
  if (!wuyou_db_read (wuyou_store_get_db (store), read_waiting, &run, error))
    return FALSE;
  if (rows->len == 0 && events->len == 0)
    return TRUE;
  sign_batch (store, &run);
  if (!write_waiting (store, &run, error))
    return FALSE;
  *ret_beaten = run.beaten;
  *ret_sealed = run.done ? rows->len + events->len : 0;
  return TRUE;
}

gboolean
wuyou_sealer_run_once (WuyouStore *store, guint *ret_sealed, GError **error)
{
  gboolean beaten;

  return run_once (store, ret_sealed, &beaten, error);
}

struct _WuyouSealer {
  WuyouStore *store;
  GThread *thread;
  guint listener;
  GMutex lock;
  GCond work;
  gboolean waiting, stopping;
};

#define GATHER (20 * G_TIME_SPAN_MILLISECOND) /* a batch for each moment, not for each row */
#define LOOK (G_TIME_SPAN_SECOND)             /* for what a process left behind that ended */

static void
on_rows_written_cb (const char *channel G_GNUC_UNUSED, gpointer data)
{
  WuyouSealer *sealer = data;

  g_mutex_lock (&sealer->lock);
  sealer->waiting = TRUE;
  g_cond_signal (&sealer->work);
  g_mutex_unlock (&sealer->lock);
}

static gboolean
wait_for_work (WuyouSealer *sealer)
{
  gint64 until = g_get_monotonic_time () + LOOK;
  gboolean stopping;

  g_mutex_lock (&sealer->lock);
  while (!sealer->waiting && !sealer->stopping)
    if (!g_cond_wait_until (&sealer->work, &sealer->lock, until))
      break;
  sealer->waiting = FALSE;
  stopping = sealer->stopping;
  g_mutex_unlock (&sealer->lock);
  return !stopping;
}

/* Until nothing waits. */
static void
seal_all (WuyouSealer *sealer)
{
  gboolean beaten;
  guint sealed;

  do {
    g_autoptr (GError) error = NULL;

    if (!run_once (sealer->store, &sealed, &beaten, &error)) {
      g_warning ("Sealing the audit log: %s", error->message);
      return;
    }
    if (beaten)
      g_usleep (GATHER);
  } while (sealed > 0 || beaten);
}

static gpointer
run_sealer (gpointer data)
{
  WuyouSealer *sealer = data;

  while (wait_for_work (sealer)) {
    g_usleep (GATHER);
    seal_all (sealer);
  }
  seal_all (sealer);
  return NULL;
}

WuyouSealer *
wuyou_sealer_start (WuyouStore *store)
{
  WuyouSealer *sealer = g_new0 (WuyouSealer, 1);

  sealer->store = store;
  g_mutex_init (&sealer->lock);
  g_cond_init (&sealer->work);
  sealer->listener = wuyou_db_listen (wuyou_store_get_db (store), WUYOU_CHANNEL_SEAL, on_rows_written_cb, sealer);
  sealer->thread = g_thread_new ("sealer", run_sealer, sealer);
  return sealer;
}

void
wuyou_sealer_stop (WuyouSealer *sealer)
{
  wuyou_db_unlisten (wuyou_store_get_db (sealer->store), sealer->listener);
  g_mutex_lock (&sealer->lock);
  sealer->stopping = TRUE;
  g_cond_signal (&sealer->work);
  g_mutex_unlock (&sealer->lock);
  g_thread_join (sealer->thread);
  g_mutex_clear (&sealer->lock);
  g_cond_clear (&sealer->work);
  g_free (sealer);
}
