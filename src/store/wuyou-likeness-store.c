/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-image-print.h"
#include "wuyou-evidence-store.h"

#define BANDS 4
#define MAX_OF_BAND 2000
#define MAX_FOUND 50 /* flags say that there is one, not how many */

/* Rows of another contract's claim that stand: $1 is what is looked for, $2 the contract. */
#define ELSEWHERE                                                                                                      \
  " JOIN claims c ON c.id = e.claim_id WHERE c.contract_id <> $2 "                                                     \
  "AND e.state NOT IN ('WITHDRAWN', 'UPLOADING') "

void
wuyou_likeness_free (WuyouLikeness *likeness)
{
  g_free (likeness->evidence_id);
  g_free (likeness->claim_id);
  g_free (likeness);
}

static void
add_found (GPtrArray *found, const char *evidence_id, const char *claim_id)
{
  WuyouLikeness *likeness = g_new0 (WuyouLikeness, 1);

  *likeness = (WuyouLikeness){ g_strdup (evidence_id), g_strdup (claim_id) };
  g_ptr_array_add (found, likeness);
}

static gint64
get_band (guint64 print, guint band)
{
  return (gint64) (print >> (16 * band) & 0xffff);
}

gboolean
wuyou_print_put (WuyouDbConn *conn, const char *evidence_id, guint64 print, GError **error)
{
  char text[17];

  g_snprintf (text, sizeof text, "%016" G_GINT64_MODIFIER "x", print);
  for (guint band = 0; band < BANDS; band++)
    if (!wuyou_db_run (conn, error,
                       "INSERT INTO image_prints (band, value, evidence_id, print) VALUES ($1, $2, $3, $4) "
                       "ON CONFLICT (band, value, evidence_id) DO NOTHING",
                       "iitt", (gint64) band, get_band (print, band), evidence_id, text))
      return FALSE;
  return TRUE;
}

gboolean
wuyou_print_remove (WuyouDbConn *conn, const char *evidence_id, GError **error)
{
  return wuyou_db_run (conn, error, "DELETE FROM image_prints WHERE evidence_id = $1", "t", evidence_id);
}

/* Ids of pictures in a band of which the whole print is near; most of a band are not. */
static gboolean
collect_near (WuyouDbConn *conn, guint64 print, guint most, guint band, GHashTable *ids, GError **error)
{
  WuyouDbResult result = WUYOU_DB_ERROR;
  WuyouDbStmt *stmt = wuyou_db_query (conn, error,
                                      "SELECT evidence_id, print FROM image_prints WHERE band = $1 AND value = $2 "
                                      "ORDER BY evidence_id DESC LIMIT $3",
                                      "iii", (gint64) band, get_band (print, band), (gint64) MAX_OF_BAND);

  while (stmt != NULL && (result = wuyou_db_step (stmt, error)) == WUYOU_DB_ROW) {
    guint64 other = g_ascii_strtoull (wuyou_db_column_text (stmt, 1), NULL, 16);

    if (wuyou_image_print_distance (print, other) <= most)
      g_hash_table_add (ids, g_strdup (wuyou_db_column_text (stmt, 0)));
  }
  return result == WUYOU_DB_DONE;
}

static gboolean
add_elsewhere (WuyouDbConn *conn,
               const char *sql,
               const char *key,
               const char *contract_id,
               GPtrArray *found,
               GError **error)
{
  WuyouDbStmt *stmt = wuyou_db_query (conn, error, sql, "tti", key, contract_id, (gint64) MAX_FOUND);
  WuyouDbResult result = WUYOU_DB_ERROR;

  while (stmt != NULL && (result = wuyou_db_step (stmt, error)) == WUYOU_DB_ROW)
    add_found (found, wuyou_db_column_text (stmt, 0), wuyou_db_column_text (stmt, 1));
  return result == WUYOU_DB_DONE;
}

GPtrArray *
wuyou_print_find_near (WuyouDbConn *conn, guint64 print, guint most, const char *contract_id, GError **error)
{
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_likeness_free);
  GHashTableIter iter;
  gpointer id;

  for (guint band = 0; band < BANDS; band++)
    if (!collect_near (conn, print, most, band, ids, error))
      return NULL;
  g_hash_table_iter_init (&iter, ids);
  while (found->len < MAX_FOUND && g_hash_table_iter_next (&iter, &id, NULL))
    if (!add_elsewhere (conn, "SELECT e.id, e.claim_id FROM evidence e" ELSEWHERE "AND e.id = $1 LIMIT $3", id,
                        contract_id, found, error))
      return NULL;
  return g_steal_pointer (&found);
}

GPtrArray *
wuyou_evidence_find_same (WuyouDbConn *conn, const char *sha256, const char *contract_id, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_likeness_free);

  if (!add_elsewhere (conn,
                      "SELECT e.id, e.claim_id FROM evidence e" ELSEWHERE
                      "AND e.sha256 = $1 AND e.sha256 <> '' ORDER BY e.seq DESC LIMIT $3",
                      sha256, contract_id, found, error))
    return NULL;
  return g_steal_pointer (&found);
}
