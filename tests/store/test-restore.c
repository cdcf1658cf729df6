/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "wuyou-backup-test.h"
#include "wuyou-backup.h"

static void
test_restore (StoreFixture *fixture, gconstpointer data)
{
  g_auto (BackupTest) backup = { NULL };
  g_autoptr (WuyouContract) loaded = NULL;
  g_autoptr (WuyouAuditReport) report = NULL;
  g_autofree char *file = NULL;
  g_autoptr (GError) error = NULL;

  backup_test_make (&backup, fixture);
  wuyou_backup_verify (backup.folder, &error);
  g_assert_no_error (error);
  wuyou_backup_restore (backup.folder, NULL, NULL, backup.new_uri, backup.new_data, &error);
  g_assert_no_error (error);
  backup_test_move (&backup);
  loaded = store_test_load (fixture, backup.contracts[1]->id, TEST_DEALER_PATH, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (loaded->owner_name, ==, "欧阳明月");
  g_assert_true (wuyou_audit_verify (fixture->store, &report, &error));
  g_assert_cmpuint (report->findings->len, ==, 0);
  g_assert_cmpint (report->rows, ==, 8);
  file = g_build_filename (fixture->data_dir, "files", "f1", BACKUP_TEST_FILE, NULL);
  g_assert_true (g_file_test (file, G_FILE_TEST_EXISTS));
}

typedef struct {
  StoreFixture *fixture;
  const char *typed;
  GArray *seqs;
} Search;

static gboolean
run_search (WuyouDbConn *conn, gpointer data, GError **error)
{
  Search *search = data;

  g_array_set_size (search->seqs, 0);
  return wuyou_contract_search (conn, search->fixture->store, search->typed, "/", G_MAXINT64, 10, search->seqs, error);
}

/* The log goes on from where the backup left it. */
static void
check_audit (StoreFixture *fixture)
{
  g_autoptr (WuyouAuditReport) report = NULL;
  g_autoptr (GError) error = NULL;

  store_test_seal (fixture);
  wuyou_audit_verify (fixture->store, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->findings->len, ==, 0);
}

static guint
count_found (StoreFixture *fixture, const char *typed)
{
  g_autoptr (GArray) seqs = g_array_new (FALSE, FALSE, sizeof (gint64));
  Search search = { fixture, typed, seqs };

  g_assert_true (wuyou_db_read (fixture->db, run_search, &search, NULL));
  return seqs->len;
}

static void
check_search (StoreFixture *fixture, const WuyouContract *contract, guint expected)
{
  g_assert_cmpuint (count_found (fixture, contract->owner_mobile), ==, expected);
  g_assert_cmpuint (count_found (fixture, contract->vin), ==, expected);
}

/* Erased after the backup; the later list keeps it erased, for whoever looks it up too. */
static void
test_erased_stays_erased (StoreFixture *fixture, gconstpointer data)
{
  g_auto (BackupTest) backup = { NULL };
  g_autoptr (WuyouContract) erased = NULL;
  g_autoptr (WuyouContract) kept = NULL;
  g_autofree char *list = NULL;
  g_autoptr (GError) error = NULL;

  backup_test_make (&backup, fixture);
  g_assert_true (wuyou_contract_erase (fixture->store, backup.contracts[0]->id, &fixture->actor, NULL, NULL));
  list = g_build_filename (wuyou_test_new_dir (), "erasures", NULL);
  g_assert_true (wuyou_backup_write_erasures (fixture->store, list, NULL));
  wuyou_backup_restore (backup.folder, NULL, list, backup.new_uri, backup.new_data, &error);
  g_assert_no_error (error);
  backup_test_move (&backup);
  erased = store_test_load (fixture, backup.contracts[0]->id, NULL, &error);
  kept = store_test_load (fixture, backup.contracts[1]->id, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (erased->owner_name);
  g_assert_nonnull (kept->owner_name);
  check_search (fixture, backup.contracts[0], 0);
  check_search (fixture, backup.contracts[1], 1);
  check_audit (fixture);
  g_assert_cmpint (store_test_number (fixture, "SELECT count(*) FROM erasures"), ==, 1);
}

static const char *const bad_lists[] = {
  "sales",                                     /* no line */
  "sales one\n",                               /* no instant */
  "sales one today\n",                         /* none either */
  "slaes one 1790000000000000\n",              /* no such purpose */
  "sales one 1790000000000000\nsales two 179", /* cut */
  "sales one two 1790000000000000\n",          /* a word too many */
  "\n",
};

static void
expect_refused_list (BackupTest *backup, const char *list, WuyouError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (wuyou_backup_restore (backup->folder, NULL, list, backup->new_uri, backup->new_data, &error));
  wuyou_test_expect_error (&error, code, NULL);
}

/* Refused before anything is restored: afterwards the way is still free. */
static void
test_bad_erasures (StoreFixture *fixture, gconstpointer data)
{
  g_auto (BackupTest) backup = { NULL };
  g_autofree char *list = g_build_filename (wuyou_test_new_dir (), "list", NULL);
  g_autoptr (GError) error = NULL;

  backup_test_make (&backup, fixture);
  expect_refused_list (&backup, list, WUYOU_ERROR_UNAVAILABLE);
  for (guint i = 0; i < G_N_ELEMENTS (bad_lists); i++) {
    g_assert_true (g_file_set_contents (list, bad_lists[i], -1, NULL));
    expect_refused_list (&backup, list, WUYOU_ERROR_CORRUPT);
  }
  g_assert_true (g_file_set_contents (list, "sales one 1790000000000000\n", -1, NULL));
  wuyou_backup_restore (backup.folder, NULL, list, backup.new_uri, backup.new_data, &error);
  g_assert_no_error (error);
}

/* Without the file of keys, which is kept apart, a backup gives nobody's data away. */
static void
test_keys_apart (StoreFixture *fixture, gconstpointer data)
{
  g_auto (BackupTest) backup = { NULL };
  g_autofree char *keys = NULL, *apart = NULL, *database = NULL, *content = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;
  guint8 wrapped[72];
  g_autofree char *key_lines = NULL;

  backup_test_make (&backup, fixture);
  keys = g_build_filename (backup.folder, "customer-keys", NULL);
  apart = g_build_filename (wuyou_test_new_dir (), "apart", NULL);
  g_assert_true (g_file_get_contents (keys, &key_lines, NULL, NULL));
  g_assert_cmpint (g_rename (keys, apart), ==, 0);
  g_assert_true (wuyou_backup_verify (backup.folder, &error));
  database = g_build_filename (backup.folder,
                               fixture->engine == WUYOU_TEST_SQLITE ? "database.sqlite" : "database.pgdump", NULL);
  g_assert_true (g_file_get_contents (database, &content, &length, NULL));
  for (guint i = 0; i < sizeof wrapped; i++) {
    const char *hex = strrchr (g_strstrip (key_lines), ' ') + 1 + 2 * i;

    wrapped[i] = (guint8) (g_ascii_xdigit_value (hex[0]) * 16 + g_ascii_xdigit_value (hex[1]));
  }
  g_assert_null (memmem (content, length, wrapped, sizeof wrapped));
  wuyou_backup_restore (backup.folder, apart, NULL, backup.new_uri, backup.new_data, &error);
  g_assert_no_error (error);
}

/* Of another backup, cut, or nothing at all: refused while the way is still free. */
static void
test_wrong_keys (StoreFixture *fixture, gconstpointer data)
{
  g_auto (BackupTest) backup = { NULL };
  g_autofree char *own = NULL, *apart = NULL, *text = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  backup_test_make (&backup, fixture);
  own = g_build_filename (backup.folder, "customer-keys", NULL);
  apart = g_build_filename (wuyou_test_new_dir (), "apart", NULL);
  g_assert_true (g_file_get_contents (own, &text, &length, NULL));
  for (guint i = 0; i < 3; i++) {
    g_assert_true (g_file_set_contents (apart, text, (gssize) (length * i / 3), NULL));
    g_assert_false (wuyou_backup_restore (backup.folder, apart, NULL, backup.new_uri, backup.new_data, &error));
    wuyou_test_expect_error (&error, WUYOU_ERROR_CORRUPT, NULL);
  }
  g_assert_cmpint (g_rename (own, apart), ==, 0);
  g_assert_false (wuyou_backup_restore (backup.folder, NULL, NULL, backup.new_uri, backup.new_data, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_UNAVAILABLE, NULL);
  wuyou_backup_restore (backup.folder, apart, NULL, backup.new_uri, backup.new_data, &error);
  g_assert_no_error (error);
}

static void
test_not_empty (StoreFixture *fixture, gconstpointer data)
{
  g_auto (BackupTest) backup = { NULL };
  g_autoptr (GError) error = NULL;

  backup_test_make (&backup, fixture);
  g_assert_false (wuyou_backup_create (fixture->store, backup.folder, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_CONFLICT, NULL);
  g_assert_false (wuyou_backup_restore (backup.folder, NULL, NULL, fixture->uri, backup.new_data, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_CONFLICT, NULL);
  g_assert_cmpint (store_test_number (fixture, "SELECT count(*) FROM contracts"), ==, 3);
}

/* SQLite would replay a log that lies beside the file into what was restored. */
static void
test_left_log (StoreFixture *fixture, gconstpointer data)
{
  static const char *const beside[] = { "-wal", "-shm", "-journal" };
  g_auto (BackupTest) backup = { NULL };
  g_autoptr (GError) error = NULL;

  if (fixture->engine != WUYOU_TEST_SQLITE)
    return;
  backup_test_make (&backup, fixture);
  for (guint i = 0; i < G_N_ELEMENTS (beside); i++) {
    g_autofree char *left = g_strconcat (backup.new_uri + strlen ("sqlite:"), beside[i], NULL);

    g_assert_true (g_file_set_contents (left, "left", -1, NULL));
    g_assert_false (wuyou_backup_restore (backup.folder, NULL, NULL, backup.new_uri, backup.new_data, &error));
    wuyou_test_expect_error (&error, WUYOU_ERROR_CONFLICT, NULL);
    g_assert_cmpint (g_unlink (left), ==, 0);
  }
  wuyou_backup_restore (backup.folder, NULL, NULL, backup.new_uri, backup.new_data, &error);
  g_assert_no_error (error);
}

static void
expect_restore_fails (BackupTest *backup, WuyouError code)
{
  g_autofree char *files = g_build_filename (backup->new_data, "files", "f1", BACKUP_TEST_FILE, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (wuyou_backup_restore (backup->folder, NULL, NULL, backup->new_uri, backup->new_data, &error));
  wuyou_test_expect_error (&error, code, NULL);
  g_assert_false (g_file_test (files, G_FILE_TEST_EXISTS));
}

/* Early, in the middle and at the very end: whatever fails leaves nothing to serve and nothing in the way. */
static void
test_second_try (StoreFixture *fixture, gconstpointer data)
{
  g_auto (BackupTest) backup = { NULL };
  g_autofree char *files = NULL, *in_way = NULL, *master = NULL, *away = NULL, *root = NULL, *own_root = NULL;

  backup_test_make (&backup, fixture);
  files = g_build_filename (backup.new_data, "files", NULL);
  in_way = g_build_filename (files, "in-the-way", NULL);
  master = g_build_filename (backup.new_data, "master.key", NULL);
  away = g_build_filename (backup.new_data, "away", NULL);
  root = g_build_filename (backup.new_data, "audit-root", NULL);
  own_root = g_build_filename (backup.folder, "audit-root", NULL);
  g_assert_cmpint (g_mkdir (files, 0700), ==, 0);
  g_assert_true (g_file_set_contents (in_way, "", 0, NULL));
  expect_restore_fails (&backup, WUYOU_ERROR_CONFLICT);
  g_assert_cmpint (g_unlink (in_way), ==, 0);
  g_assert_cmpint (g_rename (master, away), ==, 0); /* the database is in its place for work by then */
  expect_restore_fails (&backup, WUYOU_ERROR_UNAVAILABLE);
  g_assert_cmpint (g_rename (away, master), ==, 0);
  g_assert_true (g_file_test (own_root, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_mkdir (root, 0700), ==, 0); /* the files are in their place by then */
  expect_restore_fails (&backup, WUYOU_ERROR_UNAVAILABLE);
  g_assert_cmpint (g_rmdir (root), ==, 0);
  backup_test_restore (&backup);
}

/* As one that was killed leaves it: nobody serves it, and the next one begins anew. */
static void
test_killed_restore (StoreFixture *fixture, gconstpointer data)
{
  gboolean sqlite = fixture->engine == WUYOU_TEST_SQLITE;
  g_auto (BackupTest) backup = { NULL };
  g_autofree char *database = NULL, *work = NULL;
  g_autoptr (WuyouDb) db = NULL;
  g_autoptr (GError) error = NULL;

  backup_test_make (&backup, fixture);
  database = g_build_filename (backup.folder, sqlite ? "database.sqlite" : "database.pgdump", NULL);
  work = wuyou_db_begin_restore (wuyou_db_kind (fixture->db), database, backup.new_uri, &error);
  g_assert_no_error (error);
  if (sqlite) {
    g_assert_false (g_file_test (backup.new_uri + strlen ("sqlite:"), G_FILE_TEST_EXISTS));
  } else {
    g_assert_null (wuyou_store_open (backup.new_uri, backup.new_data, wuyou_test_clock (), &error));
    wuyou_test_expect_error (&error, WUYOU_ERROR_CORRUPT, NULL);
  }
  db = wuyou_db_open (work, &error);
  g_assert_no_error (error);
  g_clear_pointer (&db, wuyou_db_close);
  backup_test_restore (&backup);
}

/* Who signed out, or had to, since the backup was made is not signed in by it. */
static void
test_sessions_end (StoreFixture *fixture, gconstpointer data)
{
  g_auto (BackupTest) backup = { NULL };

  store_test_sql (fixture, "INSERT INTO sessions (id, account_id, token_hash, created_at, seen_at, authenticated_at, "
                           "expires_at, idle_seconds) VALUES ('s', 'a', 'hash', 1, 1, 1, 4000000000000000, 900)");
  store_test_sql (fixture, "INSERT INTO reset_tokens (token_hash, account_id, created_at, expires_at, used_at) "
                           "VALUES ('hash', 'a', 1, 4000000000000000, 0)");
  backup_test_make (&backup, fixture);
  backup_test_restore (&backup);
  g_assert_cmpint (store_test_number (fixture, "SELECT count(*) FROM sessions WHERE ended_at = 0"), ==, 0);
  g_assert_cmpint (store_test_number (fixture, "SELECT count(*) FROM reset_tokens WHERE used_at = 0"), ==, 0);
}

static const StoreCase cases[] = {
  { "restore", test_restore },
  { "erased-stays-erased", test_erased_stays_erased },
  { "bad-erasures", test_bad_erasures },
  { "keys-apart", test_keys_apart },
  { "wrong-keys", test_wrong_keys },
  { "not-empty", test_not_empty },
  { "left-log", test_left_log },
  { "second-try", test_second_try },
  { "killed-restore", test_killed_restore },
  { "sessions-end", test_sessions_end },
};

int
main (int argc, char **argv)
{
  wuyou_test_init (&argc, &argv);
  store_test_add ("restore", cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
