/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-document-store.h"

#include "base/wuyou-error.h"

void
wuyou_file_free (WuyouFile *file)
{
  g_free (file->id);
  g_free (file->key_id);
  g_free (file->sha256);
  g_free (file->purpose);
  g_clear_pointer (&file->file_key, g_bytes_unref);
  g_free (file);
}

gboolean
wuyou_file_insert (WuyouDbConn *conn,
                   const char *id,
                   const char *purpose,
                   const char *key_id,
                   GBytes *file_key,
                   GError **error)
{
  return wuyou_db_run (conn, error, "INSERT INTO files (id, purpose, key_id, file_key) VALUES ($1, $2, $3, $4)", "tttb",
                       id, purpose, key_id, file_key);
}

gboolean
wuyou_file_set_key (WuyouDbConn *conn,
                    const char *id,
                    const char *purpose,
                    const char *key_id,
                    GBytes *file_key,
                    GError **error)
{
  return wuyou_db_run (conn, error, "UPDATE files SET purpose = $2, key_id = $3, file_key = $4 WHERE id = $1", "tttb",
                       id, purpose, key_id, file_key);
}

gboolean
wuyou_file_set_content (WuyouDbConn *conn, const char *id, gint64 size, const char *sha256, GError **error)
{
  return wuyou_db_run (conn, error, "UPDATE files SET size = $2, sha256 = $3 WHERE id = $1", "tit", id, size, sha256);
}

gboolean
wuyou_file_exists (WuyouDbConn *conn, const char *id, gboolean *ret_exists, GError **error)
{
  WuyouDbStmt *stmt = wuyou_db_query (conn, error, "SELECT 1 FROM files WHERE id = $1", "t", id);
  WuyouDbResult result = stmt != NULL ? wuyou_db_step (stmt, error) : WUYOU_DB_ERROR;

  *ret_exists = result == WUYOU_DB_ROW;
  return result != WUYOU_DB_ERROR;
}

gboolean
wuyou_file_is_begun (WuyouDbConn *conn, const char *id, gboolean *ret_begun, GError **error)
{
  WuyouDbStmt *stmt
      = wuyou_db_query (conn, error, "SELECT 1 FROM files WHERE id = $1 AND coalesce (sha256, '') = ''", "t", id);
  WuyouDbResult result = stmt != NULL ? wuyou_db_step (stmt, error) : WUYOU_DB_ERROR;

  *ret_begun = result == WUYOU_DB_ROW;
  return result != WUYOU_DB_ERROR;
}

gboolean
wuyou_file_forget_begun (WuyouDbConn *conn, const char *id, GError **error)
{
  return wuyou_db_run (conn, error, "DELETE FROM files WHERE id = $1 AND coalesce (sha256, '') = ''", "t", id);
}

static WuyouFile *
read_file (WuyouDbStmt *stmt, const char *id)
{
  WuyouFile *file = g_new0 (WuyouFile, 1);

  file->id = g_strdup (id);
  file->purpose = g_strdup (wuyou_db_column_text (stmt, 0));
  file->key_id = g_strdup (wuyou_db_column_text (stmt, 1));
  file->file_key = wuyou_db_dup_bytes (stmt, 2);
  file->size = wuyou_db_column_int (stmt, 3);
  file->sha256 = g_strdup (wuyou_db_column_text (stmt, 4));
  return file;
}

gboolean
wuyou_file_load (WuyouDbConn *conn,
                 WuyouStore *store,
                 const char *id,
                 WuyouFile **ret_file,
                 WuyouKey **ret_key,
                 GError **error)
{
  WuyouDbStmt *stmt = wuyou_db_query (
      conn, error, "SELECT purpose, key_id, file_key, size, sha256 FROM files WHERE id = $1", "t", id);
  WuyouDbResult result = stmt != NULL ? wuyou_db_step (stmt, error) : WUYOU_DB_ERROR;
  g_autoptr (WuyouFile) file = NULL;
  GError *failure = NULL;
  WuyouKey *key;

  if (result == WUYOU_DB_DONE)
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_NOT_FOUND, "No such file");
  if (result != WUYOU_DB_ROW)
    return FALSE;
  file = read_file (stmt, id);
  key = wuyou_keys_load (wuyou_store_get_keys (store), conn, file->purpose, file->key_id, &failure);
  if (failure != NULL) {
    g_propagate_error (error, failure);
    return FALSE;
  }
  *ret_key = key;
  *ret_file = g_steal_pointer (&file);
  return TRUE;
}

gboolean
wuyou_document_list (WuyouDbConn *conn,
                     WuyouStore *store,
                     const char *contract_id,
                     GPtrArray *ret_documents,
                     GError **error)
{
  const WuyouFilter filter = { .field = "contract_id", .op = WUYOU_FILTER_EQUAL, .text = contract_id };
  const WuyouRecordQuery query = { .filters = &filter, .n_filters = 1, .limit = 1000 };

  return wuyou_record_list (conn, store, &wuyou_document_type, &query, ret_documents, error);
}

gboolean
wuyou_document_read_state (WuyouDbConn *conn, const char *id, int *ret_state, GError **error)
{
  WuyouDbStmt *stmt = wuyou_db_query (conn, error, "SELECT state FROM documents WHERE id = $1", "t", id);
  WuyouDbResult result = stmt != NULL ? wuyou_db_step (stmt, error) : WUYOU_DB_ERROR;
  const WuyouEnum *state = NULL;

  if (result == WUYOU_DB_ROW)
    state = wuyou_enum_find (wuyou_document_states, wuyou_db_column_text (stmt, 0));
  *ret_state = state != NULL ? state->value : 0;
  return result != WUYOU_DB_ERROR;
}

gboolean
wuyou_document_list_state (WuyouDbConn *conn,
                           WuyouStore *store,
                           WuyouDocumentState state,
                           guint limit,
                           GPtrArray *ret_documents,
                           GError **error)
{
  const WuyouFilter filter = { .field = "state", .op = WUYOU_FILTER_EQUAL, .number = state };
  const WuyouRecordQuery query = { .filters = &filter, .n_filters = 1, .ascending = TRUE, .limit = limit };

  return wuyou_record_list (conn, store, &wuyou_document_type, &query, ret_documents, error);
}
