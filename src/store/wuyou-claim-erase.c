/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-claim-erase.h"

/* Those of the contract's claims that there are: a pair of purpose and id each, one after the other. Owned. */
static GPtrArray *
list_keys (WuyouDbConn *conn, const char *contract_id, GError **error)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
  WuyouDbResult result = WUYOU_DB_ERROR;
  WuyouDbStmt *stmt = wuyou_db_query (conn, error,
                                      "SELECT k.purpose, k.id FROM customer_keys k JOIN claims c ON c.id = k.id "
                                      "WHERE c.contract_id = $1 AND k.purpose IN ($2, $3)",
                                      "ttt", contract_id, WUYOU_PURPOSE_CLAIMS, WUYOU_PURPOSE_CLAIMS_SENSITIVE);

  while (stmt != NULL && (result = wuyou_db_step (stmt, error)) == WUYOU_DB_ROW) {
    g_ptr_array_add (keys, g_strdup (wuyou_db_column_text (stmt, 0)));
    g_ptr_array_add (keys, g_strdup (wuyou_db_column_text (stmt, 1)));
  }
  return result == WUYOU_DB_DONE ? g_steal_pointer (&keys) : NULL;
}

gboolean
_wuyou_claims_erase (WuyouDbConn *conn, const char *contract_id, gint64 at, GError **error)
{
  g_autoptr (GPtrArray) keys = list_keys (conn, contract_id, error);

  if (keys == NULL)
    return FALSE;
  for (guint i = 0; i + 1 < keys->len; i += 2)
    if (!wuyou_keys_destroy (conn, keys->pdata[i], keys->pdata[i + 1], at, error))
      return FALSE;
  return wuyou_db_run (conn, error,
                       "DELETE FROM claim_marks WHERE claim_id IN (SELECT id FROM claims WHERE contract_id = $1)", "t",
                       contract_id)
         && wuyou_db_run (conn, error,
                          "DELETE FROM image_prints WHERE evidence_id IN (SELECT e.id FROM evidence e "
                          "JOIN claims c ON c.id = e.claim_id WHERE c.contract_id = $1)",
                          "t", contract_id);
}
