/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-ledger-store.h"

#include "base/wuyou-error.h"

static gboolean
check_balance (const WuyouLedgerEntry *entry, GError **error)
{
  gint64 sum = 0;

  for (guint i = 0; i < entry->n_lines; i++)
    if (__builtin_add_overflow (sum, entry->lines[i].amount_fen, &sum))
      break;
  if (sum == 0 && entry->n_lines >= 2)
    return TRUE;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_INVALID, "A ledger entry does not balance.");
  return FALSE;
}

static gboolean
insert_lines (WuyouDbConn *conn, const WuyouLedgerEntry *entry, GError **error)
{
  for (guint i = 0; i < entry->n_lines; i++)
    if (!wuyou_db_run (conn, error,
                       "INSERT INTO ledger_lines (entry_id, line, account, org_id, amount_fen) "
                       "VALUES ($1, $2, $3, $4, $5)",
                       "titti", entry->id, (gint64) i + 1, entry->lines[i].account, entry->lines[i].org_id,
                       entry->lines[i].amount_fen))
      return FALSE;
  return TRUE;
}

gboolean
wuyou_ledger_post (WuyouDbConn *conn, const WuyouLedgerEntry *entry, GError **error)
{
  if (!check_balance (entry, error)
      || !wuyou_db_run (conn, error,
                        "INSERT INTO ledger_entries (id, source, revision, event, org_id, booked_on, at, reverses) "
                        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (source, revision, event) DO NOTHING",
                        "ttittiit", entry->id, entry->source, entry->revision, entry->event, entry->org_id,
                        (gint64) entry->booked_on, entry->at, entry->reverses))
    return FALSE;
  return wuyou_db_changes (conn) == 0 || insert_lines (conn, entry, error);
}

gboolean
wuyou_ledger_get_balance (WuyouDbConn *conn, const char *account, const char *org_id, gint64 *ret_fen, GError **error)
{
  WuyouDbStmt *stmt = wuyou_db_query (conn, error,
                                      "SELECT CAST(coalesce(sum(amount_fen), 0) AS BIGINT) FROM ledger_lines "
                                      "WHERE account = $1 AND org_id = $2",
                                      "tt", account, org_id);

  if (stmt == NULL || wuyou_db_step (stmt, error) != WUYOU_DB_ROW)
    return FALSE;
  *ret_fen = wuyou_db_column_int (stmt, 0);
  return TRUE;
}
