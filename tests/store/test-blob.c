/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "wuyou-blob.h"
#include "wuyou-store-test.h"

#define ID "0190c000-0000-7000-8000-0000000000f1"

typedef struct {
  WuyouBlobs *blobs;
  WuyouKey *key;
  GBytes *file_key;
  char *directory, *part, *whole;
  guint8 *content;
  gsize length;
  char *sha256;
} Blob;

static void
open_blobs (StoreFixture *fixture, Blob *blob, gsize length)
{
  blob->directory = g_build_filename (fixture->data_dir, "files", NULL);
  blob->part = g_build_filename (blob->directory, "f1", ID ".part", NULL);
  blob->whole = g_build_filename (blob->directory, "f1", ID, NULL);
  blob->blobs = wuyou_blobs_open (blob->directory, NULL);
  blob->key = wuyou_keys_create (wuyou_store_get_keys (fixture->store), WUYOU_PURPOSE_SALES, "customer");
  blob->file_key = wuyou_blob_create_key (blob->key, ID);
  blob->length = length;
  blob->content = g_malloc (length + 1);
  for (gsize i = 0; i < length; i++)
    blob->content[i] = (guint8) (i * 2654435761u >> 13);
  blob->sha256 = g_compute_checksum_for_data (G_CHECKSUM_SHA256, blob->content, length);
}

static void
clear_blob (Blob *blob)
{
  wuyou_blobs_close (blob->blobs);
  wuyou_key_unref (blob->key);
  g_bytes_unref (blob->file_key);
  g_free (blob->directory);
  g_free (blob->part);
  g_free (blob->whole);
  g_free (blob->content);
  g_free (blob->sha256);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Blob, clear_blob)

static gint64
append (Blob *blob, gint64 offset, gsize length)
{
  g_autoptr (GError) error = NULL;
  gint64 size;

  wuyou_blob_append (blob->blobs, ID, blob->key, blob->file_key, offset, blob->content + offset, length, &size, &error);
  g_assert_no_error (error);
  return size;
}

static void
expect_content (Blob *blob)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = wuyou_blob_read_all (blob->blobs, ID, blob->key, blob->file_key, blob->length, &error);
  gsize length;
  gconstpointer data;

  g_assert_no_error (error);
  data = g_bytes_get_data (bytes, &length);
  g_assert_cmpmem (data, length, blob->content, blob->length);
}

static gboolean
finish (Blob *blob, GError **error)
{
  return wuyou_blob_finish (blob->blobs, ID, blob->key, blob->file_key, blob->sha256, error);
}

static void
test_pieces (StoreFixture *fixture, gconstpointer data)
{
  g_auto (Blob) blob = { NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *raw = NULL;
  gsize length;
  gint64 size = 0;

  open_blobs (fixture, &blob, 3 * WUYOU_BLOB_FRAME + 12345);
  size = append (&blob, 0, 1);
  size = append (&blob, size, 2 * WUYOU_BLOB_FRAME + 7);
  size = append (&blob, size, 0);
  g_assert_false (wuyou_blob_append (blob.blobs, ID, blob.key, blob.file_key, 5, blob.content, 5, &size, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_OFFSET, NULL);
  g_assert_cmpint (size, ==, 2 * WUYOU_BLOB_FRAME + 8);
  append (&blob, size, blob.length - (gsize) size);
  g_assert_true (wuyou_blob_sync (blob.blobs, ID, NULL));
  g_assert_true (finish (&blob, &error));
  g_assert_true (finish (&blob, &error)); /* a repeated call */
  expect_content (&blob);
  g_assert_true (g_file_get_contents (blob.whole, &raw, &length, NULL));
  g_assert_null (memmem (raw, length, blob.content, 64));
  g_assert_true (wuyou_blob_delete (blob.blobs, ID, NULL));
  g_assert_false (g_file_test (blob.whole, G_FILE_TEST_EXISTS));
}

static void
test_seek (StoreFixture *fixture, gconstpointer data)
{
  g_auto (Blob) blob = { NULL };
  static const gint64 offsets[] = { 0, 1, WUYOU_BLOB_FRAME - 1, WUYOU_BLOB_FRAME, 2 * WUYOU_BLOB_FRAME + 99 };
  WuyouBlobReader *reader;
  g_autoptr (GError) error = NULL;
  guint8 buffer[16];

  open_blobs (fixture, &blob, 2 * WUYOU_BLOB_FRAME + 100);
  append (&blob, 0, blob.length);
  g_assert_true (finish (&blob, NULL));
  reader = wuyou_blob_open (blob.blobs, ID, blob.key, blob.file_key, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (offsets); i++) {
    gssize n;

    g_assert_true (wuyou_blob_reader_seek (reader, offsets[i], NULL));
    n = wuyou_blob_reader_read (reader, buffer, sizeof buffer, NULL);
    g_assert_cmpmem (buffer, n, blob.content + offsets[i], n);
    g_assert_cmpint (n, >, 0);
  }
  g_assert_false (wuyou_blob_reader_seek (reader, (gint64) blob.length + 1, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_OFFSET, NULL);
  wuyou_blob_reader_close (reader);
}

/* Cut at every kind of place, as a crash leaves it; the client goes on from what is said. */
static void
test_resume_after_cut (StoreFixture *fixture, gconstpointer data)
{
  static const gint64 cuts[]
      = { 3, 8, 10, 8 + 44 + 1000 - 1, 8 + 44 + 1000, 8 + 44 + 1000 + 20, 8 + 2 * (44 + 1000) - 5 };

  for (guint i = 0; i < G_N_ELEMENTS (cuts); i++) {
    g_auto (Blob) blob = { NULL };
    gint64 size;
    g_autoptr (GError) error = NULL;

    open_blobs (fixture, &blob, 5000);
    append (&blob, 0, 1000);
    append (&blob, 1000, 1000);
    wuyou_blobs_close (blob.blobs);
    g_assert_cmpint (truncate (blob.part, cuts[i]), ==, 0);
    blob.blobs = wuyou_blobs_open (blob.directory, NULL);
    g_assert_true (wuyou_blob_get_size (blob.blobs, ID, &size, NULL));
    g_assert_cmpint (size, <=, 2000);
    append (&blob, size, blob.length - (gsize) size);
    g_assert_true (finish (&blob, &error));
    expect_content (&blob);
    g_assert_true (wuyou_blob_delete (blob.blobs, ID, NULL));
  }
}

static void
damage (const char *path, gint64 offset)
{
  FILE *file = g_fopen (path, "r+");
  int byte;

  fseek (file, (long) offset, offset < 0 ? SEEK_END : SEEK_SET);
  byte = fgetc (file);
  fseek (file, (long) offset, offset < 0 ? SEEK_END : SEEK_SET);
  fputc (byte ^ 1, file);
  fclose (file);
}

static void
test_damage (StoreFixture *fixture, gconstpointer data)
{
  static const gint64 places[] = { 0, 9, 30, 500, -1, -20 };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
    g_auto (Blob) blob = { NULL };
    g_autoptr (GError) error = NULL;

    open_blobs (fixture, &blob, 3000);
    append (&blob, 0, blob.length);
    g_assert_true (finish (&blob, NULL));
    damage (blob.whole, places[i]);
    g_assert_null (wuyou_blob_read_all (blob.blobs, ID, blob.key, blob.file_key, 5000, &error));
    wuyou_test_expect_error (&error, WUYOU_ERROR_CORRUPT, NULL);
    g_assert_true (wuyou_blob_delete (blob.blobs, ID, NULL));
  }
}

/* What is not the file is not kept: it can be sent again. */
static void
test_wrong_hash (StoreFixture *fixture, gconstpointer data)
{
  g_auto (Blob) blob = { NULL };
  g_autoptr (GError) error = NULL;
  gint64 size;

  open_blobs (fixture, &blob, 3000);
  append (&blob, 0, 2999);
  g_assert_false (finish (&blob, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_INVALID, NULL);
  g_assert_true (wuyou_blob_get_size (blob.blobs, ID, &size, NULL));
  g_assert_cmpint (size, ==, 0);
  g_assert_null (wuyou_blob_open (blob.blobs, ID, blob.key, blob.file_key, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_NOT_FOUND, NULL);
  append (&blob, 0, 3000);
  g_assert_true (finish (&blob, &error));
  expect_content (&blob);
}

/* The answer to the first call may be lost, with whatever the caller would have kept of it. */
static void
test_finished_again (StoreFixture *fixture, gconstpointer data)
{
  static const char *const others[] = { "", "0000000000000000000000000000000000000000000000000000000000000000" };
  g_auto (Blob) blob = { NULL };
  g_autoptr (GError) error = NULL;

  open_blobs (fixture, &blob, WUYOU_BLOB_FRAME + 1);
  append (&blob, 0, blob.length);
  g_assert_true (finish (&blob, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (others); i++) {
    g_assert_false (wuyou_blob_finish (blob.blobs, ID, blob.key, blob.file_key, others[i], &error));
    wuyou_test_expect_error (&error, WUYOU_ERROR_CONFLICT, NULL);
  }
  g_assert_true (finish (&blob, NULL));
  expect_content (&blob);
  damage (blob.whole, 100);
  g_assert_false (finish (&blob, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_CORRUPT, NULL);
}

static void
test_wrong_key (StoreFixture *fixture, gconstpointer data)
{
  g_auto (Blob) blob = { NULL };
  g_autoptr (WuyouKey) other = NULL;
  g_autoptr (GError) error = NULL;

  open_blobs (fixture, &blob, 3000);
  append (&blob, 0, blob.length);
  g_assert_true (finish (&blob, NULL));
  other = wuyou_keys_create (wuyou_store_get_keys (fixture->store), WUYOU_PURPOSE_SALES, "customer");
  g_assert_null (wuyou_blob_open (blob.blobs, ID, other, blob.file_key, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_CORRUPT, NULL);
}

/* --- two processes on the same folder --- */

static void
swap (Blob *blob, WuyouBlobs **other)
{
  WuyouBlobs *blobs = blob->blobs;

  blob->blobs = *other;
  *other = blobs;
}

/* The pieces of one upload come to the one and the other; each begins a piece with what is there. */
static void
test_two_appenders (StoreFixture *fixture, gconstpointer data)
{
  g_auto (Blob) blob = { NULL };
  g_autoptr (WuyouBlobs) other = NULL;
  g_autoptr (GError) error = NULL;
  gint64 size = 0;

  open_blobs (fixture, &blob, 3000);
  other = wuyou_blobs_open (blob.directory, NULL);
  for (guint i = 0; i < 6; i++) {
    g_assert_cmpint (append (&blob, size, 500), ==, size + 500);
    size += 500;
    swap (&blob, &other);
    g_assert_false (wuyou_blob_append (blob.blobs, ID, blob.key, blob.file_key, 1, "x", 1, &size, &error));
    wuyou_test_expect_error (&error, WUYOU_ERROR_OFFSET, NULL);
  }
  g_assert_true (finish (&blob, &error));
  expect_content (&blob);
  swap (&blob, &other);
  g_assert_true (finish (&blob, &error));
  g_assert_false (wuyou_blob_append (blob.blobs, ID, blob.key, blob.file_key, 0, "x", 1, &size, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_OFFSET, NULL);
  g_assert_cmpint (size, ==, 3000);
  g_assert_false (g_file_test (blob.part, G_FILE_TEST_EXISTS));
}

/* Damaged, emptied by the one, sent again through it: what the other remembers of the same size no longer counts. */
static void
test_damaged_elsewhere (StoreFixture *fixture, gconstpointer data)
{
  g_auto (Blob) blob = { NULL };
  g_autoptr (WuyouBlobs) other = NULL;
  g_autoptr (GError) error = NULL;

  open_blobs (fixture, &blob, 3000);
  other = wuyou_blobs_open (blob.directory, NULL);
  blob.content[7] ^= 1;
  append (&blob, 0, blob.length);
  blob.content[7] ^= 1;
  swap (&blob, &other);
  g_assert_false (finish (&blob, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_INVALID, NULL);
  append (&blob, 0, blob.length);
  swap (&blob, &other);
  g_assert_true (finish (&blob, &error));
  expect_content (&blob);
}

/* Only while a piece is written. */
static void
test_locked (StoreFixture *fixture, gconstpointer data)
{
  g_auto (Blob) blob = { NULL };
  g_autoptr (GError) error = NULL;
  gint64 size;
  int fd;

  open_blobs (fixture, &blob, 3000);
  append (&blob, 0, 1000);
  fd = open (blob.part, O_RDWR | O_CLOEXEC);
  g_assert_cmpint (flock (fd, LOCK_EX | LOCK_NB), ==, 0);
  g_assert_false (wuyou_blob_append (blob.blobs, ID, blob.key, blob.file_key, 1000, "x", 1, &size, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_BUSY, NULL);
  close (fd);
  append (&blob, 1000, 2000);
  g_assert_true (finish (&blob, &error));
  expect_content (&blob);
}

static guint
count_open (const char *name)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  const char *fd;
  guint n = 0;

  while ((fd = g_dir_read_name (dir)) != NULL) {
    g_autofree char *link = g_build_filename ("/proc/self/fd", fd, NULL);
    g_autofree char *target = g_file_read_link (link, NULL);

    n += target != NULL && strstr (target, name) != NULL;
  }
  return n;
}

/* What the other deleted goes nowhere, and the disk gets its room back. */
static void
test_deleted_elsewhere (StoreFixture *fixture, gconstpointer data)
{
  g_auto (Blob) blob = { NULL };
  g_autoptr (WuyouBlobs) other = NULL;
  g_autoptr (GError) error = NULL;
  gint64 size;

  open_blobs (fixture, &blob, 3000);
  append (&blob, 0, 1000);
  other = wuyou_blobs_open (blob.directory, NULL);
  g_assert_true (wuyou_blob_delete (other, ID, NULL));
  g_assert_cmpuint (count_open (ID), ==, 1);
  g_assert_false (wuyou_blob_append (blob.blobs, ID, blob.key, blob.file_key, 1000, "x", 1, &size, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_OFFSET, NULL);
  g_assert_cmpint (size, ==, 0);
  g_assert_false (g_file_test (blob.part, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (count_open (ID), ==, 0);
  append (&blob, 0, 3000);
  g_assert_true (finish (&blob, &error));
  expect_content (&blob);
}

static void
test_idle (StoreFixture *fixture, gconstpointer data)
{
  g_auto (Blob) blob = { NULL };
  gint64 now;

  open_blobs (fixture, &blob, 3000);
  append (&blob, 0, 1000);
  now = g_get_monotonic_time ();
  wuyou_blobs_close_idle (blob.blobs, now + 59 * G_TIME_SPAN_SECOND);
  g_assert_cmpuint (count_open (ID), ==, 1);
  wuyou_blobs_close_idle (blob.blobs, now + 61 * G_TIME_SPAN_SECOND);
  g_assert_cmpuint (count_open (ID), ==, 0);
  append (&blob, 1000, 2000);
  g_assert_true (finish (&blob, NULL));
  expect_content (&blob);
}

static void
test_list (StoreFixture *fixture, gconstpointer data)
{
  g_auto (Blob) blob = { NULL };
  g_autoptr (GPtrArray) begun = NULL;
  g_autoptr (GPtrArray) finished = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autofree char *foreign = NULL;

  open_blobs (fixture, &blob, 3000);
  append (&blob, 0, blob.length);
  foreign = g_build_filename (blob.directory, "f1", "lost+found", NULL);
  g_assert_true (g_file_set_contents (foreign, "", 0, NULL));
  begun = wuyou_blobs_list (blob.blobs, 0xf1, NULL);
  g_assert_cmpuint (begun->len, ==, 1);
  g_assert_cmpstr (((WuyouBlobEntry *) begun->pdata[0])->id, ==, ID);
  g_assert_false (((WuyouBlobEntry *) begun->pdata[0])->finished);
  g_assert_true (finish (&blob, NULL));
  finished = wuyou_blobs_list (blob.blobs, 0xf1, NULL);
  g_assert_cmpuint (finished->len, ==, 1);
  g_assert_true (((WuyouBlobEntry *) finished->pdata[0])->finished);
  none = wuyou_blobs_list (blob.blobs, 0xf0, NULL);
  g_assert_cmpuint (none->len, ==, 0);
}

/* What the server made itself: its hash is told, it is whole at once, and stays when it is put again. */
static void
test_put (StoreFixture *fixture, gconstpointer data)
{
  g_auto (Blob) blob = { NULL };
  g_autoptr (GBytes) content = NULL;
  g_autoptr (GBytes) other = g_bytes_new_static ("other", 5);
  g_autoptr (GBytes) read = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *sha256 = NULL;

  open_blobs (fixture, &blob, 2 * WUYOU_BLOB_FRAME + 17);
  content = g_bytes_new_static (blob.content, blob.length);
  g_assert_true (wuyou_blob_put (blob.blobs, ID, blob.key, blob.file_key, content, &sha256, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (sha256, ==, blob.sha256);
  g_assert_false (g_file_test (blob.part, G_FILE_TEST_EXISTS));
  g_assert_false (wuyou_blob_put (blob.blobs, ID, blob.key, blob.file_key, other, NULL, &error));
  g_assert_error (error, WUYOU_ERROR, WUYOU_ERROR_OFFSET);
  read = wuyou_blob_read_all (blob.blobs, ID, blob.key, blob.file_key, blob.length, NULL);
  g_assert_true (g_bytes_equal (read, content));
}

static const StoreCase cases[] = {
  { "put", test_put },
  { "pieces", test_pieces },
  { "seek", test_seek },
  { "resume", test_resume_after_cut },
  { "damage", test_damage },
  { "wrong-hash", test_wrong_hash },
  { "finished-again", test_finished_again },
  { "wrong-key", test_wrong_key },
  { "list", test_list },
  { "two-appenders", test_two_appenders },
  { "damaged-elsewhere", test_damaged_elsewhere },
  { "locked", test_locked },
  { "deleted-elsewhere", test_deleted_elsewhere },
  { "idle", test_idle },
};

int
main (int argc, char **argv)
{
  wuyou_test_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strdup_printf ("/blob/%s", cases[i].name);

    g_test_add (path, StoreFixture, GINT_TO_POINTER (WUYOU_TEST_SQLITE), store_fixture_set_up, cases[i].run,
                store_fixture_tear_down);
  }
  return g_test_run ();
}
