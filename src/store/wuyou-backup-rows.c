/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/wuyou-error.h"
#include "claims/wuyou-evidence.h"
#include "sales/wuyou-document.h"
#include "wuyou-backup-private.h"
#include "wuyou-blob-file.h"

/* Which files there have to be, as the rows of the database say. */
typedef struct {
  GHashTable *listed;    /* paths that the manifest names */
  GHashTable *destroyed; /* documents and evidence whose file is gone for good, and what was rendered of it */
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

static void
on_evidence_cb (const char *const *values, gpointer data)
{
  const WuyouEnum *state = wuyou_enum_find (wuyou_evidence_states, values[1]);
  Rows *rows = data;

  if (state != NULL && wuyou_evidence_is_destroyed (state->value))
    g_hash_table_add (rows->destroyed, g_strdup (values[0]));
}

static void
on_rendition_cb (const char *const *values, gpointer data)
{
  Rows *rows = data;

  if (g_hash_table_contains (rows->destroyed, values[1]))
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

/* In an order in which each knows what it asks the ones before for. */
static const struct {
  gint64 since; /* number of the step of the schema that brought it */
  const char *table;
  const char *columns[3];
  WuyouDbBackupFunc on_row;
} tables[] = {
  { 1, "documents", { "id", "state", NULL }, on_document_cb },
  { 4, "evidence", { "id", "state", NULL }, on_evidence_cb },
  { 4, "renditions", { "id", "evidence_id", NULL }, on_rendition_cb },
  { 1, "files", { "id", "sha256", NULL }, on_file_cb },
};

static void
on_step_cb (const char *const *values, gpointer data)
{
  gint64 *last = data;

  *last = MAX (*last, g_ascii_strtoll (values[0], NULL, 10));
}

/* Ids of the finished files that the database of the backup names and the manifest does not. Owned. */
static GPtrArray *
find_missing (WuyouManifest *manifest, GError **error)
{
  g_autoptr (GHashTable) destroyed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) missing = g_ptr_array_new_with_free_func (g_free);
  static const char *const step_columns[] = { "number", NULL };
  Rows rows = { manifest->hashes, destroyed, missing };
  gint64 last = 0;
  WuyouDbKind kind;
  g_autofree char *path = _wuyou_backup_find_database (manifest->folder, &kind);

  if (!wuyou_db_read_backup (kind, path, "schema_steps", step_columns, on_step_cb, &last, error))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    if (tables[i].since <= last
        && !wuyou_db_read_backup (kind, path, tables[i].table, tables[i].columns, tables[i].on_row, &rows, error))
      return NULL;
  return g_steal_pointer (&missing);
}

typedef struct {
  GPtrArray *missing;
  const char *lost; /* one of them that nobody took away, or NULL */
} Gone;

static gboolean
is_destroyed (const WuyouEnum *states, WuyouDbStmt *stmt, int column, gboolean (*destroys) (int state))
{
  const WuyouEnum *state
      = wuyou_db_column_is_null (stmt, column) ? NULL : wuyou_enum_find (states, wuyou_db_column_text (stmt, column));

  return state != NULL && destroys (state->value);
}

/* Taken back or refused since, and destroyed for it; or of a customer whose key was. Only what was rendered of a file
 * goes with its row, when it is rendered anew. */
static gboolean
is_gone (WuyouDbConn *conn, const char *id, gboolean *ret_gone, GError **error)
{
  WuyouDbStmt *stmt = wuyou_db_query (
      conn, error,
      "SELECT d.state, e.state, (SELECT count(*) FROM erasures x WHERE x.purpose = f.purpose AND x.id = f.key_id) "
      "FROM files f LEFT JOIN documents d ON d.id = f.id LEFT JOIN renditions r ON r.id = f.id "
      "LEFT JOIN evidence e ON e.id = coalesce(r.evidence_id, f.id) WHERE f.id = $1",
      "t", id);
  WuyouDbResult result = stmt != NULL ? wuyou_db_step (stmt, error) : WUYOU_DB_ERROR;

  *ret_gone = result == WUYOU_DB_DONE
              || (result == WUYOU_DB_ROW
                  && (wuyou_db_column_int (stmt, 2) > 0
                      || is_destroyed (wuyou_document_states, stmt, 0, wuyou_document_is_destroyed)
                      || is_destroyed (wuyou_evidence_states, stmt, 1, wuyou_evidence_is_destroyed)));
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
