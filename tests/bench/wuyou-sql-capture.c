/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-sql-capture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static GMutex lock;
static GPtrArray *captured;
static const char *const *wanted;

static void
clear_value (gpointer data)
{
  g_free (((WuyouSqlValue *) data)->bytes);
}

static void
free_statement (gpointer data)
{
  WuyouSqlStatement *statement = data;

  g_array_unref (statement->values);
  g_free (statement->sql);
  g_free (statement);
}

static const char *
parse_text (const char *p, WuyouSqlValue *value)
{
  GByteArray *bytes = g_byte_array_new ();

  for (p++; p[0] != '\'' || p[1] == '\''; p++) {
    g_byte_array_append (bytes, (const guint8 *) p, 1);
    p += *p == '\'';
  }
  value->type = SQLITE_TEXT;
  value->length = bytes->len;
  g_byte_array_append (bytes, (const guint8 *) "", 1);
  value->bytes = g_byte_array_free (bytes, FALSE);
  return p + 1;
}

static const char *
parse_blob (const char *p, WuyouSqlValue *value)
{
  const char *end = strchr (p + 2, '\'');

  value->type = SQLITE_BLOB;
  value->length = (gsize) (end - p - 2) / 2;
  value->bytes = g_malloc0 (value->length + 1);
  for (gsize i = 0; i < value->length; i++)
    value->bytes[i] = (guint8) (g_ascii_xdigit_value (p[2 + 2 * i]) << 4 | g_ascii_xdigit_value (p[3 + 2 * i]));
  return end + 1;
}

/* One literal as sqlite3_expanded_sql writes it; returns where it ends. */
static const char *
parse_literal (const char *p, WuyouSqlValue *value)
{
  char *end;

  if (*p == '\'')
    return parse_text (p, value);
  if (*p == 'x')
    return parse_blob (p, value);
  if (*p == 'N') {
    value->type = SQLITE_NULL;
    return p + strlen ("NULL");
  }
  value->type = SQLITE_INTEGER;
  value->number = g_ascii_strtoll (p, &end, 10);
  return end;
}

/* Template and expanded text run side by side; where one has ?n the other has its value. */
static GArray *
parse_values (const char *sql, const char *expanded, int n)
{
  GArray *values = g_array_sized_new (FALSE, TRUE, sizeof (WuyouSqlValue), (guint) n);

  g_array_set_clear_func (values, clear_value);
  g_array_set_size (values, (guint) n);
  while (*sql != '\0') {
    WuyouSqlValue value = { SQLITE_NULL, 0, NULL, 0 };
    char *end;
    gsize index;

    if (*sql != '?') {
      sql++;
      expanded++;
      continue;
    }
    index = (gsize) strtoul (sql + 1, &end, 10) - 1;
    sql = end;
    expanded = parse_literal (expanded, &value);
    clear_value (&g_array_index (values, WuyouSqlValue, index));
    g_array_index (values, WuyouSqlValue, index) = value;
  }
  return values;
}

static gboolean
is_wanted (const char *sql)
{
  if (captured == NULL || g_str_has_prefix (sql, "--"))
    return FALSE;
  if (wanted == NULL)
    return TRUE;
  for (guint i = 0; wanted[i] != NULL; i++)
    if (g_str_has_prefix (sql, wanted[i]))
      return TRUE;
  return FALSE;
}

static int
on_statement_cb (unsigned mask, void *data, void *handle, void *text)
{
  sqlite3_stmt *stmt = handle;
  const char *sql = sqlite3_sql (stmt);

  g_mutex_lock (&lock);
  if (sql != NULL && is_wanted (sql) && is_wanted (text)) {
    WuyouSqlStatement *statement = g_new0 (WuyouSqlStatement, 1);
    char *expanded = sqlite3_expanded_sql (stmt);

    statement->sql = g_strdup (sql);
    statement->values = parse_values (sql, expanded, sqlite3_bind_parameter_count (stmt));
    sqlite3_free (expanded);
    g_ptr_array_add (captured, statement);
  }
  g_mutex_unlock (&lock);
  return 0;
}

static int
on_opened_cb (sqlite3 *db, char **error, const struct sqlite3_api_routines *routines)
{
  return sqlite3_trace_v2 (db, SQLITE_TRACE_STMT, on_statement_cb, NULL);
}

void
wuyou_sql_capture_install (void)
{
  sqlite3_auto_extension ((void (*) (void)) on_opened_cb);
}

void
wuyou_sql_capture_begin (const char *const *prefixes)
{
  g_mutex_lock (&lock);
  wanted = prefixes;
  captured = g_ptr_array_new_with_free_func (free_statement);
  g_mutex_unlock (&lock);
}

GPtrArray *
wuyou_sql_capture_take (void)
{
  GPtrArray *taken;

  g_mutex_lock (&lock);
  taken = g_steal_pointer (&captured);
  g_mutex_unlock (&lock);
  sqlite3_cancel_auto_extension ((void (*) (void)) on_opened_cb);
  return taken;
}

void
wuyou_sql_bind (sqlite3_stmt *stmt, const WuyouSqlStatement *statement)
{
  for (guint i = 0; i < statement->values->len; i++) {
    const WuyouSqlValue *value = &g_array_index (statement->values, WuyouSqlValue, i);
    int index = (int) i + 1;

    if (value->type == SQLITE_INTEGER)
      sqlite3_bind_int64 (stmt, index, value->number);
    else if (value->type == SQLITE_TEXT)
      sqlite3_bind_text (stmt, index, (const char *) value->bytes, (int) value->length, SQLITE_STATIC);
    else if (value->type == SQLITE_BLOB)
      sqlite3_bind_blob (stmt, index, value->bytes, (int) value->length, SQLITE_STATIC);
    else
      sqlite3_bind_null (stmt, index);
  }
}

void
wuyou_sql_must (sqlite3 *db, int code, int good)
{
  if (code == good)
    return;
  fprintf (stderr, "SQLite: %s\n", sqlite3_errmsg (db));
  exit (EXIT_FAILURE);
}
