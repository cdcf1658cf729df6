/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-db.h"

G_BEGIN_DECLS

/* What an engine has to do; seen by the drivers and wuyou-db.c only. */
typedef struct _WuyouDbDriver WuyouDbDriver;

struct _WuyouDbDriver {
  const char *scheme; /* "sqlite" */
  WuyouDbKind kind;
  const char *const *words; /* pairs: "{int}", "INTEGER", …, NULL */

  WuyouDb *(*open) (const char *uri, GError **error);
  void (*close) (WuyouDb *db);
  gboolean (*write) (WuyouDb *db, guint flags, WuyouDbFunc fn, gpointer data, GError **error);
  gboolean (*read) (WuyouDb *db, WuyouDbFunc fn, gpointer data, GError **error);

  WuyouDbStmt *(*prepare) (WuyouDbConn *conn, const char *sql, GError **error);
  void (*finalize) (WuyouDbStmt *stmt);
  void (*reset) (WuyouDbStmt *stmt); /* clears bindings */
  void (*bind_int) (WuyouDbStmt *stmt, int index, gint64 value);
  void (*bind_text) (WuyouDbStmt *stmt, int index, const char *value);
  void (*bind_blob) (WuyouDbStmt *stmt, int index, gconstpointer data, gsize length);
  void (*bind_null) (WuyouDbStmt *stmt, int index);
  WuyouDbResult (*step) (WuyouDbStmt *stmt, GError **error);
  gint64 (*column_int) (WuyouDbStmt *stmt, int index);
  const char *(*column_text) (WuyouDbStmt *stmt, int index);
  gconstpointer (*column_blob) (WuyouDbStmt *stmt, int index, gsize *ret_length);
  gboolean (*column_is_null) (WuyouDbStmt *stmt, int index);
  gboolean (*exec) (WuyouDbConn *conn, const char *sql, GError **error);
  gint64 (*changes) (WuyouDbConn *conn);
  const char *returning_seq; /* what an INSERT that tells its seq ends with; NULL: nothing */
  gint64 (*inserted_seq) (WuyouDbStmt *stmt);

  gboolean (*now) (WuyouDbConn *conn, gint64 *ret_now, GError **error);
  gboolean (*notify) (WuyouDbConn *conn,
                      const char *channel,
                      GError **error); /* other processes; NULL: there are none */
  gboolean (*search_create) (WuyouDbConn *conn, const char *index, GError **error);
  gboolean (*search_put) (WuyouDbConn *conn, const char *index, gint64 seq, GPtrArray *tokens, GError **error);
  gboolean (*search_delete) (WuyouDbConn *conn, const char *index, gint64 seq, GPtrArray *tokens, GError **error);
  gboolean (*search_query) (WuyouDbConn *conn,
                            const char *index,
                            GPtrArray *groups,
                            gint64 before,
                            guint limit,
                            GArray *ret_seqs,
                            GError **error);

  /* Some pages of it; *@ret_more FALSE when all is one piece. NULL: the engine has no pieces. */
  gboolean (*search_merge) (WuyouDbConn *conn, const char *index, gboolean begin, gboolean *ret_more, GError **error);

  /* @path: a new file. Customer keys are left out. */
  gboolean (*backup) (WuyouDb *db, const char *path, GError **error);
  gboolean (*check_backup) (const char *path, GError **error);
  gboolean (*read_backup) (const char *path,
                           const char *table,
                           const char *const *columns,
                           WuyouDbBackupFunc fn,
                           gpointer data,
                           GError **error);
  char *(*begin_restore) (const char *path, const char *uri, GError **error);
  gboolean (*publish_restore) (const char *uri, GError **error);
  void (*cancel_restore) (const char *uri);
};

/* First member of every driver's own database. */
struct _WuyouDb {
  const WuyouDbDriver *driver;
  GMutex listen_lock;
  GArray *listeners; /* Listener, of wuyou-db.c */
  guint last_listener;
};

/* First member of every driver's own connection. */
struct _WuyouDbConn {
  WuyouDb *db;
  GHashTable *statements; /* text → WuyouDbStmt */
  GPtrArray *wakes;       /* channels to wake after the commit */
  int shard;
  gboolean failed; /* a statement failed: the transaction can only be given up */
};

/* First member of every driver's own statement. */
struct _WuyouDbStmt {
  WuyouDbConn *conn;
  gboolean active; /* may hold a cursor */
};

extern const WuyouDbDriver wuyou_db_sqlite_driver;

void wuyou_db_register (const WuyouDbDriver *driver);

void _wuyou_db_init (WuyouDb *db, const WuyouDbDriver *driver);
void _wuyou_db_clear (WuyouDb *db);
void _wuyou_db_conn_init (WuyouDbConn *conn, WuyouDb *db, int shard);
void _wuyou_db_conn_clear (WuyouDbConn *conn);
void _wuyou_db_conn_begin (WuyouDbConn *conn);
gboolean _wuyou_db_conn_check (WuyouDbConn *conn, GError **error);
/* Ends cursors left open, so that a transaction can end. */
void _wuyou_db_conn_end_cursors (WuyouDbConn *conn);
/* After commit, or with @committed FALSE after a rollback: nothing is woken. */
void _wuyou_db_conn_end_wakes (WuyouDbConn *conn, gboolean committed);
/* Calls the listeners of @channel; NULL: of all. */
void _wuyou_db_wake (WuyouDb *db, const char *channel);

G_END_DECLS
