/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-contract-store.h"

#include "base/wuyou-error.h"
#include "sales/wuyou-contract-rules.h"
#include "wuyou-counter-store.h"
#include "wuyou-record-sql.h"

/* The term for which a car is reserved; open where it is not known yet. */
typedef struct {
  char *vin_key; /* NULL: nothing to reserve */
  gint64 from, until;
} Reservation;

struct _WuyouContractDraft {
  WuyouRecordDraft *record;
  const WuyouContract *contract; /* borrowed */
  char *old_org_id;
  int old_state; /* 0: new */
  int old_refund_state;
  Reservation reservation;
};

static const char *
get_state_id (int state)
{
  return wuyou_enum_id (wuyou_contract_states, state);
}

static void
fill_reservation (WuyouStore *store, const WuyouContract *contract, gint64 now, Reservation *reservation)
{
  WuyouDate from = contract->effective_on;
  WuyouDate until = contract->ends_on;

  if (!wuyou_contract_reserves_vehicle (contract) || contract->vin == NULL)
    return;
  if (from == WUYOU_DATE_NONE)
    from = contract->starts_on_wish != WUYOU_DATE_NONE ? contract->starts_on_wish : wuyou_date_of_instant (now);
  if (until == WUYOU_DATE_NONE && contract->term_months > 0)
    until = wuyou_date_add_months (from, (int) contract->term_months);
  reservation->vin_key = wuyou_keys_digest (wuyou_store_get_keys (store), "vin", contract->vin);
  reservation->from = from;
  reservation->until = until != WUYOU_DATE_NONE ? until : G_MAXINT32;
}

static gboolean
equal_tokens (GPtrArray *a, GPtrArray *b)
{
  for (guint i = 0; i < a->len; i++)
    if (i >= b->len || !g_str_equal (a->pdata[i], b->pdata[i]))
      return FALSE;
  return a->len == b->len;
}

/* Most steps leave what is searched as it is. */
static void
move_tokens (WuyouKeys *keys, WuyouRecordDraft *record, const WuyouContract *old, const WuyouContract *contract)
{
  g_autoptr (GPtrArray) before = old != NULL ? wuyou_contract_dup_tokens (keys, old) : NULL;
  g_autoptr (GPtrArray) after = wuyou_contract_dup_tokens (keys, contract);

  if (before == NULL || !equal_tokens (before, after))
    wuyou_record_draft_take_tokens (record, WUYOU_SEARCH_CONTRACTS, g_steal_pointer (&before),
                                    g_steal_pointer (&after));
}

WuyouContractDraft *
wuyou_contract_draft_new (WuyouStore *store,
                          const WuyouContract *old,
                          WuyouContract *contract,
                          WuyouKey *key,
                          const char *scope,
                          const WuyouActor *actor,
                          const char *action,
                          const char *reason,
                          GError **error)
{
  WuyouKeys *keys = wuyou_store_get_keys (store);
  g_autoptr (WuyouKey) used
      = key != NULL ? wuyou_key_ref (key) : wuyou_keys_create (keys, WUYOU_PURPOSE_SALES, contract->id);
  WuyouRecordDraft *record
      = wuyou_record_prepare (store, &wuyou_contract_type, old, contract, used, scope, actor, action, reason, error);
  WuyouContractDraft *draft;

  if (record == NULL)
    return NULL;
  if (key == NULL)
    wuyou_record_draft_add_key (record, used);
  move_tokens (keys, record, old, contract);
  draft = g_new0 (WuyouContractDraft, 1);
  draft->record = record;
  draft->contract = contract;
  draft->old_state = old != NULL ? old->state : 0;
  draft->old_refund_state = old != NULL ? old->refund_state : 0;
  draft->old_org_id = old != NULL ? g_strdup (old->org_id) : NULL;
  fill_reservation (store, contract, actor->at, &draft->reservation);
  return draft;
}

void
wuyou_contract_draft_free (WuyouContractDraft *draft)
{
  wuyou_record_draft_free (draft->record);
  g_free (draft->old_org_id);
  g_free (draft->reservation.vin_key);
  g_free (draft);
}

gboolean
wuyou_contract_draft_is_changed (WuyouContractDraft *draft)
{
  return wuyou_record_draft_is_changed (draft->record);
}

static gboolean
count_states (WuyouDbConn *conn, WuyouContractDraft *draft, GError **error)
{
  const WuyouContract *contract = draft->contract;

  if (draft->old_state == contract->state && g_strcmp0 (draft->old_org_id, contract->org_id) == 0)
    return TRUE;
  if (draft->old_state != 0
      && !wuyou_counter_add (conn, "contract", draft->old_org_id, get_state_id (draft->old_state), -1, error))
    return FALSE;
  return wuyou_counter_add (conn, "contract", contract->org_id, get_state_id (contract->state), 1, error);
}

/* Of the payment: "2026-11". */
static void
write_month (const WuyouContract *contract, char month[11])
{
  wuyou_date_format (contract->paid_on, month);
  month[7] = '\0';
}

/* What a manager sees of a month: contracts by the day their payment was registered, and the amounts. */
static gboolean
count_payment (WuyouDbConn *conn, WuyouContractDraft *draft, GError **error)
{
  const WuyouContract *contract = draft->contract;
  char month[11];

  if (contract->state != WUYOU_CONTRACT_PAID
      || (draft->old_state != 0 && draft->old_state != WUYOU_CONTRACT_AWAIT_PAYMENT))
    return TRUE;
  write_month (contract, month);
  return wuyou_counter_add (conn, WUYOU_COUNTER_PAID, contract->org_id, month, 1, error)
         && wuyou_counter_add (conn, WUYOU_COUNTER_RECEIVED, contract->org_id, month, contract->received_fen, error)
         && wuyou_counter_add (conn, WUYOU_COUNTER_WHOLESALE, contract->org_id, month, contract->wholesale_fen, error);
}

static gboolean
is_cancelled (int state)
{
  return state == WUYOU_CONTRACT_CANCELLED || state == WUYOU_CONTRACT_REVOKED;
}

/* The month of the payment keeps what was not paid back. */
static gboolean
count_cancellation (WuyouDbConn *conn, WuyouContractDraft *draft, GError **error)
{
  const WuyouContract *contract = draft->contract;
  gint64 contracts = contract->state == WUYOU_CONTRACT_CANCELLED ? -1 : 0;
  char month[11];

  if (!is_cancelled (contract->state) || draft->old_state == 0 || is_cancelled (draft->old_state))
    return TRUE;
  write_month (contract, month);
  return wuyou_counter_add (conn, WUYOU_COUNTER_PAID, contract->org_id, month, contracts, error)
         && wuyou_counter_add (conn, WUYOU_COUNTER_RECEIVED, contract->org_id, month, -contract->refund_fen, error)
         && wuyou_counter_add (conn, WUYOU_COUNTER_WHOLESALE, contract->org_id, month, -contract->credit_fen, error);
}

static gboolean
count_refund (WuyouDbConn *conn, const WuyouContract *contract, int state, gint64 amount, GError **error)
{
  return state != WUYOU_REFUND_APPROVED
         || wuyou_counter_add (conn, WUYOU_COUNTER_REFUND, contract->org_id, wuyou_enum_id (wuyou_refund_states, state),
                               amount, error);
}

static gboolean
count_refunds (WuyouDbConn *conn, WuyouContractDraft *draft, GError **error)
{
  const WuyouContract *contract = draft->contract;

  return draft->old_refund_state == contract->refund_state
         || (count_refund (conn, contract, draft->old_refund_state, -1, error)
             && count_refund (conn, contract, contract->refund_state, 1, error));
}

static gboolean
refuse_vehicle (GError **error)
{
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_DUPLICATE_VEHICLE, "The car is reserved by another contract");
  if (error != NULL)
    wuyou_error_set_field (*error, "vin", NULL);
  return FALSE;
}

static gboolean
find_overlap (WuyouDbConn *conn,
              const char *contract_id,
              const Reservation *reservation,
              gboolean *ret_found,
              GError **error)
{
  WuyouDbStmt *stmt = wuyou_db_query (conn, error,
                                      "SELECT 1 FROM reservations WHERE vin_key = $1 AND contract_id <> $2 "
                                      "AND from_on <= $3 AND until_on >= $4 LIMIT 1",
                                      "ttii", reservation->vin_key, contract_id, reservation->until, reservation->from);
  WuyouDbResult result = stmt != NULL ? wuyou_db_step (stmt, error) : WUYOU_DB_ERROR;

  *ret_found = result == WUYOU_DB_ROW;
  return result != WUYOU_DB_ERROR;
}

/* The transaction is serializable on both engines: of two that reserve at the same time one fails. */
static gboolean
reserve_vehicle (WuyouDbConn *conn, WuyouContractDraft *draft, GError **error)
{
  const Reservation *reservation = &draft->reservation;
  const char *id = draft->contract->id;
  gboolean taken = FALSE;

  if (!wuyou_db_run (conn, error, "DELETE FROM reservations WHERE contract_id = $1", "t", id))
    return FALSE;
  if (reservation->vin_key == NULL)
    return TRUE;
  if (!find_overlap (conn, id, reservation, &taken, error))
    return FALSE;
  if (taken)
    return refuse_vehicle (error);
  if (!wuyou_db_run (conn, error,
                     "INSERT INTO reservations (contract_id, vin_key, from_on, until_on) VALUES ($1, $2, $3, $4) "
                     "ON CONFLICT (vin_key, from_on) DO NOTHING",
                     "ttii", id, reservation->vin_key, reservation->from, reservation->until))
    return FALSE;
  return wuyou_db_changes (conn) == 1 || refuse_vehicle (error);
}

gboolean
wuyou_contract_save (WuyouDbConn *conn, WuyouContractDraft *draft, GError **error)
{
  gboolean reserves = draft->reservation.vin_key != NULL || draft->old_state > WUYOU_CONTRACT_RETURNED;

  return wuyou_record_save (conn, draft->record, error) && count_states (conn, draft, error)
         && (draft->old_state != 0
             || _wuyou_record_count_block (conn, &wuyou_contract_type, draft->contract->org_id, draft->contract->seq,
                                           error))
         && count_payment (conn, draft, error) && count_cancellation (conn, draft, error)
         && count_refunds (conn, draft, error) && (!reserves || reserve_vehicle (conn, draft, error));
}

typedef struct {
  const char *contract_id;
  gint64 number;
} Numbering;

static gboolean
take_number (WuyouDbConn *conn, gpointer data, GError **error)
{
  Numbering *numbering = data;
  WuyouDbStmt *stmt;

  if (!wuyou_db_run (conn, error,
                     "INSERT INTO contract_numbers (record_id) VALUES ($1) ON CONFLICT (record_id) DO NOTHING", "t",
                     numbering->contract_id))
    return FALSE;
  stmt = wuyou_db_query (conn, error, "SELECT n FROM contract_numbers WHERE record_id = $1", "t",
                         numbering->contract_id);
  if (stmt == NULL || wuyou_db_step (stmt, error) != WUYOU_DB_ROW)
    return FALSE;
  numbering->number = wuyou_db_column_int (stmt, 0);
  return TRUE;
}

char *
wuyou_contract_take_number (WuyouDb *db, const char *contract_id, WuyouDate today, GError **error)
{
  Numbering numbering = { contract_id, 0 };
  int year, month, day;

  if (!wuyou_db_write (db, take_number, &numbering, error))
    return NULL;
  wuyou_date_split (today, &year, &month, &day);
  return g_strdup_printf ("WY-%04d-%07" G_GINT64_FORMAT, year, numbering.number);
}

gboolean
wuyou_contract_check_vehicle (WuyouDbConn *conn,
                              WuyouStore *store,
                              const char *contract_id,
                              const char *vin,
                              WuyouDate from,
                              WuyouDate until,
                              gboolean *ret_free,
                              GError **error)
{
  g_autofree char *vin_key = wuyou_keys_digest (wuyou_store_get_keys (store), "vin", vin);
  const Reservation reservation = { vin_key, from, until != WUYOU_DATE_NONE ? until : G_MAXINT32 };
  gboolean found;

  if (!find_overlap (conn, contract_id != NULL ? contract_id : "", &reservation, &found, error))
    return FALSE;
  *ret_free = !found;
  return TRUE;
}
