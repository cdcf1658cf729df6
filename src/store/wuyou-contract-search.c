/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "base/wuyou-error.h"
#include "sales/wuyou-search-fragments.h"
#include "wuyou-audit-store.h"
#include "wuyou-claim-erase.h"
#include "wuyou-contract-store.h"
#include "wuyou-db-search.h"
#include "wuyou-record-sql.h"
#include "wuyou-search-private.h"

#define OPERATOR "operator" /* scope of tokens, beside the id of an organisation */
#define MAX_ORGS 16

static void
add_token (WuyouKeys *keys, const char *scope, const WuyouFragment *fragment, GPtrArray *tokens)
{
  g_ptr_array_add (tokens, wuyou_keys_token (keys, scope, wuyou_fragment_kind_id (fragment->kind), fragment->text));
}

void
_wuyou_search_add_tokens (WuyouKeys *keys,
                          const GPtrArray *fragments,
                          const char *const *scopes,
                          guint n_scopes,
                          GPtrArray *tokens)
{
  for (guint i = 0; i < fragments->len; i++) {
    add_token (keys, OPERATOR, fragments->pdata[i], tokens);
    for (guint s = 0; s < n_scopes; s++)
      if (scopes[s] != NULL)
        add_token (keys, scopes[s], fragments->pdata[i], tokens);
  }
}

GPtrArray *
wuyou_contract_dup_tokens (WuyouKeys *keys, const WuyouContract *contract)
{
  g_autoptr (GPtrArray) fragments = wuyou_search_fragments_of_contract (contract);
  const char *scopes[] = { contract->org_id };
  GPtrArray *tokens = g_ptr_array_new_with_free_func (g_free);

  _wuyou_search_add_tokens (keys, fragments, scopes, G_N_ELEMENTS (scopes), tokens);
  return tokens;
}

/* Which tokens to look up: those of the organisations in @scope, or where these are many the operator's. */
static GPtrArray *
read_token_scopes (WuyouDbConn *conn, const char *scope, GError **error)
{
  g_autoptr (GPtrArray) scopes = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *end = NULL;
  WuyouDbResult result = WUYOU_DB_DONE;
  WuyouDbStmt *stmt;

  if (_wuyou_scope_is_all (scope)) {
    g_ptr_array_add (scopes, g_strdup (OPERATOR));
    return g_steal_pointer (&scopes);
  }
  end = _wuyou_scope_end (scope);
  stmt = wuyou_db_query (conn, error, "SELECT id FROM orgs WHERE path >= $1 AND path < $2 LIMIT $3", "tti", scope, end,
                         (gint64) MAX_ORGS + 1);
  if (stmt == NULL)
    return NULL;
  while ((result = wuyou_db_step (stmt, error)) == WUYOU_DB_ROW)
    g_ptr_array_add (scopes, g_strdup (wuyou_db_column_text (stmt, 0)));
  if (scopes->len > MAX_ORGS) {
    g_ptr_array_set_size (scopes, 0);
    g_ptr_array_add (scopes, g_strdup (OPERATOR));
  }
  return result == WUYOU_DB_DONE ? g_steal_pointer (&scopes) : NULL;
}

gboolean
wuyou_contract_search_is_exact (WuyouDbConn *conn, const char *scope, gboolean *ret_exact, GError **error)
{
  g_autoptr (GPtrArray) scopes = read_token_scopes (conn, scope, error);

  if (scopes == NULL)
    return FALSE;
  *ret_exact = _wuyou_scope_is_all (scope) || scopes->len != 1 || !g_str_equal (scopes->pdata[0], OPERATOR);
  return TRUE;
}

static GPtrArray *
hash_groups (WuyouKeys *keys, GPtrArray *fragments, GPtrArray *scopes)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < fragments->len; i++) {
    GPtrArray *alternatives = fragments->pdata[i];
    GPtrArray *group = g_ptr_array_new_with_free_func (g_free);

    for (guint j = 0; j < alternatives->len; j++)
      for (guint k = 0; k < scopes->len; k++)
        add_token (keys, scopes->pdata[k], alternatives->pdata[j], group);
    g_ptr_array_add (groups, group);
  }
  return groups;
}

GPtrArray *
_wuyou_search_dup_groups (WuyouDbConn *conn, WuyouStore *store, const char *typed, const char *scope, GError **error)
{
  g_autoptr (GPtrArray) fragments = wuyou_search_fragments_of_query (typed);
  g_autoptr (GPtrArray) scopes = read_token_scopes (conn, scope, error);

  if (scopes == NULL)
    return NULL;
  if (scopes->len == 0)
    return g_ptr_array_new ();
  return hash_groups (wuyou_store_get_keys (store), fragments, scopes);
}

gboolean
wuyou_contract_search (WuyouDbConn *conn,
                       WuyouStore *store,
                       const char *typed,
                       const char *scope,
                       gint64 before,
                       guint limit,
                       GArray *ret_seqs,
                       GError **error)
{
  g_autoptr (GPtrArray) groups = _wuyou_search_dup_groups (conn, store, typed, scope, error);

  if (groups == NULL)
    return FALSE;
  return groups->len == 0
         || wuyou_db_search_query (conn, WUYOU_SEARCH_CONTRACTS, groups, before, limit, ret_seqs, error);
}

typedef struct {
  WuyouStore *store;
  const char *id;
  const WuyouActor *actor;
  const char *reason;
  WuyouContract *contract;
  char *scope;
  GPtrArray *tokens;
  WuyouClaimErasure claims;
} Erasure;

static gboolean
read_erasure (WuyouDbConn *conn, gpointer data, GError **error)
{
  Erasure *erasure = data;
  WuyouDbStmt *stmt;

  erasure->contract = wuyou_record_load (conn, erasure->store, &wuyou_contract_type, erasure->id, NULL, NULL, error);
  if (erasure->contract == NULL)
    return FALSE;
  stmt = wuyou_db_query (conn, error, "SELECT path FROM orgs WHERE id = $1", "t", erasure->contract->org_id);
  if (stmt != NULL && wuyou_db_step (stmt, error) == WUYOU_DB_ROW)
    erasure->scope = g_strdup (wuyou_db_column_text (stmt, 0));
  return stmt != NULL && _wuyou_claim_erasure_read (&erasure->claims, conn, erasure->store, erasure->id, error);
}

/* The version tells whether the tokens are still those of the record. */
static gboolean
write_erasure (WuyouDbConn *conn, gpointer data, GError **error)
{
  Erasure *erasure = data;
  const WuyouContract *contract = erasure->contract;
  const WuyouErasing by = { erasure->actor, erasure->scope, erasure->reason };
  const WuyouAuditEntry entry = {
    .action = "erase",
    .object = "contract",
    .object_id = contract->id,
    .scope = erasure->scope,
    .version = contract->version + 1,
    .outcome = "OK",
    .reason = erasure->reason,
  };

  if (!wuyou_db_run (conn, error, "UPDATE contracts SET version = version + 1 WHERE id = $1 AND version = $2", "ti",
                     contract->id, contract->version))
    return FALSE;
  if (wuyou_db_changes (conn) != 1) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_STALE, "The contract changed meanwhile");
    return FALSE;
  }
  return wuyou_db_search_delete (conn, WUYOU_SEARCH_CONTRACTS, contract->seq, erasure->tokens, error)
         && wuyou_keys_destroy (conn, WUYOU_PURPOSE_SALES, contract->id, erasure->actor->at, error)
         && _wuyou_claim_erasure_write (&erasure->claims, conn, contract->id, &by, error)
         && wuyou_audit_insert (conn, erasure->actor, &entry, error)
         && wuyou_event_insert (conn, "contract", contract->id, contract->version + 1, erasure->scope, NULL,
                                erasure->actor->at, error);
}

gboolean
wuyou_contract_erase (WuyouStore *store,
                      const char *contract_id,
                      const WuyouActor *actor,
                      const char *reason,
                      GError **error)
{
  Erasure erasure = { .store = store, .id = contract_id, .actor = actor, .reason = reason };
  WuyouDb *db = wuyou_store_get_db (store);
  gboolean ok = wuyou_db_read (db, read_erasure, &erasure, error);

  if (ok) {
    erasure.tokens = wuyou_contract_dup_tokens (wuyou_store_get_keys (store), erasure.contract);
    _wuyou_claim_erasure_prepare (&erasure.claims, wuyou_store_get_keys (store), erasure.contract);
    ok = wuyou_db_write (db, write_erasure, &erasure, error);
    g_ptr_array_unref (erasure.tokens);
  }
  g_clear_pointer (&erasure.contract, wuyou_contract_free);
  _wuyou_claim_erasure_clear (&erasure.claims);
  g_free (erasure.scope);
  return ok;
}
