/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "base/wuyou-error.h"
#include "wuyou-backup-private.h"
#include "wuyou-blob-file.h"

#define KEYS_AT_ONCE 5000

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

gboolean
_wuyou_backup_write_keys (WuyouDb *db, const char *path, GError **error)
{
  KeyWriter writer = { _wuyou_backup_create_file (path, error), g_strdup (""), g_strdup (""), KEYS_AT_ONCE };
  gboolean ok = writer.file != NULL;

  while (ok && writer.n == KEYS_AT_ONCE)
    ok = wuyou_db_read (db, write_keys, &writer, error);
  if (writer.file != NULL)
    ok = _wuyou_backup_close_file (writer.file, path, ok ? error : NULL) && ok;
  g_free (writer.purpose);
  g_free (writer.id);
  return ok;
}

static gboolean
insert_key (WuyouDbConn *conn, char **words, GError **error)
{
  gsize n = strlen (words[2]), length = 0;
  g_autofree guint8 *wrapped = g_malloc (n / 2 + 1);
  g_autoptr (GBytes) bytes = NULL;

  if (sodium_hex2bin (wrapped, n / 2, words[2], n, NULL, &length, NULL) != 0) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_CORRUPT, "The file of keys is damaged");
    return FALSE;
  }
  bytes = g_bytes_new (wrapped, length);
  return wuyou_db_run (conn, error, "INSERT INTO customer_keys (purpose, id, wrapped) VALUES ($1, $2, $3)", "ttb",
                       words[0], words[1], bytes);
}

static gboolean
insert_part (WuyouDbConn *conn, gpointer data, GError **error)
{
  GPtrArray *lines = data;

  for (guint i = 0; i < lines->len; i++)
    if (!insert_key (conn, lines->pdata[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
read_part (FILE *file, GPtrArray *lines, GError **error)
{
  char line[512];

  g_ptr_array_set_size (lines, 0);
  while (lines->len < KEYS_AT_ONCE && fgets (line, sizeof line, file) != NULL) {
    GStrv words = g_strsplit (g_strchomp (line), " ", 3);

    g_ptr_array_add (lines, words);
    if (g_strv_length (words) == 3)
      continue;
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_CORRUPT, "The file of keys is damaged");
    return FALSE;
  }
  return TRUE;
}

gboolean
_wuyou_backup_insert_keys (WuyouDb *db, const char *path, GError **error)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev); /* purpose, id, wrapped */
  FILE *file = g_fopen (path, "r");
  gboolean ok = file != NULL;

  if (file == NULL)
    _wuyou_blob_set_error (error, path, errno);
  do
    ok = ok && read_part (file, lines, error) && wuyou_db_write (db, insert_part, lines, error);
  while (ok && lines->len == KEYS_AT_ONCE);
  if (file != NULL)
    fclose (file);
  return ok;
}
