/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-test.h"

#include <libpq-fe.h>

static void
test_clock (void)
{
  const WuyouClock *clock = wuyou_test_clock ();
  g_autoptr (GTimeZone) shanghai = g_time_zone_new_offset (8 * 3600);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (WUYOU_TEST_NOW / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, shanghai);
  g_autofree char *text = g_date_time_format (local, "%F %T %u");

  g_assert_cmpstr (text, ==, "2026-11-23 10:00:00 1");
  g_assert_cmpint (wuyou_clock_now (clock), ==, WUYOU_TEST_NOW);
  wuyou_test_advance (5);
  g_assert_cmpint (wuyou_clock_now (clock), ==, WUYOU_TEST_NOW + 5);
  wuyou_test_set_now (WUYOU_TEST_NOW);
}

static void
test_expect_error (void)
{
  GError *error = g_error_new_literal (WUYOU_ERROR, WUYOU_ERROR_INVALID, "no");

  wuyou_error_set_field (error, "vin", NULL);
  wuyou_test_expect_error (&error, WUYOU_ERROR_INVALID, "vin");
  g_assert_null (error);
}

static void
test_json (void)
{
  wuyou_test_assert_json ("{\"a\":1,\"b\":[2]}", "{ \"b\": [2], \"a\": 1 }");
}

static int
count_rows (const char *uri, const char *statement)
{
  PGconn *connection = PQconnectdb (uri);
  PGresult *result = PQexec (connection, statement);
  int rows = PQntuples (result);

  g_assert_cmpstr (PQerrorMessage (connection), ==, "");
  PQclear (result);
  PQfinish (connection);
  return rows;
}

static void
test_postgresql (void)
{
  g_autofree char *first = wuyou_test_new_database (WUYOU_TEST_POSTGRESQL);
  g_autofree char *second = wuyou_test_new_database (WUYOU_TEST_POSTGRESQL);

  g_assert_cmpstr (first, !=, second);
  g_assert_cmpint (count_rows (first, "CREATE TABLE kept (n int)"), ==, 0);
  g_assert_cmpint (count_rows (first, "INSERT INTO kept VALUES (1) RETURNING n"), ==, 1);
  wuyou_test_postgresql ("restart");
  g_assert_cmpint (count_rows (first, "SELECT n FROM kept"), ==, 1);
}

int
main (int argc, char **argv)
{
  wuyou_test_init (&argc, &argv);
  g_test_add_func ("/support/clock", test_clock);
  g_test_add_func ("/support/expect-error", test_expect_error);
  g_test_add_func ("/support/json", test_json);
  g_test_add_func ("/support/postgresql", test_postgresql);
  return g_test_run ();
}
