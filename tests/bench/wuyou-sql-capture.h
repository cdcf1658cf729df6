/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/* Listens to what the store says to SQLite, so that a floor can say the very same without the store around it. */
typedef struct {
  char *sql;      /* with ?1 … ?n */
  GArray *values; /* WuyouSqlValue of ?1 … ?n */
} WuyouSqlStatement;

typedef struct {
  int type; /* SQLITE_INTEGER, SQLITE_TEXT, SQLITE_BLOB or SQLITE_NULL */
  gint64 number;
  guint8 *bytes;
  gsize length;
} WuyouSqlValue;

/* Before the first connection is opened. */
void wuyou_sql_capture_install (void);
/* Every statement of every thread until _take; @prefixes: only those that begin with one of them (NULL: all). */
void wuyou_sql_capture_begin (const char *const *prefixes);
/* Element WuyouSqlStatement, owned. */
GPtrArray *wuyou_sql_capture_take (void);

/* All parameters bound to the captured values, which stay where they are. */
void wuyou_sql_bind (sqlite3_stmt *stmt, const WuyouSqlStatement *statement);
/* A line on standard error and the end of the program unless @code is @wanted. */
void wuyou_sql_must (sqlite3 *db, int code, int wanted);

G_END_DECLS
