/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <libpq-fe.h>

#include "base/wuyou-error.h"
#include "wuyou-db-driver.h"

G_BEGIN_DECLS

typedef struct {
  WuyouDbConn base;
  PGconn *handle;
  gboolean lost;     /* the connection is of no more use */
  gboolean conflict; /* 40001 or 40P01: run the transaction again */
  gint64 changes;
  guint last_statement;
} PostgresConn;

/* Opens with time limits that the address does not set itself. UNAVAILABLE. */
PostgresConn *_wuyou_postgres_conn_open (WuyouDb *db, const char *uri, GError **error);
void _wuyou_postgres_conn_close (PostgresConn *conn);
/* Waits for the answer of what was sent, but not for ever. NULL with the error mapped. */
PGresult *_wuyou_postgres_conn_wait (PostgresConn *conn, GError **error);
gboolean _wuyou_postgres_conn_exec (WuyouDbConn *conn, const char *sql, GError **error);

WuyouDbStmt *_wuyou_postgres_prepare (WuyouDbConn *conn, const char *sql, GError **error);
void _wuyou_postgres_finalize (WuyouDbStmt *stmt);
void _wuyou_postgres_reset (WuyouDbStmt *stmt);
void _wuyou_postgres_bind_int (WuyouDbStmt *stmt, int index, gint64 value);
void _wuyou_postgres_bind_text (WuyouDbStmt *stmt, int index, const char *value);
void _wuyou_postgres_bind_blob (WuyouDbStmt *stmt, int index, gconstpointer data, gsize length);
void _wuyou_postgres_bind_null (WuyouDbStmt *stmt, int index);
WuyouDbResult _wuyou_postgres_step (WuyouDbStmt *stmt, GError **error);
gint64 _wuyou_postgres_column_int (WuyouDbStmt *stmt, int index);
const char *_wuyou_postgres_column_text (WuyouDbStmt *stmt, int index);
gconstpointer _wuyou_postgres_column_blob (WuyouDbStmt *stmt, int index, gsize *ret_length);
gboolean _wuyou_postgres_column_is_null (WuyouDbStmt *stmt, int index);

gboolean _wuyou_postgres_search_create (WuyouDbConn *conn, const char *index, GError **error);
gboolean
_wuyou_postgres_search_put (WuyouDbConn *conn, const char *index, gint64 seq, GPtrArray *tokens, GError **error);
gboolean
_wuyou_postgres_search_delete (WuyouDbConn *conn, const char *index, gint64 seq, GPtrArray *tokens, GError **error);
gboolean _wuyou_postgres_search_query (WuyouDbConn *conn,
                                       const char *index,
                                       GPtrArray *groups,
                                       gint64 before,
                                       guint limit,
                                       GArray *ret_seqs,
                                       GError **error);

gboolean _wuyou_postgres_backup (WuyouDb *db, const char *path, GError **error);
gboolean _wuyou_postgres_check_backup (const char *path, GError **error);
gboolean _wuyou_postgres_read_backup (const char *path,
                                      const char *table,
                                      const char *const *columns,
                                      WuyouDbBackupFunc fn,
                                      gpointer data,
                                      GError **error);
/* Runs a program of PostgreSQL's; @code with what it said when it fails. */
gboolean _wuyou_postgres_run_tool (const char *const *argv, WuyouError code, GError **error);
/* CORRUPT in the middle of a restore, but for the one who restores. */
gboolean _wuyou_postgres_check_restored (PostgresConn *conn, GError **error);
char *_wuyou_postgres_begin_restore (const char *path, const char *uri, GError **error);
gboolean _wuyou_postgres_publish_restore (const char *uri, GError **error);
void _wuyou_postgres_cancel_restore (const char *uri);
const char *_wuyou_postgres_get_uri (WuyouDb *db);

extern const WuyouDbDriver wuyou_db_postgres_driver;

G_END_DECLS
