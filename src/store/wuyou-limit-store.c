/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-limit-store.h"

#include "accounts/wuyou-account-policy.h"
#include "base/wuyou-error.h"

#define MAX_LOCK G_TIME_SPAN_DAY

const WuyouFailureRule wuyou_failures_of_login
    = { WUYOU_FAILURE_SLIDING, WUYOU_POLICY_FAILURE_MEMORY, WUYOU_POLICY_FAILURES, WUYOU_POLICY_LOCK };
const WuyouFailureRule wuyou_failures_of_address
    = { WUYOU_FAILURE_WINDOW, WUYOU_POLICY_ADDRESS_WINDOW, WUYOU_POLICY_ADDRESS_FAILURES, WUYOU_POLICY_LOCK };

typedef struct {
  gint64 count, began_at, locked_until, expires_at;
} Failures;

static gboolean
read_failures (WuyouDbConn *conn, const char *key, Failures *ret_failures, GError **error)
{
  WuyouDbStmt *row = wuyou_db_query (
      conn, error, "SELECT count, began_at, locked_until, expires_at FROM limits WHERE name = $1", "t", key);
  WuyouDbResult result = row != NULL ? wuyou_db_step (row, error) : WUYOU_DB_ERROR;

  *ret_failures = (Failures){ 0 };
  if (result == WUYOU_DB_ROW)
    *ret_failures = (Failures){ wuyou_db_column_int (row, 0), wuyou_db_column_int (row, 1),
                                wuyou_db_column_int (row, 2), wuyou_db_column_int (row, 3) };
  return result != WUYOU_DB_ERROR;
}

static gboolean
refuse_often (gint64 wait, GError **error)
{
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_RATE_LIMITED, "too often");
  if (error != NULL)
    wuyou_error_set_retry_after (*error, (guint) (wait / G_TIME_SPAN_SECOND) + 1);
  return FALSE;
}

gboolean
wuyou_failure_get (WuyouDbConn *conn, const char *key, guint *ret_count, gint64 *ret_locked_until, GError **error)
{
  Failures failures;
  gboolean right = read_failures (conn, key, &failures, error);

  *ret_count = (guint) failures.count;
  *ret_locked_until = failures.locked_until;
  return right;
}

static gint64
compute_lock (gint64 count, const WuyouFailureRule *rule)
{
  gint64 doublings = count >= rule->limit ? MIN (count - rule->limit, 20) : 0;

  return count < rule->limit ? 0 : MIN ((rule->lock * G_TIME_SPAN_SECOND) << doublings, MAX_LOCK);
}

/* One more, or the first of a new window. A lock outlasts the window it came from. */
static void
count_failure (Failures *failures, const WuyouFailureRule *rule, gint64 now)
{
  gint64 span = rule->seconds * G_TIME_SPAN_SECOND, lock;

  if (failures->expires_at <= now)
    *failures = (Failures){ .began_at = now };
  failures->count++;
  lock = compute_lock (failures->count, rule);
  failures->locked_until = lock > 0 ? now + lock : 0;
  failures->expires_at
      = rule->kind == WUYOU_FAILURE_WINDOW ? MAX (failures->began_at + span, now + lock) : now + lock + span;
}

gboolean
wuyou_failure_add (WuyouDbConn *conn, const char *key, const WuyouFailureRule *rule, gint64 now, GError **error)
{
  Failures failures;

  if (!read_failures (conn, key, &failures, error))
    return FALSE;
  count_failure (&failures, rule, now);
  return wuyou_db_run (
      conn, error,
      "INSERT INTO limits (name, began_at, count, locked_until, expires_at) VALUES ($1, $4, $2, $3, $5) "
      "ON CONFLICT (name) DO UPDATE SET count = excluded.count, began_at = excluded.began_at, "
      "locked_until = excluded.locked_until, expires_at = excluded.expires_at",
      "tiiii", key, failures.count, failures.locked_until, failures.began_at, failures.expires_at);
}

gboolean
wuyou_failure_check (WuyouDbConn *conn, const char *key, gint64 now, GError **error)
{
  Failures failures;

  if (!read_failures (conn, key, &failures, error))
    return FALSE;
  return failures.locked_until <= now || refuse_often (failures.locked_until - now, error);
}

gboolean
wuyou_failure_clear (WuyouDbConn *conn, const char *key, GError **error)
{
  return wuyou_db_run (conn, error, "DELETE FROM limits WHERE name = $1", "t", key);
}

gboolean
wuyou_limit_use (WuyouDbConn *conn, const char *key, guint allowed, guint seconds, gint64 now, GError **error)
{
  gint64 window = seconds * G_TIME_SPAN_SECOND;
  WuyouDbStmt *row = wuyou_db_query (conn, error,
                                     "INSERT INTO limits (name, began_at, count, expires_at) VALUES ($1, $2, 1, $3) "
                                     "ON CONFLICT (name) DO UPDATE SET "
                                     "count = CASE WHEN limits.began_at <= $4 THEN 1 ELSE limits.count + 1 END, "
                                     "began_at = CASE WHEN limits.began_at <= $4 THEN $2 ELSE limits.began_at END, "
                                     "expires_at = $3 RETURNING count, began_at",
                                     "tiii", key, now, now + window, now - window);
  gint64 count, began_at;

  if (row == NULL || wuyou_db_step (row, error) != WUYOU_DB_ROW)
    return FALSE;
  count = wuyou_db_column_int (row, 0);
  began_at = wuyou_db_column_int (row, 1);
  if (wuyou_db_step (row, error) != WUYOU_DB_DONE)
    return FALSE;
  return count <= allowed || refuse_often (began_at + window - now, error);
}
