/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-claim-erase.h"

#include "base/wuyou-error.h"
#include "claims/wuyou-evidence.h"
#include "wuyou-audit-store.h"
#include "wuyou-claim-store.h"
#include "wuyou-db-search.h"

#define MAX_CLAIMS 1000

void
_wuyou_claim_erasure_clear (WuyouClaimErasure *self)
{
  g_clear_pointer (&self->claims, g_ptr_array_unref);
  g_clear_pointer (&self->tokens, g_ptr_array_unref);
}

gboolean
_wuyou_claim_erasure_read (WuyouClaimErasure *self,
                           WuyouDbConn *conn,
                           WuyouStore *store,
                           const char *contract_id,
                           GError **error)
{
  const WuyouFilter filter = { .field = "contract_id", .op = WUYOU_FILTER_EQUAL, .text = contract_id };
  const WuyouRecordQuery query = { .filters = &filter, .n_filters = 1, .limit = MAX_CLAIMS };

  _wuyou_claim_erasure_clear (self);
  self->claims = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_claim_free);
  return wuyou_record_list (conn, store, &wuyou_claim_type, &query, self->claims, error);
}

void
_wuyou_claim_erasure_prepare (WuyouClaimErasure *self, WuyouKeys *keys, const WuyouContract *contract)
{
  self->tokens = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < self->claims->len; i++)
    g_ptr_array_add (self->tokens, wuyou_claim_dup_tokens (keys, self->claims->pdata[i], contract));
}

/* The versions tell whether the tokens are still those of the records. */
static gboolean
check_current (const WuyouClaimErasure *self, WuyouDbConn *conn, const char *contract_id, GError **error)
{
  WuyouDbStmt *stmt = wuyou_db_query (
      conn, error, "SELECT count(*), CAST(coalesce(sum(version), 0) AS BIGINT) FROM claims WHERE contract_id = $1", "t",
      contract_id);
  gint64 versions = 0;

  if (stmt == NULL || wuyou_db_step (stmt, error) != WUYOU_DB_ROW)
    return FALSE;
  for (guint i = 0; i < self->claims->len; i++)
    versions += ((const WuyouClaim *) self->claims->pdata[i])->version;
  if (wuyou_db_column_int (stmt, 0) == self->claims->len && wuyou_db_column_int (stmt, 1) == versions)
    return TRUE;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_STALE, "A claim changed meanwhile");
  return FALSE;
}

/* Those that there are: not every claim has sensitive papers. Purposes; owned. */
static GPtrArray *
list_purposes (WuyouDbConn *conn, const char *claim_id, GError **error)
{
  g_autoptr (GPtrArray) purposes = g_ptr_array_new_with_free_func (g_free);
  WuyouDbResult result = WUYOU_DB_ERROR;
  WuyouDbStmt *stmt
      = wuyou_db_query (conn, error, "SELECT purpose FROM customer_keys WHERE id = $1 AND purpose IN ($2, $3)", "ttt",
                        claim_id, WUYOU_PURPOSE_CLAIMS, WUYOU_PURPOSE_CLAIMS_SENSITIVE);

  while (stmt != NULL && (result = wuyou_db_step (stmt, error)) == WUYOU_DB_ROW)
    g_ptr_array_add (purposes, g_strdup (wuyou_db_column_text (stmt, 0)));
  return result == WUYOU_DB_DONE ? g_steal_pointer (&purposes) : NULL;
}

static gboolean
destroy_keys (WuyouDbConn *conn, const char *claim_id, gint64 at, GError **error)
{
  g_autoptr (GPtrArray) purposes = list_purposes (conn, claim_id, error);

  for (guint i = 0; purposes != NULL && i < purposes->len; i++)
    if (!wuyou_keys_destroy (conn, purposes->pdata[i], claim_id, at, error))
      return FALSE;
  return purposes != NULL;
}

static gboolean
remove_traces (WuyouDbConn *conn, const WuyouClaim *claim, GPtrArray *tokens, GError **error)
{
  return wuyou_db_search_delete (conn, WUYOU_SEARCH_CLAIMS, claim->seq, tokens, error)
         && wuyou_db_run (conn, error, "DELETE FROM claim_marks WHERE claim_id = $1", "t", claim->id)
         && wuyou_db_run (conn, error, "UPDATE red_flags SET note = '' WHERE claim_id = $1", "t", claim->id)
         && wuyou_db_run (conn, error,
                          "DELETE FROM image_prints WHERE evidence_id IN (SELECT id FROM evidence WHERE claim_id = $1)",
                          "t", claim->id);
}

/* A change of its own, so that a write that knew it before is stale and desktops read it anew. */
static gboolean
tell (WuyouDbConn *conn, const WuyouClaim *claim, const WuyouErasing *by, GError **error)
{
  const WuyouAuditEntry entry = {
    .action = "erase",
    .object = "claim",
    .object_id = claim->id,
    .scope = by->scope,
    .version = claim->version + 1,
    .outcome = "OK",
    .reason = by->reason,
  };

  return wuyou_db_run (conn, error, "UPDATE claims SET version = version + 1 WHERE id = $1", "t", claim->id)
         && wuyou_audit_insert (conn, by->actor, &entry, error)
         && wuyou_event_insert (conn, "claim", claim->id, claim->version + 1, by->scope, NULL, by->actor->at, error);
}

gboolean
_wuyou_claim_erasure_write (const WuyouClaimErasure *self,
                            WuyouDbConn *conn,
                            const char *contract_id,
                            const WuyouErasing *by,
                            GError **error)
{
  if (!check_current (self, conn, contract_id, error))
    return FALSE;
  for (guint i = 0; i < self->claims->len; i++) {
    const WuyouClaim *claim = self->claims->pdata[i];

    if (!destroy_keys (conn, claim->id, by->actor->at, error)
        || !remove_traces (conn, claim, self->tokens->pdata[i], error) || !tell (conn, claim, by, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
withdraw_evidence (WuyouDbConn *conn, const char *claim_id, gint64 at, GError **error)
{
  return wuyou_db_run (conn, error,
                       "UPDATE evidence SET state = $1, updated_at = $2, version = version + 1 WHERE claim_id = $3",
                       "tit", wuyou_enum_id (wuyou_evidence_states, WUYOU_EVIDENCE_WITHDRAWN), at, claim_id)
         && wuyou_db_run (conn, error, "DELETE FROM red_flags WHERE claim_id = $1", "t", claim_id);
}

gboolean
wuyou_claim_forget (WuyouDbConn *conn, const WuyouClaim *claim, GPtrArray *tokens, gint64 at, GError **error)
{
  return destroy_keys (conn, claim->id, at, error) && remove_traces (conn, claim, tokens, error)
         && withdraw_evidence (conn, claim->id, at, error);
}
