/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gstdio.h>

#include "wuyou-audit-store.h"
#include "wuyou-store-test.h"
#include "wuyou-trim-store.h"

static gboolean
insert_row (WuyouDbConn *conn, gpointer data, GError **error)
{
  const StoreFixture *fixture = data;
  const WuyouAuditEntry entry = { .action = "unmask", .object = "contract", .object_id = "x", .outcome = "OK" };

  return wuyou_audit_insert (conn, &fixture->actor, &entry, error);
}

static void
add_rows (StoreFixture *fixture, guint n)
{
  for (guint i = 0; i < n; i++)
    g_assert_true (wuyou_db_write (fixture->db, insert_row, fixture, NULL));
}

static void
expect_findings (StoreFixture *fixture, const char *const *expected)
{
  g_autoptr (WuyouAuditReport) report = NULL;
  g_autoptr (GError) error = NULL;
  guint n = g_strv_length ((char **) expected);

  wuyou_audit_verify (fixture->store, &report, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < report->findings->len; i++)
    g_test_message ("%s", (char *) report->findings->pdata[i]);
  for (guint i = 0; i < n; i++) {
    gboolean found = FALSE;

    for (guint j = 0; j < report->findings->len; j++)
      found = found || g_pattern_match_simple (expected[i], report->findings->pdata[j]);
    if (!found)
      g_error ("no finding like “%s”", expected[i]);
  }
  g_assert_cmpuint (report->findings->len, ==, n);
}

static void
fill (StoreFixture *fixture)
{
  add_rows (fixture, 5);
  store_test_seal (fixture);
  add_rows (fixture, 7);
  store_test_seal (fixture);
  expect_findings (fixture, (const char *const[]){ NULL });
}

typedef struct {
  const char *name;
  const char *sql; /* five rows of the organisations come first, then five, then seven; a batch each */
  const char *findings[4];
} Tampering;

static const Tampering tamperings[] = {
  { "changed", "UPDATE audit SET account_id = 'another' WHERE position = 8", { "Row * at position 8 was changed" } },
  { "removed", "DELETE FROM audit WHERE position = 8", { "The row at position 8 was removed" } },
  { "inserted-between",
    "UPDATE audit SET position = position + 1000 WHERE position >= 16; "
    "UPDATE audit SET position = position - 999 WHERE position >= 1000; "
    "INSERT INTO audit (at, action, version, outcome, position) VALUES (1, 'approve', 0, 'OK', 16)",
    { "Row * at position 16 was inserted", "Row * was moved to position 17", "The row at position 17 was removed",
      "Row * at position 18 was inserted" } },
  { "inserted-at-the-end",
    "INSERT INTO audit (at, action, version, outcome, position) VALUES (1, 'approve', 0, 'OK', 18)",
    { "Row * at position 18 was inserted" } },
  { "swapped",
    "UPDATE audit SET position = 500 WHERE position = 7; UPDATE audit SET position = 7 WHERE position = 8; "
    "UPDATE audit SET position = 8 WHERE position = 500",
    { "Row * was moved to position 7", "Row * was moved to position 8" } },
  { "batch-changed", "UPDATE audit_batches SET sealed_at = 1 WHERE number = 2", { "Batch 2 is not as it was signed" } },
  { "batch-removed", "DELETE FROM audit_batches WHERE number = 2", { "Batches 2 to 2 were removed" } },
  { "leaves-changed",
    "UPDATE audit_batches SET leaves = (SELECT b.leaves FROM audit_batches b WHERE b.number = 1) "
    "WHERE number = 2",
    { "The leaves of batch 2 were changed" } },
  { "tail-removed",
    "DELETE FROM audit WHERE position > 10; DELETE FROM audit_batches WHERE number > 2",
    { "Batches 3 to 3 were removed" } },
};

static void
test_all_tamperings (StoreFixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (tamperings); i++) {
    Tampering tampering = tamperings[i];
    const char *findings[5] = { NULL };

    for (guint j = 0; j < 4; j++)
      findings[j] = tamperings[i].findings[j];
    g_test_message ("%s", tampering.name);
    if (i > 0) {
      store_fixture_tear_down (fixture, data);
      store_fixture_set_up (fixture, data);
    }
    store_test_seal (fixture);
    fill (fixture);
    store_test_sql (fixture, tampering.sql);
    expect_findings (fixture, findings);
  }
}

static void
test_root_outside (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->data_dir, "audit-root", NULL);
  g_autofree char *text = NULL;
  g_autoptr (WuyouAuditReport) report = NULL;
  g_autoptr (GError) error = NULL;

  fill (fixture);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, "2 "));
  text[2] = text[2] == 'a' ? 'b' : 'a';
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  expect_findings (fixture, (const char *const[]){ "Batch 2 is not the one noted outside*", NULL });
  g_assert_true (g_file_set_contents (path, "nonsense", -1, NULL));
  g_assert_false (wuyou_audit_verify (fixture->store, &report, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_CORRUPT, NULL);
}

typedef struct {
  gint64 since, next;
  const char *scope, *account_id;
  guint limit;
  GString *found;
} Feed;

static gboolean
read_feed (WuyouDbConn *conn, gpointer data, GError **error)
{
  Feed *feed = data;
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_event_free);

  if (!wuyou_feed_read (conn, feed->since, feed->scope, feed->account_id, feed->limit, events, &feed->next, error))
    return FALSE;
  for (guint i = 0; i < events->len; i++) {
    const WuyouEvent *event = events->pdata[i];

    g_string_append_printf (feed->found, "%s:%s ", event->kind, event->record_id);
  }
  return TRUE;
}

static gboolean
insert_events (WuyouDbConn *conn, gpointer data, GError **error)
{
  return wuyou_event_insert (conn, "a", "1", 1, TEST_BRANCH_PATH, NULL, WUYOU_TEST_NOW, error)
         && wuyou_event_insert (conn, "b", "2", 1, TEST_OTHER_PATH, NULL, WUYOU_TEST_NOW, error)
         && wuyou_event_insert (conn, "c", "3", 1, NULL, "me", WUYOU_TEST_NOW, error)
         && wuyou_event_insert (conn, "d", "4", 1, NULL, NULL, WUYOU_TEST_NOW, error)
         && wuyou_event_insert (conn, "e", "5", 1, TEST_DEALER_PATH, NULL, WUYOU_TEST_NOW + 10, error);
}

static gboolean
trim_feed (WuyouDbConn *conn, gpointer data, GError **error)
{
  return wuyou_feed_trim (conn, WUYOU_TEST_NOW + 5, 3, data, error);
}

static void
test_feed (StoreFixture *fixture, gconstpointer data)
{
  static const struct {
    const char *scope, *account_id;
    guint limit;
    const char *expected;
  } rows[] = {
    { "/", "other", 10, "a:1 b:2 d:4 e:5 " },
    { TEST_DEALER_PATH, "me", 10, "a:1 c:3 d:4 e:5 " },
    { TEST_DEALER_PATH, NULL, 2, "a:1 d:4 " },
    { TEST_OTHER_PATH, NULL, 10, "b:2 d:4 " },
  };
  gint64 start;
  g_autoptr (GError) error = NULL;
  guint removed;
  Feed late;

  store_test_seal (fixture);
  start = store_test_number (fixture, "SELECT value FROM marks WHERE name = 'feed'");
  g_assert_true (wuyou_db_write (fixture->db, insert_events, NULL, NULL));
  for (guint i = 0; i < 2; i++) {
    Feed feed = { start, 0, "/", NULL, 10, g_string_new (NULL) };

    /* Not before the sealer gave them their place. */
    g_assert_true (wuyou_db_read (fixture->db, read_feed, &feed, NULL));
    g_assert_cmpint (feed.found->len > 0, ==, i == 1);
    g_string_free (feed.found, TRUE);
    store_test_seal (fixture);
  }
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    Feed feed = { start, 0, rows[i].scope, rows[i].account_id, rows[i].limit, g_string_new (NULL) };

    g_assert_true (wuyou_db_read (fixture->db, read_feed, &feed, NULL));
    g_assert_cmpstr (feed.found->str, ==, rows[i].expected);
    g_assert_cmpint (feed.next, ==, rows[i].limit == 2 ? start + 4 : start + 5);
    g_string_free (feed.found, TRUE);
  }
  do
    g_assert_true (wuyou_db_write (fixture->db, trim_feed, &removed, NULL));
  while (removed > 0);
  g_assert_cmpint (store_test_number (fixture, "SELECT count(*) FROM events WHERE position IS NOT NULL"), ==, 1);
  late = (Feed){ start, 0, "/", NULL, 10, NULL };
  g_assert_false (wuyou_db_read (fixture->db, read_feed, &late, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_RESYNC_REQUIRED, NULL);
  late.since = start + 100;
  g_assert_false (wuyou_db_read (fixture->db, read_feed, &late, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_RESYNC_REQUIRED, NULL);
}

static void
on_feed_cb (const char *channel, gpointer data)
{
  g_atomic_int_inc ((int *) data);
}

static void
test_sealer_wakes (StoreFixture *fixture, gconstpointer data)
{
  WuyouSealer *sealer = wuyou_sealer_start (fixture->store);
  gint64 began = g_get_monotonic_time ();
  guint id;
  int woken = 0;

  g_usleep (100000);
  id = wuyou_db_listen (fixture->db, WUYOU_CHANNEL_FEED, on_feed_cb, &woken);
  g_assert_true (wuyou_db_write (fixture->db, insert_events, NULL, NULL));
  while (g_atomic_int_get (&woken) == 0 && g_get_monotonic_time () - began < 5 * G_USEC_PER_SEC)
    g_usleep (1000);
  g_assert_cmpint (g_atomic_int_get (&woken), >, 0);
  wuyou_db_unlisten (fixture->db, id);
  add_rows (fixture, 3);
  wuyou_sealer_stop (sealer);
  g_assert_cmpint (store_test_number (fixture, "SELECT count(*) FROM audit WHERE position IS NULL"), ==, 0);
}

static gpointer
run_sealer_loop (gpointer data)
{
  StoreFixture *fixture = data;

  for (guint i = 0; i < 40; i++) {
    g_autoptr (GError) error = NULL;
    guint sealed;

    wuyou_sealer_run_once (fixture->store, &sealed, &error);
    g_assert_no_error (error);
  }
  return NULL;
}

static gpointer
run_writer (gpointer data)
{
  add_rows (data, 40);
  return NULL;
}

static void
test_sealers_compete (StoreFixture *fixture, gconstpointer data)
{
  GThread *threads[6];

  for (guint i = 0; i < 6; i++)
    threads[i] = g_thread_new ("competitor", i < 3 ? run_sealer_loop : run_writer, fixture);
  for (guint i = 0; i < 6; i++)
    g_thread_join (threads[i]);
  store_test_seal (fixture);
  expect_findings (fixture, (const char *const[]){ NULL });
  g_assert_cmpint (store_test_number (fixture, "SELECT count(*) FROM audit WHERE position IS NOT NULL"), ==, 125);
}

static gboolean
list_rows (WuyouDbConn *conn, gpointer data, GError **error)
{
  const WuyouAuditQuery queries[] = {
    { .account_id = TEST_ACCOUNT, .before_seq = G_MAXINT64, .limit = 100 },
    { .object = "org", .before_seq = G_MAXINT64, .limit = 3 },
    { .object_id = TEST_DEALER, .before_seq = G_MAXINT64, .limit = 100 },
    { .scope = TEST_DEALER_PATH, .before_seq = G_MAXINT64, .limit = 100 },
    { .account_id = "nobody", .before_seq = G_MAXINT64, .limit = 100 },
  };
  const guint counts[] = { 5, 3, 1, 3, 0 };

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++) {
    g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_audit_row_free);

    if (!wuyou_audit_list (conn, &queries[i], rows, error))
      return FALSE;
    g_assert_cmpuint (rows->len, ==, counts[i]);
  }
  return TRUE;
}

static void
test_list (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  wuyou_db_read (fixture->db, list_rows, NULL, &error);
  g_assert_no_error (error);
}

static const StoreCase cases[] = {
  { "tampering", test_all_tamperings },  { "root-outside", test_root_outside },       { "feed", test_feed },
  { "sealer-wakes", test_sealer_wakes }, { "sealers-compete", test_sealers_compete }, { "list", test_list },
};

int
main (int argc, char **argv)
{
  wuyou_test_init (&argc, &argv);
  store_test_add ("audit", cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
