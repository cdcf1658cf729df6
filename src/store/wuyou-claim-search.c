/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "sales/wuyou-search-fragments.h"
#include "wuyou-claim-store.h"
#include "wuyou-db-search.h"
#include "wuyou-search-private.h"

/* By what the contract is found by, and by both numbers. */
GPtrArray *
wuyou_claim_dup_tokens (WuyouKeys *keys, const WuyouClaim *claim, const WuyouContract *contract)
{
  const WuyouContract numbered = { .number = claim->number };
  g_autoptr (GPtrArray) fragments = wuyou_search_fragments_of_contract (contract);
  g_autoptr (GPtrArray) number = wuyou_search_fragments_of_contract (&numbered);
  const char *scopes[] = { claim->org_id, claim->insurer_org_id };
  GPtrArray *tokens = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_extend_and_steal (fragments, g_steal_pointer (&number));
  _wuyou_search_add_tokens (keys, fragments, scopes, G_N_ELEMENTS (scopes), tokens);
  return tokens;
}

gboolean
wuyou_claim_search (WuyouDbConn *conn,
                    WuyouStore *store,
                    const char *typed,
                    const char *scope,
                    guint limit,
                    GArray *ret_seqs,
                    GError **error)
{
  g_autoptr (GPtrArray) groups = _wuyou_search_dup_groups (conn, store, typed, scope, error);

  if (groups == NULL)
    return FALSE;
  return groups->len == 0
         || wuyou_db_search_query (conn, WUYOU_SEARCH_CLAIMS, groups, G_MAXINT64, limit, ret_seqs, error);
}
