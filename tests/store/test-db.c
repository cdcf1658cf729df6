/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "wuyou-db-search.h"
#include "wuyou-store.h"
#include "wuyou-test.h"

/* The conformance suite of the drivers: every case runs on both engines. */

typedef struct {
  WuyouTestEngine engine;
  char *uri;
  WuyouDb *db;
} Fixture;

static const WuyouDbMigration steps[] = {
  { "0001-things",
    "CREATE TABLE things (seq {serial}, id {text} NOT NULL UNIQUE, amount {int} NOT NULL, data {blob}) {strict};"
    "CREATE TABLE totals (shard {int} PRIMARY KEY, amount {int} NOT NULL) {strict}" },
  { "0002-more", "ALTER TABLE things ADD COLUMN note {text}" },
};

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  wuyou_db_register_postgres ();
  fixture->engine = (WuyouTestEngine) GPOINTER_TO_INT (data);
  fixture->uri = wuyou_test_new_database (fixture->engine);
  fixture->db = wuyou_db_open (fixture->uri, &error);
  g_assert_no_error (error);
  wuyou_db_migrate (fixture->db, steps, G_N_ELEMENTS (steps), &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  wuyou_db_close (fixture->db);
  g_free (fixture->uri);
}

static gboolean
insert_thing (WuyouDbConn *conn, gpointer data, GError **error)
{
  return wuyou_db_run (conn, error, "INSERT INTO things (id, amount) VALUES ($1, 1)", "t", data);
}

static gboolean
read_count (WuyouDbConn *conn, gpointer data, GError **error)
{
  WuyouDbStmt *stmt = wuyou_db_query (conn, error, "SELECT count(*), count(DISTINCT id) FROM things", "");

  if (stmt == NULL || wuyou_db_step (stmt, error) != WUYOU_DB_ROW)
    return FALSE;
  g_assert_cmpint (wuyou_db_column_int (stmt, 0), ==, wuyou_db_column_int (stmt, 1));
  *(gint64 *) data = wuyou_db_column_int (stmt, 0);
  return TRUE;
}

static gint64
count_things (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  gint64 count = -1;

  wuyou_db_read (fixture->db, read_count, &count, &error);
  g_assert_no_error (error);
  return count;
}

static const char blob[] = "\0\1'\xff\\";

static gboolean
write_values (WuyouDbConn *conn, gpointer data, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (blob, sizeof blob);
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);

  return wuyou_db_run (conn, error, "INSERT INTO things (note, amount, id, data) VALUES ($3, $2, $1, $4)", "titb", "a",
                       G_MININT64, "无忧 '\"$1", bytes)
         && wuyou_db_changes (conn) == 1
         && wuyou_db_run (conn, error, "INSERT INTO things (id, amount, note, data) VALUES ($1, $2, $3, $4)", "titb",
                          "b", G_MAXINT64, NULL, nothing);
}

static gboolean
read_values (WuyouDbConn *conn, gpointer data, GError **error)
{
  WuyouDbStmt *stmt = wuyou_db_query (conn, error, "SELECT id, amount, note, data, seq FROM things ORDER BY id", "");
  gsize length;

  g_assert_nonnull (stmt);
  g_assert_cmpint (wuyou_db_step (stmt, error), ==, WUYOU_DB_ROW);
  g_assert_cmpint (wuyou_db_column_int (stmt, 1), ==, G_MININT64);
  g_assert_cmpstr (wuyou_db_column_text (stmt, 2), ==, "无忧 '\"$1");
  g_assert_cmpmem (wuyou_db_column_blob (stmt, 3, &length), (int) length, blob, sizeof blob);
  g_assert_cmpint (wuyou_db_step (stmt, error), ==, WUYOU_DB_ROW);
  g_assert_cmpint (wuyou_db_column_int (stmt, 1), ==, G_MAXINT64);
  g_assert_true (wuyou_db_column_is_null (stmt, 2));
  g_assert_null (wuyou_db_column_text (stmt, 2));
  g_assert_false (wuyou_db_column_is_null (stmt, 3));
  wuyou_db_column_blob (stmt, 3, &length);
  g_assert_cmpint (length, ==, 0);
  g_assert_cmpint (wuyou_db_step (stmt, error), ==, WUYOU_DB_DONE);
  return TRUE;
}

static void
test_values (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  wuyou_db_write (fixture->db, write_values, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (wuyou_db_read (fixture->db, read_values, NULL, &error));
  g_assert_no_error (error);
}

static gboolean
write_in_reader (WuyouDbConn *conn, gpointer data, GError **error)
{
  return insert_thing (conn, (gpointer) "x", error);
}

static gboolean
fail_after_insert (WuyouDbConn *conn, gpointer data, GError **error)
{
  g_assert_true (insert_thing (conn, (gpointer) "lost", error));
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_NOT_ELIGIBLE, "no");
  return FALSE;
}

static gboolean
pass_over_failure (WuyouDbConn *conn, gpointer data, GError **error)
{
  insert_thing (conn, (gpointer) "one", NULL);
  return insert_thing (conn, (gpointer) "two", NULL) || TRUE;
}

static gboolean
run_nonsense (WuyouDbConn *conn, gpointer data, GError **error)
{
  return wuyou_db_run (conn, error, "SELECT nonsense FROM nowhere", "");
}

static void
test_failures (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (wuyou_db_write (fixture->db, insert_thing, (gpointer) "one", &error));
  g_assert_false (wuyou_db_write (fixture->db, insert_thing, (gpointer) "one", &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_CONFLICT, NULL);
  g_assert_false (wuyou_db_write (fixture->db, fail_after_insert, NULL, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_NOT_ELIGIBLE, NULL);
  g_assert_false (wuyou_db_write (fixture->db, pass_over_failure, NULL, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_INTERNAL, NULL);
  g_assert_false (wuyou_db_write (fixture->db, run_nonsense, NULL, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_INTERNAL, NULL);
  g_assert_false (wuyou_db_read (fixture->db, write_in_reader, NULL, &error));
  g_assert_nonnull (error);
  g_assert_cmpint (count_things (fixture), ==, 1);
}

typedef struct {
  Fixture *fixture;
  guint number;
  guint n_written;
} Writer;

static gboolean
write_and_total (WuyouDbConn *conn, gpointer data, GError **error)
{
  return insert_thing (conn, data, error)
         && wuyou_db_run (conn, error,
                          "INSERT INTO totals (shard, amount) VALUES ($1, 1) "
                          "ON CONFLICT (shard) DO UPDATE SET amount = totals.amount + 1",
                          "i", (gint64) wuyou_db_shard (conn));
}

#define WRITES 20

/* Every fourth operation breaks a rule; it must not take down those that are committed with it. */
static gpointer
run_writer (gpointer data)
{
  Writer *writer = data;

  for (guint i = 0; i < WRITES; i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *id = i % 4 == 3 ? g_strdup ("taken") : g_strdup_printf ("%u-%u", writer->number, i);

    if (wuyou_db_write (writer->fixture->db, write_and_total, id, &error))
      writer->n_written++;
    else
      g_assert_error (error, WUYOU_ERROR, WUYOU_ERROR_CONFLICT);
  }
  return NULL;
}

static gboolean
read_total (WuyouDbConn *conn, gpointer data, GError **error)
{
  WuyouDbStmt *stmt = wuyou_db_query (conn, error, "SELECT CAST(sum(amount) AS BIGINT) FROM totals", "");

  g_assert_cmpint (wuyou_db_step (stmt, error), ==, WUYOU_DB_ROW);
  *(gint64 *) data = wuyou_db_column_int (stmt, 0);
  return TRUE;
}

static void
test_threads (Fixture *fixture, gconstpointer data)
{
  Writer writers[64];
  GThread *threads[64];
  gint64 total = 0;

  g_assert_true (wuyou_db_write (fixture->db, write_and_total, (gpointer) "taken", NULL));
  for (guint i = 0; i < 64; i++) {
    writers[i] = (Writer){ fixture, i, 0 };
    threads[i] = g_thread_new ("writer", run_writer, &writers[i]);
  }
  for (guint i = 0; i < 64; i++) {
    g_thread_join (threads[i]);
    g_assert_cmpuint (writers[i].n_written, ==, WRITES * 3 / 4);
  }
  g_assert_cmpint (count_things (fixture), ==, 64 * WRITES * 3 / 4 + 1);
  g_assert_true (wuyou_db_read (fixture->db, read_total, &total, NULL));
  g_assert_cmpint (total, ==, 64 * WRITES * 3 / 4 + 1);
}

static gboolean
read_twice (WuyouDbConn *conn, gpointer data, GError **error)
{
  Fixture *fixture = data;
  gint64 before, after;

  g_assert_true (read_count (conn, &before, error));
  g_assert_true (wuyou_db_write (fixture->db, insert_thing, (gpointer) "meanwhile", NULL));
  g_assert_true (read_count (conn, &after, error));
  g_assert_cmpint (before, ==, after);
  return TRUE;
}

static void
test_snapshot (Fixture *fixture, gconstpointer data)
{
  g_assert_true (wuyou_db_read (fixture->db, read_twice, fixture, NULL));
  g_assert_cmpint (count_things (fixture), ==, 1);
}

static void
test_reopen (Fixture *fixture, gconstpointer data)
{
  int version = 0;

  g_assert_true (wuyou_db_write (fixture->db, insert_thing, (gpointer) "kept", NULL));
  wuyou_db_close (fixture->db);
  fixture->db = wuyou_db_open (fixture->uri, NULL);
  g_assert_true (wuyou_db_migrate (fixture->db, steps, G_N_ELEMENTS (steps), NULL));
  g_assert_true (wuyou_db_schema_version (fixture->db, &version, NULL));
  g_assert_cmpint (version, ==, 2);
  g_assert_cmpint (count_things (fixture), ==, 1);
}

static gboolean
forget_step (WuyouDbConn *conn, gpointer data, GError **error)
{
  return wuyou_db_run (conn, error, "DELETE FROM schema_steps WHERE number = $1", "i", (gint64) 1);
}

static void
test_migrations (Fixture *fixture, gconstpointer data)
{
  const WuyouDbMigration changed[] = { steps[0], { "0002-more", "ALTER TABLE things ADD COLUMN other {text}" } };
  const WuyouDbMigration broken[]
      = { steps[0], steps[1], { "0003-broken", "CREATE TABLE half (id {int}); CREATE TABLE things (id {int})" } };
  const WuyouDbMigration repaired[] = { steps[0], steps[1], { "0003-repaired", "CREATE TABLE half (id {int})" } };
  g_autoptr (GError) error = NULL;

  g_assert_false (wuyou_db_migrate (fixture->db, steps, 1, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_UPGRADE_REQUIRED, NULL);
  g_assert_false (wuyou_db_migrate (fixture->db, changed, 2, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_CORRUPT, NULL);
  g_assert_false (wuyou_db_migrate (fixture->db, broken, 3, &error));
  g_clear_error (&error);
  wuyou_db_migrate (fixture->db, repaired, 3, &error);
  g_assert_no_error (error);
  g_assert_true (wuyou_db_write (fixture->db, forget_step, NULL, NULL));
  g_assert_false (wuyou_db_migrate (fixture->db, repaired, 3, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_CORRUPT, NULL);
}

static GPtrArray *
split_tokens (const char *text)
{
  GPtrArray *tokens = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) words = g_strsplit (text, " ", 0);

  for (guint i = 0; words[i] != NULL; i++)
    g_ptr_array_add (tokens, g_strdup (words[i]));
  return tokens;
}

static gboolean
fill_search (WuyouDbConn *conn, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) one = split_tokens ("00000000000000aa ffffffffffffff01 1234567890abcdef");
  g_autoptr (GPtrArray) two = split_tokens ("00000000000000aa ffffffffffffff02");
  g_autoptr (GPtrArray) three = split_tokens ("00000000000000aa 1234567890abcdef");

  return wuyou_db_search_create (conn, "search_things", error)
         && wuyou_db_search_put (conn, "search_things", 1, one, error)
         && wuyou_db_search_put (conn, "search_things", 2, two, error)
         && wuyou_db_search_put (conn, "search_things", 3, three, error)
         && wuyou_db_search_put (conn, "search_things", 4, three, error)
         && wuyou_db_search_delete (conn, "search_things", 4, three, error);
}

typedef struct {
  const char *groups; /* ';' between groups, ' ' between alternatives */
  gint64 before;
  guint limit;
  const char *expected;
} SearchCase;

static const SearchCase search_cases[] = {
  { "00000000000000aa", G_MAXINT64, 10, "3 2 1 " },
  { "00000000000000aa", 3, 10, "2 1 " },
  { "00000000000000aa", G_MAXINT64, 2, "3 2 " },
  { "ffffffffffffff02 ffffffffffffff01", G_MAXINT64, 10, "2 1 " },
  { "ffffffffffffff02 ffffffffffffff01;1234567890abcdef", G_MAXINT64, 10, "1 " },
  { "ffffffffffffff02;ffffffffffffff01", G_MAXINT64, 10, "" },
  { "00000000000000ab", G_MAXINT64, 10, "" },
};

static void
check_search (WuyouDbConn *conn, const SearchCase *row)
{
  g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GArray) seqs = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GString) found = g_string_new (NULL);
  g_auto (GStrv) texts = g_strsplit (row->groups, ";", 0);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; texts[i] != NULL; i++)
    g_ptr_array_add (groups, split_tokens (texts[i]));
  wuyou_db_search_query (conn, "search_things", groups, row->before, row->limit, seqs, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < seqs->len; i++)
    g_string_append_printf (found, "%" G_GINT64_FORMAT " ", g_array_index (seqs, gint64, i));
  g_assert_cmpstr (found->str, ==, row->expected);
}

static gboolean
run_searches (WuyouDbConn *conn, gpointer data, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (search_cases); i++)
    check_search (conn, &search_cases[i]);
  return TRUE;
}

static void
test_search (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  wuyou_db_write (fixture->db, fill_search, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (wuyou_db_read (fixture->db, run_searches, NULL, NULL));
}

static void
on_notified_cb (const char *channel, gpointer data)
{
  g_atomic_int_inc ((int *) data);
}

static gboolean
notify_all (WuyouDbConn *conn, gpointer data, GError **error)
{
  return wuyou_db_notify (conn, "news", TRUE, error) && wuyou_db_notify (conn, "local", FALSE, error);
}

static gboolean
notify_and_fail (WuyouDbConn *conn, gpointer data, GError **error)
{
  return notify_all (conn, data, error) && fail_after_insert (conn, data, error);
}

static gboolean
wait_for (int *count, int least)
{
  for (guint i = 0; i < 500 && g_atomic_int_get (count) < least; i++)
    g_usleep (10000);
  return g_atomic_int_get (count) >= least;
}

static void
test_notify (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WuyouDb) other = NULL;
  int news = 0, local = 0, remote = 0;
  guint id;

  if (fixture->engine == WUYOU_TEST_POSTGRESQL) {
    other = wuyou_db_open (fixture->uri, NULL);
    g_usleep (G_USEC_PER_SEC / 2); /* its first connection wakes everybody once */
    wuyou_db_listen (other, "news", on_notified_cb, &remote);
  }
  id = wuyou_db_listen (fixture->db, "news", on_notified_cb, &news);
  wuyou_db_listen (fixture->db, "local", on_notified_cb, &local);
  g_assert_false (wuyou_db_write (fixture->db, notify_and_fail, NULL, NULL));
  g_usleep (50000);
  g_assert_cmpint (news + local, ==, 0);
  g_assert_true (wuyou_db_write (fixture->db, notify_all, NULL, NULL));
  g_assert_true (wait_for (&news, 1));
  g_assert_true (wait_for (&local, 1));
  g_assert_true (other == NULL || wait_for (&remote, 1));
  wuyou_db_unlisten (fixture->db, id);
}

static const struct {
  const char *name;
  void (*run) (Fixture *fixture, gconstpointer data);
} cases[] = {
  { "values", test_values },     { "failures", test_failures }, { "threads", test_threads },
  { "snapshot", test_snapshot }, { "reopen", test_reopen },     { "migrations", test_migrations },
  { "search", test_search },     { "notify", test_notify },
};

static void
add_cases (const char *engine, WuyouTestEngine number)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strdup_printf ("/%s/db/%s", engine, cases[i].name);

    g_test_add (path, Fixture, GINT_TO_POINTER (number), set_up, cases[i].run, tear_down);
  }
}

int
main (int argc, char **argv)
{
  wuyou_test_init (&argc, &argv);
  add_cases ("sqlite", WUYOU_TEST_SQLITE);
  add_cases ("postgresql", WUYOU_TEST_POSTGRESQL);
  return g_test_run ();
}
