/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-evidence-store.h"

#include "base/wuyou-error.h"

const WuyouEnum wuyou_rendition_kinds[] = {
  { WUYOU_RENDITION_PLAIN, "plain", "" },
  { WUYOU_RENDITION_VIEW, "view", "" },
  { WUYOU_RENDITION_THUMB, "thumb", "" },
  { 0, NULL, NULL },
};

static gboolean
read_state (WuyouDbConn *conn, const char *sql, const char *id, int *ret_state, GError **error)
{
  WuyouDbStmt *stmt = wuyou_db_query (conn, error, sql, "t", id);
  WuyouDbResult result = stmt != NULL ? wuyou_db_step (stmt, error) : WUYOU_DB_ERROR;
  const WuyouEnum *state = NULL;

  if (result == WUYOU_DB_ROW)
    state = wuyou_enum_find (wuyou_evidence_states, wuyou_db_column_text (stmt, 0));
  *ret_state = state != NULL ? state->value : 0;
  return result != WUYOU_DB_ERROR;
}

gboolean
wuyou_evidence_read_state (WuyouDbConn *conn, const char *id, int *ret_state, GError **error)
{
  return read_state (conn, "SELECT state FROM evidence WHERE id = $1", id, ret_state, error);
}

gboolean
wuyou_evidence_count (WuyouDbConn *conn, const char *claim_id, gint64 *ret_all, gint64 *ret_live, GError **error)
{
  WuyouDbStmt *stmt
      = wuyou_db_query (conn, error,
                        "SELECT count(*), count(CASE WHEN state IN ('WITHDRAWN', 'INFECTED', 'REJECTED_TYPE') "
                        "THEN NULL ELSE 1 END) FROM evidence WHERE claim_id = $1",
                        "t", claim_id);

  if (stmt == NULL || wuyou_db_step (stmt, error) != WUYOU_DB_ROW)
    return FALSE;
  *ret_all = wuyou_db_column_int (stmt, 0);
  *ret_live = wuyou_db_column_int (stmt, 1);
  return TRUE;
}

typedef struct {
  const char *id;
  gint64 tries;
} Try;

static gboolean
write_try (WuyouDbConn *conn, gpointer data, GError **error)
{
  Try *try = data;
  WuyouDbStmt *stmt;

  if (!wuyou_db_run (conn, error, "UPDATE evidence SET decode_tries = decode_tries + 1 WHERE id = $1", "t", try->id))
    return FALSE;
  stmt = wuyou_db_query (conn, error, "SELECT decode_tries FROM evidence WHERE id = $1", "t", try->id);
  if (stmt == NULL || wuyou_db_step (stmt, error) == WUYOU_DB_ERROR)
    return FALSE;
  try->tries = wuyou_db_column_int (stmt, 0);
  return TRUE;
}

gboolean
wuyou_evidence_add_try (WuyouDb *db, const char *id, gint64 *ret_tries, GError **error)
{
  Try try = { id, 0 };

  if (!wuyou_db_write (db, write_try, &try, error))
    return FALSE;
  *ret_tries = try.tries;
  return TRUE;
}

gboolean
wuyou_evidence_forget_tries (WuyouDbConn *conn, const char *id, GError **error)
{
  return wuyou_db_run (conn, error, "UPDATE evidence SET decode_tries = 0 WHERE id = $1 AND decode_tries > 0", "t", id);
}

/* --- renditions --- */

void
wuyou_rendition_free (WuyouRendition *rendition)
{
  g_free (rendition->id);
  g_free (rendition->evidence_id);
  g_free (rendition->media_type);
  g_free (rendition->edits_json);
  g_free (rendition);
}

#define RENDITION "r.id, r.evidence_id, r.kind, r.media_type, r.edits_json, r.made_at"

static WuyouRendition *
read_rendition (WuyouDbStmt *stmt)
{
  const WuyouEnum *kind = wuyou_enum_find (wuyou_rendition_kinds, wuyou_db_column_text (stmt, 2));
  const char *edits = wuyou_db_column_text (stmt, 4);
  WuyouRendition *rendition = g_new0 (WuyouRendition, 1);

  *rendition = (WuyouRendition){
    .id = g_strdup (wuyou_db_column_text (stmt, 0)),
    .evidence_id = g_strdup (wuyou_db_column_text (stmt, 1)),
    .kind = kind != NULL ? kind->value : 0,
    .media_type = g_strdup (wuyou_db_column_text (stmt, 3)),
    .edits_json = *edits != '\0' ? g_strdup (edits) : NULL,
    .made_at = wuyou_db_column_int (stmt, 5),
  };
  return rendition;
}

static GPtrArray *
read_renditions (WuyouDbStmt *stmt, GError **error)
{
  g_autoptr (GPtrArray) renditions = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_rendition_free);
  WuyouDbResult result = WUYOU_DB_ERROR;

  while (stmt != NULL && (result = wuyou_db_step (stmt, error)) == WUYOU_DB_ROW)
    g_ptr_array_add (renditions, read_rendition (stmt));
  return result == WUYOU_DB_DONE ? g_steal_pointer (&renditions) : NULL;
}

gboolean
wuyou_rendition_find (WuyouDbConn *conn,
                      const char *evidence_id,
                      int kind,
                      WuyouRendition **ret_rendition,
                      GError **error)
{
  WuyouDbStmt *stmt
      = wuyou_db_query (conn, error, "SELECT " RENDITION " FROM renditions r WHERE r.evidence_id = $1 AND r.kind = $2",
                        "tt", evidence_id, wuyou_enum_id (wuyou_rendition_kinds, kind));
  WuyouDbResult result = stmt != NULL ? wuyou_db_step (stmt, error) : WUYOU_DB_ERROR;

  *ret_rendition = result == WUYOU_DB_ROW ? read_rendition (stmt) : NULL;
  return result != WUYOU_DB_ERROR;
}

GPtrArray *
wuyou_rendition_list (WuyouDbConn *conn, const char *evidence_id, GError **error)
{
  return read_renditions (
      wuyou_db_query (conn, error, "SELECT " RENDITION " FROM renditions r WHERE r.evidence_id = $1", "t", evidence_id),
      error);
}

GPtrArray *
wuyou_rendition_list_claim (WuyouDbConn *conn, const char *claim_id, int kind, GError **error)
{
  return read_renditions (wuyou_db_query (conn, error,
                                          "SELECT " RENDITION
                                          " FROM renditions r JOIN evidence e ON e.id = r.evidence_id "
                                          "WHERE e.claim_id = $1 AND r.kind = $2 ORDER BY e.seq",
                                          "tt", claim_id, wuyou_enum_id (wuyou_rendition_kinds, kind)),
                          error);
}

gboolean
wuyou_rendition_check_made (WuyouDbConn *conn,
                            const char *evidence_id,
                            const char *edits_json,
                            gboolean *ret_made,
                            GError **error)
{
  g_autoptr (GPtrArray) renditions = wuyou_rendition_list (conn, evidence_id, error);
  guint made = 0, wanted = 1u << WUYOU_RENDITION_PLAIN | 1u << WUYOU_RENDITION_THUMB;

  if (edits_json != NULL)
    wanted |= 1u << WUYOU_RENDITION_VIEW;
  for (guint i = 0; renditions != NULL && i < renditions->len; i++) {
    const WuyouRendition *one = renditions->pdata[i];

    if (one->kind == WUYOU_RENDITION_PLAIN || g_strcmp0 (one->edits_json, edits_json) == 0)
      made |= 1u << one->kind;
  }
  *ret_made = made == wanted;
  return renditions != NULL;
}

gboolean
wuyou_rendition_remove (WuyouDbConn *conn, const char *evidence_id, int kind, char **ret_removed, GError **error)
{
  g_autoptr (WuyouRendition) old = NULL;

  *ret_removed = NULL;
  if (!wuyou_rendition_find (conn, evidence_id, kind, &old, error))
    return FALSE;
  if (old == NULL)
    return TRUE;
  *ret_removed = g_steal_pointer (&old->id);
  return wuyou_db_run (conn, error, "DELETE FROM renditions WHERE id = $1", "t", *ret_removed)
         && wuyou_db_run (conn, error, "DELETE FROM files WHERE id = $1", "t", *ret_removed);
}

gboolean
wuyou_rendition_put (WuyouDbConn *conn, const WuyouRendition *rendition, char **ret_replaced, GError **error)
{
  return wuyou_rendition_remove (conn, rendition->evidence_id, rendition->kind, ret_replaced, error)
         && wuyou_db_run (conn, error,
                          "INSERT INTO renditions (id, evidence_id, kind, media_type, edits_json, made_at) "
                          "VALUES ($1, $2, $3, $4, $5, $6)",
                          "ttttti", rendition->id, rendition->evidence_id,
                          wuyou_enum_id (wuyou_rendition_kinds, rendition->kind), rendition->media_type,
                          rendition->edits_json != NULL ? rendition->edits_json : "", rendition->made_at);
}

gboolean
wuyou_rendition_read_state (WuyouDbConn *conn, const char *id, int *ret_state, GError **error)
{
  return read_state (conn, "SELECT e.state FROM renditions r JOIN evidence e ON e.id = r.evidence_id WHERE r.id = $1",
                     id, ret_state, error);
}
