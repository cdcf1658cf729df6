/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One interface over SQLite and PostgreSQL. SQL is the common subset with parameters $1 … $n; what differs
 * lives in the drivers. All functions may be called from any thread; a connection belongs to one call-back. */
typedef struct _WuyouDb WuyouDb;
typedef struct _WuyouDbConn WuyouDbConn;
typedef struct _WuyouDbStmt WuyouDbStmt;

typedef enum {
  WUYOU_DB_SQLITE = 1,
  WUYOU_DB_POSTGRES,
} WuyouDbKind;

typedef enum {
  WUYOU_DB_ERROR = -1,
  WUYOU_DB_DONE = 0,
  WUYOU_DB_ROW = 1,
} WuyouDbResult;

typedef enum {
  WUYOU_DB_WRITE_DEFAULT = 0,
  WUYOU_DB_WRITE_MAINTENANCE = 1 << 0, /* snapshot isolation instead of serializable: sealer, jobs */
} WuyouDbWriteFlags;

/* Runs inside one transaction, perhaps several times for one write. FALSE with @error rolls back. Does no crypto,
 * network or file work; never calls wuyou_db_write or _read. */
typedef gboolean (*WuyouDbFunc) (WuyouDbConn *conn, gpointer data, GError **error);

/* "sqlite:PATH"; other schemes once their driver is registered (wuyou_store_open does that for PostgreSQL).
 * SQLite creates a missing file with mode 0600. Owned; UNAVAILABLE or CORRUPT. */
WuyouDb *wuyou_db_open (const char *uri, GError **error);
void wuyou_db_close (WuyouDb *db);
WuyouDbKind wuyou_db_kind (WuyouDb *db);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouDb, wuyou_db_close)

/* Blocks until the write is durable. STORAGE_FULL, UNAVAILABLE, BUSY, CORRUPT or the error of @fn; then nothing
 * of it was written, except that UNAVAILABLE from a lost connection may hide a write that did happen. */
gboolean wuyou_db_write (WuyouDb *db, WuyouDbFunc fn, gpointer data, GError **error);
gboolean wuyou_db_write_full (WuyouDb *db, guint flags, WuyouDbFunc fn, gpointer data, GError **error);
/* One read-only snapshot. A read that takes too long ends with TIMEOUT. */
gboolean wuyou_db_read (WuyouDb *db, WuyouDbFunc fn, gpointer data, GError **error);

/* Cached by its text and borrowed: the next prepare of the same text resets it. Parameters count from 1, columns from
 * 0; NULL text and blob bind as NULL. Values are copied. */
WuyouDbStmt *wuyou_db_prepare (WuyouDbConn *conn, const char *sql, GError **error);
void wuyou_db_bind_int (WuyouDbStmt *stmt, int index, gint64 value);
void wuyou_db_bind_text (WuyouDbStmt *stmt, int index, const char *value);
void wuyou_db_bind_blob (WuyouDbStmt *stmt, int index, gconstpointer data, gsize length);
void wuyou_db_bind_null (WuyouDbStmt *stmt, int index);
/* A broken unique constraint is CONFLICT. After DONE the statement is reset, bindings kept. After ERROR the
 * transaction can only be given up; where a row may be there already, use ON CONFLICT. */
WuyouDbResult wuyou_db_step (WuyouDbStmt *stmt, GError **error);
gint64 wuyou_db_column_int (WuyouDbStmt *stmt, int index);
const char *wuyou_db_column_text (WuyouDbStmt *stmt, int index);                      /* until next step */
gconstpointer wuyou_db_column_blob (WuyouDbStmt *stmt, int index, gsize *ret_length); /* until next step */
GBytes *wuyou_db_dup_bytes (WuyouDbStmt *stmt, int index);                            /* owned; NULL when null */
gboolean wuyou_db_column_is_null (WuyouDbStmt *stmt, int index);

/* Prepare and bind in one, @types a letter a parameter: 'i' gint64, 't' char *, 'b' GBytes *; _run to its end. */
WuyouDbStmt *wuyou_db_query (WuyouDbConn *conn, GError **error, const char *sql, const char *types, ...);
gboolean wuyou_db_run (WuyouDbConn *conn, GError **error, const char *sql, const char *types, ...);
/* Several statements without parameters. Words in braces stand for the engine's, as {int} {text} {blob} {serial}. */
gboolean wuyou_db_exec (WuyouDbConn *conn, const char *sql, GError **error);
gint64 wuyou_db_changes (WuyouDbConn *conn); /* rows the last statement changed */
/* One row of a table with a {serial} seq, which is told; @sql ends after its VALUES. */
WuyouDbStmt *wuyou_db_prepare_insert (WuyouDbConn *conn, const char *sql, GError **error);
gboolean wuyou_db_insert (WuyouDbStmt *stmt, gint64 *ret_seq, GError **error);

gboolean wuyou_db_now (WuyouDbConn *conn, gint64 *ret_now, GError **error); /* its own clock, for leases; instant */
/* A small number that tells parallel connections apart; spreads rows that everybody updates. */
int wuyou_db_shard (WuyouDbConn *conn);
WuyouDb *wuyou_db_conn_get_db (WuyouDbConn *conn);

/* Wakes listeners of @channel once the transaction is durable: in this process, and with @everywhere in all
 * processes on the database. The call-back runs on a thread of the database and must be short. */
typedef void (*WuyouDbNotifyFunc) (const char *channel, gpointer data);
gboolean wuyou_db_notify (WuyouDbConn *conn, const char *channel, gboolean everywhere, GError **error);
guint wuyou_db_listen (WuyouDb *db, const char *channel, WuyouDbNotifyFunc fn, gpointer data);
void wuyou_db_unlisten (WuyouDb *db, guint id);

/* The database without its customer keys as one new file, while everything goes on. See wuyou-backup.h. */
gboolean wuyou_db_backup (WuyouDb *db, const char *path, GError **error);
/* CORRUPT when the file is damaged. */
gboolean wuyou_db_check_backup (WuyouDbKind kind, const char *path, GError **error);
/* Calls @fn with the texts of @columns (NULL-terminated; unset: "") for every row of a table in the file. */
typedef void (*WuyouDbBackupFunc) (const char *const *values, gpointer data);
gboolean wuyou_db_read_backup (WuyouDbKind kind,
                               const char *path,
                               const char *table,
                               const char *const *columns,
                               WuyouDbBackupFunc fn,
                               gpointer data,
                               GError **error);
/* Into a database that is not there or empty (CONFLICT otherwise), at first where no server opens it: the address to
 * fill it by, owned. What an earlier try left there goes. Then, while nobody has it open, _publish or _cancel. */
char *wuyou_db_begin_restore (WuyouDbKind kind, const char *path, const char *uri, GError **error);
gboolean wuyou_db_publish_restore (WuyouDbKind kind, const char *uri, GError **error);
void wuyou_db_cancel_restore (WuyouDbKind kind, const char *uri);

/* Numbered steps, each in one transaction; the state stands in the database. UPGRADE_REQUIRED on a schema newer
 * than @n, CORRUPT on one that is half-migrated or whose steps differ from these. */
typedef struct {
  const char *name; /* "0001-base" */
  const char *sql;
  const char *search_index; /* created with it; NULL: none */
} WuyouDbMigration;

gboolean wuyou_db_migrate (WuyouDb *db, const WuyouDbMigration *migrations, guint n, GError **error);
gboolean wuyou_db_schema_version (WuyouDb *db, int *ret_version, GError **error); /* of the last step applied */

G_END_DECLS
