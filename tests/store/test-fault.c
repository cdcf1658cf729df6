/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "wuyou-audit-store.h"
#include "wuyou-store-test.h"

/* A process is this program again with "--child ROLE URI DATA NUMBER"; what it was acknowledged it says, an id a line,
 * on standard output. */

static char *program;

typedef struct {
  pid_t pid;
  FILE *out;
} Child;

static Child
start_child (StoreFixture *fixture, const char *role, guint number)
{
  g_autofree char *first = g_strdup_printf ("%u", number);
  const char *const argv[] = { program, "--child", role, fixture->uri, fixture->data_dir, first, NULL };
  Child child;
  int out;
  g_autoptr (GError) error = NULL;

  g_spawn_async_with_pipes (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &child.pid, NULL, &out,
                            NULL, &error);
  g_assert_no_error (error);
  child.out = fdopen (out, "r");
  return child;
}

static guint
read_acknowledged (Child *child, GHashTable *ids)
{
  char line[64];
  guint n = 0;

  while (fgets (line, sizeof line, child->out) != NULL) {
    if (strchr (line, '\n') == NULL)
      break; /* cut by the kill */
    g_hash_table_add (ids, g_strdup (g_strchomp (line)));
    n++;
  }
  fclose (child->out);
  waitpid (child->pid, NULL, 0);
  return n;
}

typedef struct {
  StoreFixture *fixture;
  guint first;
  gboolean stop_on_error;
} Writer;

static gpointer
run_writer (gpointer data)
{
  Writer *writer = data;

  for (guint i = 0; i < 5000; i++) {
    g_autoptr (WuyouContract) contract = store_test_contract (writer->first + i, TEST_DEALER);

    if (!store_test_save (writer->fixture, NULL, contract, "create", NULL))
      break;
    flockfile (stdout);
    printf ("%s\n", contract->id);
    fflush (stdout);
    funlockfile (stdout);
  }
  return NULL;
}

static int
run_child (int argc, char **argv)
{
  StoreFixture fixture = { .uri = argv[3], .data_dir = argv[4] };
  guint first = (guint) g_ascii_strtoull (argv[5], NULL, 10);
  gboolean sealing = g_str_equal (argv[2], "write-and-seal");
  GThread *threads[8];
  Writer writers[8];
  WuyouSealer *sealer = NULL;

  fixture.actor = (WuyouActor){ .account_id = TEST_ACCOUNT, .scope = TEST_DEALER_PATH, .at = WUYOU_TEST_NOW };
  store_fixture_reopen (&fixture);
  if (sealing)
    sealer = wuyou_sealer_start (fixture.store);
  for (guint i = 0; i < 8; i++) {
    writers[i] = (Writer){ &fixture, first + i * 10000, TRUE };
    threads[i] = g_thread_new ("writer", run_writer, &writers[i]);
  }
  for (guint i = 0; i < 8; i++)
    g_thread_join (threads[i]);
  g_clear_pointer (&sealer, wuyou_sealer_stop);
  wuyou_store_close (fixture.store);
  return 0;
}

static gboolean
check_ids (WuyouDbConn *conn, gpointer data, GError **error)
{
  GHashTable *ids = data;
  WuyouDbResult result;
  WuyouDbStmt *stmt = wuyou_db_query (conn, error, "SELECT id FROM contracts", "");
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer id;

  while ((result = wuyou_db_step (stmt, error)) == WUYOU_DB_ROW)
    g_assert_true (g_hash_table_add (found, g_strdup (wuyou_db_column_text (stmt, 0))));
  g_hash_table_iter_init (&iter, ids);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!g_hash_table_contains (found, id))
      g_error ("acknowledged and lost: %s", (char *) id);
  return result == WUYOU_DB_DONE;
}

/* Whatever was written is whole: a record has its history, audit row, event, key and count. */
static void
expect_whole (StoreFixture *fixture)
{
  gint64 n = store_test_number (fixture, "SELECT count(*) FROM contracts");
  g_autoptr (WuyouAuditReport) report = NULL;

  g_assert_cmpint (store_test_number (fixture, "SELECT count(*) FROM history WHERE record_id LIKE '0190b%'"), ==, n);
  g_assert_cmpint (store_test_number (fixture, "SELECT count(*) FROM audit WHERE object = 'contract'"), ==, n);
  g_assert_cmpint (store_test_number (fixture, "SELECT count(*) FROM events WHERE kind = 'contract'"), ==, n);
  g_assert_cmpint (store_test_number (fixture, "SELECT count(*) FROM customer_keys WHERE purpose = 'sales'"), ==, n);
  g_assert_cmpint (
      store_test_number (fixture,
                         "SELECT CAST(coalesce(sum(amount), 0) AS BIGINT) FROM counters WHERE kind = 'contract'"),
      ==, n);
  store_test_seal (fixture);
  g_assert_true (wuyou_audit_verify (fixture->store, &report, NULL));
  g_assert_cmpuint (report->findings->len, ==, 0);
}

static void
test_kill (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GError) error = NULL;
  guint acknowledged = 0;

  if (fixture->engine == WUYOU_TEST_SQLITE)
    g_clear_pointer (&fixture->store, wuyou_store_close);
  for (guint i = 0; i < 3; i++) {
    Child child = start_child (fixture, "write-and-seal", i * 100000);
    char byte;

    /* The first acknowledgement, then some more of them, then no chance to tidy up. */
    g_assert_cmpuint (fread (&byte, 1, 1, child.out), ==, 1);
    ungetc (byte, child.out);
    g_usleep (150000 + i * 100000);
    kill (child.pid, SIGKILL);
    acknowledged += read_acknowledged (&child, ids);
  }
  g_test_message ("%u acknowledged", acknowledged);
  g_assert_cmpuint (acknowledged, >, 3);
  if (fixture->store == NULL)
    store_fixture_reopen (fixture);
  wuyou_db_read (fixture->db, check_ids, ids, &error);
  g_assert_no_error (error);
  expect_whole (fixture);
}

static int
run_full_disk_child (int argc, char **argv)
{
  struct rlimit limit = { 8 * 1024 * 1024, 8 * 1024 * 1024 };
  StoreFixture fixture = { .uri = argv[3], .data_dir = argv[4] };
  guint refused = 0;

  signal (SIGXFSZ, SIG_IGN);
  fixture.actor = (WuyouActor){ .account_id = TEST_ACCOUNT, .scope = TEST_DEALER_PATH, .at = WUYOU_TEST_NOW };
  store_fixture_reopen (&fixture);
  setrlimit (RLIMIT_FSIZE, &limit);
  for (guint i = 0; i < 20000 && refused < 20; i++) {
    g_autoptr (WuyouContract) contract = store_test_contract (i, TEST_DEALER);
    g_autoptr (GError) error = NULL;

    if (store_test_save (&fixture, NULL, contract, "create", &error)) {
      printf ("%s\n", contract->id);
      continue;
    }
    g_assert_error (error, WUYOU_ERROR, WUYOU_ERROR_STORAGE_FULL);
    refused++;
  }
  fflush (stdout);
  g_assert_cmpuint (refused, >, 0);
  _exit (0); /* as a full disk leaves it */
}

static void
test_full_disk (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (WuyouContract) after = store_test_contract (99999999, TEST_DEALER);
  g_autoptr (GError) error = NULL;
  Child child;

  if (fixture->engine != WUYOU_TEST_SQLITE) {
    g_test_skip ("PostgreSQL's disk is not this program's");
    return;
  }
  g_clear_pointer (&fixture->store, wuyou_store_close);
  child = start_child (fixture, "fill-disk", 0);
  g_assert_cmpuint (read_acknowledged (&child, ids), >, 30);
  store_fixture_reopen (fixture);
  wuyou_db_read (fixture->db, check_ids, ids, &error);
  g_assert_no_error (error);
  g_assert_cmpint (store_test_number (fixture, "SELECT count(*) FROM contracts"), ==, g_hash_table_size (ids));
  g_assert_true (store_test_save (fixture, NULL, after, "create", &error)); /* there is space again */
  expect_whole (fixture);
}

typedef struct {
  StoreFixture *fixture;
  guint first;
  GPtrArray *acknowledged;
  int *stop;
  guint unavailable;
  gint64 longest;
} Loader;

static gpointer
run_loader (gpointer data)
{
  Loader *loader = data;

  for (guint i = 0; g_atomic_int_get (loader->stop) == 0; i++) {
    g_autoptr (WuyouContract) contract = store_test_contract (loader->first + i, TEST_DEALER);
    g_autoptr (GError) error = NULL;
    gint64 began = g_get_monotonic_time ();

    if (store_test_save (loader->fixture, NULL, contract, "create", &error)) {
      g_ptr_array_add (loader->acknowledged, g_strdup (contract->id));
    } else {
      g_assert_error (error, WUYOU_ERROR, WUYOU_ERROR_UNAVAILABLE);
      loader->unavailable++;
      g_usleep (20000);
    }
    loader->longest = MAX (loader->longest, g_get_monotonic_time () - began);
  }
  return NULL;
}

static void
test_restart (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GError) error = NULL;
  GThread *threads[8];
  Loader loaders[8];
  int stop = 0;

  if (fixture->engine != WUYOU_TEST_POSTGRESQL) {
    g_test_skip ("SQLite has no server");
    return;
  }
  for (guint i = 0; i < 8; i++) {
    loaders[i] = (Loader){ fixture, i * 100000, g_ptr_array_new_with_free_func (g_free), &stop, 0, 0 };
    threads[i] = g_thread_new ("loader", run_loader, &loaders[i]);
  }
  g_usleep (G_USEC_PER_SEC / 2);
  wuyou_test_postgresql ("restart");
  g_usleep (G_USEC_PER_SEC / 2);
  wuyou_test_postgresql ("stop");
  g_usleep (G_USEC_PER_SEC / 2);
  wuyou_test_postgresql ("start");
  g_usleep (G_USEC_PER_SEC / 2);
  g_atomic_int_set (&stop, 1);
  for (guint i = 0; i < 8; i++) {
    g_thread_join (threads[i]);
    g_assert_cmpint (loaders[i].longest, <, 10 * G_USEC_PER_SEC);
    for (guint j = 0; j < loaders[i].acknowledged->len; j++)
      g_hash_table_add (ids, g_strdup (loaders[i].acknowledged->pdata[j]));
    g_ptr_array_unref (loaders[i].acknowledged);
  }
  g_assert_cmpuint (g_hash_table_size (ids), >, 8);
  wuyou_db_read (fixture->db, check_ids, ids, &error);
  g_assert_no_error (error);
  expect_whole (fixture);
}

typedef struct {
  StoreFixture *fixture;
  GHashTable *seen;
  gint64 since;
  int *stop;
  int woken;
} Follower;

static gboolean
follow (WuyouDbConn *conn, gpointer data, GError **error)
{
  Follower *follower = data;
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_event_free);
  gint64 next;

  if (!wuyou_feed_read (conn, follower->since, "/", NULL, 100, events, &next, error))
    return FALSE;
  for (guint i = 0; i < events->len; i++)
    if (!g_hash_table_add (follower->seen, g_strdup (((WuyouEvent *) events->pdata[i])->record_id)))
      g_error ("told twice: %s", ((WuyouEvent *) events->pdata[i])->record_id);
  follower->since = next;
  return TRUE;
}

static gpointer
run_follower (gpointer data)
{
  Follower *follower = data;

  while (g_atomic_int_get (follower->stop) == 0)
    g_assert_true (wuyou_db_read (follower->fixture->db, follow, follower, NULL));
  return NULL;
}

/* Two processes write and seal on one database; who follows the feed misses nothing and hears nothing twice. */
static void
test_two_processes (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Follower follower = { .fixture = fixture, .seen = seen };
  GHashTableIter iter;
  GThread *thread;
  Child one, two;
  gpointer id;
  int stop = 0;

  store_test_seal (fixture);
  follower.since = store_test_number (fixture, "SELECT value FROM marks WHERE name = 'feed'");
  follower.stop = &stop;
  thread = g_thread_new ("follower", run_follower, &follower);
  one = start_child (fixture, "write-and-seal", 0);
  two = start_child (fixture, "write-and-seal", 100000);
  g_usleep (3 * G_USEC_PER_SEC);
  kill (one.pid, SIGKILL);
  kill (two.pid, SIGKILL);
  read_acknowledged (&one, ids);
  read_acknowledged (&two, ids);
  store_test_seal (fixture);
  g_usleep (G_USEC_PER_SEC / 4);
  g_atomic_int_set (&stop, 1);
  g_thread_join (thread);
  while (follower.since < store_test_number (fixture, "SELECT value FROM marks WHERE name = 'feed'"))
    g_assert_true (wuyou_db_read (fixture->db, follow, &follower, NULL));
  g_test_message ("%u acknowledged, %u told", g_hash_table_size (ids), g_hash_table_size (seen));
  g_assert_cmpuint (g_hash_table_size (ids), >, 10);
  g_hash_table_iter_init (&iter, ids);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!g_hash_table_contains (seen, id))
      g_error ("skipped: %s", (char *) id);
  expect_whole (fixture);
}

static const StoreCase cases[] = {
  { "kill", test_kill },
  { "full-disk", test_full_disk },
  { "restart", test_restart },
  { "two-processes", test_two_processes },
};

int
main (int argc, char **argv)
{
  program = argv[0];
  if (argc == 6 && g_str_equal (argv[1], "--child"))
    return g_str_equal (argv[2], "fill-disk") ? run_full_disk_child (argc, argv) : run_child (argc, argv);
  wuyou_test_init (&argc, &argv);
  store_test_add ("fault", cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
