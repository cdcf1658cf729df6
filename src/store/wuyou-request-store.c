/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-request-store.h"

#include "base/wuyou-error.h"

gboolean
wuyou_idempotency_find (WuyouDbConn *conn,
                        const char *account_id,
                        const char *key,
                        const char *fingerprint,
                        gint64 now,
                        guint *ret_status,
                        char **ret_record_id,
                        GError **error)
{
  WuyouDbStmt *stmt = wuyou_db_query (conn, error,
                                      "SELECT fingerprint, status, record_id FROM idempotency "
                                      "WHERE account_id = $1 AND key = $2 AND expires_at > $3",
                                      "tti", account_id, key, now);
  WuyouDbResult result = stmt != NULL ? wuyou_db_step (stmt, error) : WUYOU_DB_ERROR;

  *ret_status = 0;
  *ret_record_id = NULL;
  if (result != WUYOU_DB_ROW)
    return result == WUYOU_DB_DONE;
  if (!g_str_equal (wuyou_db_column_text (stmt, 0), fingerprint)) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_KEY_REUSED, "The key was used for another request");
    return FALSE;
  }
  *ret_status = (guint) wuyou_db_column_int (stmt, 1);
  *ret_record_id = g_strdup (wuyou_db_column_text (stmt, 2));
  return TRUE;
}

gboolean
wuyou_idempotency_insert (WuyouDbConn *conn,
                          const char *account_id,
                          const char *key,
                          const char *fingerprint,
                          guint status,
                          const char *record_id,
                          gint64 now,
                          GError **error)
{
  return wuyou_db_run (conn, error, "DELETE FROM idempotency WHERE account_id = $1 AND key = $2 AND expires_at <= $3",
                       "tti", account_id, key, now)
         && wuyou_db_run (conn, error,
                          "INSERT INTO idempotency (account_id, key, fingerprint, status, record_id, expires_at) "
                          "VALUES ($1, $2, $3, $4, $5, $6)",
                          "tttiti", account_id, key, fingerprint, (gint64) status, record_id,
                          now + WUYOU_IDEMPOTENCY_DAYS * G_TIME_SPAN_DAY);
}
