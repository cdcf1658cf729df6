/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-document-store.h"

#include "base/wuyou-error.h"

void
wuyou_stored_paper_free (WuyouStoredPaper *paper)
{
  if (paper == NULL)
    return;
  g_free (paper->id);
  g_free (paper->record_id);
  g_free (paper->kind);
  g_free (paper->content_sha256);
  g_free (paper);
}

gboolean
wuyou_paper_insert (WuyouDbConn *conn, const WuyouStoredPaper *paper, GError **error)
{
  return wuyou_db_run (conn, error,
                       "INSERT INTO papers (id, record_id, revision, kind, layout, content_sha256, pages, created_at) "
                       "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                       "ttititii", paper->id, paper->record_id, paper->revision, paper->kind, paper->layout,
                       paper->content_sha256, paper->pages, paper->created_at);
}

#define PAPER_COLUMNS "id, record_id, revision, kind, layout, content_sha256, pages, created_at"

static WuyouStoredPaper *
copy_paper (WuyouDbStmt *stmt)
{
  WuyouStoredPaper *paper = g_new0 (WuyouStoredPaper, 1);

  paper->id = g_strdup (wuyou_db_column_text (stmt, 0));
  paper->record_id = g_strdup (wuyou_db_column_text (stmt, 1));
  paper->revision = wuyou_db_column_int (stmt, 2);
  paper->kind = g_strdup (wuyou_db_column_text (stmt, 3));
  paper->layout = wuyou_db_column_int (stmt, 4);
  paper->content_sha256 = g_strdup (wuyou_db_column_text (stmt, 5));
  paper->pages = wuyou_db_column_int (stmt, 6);
  paper->created_at = wuyou_db_column_int (stmt, 7);
  return paper;
}

static gboolean
read_paper (WuyouDbStmt *stmt, WuyouStoredPaper **ret_paper, GError **error)
{
  WuyouDbResult result = stmt != NULL ? wuyou_db_step (stmt, error) : WUYOU_DB_ERROR;

  *ret_paper = result == WUYOU_DB_ROW ? copy_paper (stmt) : NULL;
  return result != WUYOU_DB_ERROR;
}

GPtrArray *
wuyou_paper_list (WuyouDbConn *conn, const char *record_id, GError **error)
{
  g_autoptr (GPtrArray) papers = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_stored_paper_free);
  WuyouDbResult result = WUYOU_DB_DONE;
  WuyouDbStmt *stmt = wuyou_db_query (
      conn, error, "SELECT " PAPER_COLUMNS " FROM papers WHERE record_id = $1 ORDER BY seq DESC", "t", record_id);

  while (stmt != NULL && (result = wuyou_db_step (stmt, error)) == WUYOU_DB_ROW)
    g_ptr_array_add (papers, copy_paper (stmt));
  return stmt != NULL && result == WUYOU_DB_DONE ? g_steal_pointer (&papers) : NULL;
}

gboolean
wuyou_paper_find (WuyouDbConn *conn,
                  const char *record_id,
                  gint64 revision,
                  const char *kind,
                  WuyouStoredPaper **ret_paper,
                  GError **error)
{
  return read_paper (wuyou_db_query (conn, error,
                                     "SELECT " PAPER_COLUMNS " FROM papers "
                                     "WHERE record_id = $1 AND revision = $2 AND kind = $3",
                                     "tit", record_id, revision, kind),
                     ret_paper, error);
}

gboolean
wuyou_paper_find_by_hash (WuyouDbConn *conn, const char *content_sha256, WuyouStoredPaper **ret_paper, GError **error)
{
  return read_paper (wuyou_db_query (conn, error,
                                     "SELECT " PAPER_COLUMNS " FROM papers WHERE content_sha256 = $1 "
                                     "ORDER BY seq DESC LIMIT 1",
                                     "t", content_sha256),
                     ret_paper, error);
}

void
wuyou_print_free (WuyouPrint *print)
{
  g_free (print->id);
  g_free (print->paper_id);
  g_free (print->account_id);
  g_free (print->device);
  g_free (print->reprint_reason);
  g_free (print->result);
  g_free (print);
}

static gboolean
find_copy (WuyouDbConn *conn, WuyouPrint *print, GError **error)
{
  const char *asked[] = { print->paper_id, print->account_id, print->device, print->reprint_reason };
  gboolean same = TRUE;
  WuyouDbStmt *stmt = wuyou_db_query (
      conn, error, "SELECT copy_number, at, paper_id, account_id, device, reprint_reason FROM prints WHERE id = $1",
      "t", print->id);
  WuyouDbResult result = stmt != NULL ? wuyou_db_step (stmt, error) : WUYOU_DB_ERROR;

  print->copy_number = result == WUYOU_DB_ROW ? wuyou_db_column_int (stmt, 0) : 0;
  if (result != WUYOU_DB_ROW)
    return result == WUYOU_DB_DONE;
  print->at = wuyou_db_column_int (stmt, 1);
  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    same = same && g_strcmp0 (wuyou_db_column_text (stmt, (int) i + 2), asked[i]) == 0;
  if (same)
    return TRUE;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_CONFLICT, "id in use");
  return FALSE;
}

gboolean
wuyou_print_reserve (WuyouDbConn *conn, WuyouPrint *print, gboolean *ret_new, GError **error)
{
  WuyouDbStmt *stmt;

  if (!find_copy (conn, print, error))
    return FALSE;
  *ret_new = print->copy_number == 0;
  if (!*ret_new)
    return TRUE;
  stmt = wuyou_db_query (conn, error, "SELECT coalesce(max(copy_number), 0) + 1 FROM prints WHERE paper_id = $1", "t",
                         print->paper_id);
  if (stmt == NULL || wuyou_db_step (stmt, error) != WUYOU_DB_ROW)
    return FALSE;
  print->copy_number = wuyou_db_column_int (stmt, 0);
  return wuyou_db_run (conn, error,
                       "INSERT INTO prints (id, paper_id, copy_number, reprint_reason, account_id, device, at) "
                       "VALUES ($1, $2, $3, $4, $5, $6, $7)",
                       "ttittti", print->id, print->paper_id, print->copy_number, print->reprint_reason,
                       print->account_id, print->device, print->at);
}

gboolean
wuyou_print_set_result (WuyouDbConn *conn, const char *id, const char *result, GError **error)
{
  return wuyou_db_run (conn, error, "UPDATE prints SET result = $2 WHERE id = $1", "tt", id, result);
}

GPtrArray *
wuyou_print_list (WuyouDbConn *conn, const char *paper_id, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_print_free);
  WuyouDbResult result;
  WuyouDbStmt *stmt = wuyou_db_query (conn, error,
                                      "SELECT id, paper_id, account_id, device, reprint_reason, result, copy_number, "
                                      "at FROM prints WHERE paper_id = $1 ORDER BY copy_number",
                                      "t", paper_id);

  if (stmt == NULL)
    return NULL;
  while ((result = wuyou_db_step (stmt, error)) == WUYOU_DB_ROW) {
    WuyouPrint *print = g_new0 (WuyouPrint, 1);
    char **texts[]
        = { &print->id, &print->paper_id, &print->account_id, &print->device, &print->reprint_reason, &print->result };

    for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
      *texts[i] = g_strdup (wuyou_db_column_text (stmt, (int) i));
    print->copy_number = wuyou_db_column_int (stmt, 6);
    print->at = wuyou_db_column_int (stmt, 7);
    g_ptr_array_add (list, print);
  }
  return result == WUYOU_DB_DONE ? g_steal_pointer (&list) : NULL;
}
