/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "wuyou-backup-private.h"
#include "wuyou-backup.h"
#include "wuyou-document-store.h"
#include "wuyou-store-test.h"

#define FILE_ID "0190c000-0000-7000-8000-0000000000f1"

typedef struct {
  StoreFixture *fixture;
  WuyouContract *contracts[3];
  char *folder, *new_uri, *new_data;
} Backup;

static gboolean
insert_file (WuyouDbConn *conn, gpointer data, GError **error)
{
  return wuyou_file_insert (conn, FILE_ID, WUYOU_PURPOSE_SALES, "customer", data, error)
         && wuyou_file_set_content (conn, FILE_ID, 5, "a hash", error);
}

static void
put_file (StoreFixture *fixture)
{
  g_autoptr (WuyouKey) key = wuyou_keys_create (wuyou_store_get_keys (fixture->store), WUYOU_PURPOSE_SALES, "customer");
  g_autoptr (GBytes) file_key = wuyou_blob_create_key (key, FILE_ID);
  g_autoptr (GBytes) content = g_bytes_new_static ("paper", 5);

  g_assert_true (wuyou_db_write (fixture->db, insert_file, file_key, NULL));
  g_assert_true (wuyou_blob_put (wuyou_store_get_blobs (fixture->store), FILE_ID, key, file_key, content, NULL, NULL));
}

static void
copy_keys (const char *from, const char *to)
{
  static const char *const names[] = { "master.key", "signing.key" };

  g_mkdir_with_parents (to, 0700);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *source = g_build_filename (from, names[i], NULL);
    g_autofree char *target = g_build_filename (to, names[i], NULL);
    g_autofree char *content = NULL;
    gsize length;

    g_assert_true (g_file_get_contents (source, &content, &length, NULL));
    g_assert_true (g_file_set_contents_full (target, content, (gssize) length, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  }
}

static void
make_backup (Backup *backup, StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  const char *dir = wuyou_test_new_dir ();

  backup->fixture = fixture;
  for (guint i = 0; i < 3; i++) {
    backup->contracts[i] = store_test_contract (i + 1, TEST_DEALER);
    g_assert_true (store_test_save (fixture, NULL, backup->contracts[i], "create", NULL));
  }
  put_file (fixture);
  store_test_seal (fixture);
  backup->folder = g_build_filename (dir, "backup", NULL);
  backup->new_data = g_build_filename (dir, "data", NULL);
  backup->new_uri = wuyou_test_new_database (fixture->engine);
  copy_keys (fixture->data_dir, backup->new_data);
  wuyou_backup_create (fixture->store, backup->folder, &error);
  g_assert_no_error (error);
}

static void
clear_backup (Backup *backup)
{
  for (guint i = 0; i < 3; i++)
    wuyou_contract_free (backup->contracts[i]);
  g_free (backup->folder);
  g_free (backup->new_data);
  g_free (backup->new_uri);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Backup, clear_backup)

static void
move_to_restored (Backup *backup)
{
  StoreFixture *fixture = backup->fixture;

  g_clear_pointer (&fixture->store, wuyou_store_close);
  g_free (fixture->uri);
  g_free (fixture->data_dir);
  fixture->uri = g_strdup (backup->new_uri);
  fixture->data_dir = g_strdup (backup->new_data);
  store_fixture_reopen (fixture);
}

static void
expect_restore_works (Backup *backup)
{
  g_autoptr (GError) error = NULL;

  wuyou_backup_restore (backup->folder, NULL, NULL, backup->new_uri, backup->new_data, &error);
  g_assert_no_error (error);
  move_to_restored (backup);
  g_assert_cmpint (store_test_number (backup->fixture, "SELECT count(*) FROM contracts"), ==, 3);
}

static void
test_restore (StoreFixture *fixture, gconstpointer data)
{
  g_auto (Backup) backup = { NULL };
  g_autoptr (WuyouContract) loaded = NULL;
  g_autoptr (WuyouAuditReport) report = NULL;
  g_autofree char *file = NULL;
  g_autoptr (GError) error = NULL;

  make_backup (&backup, fixture);
  wuyou_backup_verify (backup.folder, &error);
  g_assert_no_error (error);
  wuyou_backup_restore (backup.folder, NULL, NULL, backup.new_uri, backup.new_data, &error);
  g_assert_no_error (error);
  move_to_restored (&backup);
  loaded = store_test_load (fixture, backup.contracts[1]->id, TEST_DEALER_PATH, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (loaded->owner_name, ==, "欧阳明月");
  g_assert_true (wuyou_audit_verify (fixture->store, &report, &error));
  g_assert_cmpuint (report->findings->len, ==, 0);
  g_assert_cmpint (report->rows, ==, 8);
  file = g_build_filename (fixture->data_dir, "files", "f1", FILE_ID, NULL);
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
  g_auto (Backup) backup = { NULL };
  g_autoptr (WuyouContract) erased = NULL;
  g_autoptr (WuyouContract) kept = NULL;
  g_autofree char *list = NULL;
  g_autoptr (GError) error = NULL;

  make_backup (&backup, fixture);
  g_assert_true (wuyou_contract_erase (fixture->store, backup.contracts[0]->id, &fixture->actor, NULL, NULL));
  list = g_build_filename (wuyou_test_new_dir (), "erasures", NULL);
  g_assert_true (wuyou_backup_write_erasures (fixture->store, list, NULL));
  wuyou_backup_restore (backup.folder, NULL, list, backup.new_uri, backup.new_data, &error);
  g_assert_no_error (error);
  move_to_restored (&backup);
  erased = store_test_load (fixture, backup.contracts[0]->id, NULL, &error);
  kept = store_test_load (fixture, backup.contracts[1]->id, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (erased->owner_name);
  g_assert_nonnull (kept->owner_name);
  check_search (fixture, backup.contracts[0], 0);
  check_search (fixture, backup.contracts[1], 1);
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
expect_refused_list (Backup *backup, const char *list, WuyouError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (wuyou_backup_restore (backup->folder, NULL, list, backup->new_uri, backup->new_data, &error));
  wuyou_test_expect_error (&error, code, NULL);
}

/* Refused before anything is restored: afterwards the way is still free. */
static void
test_bad_erasures (StoreFixture *fixture, gconstpointer data)
{
  g_auto (Backup) backup = { NULL };
  g_autofree char *list = g_build_filename (wuyou_test_new_dir (), "list", NULL);
  g_autoptr (GError) error = NULL;

  make_backup (&backup, fixture);
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
  g_auto (Backup) backup = { NULL };
  g_autofree char *keys = NULL, *apart = NULL, *database = NULL, *content = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;
  guint8 wrapped[72];
  g_autofree char *key_lines = NULL;

  make_backup (&backup, fixture);
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
  g_auto (Backup) backup = { NULL };
  g_autofree char *own = NULL, *apart = NULL, *text = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  make_backup (&backup, fixture);
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
test_damaged (StoreFixture *fixture, gconstpointer data)
{
  g_auto (Backup) backup = { NULL };
  g_autofree char *path = NULL, *manifest = NULL;
  g_autoptr (GError) error = NULL;

  make_backup (&backup, fixture);
  path = g_build_filename (backup.folder, "files", "f1", FILE_ID, NULL);
  manifest = g_build_filename (backup.folder, "MANIFEST", NULL);
  g_assert_true (g_file_set_contents (path, "other", -1, NULL));
  g_assert_false (wuyou_backup_verify (backup.folder, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_CORRUPT, NULL);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_false (wuyou_backup_restore (backup.folder, NULL, NULL, backup.new_uri, backup.new_data, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_CORRUPT, NULL);
  g_assert_cmpint (g_unlink (manifest), ==, 0);
  g_assert_false (wuyou_backup_verify (backup.folder, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_CORRUPT, NULL);
}

static void
expect_no_backup (Backup *backup, const char *manifest, const char *text, gsize length)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (manifest, text, (gssize) length, NULL));
  g_assert_false (wuyou_backup_verify (backup->folder, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_CORRUPT, NULL);
}

/* Wherever it ends too early, and without any one of its lines. */
static void
test_short_manifest (StoreFixture *fixture, gconstpointer data)
{
  g_auto (Backup) backup = { NULL };
  g_autofree char *manifest = NULL, *text = NULL;
  gsize length;

  make_backup (&backup, fixture);
  manifest = g_build_filename (backup.folder, "MANIFEST", NULL);
  g_assert_true (g_file_get_contents (manifest, &text, &length, NULL));
  for (gsize end = 0; end < length; end++)
    expect_no_backup (&backup, manifest, text, end);
  for (char *line = text; *line != '\0'; line = strchr (line, '\n') + 1) {
    g_autofree char *before = g_strndup (text, (gsize) (line - text));
    g_autofree char *rest = g_strconcat (before, strchr (line, '\n') + 1, NULL);

    expect_no_backup (&backup, manifest, rest, strlen (rest));
  }
  g_assert_true (g_file_set_contents (manifest, text, -1, NULL));
  g_assert_true (wuyou_backup_verify (backup.folder, NULL));
}

static void
expect_backup_refused (StoreFixture *fixture, const char *folder)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (wuyou_backup_create (fixture->store, folder, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_CORRUPT, NULL);
}

/* A file that is not there, and that nobody took away, is told when the backup is made. */
static void
test_lost_file (StoreFixture *fixture, gconstpointer data)
{
  g_auto (Backup) backup = { NULL };
  g_autofree char *lost = g_build_filename (fixture->data_dir, "files", "f1", FILE_ID, NULL);
  g_autofree char *folder = g_build_filename (wuyou_test_new_dir (), "second", NULL);
  g_autofree char *part = g_strconcat (folder, ".part", NULL);

  make_backup (&backup, fixture);
  g_assert_cmpint (g_unlink (lost), ==, 0);
  expect_backup_refused (fixture, folder);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
}

static void
expect_gone (Backup *backup)
{
  g_autofree char *manifest = g_build_filename (backup->folder, "MANIFEST", NULL);
  g_autofree char *files = g_build_filename (backup->folder, "files", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  _wuyou_backup_remove_tree (files);
  _wuyou_backup_write_list (backup->fixture->store, backup->folder, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (manifest, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "# gone files/f1/" FILE_ID "\n"));
  wuyou_backup_verify (backup->folder, &error);
  g_assert_no_error (error);
}

/* Taken back after the database was copied: before its folder is read, and between that and its turn. */
static void
test_withdrawn_meanwhile (StoreFixture *fixture, gconstpointer data)
{
  g_auto (Backup) backup = { NULL };
  g_autofree char *path = g_build_filename (fixture->data_dir, "files", "f1", FILE_ID, NULL);

  store_test_sql (fixture, "INSERT INTO documents (id, state) VALUES ('" FILE_ID "', 'AVAILABLE')");
  make_backup (&backup, fixture);
  store_test_sql (fixture, "UPDATE documents SET state = 'WITHDRAWN'");
  g_assert_cmpint (g_unlink (path), ==, 0);
  expect_gone (&backup);
  g_assert_cmpint (symlink ("nowhere", path), ==, 0);
  expect_gone (&backup);
  expect_restore_works (&backup);
}

static void
test_erased_meanwhile (StoreFixture *fixture, gconstpointer data)
{
  g_auto (Backup) backup = { NULL };
  g_autofree char *path = g_build_filename (fixture->data_dir, "files", "f1", FILE_ID, NULL);

  make_backup (&backup, fixture);
  store_test_sql (fixture, "INSERT INTO erasures (purpose, id, erased_at) VALUES ('sales', 'customer', 1)");
  g_assert_cmpint (g_unlink (path), ==, 0);
  expect_gone (&backup);
}

/* What a killed run left is not in the way; one that still writes is. */
static void
test_left_part (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (wuyou_test_new_dir (), "backup", NULL);
  g_autofree char *part = g_strconcat (folder, ".part", NULL);
  g_autofree char *left = g_build_filename (part, "customer-keys", NULL);
  g_autoptr (GError) error = NULL;
  int fd;

  g_assert_cmpint (g_mkdir (part, 0700), ==, 0);
  g_assert_true (g_file_set_contents (left, "left", -1, NULL));
  fd = open (part, O_RDONLY | O_DIRECTORY);
  g_assert_cmpint (flock (fd, LOCK_EX), ==, 0);
  g_assert_false (wuyou_backup_create (fixture->store, folder, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_CONFLICT, NULL);
  close (fd);
  wuyou_backup_create (fixture->store, folder, &error);
  g_assert_no_error (error);
  g_assert_true (wuyou_backup_verify (folder, NULL));
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
}

/* Gone from folder and list, and a list that is sound in itself: the row tells. */
static void
test_forged_manifest (StoreFixture *fixture, gconstpointer data)
{
  g_auto (Backup) backup = { NULL };
  g_autofree char *manifest = NULL, *text = NULL, *hash = NULL, *forged = NULL;
  g_autoptr (GError) error = NULL;
  char *line;
  guint n = 0;

  make_backup (&backup, fixture);
  manifest = g_build_filename (backup.folder, "MANIFEST", NULL);
  g_assert_true (g_file_get_contents (manifest, &text, NULL, NULL));
  line = strstr (text, "  files/") - 64;
  *line = '\0';
  for (char *c = text; *c != '\0'; c++)
    n += *c == '\n';
  hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  forged = g_strdup_printf ("%s# end %u %s\n", text, n, hash);
  g_assert_true (g_file_set_contents (manifest, forged, -1, NULL));
  g_assert_false (wuyou_backup_verify (backup.folder, &error));
  g_assert_nonnull (strstr (error->message, FILE_ID));
  wuyou_test_expect_error (&error, WUYOU_ERROR_CORRUPT, NULL);
}

static void
test_not_empty (StoreFixture *fixture, gconstpointer data)
{
  g_auto (Backup) backup = { NULL };
  g_autoptr (GError) error = NULL;

  make_backup (&backup, fixture);
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
  g_auto (Backup) backup = { NULL };
  g_autoptr (GError) error = NULL;

  if (fixture->engine != WUYOU_TEST_SQLITE)
    return;
  make_backup (&backup, fixture);
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
expect_restore_fails (Backup *backup, WuyouError code)
{
  g_autofree char *files = g_build_filename (backup->new_data, "files", "f1", FILE_ID, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (wuyou_backup_restore (backup->folder, NULL, NULL, backup->new_uri, backup->new_data, &error));
  wuyou_test_expect_error (&error, code, NULL);
  g_assert_false (g_file_test (files, G_FILE_TEST_EXISTS));
}

/* Early, in the middle and at the very end: whatever fails leaves nothing to serve and nothing in the way. */
static void
test_second_try (StoreFixture *fixture, gconstpointer data)
{
  g_auto (Backup) backup = { NULL };
  g_autofree char *files = NULL, *in_way = NULL, *master = NULL, *away = NULL, *root = NULL, *own_root = NULL;

  make_backup (&backup, fixture);
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
  expect_restore_works (&backup);
}

/* As one that was killed leaves it: nobody serves it, and the next one begins anew. */
static void
test_killed_restore (StoreFixture *fixture, gconstpointer data)
{
  gboolean sqlite = fixture->engine == WUYOU_TEST_SQLITE;
  g_auto (Backup) backup = { NULL };
  g_autofree char *database = NULL, *work = NULL;
  g_autoptr (WuyouDb) db = NULL;
  g_autoptr (GError) error = NULL;

  make_backup (&backup, fixture);
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
  expect_restore_works (&backup);
}

/* Who signed out, or had to, since the backup was made is not signed in by it. */
static void
test_sessions_end (StoreFixture *fixture, gconstpointer data)
{
  g_auto (Backup) backup = { NULL };

  store_test_sql (fixture, "INSERT INTO sessions (id, account_id, token_hash, created_at, seen_at, authenticated_at, "
                           "expires_at, idle_seconds) VALUES ('s', 'a', 'hash', 1, 1, 1, 4000000000000000, 900)");
  store_test_sql (fixture, "INSERT INTO reset_tokens (token_hash, account_id, created_at, expires_at, used_at) "
                           "VALUES ('hash', 'a', 1, 4000000000000000, 0)");
  make_backup (&backup, fixture);
  expect_restore_works (&backup);
  g_assert_cmpint (store_test_number (fixture, "SELECT count(*) FROM sessions WHERE ended_at = 0"), ==, 0);
  g_assert_cmpint (store_test_number (fixture, "SELECT count(*) FROM reset_tokens WHERE used_at = 0"), ==, 0);
}

static const StoreCase cases[] = {
  { "restore", test_restore },
  { "erased-stays-erased", test_erased_stays_erased },
  { "keys-apart", test_keys_apart },
  { "damaged", test_damaged },
  { "not-empty", test_not_empty },
  { "bad-erasures", test_bad_erasures },
  { "wrong-keys", test_wrong_keys },
  { "short-manifest", test_short_manifest },
  { "left-log", test_left_log },
  { "withdrawn-meanwhile", test_withdrawn_meanwhile },
  { "erased-meanwhile", test_erased_meanwhile },
  { "left-part", test_left_part },
  { "second-try", test_second_try },
  { "killed-restore", test_killed_restore },
  { "sessions-end", test_sessions_end },
  { "lost-file", test_lost_file },
  { "forged-manifest", test_forged_manifest },
};

int
main (int argc, char **argv)
{
  wuyou_test_init (&argc, &argv);
  store_test_add ("backup", cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
