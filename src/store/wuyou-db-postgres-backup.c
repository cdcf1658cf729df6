/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <gio/gio.h>
#include <string.h>

#include "base/wuyou-error.h"
#include "wuyou-db-postgres-private.h"

gboolean
_wuyou_postgres_run_tool (const char *const *argv, WuyouError code, GError **error)
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

  return _wuyou_postgres_run_tool (argv, WUYOU_ERROR_UNAVAILABLE, error);
}

gboolean
_wuyou_postgres_check_backup (const char *path, GError **error)
{
  const char *const argv[] = { "pg_restore", "--file", "/dev/null", path, NULL };

  return _wuyou_postgres_run_tool (argv, WUYOU_ERROR_CORRUPT, error);
}

typedef struct {
  const char *const *columns;
  GArray *places; /* guint, of each column in the rows; empty outside of them */
  WuyouDbBackupFunc fn;
  gpointer data;
} CopyReader;

/* "COPY public.files (id, purpose, …) FROM stdin;" */
static void
read_head (CopyReader *reader, const char *line)
{
  const char *open = strchr (line, '('), *close = open != NULL ? strchr (open, ')') : NULL;
  g_autofree char *inside = close != NULL ? g_strndup (open + 1, (gsize) (close - open - 1)) : g_strdup ("");
  g_auto (GStrv) names = g_strsplit (inside, ", ", 0);

  for (guint i = 0; reader->columns[i] != NULL; i++)
    for (guint place = 0; names[place] != NULL; place++)
      if (g_str_equal (names[place], reader->columns[i]))
        g_array_append_val (reader->places, place);
}

/* For columns of plain words: what COPY escapes stays as it is written. */
static void
read_row (CopyReader *reader, const char *line)
{
  g_auto (GStrv) fields = g_strsplit (line, "\t", 0);
  g_autofree const char **values = g_new0 (const char *, reader->places->len + 1);
  guint n = g_strv_length (fields);

  for (guint i = 0; i < reader->places->len; i++) {
    guint place = g_array_index (reader->places, guint, i);

    values[i] = place >= n || g_str_equal (fields[place], "\\N") ? "" : fields[place];
  }
  reader->fn (values, reader->data);
}

static void
read_copy_line (CopyReader *reader, const char *line)
{
  if (reader->places->len == 0 && g_str_has_prefix (line, "COPY "))
    read_head (reader, line);
  else if (g_str_equal (line, "\\."))
    g_array_set_size (reader->places, 0);
  else if (reader->places->len > 0)
    read_row (reader, line);
}

static gboolean
read_copy (GInputStream *from, CopyReader *reader, GError **error)
{
  g_autoptr (GDataInputStream) stream = g_data_input_stream_new (from);
  GError *failure = NULL;
  char *line;

  reader->places = g_array_new (FALSE, FALSE, sizeof (guint));
  while ((line = g_data_input_stream_read_line (stream, NULL, NULL, &failure)) != NULL) {
    read_copy_line (reader, line);
    g_free (line);
  }
  g_array_unref (reader->places);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

gboolean
_wuyou_postgres_read_backup (const char *path,
                             const char *table,
                             const char *const *columns,
                             WuyouDbBackupFunc fn,
                             gpointer data,
                             GError **error)
{
  g_autoptr (GError) failure = NULL;
  CopyReader reader = { .columns = columns, .fn = fn, .data = data };
  g_autoptr (GSubprocess) child
      = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &failure, "pg_restore",
                          "--data-only", "--table", table, "--file", "-", path, NULL);

  if (child != NULL && read_copy (g_subprocess_get_stdout_pipe (child), &reader, &failure)
      && g_subprocess_wait_check (child, NULL, &failure))
    return TRUE;
  g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_CORRUPT, "%s: %s", path, failure->message);
  return FALSE;
}
