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

/* What is to be taken back; texts are owned. */
typedef struct {
  char *id;
  char *accounts[2];
  char *orgs[2];
  gint64 amounts[2];
  guint n_lines;
} Booked;

static void
clear_booked (Booked *booked)
{
  g_free (booked->id);
  for (guint i = 0; i < G_N_ELEMENTS (booked->accounts); i++) {
    g_free (booked->accounts[i]);
    g_free (booked->orgs[i]);
  }
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Booked, clear_booked)

static gboolean
read_booked (WuyouDbConn *conn, const WuyouLedgerEntry *entry, const char *event, Booked *booked, GError **error)
{
  WuyouDbStmt *stmt = wuyou_db_query (conn, error,
                                      "SELECT e.id, l.account, l.org_id, l.amount_fen FROM ledger_entries e "
                                      "JOIN ledger_lines l ON l.entry_id = e.id "
                                      "WHERE e.source = $1 AND e.revision = $2 AND e.event = $3 ORDER BY l.line",
                                      "tit", entry->source, entry->revision, event);
  WuyouDbResult result = stmt != NULL ? WUYOU_DB_ROW : WUYOU_DB_ERROR;

  while (result == WUYOU_DB_ROW && (result = wuyou_db_step (stmt, error)) == WUYOU_DB_ROW) {
    guint i = booked->n_lines++;

    if (i >= G_N_ELEMENTS (booked->accounts))
      continue;
    if (i == 0)
      booked->id = g_strdup (wuyou_db_column_text (stmt, 0));
    booked->accounts[i] = g_strdup (wuyou_db_column_text (stmt, 1));
    booked->orgs[i] = g_strdup (wuyou_db_column_text (stmt, 2));
    booked->amounts[i] = wuyou_db_column_int (stmt, 3);
  }
  return result == WUYOU_DB_DONE;
}

gboolean
wuyou_ledger_reverse (WuyouDbConn *conn,
                      const WuyouLedgerEntry *entry,
                      const char *event,
                      gint64 amount_fen,
                      GError **error)
{
  g_auto (Booked) booked = { 0 };
  WuyouLedgerEntry reversal = *entry;
  WuyouLedgerLine lines[G_N_ELEMENTS (booked.accounts)];

  if (!read_booked (conn, entry, event, &booked, error))
    return FALSE;
  if (booked.n_lines != G_N_ELEMENTS (lines) || amount_fen <= 0 || amount_fen > ABS (booked.amounts[0])) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_CORRUPT, "nothing booked that could be taken back");
    return FALSE;
  }
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    lines[i]
        = (WuyouLedgerLine){ booked.accounts[i], booked.orgs[i], booked.amounts[i] > 0 ? -amount_fen : amount_fen };
  reversal.reverses = booked.id;
  reversal.lines = lines;
  reversal.n_lines = G_N_ELEMENTS (lines);
  return wuyou_ledger_post (conn, &reversal, error);
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
