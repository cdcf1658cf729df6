/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-sealer.h"

#include <string.h>

#include "wuyou-audit-private.h"

#define MAX_FINDINGS 1000

typedef struct {
  gint64 seq, position;
  guint8 leaf[WUYOU_AUDIT_HASH];
} Row;

typedef struct {
  WuyouStore *store;
  WuyouAuditReport *report;
  WuyouAuditBatch batch;
  GByteArray *leaves; /* as sealed with the batch */
  GArray *rows;       /* Row: what stands at its positions now */
  gint64 next_number, next_position;
  guint8 previous[WUYOU_AUDIT_HASH];
  WuyouAuditBatch outside; /* last batch by the file; number 0 without one */
} Walk;

void
wuyou_audit_report_free (WuyouAuditReport *report)
{
  g_ptr_array_unref (report->findings);
  g_free (report);
}

static void G_GNUC_PRINTF (2, 3) add_finding (Walk *walk, const char *format, ...)
{
  va_list args;

  if (walk->report->findings->len >= MAX_FINDINGS)
    return;
  va_start (args, format);
  g_ptr_array_add (walk->report->findings, g_strdup_vprintf (format, args));
  va_end (args);
}

static void
copy_hash (WuyouDbStmt *stmt, int index, guint8 *out, gsize size)
{
  gsize length;
  gconstpointer data = wuyou_db_column_blob (stmt, index, &length);

  memset (out, 0, size);
  if (data != NULL)
    memcpy (out, data, MIN (length, size));
}

static WuyouDbResult
read_batch (WuyouDbConn *conn, Walk *walk, GError **error)
{
  WuyouAuditBatch *batch = &walk->batch;
  WuyouDbStmt *stmt = wuyou_db_query (conn, error,
                                      "SELECT number, first_position, n_rows, sealed_at, root, previous, hash, "
                                      "signature, leaves FROM audit_batches WHERE number >= $1 ORDER BY number LIMIT 1",
                                      "i", walk->next_number);
  WuyouDbResult result = stmt != NULL ? wuyou_db_step (stmt, error) : WUYOU_DB_ERROR;
  gconstpointer leaves;
  gsize length;

  if (result != WUYOU_DB_ROW)
    return result;
  batch->number = wuyou_db_column_int (stmt, 0);
  batch->first_position = wuyou_db_column_int (stmt, 1);
  batch->n_rows = wuyou_db_column_int (stmt, 2);
  batch->sealed_at = wuyou_db_column_int (stmt, 3);
  copy_hash (stmt, 4, batch->root, sizeof batch->root);
  copy_hash (stmt, 5, batch->previous, sizeof batch->previous);
  copy_hash (stmt, 6, batch->hash, sizeof batch->hash);
  copy_hash (stmt, 7, batch->signature, sizeof batch->signature);
  leaves = wuyou_db_column_blob (stmt, 8, &length);
  g_byte_array_set_size (walk->leaves, 0);
  g_byte_array_append (walk->leaves, leaves, (guint) length);
  return result;
}

/* FALSE: the leaves of this batch cannot be trusted, so rows are not compared with them. */
static gboolean
check_batch (Walk *walk)
{
  const WuyouAuditBatch *batch = &walk->batch;
  guint8 hash[WUYOU_AUDIT_HASH];

  if (batch->number != walk->next_number)
    add_finding (walk, "Batches %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT " were removed", walk->next_number,
                 batch->number - 1);
  else if (memcmp (batch->previous, walk->previous, sizeof hash) != 0 || batch->first_position != walk->next_position)
    add_finding (walk, "Batch %" G_GINT64_FORMAT " does not follow the one before it", batch->number);
  _wuyou_audit_hash_batch (batch, hash);
  if (memcmp (hash, batch->hash, sizeof hash) != 0
      || !wuyou_signature_verify (wuyou_keys_get_public_key (wuyou_store_get_keys (walk->store)), batch->signature,
                                  hash, sizeof hash)) {
    add_finding (walk, "Batch %" G_GINT64_FORMAT " is not as it was signed", batch->number);
    return FALSE;
  }
  if (walk->leaves->len == (guint) batch->n_rows * WUYOU_AUDIT_HASH && batch->n_rows > 0) {
    _wuyou_audit_hash_leaves (walk->leaves->data, (guint) batch->n_rows, hash);
    if (memcmp (hash, batch->root, sizeof hash) == 0)
      return TRUE;
  }
  add_finding (walk, "The leaves of batch %" G_GINT64_FORMAT " were changed", batch->number);
  return FALSE;
}

static gboolean
read_rows (WuyouDbConn *conn, Walk *walk, GError **error)
{
  WuyouDbResult result;
  WuyouDbStmt *stmt = wuyou_db_query (
      conn, error, "SELECT " WUYOU_AUDIT_COLUMNS " FROM audit WHERE position >= $1 AND position < $2 ORDER BY position",
      "ii", walk->batch.first_position, walk->batch.first_position + walk->batch.n_rows);

  g_array_set_size (walk->rows, 0);
  if (stmt == NULL)
    return FALSE;
  while ((result = wuyou_db_step (stmt, error)) == WUYOU_DB_ROW) {
    WuyouAuditRow *row = _wuyou_audit_read_row (stmt);
    Row found = { .seq = row->seq, .position = row->position };

    _wuyou_audit_hash_row (row, found.leaf);
    g_array_append_val (walk->rows, found);
    wuyou_audit_row_free (row);
  }
  return result == WUYOU_DB_DONE;
}

static guint
hash_leaf (gconstpointer leaf)
{
  guint value;

  memcpy (&value, leaf, sizeof value);
  return value;
}

static gboolean
equal_leaves (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, WUYOU_AUDIT_HASH) == 0;
}

static const Row *
find_at (Walk *walk, gint64 position)
{
  for (guint i = 0; i < walk->rows->len; i++)
    if (g_array_index (walk->rows, Row, i).position == position)
      return &g_array_index (walk->rows, Row, i);
  return NULL;
}

/* A sealed leaf that no row has any more: the row at its place was changed if that one is not sealed itself. */
static void
report_lost (Walk *walk, gint64 position, GHashTable *sealed, GHashTable *explained)
{
  const Row *row = find_at (walk, position);

  if (row == NULL || g_hash_table_contains (sealed, row->leaf)) {
    add_finding (walk, "The row at position %" G_GINT64_FORMAT " was removed", position);
    return;
  }
  add_finding (walk, "Row %" G_GINT64_FORMAT " at position %" G_GINT64_FORMAT " was changed", row->seq, position);
  g_hash_table_add (explained, (gpointer) row);
}

static void
report_strange (Walk *walk, const Row *row, GHashTable *sealed, GHashTable *explained)
{
  const guint8 *place = walk->leaves->data + (row->position - walk->batch.first_position) * WUYOU_AUDIT_HASH;

  if (g_hash_table_contains (explained, row))
    return;
  if (!g_hash_table_contains (sealed, row->leaf))
    add_finding (walk, "Row %" G_GINT64_FORMAT " at position %" G_GINT64_FORMAT " was inserted", row->seq,
                 row->position);
  else if (!equal_leaves (place, row->leaf))
    add_finding (walk, "Row %" G_GINT64_FORMAT " was moved to position %" G_GINT64_FORMAT, row->seq, row->position);
}

static void
compare_rows (Walk *walk)
{
  g_autoptr (GHashTable) sealed = g_hash_table_new (hash_leaf, equal_leaves);
  g_autoptr (GHashTable) present = g_hash_table_new (hash_leaf, equal_leaves);
  g_autoptr (GHashTable) explained = g_hash_table_new (NULL, NULL);
  guint n = (guint) walk->batch.n_rows;

  for (guint i = 0; i < n; i++)
    g_hash_table_add (sealed, walk->leaves->data + (gsize) i * WUYOU_AUDIT_HASH);
  for (guint i = 0; i < walk->rows->len; i++)
    g_hash_table_add (present, g_array_index (walk->rows, Row, i).leaf);
  for (guint i = 0; i < n; i++)
    if (!g_hash_table_contains (present, walk->leaves->data + (gsize) i * WUYOU_AUDIT_HASH))
      report_lost (walk, walk->batch.first_position + i, sealed, explained);
  for (guint i = 0; i < walk->rows->len; i++)
    report_strange (walk, &g_array_index (walk->rows, Row, i), sealed, explained);
}

static void
check_outside (Walk *walk)
{
  if (walk->outside.number == walk->batch.number
      && memcmp (walk->outside.hash, walk->batch.hash, sizeof walk->outside.hash) != 0)
    add_finding (walk, "Batch %" G_GINT64_FORMAT " is not the one noted outside of the database", walk->batch.number);
}

static gboolean
walk_batch (WuyouDbConn *conn, Walk *walk, GError **error)
{
  gboolean trusted = check_batch (walk);

  check_outside (walk);
  if (trusted) {
    if (!read_rows (conn, walk, error))
      return FALSE;
    compare_rows (walk);
  }
  walk->report->batches++;
  walk->report->rows += walk->batch.n_rows;
  walk->next_number = walk->batch.number + 1;
  walk->next_position = walk->batch.first_position + walk->batch.n_rows;
  memcpy (walk->previous, walk->batch.hash, sizeof walk->previous);
  return TRUE;
}

/* Rows with a position that no batch gave. */
static gboolean
check_beyond (WuyouDbConn *conn, Walk *walk, GError **error)
{
  WuyouDbResult result;
  WuyouDbStmt *stmt = wuyou_db_query (
      conn, error, "SELECT seq, position FROM audit WHERE position >= $1 OR position < 1 ORDER BY position", "i",
      walk->next_position);

  if (stmt == NULL)
    return FALSE;
  while ((result = wuyou_db_step (stmt, error)) == WUYOU_DB_ROW)
    add_finding (walk, "Row %" G_GINT64_FORMAT " at position %" G_GINT64_FORMAT " was inserted",
                 wuyou_db_column_int (stmt, 0), wuyou_db_column_int (stmt, 1));
  if (walk->outside.number >= walk->next_number)
    add_finding (walk, "Batches %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT " were removed", walk->next_number,
                 walk->outside.number);
  return result == WUYOU_DB_DONE;
}

static gboolean
walk_all (WuyouDbConn *conn, gpointer data, GError **error)
{
  Walk *walk = data;
  WuyouDbResult result;

  g_ptr_array_set_size (walk->report->findings, 0);
  walk->report->rows = walk->report->batches = 0;
  walk->next_number = walk->next_position = 1;
  memset (walk->previous, 0, sizeof walk->previous);
  while ((result = read_batch (conn, walk, error)) == WUYOU_DB_ROW)
    if (!walk_batch (conn, walk, error))
      return FALSE;
  return result == WUYOU_DB_DONE && check_beyond (conn, walk, error);
}

gboolean
wuyou_audit_verify (WuyouStore *store, WuyouAuditReport **ret_report, GError **error)
{
  g_autoptr (WuyouAuditReport) report = g_new0 (WuyouAuditReport, 1);
  g_autoptr (GByteArray) leaves = g_byte_array_new ();
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (Row));
  Walk walk = { .store = store, .report = report, .leaves = leaves, .rows = rows };
  GError *unreadable = NULL;

  report->findings = g_ptr_array_new_with_free_func (g_free);
  if (!_wuyou_audit_root_read (wuyou_store_get_data_dir (store), &walk.outside, &unreadable))
    walk.outside.number = 0;
  if (unreadable != NULL) {
    g_propagate_error (error, unreadable);
    return FALSE;
  }
  if (!wuyou_db_read (wuyou_store_get_db (store), walk_all, &walk, error))
    return FALSE;
  *ret_report = g_steal_pointer (&report);
  return TRUE;
}
