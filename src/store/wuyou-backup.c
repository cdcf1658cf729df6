/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-backup.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/wuyou-error.h"
#include "wuyou-backup-manifest.h"
#include "wuyou-blob-file.h"

#define SQLITE_FILE "database.sqlite"
#define POSTGRES_FILE "database.pgdump"
#define ERASURES_FILE "erasures"
#define ROOT_FILE "audit-root"
#define KEYS_AT_ONCE 5000

static FILE *
create_file (const char *path, GError **error)
{
  FILE *file = g_fopen (path, "wx");

  if (file == NULL)
    _wuyou_blob_set_error (error, path, errno);
  else
    g_chmod (path, 0600);
  return file;
}

static gboolean
close_file (FILE *file, const char *path, GError **error)
{
  gboolean ok = fflush (file) == 0 && fsync (fileno (file)) == 0 && !ferror (file);
  int saved = errno;

  if (fclose (file) == 0 && ok)
    return TRUE;
  _wuyou_blob_set_error (error, path, saved);
  return FALSE;
}

typedef struct {
  FILE *file;
  char *purpose, *id; /* last key written */
  guint n;
} KeyWriter;

/* A part at a time, so that neither memory nor a snapshot grows with the number of customers. Keys are read after the
 * database: one that was destroyed in between is not in the backup. */
static gboolean
write_keys (WuyouDbConn *conn, gpointer data, GError **error)
{
  KeyWriter *writer = data;
  WuyouDbResult result;
  WuyouDbStmt *stmt = wuyou_db_query (conn, error,
                                      "SELECT purpose, id, wrapped FROM customer_keys WHERE (purpose, id) > ($1, $2) "
                                      "ORDER BY purpose, id LIMIT $3",
                                      "tti", writer->purpose, writer->id, (gint64) KEYS_AT_ONCE);

  writer->n = 0;
  while (stmt != NULL && (result = wuyou_db_step (stmt, error)) == WUYOU_DB_ROW) {
    gsize length;
    gconstpointer wrapped = wuyou_db_column_blob (stmt, 2, &length);
    g_autofree char *hex = g_malloc (length * 2 + 1);

    g_free (writer->purpose);
    g_free (writer->id);
    writer->purpose = g_strdup (wuyou_db_column_text (stmt, 0));
    writer->id = g_strdup (wuyou_db_column_text (stmt, 1));
    fprintf (writer->file, "%s %s %s\n", writer->purpose, writer->id,
             sodium_bin2hex (hex, length * 2 + 1, wrapped, length));
    writer->n++;
  }
  return stmt != NULL && result == WUYOU_DB_DONE;
}

static gboolean
write_keys_file (WuyouDb *db, const char *path, GError **error)
{
  KeyWriter writer = { create_file (path, error), g_strdup (""), g_strdup (""), KEYS_AT_ONCE };
  gboolean ok = writer.file != NULL;

  while (ok && writer.n == KEYS_AT_ONCE)
    ok = wuyou_db_read (db, write_keys, &writer, error);
  if (writer.file != NULL)
    ok = close_file (writer.file, path, ok ? error : NULL) && ok;
  g_free (writer.purpose);
  g_free (writer.id);
  return ok;
}

static gboolean
write_erasures (WuyouDbConn *conn, gpointer data, GError **error)
{
  FILE *file = data;
  WuyouDbResult result = WUYOU_DB_ERROR;
  WuyouDbStmt *stmt = wuyou_db_query (conn, error, "SELECT purpose, id, erased_at FROM erasures ORDER BY seq", "");

  rewind (file);
  while (stmt != NULL && (result = wuyou_db_step (stmt, error)) == WUYOU_DB_ROW)
    fprintf (file, "%s %s %" G_GINT64_FORMAT "\n", wuyou_db_column_text (stmt, 0), wuyou_db_column_text (stmt, 1),
             wuyou_db_column_int (stmt, 2));
  return result == WUYOU_DB_DONE;
}

gboolean
wuyou_backup_write_erasures (WuyouStore *store, const char *path, GError **error)
{
  FILE *file = create_file (path, error);
  gboolean ok;

  if (file == NULL)
    return FALSE;
  ok = wuyou_db_read (wuyou_store_get_db (store), write_erasures, file, error);
  return close_file (file, path, ok ? error : NULL) && ok;
}

static gboolean
create_folder (const char *folder, GError **error)
{
  if (g_mkdir (folder, 0700) == 0)
    return TRUE;
  g_set_error (error, WUYOU_ERROR, errno == EEXIST ? WUYOU_ERROR_CONFLICT : WUYOU_ERROR_UNAVAILABLE, "%s: %s", folder,
               g_strerror (errno));
  return FALSE;
}

static gboolean
copy_root (const char *from, const char *to, GError **error)
{
  g_autofree char *source = g_build_filename (from, ROOT_FILE, NULL);
  g_autofree char *target = g_build_filename (to, ROOT_FILE, NULL);
  g_autofree char *text = NULL;

  return !g_file_get_contents (source, &text, NULL, NULL)
         || g_file_set_contents_full (target, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

/* The order matters: root before the database, so that it is never newer than the log; files after it, so that
 * every file a row names is there. */
static gboolean
write_parts (WuyouStore *store, const char *folder, const char *database, GError **error)
{
  g_autofree char *database_path = g_build_filename (folder, database, NULL);
  g_autofree char *keys_path = g_build_filename (folder, WUYOU_BACKUP_KEYS, NULL);
  g_autofree char *erasures_path = g_build_filename (folder, ERASURES_FILE, NULL);
  WuyouDb *db = wuyou_store_get_db (store);

  return copy_root (wuyou_store_get_data_dir (store), folder, error) && wuyou_db_backup (db, database_path, error)
         && write_keys_file (db, keys_path, error) && wuyou_backup_write_erasures (store, erasures_path, error);
}

static gboolean
write_manifest (WuyouStore *store, const char *folder, const char *database, GError **error)
{
  g_auto (WuyouManifest) manifest = { NULL };
  g_autofree char *from = g_build_filename (wuyou_store_get_data_dir (store), "files", NULL);
  g_autofree char *to = g_build_filename (folder, "files", NULL);
  g_autofree char *root = g_build_filename (folder, ROOT_FILE, NULL);

  _wuyou_manifest_init (&manifest, folder);
  return _wuyou_manifest_add (&manifest, database, error) && _wuyou_manifest_add (&manifest, WUYOU_BACKUP_KEYS, error)
         && _wuyou_manifest_add (&manifest, ERASURES_FILE, error)
         && (!g_file_test (root, G_FILE_TEST_EXISTS) || _wuyou_manifest_add (&manifest, ROOT_FILE, error))
         && _wuyou_backup_copy_files (from, to, &manifest, error) && _wuyou_manifest_write (&manifest, error);
}

gboolean
wuyou_backup_create (WuyouStore *store, const char *folder, GError **error)
{
  gboolean sqlite = wuyou_db_kind (wuyou_store_get_db (store)) == WUYOU_DB_SQLITE;
  const char *database = sqlite ? SQLITE_FILE : POSTGRES_FILE;

  return create_folder (folder, error) && write_parts (store, folder, database, error)
         && write_manifest (store, folder, database, error);
}

static char *
find_database (const char *folder, WuyouDbKind *ret_kind)
{
  g_autofree char *sqlite = g_build_filename (folder, SQLITE_FILE, NULL);

  *ret_kind = g_file_test (sqlite, G_FILE_TEST_EXISTS) ? WUYOU_DB_SQLITE : WUYOU_DB_POSTGRES;
  return *ret_kind == WUYOU_DB_SQLITE ? g_steal_pointer (&sqlite) : g_build_filename (folder, POSTGRES_FILE, NULL);
}

gboolean
wuyou_backup_verify (const char *folder, GError **error)
{
  WuyouDbKind kind;
  g_autofree char *database = find_database (folder, &kind);

  wuyou_db_register_postgres ();
  return _wuyou_manifest_check (folder, error) && wuyou_db_check_backup (kind, database, error);
}

typedef struct {
  GPtrArray *lines; /* GStrv: purpose, id, wrapped */
  GHashTable *erased;
} KeyReader;

static void
add_erasures (GHashTable *erased, const char *path)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (path == NULL || !g_file_get_contents (path, &text, NULL, NULL))
    return;
  lines = g_strsplit (text, "\n", 0);
  for (guint i = 0; lines[i] != NULL; i++) {
    char *last = strrchr (lines[i], ' ');

    if (last != NULL)
      g_hash_table_insert (erased, g_strndup (lines[i], (gsize) (last - lines[i])), g_strdup (last + 1));
  }
}

static gboolean
insert_key (WuyouDbConn *conn, KeyReader *reader, char **words, GError **error)
{
  g_autofree char *name = g_strjoin (" ", words[0], words[1], NULL);
  g_autofree guint8 *wrapped = g_malloc (strlen (words[2]) / 2 + 1);
  g_autoptr (GBytes) bytes = NULL;
  gsize length = 0;

  if (g_hash_table_contains (reader->erased, name))
    return TRUE;
  if (sodium_hex2bin (wrapped, strlen (words[2]) / 2, words[2], strlen (words[2]), NULL, &length, NULL) != 0) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_CORRUPT, "The file of keys is damaged");
    return FALSE;
  }
  bytes = g_bytes_new (wrapped, length);
  return wuyou_db_run (conn, error, "INSERT INTO customer_keys (purpose, id, wrapped) VALUES ($1, $2, $3)", "ttb",
                       words[0], words[1], bytes);
}

static gboolean
insert_keys (WuyouDbConn *conn, gpointer data, GError **error)
{
  KeyReader *reader = data;

  for (guint i = 0; i < reader->lines->len; i++)
    if (!insert_key (conn, reader, reader->lines->pdata[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
read_part (FILE *file, KeyReader *reader, GError **error)
{
  char line[512];

  g_ptr_array_set_size (reader->lines, 0);
  while (reader->lines->len < KEYS_AT_ONCE && fgets (line, sizeof line, file) != NULL) {
    GStrv words = g_strsplit (g_strchomp (line), " ", 3);

    g_ptr_array_add (reader->lines, words);
    if (g_strv_length (words) == 3)
      continue;
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_CORRUPT, "The file of keys is damaged");
    return FALSE;
  }
  return TRUE;
}

static gboolean
restore_keys (WuyouDb *db, const char *path, KeyReader *reader, GError **error)
{
  FILE *file = g_fopen (path, "r");
  gboolean ok = file != NULL;

  if (file == NULL)
    _wuyou_blob_set_error (error, path, errno);
  do
    ok = ok && read_part (file, reader, error) && wuyou_db_write (db, insert_keys, reader, error);
  while (ok && reader->lines->len == KEYS_AT_ONCE);
  if (file != NULL)
    fclose (file);
  return ok;
}

/* What a later list says is erased stands in the restored database too. */
static gboolean
insert_erasures (WuyouDbConn *conn, gpointer data, GError **error)
{
  GHashTableIter iter;
  gpointer name, at;

  g_hash_table_iter_init (&iter, data);
  while (g_hash_table_iter_next (&iter, &name, &at)) {
    g_auto (GStrv) words = g_strsplit (name, " ", 2);

    if (!wuyou_db_run (
            conn, error,
            "INSERT INTO erasures (purpose, id, erased_at) SELECT $1, $2, CAST($3 AS BIGINT) WHERE NOT EXISTS "
            "(SELECT 1 FROM erasures WHERE purpose = $1 AND id = $2)",
            "tti", words[0], words[1], g_ascii_strtoll (at, NULL, 10)))
      return FALSE;
  }
  return TRUE;
}

static gboolean
restore_rows (const char *folder, const char *keys_file, const char *erasures, const char *uri, GError **error)
{
  g_autofree char *own_keys = g_build_filename (folder, WUYOU_BACKUP_KEYS, NULL);
  g_autofree char *own_erasures = g_build_filename (folder, ERASURES_FILE, NULL);
  g_autoptr (GHashTable) erased = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_autoptr (WuyouDb) db = wuyou_db_open (uri, error);
  KeyReader reader = { lines, erased };

  if (db == NULL)
    return FALSE;
  add_erasures (erased, own_erasures);
  add_erasures (erased, erasures);
  return restore_keys (db, keys_file != NULL ? keys_file : own_keys, &reader, error)
         && wuyou_db_write (db, insert_erasures, erased, error);
}

gboolean
wuyou_backup_restore (const char *folder,
                      const char *keys_file,
                      const char *erasures,
                      const char *uri,
                      const char *data_dir,
                      GError **error)
{
  WuyouDbKind kind;
  g_autofree char *database = find_database (folder, &kind);
  g_autofree char *from = g_build_filename (folder, "files", NULL);
  g_autofree char *to = g_build_filename (data_dir, "files", NULL);

  if (!wuyou_backup_verify (folder, error))
    return FALSE;
  if (g_str_has_prefix (uri, "sqlite:") != (kind == WUYOU_DB_SQLITE)) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_CONFLICT, "A backup goes back into the engine it came from");
    return FALSE;
  }
  g_mkdir_with_parents (data_dir, 0700);
  return wuyou_db_restore (kind, database, uri, error) && restore_rows (folder, keys_file, erasures, uri, error)
         && _wuyou_backup_copy_files (from, to, NULL, error) && copy_root (folder, data_dir, error);
}
