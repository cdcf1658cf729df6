/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-session-store.h"

#include "accounts/wuyou-account-policy.h"
#include "base/wuyou-error.h"
#include "wuyou-audit-store.h"

#define COLUMNS                                                                                                        \
  "id, account_id, device_id, device_label, client, locale, host, second_factor, idle_seconds, created_at, seen_at, "  \
  "expires_at, authenticated_at, stepped_up_until, ended_at"
#define MAX_LOCK G_TIME_SPAN_DAY

void
wuyou_session_free (WuyouSession *session)
{
  if (session == NULL)
    return;
  g_free (session->id);
  g_free (session->account_id);
  g_free (session->device_id);
  g_free (session->device_label);
  g_free (session->client);
  g_free (session->locale);
  g_free (session->host);
  g_free (session);
}

gboolean
wuyou_session_insert (WuyouDbConn *conn, const WuyouSession *s, const char *token_hash, GError **error)
{
  return wuyou_db_run (conn, error,
                       "INSERT INTO sessions (" COLUMNS ", token_hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, "
                       "$10, $11, $12, $13, $14, 0, $15)",
                       "tttttttiiiiiiit", s->id, s->account_id, s->device_id, s->device_label, s->client, s->locale,
                       s->host, (gint64) s->second_factor, s->idle_seconds, s->created_at, s->seen_at, s->expires_at,
                       s->authenticated_at, s->stepped_up_until, token_hash);
}

static WuyouSession *
read_session (WuyouDbStmt *row)
{
  WuyouSession *s = g_new0 (WuyouSession, 1);

  s->id = g_strdup (wuyou_db_column_text (row, 0));
  s->account_id = g_strdup (wuyou_db_column_text (row, 1));
  s->device_id = g_strdup (wuyou_db_column_text (row, 2));
  s->device_label = g_strdup (wuyou_db_column_text (row, 3));
  s->client = g_strdup (wuyou_db_column_text (row, 4));
  s->locale = g_strdup (wuyou_db_column_text (row, 5));
  s->host = g_strdup (wuyou_db_column_text (row, 6));
  s->second_factor = wuyou_db_column_int (row, 7) != 0;
  s->idle_seconds = wuyou_db_column_int (row, 8);
  s->created_at = wuyou_db_column_int (row, 9);
  s->seen_at = wuyou_db_column_int (row, 10);
  s->expires_at = wuyou_db_column_int (row, 11);
  s->authenticated_at = wuyou_db_column_int (row, 12);
  s->stepped_up_until = wuyou_db_column_int (row, 13);
  s->ended_at = wuyou_db_column_int (row, 14);
  return s;
}

static gboolean
is_live (const WuyouSession *s, gint64 now)
{
  return s->ended_at == 0 && now < s->expires_at && now < s->seen_at + s->idle_seconds * G_TIME_SPAN_SECOND;
}

WuyouSession *
wuyou_session_find (WuyouDbConn *conn, const char *token_hash, gint64 now, GError **error)
{
  WuyouDbStmt *row
      = wuyou_db_query (conn, error, "SELECT " COLUMNS " FROM sessions WHERE token_hash = $1", "t", token_hash);
  g_autoptr (WuyouSession) session = NULL;
  WuyouDbResult result = row != NULL ? wuyou_db_step (row, error) : WUYOU_DB_ERROR;

  if (result == WUYOU_DB_ERROR)
    return NULL;
  if (result == WUYOU_DB_ROW)
    session = read_session (row);
  if (session != NULL && is_live (session, now))
    return g_steal_pointer (&session);
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_UNAUTHENTICATED, "no live session");
  return NULL;
}

gboolean
wuyou_session_load (WuyouDbConn *conn,
                    const char *account_id,
                    const char *id,
                    WuyouSession **ret_session,
                    WuyouSession **ret_before,
                    GError **error)
{
  g_autoptr (WuyouSession) session = NULL, before = NULL;
  WuyouDbResult result = WUYOU_DB_ERROR;
  WuyouDbStmt *row = wuyou_db_query (conn, error,
                                     "SELECT " COLUMNS " FROM sessions WHERE account_id = $1 AND created_at <= "
                                     "(SELECT created_at FROM sessions WHERE id = $2) "
                                     "ORDER BY created_at DESC, id DESC LIMIT 50",
                                     "tt", account_id, id);

  while (row != NULL && before == NULL && (result = wuyou_db_step (row, error)) == WUYOU_DB_ROW) {
    if (g_str_equal (wuyou_db_column_text (row, 0), id))
      session = read_session (row);
    else if (session != NULL)
      before = read_session (row);
  }
  if (result == WUYOU_DB_ERROR)
    return FALSE;
  if (session == NULL) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_NOT_FOUND, "no such session");
    return FALSE;
  }
  *ret_session = g_steal_pointer (&session);
  *ret_before = g_steal_pointer (&before);
  return TRUE;
}

GPtrArray *
wuyou_session_list (WuyouDbConn *conn, const char *account_id, gint64 now, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_session_free);
  WuyouDbStmt *row = wuyou_db_query (conn, error,
                                     "SELECT " COLUMNS " FROM sessions WHERE account_id = $1 AND ended_at = 0 AND "
                                     "expires_at > $2 ORDER BY created_at DESC LIMIT 200",
                                     "ti", account_id, now);
  WuyouDbResult result = WUYOU_DB_ERROR;

  while (row != NULL && (result = wuyou_db_step (row, error)) == WUYOU_DB_ROW) {
    WuyouSession *session = read_session (row);

    if (is_live (session, now))
      g_ptr_array_add (list, session);
    else
      wuyou_session_free (session);
  }
  return result == WUYOU_DB_DONE ? g_steal_pointer (&list) : NULL;
}

gboolean
wuyou_session_touch (WuyouDbConn *conn, const char *id, gint64 now, GError **error)
{
  return wuyou_db_run (conn, error, "UPDATE sessions SET seen_at = $2 WHERE id = $1 AND seen_at < $2", "ti", id, now);
}

gboolean
wuyou_session_step_up (WuyouDbConn *conn, const char *id, gint64 now, gint64 until, GError **error)
{
  return wuyou_db_run (conn, error, "UPDATE sessions SET stepped_up_until = $3, authenticated_at = $2 WHERE id = $1",
                       "tii", id, now, until);
}

gboolean
wuyou_session_end (WuyouDbConn *conn,
                   const char *account_id,
                   const char *id,
                   const char *keep,
                   const char *reason,
                   gint64 now,
                   guint *ret_ended,
                   GError **error)
{
  gboolean right
      = id != NULL
            ? wuyou_db_run (conn, error,
                            "UPDATE sessions SET ended_at = $3, end_reason = $4 WHERE account_id = $1 AND id = $2 "
                            "AND ended_at = 0",
                            "ttit", account_id, id, now, reason)
            : wuyou_db_run (conn, error,
                            "UPDATE sessions SET ended_at = $3, end_reason = $4 WHERE account_id = $1 AND id <> $2 "
                            "AND ended_at = 0",
                            "ttit", account_id, keep != NULL ? keep : "", now, reason);

  gint64 ended = right ? wuyou_db_changes (conn) : 0;

  if (ret_ended != NULL)
    *ret_ended = (guint) ended;
  return right && (ended == 0 || wuyou_event_insert (conn, "session", id, 0, NULL, account_id, now, error));
}

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

GPtrArray *
wuyou_password_history_list (WuyouDbConn *conn, const char *account_id, guint limit, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  WuyouDbStmt *row = wuyou_db_query (
      conn, error, "SELECT hash FROM password_history WHERE account_id = $1 ORDER BY seq DESC LIMIT $2", "ti",
      account_id, (gint64) limit);
  WuyouDbResult result = WUYOU_DB_ERROR;

  while (row != NULL && (result = wuyou_db_step (row, error)) == WUYOU_DB_ROW)
    g_ptr_array_add (list, g_strdup (wuyou_db_column_text (row, 0)));
  return result == WUYOU_DB_DONE ? g_steal_pointer (&list) : NULL;
}

gboolean
wuyou_password_history_add (WuyouDbConn *conn, const char *account_id, const char *hash, gint64 now, GError **error)
{
  return wuyou_db_run (conn, error, "INSERT INTO password_history (account_id, at, hash) VALUES ($1, $2, $3)", "tit",
                       account_id, now, hash);
}

GBytes *
wuyou_totp_get (WuyouDbConn *conn,
                const char *account_id,
                gboolean *ret_confirmed,
                gint64 *ret_last_step,
                GError **error)
{
  WuyouDbStmt *row = wuyou_db_query (
      conn, error, "SELECT sealed, confirmed, last_step FROM totp_secrets WHERE account_id = $1", "t", account_id);

  if (row == NULL || wuyou_db_step (row, error) != WUYOU_DB_ROW)
    return NULL;
  *ret_confirmed = wuyou_db_column_int (row, 1) != 0;
  *ret_last_step = wuyou_db_column_int (row, 2);
  return wuyou_db_dup_bytes (row, 0);
}

gboolean
wuyou_totp_put (WuyouDbConn *conn, const char *account_id, GBytes *sealed, gint64 now, GError **error)
{
  return wuyou_db_run (
      conn, error,
      "INSERT INTO totp_secrets (account_id, sealed, confirmed, last_step, created_at) VALUES ($1, $2, 0, 0, $3) "
      "ON CONFLICT (account_id) DO UPDATE SET sealed = excluded.sealed, confirmed = 0, last_step = 0, "
      "created_at = excluded.created_at",
      "tbi", account_id, sealed, now);
}

gboolean
wuyou_totp_confirm (WuyouDbConn *conn, const char *account_id, GError **error)
{
  return wuyou_db_run (conn, error, "UPDATE totp_secrets SET confirmed = 1 WHERE account_id = $1", "t", account_id);
}

gboolean
wuyou_totp_remove (WuyouDbConn *conn, const char *account_id, GError **error)
{
  return wuyou_db_run (conn, error, "DELETE FROM totp_secrets WHERE account_id = $1", "t", account_id);
}

gboolean
wuyou_totp_use_step (WuyouDbConn *conn, const char *account_id, gint64 step, GError **error)
{
  if (!wuyou_db_run (conn, error, "UPDATE totp_secrets SET last_step = $2 WHERE account_id = $1 AND last_step < $2",
                     "ti", account_id, step))
    return FALSE;
  if (wuyou_db_changes (conn) == 1)
    return TRUE;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_BAD_CREDENTIALS, "code used before");
  return FALSE;
}

gboolean
wuyou_reset_insert (WuyouDbConn *conn,
                    const char *token_hash,
                    const char *account_id,
                    gint64 now,
                    gint64 expires_at,
                    GError **error)
{
  return wuyou_db_run (conn, error,
                       "INSERT INTO reset_tokens (token_hash, account_id, created_at, expires_at, used_at) "
                       "VALUES ($1, $2, $3, $4, 0)",
                       "ttii", token_hash, account_id, now, expires_at);
}

char *
wuyou_reset_find (WuyouDbConn *conn, const char *token_hash, gint64 now, GError **error)
{
  WuyouDbStmt *row = wuyou_db_query (
      conn, error, "SELECT account_id FROM reset_tokens WHERE token_hash = $1 AND used_at = 0 AND expires_at > $2",
      "ti", token_hash, now);
  WuyouDbResult result = row != NULL ? wuyou_db_step (row, error) : WUYOU_DB_ERROR;

  if (result == WUYOU_DB_ROW)
    return g_strdup (wuyou_db_column_text (row, 0));
  if (result == WUYOU_DB_DONE)
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_BAD_CREDENTIALS, "token unknown, used or expired");
  return NULL;
}

char *
wuyou_reset_use (WuyouDbConn *conn, const char *token_hash, gint64 now, GError **error)
{
  WuyouDbStmt *row;

  if (!wuyou_db_run (conn, error,
                     "UPDATE reset_tokens SET used_at = $2 WHERE token_hash = $1 AND used_at = 0 AND expires_at > $2",
                     "ti", token_hash, now))
    return NULL;
  if (wuyou_db_changes (conn) != 1) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_BAD_CREDENTIALS, "token unknown, used or expired");
    return NULL;
  }
  row = wuyou_db_query (conn, error, "SELECT account_id FROM reset_tokens WHERE token_hash = $1", "t", token_hash);
  return row != NULL && wuyou_db_step (row, error) == WUYOU_DB_ROW ? g_strdup (wuyou_db_column_text (row, 0)) : NULL;
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

gboolean
wuyou_session_trim (WuyouDbConn *conn, gint64 before, GError **error)
{
  return wuyou_db_run (conn, error, "DELETE FROM sessions WHERE expires_at < $1 OR (ended_at > 0 AND ended_at < $1)",
                       "i", before)
         && wuyou_db_run (conn, error, "DELETE FROM limits WHERE expires_at < $1", "i", before)
         && wuyou_db_run (conn, error, "DELETE FROM reset_tokens WHERE expires_at < $1", "i", before);
}
