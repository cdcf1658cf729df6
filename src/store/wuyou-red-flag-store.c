/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-red-flag-store.h"

#include "base/wuyou-error.h"

void
wuyou_red_flag_free (WuyouRedFlag *flag)
{
  g_free (flag->id);
  g_free (flag->claim_id);
  g_free (flag->evidence_id);
  g_free (flag->fact);
  g_free (flag->note);
  g_free (flag->judged_by);
  g_free (flag);
}

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

static char *
dup_column (WuyouDbStmt *stmt, int index)
{
  const char *text = wuyou_db_column_text (stmt, index);

  return *text != '\0' ? g_strdup (text) : NULL;
}

gboolean
wuyou_red_flag_insert (WuyouDbConn *conn,
                       const WuyouIdSource *ids,
                       const char *claim_id,
                       const char *evidence_id,
                       int code,
                       const char *fact,
                       gint64 at,
                       GError **error)
{
  const WuyouFlagInfo *info = wuyou_flag_info (code);
  g_autofree char *id = wuyou_id_new (ids);

  return wuyou_db_run (conn, error,
                       "INSERT INTO red_flags (id, claim_id, evidence_id, code, severity, detail, at) "
                       "VALUES ($1, $2, $3, $4, $5, $6, $7) "
                       "ON CONFLICT (claim_id, evidence_id, code, detail) DO NOTHING",
                       "tttttti", id, claim_id, or_empty (evidence_id), info->id,
                       wuyou_enum_id (wuyou_severities, info->severity), or_empty (fact), at);
}

static WuyouRedFlag *
read_flag (WuyouDbStmt *stmt)
{
  const WuyouFlagInfo *info = wuyou_flag_find (wuyou_db_column_text (stmt, 3));
  const WuyouEnum *state = wuyou_enum_find (wuyou_flag_states, wuyou_db_column_text (stmt, 4));
  WuyouRedFlag *flag;

  if (info == NULL || state == NULL)
    return NULL;
  flag = g_new0 (WuyouRedFlag, 1);
  *flag = (WuyouRedFlag){
    .id = dup_column (stmt, 0),
    .claim_id = dup_column (stmt, 1),
    .evidence_id = dup_column (stmt, 2),
    .code = info->code,
    .state = state->value,
    .fact = dup_column (stmt, 5),
    .note = dup_column (stmt, 6),
    .judged_by = dup_column (stmt, 7),
    .judged_at = wuyou_db_column_int (stmt, 8),
    .at = wuyou_db_column_int (stmt, 9),
  };
  return flag;
}

GPtrArray *
wuyou_red_flag_list (WuyouDbConn *conn, const char *claim_id, GError **error)
{
  g_autoptr (GPtrArray) flags = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_red_flag_free);
  WuyouDbResult result = WUYOU_DB_ERROR;
  WuyouDbStmt *stmt
      = wuyou_db_query (conn, error,
                        "SELECT id, claim_id, evidence_id, code, state, detail, note, judged_by, judged_at, at "
                        "FROM red_flags WHERE claim_id = $1 ORDER BY at DESC, id DESC",
                        "t", claim_id);

  while (stmt != NULL && (result = wuyou_db_step (stmt, error)) == WUYOU_DB_ROW) {
    WuyouRedFlag *flag = read_flag (stmt);

    if (flag != NULL)
      g_ptr_array_add (flags, flag);
  }
  return result == WUYOU_DB_DONE ? g_steal_pointer (&flags) : NULL;
}

gboolean
wuyou_red_flag_judge (WuyouDbConn *conn,
                      const char *claim_id,
                      const char *flag_id,
                      int state,
                      const char *note,
                      const WuyouActor *actor,
                      GError **error)
{
  if (!wuyou_db_run (conn, error,
                     "UPDATE red_flags SET state = $3, note = $4, judged_by = $5, judged_at = $6 "
                     "WHERE claim_id = $1 AND id = $2",
                     "ttttti", claim_id, flag_id, wuyou_enum_id (wuyou_flag_states, state), or_empty (note),
                     actor->account_id, actor->at))
    return FALSE;
  if (wuyou_db_changes (conn) == 1)
    return TRUE;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_NOT_FOUND, "flag");
  return FALSE;
}

/* --- marks --- */

typedef struct {
  int code;
  const char *kind; /* static */
  char *digest;
} Mark;

struct _WuyouMarks {
  char *claim_id, *contract_id;
  GArray *marks; /* Mark */
};

static void
clear_mark (gpointer data)
{
  g_free (((Mark *) data)->digest);
}

WuyouMarks *
wuyou_marks_new (WuyouKeys *keys, const WuyouClaim *claim, const WuyouContract *contract)
{
  g_autoptr (GPtrArray) list = wuyou_claim_list_marks (claim, contract);
  WuyouMarks *marks = g_new0 (WuyouMarks, 1);

  marks->claim_id = g_strdup (claim->id);
  marks->contract_id = g_strdup (claim->contract_id);
  marks->marks = g_array_new (FALSE, FALSE, sizeof (Mark));
  g_array_set_clear_func (marks->marks, clear_mark);
  for (guint i = 0; i < list->len; i++) {
    const WuyouClaimMark *one = list->pdata[i];
    g_autofree char *kind = g_strconcat ("claim-", one->kind, NULL);
    const Mark mark = { one->code, one->kind, wuyou_keys_digest (keys, kind, one->text) };

    g_array_append_val (marks->marks, mark);
  }
  return marks;
}

void
wuyou_marks_free (WuyouMarks *marks)
{
  g_free (marks->claim_id);
  g_free (marks->contract_id);
  g_array_unref (marks->marks);
  g_free (marks);
}

/* Claims on other contracts with the same mark. Element char *; owned. */
static GPtrArray *
find_others (WuyouDbConn *conn, const WuyouMarks *marks, const Mark *mark, GError **error)
{
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func (g_free);
  WuyouDbResult result = WUYOU_DB_ERROR;
  WuyouDbStmt *stmt = wuyou_db_query (conn, error,
                                      "SELECT m.claim_id FROM claim_marks m JOIN claims c ON c.id = m.claim_id "
                                      "WHERE m.kind = $1 AND m.mark = $2 AND c.contract_id <> $3 LIMIT 50",
                                      "ttt", mark->kind, mark->digest, marks->contract_id);

  while (stmt != NULL && (result = wuyou_db_step (stmt, error)) == WUYOU_DB_ROW)
    g_ptr_array_add (others, g_strdup (wuyou_db_column_text (stmt, 0)));
  return result == WUYOU_DB_DONE ? g_steal_pointer (&others) : NULL;
}

static gboolean
flag_others (WuyouDbConn *conn,
             const WuyouMarks *marks,
             const Mark *mark,
             const WuyouIdSource *ids,
             gint64 at,
             GError **error)
{
  g_autoptr (GPtrArray) others = find_others (conn, marks, mark, error);

  if (others == NULL)
    return FALSE;
  if (others->len > 0)
    g_ptr_array_add (others, g_strdup (marks->claim_id));
  for (guint i = 0; i < others->len; i++)
    if (!wuyou_red_flag_insert (conn, ids, others->pdata[i], NULL, mark->code, mark->kind, at, error))
      return FALSE;
  return TRUE;
}

gboolean
wuyou_claim_marks_save (WuyouDbConn *conn, const WuyouMarks *marks, const WuyouIdSource *ids, gint64 at, GError **error)
{
  if (!wuyou_db_run (conn, error, "DELETE FROM claim_marks WHERE claim_id = $1", "t", marks->claim_id))
    return FALSE;
  for (guint i = 0; i < marks->marks->len; i++) {
    const Mark *mark = &g_array_index (marks->marks, Mark, i);

    if (!wuyou_db_run (conn, error,
                       "INSERT INTO claim_marks (kind, mark, claim_id) VALUES ($1, $2, $3) "
                       "ON CONFLICT (kind, mark, claim_id) DO NOTHING",
                       "ttt", mark->kind, mark->digest, marks->claim_id)
        || !flag_others (conn, marks, mark, ids, at, error))
      return FALSE;
  }
  return TRUE;
}
