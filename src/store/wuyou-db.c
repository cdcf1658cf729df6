/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-db-driver.h"

#include <string.h>

#include "base/wuyou-error.h"

typedef struct {
  guint id;
  char *channel;
  WuyouDbNotifyFunc fn;
  gpointer data;
} Listener;

static const WuyouDbDriver *drivers[4] = { &wuyou_db_sqlite_driver };
static GMutex drivers_lock;

void
wuyou_db_register (const WuyouDbDriver *driver)
{
  g_mutex_lock (&drivers_lock);
  for (guint i = 0; i < G_N_ELEMENTS (drivers); i++) {
    if (drivers[i] == NULL)
      drivers[i] = driver;
    if (drivers[i] == driver)
      break;
  }
  g_mutex_unlock (&drivers_lock);
}

static const WuyouDbDriver *
find_driver (const char *uri)
{
  g_autofree char *scheme = g_uri_parse_scheme (uri);
  const WuyouDbDriver *found = NULL;

  g_mutex_lock (&drivers_lock);
  for (guint i = 0; i < G_N_ELEMENTS (drivers) && drivers[i] != NULL; i++)
    if (g_strcmp0 (drivers[i]->scheme, scheme) == 0)
      found = drivers[i];
  g_mutex_unlock (&drivers_lock);
  return found;
}

WuyouDb *
wuyou_db_open (const char *uri, GError **error)
{
  const WuyouDbDriver *driver = find_driver (uri);

  if (driver != NULL)
    return driver->open (uri, error);
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_UNAVAILABLE,
                       "The address of a database begins with sqlite: or postgresql:");
  return NULL;
}

void
wuyou_db_close (WuyouDb *db)
{
  db->driver->close (db);
}

WuyouDbKind
wuyou_db_kind (WuyouDb *db)
{
  return db->driver->kind;
}

gboolean
wuyou_db_write (WuyouDb *db, WuyouDbFunc fn, gpointer data, GError **error)
{
  return db->driver->write (db, WUYOU_DB_WRITE_DEFAULT, fn, data, error);
}

gboolean
wuyou_db_write_full (WuyouDb *db, guint flags, WuyouDbFunc fn, gpointer data, GError **error)
{
  return db->driver->write (db, flags, fn, data, error);
}

gboolean
wuyou_db_read (WuyouDb *db, WuyouDbFunc fn, gpointer data, GError **error)
{
  return db->driver->read (db, fn, data, error);
}

static const WuyouDbDriver *
get_driver (WuyouDbStmt *stmt)
{
  return stmt->conn->db->driver;
}

WuyouDbStmt *
wuyou_db_prepare (WuyouDbConn *conn, const char *sql, GError **error)
{
  WuyouDbStmt *stmt = g_hash_table_lookup (conn->statements, sql);

  if (stmt != NULL) {
    conn->db->driver->reset (stmt);
    stmt->active = FALSE;
    return stmt;
  }
  stmt = conn->db->driver->prepare (conn, sql, error);
  if (stmt != NULL) {
    stmt->conn = conn;
    g_hash_table_insert (conn->statements, g_strdup (sql), stmt);
  }
  return stmt;
}

void
wuyou_db_bind_int (WuyouDbStmt *stmt, int index, gint64 value)
{
  get_driver (stmt)->bind_int (stmt, index, value);
}

void
wuyou_db_bind_text (WuyouDbStmt *stmt, int index, const char *value)
{
  if (value == NULL)
    get_driver (stmt)->bind_null (stmt, index);
  else
    get_driver (stmt)->bind_text (stmt, index, value);
}

void
wuyou_db_bind_blob (WuyouDbStmt *stmt, int index, gconstpointer data, gsize length)
{
  if (data == NULL)
    get_driver (stmt)->bind_null (stmt, index);
  else
    get_driver (stmt)->bind_blob (stmt, index, data, length);
}

void
wuyou_db_bind_null (WuyouDbStmt *stmt, int index)
{
  get_driver (stmt)->bind_null (stmt, index);
}

WuyouDbResult
wuyou_db_step (WuyouDbStmt *stmt, GError **error)
{
  WuyouDbResult result = get_driver (stmt)->step (stmt, error);

  stmt->active = result == WUYOU_DB_ROW;
  if (result == WUYOU_DB_ERROR)
    stmt->conn->failed = TRUE;
  return result;
}

gint64
wuyou_db_column_int (WuyouDbStmt *stmt, int index)
{
  return get_driver (stmt)->column_int (stmt, index);
}

const char *
wuyou_db_column_text (WuyouDbStmt *stmt, int index)
{
  return get_driver (stmt)->column_text (stmt, index);
}

gconstpointer
wuyou_db_column_blob (WuyouDbStmt *stmt, int index, gsize *ret_length)
{
  return get_driver (stmt)->column_blob (stmt, index, ret_length);
}

GBytes *
wuyou_db_dup_bytes (WuyouDbStmt *stmt, int index)
{
  gconstpointer data;
  gsize length;

  if (wuyou_db_column_is_null (stmt, index))
    return NULL;
  data = wuyou_db_column_blob (stmt, index, &length);
  return g_bytes_new (data, length);
}

gboolean
wuyou_db_column_is_null (WuyouDbStmt *stmt, int index)
{
  return get_driver (stmt)->column_is_null (stmt, index);
}

static void
bind_bytes (WuyouDbStmt *stmt, int index, GBytes *bytes)
{
  gsize length;
  gconstpointer data;

  if (bytes == NULL) {
    wuyou_db_bind_null (stmt, index);
    return;
  }
  data = g_bytes_get_data (bytes, &length);
  wuyou_db_bind_blob (stmt, index, data != NULL ? data : "", length);
}

static void
bind_list (WuyouDbStmt *stmt, const char *types, va_list args)
{
  for (int i = 0; types[i] != '\0'; i++) {
    switch (types[i]) {
    case 'i':
      wuyou_db_bind_int (stmt, i + 1, va_arg (args, gint64));
      break;
    case 't':
      wuyou_db_bind_text (stmt, i + 1, va_arg (args, const char *));
      break;
    case 'b':
      bind_bytes (stmt, i + 1, va_arg (args, GBytes *));
      break;
    default:
      g_assert_not_reached ();
    }
  }
}

WuyouDbStmt *
wuyou_db_query (WuyouDbConn *conn, GError **error, const char *sql, const char *types, ...)
{
  WuyouDbStmt *stmt = wuyou_db_prepare (conn, sql, error);
  va_list args;

  if (stmt == NULL)
    return NULL;
  va_start (args, types);
  bind_list (stmt, types, args);
  va_end (args);
  return stmt;
}

gboolean
wuyou_db_run (WuyouDbConn *conn, GError **error, const char *sql, const char *types, ...)
{
  WuyouDbStmt *stmt = wuyou_db_prepare (conn, sql, error);
  WuyouDbResult result;
  va_list args;

  if (stmt == NULL)
    return FALSE;
  va_start (args, types);
  bind_list (stmt, types, args);
  va_end (args);
  do
    result = wuyou_db_step (stmt, error);
  while (result == WUYOU_DB_ROW);
  return result == WUYOU_DB_DONE;
}

WuyouDbStmt *
wuyou_db_prepare_insert (WuyouDbConn *conn, const char *sql, GError **error)
{
  const char *ending = conn->db->driver->returning_seq;
  g_autofree char *whole = ending != NULL ? g_strconcat (sql, ending, NULL) : NULL;

  return wuyou_db_prepare (conn, whole != NULL ? whole : sql, error);
}

gboolean
wuyou_db_insert (WuyouDbStmt *stmt, gint64 *ret_seq, GError **error)
{
  WuyouDbResult result = wuyou_db_step (stmt, error);

  if (result == WUYOU_DB_ERROR)
    return FALSE;
  *ret_seq = get_driver (stmt)->inserted_seq (stmt);
  return result == WUYOU_DB_DONE || wuyou_db_step (stmt, error) == WUYOU_DB_DONE;
}

static char *
replace_words (const char *sql, const char *const *words)
{
  GString *out = g_string_new (sql);

  for (guint i = 0; words[i] != NULL; i += 2)
    g_string_replace (out, words[i], words[i + 1], 0);
  return g_string_free (out, FALSE);
}

gboolean
wuyou_db_exec (WuyouDbConn *conn, const char *sql, GError **error)
{
  g_autofree char *script = replace_words (sql, conn->db->driver->words);

  return conn->db->driver->exec (conn, script, error);
}

gint64
wuyou_db_changes (WuyouDbConn *conn)
{
  return conn->db->driver->changes (conn);
}

gboolean
wuyou_db_now (WuyouDbConn *conn, gint64 *ret_now, GError **error)
{
  return conn->db->driver->now (conn, ret_now, error);
}

int
wuyou_db_shard (WuyouDbConn *conn)
{
  return conn->shard;
}

WuyouDb *
wuyou_db_conn_get_db (WuyouDbConn *conn)
{
  return conn->db;
}

static const WuyouDbDriver *
find_driver_of (WuyouDbKind kind, GError **error)
{
  const WuyouDbDriver *driver = find_driver (kind == WUYOU_DB_SQLITE ? "sqlite:" : "postgresql:");

  if (driver == NULL)
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_UNAVAILABLE, "This engine is not in this program");
  return driver;
}

gboolean
wuyou_db_backup (WuyouDb *db, const char *path, GError **error)
{
  return db->driver->backup (db, path, error);
}

gboolean
wuyou_db_check_backup (WuyouDbKind kind, const char *path, GError **error)
{
  const WuyouDbDriver *driver = find_driver_of (kind, error);

  return driver != NULL && driver->check_backup (path, error);
}

gboolean
wuyou_db_read_backup (WuyouDbKind kind,
                      const char *path,
                      const char *table,
                      const char *const *columns,
                      WuyouDbBackupFunc fn,
                      gpointer data,
                      GError **error)
{
  const WuyouDbDriver *driver = find_driver_of (kind, error);

  return driver != NULL && driver->read_backup (path, table, columns, fn, data, error);
}

char *
wuyou_db_begin_restore (WuyouDbKind kind, const char *path, const char *uri, GError **error)
{
  const WuyouDbDriver *driver = find_driver_of (kind, error);

  return driver != NULL ? driver->begin_restore (path, uri, error) : NULL;
}

gboolean
wuyou_db_publish_restore (WuyouDbKind kind, const char *uri, GError **error)
{
  const WuyouDbDriver *driver = find_driver_of (kind, error);

  return driver != NULL && driver->publish_restore (uri, error);
}

void
wuyou_db_cancel_restore (WuyouDbKind kind, const char *uri)
{
  const WuyouDbDriver *driver = find_driver_of (kind, NULL);

  if (driver != NULL)
    driver->cancel_restore (uri);
}

static void
clear_listener (gpointer data)
{
  g_free (((Listener *) data)->channel);
}

void
_wuyou_db_init (WuyouDb *db, const WuyouDbDriver *driver)
{
  db->driver = driver;
  g_mutex_init (&db->listen_lock);
  db->listeners = g_array_new (FALSE, FALSE, sizeof (Listener));
  g_array_set_clear_func (db->listeners, clear_listener);
}

void
_wuyou_db_clear (WuyouDb *db)
{
  g_array_unref (db->listeners);
  g_mutex_clear (&db->listen_lock);
}

/* Statements are long and differ at their ends and in their length. */
#define HASHED_END 48

static guint
hash_sql (gconstpointer key)
{
  const char *sql = key;
  gsize length = strlen (sql);
  guint hash = (guint) length;

  for (gsize i = 0; i < length; i++) {
    if (i == HASHED_END && length > 2 * HASHED_END)
      i = length - HASHED_END;
    hash = hash * 33 + (guchar) sql[i];
  }
  return hash;
}

void
_wuyou_db_conn_init (WuyouDbConn *conn, WuyouDb *db, int shard)
{
  conn->db = db;
  conn->shard = shard;
  conn->statements = g_hash_table_new_full (hash_sql, g_str_equal, g_free, (GDestroyNotify) db->driver->finalize);
  conn->wakes = g_ptr_array_new_with_free_func (g_free);
}

void
_wuyou_db_conn_clear (WuyouDbConn *conn)
{
  g_hash_table_unref (conn->statements);
  g_ptr_array_unref (conn->wakes);
}

void
_wuyou_db_conn_begin (WuyouDbConn *conn)
{
  conn->failed = FALSE;
}

/* PostgreSQL gives a transaction up after a failed statement; so that nothing works on one engine only, both do. */
gboolean
_wuyou_db_conn_check (WuyouDbConn *conn, GError **error)
{
  if (!conn->failed)
    return TRUE;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_INTERNAL, "A failed statement was passed over");
  return FALSE;
}

void
_wuyou_db_conn_end_cursors (WuyouDbConn *conn)
{
  GHashTableIter iter;
  gpointer stmt;

  g_hash_table_iter_init (&iter, conn->statements);
  while (g_hash_table_iter_next (&iter, NULL, &stmt))
    if (((WuyouDbStmt *) stmt)->active) {
      conn->db->driver->reset (stmt);
      ((WuyouDbStmt *) stmt)->active = FALSE;
    }
}

gboolean
wuyou_db_notify (WuyouDbConn *conn, const char *channel, gboolean everywhere, GError **error)
{
  if (everywhere && conn->db->driver->notify != NULL)
    return conn->db->driver->notify (conn, channel, error);
  if (!g_ptr_array_find_with_equal_func (conn->wakes, channel, g_str_equal, NULL))
    g_ptr_array_add (conn->wakes, g_strdup (channel));
  return TRUE;
}

void
_wuyou_db_conn_end_wakes (WuyouDbConn *conn, gboolean committed)
{
  for (guint i = 0; committed && i < conn->wakes->len; i++)
    _wuyou_db_wake (conn->db, conn->wakes->pdata[i]);
  g_ptr_array_set_size (conn->wakes, 0);
}

/* Called under the lock, so that after wuyou_db_unlisten no call-back is running any more. */
void
_wuyou_db_wake (WuyouDb *db, const char *channel)
{
  g_mutex_lock (&db->listen_lock);
  for (guint i = 0; i < db->listeners->len; i++) {
    Listener *listener = &g_array_index (db->listeners, Listener, i);

    if (channel == NULL || g_str_equal (listener->channel, channel))
      listener->fn (listener->channel, listener->data);
  }
  g_mutex_unlock (&db->listen_lock);
}

guint
wuyou_db_listen (WuyouDb *db, const char *channel, WuyouDbNotifyFunc fn, gpointer data)
{
  Listener listener = { 0, g_strdup (channel), fn, data };

  g_mutex_lock (&db->listen_lock);
  listener.id = ++db->last_listener;
  g_array_append_val (db->listeners, listener);
  g_mutex_unlock (&db->listen_lock);
  return listener.id;
}

void
wuyou_db_unlisten (WuyouDb *db, guint id)
{
  g_mutex_lock (&db->listen_lock);
  for (guint i = 0; i < db->listeners->len; i++)
    if (g_array_index (db->listeners, Listener, i).id == id) {
      g_array_remove_index (db->listeners, i);
      break;
    }
  g_mutex_unlock (&db->listen_lock);
}
