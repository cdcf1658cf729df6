/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-backup-test.h"

#include "wuyou-backup.h"
#include "wuyou-document-store.h"

static gboolean
insert_file (WuyouDbConn *conn, gpointer data, GError **error)
{
  return wuyou_file_insert (conn, BACKUP_TEST_FILE, WUYOU_PURPOSE_SALES, "customer", data, error)
         && wuyou_file_set_content (conn, BACKUP_TEST_FILE, 5, "a hash", error);
}

static void
put_file (StoreFixture *fixture)
{
  g_autoptr (WuyouKey) key = wuyou_keys_create (wuyou_store_get_keys (fixture->store), WUYOU_PURPOSE_SALES, "customer");
  g_autoptr (GBytes) file_key = wuyou_blob_create_key (key, BACKUP_TEST_FILE);
  g_autoptr (GBytes) content = g_bytes_new_static ("paper", 5);

  g_assert_true (wuyou_db_write (fixture->db, insert_file, file_key, NULL));
  g_assert_true (
      wuyou_blob_put (wuyou_store_get_blobs (fixture->store), BACKUP_TEST_FILE, key, file_key, content, NULL, NULL));
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

void
backup_test_make (BackupTest *backup, StoreFixture *fixture)
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

void
backup_test_clear (BackupTest *backup)
{
  for (guint i = 0; i < 3; i++)
    wuyou_contract_free (backup->contracts[i]);
  g_free (backup->folder);
  g_free (backup->new_data);
  g_free (backup->new_uri);
}

void
backup_test_move (BackupTest *backup)
{
  StoreFixture *fixture = backup->fixture;

  g_clear_pointer (&fixture->store, wuyou_store_close);
  g_free (fixture->uri);
  g_free (fixture->data_dir);
  fixture->uri = g_strdup (backup->new_uri);
  fixture->data_dir = g_strdup (backup->new_data);
  store_fixture_reopen (fixture);
}

void
backup_test_restore (BackupTest *backup)
{
  g_autoptr (GError) error = NULL;

  wuyou_backup_restore (backup->folder, NULL, NULL, backup->new_uri, backup->new_data, &error);
  g_assert_no_error (error);
  backup_test_move (backup);
  g_assert_cmpint (store_test_number (backup->fixture, "SELECT count(*) FROM contracts"), ==, 3);
}
