/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "wuyou-backup-private.h"
#include "wuyou-backup-test.h"
#include "wuyou-backup.h"

static void
test_damaged (StoreFixture *fixture, gconstpointer data)
{
  g_auto (BackupTest) backup = { NULL };
  g_autofree char *path = NULL, *manifest = NULL;
  g_autoptr (GError) error = NULL;

  backup_test_make (&backup, fixture);
  path = g_build_filename (backup.folder, "files", "f1", BACKUP_TEST_FILE, NULL);
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
expect_no_backup (BackupTest *backup, const char *manifest, const char *text, gsize length)
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
  g_auto (BackupTest) backup = { NULL };
  g_autofree char *manifest = NULL, *text = NULL;
  gsize length;

  backup_test_make (&backup, fixture);
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
  g_auto (BackupTest) backup = { NULL };
  g_autofree char *lost = g_build_filename (fixture->data_dir, "files", "f1", BACKUP_TEST_FILE, NULL);
  g_autofree char *folder = g_build_filename (wuyou_test_new_dir (), "second", NULL);
  g_autofree char *part = g_strconcat (folder, ".part", NULL);

  backup_test_make (&backup, fixture);
  g_assert_cmpint (g_unlink (lost), ==, 0);
  expect_backup_refused (fixture, folder);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
}

static void
expect_gone (BackupTest *backup)
{
  g_autofree char *manifest = g_build_filename (backup->folder, "MANIFEST", NULL);
  g_autofree char *files = g_build_filename (backup->folder, "files", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  _wuyou_backup_remove_tree (files);
  _wuyou_backup_write_list (backup->fixture->store, backup->folder, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (manifest, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "# gone files/f1/" BACKUP_TEST_FILE "\n"));
  wuyou_backup_verify (backup->folder, &error);
  g_assert_no_error (error);
}

/* Taken back after the database was copied: before its folder is read, and between that and its turn. */
static void
test_withdrawn_meanwhile (StoreFixture *fixture, gconstpointer data)
{
  g_auto (BackupTest) backup = { NULL };
  g_autofree char *path = g_build_filename (fixture->data_dir, "files", "f1", BACKUP_TEST_FILE, NULL);

  store_test_sql (fixture, "INSERT INTO documents (id, state) VALUES ('" BACKUP_TEST_FILE "', 'AVAILABLE')");
  backup_test_make (&backup, fixture);
  store_test_sql (fixture, "UPDATE documents SET state = 'WITHDRAWN'");
  g_assert_cmpint (g_unlink (path), ==, 0);
  expect_gone (&backup);
  g_assert_cmpint (symlink ("nowhere", path), ==, 0);
  expect_gone (&backup);
  backup_test_restore (&backup);
}

static void
test_erased_meanwhile (StoreFixture *fixture, gconstpointer data)
{
  g_auto (BackupTest) backup = { NULL };
  g_autofree char *path = g_build_filename (fixture->data_dir, "files", "f1", BACKUP_TEST_FILE, NULL);

  backup_test_make (&backup, fixture);
  store_test_sql (fixture, "INSERT INTO erasures (purpose, id, erased_at) VALUES ('sales', 'customer', 1)");
  g_assert_cmpint (g_unlink (path), ==, 0);
  expect_gone (&backup);
}

/* What a killed run left is not in the way; one that still writes is, and what is not a backup's. */
static void
test_left_part (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (wuyou_test_new_dir (), "backup", NULL);
  g_autofree char *part = g_strconcat (folder, ".part", NULL);
  g_autofree char *left = g_build_filename (part, "customer-keys", NULL);
  g_autofree char *other = g_build_filename (part, "letters", NULL);
  g_autoptr (GError) error = NULL;
  int fd;

  g_assert_cmpint (g_mkdir (part, 0700), ==, 0);
  g_assert_true (g_file_set_contents (left, "left", -1, NULL));
  fd = open (part, O_RDONLY | O_DIRECTORY);
  g_assert_cmpint (flock (fd, LOCK_EX), ==, 0);
  g_assert_false (wuyou_backup_create (fixture->store, folder, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_CONFLICT, NULL);
  close (fd);
  g_assert_true (g_file_set_contents (other, "of somebody", -1, NULL));
  g_assert_false (wuyou_backup_create (fixture->store, folder, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_CONFLICT, NULL);
  g_assert_cmpint (g_unlink (other), ==, 0);
  wuyou_backup_create (fixture->store, folder, &error);
  g_assert_no_error (error);
  g_assert_true (wuyou_backup_verify (folder, NULL));
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
}

/* Gone from folder and list, and a list that is sound in itself: the row tells. */
static void
test_forged_manifest (StoreFixture *fixture, gconstpointer data)
{
  g_auto (BackupTest) backup = { NULL };
  g_autofree char *manifest = NULL, *text = NULL, *hash = NULL, *forged = NULL;
  g_autoptr (GError) error = NULL;
  char *line;
  guint n = 0;

  backup_test_make (&backup, fixture);
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
  g_assert_nonnull (strstr (error->message, BACKUP_TEST_FILE));
  wuyou_test_expect_error (&error, WUYOU_ERROR_CORRUPT, NULL);
}

static const StoreCase cases[] = {
  { "damaged", test_damaged },
  { "short-manifest", test_short_manifest },
  { "forged-manifest", test_forged_manifest },
  { "lost-file", test_lost_file },
  { "withdrawn-meanwhile", test_withdrawn_meanwhile },
  { "erased-meanwhile", test_erased_meanwhile },
  { "left-part", test_left_part },
};

int
main (int argc, char **argv)
{
  wuyou_test_init (&argc, &argv);
  store_test_add ("backup", cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
