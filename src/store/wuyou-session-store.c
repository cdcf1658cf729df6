/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-session-store.h"

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "wuyou-audit-store.h"

#define COLUMNS                                                                                                        \
  "id, account_id, device_id, client, locale, second_factor, idle_seconds, created_at, seen_at, expires_at, "          \
  "authenticated_at, stepped_up_until, ended_at, sealed"

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
  g_clear_pointer (&session->sealed, g_bytes_unref);
  g_free (session);
}

static char *
dup_context (const WuyouSession *s)
{
  return g_strconcat ("sessions/", s->id, NULL);
}

void
wuyou_session_seal (WuyouSession *s, const WuyouKey *key)
{
  g_autoptr (GString) json = g_string_new (NULL);
  g_autofree char *context = dup_context (s);

  wuyou_json_begin_object (json, NULL);
  wuyou_json_add_string (json, "host", s->host);
  wuyou_json_add_string (json, "device", s->device_label);
  wuyou_json_end_object (json);
  g_clear_pointer (&s->sealed, g_bytes_unref);
  s->sealed = wuyou_key_seal (key, context, json->str, json->len);
}

gboolean
wuyou_session_unseal (WuyouSession *s, const WuyouKey *key, GError **error)
{
  g_autofree char *context = dup_context (s);
  g_autoptr (GBytes) plain = NULL;
  g_autoptr (JsonObject) object = NULL;
  gconstpointer data;
  gsize length;

  if (s->sealed == NULL || key == NULL)
    return TRUE;
  data = g_bytes_get_data (s->sealed, &length);
  plain = wuyou_key_unseal (key, context, data, length, error);
  if (plain == NULL)
    return FALSE;
  data = g_bytes_get_data (plain, &length);
  object = wuyou_json_parse_object (data, length, error);
  if (object == NULL)
    return FALSE;
  g_free (s->host);
  s->host = g_strdup (wuyou_json_get_string (object, "host"));
  g_free (s->device_label);
  s->device_label = g_strdup (wuyou_json_get_string (object, "device"));
  return TRUE;
}

gboolean
wuyou_session_insert (WuyouDbConn *conn, const WuyouSession *s, const char *token_hash, GError **error)
{
  return wuyou_db_run (conn, error,
                       "INSERT INTO sessions (" COLUMNS ", token_hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, "
                       "$10, $11, $12, 0, $13, $14)",
                       "tttttiiiiiiibt", s->id, s->account_id, s->device_id, s->client, s->locale,
                       (gint64) s->second_factor, s->idle_seconds, s->created_at, s->seen_at, s->expires_at,
                       s->authenticated_at, s->stepped_up_until, s->sealed, token_hash);
}

static WuyouSession *
read_session (WuyouDbStmt *row)
{
  WuyouSession *s = g_new0 (WuyouSession, 1);

  s->id = g_strdup (wuyou_db_column_text (row, 0));
  s->account_id = g_strdup (wuyou_db_column_text (row, 1));
  s->device_id = g_strdup (wuyou_db_column_text (row, 2));
  s->client = g_strdup (wuyou_db_column_text (row, 3));
  s->locale = g_strdup (wuyou_db_column_text (row, 4));
  s->second_factor = wuyou_db_column_int (row, 5) != 0;
  s->idle_seconds = wuyou_db_column_int (row, 6);
  s->created_at = wuyou_db_column_int (row, 7);
  s->seen_at = wuyou_db_column_int (row, 8);
  s->expires_at = wuyou_db_column_int (row, 9);
  s->authenticated_at = wuyou_db_column_int (row, 10);
  s->stepped_up_until = wuyou_db_column_int (row, 11);
  s->ended_at = wuyou_db_column_int (row, 12);
  s->sealed = wuyou_db_dup_bytes (row, 13);
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
wuyou_email_change_put (WuyouDbConn *conn,
                        const char *token_hash,
                        const char *account_id,
                        GBytes *sealed,
                        gint64 now,
                        gint64 expires_at,
                        GError **error)
{
  return wuyou_email_change_drop (conn, account_id, error)
         && wuyou_db_run (conn, error,
                          "INSERT INTO email_changes (token_hash, account_id, sealed, created_at, expires_at) "
                          "VALUES ($1, $2, $3, $4, $5)",
                          "ttbii", token_hash, account_id, sealed, now, expires_at);
}

GBytes *
wuyou_email_change_get (WuyouDbConn *conn, const char *token_hash, const char *account_id, gint64 now, GError **error)
{
  WuyouDbStmt *row = wuyou_db_query (
      conn, error, "SELECT sealed FROM email_changes WHERE token_hash = $1 AND account_id = $2 AND expires_at > $3",
      "tti", token_hash, account_id, now);
  WuyouDbResult result = row != NULL ? wuyou_db_step (row, error) : WUYOU_DB_ERROR;

  if (result == WUYOU_DB_ROW)
    return wuyou_db_dup_bytes (row, 0);
  if (result == WUYOU_DB_DONE)
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_BAD_CREDENTIALS, "code unknown, used or expired");
  return NULL;
}

gboolean
wuyou_email_change_use (WuyouDbConn *conn, const char *token_hash, GError **error)
{
  if (!wuyou_db_run (conn, error, "DELETE FROM email_changes WHERE token_hash = $1", "t", token_hash))
    return FALSE;
  if (wuyou_db_changes (conn) == 1)
    return TRUE;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_BAD_CREDENTIALS, "code used before");
  return FALSE;
}

gboolean
wuyou_email_change_drop (WuyouDbConn *conn, const char *account_id, GError **error)
{
  return wuyou_db_run (conn, error, "DELETE FROM email_changes WHERE account_id = $1", "t", account_id);
}
