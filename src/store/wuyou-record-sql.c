/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-record-sql.h"

#include <string.h>

#include "base/wuyou-error.h"
#include "wuyou-keys-private.h"
#include "wuyou-record-pack.h"

gboolean
_wuyou_record_sql_is_column (const WuyouField *field)
{
  return field->pi == WUYOU_PI_NONE;
}

static gboolean
is_written (const WuyouRecordSql *sql, const WuyouField *field)
{
  return _wuyou_record_sql_is_column (field) && field != sql->seq;
}

static char *
build_insert (const WuyouRecordSql *sql)
{
  GString *names = g_string_new (NULL);
  g_autoptr (GString) values = g_string_new (NULL);
  int n = 0;

  g_string_printf (names, "INSERT INTO %s (", sql->type->table);
  for (guint i = 0; i < sql->type->n_fields; i++) {
    if (!is_written (sql, &sql->type->fields[i]))
      continue;
    g_string_append_printf (names, "%s\"%s\"", n > 0 ? ", " : "", sql->type->fields[i].name);
    g_string_append_printf (values, "%s$%d", n > 0 ? ", " : "", n + 1);
    n++;
  }
  if (sql->has_pi) {
    g_string_append (names, ", key_id, sealed");
    g_string_append_printf (values, ", $%d, $%d", n + 1, n + 2);
  }
  g_string_append_printf (names, ") VALUES (%s)", values->str);
  return g_string_free (names, FALSE);
}

static char *
build_update (const WuyouRecordSql *sql)
{
  GString *text = g_string_new (NULL);
  int n = 0;

  g_string_printf (text, "UPDATE %s SET ", sql->type->table);
  for (guint i = 0; i < sql->type->n_fields; i++) {
    if (!is_written (sql, &sql->type->fields[i]))
      continue;
    n++;
    g_string_append_printf (text, "%s\"%s\" = $%d", n > 1 ? ", " : "", sql->type->fields[i].name, n);
  }
  if (sql->has_pi) {
    g_string_append_printf (text, ", key_id = $%d, sealed = $%d", n + 1, n + 2);
    n += 2;
  }
  g_string_append_printf (text, " WHERE id = $%d AND version = $%d", n + 1, n + 2);
  return g_string_free (text, FALSE);
}

static GPtrArray *
choose_columns (const WuyouRecordSql *sql, gboolean list_only)
{
  GPtrArray *columns = g_ptr_array_new ();

  for (guint i = 0; i < sql->type->n_fields; i++) {
    const WuyouField *field = &sql->type->fields[i];

    if (_wuyou_record_sql_is_column (field) && (!list_only || (field->flags & WUYOU_FIELD_LIST) != 0))
      g_ptr_array_add (columns, (gpointer) field);
  }
  return columns;
}

static char *
build_columns (const WuyouRecordSql *sql, GPtrArray *columns)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < columns->len; i++)
    g_string_append_printf (text, "%sr.\"%s\"", i > 0 ? ", " : "", ((const WuyouField *) columns->pdata[i])->name);
  if (sql->has_pi)
    g_string_append (text, ", r.key_id, r.sealed, k.wrapped");
  return g_string_free (text, FALSE);
}

static char *
build_join (const WuyouRecordSql *sql)
{
  if (!sql->has_pi)
    return g_strdup_printf ("%s r", sql->type->table);
  return g_strdup_printf ("%s r LEFT JOIN customer_keys k ON k.purpose = '%s' AND k.id = r.key_id", sql->type->table,
                          sql->type->purpose);
}

WuyouRecordSql *
_wuyou_record_sql_new (const WuyouRecordType *type)
{
  WuyouRecordSql *sql = g_new0 (WuyouRecordSql, 1);

  sql->type = type;
  for (guint i = 0; i < type->n_fields; i++)
    sql->has_pi = sql->has_pi || type->fields[i].pi != WUYOU_PI_NONE;
  sql->id = wuyou_record_type_find (type, "id");
  sql->seq = wuyou_record_type_find (type, "seq");
  sql->version = wuyou_record_type_find (type, "version");
  sql->org_id = wuyou_record_type_find (type, "org_id");
  sql->path = wuyou_record_type_find (type, "path");
  sql->created_at = wuyou_record_type_find (type, "created_at");
  sql->updated_at = wuyou_record_type_find (type, "updated_at");
  sql->insert = build_insert (sql);
  sql->update = build_update (sql);
  sql->read = choose_columns (sql, FALSE);
  sql->read_list = choose_columns (sql, TRUE);
  sql->columns = build_columns (sql, sql->read);
  sql->list_columns = build_columns (sql, sql->read_list);
  sql->join = build_join (sql);
  sql->load = g_strdup_printf ("SELECT %s FROM %s WHERE r.id = $1", sql->columns, sql->join);
  return sql;
}

void
_wuyou_record_sql_free (WuyouRecordSql *sql)
{
  g_ptr_array_unref (sql->read);
  g_ptr_array_unref (sql->read_list);
  g_free (sql->insert);
  g_free (sql->update);
  g_free (sql->columns);
  g_free (sql->list_columns);
  g_free (sql->join);
  g_free (sql->load);
  g_free (sql);
}

gboolean
_wuyou_scope_is_all (const char *scope)
{
  return scope == NULL || g_str_equal (scope, "/");
}

char *
_wuyou_scope_end (const char *scope)
{
  char *end = g_strdup (scope);
  gsize length = strlen (end);

  g_return_val_if_fail (length > 0 && end[length - 1] == '/', end);
  end[length - 1]++;
  return end;
}

gboolean
wuyou_scope_has (const char *scope, const char *path)
{
  return _wuyou_scope_is_all (scope) || (path != NULL && g_str_has_prefix (path, scope));
}

static void
bind_field (WuyouDbStmt *stmt, int index, const WuyouField *field, gconstpointer record)
{
  const char *text = NULL;

  if (wuyou_field_is_text (field))
    text = wuyou_field_get_text (field, record);
  else if (field->kind == WUYOU_KIND_ENUM)
    text = wuyou_enum_id (field->values, (int) wuyou_field_get_int (field, record));
  else {
    wuyou_db_bind_int (stmt, index, wuyou_field_get_int (field, record));
    return;
  }
  wuyou_db_bind_text (stmt, index, text != NULL ? text : "");
}

int
_wuyou_record_bind (const WuyouRecordSql *sql, WuyouDbStmt *stmt, int index, gconstpointer record)
{
  for (guint i = 0; i < sql->type->n_fields; i++)
    if (is_written (sql, &sql->type->fields[i]))
      bind_field (stmt, index++, &sql->type->fields[i], record);
  return index;
}

static void
read_field (WuyouDbStmt *stmt, int index, const WuyouField *field, gpointer record)
{
  const char *text;
  const WuyouEnum *row;

  if (!wuyou_field_is_text (field) && field->kind != WUYOU_KIND_ENUM) {
    wuyou_field_set_int (field, record, wuyou_db_column_int (stmt, index));
    return;
  }
  text = wuyou_db_column_text (stmt, index);
  if (text == NULL || *text == '\0')
    return;
  if (field->kind != WUYOU_KIND_ENUM) {
    wuyou_field_set_text (field, record, text);
    return;
  }
  row = wuyou_enum_find (field->values, text);
  wuyou_field_set_int (field, record, row != NULL ? row->value : 0);
}

/* A list opens hundreds of rows at once: small ones are opened on the stack. */
static gboolean
open_sealed (WuyouStore *store,
             const WuyouRecordSql *sql,
             WuyouDbStmt *stmt,
             int index,
             gboolean list_only,
             gpointer record,
             GError **error)
{
  char context[128];
  guint8 small[2048];
  g_autofree guint8 *large = NULL;
  gsize wrapped_length, length;
  gconstpointer wrapped = wuyou_db_column_blob (stmt, index + 2, &wrapped_length);
  gconstpointer sealed = wuyou_db_column_blob (stmt, index + 1, &length);
  guint8 *plain = small;

  if (length > sizeof small)
    plain = large = g_malloc (length);
  g_snprintf (context, sizeof context, "%s/%s", sql->type->table, wuyou_field_get_text (sql->id, record));
  return _wuyou_keys_open_row (wuyou_store_get_keys (store), sql->type->purpose, wuyou_db_column_text (stmt, index),
                               wrapped, wrapped_length, context, sealed, &length, plain, error)
         && _wuyou_record_unpack (sql->type, record, plain, length, list_only ? WUYOU_FIELD_LIST : 0, NULL, error);
}

gpointer
_wuyou_record_read_row (WuyouStore *store,
                        const WuyouRecordSql *sql,
                        WuyouDbStmt *stmt,
                        gboolean list_only,
                        gboolean *ret_erased,
                        GError **error)
{
  gpointer record = wuyou_record_new (sql->type);
  GPtrArray *columns = list_only ? sql->read_list : sql->read;
  int index = (int) columns->len;
  gboolean erased;

  for (guint i = 0; i < columns->len; i++)
    read_field (stmt, (int) i, columns->pdata[i], record);
  erased = sql->has_pi && !wuyou_db_column_is_null (stmt, index + 1) && wuyou_db_column_is_null (stmt, index + 2);
  if (ret_erased != NULL)
    *ret_erased = erased;
  if (!sql->has_pi || erased || wuyou_db_column_is_null (stmt, index + 1))
    return record;
  if (open_sealed (store, sql, stmt, index, list_only, record, error))
    return record;
  wuyou_record_free (sql->type, record);
  return NULL;
}
