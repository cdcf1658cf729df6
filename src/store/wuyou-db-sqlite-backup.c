/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "base/wuyou-error.h"
#include "wuyou-db-sqlite-private.h"

static gboolean
run (sqlite3 *handle, const char *sql, GError **error)
{
  int code = sqlite3_exec (handle, sql, NULL, NULL, NULL);

  if (code != SQLITE_OK)
    _wuyou_sqlite_set_error (handle, code, error);
  return code == SQLITE_OK;
}

/* A connection of its own, which sees one snapshot and keeps nobody from writing. */
static gboolean
copy_into (const char *from, const char *path, GError **error)
{
  g_autofree char *sql = NULL;
  char *quoted = sqlite3_mprintf ("VACUUM INTO %Q", path);
  sqlite3 *handle = NULL;
  gboolean ok;

  sql = g_strdup (quoted);
  sqlite3_free (quoted);
  if (sqlite3_open_v2 (from, &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
    _wuyou_sqlite_set_error (handle, sqlite3_errcode (handle), error);
  ok = sqlite3_errcode (handle) == SQLITE_OK && run (handle, sql, error);
  sqlite3_close (handle);
  return ok;
}

/* Overwritten, not only unlinked, so that no key stays in a free page. */
static gboolean
remove_keys (const char *path, GError **error)
{
  sqlite3 *handle = NULL;
  gboolean ok;

  if (sqlite3_open_v2 (path, &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
    _wuyou_sqlite_set_error (handle, sqlite3_errcode (handle), error);
  ok = sqlite3_errcode (handle) == SQLITE_OK
       && run (handle, "PRAGMA journal_mode=DELETE; PRAGMA secure_delete=ON; DELETE FROM customer_keys", error);
  sqlite3_close (handle);
  return ok;
}

gboolean
_wuyou_sqlite_backup (WuyouDb *db, const char *path, GError **error)
{
  return copy_into (_wuyou_sqlite_get_path (db), path, error) && g_chmod (path, 0600) == 0 && remove_keys (path, error);
}

static int
on_check_row_cb (void *data, int n, char **values, char **names)
{
  GString *found = data;

  if (n > 0 && g_strcmp0 (values[0], "ok") != 0)
    g_string_append_printf (found, "%s ", values[0]);
  return 0;
}

/* As it lies there: no log beside it is looked at or made. */
static int
open_backup (const char *path, sqlite3 **ret_handle)
{
  g_autofree char *escaped = g_uri_escape_string (path, "/", FALSE);
  g_autofree char *uri = g_strdup_printf ("file:%s?immutable=1", escaped);

  return sqlite3_open_v2 (uri, ret_handle, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, NULL);
}

gboolean
_wuyou_sqlite_check_backup (const char *path, GError **error)
{
  g_autoptr (GString) found = g_string_new (NULL);
  sqlite3 *handle = NULL;
  int code = open_backup (path, &handle);

  if (code == SQLITE_OK)
    code = sqlite3_exec (handle, "PRAGMA integrity_check(10)", on_check_row_cb, found, NULL);
  if (code != SQLITE_OK)
    g_string_append (found, sqlite3_errmsg (handle));
  sqlite3_close (handle);
  if (found->len == 0)
    return TRUE;
  g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_CORRUPT, "%s: %s", path, found->str);
  return FALSE;
}

typedef struct {
  WuyouDbBackupFunc fn;
  gpointer data;
} RowReader;

static int
on_row_cb (void *data, int n, char **values, char **names G_GNUC_UNUSED)
{
  const RowReader *reader = data;

  for (int i = 0; i < n; i++)
    if (values[i] == NULL)
      values[i] = (char *) "";
  reader->fn ((const char *const *) values, reader->data);
  return 0;
}

gboolean
_wuyou_sqlite_read_backup (const char *path,
                           const char *table,
                           const char *const *columns,
                           WuyouDbBackupFunc fn,
                           gpointer data,
                           GError **error)
{
  g_autofree char *list = g_strjoinv (", ", (char **) columns);
  g_autofree char *sql = g_strdup_printf ("SELECT %s FROM \"%s\"", list, table);
  RowReader reader = { fn, data };
  sqlite3 *handle = NULL;
  int code = open_backup (path, &handle);

  if (code == SQLITE_OK)
    code = sqlite3_exec (handle, sql, on_row_cb, &reader, NULL);
  if (code != SQLITE_OK)
    g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_CORRUPT, "%s: %s", path, sqlite3_errmsg (handle));
  sqlite3_close (handle);
  return code == SQLITE_OK;
}

static const char *const beside[] = { "-wal", "-shm", "-journal" };

static const char *
get_path (const char *uri)
{
  return uri + strlen ("sqlite:");
}

/* Beside the place of the database and on the same file system, so that it gets there in one step. */
static char *
build_work_path (const char *uri)
{
  return g_strconcat (get_path (uri), ".restoring", NULL);
}

/* SQLite takes a log beside the file for the file's own, whatever database it came from. */
static gboolean
check_free (const char *path, GError **error)
{
  if (g_file_test (path, G_FILE_TEST_EXISTS)) {
    g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_CONFLICT, _ ("%s exists already. Restore into a new database."), path);
    return FALSE;
  }
  for (guint i = 0; i < G_N_ELEMENTS (beside); i++) {
    g_autofree char *left = g_strconcat (path, beside[i], NULL);

    if (!g_file_test (left, G_FILE_TEST_EXISTS))
      continue;
    g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_CONFLICT,
                 _ ("%s is left of another database and would destroy what is restored. Move it away first."), left);
    return FALSE;
  }
  return TRUE;
}

void
_wuyou_sqlite_cancel_restore (const char *uri)
{
  g_autofree char *path = build_work_path (uri);

  g_unlink (path);
  for (guint i = 0; i < G_N_ELEMENTS (beside); i++) {
    g_autofree char *left = g_strconcat (path, beside[i], NULL);

    g_unlink (left);
  }
}

static gboolean
copy_file (const char *from, const char *to, GError **error)
{
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (to);
  g_autoptr (GError) failure = NULL;

  if (g_file_copy (source, target, G_FILE_COPY_NONE, NULL, NULL, NULL, &failure) && g_chmod (to, 0600) == 0)
    return TRUE;
  g_set_error (error, WUYOU_ERROR,
               g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_NO_SPACE) ? WUYOU_ERROR_STORAGE_FULL
                                                                          : WUYOU_ERROR_UNAVAILABLE,
               "%s: %s", to, failure != NULL ? failure->message : g_strerror (errno));
  return FALSE;
}

char *
_wuyou_sqlite_begin_restore (const char *path, const char *uri, GError **error)
{
  g_autofree char *work = build_work_path (uri);

  if (!check_free (get_path (uri), error))
    return NULL;
  _wuyou_sqlite_cancel_restore (uri);
  if (copy_file (path, work, error))
    return g_strconcat ("sqlite:", work, NULL);
  _wuyou_sqlite_cancel_restore (uri);
  return NULL;
}

static void
sync_folder_of (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    return;
  fsync (fd);
  close (fd);
}

/* Closed by all, it is one file again; with a log beside it, a part of it would stay behind. */
gboolean
_wuyou_sqlite_publish_restore (const char *uri, GError **error)
{
  g_autofree char *work = build_work_path (uri);
  g_autofree char *log = g_strconcat (work, "-wal", NULL);

  if (!check_free (get_path (uri), error))
    return FALSE;
  errno = EBUSY;
  if (!g_file_test (log, G_FILE_TEST_EXISTS) && g_rename (work, get_path (uri)) == 0) {
    sync_folder_of (get_path (uri));
    return TRUE;
  }
  g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_UNAVAILABLE, "%s: %s", get_path (uri), g_strerror (errno));
  return FALSE;
}
