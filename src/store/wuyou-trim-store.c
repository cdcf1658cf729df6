/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-trim-store.h"

#define BATCH 500
#define MAX_BATCHES 100 /* of each; the rest waits for the next call */
#define FEED_DAYS 30    /* a desktop that was away for longer reads its lists anew */

typedef struct {
  const char *table, *key; /* the columns of its primary key */
  const char *over;        /* of a row that is over at $1 */
  guint days;              /* kept for so long after it */
} Trim;

/* Sessions stay for the page of one's own operations; who did what is in the audit chain. */
static const Trim trims[] = {
  { "sessions", "id", "expires_at < $1", 90 },
  { "limits", "name", "expires_at < $1", 0 },
  { "reset_tokens", "token_hash", "expires_at < $1", 1 },
  { "email_changes", "token_hash", "expires_at < $1", 1 },
  { "idempotency", "account_id, key", "expires_at < $1", 0 },
  { "jobs", "seq", "done_at > 0 AND done_at < $1", 30 },
  { "mails", "seq", "sent_at > 0 AND sent_at < $1", 90 },
};

typedef struct {
  const Trim *trim; /* NULL: the feed */
  gint64 before;
  guint removed;
} Batch;

static gboolean
run_batch (WuyouDbConn *conn, gpointer data, GError **error)
{
  Batch *batch = data;
  const Trim *trim = batch->trim;
  g_autofree char *sql = NULL;

  if (trim == NULL)
    return wuyou_feed_trim (conn, batch->before, BATCH, &batch->removed, error);
  sql = g_strdup_printf ("DELETE FROM %s WHERE (%s) IN (SELECT %s FROM %s WHERE %s LIMIT $2)", trim->table, trim->key,
                         trim->key, trim->table, trim->over);
  if (!wuyou_db_run (conn, error, sql, "ii", batch->before, (gint64) BATCH))
    return FALSE;
  batch->removed = (guint) wuyou_db_changes (conn);
  return TRUE;
}

static gboolean
run_trim (WuyouDb *db, const Trim *trim, gint64 before, guint *removed, GError **error)
{
  Batch batch = { .trim = trim, .before = before };

  for (guint i = 0; i < MAX_BATCHES; i++) {
    if (!wuyou_db_write_full (db, WUYOU_DB_WRITE_MAINTENANCE, run_batch, &batch, error))
      return FALSE;
    *removed += batch.removed;
    if (batch.removed < BATCH)
      break;
  }
  return TRUE;
}

gboolean
wuyou_trim (WuyouDb *db, gint64 now, guint *ret_removed, GError **error)
{
  *ret_removed = 0;
  for (guint i = 0; i < G_N_ELEMENTS (trims); i++)
    if (!run_trim (db, &trims[i], now - trims[i].days * G_TIME_SPAN_DAY, ret_removed, error))
      return FALSE;
  return run_trim (db, NULL, now - FEED_DAYS * G_TIME_SPAN_DAY, ret_removed, error);
}
