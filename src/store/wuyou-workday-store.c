/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "base/wuyou-json.h"
#include "wuyou-setting-store.h"

#define DAYS_BACK 100 /* as far as a clock of a claim may look */
#define DAYS_AHEAD 500
#define OPEN (9 * 60)
#define CLOSE (18 * 60)

void
wuyou_holiday_add_all (const GPtrArray *days, WuyouCalendar *calendar)
{
  for (guint i = 0; i < days->len; i++) {
    const WuyouHoliday *day = days->pdata[i];

    if (day->kind == WUYOU_DAY_WORKDAY)
      wuyou_calendar_add_workday (calendar, day->day);
    else
      wuyou_calendar_add_holiday (calendar, day->day);
  }
}

static void
open_weekdays (WuyouCalendar *calendar)
{
  for (int weekday = 1; weekday <= 5; weekday++)
    wuyou_calendar_set_hours (calendar, weekday, OPEN, CLOSE);
}

static gboolean
has_hours (JsonObject *profile)
{
  JsonArray *hours = profile != NULL ? wuyou_json_get_array (profile, "weekly_hours") : NULL;

  return hours != NULL && json_array_get_length (hours) > 0;
}

static WuyouCalendar *
read_hours (WuyouDbConn *conn, GError **error)
{
  GError *local = NULL;
  g_autofree char *json = wuyou_setting_get (conn, "support-profile", NULL, &local);
  g_autoptr (JsonObject) profile = json != NULL ? wuyou_json_parse_object (json, strlen (json), &local) : NULL;
  WuyouCalendar *calendar;

  if (local != NULL) {
    g_propagate_error (error, local);
    return NULL;
  }
  if (has_hours (profile))
    return wuyou_calendar_new_from_json (profile, error);
  calendar = wuyou_calendar_new ();
  open_weekdays (calendar);
  return calendar;
}

WuyouCalendar *
wuyou_workdays_read (WuyouDbConn *conn, WuyouDate today, GError **error)
{
  g_autoptr (WuyouCalendar) calendar = read_hours (conn, error);
  g_autoptr (GPtrArray) days
      = calendar != NULL ? wuyou_holiday_list (conn, today - DAYS_BACK, today + DAYS_AHEAD, error) : NULL;

  if (days == NULL)
    return NULL;
  wuyou_holiday_add_all (days, calendar);
  return g_steal_pointer (&calendar);
}
