/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-claim-store.h"

#include "base/wuyou-error.h"
#include "claims/wuyou-claim-rules.h"
#include "wuyou-audit-store.h"
#include "wuyou-counter-store.h"
#include "wuyou-record-sql.h"
#include "wuyou-red-flag-store.h"

struct _WuyouClaimDraft {
  WuyouRecordDraft *record;
  const WuyouClaim *claim; /* borrowed */
  gboolean is_new;
  int old_state, old_turn; /* 0: new */
  gboolean had_insurer;    /* it is told of a claim when it is reported */
  char *insurer_scope;
  WuyouMarks *marks;
  WuyouIdSource ids; /* of flags */
  gint64 at;
};

static gboolean
equal_tokens (GPtrArray *a, GPtrArray *b)
{
  for (guint i = 0; i < a->len; i++)
    if (i >= b->len || !g_str_equal (a->pdata[i], b->pdata[i]))
      return FALSE;
  return a->len == b->len;
}

static void
move_tokens (WuyouKeys *keys, WuyouRecordDraft *record, const WuyouClaimChange *change)
{
  g_autoptr (GPtrArray) before
      = change->old != NULL ? wuyou_claim_dup_tokens (keys, change->old, change->contract) : NULL;
  g_autoptr (GPtrArray) after = wuyou_claim_dup_tokens (keys, change->claim, change->contract);

  if (before == NULL || !equal_tokens (before, after))
    wuyou_record_draft_take_tokens (record, WUYOU_SEARCH_CLAIMS, g_steal_pointer (&before), g_steal_pointer (&after));
}

WuyouClaimDraft *
wuyou_claim_draft_new (WuyouStore *store, const WuyouClaimChange *change, GError **error)
{
  WuyouKeys *keys = wuyou_store_get_keys (store);
  g_autoptr (WuyouKey) key = change->key != NULL ? wuyou_key_ref (change->key)
                                                 : wuyou_keys_create (keys, WUYOU_PURPOSE_CLAIMS, change->claim->id);
  WuyouRecordDraft *record;
  WuyouClaimDraft *draft;

  wuyou_claim_place (change->claim);
  record = wuyou_record_prepare (store, &wuyou_claim_type, change->old, change->claim, key, change->scope,
                                 change->actor, change->action, change->reason, error);
  if (record == NULL)
    return NULL;
  if (change->key == NULL)
    wuyou_record_draft_add_key (record, key);
  move_tokens (keys, record, change);
  draft = g_new0 (WuyouClaimDraft, 1);
  *draft = (WuyouClaimDraft){
    .record = record,
    .claim = change->claim,
    .is_new = change->old == NULL,
    .old_state = change->old != NULL ? change->old->state : 0,
    .old_turn = change->old != NULL ? change->old->turn : 0,
    .had_insurer = change->old != NULL && change->old->insurer_org_id != NULL,
    .insurer_scope = g_strdup (change->insurer_scope),
    .marks = wuyou_marks_new (keys, change->claim, change->contract),
    .ids = { .clock = wuyou_store_get_clock (store) },
    .at = change->actor->at,
  };
  return draft;
}

void
wuyou_claim_draft_free (WuyouClaimDraft *draft)
{
  wuyou_record_draft_free (draft->record);
  g_free (draft->insurer_scope);
  wuyou_marks_free (draft->marks);
  g_free (draft);
}

/* From one name to another; 0: none. */
static gboolean
move_count (WuyouDbConn *conn,
            const char *kind,
            const char *org_id,
            const WuyouEnum *values,
            int old,
            int new,
            GError **error)
{
  if (old == new)
    return TRUE;
  if (old != 0 && !wuyou_counter_add (conn, kind, org_id, wuyou_enum_id (values, old), -1, error))
    return FALSE;
  return new == 0 || wuyou_counter_add (conn, kind, org_id, wuyou_enum_id (values, new), 1, error);
}

static gboolean
count (WuyouDbConn *conn, const WuyouClaimDraft *draft, GError **error)
{
  const WuyouClaim *claim = draft->claim;

  if (draft->is_new && !_wuyou_record_count_block (conn, &wuyou_claim_type, claim->org_id, claim->seq, error))
    return FALSE;
  if (!move_count (conn, WUYOU_COUNTER_CLAIM, claim->org_id, wuyou_claim_states, draft->old_state, claim->state, error)
      || !move_count (conn, WUYOU_COUNTER_CLAIM_TURN, claim->org_id, wuyou_turns, draft->old_turn, claim->turn, error))
    return FALSE;
  return claim->insurer_org_id == NULL
         || move_count (conn, WUYOU_COUNTER_CLAIM_INSURER, claim->insurer_org_id, wuyou_claim_states,
                        draft->had_insurer ? draft->old_state : 0, claim->state, error);
}

static gboolean
is_over (const WuyouClaim *claim)
{
  return claim->state == WUYOU_CLAIM_DRAFT || (claim->state != WUYOU_CLAIM_CLOSED_PAID && !wuyou_claim_is_open (claim));
}

/* One loss of a car at a time. A refused claim makes room; its appeal takes the place again, if it is still free. */
static gboolean
hold_contract (WuyouDbConn *conn, const WuyouClaim *claim, GError **error)
{
  WuyouDbStmt *stmt;

  if (is_over (claim))
    return wuyou_db_run (conn, error, "DELETE FROM open_claims WHERE contract_id = $1 AND claim_id = $2", "tt",
                         claim->contract_id, claim->id);
  if (!wuyou_db_run (conn, error,
                     "INSERT INTO open_claims (contract_id, claim_id) VALUES ($1, $2) "
                     "ON CONFLICT (contract_id) DO NOTHING",
                     "tt", claim->contract_id, claim->id))
    return FALSE;
  stmt = wuyou_db_query (conn, error, "SELECT 1 FROM open_claims WHERE contract_id = $1 AND claim_id = $2", "tt",
                         claim->contract_id, claim->id);
  if (stmt == NULL)
    return FALSE;
  switch (wuyou_db_step (stmt, error)) {
  case WUYOU_DB_ROW:
    return TRUE;
  case WUYOU_DB_DONE:
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_CLAIM_OPEN, "");
    return FALSE;
  default:
    return FALSE;
  }
}

gboolean
wuyou_claim_save (WuyouDbConn *conn, WuyouClaimDraft *draft, GError **error)
{
  const WuyouClaim *claim = draft->claim;

  return wuyou_record_save (conn, draft->record, error) && count (conn, draft, error)
         && ((draft->is_new && claim->state == WUYOU_CLAIM_DRAFT) || hold_contract (conn, claim, error))
         && (claim->number == NULL || wuyou_claim_marks_save (conn, draft->marks, &draft->ids, draft->at, error))
         && (draft->insurer_scope == NULL
             || wuyou_event_insert (conn, "claim", claim->id, claim->version, draft->insurer_scope, NULL, draft->at,
                                    error));
}

typedef struct {
  const char *claim_id;
  gint64 number;
} Numbering;

static gboolean
take_number (WuyouDbConn *conn, gpointer data, GError **error)
{
  Numbering *numbering = data;
  WuyouDbStmt *stmt;

  if (!wuyou_db_run (conn, error,
                     "INSERT INTO claim_numbers (record_id) VALUES ($1) ON CONFLICT (record_id) DO NOTHING", "t",
                     numbering->claim_id))
    return FALSE;
  stmt = wuyou_db_query (conn, error, "SELECT n FROM claim_numbers WHERE record_id = $1", "t", numbering->claim_id);
  if (stmt == NULL || wuyou_db_step (stmt, error) != WUYOU_DB_ROW)
    return FALSE;
  numbering->number = wuyou_db_column_int (stmt, 0);
  return TRUE;
}

char *
wuyou_claim_take_number (WuyouDb *db, const char *claim_id, WuyouDate today, GError **error)
{
  Numbering numbering = { claim_id, 0 };
  int year, month, day;

  if (!wuyou_db_write (db, take_number, &numbering, error))
    return NULL;
  wuyou_date_split (today, &year, &month, &day);
  return g_strdup_printf (WUYOU_CLAIM_NUMBER_PREFIX "%04d-%07" G_GINT64_FORMAT, year, numbering.number);
}

gboolean
wuyou_claim_blocks_end (WuyouDbConn *conn, const char *contract_id, gboolean *ret_blocks, GError **error)
{
  /* One that was paid is no longer open; its contract ends by it. */
  WuyouDbStmt *stmt
      = wuyou_db_query (conn, error,
                        "SELECT 1 FROM open_claims WHERE contract_id = $1 UNION ALL "
                        "SELECT 1 FROM claims WHERE contract_id = $2 AND state = $3 LIMIT 1",
                        "ttt", contract_id, contract_id, wuyou_enum_id (wuyou_claim_states, WUYOU_CLAIM_CLOSED_PAID));
  WuyouDbResult result = stmt != NULL ? wuyou_db_step (stmt, error) : WUYOU_DB_ERROR;

  *ret_blocks = result == WUYOU_DB_ROW;
  return result != WUYOU_DB_ERROR;
}

gboolean
wuyou_claim_find_insurer (WuyouDbConn *conn, const WuyouContract *contract, char **ret_org_id, GError **error)
{
  WuyouDbStmt *stmt
      = wuyou_db_query (conn, error, "SELECT id FROM orgs WHERE kind IN ('INSURER', 'INSURER_BRANCH') AND name = $1",
                        "t", contract->commercial_insurer);
  WuyouDbResult result = stmt != NULL ? wuyou_db_step (stmt, error) : WUYOU_DB_ERROR;

  *ret_org_id = result == WUYOU_DB_ROW ? g_strdup (wuyou_db_column_text (stmt, 0)) : NULL;
  return result != WUYOU_DB_ERROR;
}

static GPtrArray *
read_ids (WuyouDbStmt *stmt, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  WuyouDbResult result = WUYOU_DB_DONE;

  while (stmt != NULL && (result = wuyou_db_step (stmt, error)) == WUYOU_DB_ROW)
    g_ptr_array_add (ids, g_strdup (wuyou_db_column_text (stmt, 0)));
  return stmt != NULL && result == WUYOU_DB_DONE ? g_steal_pointer (&ids) : NULL;
}

GPtrArray *
wuyou_scope_list_orgs (WuyouDbConn *conn, const char *scope, guint limit, GError **error)
{
  g_autofree char *end = _wuyou_scope_end (scope);

  return read_ids (wuyou_db_query (conn, error, "SELECT id FROM orgs WHERE path >= $1 AND path < $2 LIMIT $3", "tti",
                                   scope, end, (gint64) limit),
                   error);
}

GPtrArray *
wuyou_org_list_suspended (WuyouDbConn *conn, guint limit, GError **error)
{
  return read_ids (wuyou_db_query (conn, error,
                                   "SELECT o.id FROM orgs o WHERE EXISTS (SELECT 1 FROM orgs s WHERE s.suspended = 1 "
                                   "AND substr (o.path, 1, length (s.path)) = s.path) LIMIT $1",
                                   "i", (gint64) limit),
                   error);
}

gboolean
wuyou_org_read_suspended (WuyouDbConn *conn, const char *path, gboolean *ret_suspended, GError **error)
{
  WuyouDbStmt *stmt = wuyou_db_query (
      conn, error, "SELECT 1 FROM orgs s WHERE s.suspended = 1 AND substr ($1, 1, length (s.path)) = s.path", "t",
      path);
  WuyouDbResult result = stmt != NULL ? wuyou_db_step (stmt, error) : WUYOU_DB_ERROR;

  *ret_suspended = result == WUYOU_DB_ROW;
  return result != WUYOU_DB_ERROR;
}

gboolean
wuyou_claim_reminder_put (WuyouDbConn *conn,
                          const char *claim_id,
                          WuyouDate due_on,
                          gint64 workdays,
                          gint64 at,
                          gboolean *ret_first,
                          GError **error)
{
  WuyouDbStmt *stmt = wuyou_db_query (
      conn, error, "SELECT 1 FROM claim_reminders WHERE claim_id = $1 AND due_on = $2 AND workdays = $3", "tii",
      claim_id, (gint64) due_on, workdays);
  WuyouDbResult result = stmt != NULL ? wuyou_db_step (stmt, error) : WUYOU_DB_ERROR;

  *ret_first = result == WUYOU_DB_DONE;
  if (result != WUYOU_DB_DONE)
    return result == WUYOU_DB_ROW;
  return wuyou_db_run (conn, error,
                       "INSERT INTO claim_reminders (claim_id, due_on, workdays, at) VALUES ($1, $2, $3, $4)", "tiii",
                       claim_id, (gint64) due_on, workdays, at);
}
