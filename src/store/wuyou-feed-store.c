/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "base/wuyou-error.h"
#include "wuyou-audit-store.h"
#include "wuyou-record-sql.h"
#include "wuyou-trim-store.h"

#define TRIMMED "feed-trimmed" /* mark: all up to this position are gone */
#define STRETCH 2000           /* positions looked at by one statement */
#define MAX_STRETCHES 25       /* of one call; the caller goes on from the cursor it gets */

gboolean
wuyou_event_insert (WuyouDbConn *conn,
                    const char *kind,
                    const char *record_id,
                    gint64 version,
                    const char *scope,
                    const char *account_id,
                    gint64 at,
                    GError **error)
{
  return wuyou_db_run (conn, error,
                       "INSERT INTO events (kind, record_id, version, scope, account_id, at) "
                       "VALUES ($1, $2, $3, $4, $5, $6)",
                       "ttitti", kind, record_id, version, scope, account_id, at)
         && wuyou_db_notify (conn, WUYOU_CHANNEL_SEAL, FALSE, error);
}

void
wuyou_event_free (WuyouEvent *event)
{
  g_free (event->kind);
  g_free (event->record_id);
  g_free (event->scope);
  g_free (event);
}

static gboolean
read_mark (WuyouDbConn *conn, const char *name, gint64 *ret_value, GError **error)
{
  WuyouDbStmt *stmt = wuyou_db_query (conn, error, "SELECT value FROM marks WHERE name = $1", "t", name);
  WuyouDbResult result = stmt != NULL ? wuyou_db_step (stmt, error) : WUYOU_DB_ERROR;

  *ret_value = result == WUYOU_DB_ROW ? wuyou_db_column_int (stmt, 0) : 0;
  return result != WUYOU_DB_ERROR;
}

gboolean
wuyou_feed_get_position (WuyouDbConn *conn, gint64 *ret_position, GError **error)
{
  return read_mark (conn, "feed", ret_position, error);
}

static WuyouEvent *
read_event (WuyouDbStmt *stmt)
{
  WuyouEvent *event = g_new0 (WuyouEvent, 1);

  event->position = wuyou_db_column_int (stmt, 0);
  event->kind = g_strdup (wuyou_db_column_text (stmt, 1));
  event->record_id = g_strdup (wuyou_db_column_text (stmt, 2));
  event->version = wuyou_db_column_int (stmt, 3);
  event->scope = g_strdup (wuyou_db_column_text (stmt, 4));
  return event;
}

typedef struct {
  const char *scope, *scope_end, *account_id;
  guint limit;
  GPtrArray *events;
} Reader;

static const char select_events[]
    = "SELECT position, kind, record_id, version, scope FROM events WHERE position > $1 AND position <= $2 "
      "AND (account_id = $3 OR (account_id IS NULL AND (scope IS NULL OR (scope >= $4 AND scope < $5)))) "
      "ORDER BY position LIMIT $6";

/* *@position moves to the last one looked at. */
static gboolean
read_stretch (WuyouDbConn *conn, Reader *reader, gint64 to, gint64 *position, GError **error)
{
  gint64 left = reader->limit - reader->events->len;
  WuyouDbResult result;
  WuyouDbStmt *stmt = wuyou_db_query (conn, error, select_events, "iittti", *position, to, reader->account_id,
                                      reader->scope, reader->scope_end, left);

  if (stmt == NULL)
    return FALSE;
  while ((result = wuyou_db_step (stmt, error)) == WUYOU_DB_ROW)
    g_ptr_array_add (reader->events, read_event (stmt));
  if (reader->events->len >= reader->limit)
    to = ((WuyouEvent *) reader->events->pdata[reader->events->len - 1])->position;
  *position = to;
  return result == WUYOU_DB_DONE;
}

gboolean
wuyou_feed_read (WuyouDbConn *conn,
                 gint64 since,
                 const char *scope,
                 const char *account_id,
                 guint limit,
                 GPtrArray *ret_events,
                 gint64 *ret_next,
                 GError **error)
{
  gboolean all = _wuyou_scope_is_all (scope);
  g_autofree char *scope_end = all ? g_strdup ("0") : _wuyou_scope_end (scope);
  Reader reader = { all ? "" : scope, scope_end, account_id, ret_events->len + CLAMP (limit, 1, 1000), ret_events };
  gint64 last, oldest;

  if (!read_mark (conn, "feed", &last, error) || !read_mark (conn, TRIMMED, &oldest, error))
    return FALSE;
  if (since < oldest || since > last) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_RESYNC_REQUIRED, "This place in the feed is not kept");
    return FALSE;
  }
  for (guint i = 0; i < MAX_STRETCHES && since < last && ret_events->len < reader.limit; i++)
    if (!read_stretch (conn, &reader, MIN (since + STRETCH, last), &since, error))
      return FALSE;
  *ret_next = since;
  return TRUE;
}

/* Positions are given in the order of time, but for what two processes wrote at once: it ends at the first that stays.
 */
static gboolean
find_trim_end (WuyouDbConn *conn, gint64 before, guint limit, gint64 *position, guint *ret_n, GError **error)
{
  WuyouDbStmt *stmt
      = wuyou_db_query (conn, error, "SELECT position, at FROM events WHERE position > $1 ORDER BY position LIMIT $2",
                        "ii", *position, (gint64) limit);
  WuyouDbResult result = WUYOU_DB_ERROR;

  *ret_n = 0;
  while (stmt != NULL && (result = wuyou_db_step (stmt, error)) == WUYOU_DB_ROW
         && wuyou_db_column_int (stmt, 1) < before) {
    *position = wuyou_db_column_int (stmt, 0);
    (*ret_n)++;
  }
  return result != WUYOU_DB_ERROR;
}

gboolean
wuyou_feed_trim (WuyouDbConn *conn, gint64 before, guint limit, guint *ret_removed, GError **error)
{
  gint64 position;

  if (!read_mark (conn, TRIMMED, &position, error)
      || !find_trim_end (conn, before, limit, &position, ret_removed, error))
    return FALSE;
  if (*ret_removed == 0)
    return TRUE;
  return wuyou_db_run (conn, error, "DELETE FROM events WHERE position <= $1", "i", position)
         && wuyou_db_run (conn, error,
                          "INSERT INTO marks (name, value) VALUES ('" TRIMMED "', $1) "
                          "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                          "i", position);
}
