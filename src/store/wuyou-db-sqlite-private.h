/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <sqlite3.h>

#include "wuyou-db-driver.h"

G_BEGIN_DECLS

typedef struct {
  WuyouDbConn base;
  sqlite3 *handle;
  gint64 deadline; /* monotonic time; 0: none */
} SqliteConn;

void _wuyou_sqlite_set_error (sqlite3 *handle, int code, GError **error);
SqliteConn *_wuyou_sqlite_conn_open (WuyouDb *db, const char *path, gboolean writer, GError **error);
void _wuyou_sqlite_conn_close (SqliteConn *conn);
gboolean _wuyou_sqlite_conn_exec (WuyouDbConn *conn, const char *sql, GError **error);

/* Statement functions of the driver. */
WuyouDbStmt *_wuyou_sqlite_prepare (WuyouDbConn *conn, const char *sql, GError **error);
void _wuyou_sqlite_finalize (WuyouDbStmt *stmt);
void _wuyou_sqlite_reset (WuyouDbStmt *stmt);
void _wuyou_sqlite_bind_int (WuyouDbStmt *stmt, int index, gint64 value);
void _wuyou_sqlite_bind_text (WuyouDbStmt *stmt, int index, const char *value);
void _wuyou_sqlite_bind_blob (WuyouDbStmt *stmt, int index, gconstpointer data, gsize length);
void _wuyou_sqlite_bind_null (WuyouDbStmt *stmt, int index);
WuyouDbResult _wuyou_sqlite_step (WuyouDbStmt *stmt, GError **error);
gint64 _wuyou_sqlite_column_int (WuyouDbStmt *stmt, int index);
const char *_wuyou_sqlite_column_text (WuyouDbStmt *stmt, int index);
gconstpointer _wuyou_sqlite_column_blob (WuyouDbStmt *stmt, int index, gsize *ret_length);
gboolean _wuyou_sqlite_column_is_null (WuyouDbStmt *stmt, int index);

/* Posting lists of the driver. */
gboolean _wuyou_sqlite_search_create (WuyouDbConn *conn, const char *index, GError **error);
gboolean _wuyou_sqlite_search_put (WuyouDbConn *conn, const char *index, gint64 seq, GPtrArray *tokens, GError **error);
gboolean
_wuyou_sqlite_search_delete (WuyouDbConn *conn, const char *index, gint64 seq, GPtrArray *tokens, GError **error);
gboolean _wuyou_sqlite_search_query (WuyouDbConn *conn,
                                     const char *index,
                                     GPtrArray *groups,
                                     gint64 before,
                                     guint limit,
                                     GArray *ret_seqs,
                                     GError **error);
gboolean
_wuyou_sqlite_search_merge (WuyouDbConn *conn, const char *index, gboolean begin, gboolean *ret_more, GError **error);

gboolean _wuyou_sqlite_backup (WuyouDb *db, const char *path, GError **error);
gboolean _wuyou_sqlite_check_backup (const char *path, GError **error);
gboolean _wuyou_sqlite_read_backup (const char *path,
                                    const char *table,
                                    const char *const *columns,
                                    WuyouDbBackupFunc fn,
                                    gpointer data,
                                    GError **error);
char *_wuyou_sqlite_begin_restore (const char *path, const char *uri, GError **error);
gboolean _wuyou_sqlite_publish_restore (const char *uri, GError **error);
void _wuyou_sqlite_cancel_restore (const char *uri);
const char *_wuyou_sqlite_get_path (WuyouDb *db);

G_END_DECLS
