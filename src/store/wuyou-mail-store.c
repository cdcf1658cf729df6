/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "base/wuyou-json.h"
#include "wuyou-job-store.h"

#define PURPOSE "mail"

void
wuyou_mail_free (WuyouMail *mail)
{
  if (mail == NULL)
    return;
  g_free (mail->id);
  g_free (mail->kind);
  g_free (mail->account_id);
  g_free (mail->to);
  g_free (mail->subject);
  g_free (mail->text);
  g_free (mail);
}

GBytes *
wuyou_mail_seal (WuyouKeys *keys, const WuyouMail *mail)
{
  g_autoptr (GString) json = g_string_new (NULL);

  wuyou_json_begin_object (json, NULL);
  wuyou_json_add_string (json, "to", mail->to);
  wuyou_json_add_string (json, "subject", mail->subject);
  wuyou_json_add_string (json, "text", mail->text);
  wuyou_json_end_object (json);
  return wuyou_keys_seal (keys, PURPOSE, mail->id, json->str, json->len);
}

gboolean
wuyou_mail_insert (WuyouDbConn *conn, const WuyouMail *mail, GBytes *sealed, gint64 now, GError **error)
{
  return wuyou_db_run (conn, error,
                       "INSERT INTO mails (id, kind, account_id, sealed, created_at, due_at) "
                       "VALUES ($1, $2, $3, $4, $5, $5)",
                       "tttbi", mail->id, mail->kind, mail->account_id, sealed, now);
}

typedef struct {
  gint64 now;
  guint lease_seconds;
  WuyouMail *mail;
  GBytes *sealed;
} Taking;

static gboolean
take_mail (WuyouDbConn *conn, gpointer data, GError **error)
{
  Taking *taking = data;
  WuyouDbResult result;
  WuyouDbStmt *stmt;
  gint64 clock;

  g_clear_pointer (&taking->mail, wuyou_mail_free);
  g_clear_pointer (&taking->sealed, g_bytes_unref);
  if (!wuyou_db_now (conn, &clock, error))
    return FALSE;
  stmt = wuyou_db_query (conn, error,
                         "SELECT id, kind, account_id, attempts, sealed FROM mails "
                         "WHERE sent_at = 0 AND due_at <= $1 AND leased_until < $2 ORDER BY due_at, seq LIMIT 1",
                         "ii", taking->now, clock);
  result = stmt != NULL ? wuyou_db_step (stmt, error) : WUYOU_DB_ERROR;
  if (result != WUYOU_DB_ROW)
    return result == WUYOU_DB_DONE;
  taking->mail = g_new0 (WuyouMail, 1);
  taking->mail->id = g_strdup (wuyou_db_column_text (stmt, 0));
  taking->mail->kind = g_strdup (wuyou_db_column_text (stmt, 1));
  taking->mail->account_id = g_strdup (wuyou_db_column_text (stmt, 2));
  taking->mail->attempts = (guint) wuyou_db_column_int (stmt, 3) + 1;
  taking->sealed = wuyou_db_dup_bytes (stmt, 4);
  return wuyou_db_run (conn, error, "UPDATE mails SET leased_until = $2, attempts = attempts + 1 WHERE id = $1", "ti",
                       taking->mail->id, clock + taking->lease_seconds * G_TIME_SPAN_SECOND);
}

static gboolean
open_mail (WuyouKeys *keys, WuyouMail *mail, GBytes *sealed, GError **error)
{
  gsize length;
  gconstpointer data = g_bytes_get_data (sealed, &length);
  g_autoptr (GBytes) plain = wuyou_keys_unseal (keys, PURPOSE, mail->id, data, length, error);
  g_autoptr (JsonObject) json = NULL;

  if (plain == NULL)
    return FALSE;
  data = g_bytes_get_data (plain, &length);
  json = wuyou_json_parse_object (data, length, error);
  if (json == NULL)
    return FALSE;
  mail->to = g_strdup (wuyou_json_get_string (json, "to"));
  mail->subject = g_strdup (wuyou_json_get_string (json, "subject"));
  mail->text = g_strdup (wuyou_json_get_string (json, "text"));
  return TRUE;
}

gboolean
wuyou_mail_take (WuyouStore *store, gint64 now, guint lease_seconds, WuyouMail **ret_mail, GError **error)
{
  Taking taking = { now, lease_seconds, NULL, NULL };
  gboolean ok = wuyou_db_write_full (wuyou_store_get_db (store), WUYOU_DB_WRITE_MAINTENANCE, take_mail, &taking, error);

  if (ok && taking.mail != NULL)
    ok = open_mail (wuyou_store_get_keys (store), taking.mail, taking.sealed, error);
  g_clear_pointer (&taking.sealed, g_bytes_unref);
  if (ok)
    *ret_mail = taking.mail;
  else
    wuyou_mail_free (taking.mail);
  return ok;
}

typedef struct {
  const char *id, *failure;
  gint64 at;
} Ending;

static gboolean
finish_mail (WuyouDbConn *conn, gpointer data, GError **error)
{
  Ending *ending = data;
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);

  return wuyou_db_run (conn, error,
                       "UPDATE mails SET sent_at = $2, leased_until = 0, sealed = $3, failure = NULL WHERE id = $1",
                       "tib", ending->id, ending->at, nothing);
}

gboolean
wuyou_mail_finish (WuyouStore *store, const char *id, gint64 now, GError **error)
{
  Ending ending = { id, NULL, now };

  return wuyou_db_write (wuyou_store_get_db (store), finish_mail, &ending, error);
}

static gboolean
fail_mail (WuyouDbConn *conn, gpointer data, GError **error)
{
  Ending *ending = data;

  return wuyou_db_run (conn, error, "UPDATE mails SET due_at = $2, leased_until = 0, failure = $3 WHERE id = $1", "tit",
                       ending->id, ending->at, ending->failure);
}

gboolean
wuyou_mail_fail (WuyouStore *store, const char *id, const char *failure, gint64 retry_at, GError **error)
{
  Ending ending = { id, failure, retry_at };

  return wuyou_db_write (wuyou_store_get_db (store), fail_mail, &ending, error);
}
