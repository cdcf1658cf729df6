/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-trim-store.h"

#define BATCH 500
#define MAX_BATCHES 100 /* of each; the rest waits for the next call */
#define FEED_DAYS 30    /* a desktop that was away for longer reads its lists anew */

#define TRIM(table, key, over)                                                                                         \
  "DELETE FROM " table " WHERE (" key ") IN (SELECT " key " FROM " table " WHERE " over " LIMIT $2)"

/* @sql: of the rows that were over before $1, at most $2. */
typedef struct {
  const char *sql;
  guint days; /* they are kept for after that */
} Trim;

/* Sessions stay for the page of one's own operations; who did what is in the audit chain. */
static const Trim trims[] = {
  { TRIM ("sessions", "id", "expires_at < $1"), 90 },
  { TRIM ("limits", "name", "expires_at < $1"), 0 },
  { TRIM ("reset_tokens", "token_hash", "expires_at < $1"), 1 },
  { TRIM ("email_changes", "token_hash", "expires_at < $1"), 1 },
  { TRIM ("idempotency", "account_id, key", "expires_at < $1"), 0 },
  { TRIM ("jobs", "seq", "done_at > 0 AND done_at < $1"), 30 },
  { TRIM ("mails", "seq", "sent_at > 0 AND sent_at < $1"), 90 },
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

  if (batch->trim == NULL)
    return wuyou_feed_trim (conn, batch->before, BATCH, &batch->removed, error);
  if (!wuyou_db_run (conn, error, batch->trim->sql, "ii", batch->before, (gint64) BATCH))
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
