/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "base/wuyou-calendar.h"
#include "wuyou-test.h"

/* The hotline (P-10): Monday to Friday 09:00 to 18:00; National Day 2025 with its make-up days. */
static const char profile[]
    = "{\"weekly_hours\":[{\"weekday\":1,\"open\":\"09:00\",\"close\":\"18:00\"},"
      "{\"weekday\":2,\"open\":\"09:00\",\"close\":\"18:00\"},"
      "{\"weekday\":3,\"open\":\"09:00\",\"close\":\"18:00\"},"
      "{\"weekday\":4,\"open\":\"09:00\",\"close\":\"18:00\"},"
      "{\"weekday\":5,\"open\":\"09:00\",\"close\":\"18:00\"}],"
      "\"holidays\":[\"2025-10-01\",\"2025-10-02\",\"2025-10-03\",\"2025-10-04\",\"2025-10-05\","
      "\"2025-10-06\",\"2025-10-07\",\"2025-10-08\"],"
      "\"makeup_workdays\":[\"2025-09-28\",\"2025-10-11\"]";

static WuyouCalendar *
load (const char *json, GError **error)
{
  g_autoptr (JsonNode) node = json_from_string (json, NULL);

  g_assert_nonnull (node);
  return wuyou_calendar_new_from_json (json_node_get_object (node), error);
}

static WuyouCalendar *
load_profile (void)
{
  g_autofree char *json = g_strconcat (profile, ",\"tel\":\"x\"}", NULL);
  WuyouCalendar *calendar = load (json, NULL);

  g_assert_nonnull (calendar);
  return calendar;
}

static gint64
at (const char *local)
{
  g_autofree char *date = g_strndup (local, 10);

  return wuyou_date_start (wuyou_date_parse (date))
         + (g_ascii_strtoll (local + 11, NULL, 10) * 3600 + g_ascii_strtoll (local + 14, NULL, 10) * 60
            + g_ascii_strtoll (local + 17, NULL, 10))
               * G_TIME_SPAN_SECOND;
}

static void
test_open (void)
{
  static const struct {
    const char *local;
    gboolean is_open;
    const char *next; /* opening after that */
  } cases[] = {
    { "2025-09-26 08:59:59", FALSE, "2025-09-26 09:00:00" }, /* a Friday */
    { "2025-09-26 09:00:00", TRUE, "2025-09-28 09:00:00" },
    { "2025-09-26 17:59:59", TRUE, "2025-09-28 09:00:00" },
    { "2025-09-26 18:00:00", FALSE, "2025-09-28 09:00:00" },
    { "2025-09-27 10:00:00", FALSE, "2025-09-28 09:00:00" }, /* Saturday */
    { "2025-09-28 10:00:00", TRUE, "2025-09-29 09:00:00" },  /* a Sunday worked to make up */
    { "2025-10-01 10:00:00", FALSE, "2025-10-09 09:00:00" },
    { "2025-10-08 23:59:59", FALSE, "2025-10-09 09:00:00" },
    { "2025-10-11 17:59:59", TRUE, "2025-10-13 09:00:00" },
    { "2025-10-12 12:00:00", FALSE, "2025-10-13 09:00:00" },
  };
  g_autoptr (WuyouCalendar) calendar = load_profile ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    gint64 instant = at (cases[i].local);

    g_assert_cmpint (wuyou_calendar_is_open (calendar, instant), ==, cases[i].is_open);
    g_assert_cmpint (wuyou_calendar_next_opening (calendar, instant), ==, at (cases[i].next));
    g_assert_cmpint (wuyou_calendar_closing (calendar, instant) != 0, ==, cases[i].is_open);
  }
  g_assert_cmpint (wuyou_calendar_closing (calendar, at ("2025-10-11 09:00:00")), ==, at ("2025-10-11 18:00:00"));
}

static void
test_closed_for_ever (void)
{
  g_autoptr (WuyouCalendar) calendar = wuyou_calendar_new ();

  g_assert_false (wuyou_calendar_is_open (calendar, WUYOU_TEST_NOW));
  g_assert_cmpint (wuyou_calendar_next_opening (calendar, WUYOU_TEST_NOW), ==, 0);
  g_assert_cmpint (wuyou_calendar_add_workdays (calendar, wuyou_date_new (2026, 1, 1), 1), ==, WUYOU_DATE_NONE);
  g_assert_cmpint (wuyou_calendar_add_workdays (calendar, wuyou_date_new (2026, 1, 1), 0), ==,
                   wuyou_date_new (2026, 1, 1));
}

static void
test_workdays (void)
{
  g_autoptr (WuyouCalendar) calendar = load_profile ();
  WuyouDate friday = wuyou_date_new (2025, 9, 26);

  g_assert_cmpint (wuyou_calendar_add_workdays (calendar, friday, 1), ==, wuyou_date_new (2025, 9, 28));
  g_assert_cmpint (wuyou_calendar_add_workdays (calendar, friday, 3), ==, wuyou_date_new (2025, 9, 30));
  g_assert_cmpint (wuyou_calendar_add_workdays (calendar, friday, 4), ==, wuyou_date_new (2025, 10, 9));
  g_assert_cmpint (wuyou_calendar_add_workdays (calendar, wuyou_date_new (2025, 10, 9), -4), ==, friday);
  g_assert_cmpint (wuyou_calendar_count_workdays (calendar, friday, wuyou_date_new (2025, 10, 9)), ==, 4);
  g_assert_cmpint (wuyou_calendar_count_workdays (calendar, friday, friday), ==, 0);
  g_assert_cmpint (wuyou_calendar_count_workdays (calendar, wuyou_date_new (2025, 10, 9), friday), ==, 0);
  for (int n = 1; n < 300; n++) { /* adding and counting say the same */
    WuyouDate then = wuyou_calendar_add_workdays (calendar, friday, n);

    g_assert_cmpint (wuyou_calendar_count_workdays (calendar, friday, then), ==, n);
    g_assert_true (wuyou_calendar_is_workday (calendar, then));
  }
}

static void
test_round_trip (void)
{
  g_autoptr (WuyouCalendar) calendar = load_profile ();
  g_autoptr (GString) out = g_string_new ("{");

  wuyou_calendar_write_json (calendar, out);
  g_assert_cmpstr (out->str, ==, profile);
}

static void
test_refuse (void)
{
  static const char *const wrong[] = {
    "{\"weekly_hours\":{}}",
    "{\"weekly_hours\":[1]}",
    "{\"weekly_hours\":[{}]}",
    "{\"weekly_hours\":[{\"weekday\":0,\"open\":\"09:00\",\"close\":\"18:00\"}]}",
    "{\"weekly_hours\":[{\"weekday\":8,\"open\":\"09:00\",\"close\":\"18:00\"}]}",
    "{\"weekly_hours\":[{\"weekday\":\"1\",\"open\":\"09:00\",\"close\":\"18:00\"}]}",
    "{\"weekly_hours\":[{\"weekday\":1,\"open\":\"18:00\",\"close\":\"09:00\"}]}",
    "{\"weekly_hours\":[{\"weekday\":1,\"open\":\"9:00\",\"close\":\"18:00\"}]}",
    "{\"weekly_hours\":[{\"weekday\":1,\"open\":\"09:00\",\"close\":\"24:01\"}]}",
    "{\"weekly_hours\":[{\"weekday\":1,\"open\":\"09:60\",\"close\":\"18:00\"}]}",
    "{\"weekly_hours\":[{\"weekday\":1,\"open\":9,\"close\":18}]}",
    "{\"holidays\":\"2025-10-01\"}",
    "{\"holidays\":[\"2025-02-29\"]}",
    "{\"holidays\":[20251001]}",
    "{\"makeup_workdays\":[null]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    GError *error = NULL;

    g_assert_null (load (wrong[i], &error));
    wuyou_test_expect_error (&error, WUYOU_ERROR_INVALID, NULL);
  }
}

int
main (int argc, char **argv)
{
  wuyou_test_init (&argc, &argv);
  g_test_add_func ("/base/calendar/open", test_open);
  g_test_add_func ("/base/calendar/closed-for-ever", test_closed_for_ever);
  g_test_add_func ("/base/calendar/workdays", test_workdays);
  g_test_add_func ("/base/calendar/json/round-trip", test_round_trip);
  g_test_add_func ("/base/calendar/json/refuse", test_refuse);
  return g_test_run ();
}
