/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-setting-store.h"

char *
wuyou_setting_get (WuyouDbConn *conn, const char *name, gint64 *ret_version, GError **error)
{
  WuyouDbStmt *stmt = wuyou_db_query (conn, error, "SELECT value, version FROM settings WHERE name = $1", "t", name);

  if (stmt == NULL || wuyou_db_step (stmt, error) != WUYOU_DB_ROW)
    return NULL;
  if (ret_version != NULL)
    *ret_version = wuyou_db_column_int (stmt, 1);
  return g_strdup (wuyou_db_column_text (stmt, 0));
}

typedef struct {
  const char *name;
  char *json;
} Reading;

static gboolean
read_setting (WuyouDbConn *conn, gpointer data, GError **error)
{
  Reading *reading = data;
  GError *local = NULL;

  g_clear_pointer (&reading->json, g_free);
  reading->json = wuyou_setting_get (conn, reading->name, NULL, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

gboolean
wuyou_setting_read (WuyouDb *db, const char *name, char **ret_json, GError **error)
{
  Reading reading = { .name = name };

  if (!wuyou_db_read (db, read_setting, &reading, error)) {
    g_free (reading.json);
    return FALSE;
  }
  *ret_json = reading.json;
  return TRUE;
}

gboolean
wuyou_setting_set (WuyouDbConn *conn, const char *name, const char *json, gint64 now, GError **error)
{
  return wuyou_db_run (conn, error,
                       "INSERT INTO settings (name, value, version, updated_at) VALUES ($1, $2, 1, $3) "
                       "ON CONFLICT (name) DO UPDATE SET value = excluded.value, version = settings.version + 1, "
                       "updated_at = excluded.updated_at",
                       "tti", name, json, now);
}

void
wuyou_holiday_free (WuyouHoliday *holiday)
{
  g_free (holiday->label);
  g_free (holiday);
}

gboolean
wuyou_holiday_set (WuyouDbConn *conn, WuyouDate day, WuyouDayKind kind, const char *label, GError **error)
{
  return wuyou_db_run (conn, error,
                       "INSERT INTO holidays (day, kind, label) VALUES ($1, $2, $3) "
                       "ON CONFLICT (day) DO UPDATE SET kind = excluded.kind, label = excluded.label",
                       "iit", (gint64) day, (gint64) kind, label);
}

GPtrArray *
wuyou_holiday_list (WuyouDbConn *conn, WuyouDate from, WuyouDate until, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_holiday_free);
  WuyouDbResult result;
  WuyouDbStmt *stmt
      = wuyou_db_query (conn, error, "SELECT day, kind, label FROM holidays WHERE day >= $1 AND day <= $2 ORDER BY day",
                        "ii", (gint64) from, (gint64) until);

  if (stmt == NULL)
    return NULL;
  while ((result = wuyou_db_step (stmt, error)) == WUYOU_DB_ROW) {
    WuyouHoliday *holiday = g_new0 (WuyouHoliday, 1);

    holiday->day = (WuyouDate) wuyou_db_column_int (stmt, 0);
    holiday->kind = (int) wuyou_db_column_int (stmt, 1);
    holiday->label = g_strdup (wuyou_db_column_text (stmt, 2));
    g_ptr_array_add (list, holiday);
  }
  return result == WUYOU_DB_DONE ? g_steal_pointer (&list) : NULL;
}

gboolean
wuyou_feedback_insert (WuyouDbConn *conn,
                       const char *id,
                       const char *account_id,
                       const char *kind,
                       GBytes *sealed,
                       gint64 now,
                       GError **error)
{
  return wuyou_db_run (conn, error,
                       "INSERT INTO feedback (id, account_id, kind, sealed, at) VALUES ($1, $2, $3, $4, $5)", "tttbi",
                       id, account_id, kind, sealed, now);
}
