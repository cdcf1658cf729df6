/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "base/wuyou-date.h"
#include "wuyou-store.h"

G_BEGIN_DECLS

/* Double entry: amounts in fen, debit positive, credit negative, each entry balanced; never changed, only reversed. */
#define WUYOU_LEDGER_RECEIVABLE "receivable" /* of a dealership, by statement */
#define WUYOU_LEDGER_PREPAID "prepaid"       /* a dealership's balance; a credit balance is money left */
#define WUYOU_LEDGER_SALES "sales"
#define WUYOU_LEDGER_BANK "bank"

typedef struct {
  const char *account; /* one of the above */
  const char *org_id;
  gint64 amount_fen;
} WuyouLedgerLine;

typedef struct {
  const char *id, *source; /* source: the contract */
  gint64 revision;
  const char *event; /* "payment" */
  const char *org_id;
  WuyouDate booked_on;
  gint64 at;
  const char *reverses; /* id of the entry that this one takes back, or NULL */
  const WuyouLedgerLine *lines;
  guint n_lines;
} WuyouLedgerEntry;

/* INVALID when not balanced. (source, revision, event) again is a success without a second entry. */
gboolean wuyou_ledger_post (WuyouDbConn *conn, const WuyouLedgerEntry *entry, GError **error);
gboolean
wuyou_ledger_get_balance (WuyouDbConn *conn, const char *account, const char *org_id, gint64 *ret_fen, GError **error);

/* Takes back @amount_fen of the two-line entry that @event made of (@entry's source, revision): @entry without lines,
 * its own event, is posted with the same accounts the other way round, and names what it takes back. CORRUPT when there
 * is no such entry, or it is smaller. */
gboolean wuyou_ledger_reverse (WuyouDbConn *conn,
                               const WuyouLedgerEntry *entry,
                               const char *event,
                               gint64 amount_fen,
                               GError **error);

G_END_DECLS
