/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-audit-store.h"
#include "wuyou-store-test.h"
#include "wuyou-trim-store.h"

#define NOW WUYOU_TEST_NOW
#define DAY G_TIME_SPAN_DAY

/* A row of each kind, with $ for the instant at which it was over and # for a number of its own. */
static const struct {
  const char *table, *insert;
  guint days; /* it stays after that */
} rows[] = {
  { "sessions",
    "INSERT INTO sessions (id, account_id, token_hash, created_at, seen_at, authenticated_at, expires_at, idle_seconds) "
    "VALUES ('s#', 'a', 't#', 1, 1, 1, $, 900)",
    90 },
  { "limits", "INSERT INTO limits (name, began_at, count, expires_at) VALUES ('l#', 1, 1, $)", 0 },
  { "reset_tokens",
    "INSERT INTO reset_tokens (token_hash, account_id, created_at, expires_at, used_at) VALUES ('r#', 'a', 1, $, 0)",
    1 },
  { "email_changes",
    "INSERT INTO email_changes (token_hash, account_id, sealed, created_at, expires_at) SELECT 'e#', 'a', wrapped, 1, $ "
    "FROM domain_keys LIMIT 1",
    1 },
  { "idempotency",
    "INSERT INTO idempotency (account_id, key, fingerprint, status, expires_at) VALUES ('a', 'k#', 'f', 201, $)", 0 },
  { "jobs", "INSERT INTO jobs (kind, name, due_at, done_at) VALUES ('start', 'j#', 1, $)", 30 },
  { "mails",
    "INSERT INTO mails (id, kind, sealed, created_at, due_at, sent_at) SELECT 'm#', 'notice', wrapped, 1, 1, $ "
    "FROM domain_keys LIMIT 1",
    90 },
};

static void
insert (StoreFixture *fixture, guint row, guint number, gint64 over_at)
{
  GString *sql = g_string_new (rows[row].insert);
  g_autofree char *at = g_strdup_printf ("%" G_GINT64_FORMAT, over_at);
  g_autofree char *n = g_strdup_printf ("%u", number);

  g_string_replace (sql, "$", at, 0);
  g_string_replace (sql, "#", n, 0);
  store_test_sql (fixture, sql->str);
  g_string_free (sql, TRUE);
}

static gint64
count (StoreFixture *fixture, const char *table)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM %s", table);

  return store_test_number (fixture, sql);
}

static guint
trim (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  guint removed = 0;

  g_assert_true (wuyou_trim (fixture->db, NOW, &removed, &error));
  g_assert_no_error (error);
  return removed;
}

/* A day before its time it stays, a day after it goes. */
static void
test_times (StoreFixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    insert (fixture, i, 1, NOW - (rows[i].days + 1) * DAY);
    insert (fixture, i, 2, NOW - rows[i].days * DAY + DAY);
    g_assert_cmpint (count (fixture, rows[i].table), ==, 2);
  }
  g_assert_cmpuint (trim (fixture), ==, G_N_ELEMENTS (rows));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (count (fixture, rows[i].table), ==, 1);
  g_assert_cmpuint (trim (fixture), ==, 0);
}

/* What is not over has 0 there and stays, however old it is. */
static void
test_open_work (StoreFixture *fixture, gconstpointer data)
{
  insert (fixture, 5, 1, 0);
  insert (fixture, 6, 1, 0);
  g_assert_cmpuint (trim (fixture), ==, 0);
  g_assert_cmpint (count (fixture, "jobs"), ==, 1);
  g_assert_cmpint (count (fixture, "mails"), ==, 1);
}

static gboolean
insert_many (WuyouDbConn *conn, gpointer data, GError **error)
{
  for (gint64 i = 0; i < 1700; i++) {
    g_autofree char *name = g_strdup_printf ("many %d", (int) i);

    if (!wuyou_db_run (conn, error, "INSERT INTO limits (name, began_at, count, expires_at) VALUES ($1, 1, 1, $2)",
                       "ti", name, NOW - 5)
        || !wuyou_event_insert (conn, "contract", "1", i, TEST_BRANCH_PATH, NULL, NOW - (1700 - i) * DAY / 20, error))
      return FALSE;
  }
  return TRUE;
}

/* More than one batch; of the feed the oldest 30 days and more ago, and the mark says up to where. */
static void
test_batches (StoreFixture *fixture, gconstpointer data)
{
  gint64 before;

  store_test_seal (fixture);
  store_test_sql (fixture, "UPDATE events SET at = 1");
  before = count (fixture, "events");
  g_assert_true (wuyou_db_write (fixture->db, insert_many, NULL, NULL));
  store_test_seal (fixture);
  g_assert_cmpuint (trim (fixture), ==, before + 1700 + 1700 - 600);
  g_assert_cmpint (count (fixture, "limits"), ==, 0);
  g_assert_cmpint (count (fixture, "events"), ==, 600);
  g_assert_cmpint (store_test_number (fixture, "SELECT min(position) FROM events"), ==,
                   store_test_number (fixture, "SELECT value FROM marks WHERE name = 'feed-trimmed'") + 1);
}

static const StoreCase cases[] = {
  { "times", test_times },
  { "open-work", test_open_work },
  { "batches", test_batches },
};

int
main (int argc, char **argv)
{
  wuyou_test_init (&argc, &argv);
  store_test_add ("trim", cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
