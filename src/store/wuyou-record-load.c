/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-history-store.h"
#include "wuyou-record-sql.h"

#include <string.h>

#include "base/wuyou-error.h"
#include "wuyou-record-pack.h"

static void
set_not_found (GError **error)
{
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_NOT_FOUND, "No such record");
}

static gboolean
read_org_path (WuyouDbConn *conn, const char *org_id, char **ret_path, GError **error)
{
  WuyouDbStmt *stmt = wuyou_db_query (conn, error, "SELECT path FROM orgs WHERE id = $1", "t", org_id);
  WuyouDbResult result = stmt != NULL ? wuyou_db_step (stmt, error) : WUYOU_DB_ERROR;

  *ret_path = result == WUYOU_DB_ROW ? g_strdup (wuyou_db_column_text (stmt, 0)) : NULL;
  return result != WUYOU_DB_ERROR;
}

static gboolean
check_scope (WuyouDbConn *conn, const WuyouRecordSql *sql, gconstpointer record, const char *scope, GError **error)
{
  g_autofree char *path = NULL;

  if (_wuyou_scope_is_all (scope) || (sql->path == NULL && sql->org_id == NULL))
    return TRUE;
  if (sql->path != NULL)
    path = g_strdup (wuyou_field_get_text (sql->path, record));
  else if (!read_org_path (conn, wuyou_field_get_text (sql->org_id, record), &path, error))
    return FALSE;
  if (wuyou_scope_has (scope, path))
    return TRUE;
  set_not_found (error);
  return FALSE;
}

gpointer
wuyou_record_load (WuyouDbConn *conn,
                   WuyouStore *store,
                   const WuyouRecordType *type,
                   const char *id,
                   const char *scope,
                   gboolean *ret_erased,
                   GError **error)
{
  const WuyouRecordSql *sql = _wuyou_store_get_sql (store, type);
  WuyouDbStmt *stmt = wuyou_db_query (conn, error, sql->load, "t", id);
  WuyouDbResult result = stmt != NULL ? wuyou_db_step (stmt, error) : WUYOU_DB_ERROR;
  gpointer record;

  if (result == WUYOU_DB_DONE)
    set_not_found (error);
  if (result != WUYOU_DB_ROW)
    return NULL;
  record = _wuyou_record_read_row (store, sql, stmt, FALSE, ret_erased, error);
  if (record == NULL || check_scope (conn, sql, record, scope, error))
    return record;
  wuyou_record_free (type, record);
  return NULL;
}

gboolean
wuyou_record_read_version (WuyouDbConn *conn,
                           WuyouStore *store,
                           const WuyouRecordType *type,
                           const char *id,
                           gint64 *ret_version,
                           GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT version FROM %s WHERE id = $1", type->table);
  WuyouDbStmt *stmt = wuyou_db_query (conn, error, sql, "t", id);
  WuyouDbResult result = stmt != NULL ? wuyou_db_step (stmt, error) : WUYOU_DB_ERROR;

  *ret_version = result == WUYOU_DB_ROW ? wuyou_db_column_int (stmt, 0) : 0;
  return result != WUYOU_DB_ERROR;
}

WuyouKey *
wuyou_record_load_key (WuyouDbConn *conn,
                       WuyouStore *store,
                       const WuyouRecordType *type,
                       const char *id,
                       GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT key_id FROM %s WHERE id = $1", type->table);
  WuyouDbStmt *stmt = wuyou_db_query (conn, error, sql, "t", id);
  WuyouDbResult result = stmt != NULL ? wuyou_db_step (stmt, error) : WUYOU_DB_ERROR;
  g_autofree char *key_id = NULL;

  if (result == WUYOU_DB_DONE)
    set_not_found (error);
  if (result != WUYOU_DB_ROW || wuyou_db_column_is_null (stmt, 0))
    return NULL;
  key_id = g_strdup (wuyou_db_column_text (stmt, 0));
  return wuyou_keys_load (wuyou_store_get_keys (store), conn, type->purpose, key_id, error);
}

void
wuyou_history_entry_free (WuyouHistoryEntry *entry)
{
  g_free (entry->account_id);
  g_free (entry->action);
  g_free (entry->reason);
  g_clear_pointer (&entry->fields, g_ptr_array_unref);
  wuyou_record_free (entry->type, entry->old_record);
  wuyou_record_free (entry->type, entry->new_record);
  g_free (entry);
}

static gboolean
unpack_change (WuyouHistoryEntry *entry, const guint8 *data, gsize length, GError **error)
{
  guint32 old_length;

  if (length < sizeof old_length)
    return TRUE;
  memcpy (&old_length, data, sizeof old_length);
  old_length = GUINT32_FROM_LE (old_length);
  data += sizeof old_length;
  length -= sizeof old_length;
  old_length = MIN (old_length, (guint32) length);
  return _wuyou_record_unpack (entry->type, entry->old_record, data, old_length, 0, entry->fields, error)
         && _wuyou_record_unpack (entry->type, entry->new_record, data + old_length, length - old_length, 0,
                                  entry->fields, error);
}

static gboolean
unpack_sealed (WuyouHistoryEntry *entry, WuyouKey *key, const char *id, WuyouDbStmt *stmt, GError **error)
{
  g_autofree char *context
      = g_strdup_printf ("%s/%s/history/%" G_GINT64_FORMAT, entry->type->table, id, entry->version);
  g_autoptr (GBytes) plain = NULL;
  gsize length;
  gconstpointer data = wuyou_db_column_blob (stmt, 6, &length);

  if (key == NULL || data == NULL)
    return TRUE;
  plain = wuyou_key_unseal (key, context, data, length, error);
  if (plain == NULL)
    return FALSE;
  data = g_bytes_get_data (plain, &length);
  return unpack_change (entry, data, length, error);
}

static WuyouHistoryEntry *
read_entry (const WuyouRecordType *type, WuyouKey *key, const char *id, WuyouDbStmt *stmt, GError **error)
{
  WuyouHistoryEntry *entry = g_new0 (WuyouHistoryEntry, 1);
  gconstpointer clear;
  gsize length;

  entry->type = type;
  entry->fields = g_ptr_array_new ();
  entry->old_record = wuyou_record_new (type);
  entry->new_record = wuyou_record_new (type);
  entry->version = wuyou_db_column_int (stmt, 0);
  entry->at = wuyou_db_column_int (stmt, 1);
  entry->account_id = g_strdup (wuyou_db_column_text (stmt, 2));
  entry->action = g_strdup (wuyou_db_column_text (stmt, 3));
  entry->reason = g_strdup (wuyou_db_column_text (stmt, 4));
  clear = wuyou_db_column_blob (stmt, 5, &length);
  if ((clear == NULL || unpack_change (entry, clear, length, error)) && unpack_sealed (entry, key, id, stmt, error))
    return entry;
  wuyou_history_entry_free (entry);
  return NULL;
}

GPtrArray *
wuyou_history_list (WuyouDbConn *conn,
                    WuyouStore *store,
                    const WuyouRecordType *type,
                    const char *id,
                    guint limit,
                    GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_history_entry_free);
  g_autoptr (WuyouKey) key = NULL;
  GError *key_error = NULL;
  WuyouDbStmt *stmt;
  WuyouDbResult result;

  if (type->purpose != NULL)
    key = wuyou_record_load_key (conn, store, type, id, &key_error);
  if (key_error != NULL) {
    g_propagate_error (error, key_error);
    return NULL;
  }
  stmt = wuyou_db_query (conn, error,
                         "SELECT version, at, account_id, action, reason, clear, sealed FROM history "
                         "WHERE record_id = $1 ORDER BY version DESC LIMIT $2",
                         "ti", id, (gint64) limit);
  if (stmt == NULL)
    return NULL;
  while ((result = wuyou_db_step (stmt, error)) == WUYOU_DB_ROW) {
    WuyouHistoryEntry *entry = read_entry (type, key, id, stmt, error);

    if (entry == NULL)
      return NULL;
    g_ptr_array_add (entries, entry);
  }
  return result == WUYOU_DB_DONE ? g_steal_pointer (&entries) : NULL;
}

static gboolean
check_column (WuyouDbConn *conn, const WuyouRecordType *type, const char *column, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT r.\"%s\" FROM %s r LIMIT 0", column, type->table);

  if (wuyou_db_run (conn, NULL, sql, ""))
    return TRUE;
  g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_CORRUPT, "The database has no column %s.%s", type->table, column);
  return FALSE;
}

gboolean
wuyou_record_type_check_schema (WuyouDbConn *conn, const WuyouRecordType *type, GError **error)
{
  gboolean has_pi = FALSE;

  for (guint i = 0; i < type->n_fields; i++) {
    const WuyouField *field = &type->fields[i];

    has_pi = has_pi || field->pi != WUYOU_PI_NONE;
    if (_wuyou_record_sql_is_column (field) && !check_column (conn, type, field->name, error))
      return FALSE;
  }
  return !has_pi || (check_column (conn, type, "key_id", error) && check_column (conn, type, "sealed", error));
}
