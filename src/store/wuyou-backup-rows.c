/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/wuyou-error.h"
#include "sales/wuyou-document.h"
#include "wuyou-backup-private.h"
#include "wuyou-blob-file.h"

/* Which files there have to be, as the rows of the database say. */
typedef struct {
  GHashTable *listed;    /* paths that the manifest names */
  GHashTable *destroyed; /* documents whose file is gone for good */
  GPtrArray *missing;
} Rows;

static void
on_document_cb (const char *const *values, gpointer data)
{
  const WuyouEnum *state = wuyou_enum_find (wuyou_document_states, values[1]);
  Rows *rows = data;

  if (state != NULL && wuyou_document_is_destroyed (state->value))
    g_hash_table_add (rows->destroyed, g_strdup (values[0]));
}

/* A file has its hash in its row from the moment on when all of it is there. */
static void
on_file_cb (const char *const *values, gpointer data)
{
  Rows *rows = data;
  g_autofree char *path = _wuyou_blob_path (WUYOU_BACKUP_FILES, values[0], TRUE);

  if (*values[1] != '\0' && !g_hash_table_contains (rows->destroyed, values[0])
      && !g_hash_table_contains (rows->listed, path))
    g_ptr_array_add (rows->missing, g_strdup (values[0]));
}

/* Ids of the finished files that the database of the backup names and the manifest does not. Owned. */
static GPtrArray *
find_missing (WuyouManifest *manifest, GError **error)
{
  static const char *const document_columns[] = { "id", "state", NULL };
  static const char *const file_columns[] = { "id", "sha256", NULL };
  g_autoptr (GHashTable) destroyed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) missing = g_ptr_array_new_with_free_func (g_free);
  Rows rows = { manifest->hashes, destroyed, missing };
  WuyouDbKind kind;
  g_autofree char *path = _wuyou_backup_find_database (manifest->folder, &kind);

  if (!wuyou_db_read_backup (kind, path, "documents", document_columns, on_document_cb, &rows, error)
      || !wuyou_db_read_backup (kind, path, "files", file_columns, on_file_cb, &rows, error))
    return NULL;
  return g_steal_pointer (&missing);
}

typedef struct {
  GPtrArray *missing;
  const char *lost; /* one of them that nobody took away, or NULL */
} Gone;

/* Taken back or refused since, and destroyed for it; or of a customer whose key was. */
static gboolean
is_gone (WuyouDbConn *conn, const char *id, gboolean *ret_gone, GError **error)
{
  WuyouDbStmt *stmt = wuyou_db_query (
      conn, error,
      "SELECT d.state, (SELECT count(*) FROM erasures e WHERE e.purpose = f.purpose AND e.id = f.key_id) "
      "FROM files f LEFT JOIN documents d ON d.id = f.id WHERE f.id = $1",
      "t", id);
  WuyouDbResult result = stmt != NULL ? wuyou_db_step (stmt, error) : WUYOU_DB_ERROR;
  const WuyouEnum *state = NULL;

  if (result == WUYOU_DB_ROW && !wuyou_db_column_is_null (stmt, 0))
    state = wuyou_enum_find (wuyou_document_states, wuyou_db_column_text (stmt, 0));
  *ret_gone = result == WUYOU_DB_ROW
              && (wuyou_db_column_int (stmt, 1) > 0 || (state != NULL && wuyou_document_is_destroyed (state->value)));
  return result != WUYOU_DB_ERROR;
}

static gboolean
find_lost (WuyouDbConn *conn, gpointer data, GError **error)
{
  Gone *gone = data;
  gboolean is = TRUE;

  gone->lost = NULL;
  for (guint i = 0; is && i < gone->missing->len; i++) {
    if (!is_gone (conn, gone->missing->pdata[i], &is, error))
      return FALSE;
    if (!is)
      gone->lost = gone->missing->pdata[i];
  }
  return TRUE;
}

gboolean
_wuyou_backup_add_gone (WuyouManifest *manifest, WuyouDb *db, GError **error)
{
  g_autoptr (GPtrArray) missing = find_missing (manifest, error);
  Gone gone = { missing, NULL };

  if (missing == NULL || !wuyou_db_read (db, find_lost, &gone, error))
    return FALSE;
  for (guint i = 0; gone.lost == NULL && i < missing->len; i++) {
    g_autofree char *path = _wuyou_blob_path (WUYOU_BACKUP_FILES, missing->pdata[i], TRUE);

    _wuyou_manifest_add_gone (manifest, path);
  }
  if (gone.lost != NULL)
    g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_CORRUPT,
                 _ ("The file %s is lost: the database names it and nobody took it away."), gone.lost);
  return gone.lost == NULL;
}

gboolean
_wuyou_backup_check_files (WuyouManifest *manifest, GError **error)
{
  g_autoptr (GPtrArray) missing = find_missing (manifest, error);

  if (missing == NULL)
    return FALSE;
  if (missing->len == 0)
    return TRUE;
  g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_CORRUPT, _ ("%u files that the database names are not here, first %s"),
               missing->len, (const char *) missing->pdata[0]);
  return FALSE;
}
