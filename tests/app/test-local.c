/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/resource.h>

#include "client/wuyou-local.h"
#include "client/wuyou-seal.h"
#include "wuyou-test.h"

#define SERVER "https://cn.example"
#define ACCOUNT "0199a0b1-0000-7000-8000-000000000001"

static const guint8 key_a[WUYOU_LOCAL_KEY_BYTES] = { 1, 2, 3 };
static const guint8 key_b[WUYOU_LOCAL_KEY_BYTES] = { 9, 9, 9 };

static WuyouLocal *
open_local (const char *dir)
{
  WuyouLocal *local = wuyou_local_new (dir, wuyou_test_clock ());
  GError *error = NULL;

  g_assert_true (wuyou_local_open (local, SERVER, ACCOUNT, key_a, &error));
  g_assert_no_error (error);
  return local;
}

static void
assert_text (WuyouLocal *local, WuyouLocalKind kind, const char *id, const char *expected)
{
  g_autofree char *text = wuyou_local_load (local, kind, id);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_keep (void)
{
  const char *dir = wuyou_test_new_dir ();
  WuyouLocal *local = open_local (dir);

  assert_text (local, WUYOU_LOCAL_DRAFT, "a", NULL);
  for (int i = 0; i < 200; i++) {
    g_autofree char *text = g_strdup_printf ("{\"n\":%d}", i);

    g_assert_true (wuyou_local_save (local, WUYOU_LOCAL_DRAFT, "a", text));
    assert_text (local, WUYOU_LOCAL_DRAFT, "a", text);
  }
  wuyou_local_save (local, WUYOU_LOCAL_DRAFT, "b", "{\"name\":\"李四\"}");
  wuyou_local_remove (local, WUYOU_LOCAL_DRAFT, "b");
  assert_text (local, WUYOU_LOCAL_DRAFT, "b", NULL);
  g_assert_finalize_object (local);
  local = open_local (dir);
  assert_text (local, WUYOU_LOCAL_DRAFT, "a", "{\"n\":199}");
  assert_text (local, WUYOU_LOCAL_DRAFT, "b", NULL);
  g_assert_finalize_object (local);
}

static void
test_order (void)
{
  WuyouLocal *local = open_local (wuyou_test_new_dir ());
  g_autoptr (GPtrArray) items = NULL;
  const char *ids[] = { "z", "m", "a" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    wuyou_local_save (local, WUYOU_LOCAL_OUTBOX, ids[i], "{}");
  wuyou_local_save (local, WUYOU_LOCAL_OUTBOX, "z", "{\"again\":true}");
  wuyou_local_save (local, WUYOU_LOCAL_DRAFT, "other", "{}");
  items = wuyou_local_list (local, WUYOU_LOCAL_OUTBOX);
  g_assert_cmpuint (items->len, ==, G_N_ELEMENTS (ids));
  for (guint i = 0; i < items->len; i++)
    g_assert_cmpstr (((WuyouLocalItem *) items->pdata[i])->id, ==, ids[i]);
  g_assert_cmpstr (((WuyouLocalItem *) items->pdata[0])->json, ==, "{\"again\":true}");
  g_assert_finalize_object (local);
}

static char *
file_of (WuyouLocal *local)
{
  g_autofree char *folder = wuyou_local_dup_folder (local, SERVER, ACCOUNT);

  return g_build_filename (folder, "local.db", NULL);
}

static gboolean
file_contains (const char *path, const char *text)
{
  g_autofree char *content = NULL;
  gsize length;

  if (!g_file_get_contents (path, &content, &length, NULL))
    return FALSE;
  return memmem (content, length, text, strlen (text)) != NULL;
}

static void
test_sealed (void)
{
  WuyouLocal *local = open_local (wuyou_test_new_dir ());
  g_autofree char *path = file_of (local);
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  GStatBuf info;

  wuyou_local_save (local, WUYOU_LOCAL_DRAFT, "a", "{\"owner\":\"EASY-TO-FIND\"}");
  wuyou_local_flush (local);
  g_assert_false (file_contains (path, "EASY-TO-FIND"));
  g_assert_false (file_contains (wal, "EASY-TO-FIND"));
  g_assert_null (strstr (path, ACCOUNT));
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_finalize_object (local);
}

/* A value moved to another row, or changed, is not ours any more: it is gone, and nothing else happens. */
static void
test_tampered (void)
{
  const char *dir = wuyou_test_new_dir ();
  WuyouLocal *local = open_local (dir);
  g_autofree char *path = file_of (local);
  sqlite3 *db;

  wuyou_local_save (local, WUYOU_LOCAL_DRAFT, "a", "{\"n\":1}");
  wuyou_local_save (local, WUYOU_LOCAL_DRAFT, "b", "{\"n\":2}");
  g_assert_finalize_object (local);
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "UPDATE item SET sealed = (SELECT sealed FROM item WHERE id = 'b') WHERE id = 'a'",
                                 NULL, NULL, NULL),
                   ==, SQLITE_OK);
  sqlite3_close (db);
  local = open_local (dir);
  assert_text (local, WUYOU_LOCAL_DRAFT, "a", NULL);
  assert_text (local, WUYOU_LOCAL_DRAFT, "b", "{\"n\":2}");
  g_assert_finalize_object (local);
}

static void
test_wrong_key (void)
{
  const char *dir = wuyou_test_new_dir ();
  WuyouLocal *local = open_local (dir);
  GError *error = NULL;

  wuyou_local_save (local, WUYOU_LOCAL_DRAFT, "a", "{}");
  wuyou_local_close (local);
  g_assert_false (wuyou_local_save (local, WUYOU_LOCAL_DRAFT, "a", "{}"));
  g_assert_false (wuyou_local_open (local, SERVER, ACCOUNT, key_b, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_CORRUPT, NULL);
  g_assert_true (wuyou_local_open (local, SERVER, ACCOUNT, key_b, &error));
  assert_text (local, WUYOU_LOCAL_DRAFT, "a", NULL);
  g_assert_finalize_object (local);
}

static void
test_accounts_apart (void)
{
  const char *dir = wuyou_test_new_dir ();
  WuyouLocal *local = open_local (dir);

  wuyou_local_save (local, WUYOU_LOCAL_DRAFT, "a", "{}");
  g_assert_true (wuyou_local_open (local, SERVER, "another", key_a, NULL));
  assert_text (local, WUYOU_LOCAL_DRAFT, "a", NULL);
  g_assert_true (wuyou_local_open (local, SERVER, ACCOUNT, key_a, NULL));
  assert_text (local, WUYOU_LOCAL_DRAFT, "a", "{}");
  g_assert_finalize_object (local);
}

static void
test_72_hours (void)
{
  WuyouLocal *local = open_local (wuyou_test_new_dir ());

  wuyou_test_set_now (WUYOU_TEST_NOW);
  wuyou_local_touch (local);
  wuyou_local_save (local, WUYOU_LOCAL_CACHE, "list", "{}");
  wuyou_local_save (local, WUYOU_LOCAL_DRAFT, "a", "{}");
  wuyou_test_set_now (WUYOU_TEST_NOW + 71 * G_TIME_SPAN_HOUR);
  assert_text (local, WUYOU_LOCAL_CACHE, "list", "{}");
  wuyou_test_set_now (WUYOU_TEST_NOW + 73 * G_TIME_SPAN_HOUR);
  assert_text (local, WUYOU_LOCAL_CACHE, "list", NULL);
  assert_text (local, WUYOU_LOCAL_DRAFT, "a", "{}");
  wuyou_test_set_now (WUYOU_TEST_NOW - 2 * G_TIME_SPAN_HOUR);
  assert_text (local, WUYOU_LOCAL_CACHE, "list", NULL);
  wuyou_test_set_now (WUYOU_TEST_NOW + 73 * G_TIME_SPAN_HOUR);
  wuyou_local_touch (local);
  assert_text (local, WUYOU_LOCAL_CACHE, "list", "{}");
  wuyou_test_set_now (WUYOU_TEST_NOW);
  g_assert_finalize_object (local);
}

static void
test_wipe (void)
{
  const char *dir = wuyou_test_new_dir ();
  WuyouLocal *local = open_local (dir);
  g_autofree char *folder = wuyou_local_dup_folder (local, SERVER, ACCOUNT);

  wuyou_local_save (local, WUYOU_LOCAL_DRAFT, "a", "{}");
  wuyou_local_wipe (local);
  g_assert_false (wuyou_local_is_open (local));
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  wuyou_local_wipe (local);
  g_assert_finalize_object (local);
}

typedef struct {
  GMainLoop *loop;
  guint8 *key;
  GError *error;
} Unwrapped;

static void
on_unwrapped_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Unwrapped *u = data;

  u->key = wuyou_seal_unwrap_finish (result, &u->error);
  g_main_loop_quit (u->loop);
}

static guint8 *
unwrap (const char *path, const char *password, GError **error)
{
  Unwrapped u = { g_main_loop_new (NULL, FALSE), NULL, NULL };

  wuyou_seal_unwrap_async (path, password, NULL, on_unwrapped_cb, &u);
  g_main_loop_run (u.loop);
  g_main_loop_unref (u.loop);
  if (u.error != NULL)
    g_propagate_error (error, u.error);
  return u.key;
}

static void
test_password_key (void)
{
  g_autofree char *path = g_build_filename (wuyou_test_new_dir (), "key", NULL);
  g_autofree guint8 *first = unwrap (path, "correct horse", NULL);
  g_autofree guint8 *again = unwrap (path, "correct horse", NULL);
  GError *error = NULL;

  g_assert_cmpmem (first, WUYOU_SEAL_KEY_BYTES, again, WUYOU_SEAL_KEY_BYTES);
  g_assert_null (unwrap (path, "wrong", &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_BAD_CREDENTIALS, NULL);
}

#define KILLED_DIR "WUYOU_TEST_KILLED_DIR"
#define LONG (40 * G_TIME_SPAN_MILLISECOND)

/* The other process: saves once more than it was told, and is gone before it can do anything else. */
static void
save_and_die (const char *dir)
{
  WuyouLocal *local = open_local (dir);
  g_autofree char *before = wuyou_local_load (local, WUYOU_LOCAL_DRAFT, "a");
  g_autofree char *text = g_strconcat (before != NULL ? before : "", "x", NULL);
  gint64 from = g_get_monotonic_time ();

  wuyou_local_save (local, WUYOU_LOCAL_DRAFT, "a", text);
  wuyou_local_save (local, WUYOU_LOCAL_TEXT, "a", text);
  if (g_get_monotonic_time () - from >= LONG)
    wuyou_local_flush (local);
  raise (SIGKILL);
}

/* A save that returned survives kill -9, every time; but that a key is not held up for longer than it takes to be felt,
 * which on a machine that is busy with other things may come first. */
static void
test_killed (void)
{
  const char *dir = g_getenv (KILLED_DIR);
  WuyouLocal *local;

  if (g_test_subprocess ()) {
    save_and_die (dir);
    return;
  }
  dir = wuyou_test_new_dir ();
  g_setenv (KILLED_DIR, dir, TRUE);
  for (int i = 0; i < 6; i++) {
    g_test_trap_subprocess (NULL, 0, 0);
    g_assert_false (g_test_trap_has_passed ());
  }
  local = open_local (dir);
  assert_text (local, WUYOU_LOCAL_DRAFT, "a", "xxxxxx");
  assert_text (local, WUYOU_LOCAL_TEXT, "a", "xxxxxx");
  g_assert_finalize_object (local);
}

static void
limit_files (rlim_t bytes)
{
  struct rlimit limit;

  getrlimit (RLIMIT_FSIZE, &limit);
  limit.rlim_cur = bytes;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

static void
on_failed_cb (WuyouLocal *local, const GError *error, guint *n_failed)
{
  g_assert_cmpint (error->code, ==, WUYOU_ERROR_STORAGE_FULL);
  (*n_failed)++;
}

/* Said once; typing neither stops nor slows down; all of it is written when there is room again. */
static void
test_disk_full (void)
{
  const char *dir = wuyou_test_new_dir ();
  WuyouLocal *local = open_local (dir);
  g_autofree char *big = g_strnfill (64 * 1024, 'x');
  guint n_failed = 0;
  gint64 from;

  signal (SIGXFSZ, SIG_IGN);
  wuyou_local_flush (local);
  g_signal_connect (local, "failed", G_CALLBACK (on_failed_cb), &n_failed);
  limit_files (32 * 1024);
  wuyou_local_save (local, WUYOU_LOCAL_DRAFT, "a", big);
  while (n_failed == 0)
    g_main_context_iteration (NULL, TRUE);
  from = g_get_monotonic_time ();
  for (int i = 0; i < 20; i++)
    wuyou_local_save (local, WUYOU_LOCAL_DRAFT, "b", "{}");
  g_assert_cmpint (g_get_monotonic_time () - from, <, 500 * G_TIME_SPAN_MILLISECOND);
  assert_text (local, WUYOU_LOCAL_DRAFT, "a", big);
  limit_files (RLIM_INFINITY);
  wuyou_local_flush (local);
  g_assert_finalize_object (local);
  g_assert_cmpuint (n_failed, ==, 1);
  local = open_local (dir);
  assert_text (local, WUYOU_LOCAL_DRAFT, "a", big);
  assert_text (local, WUYOU_LOCAL_DRAFT, "b", "{}");
  g_assert_finalize_object (local);
}

int
main (int argc, char *argv[])
{
  wuyou_test_init (&argc, &argv);
  g_test_add_func ("/local/keep", test_keep);
  g_test_add_func ("/local/order", test_order);
  g_test_add_func ("/local/sealed", test_sealed);
  g_test_add_func ("/local/tampered", test_tampered);
  g_test_add_func ("/local/wrong-key", test_wrong_key);
  g_test_add_func ("/local/accounts-apart", test_accounts_apart);
  g_test_add_func ("/local/72-hours", test_72_hours);
  g_test_add_func ("/local/wipe", test_wipe);
  g_test_add_func ("/local/killed", test_killed);
  g_test_add_func ("/local/disk-full", test_disk_full);
  g_test_add_func ("/local/password-key", test_password_key);
  return g_test_run ();
}
