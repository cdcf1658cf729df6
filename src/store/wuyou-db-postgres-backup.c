/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <gio/gio.h>

#include "base/wuyou-error.h"
#include "wuyou-db-postgres-private.h"

static gboolean
run_tool (const char *const *argv, WuyouError code, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autofree char *said = NULL;
  g_autoptr (GSubprocess) child
      = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &failure);

  if (child == NULL) {
    g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_UNAVAILABLE, "%s: %s", argv[0], failure->message);
    return FALSE;
  }
  if (g_subprocess_communicate_utf8 (child, NULL, NULL, NULL, &said, &failure) && g_subprocess_get_successful (child))
    return TRUE;
  g_set_error (error, WUYOU_ERROR, code, "%s: %s", argv[0],
               failure != NULL ? failure->message : g_strchomp (said != NULL ? said : (char *) ""));
  return FALSE;
}

gboolean
_wuyou_postgres_backup (WuyouDb *db, const char *path, GError **error)
{
  const char *const argv[] = { "pg_dump",
                               "--format=custom",
                               "--no-owner",
                               "--no-privileges",
                               "--exclude-table-data=customer_keys",
                               "--file",
                               path,
                               "--dbname",
                               _wuyou_postgres_get_uri (db),
                               NULL };

  return run_tool (argv, WUYOU_ERROR_UNAVAILABLE, error);
}

gboolean
_wuyou_postgres_check_backup (const char *path, GError **error)
{
  const char *const argv[] = { "pg_restore", "--file", "/dev/null", path, NULL };

  return run_tool (argv, WUYOU_ERROR_CORRUPT, error);
}

gboolean
_wuyou_postgres_restore (const char *path, const char *uri, GError **error)
{
  const char *const argv[]
      = { "pg_restore", "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error", "--dbname", uri,
          path,         NULL };

  return run_tool (argv, WUYOU_ERROR_CONFLICT, error);
}
