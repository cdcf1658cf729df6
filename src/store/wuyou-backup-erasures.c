/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "base/wuyou-error.h"
#include "wuyou-backup-private.h"
#include "wuyou-backup.h"
#include "wuyou-contract-store.h"

static gboolean
write_erasures (WuyouDbConn *conn, gpointer data, GError **error)
{
  FILE *file = data;
  WuyouDbResult result = WUYOU_DB_ERROR;
  WuyouDbStmt *stmt = wuyou_db_query (conn, error, "SELECT purpose, id, erased_at FROM erasures ORDER BY seq", "");

  rewind (file);
  while (stmt != NULL && (result = wuyou_db_step (stmt, error)) == WUYOU_DB_ROW)
    fprintf (file, "%s %s %" G_GINT64_FORMAT "\n", wuyou_db_column_text (stmt, 0), wuyou_db_column_text (stmt, 1),
             wuyou_db_column_int (stmt, 2));
  return result == WUYOU_DB_DONE;
}

gboolean
wuyou_backup_write_erasures (WuyouStore *store, const char *path, GError **error)
{
  FILE *file = _wuyou_backup_create_file (path, error);
  gboolean ok;

  if (file == NULL)
    return FALSE;
  ok = wuyou_db_read (wuyou_store_get_db (store), write_erasures, file, error);
  return _wuyou_backup_close_file (file, path, ok ? error : NULL) && ok;
}

GHashTable *
_wuyou_erasures_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static gboolean
add_line (GHashTable *erasures, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", 0);
  gint64 at;

  if (g_strv_length (words) != 3 || !wuyou_purpose_is_known (words[0]) || *words[1] == '\0'
      || !g_ascii_string_to_signed (words[2], 10, 1, G_MAXINT64, &at, NULL))
    return FALSE;
  g_hash_table_insert (erasures, g_strjoin (" ", words[0], words[1], NULL), g_steal_pointer (&words[2]));
  return TRUE;
}

/* A name that is passed over is a customer who comes back, so nothing is. The last line has its end too: without it
 * the file was cut. */
static gboolean
add_lines (GHashTable *erasures, const char *path, const char *text, GError **error)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", 0);
  guint n = g_strv_length (lines);

  for (guint i = 0; i < n; i++)
    if (i + 1 < n ? !add_line (erasures, lines[i]) : *lines[i] != '\0') {
      g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_CORRUPT,
                   _ ("Line %u of the list of erasures %s cannot be read. Nothing was restored."), i + 1, path);
      return FALSE;
    }
  return TRUE;
}

gboolean
_wuyou_erasures_add_file (GHashTable *erasures, const char *path, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) failure = NULL;
  gsize length;

  if (g_file_get_contents (path, &text, &length, &failure)) {
    while (strlen (text) < length) /* a zero byte ends no list */
      text[strlen (text)] = '?';
    return add_lines (erasures, path, text, error);
  }
  g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_UNAVAILABLE,
               _ ("The list of erasures cannot be read: %s. Nothing was restored."), failure->message);
  return FALSE;
}

/* What the restored database has on its list was erased in it with everything that belongs to it. */
static gboolean
leave_out_known (WuyouDbConn *conn, gpointer data, GError **error)
{
  WuyouDbStmt *stmt = wuyou_db_query (conn, error, "SELECT purpose, id FROM erasures", "");
  WuyouDbResult result = WUYOU_DB_ERROR;

  while (stmt != NULL && (result = wuyou_db_step (stmt, error)) == WUYOU_DB_ROW) {
    g_autofree char *name = g_strjoin (" ", wuyou_db_column_text (stmt, 0), wuyou_db_column_text (stmt, 1), NULL);

    g_hash_table_remove (data, name);
  }
  return result == WUYOU_DB_DONE;
}

typedef struct {
  const char *purpose, *id;
  gint64 at;
} Erasure;

static gboolean
destroy_key (WuyouDbConn *conn, gpointer data, GError **error)
{
  const Erasure *erasure = data;

  return wuyou_keys_destroy (conn, erasure->purpose, erasure->id, erasure->at, error);
}

/* A contract that was made and erased after the backup is not here: it stands on the list alone. */
static gboolean
repeat_one (WuyouStore *store, Erasure *erasure, GError **error)
{
  const WuyouActor actor = { .at = erasure->at };
  g_autoptr (GError) failure = NULL;

  if (g_str_equal (erasure->purpose, WUYOU_PURPOSE_SALES)) {
    if (wuyou_contract_erase (store, erasure->id, &actor, NULL, &failure))
      return TRUE;
    if (!g_error_matches (failure, WUYOU_ERROR, WUYOU_ERROR_NOT_FOUND)) {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  }
  return wuyou_db_write (wuyou_store_get_db (store), destroy_key, erasure, error);
}

gboolean
_wuyou_erasures_repeat (GHashTable *erasures, WuyouStore *store, GError **error)
{
  GHashTableIter iter;
  gpointer name, at;

  if (!wuyou_db_read (wuyou_store_get_db (store), leave_out_known, erasures, error))
    return FALSE;
  g_hash_table_iter_init (&iter, erasures);
  while (g_hash_table_iter_next (&iter, &name, &at)) {
    g_auto (GStrv) words = g_strsplit (name, " ", 2);
    Erasure erasure = { words[0], words[1], g_ascii_strtoll (at, NULL, 10) };

    if (!repeat_one (store, &erasure, error))
      return FALSE;
  }
  return TRUE;
}
