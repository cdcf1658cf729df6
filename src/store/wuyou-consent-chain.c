/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "base/wuyou-error.h"
#include "wuyou-consent-store.h"

static const char *
keep_text (WuyouGateFacts *facts, const char *text)
{
  return text != NULL ? g_string_chunk_insert (facts->strings, text) : NULL;
}

static gboolean
read_versions (WuyouDbConn *conn, const char *audience, WuyouGateFacts *facts, GError **error)
{
  WuyouDbResult result;
  WuyouDbStmt *stmt = wuyou_db_query (
      conn, error, "SELECT id, published_at, withdrawn_at, effective_on, material FROM bundles WHERE audience = $1",
      "t", audience);

  if (stmt == NULL)
    return FALSE;
  while ((result = wuyou_db_step (stmt, error)) == WUYOU_DB_ROW) {
    WuyouGateVersion version = {
      .bundle_id = keep_text (facts, wuyou_db_column_text (stmt, 0)),
      .published_at = wuyou_db_column_int (stmt, 1),
      .withdrawn_at = wuyou_db_column_int (stmt, 2),
      .effective_on = (WuyouDate) wuyou_db_column_int (stmt, 3),
      .material = wuyou_db_column_int (stmt, 4) != 0,
    };

    g_array_append_val (facts->versions, version);
  }
  return result == WUYOU_DB_DONE;
}

static gboolean
read_acceptances (WuyouDbConn *conn, const char *person_id, WuyouGateFacts *facts, GError **error)
{
  WuyouDbResult result;
  WuyouDbStmt *stmt = wuyou_db_query (
      conn, error,
      "SELECT bundle_id, capacity, decision, organisation_id, at FROM consents WHERE person_id = $1 ORDER BY seq", "t",
      person_id);

  if (stmt == NULL)
    return FALSE;
  while ((result = wuyou_db_step (stmt, error)) == WUYOU_DB_ROW) {
    WuyouGateAcceptance acceptance = {
      .bundle_id = keep_text (facts, wuyou_db_column_text (stmt, 0)),
      .capacity = (int) wuyou_db_column_int (stmt, 1),
      .decision = (int) wuyou_db_column_int (stmt, 2),
      .organisation_id = keep_text (facts, wuyou_db_column_text (stmt, 3)),
      .at = wuyou_db_column_int (stmt, 4),
    };

    g_array_append_val (facts->acceptances, acceptance);
  }
  return result == WUYOU_DB_DONE;
}

gboolean
wuyou_gate_facts_read (WuyouDbConn *conn,
                       const char *audience,
                       const char *person_id,
                       WuyouGateFacts *ret_facts,
                       GError **error)
{
  wuyou_gate_facts_clear (ret_facts);
  ret_facts->versions = g_array_new (FALSE, FALSE, sizeof (WuyouGateVersion));
  ret_facts->acceptances = g_array_new (FALSE, FALSE, sizeof (WuyouGateAcceptance));
  ret_facts->strings = g_string_chunk_new (512);
  return read_versions (conn, audience, ret_facts, error) && read_acceptances (conn, person_id, ret_facts, error);
}

void
wuyou_gate_facts_clear (WuyouGateFacts *facts)
{
  g_clear_pointer (&facts->versions, g_array_unref);
  g_clear_pointer (&facts->acceptances, g_array_unref);
  g_clear_pointer (&facts->strings, g_string_chunk_free);
}

typedef struct {
  char *previous;
  gint64 count;
} Chain;

static gboolean
walk_chain (WuyouDbConn *conn, gpointer data, GError **error)
{
  Chain *chain = data;
  WuyouDbResult result;
  WuyouDbStmt *stmt = wuyou_db_query (conn, error, "SELECT id, previous_hash, hash FROM consents ORDER BY seq", "");

  if (stmt == NULL)
    return FALSE;
  g_free (chain->previous);
  *chain = (Chain){ g_strdup (WUYOU_CONSENT_FIRST_HASH), 0 };
  while ((result = wuyou_db_step (stmt, error)) == WUYOU_DB_ROW) {
    if (!g_str_equal (wuyou_db_column_text (stmt, 1), chain->previous)) {
      g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_CORRUPT, "Consent %s does not follow the one before it",
                   wuyou_db_column_text (stmt, 0));
      return FALSE;
    }
    g_free (chain->previous);
    chain->previous = g_strdup (wuyou_db_column_text (stmt, 2));
    chain->count++;
  }
  return result == WUYOU_DB_DONE;
}

gboolean
wuyou_consent_verify_chain (WuyouStore *store, gint64 *ret_count, GError **error)
{
  Chain chain = { NULL, 0 };
  gboolean ok = wuyou_db_read (wuyou_store_get_db (store), walk_chain, &chain, error);

  *ret_count = chain.count;
  g_free (chain.previous);
  return ok;
}
