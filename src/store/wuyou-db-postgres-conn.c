/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-db-postgres-private.h"

#include <string.h>

#include "base/wuyou-error.h"

#define ANSWER_LIMIT (60 * G_TIME_SPAN_SECOND)
#define OID_BOOL 16
#define OID_INT8 20
#define OID_INT2 21
#define OID_INT4 23

typedef struct {
  char *text; /* owned; NULL: null */
  int length;
  int format; /* 1: binary */
} Parameter;

typedef struct {
  WuyouDbStmt base;
  char name[24];
  int n_parameters;
  Parameter *parameters;
  PGresult *result;
  int row;
} PostgresStmt;

static const struct {
  const char *state; /* SQLSTATE or its class */
  WuyouError code;
} states[] = {
  { "23505", WUYOU_ERROR_CONFLICT },     { "40001", WUYOU_ERROR_BUSY },      { "40P01", WUYOU_ERROR_BUSY },
  { "53100", WUYOU_ERROR_STORAGE_FULL }, { "57014", WUYOU_ERROR_TIMEOUT },   { "08", WUYOU_ERROR_UNAVAILABLE },
  { "53", WUYOU_ERROR_UNAVAILABLE },     { "57P", WUYOU_ERROR_UNAVAILABLE }, { "58", WUYOU_ERROR_UNAVAILABLE },
  { "XX001", WUYOU_ERROR_CORRUPT },      { "XX002", WUYOU_ERROR_CORRUPT },   { "25006", WUYOU_ERROR_UNAVAILABLE },
  { "55P03", WUYOU_ERROR_BUSY },
};

static WuyouError
map_state (const char *state)
{
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_str_has_prefix (state, states[i].state))
      return states[i].code;
  return WUYOU_ERROR_INTERNAL;
}

static void
set_result_error (PostgresConn *conn, const PGresult *result, GError **error)
{
  const char *state = PQresultErrorField (result, PG_DIAG_SQLSTATE);
  const char *message = PQresultErrorField (result, PG_DIAG_MESSAGE_PRIMARY);
  WuyouError code = state != NULL ? map_state (state) : WUYOU_ERROR_UNAVAILABLE;

  if (g_strcmp0 (state, "40001") == 0 || g_strcmp0 (state, "40P01") == 0)
    conn->conflict = TRUE;
  if (PQstatus (conn->handle) != CONNECTION_OK || (state != NULL && g_str_has_prefix (state, "57P")))
    conn->lost = TRUE;
  /* Without the details, which show the row: the text goes into logs. */
  g_set_error (error, WUYOU_ERROR, code, "PostgreSQL: %s", message != NULL ? message : "no result");
}

static void
set_lost (PostgresConn *conn, const char *why, GError **error)
{
  conn->lost = TRUE;
  g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_UNAVAILABLE, "PostgreSQL: %s", why);
}

/* A dead peer shows by TCP's own limits; a stopped one on a local socket only by ours. */
static gboolean
wait_readable (PostgresConn *conn, gint64 until)
{
  while (PQisBusy (conn->handle)) {
    GPollFD fd = { PQsocket (conn->handle), G_IO_IN | G_IO_ERR | G_IO_HUP, 0 };
    gint64 left = until - g_get_monotonic_time ();

    if (fd.fd < 0 || left <= 0)
      return FALSE;
    if (g_poll (&fd, 1, (int) (left / 1000) + 1) > 0 && !PQconsumeInput (conn->handle))
      return FALSE;
  }
  return TRUE;
}

/* Only the last result counts: of several statements the first failure ends them all. */
PGresult *
_wuyou_postgres_conn_wait (PostgresConn *conn, GError **error)
{
  gint64 until = g_get_monotonic_time () + ANSWER_LIMIT;
  PGresult *last = NULL, *result;

  while (TRUE) {
    if (!wait_readable (conn, until)) {
      PQclear (last);
      set_lost (conn, "no answer", error);
      return NULL;
    }
    result = PQgetResult (conn->handle);
    if (result == NULL)
      break;
    PQclear (last);
    last = result;
  }
  if (last == NULL) {
    set_lost (conn, "connection lost", error);
    return NULL;
  }
  if (PQresultStatus (last) == PGRES_COMMAND_OK || PQresultStatus (last) == PGRES_TUPLES_OK)
    return last;
  set_result_error (conn, last, error);
  PQclear (last);
  return NULL;
}

gboolean
_wuyou_postgres_conn_exec (WuyouDbConn *base, const char *sql, GError **error)
{
  PostgresConn *conn = (PostgresConn *) base;
  PGresult *result;

  if (!PQsendQuery (conn->handle, sql)) {
    set_lost (conn, g_strchomp (PQerrorMessage (conn->handle)), error);
    return FALSE;
  }
  result = _wuyou_postgres_conn_wait (conn, error);
  PQclear (result);
  return result != NULL;
}

static void
on_notice_cb (gpointer data G_GNUC_UNUSED, const char *message)
{
  g_debug ("PostgreSQL: %s", message);
}

PostgresConn *
_wuyou_postgres_conn_open (WuyouDb *db, const char *uri, GError **error)
{
  /* What comes later wins, so that the address may say otherwise. */
  const char *const keys[]
      = { "connect_timeout", "tcp_user_timeout", "keepalives_idle", "application_name", "options", "dbname", NULL };
  const char *const values[] = { "2", "3000", "10", "wuyou", "-c timezone=UTC -c statement_timeout=30s", uri, NULL };
  PostgresConn *conn = g_new0 (PostgresConn, 1);

  _wuyou_db_conn_init (&conn->base, db, 0);
  conn->handle = PQconnectdbParams (keys, values, 1);
  if (PQstatus (conn->handle) == CONNECTION_OK) {
    PQsetNoticeProcessor (conn->handle, on_notice_cb, NULL);
    conn->base.shard = PQbackendPID (conn->handle) % 64;
    return conn;
  }
  set_lost (conn, g_strchomp (PQerrorMessage (conn->handle)), error);
  _wuyou_postgres_conn_close (conn);
  return NULL;
}

void
_wuyou_postgres_conn_close (PostgresConn *conn)
{
  _wuyou_db_conn_clear (&conn->base);
  PQfinish (conn->handle);
  g_free (conn);
}

static int
count_parameters (const char *sql)
{
  int highest = 0;

  for (const char *c = sql; *c != '\0'; c++)
    if (*c == '$' && g_ascii_isdigit (c[1]))
      highest = MAX (highest, (int) g_ascii_strtoll (c + 1, NULL, 10));
  return highest;
}

WuyouDbStmt *
_wuyou_postgres_prepare (WuyouDbConn *base, const char *sql, GError **error)
{
  PostgresConn *conn = (PostgresConn *) base;
  PostgresStmt *stmt = g_new0 (PostgresStmt, 1);
  PGresult *result = NULL;

  g_snprintf (stmt->name, sizeof stmt->name, "s%u", ++conn->last_statement);
  stmt->n_parameters = count_parameters (sql);
  stmt->parameters = g_new0 (Parameter, stmt->n_parameters + 1);
  if (PQsendPrepare (conn->handle, stmt->name, sql, 0, NULL))
    result = _wuyou_postgres_conn_wait (conn, error);
  else
    set_lost (conn, g_strchomp (PQerrorMessage (conn->handle)), error);
  PQclear (result);
  if (result != NULL)
    return &stmt->base;
  _wuyou_postgres_finalize (&stmt->base);
  return NULL;
}

static void
drop_result (PostgresStmt *stmt)
{
  PQclear (stmt->result);
  stmt->result = NULL;
}

void
_wuyou_postgres_reset (WuyouDbStmt *base)
{
  PostgresStmt *stmt = (PostgresStmt *) base;

  drop_result (stmt);
  for (int i = 0; i < stmt->n_parameters; i++)
    g_clear_pointer (&stmt->parameters[i].text, g_free);
}

void
_wuyou_postgres_finalize (WuyouDbStmt *base)
{
  _wuyou_postgres_reset (base);
  g_free (((PostgresStmt *) base)->parameters);
  g_free (base);
}

static void
take_parameter (WuyouDbStmt *base, int index, char *text, int length, int format)
{
  PostgresStmt *stmt = (PostgresStmt *) base;

  g_return_if_fail (index >= 1 && index <= stmt->n_parameters);
  g_free (stmt->parameters[index - 1].text);
  stmt->parameters[index - 1] = (Parameter){ text, length, format };
}

void
_wuyou_postgres_bind_int (WuyouDbStmt *stmt, int index, gint64 value)
{
  take_parameter (stmt, index, g_strdup_printf ("%" G_GINT64_FORMAT, value), 0, 0);
}

void
_wuyou_postgres_bind_text (WuyouDbStmt *stmt, int index, const char *value)
{
  take_parameter (stmt, index, g_strdup (value), 0, 0);
}

void
_wuyou_postgres_bind_blob (WuyouDbStmt *stmt, int index, gconstpointer data, gsize length)
{
  char *copy = g_malloc (length + 1);

  memcpy (copy, data, length);
  take_parameter (stmt, index, copy, (int) length, 1);
}

void
_wuyou_postgres_bind_null (WuyouDbStmt *stmt, int index)
{
  take_parameter (stmt, index, NULL, 0, 0);
}

static gboolean
execute (PostgresConn *conn, PostgresStmt *stmt, GError **error)
{
  const char **values = g_newa0 (const char *, stmt->n_parameters + 1);
  int *lengths = g_newa0 (int, stmt->n_parameters + 1);
  int *formats = g_newa0 (int, stmt->n_parameters + 1);

  for (int i = 0; i < stmt->n_parameters; i++) {
    values[i] = stmt->parameters[i].text;
    lengths[i] = stmt->parameters[i].length;
    formats[i] = stmt->parameters[i].format;
  }
  if (!PQsendQueryPrepared (conn->handle, stmt->name, stmt->n_parameters, values, lengths, formats, 1)) {
    set_lost (conn, g_strchomp (PQerrorMessage (conn->handle)), error);
    return FALSE;
  }
  stmt->result = _wuyou_postgres_conn_wait (conn, error);
  stmt->row = -1;
  if (stmt->result != NULL)
    conn->changes = g_ascii_strtoll (PQcmdTuples (stmt->result), NULL, 10);
  return stmt->result != NULL;
}

WuyouDbResult
_wuyou_postgres_step (WuyouDbStmt *base, GError **error)
{
  PostgresStmt *stmt = (PostgresStmt *) base;

  if (stmt->result == NULL && !execute ((PostgresConn *) base->conn, stmt, error))
    return WUYOU_DB_ERROR;
  if (++stmt->row < PQntuples (stmt->result))
    return WUYOU_DB_ROW;
  drop_result (stmt);
  return WUYOU_DB_DONE;
}

gint64
_wuyou_postgres_column_int (WuyouDbStmt *base, int index)
{
  PostgresStmt *stmt = (PostgresStmt *) base;
  const char *value = PQgetvalue (stmt->result, stmt->row, index);
  gint64 wide;
  gint32 narrow;
  gint16 small;

  if (PQgetisnull (stmt->result, stmt->row, index))
    return 0;
  switch (PQftype (stmt->result, index)) {
  case OID_INT8:
    memcpy (&wide, value, sizeof wide);
    return GINT64_FROM_BE (wide);
  case OID_INT4:
    memcpy (&narrow, value, sizeof narrow);
    return GINT32_FROM_BE (narrow);
  case OID_INT2:
    memcpy (&small, value, sizeof small);
    return GINT16_FROM_BE (small);
  case OID_BOOL:
    return *value != 0;
  default:
    return g_ascii_strtoll (value, NULL, 10);
  }
}

const char *
_wuyou_postgres_column_text (WuyouDbStmt *base, int index)
{
  PostgresStmt *stmt = (PostgresStmt *) base;

  return PQgetisnull (stmt->result, stmt->row, index) ? NULL : PQgetvalue (stmt->result, stmt->row, index);
}

gconstpointer
_wuyou_postgres_column_blob (WuyouDbStmt *base, int index, gsize *ret_length)
{
  PostgresStmt *stmt = (PostgresStmt *) base;

  *ret_length = (gsize) PQgetlength (stmt->result, stmt->row, index);
  return PQgetisnull (stmt->result, stmt->row, index) ? NULL : PQgetvalue (stmt->result, stmt->row, index);
}

gboolean
_wuyou_postgres_column_is_null (WuyouDbStmt *base, int index)
{
  PostgresStmt *stmt = (PostgresStmt *) base;

  return PQgetisnull (stmt->result, stmt->row, index);
}
