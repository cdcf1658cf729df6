/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "base/wuyou-calendar.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "base/wuyou-refusal.h"

#define DAYS_A_WEEK 7
#define MINUTES_A_DAY (24 * 60)
#define OPENING_HORIZON 366
#define WORKDAY_HORIZON 3660

typedef struct {
  int open, close; /* the same: closed */
} Hours;

struct _WuyouCalendar {
  Hours weekly[DAYS_A_WEEK];
  GHashTable *holidays, *workdays; /* sets of WuyouDate */
};

WuyouCalendar *
wuyou_calendar_new (void)
{
  WuyouCalendar *calendar = g_new0 (WuyouCalendar, 1);

  calendar->holidays = g_hash_table_new (NULL, NULL);
  calendar->workdays = g_hash_table_new (NULL, NULL);
  return calendar;
}

void
wuyou_calendar_free (WuyouCalendar *calendar)
{
  if (calendar == NULL)
    return;
  g_hash_table_unref (calendar->holidays);
  g_hash_table_unref (calendar->workdays);
  g_free (calendar);
}

void
wuyou_calendar_set_hours (WuyouCalendar *calendar, int weekday, int open, int close)
{
  g_return_if_fail (weekday >= 1 && weekday <= DAYS_A_WEEK);
  g_return_if_fail (open >= 0 && open <= close && close <= MINUTES_A_DAY);
  calendar->weekly[weekday - 1] = (Hours){ open, close };
}

void
wuyou_calendar_add_holiday (WuyouCalendar *calendar, WuyouDate date)
{
  g_hash_table_add (calendar->holidays, GINT_TO_POINTER (date));
}

void
wuyou_calendar_add_workday (WuyouCalendar *calendar, WuyouDate date)
{
  g_hash_table_add (calendar->workdays, GINT_TO_POINTER (date));
}

static int
read_minute (const char *text)
{
  int hour, minute;

  if (text == NULL || strlen (text) != 5 || text[2] != ':')
    return -1;
  for (int i = 0; i < 5; i++)
    if (i != 2 && !g_ascii_isdigit (text[i]))
      return -1;
  hour = (text[0] - '0') * 10 + text[1] - '0';
  minute = (text[3] - '0') * 10 + text[4] - '0';
  return minute > 59 || hour * 60 + minute > MINUTES_A_DAY ? -1 : hour * 60 + minute;
}

static const char *
get_string (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

static gboolean
read_hours (WuyouCalendar *calendar, JsonNode *node)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonNode *weekday = object != NULL ? json_object_get_member (object, "weekday") : NULL;
  int open, close;

  if (weekday == NULL || !JSON_NODE_HOLDS_VALUE (weekday) || json_node_get_value_type (weekday) != G_TYPE_INT64)
    return FALSE;
  open = read_minute (get_string (json_object_get_member (object, "open")));
  close = read_minute (get_string (json_object_get_member (object, "close")));
  if (json_node_get_int (weekday) < 1 || json_node_get_int (weekday) > DAYS_A_WEEK || open < 0 || close <= open)
    return FALSE;
  wuyou_calendar_set_hours (calendar, (int) json_node_get_int (weekday), open, close);
  return TRUE;
}

static gboolean
read_holiday (WuyouCalendar *calendar, JsonNode *node)
{
  WuyouDate date = wuyou_date_parse (get_string (node));

  if (date != WUYOU_DATE_NONE)
    wuyou_calendar_add_holiday (calendar, date);
  return date != WUYOU_DATE_NONE;
}

static gboolean
read_workday (WuyouCalendar *calendar, JsonNode *node)
{
  WuyouDate date = wuyou_date_parse (get_string (node));

  if (date != WUYOU_DATE_NONE)
    wuyou_calendar_add_workday (calendar, date);
  return date != WUYOU_DATE_NONE;
}

static gboolean
read_array (WuyouCalendar *calendar,
            JsonObject *object,
            const char *name,
            gboolean (*read) (WuyouCalendar *calendar, JsonNode *node))
{
  JsonNode *node = json_object_get_member (object, name);
  JsonArray *array;

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!read (calendar, json_array_get_element (array, i)))
      return FALSE;
  return TRUE;
}

WuyouCalendar *
wuyou_calendar_new_from_json (JsonObject *object, GError **error)
{
  g_autoptr (WuyouCalendar) calendar = wuyou_calendar_new ();

  if (!read_array (calendar, object, "weekly_hours", read_hours)) {
    wuyou_refuse (error, NULL, N_ ("The weekly hours are not right: a weekday 1 to 7, opening and closing as 09:00."));
    return NULL;
  }
  if (!read_array (calendar, object, "holidays", read_holiday)
      || !read_array (calendar, object, "makeup_workdays", read_workday)) {
    wuyou_refuse (error, NULL, N_ ("The holidays are not right: each is a date such as 2026-10-01."));
    return NULL;
  }
  return g_steal_pointer (&calendar);
}

static int
compare_dates (gconstpointer a, gconstpointer b)
{
  return GPOINTER_TO_INT (a) - GPOINTER_TO_INT (b);
}

static void
write_dates (GString *out, const char *name, GHashTable *dates)
{
  g_autoptr (GList) sorted = g_list_sort (g_hash_table_get_keys (dates), compare_dates);

  g_string_append_printf (out, ",\"%s\":[", name);
  for (GList *link = sorted; link != NULL; link = link->next) {
    char iso[11];

    wuyou_date_format (GPOINTER_TO_INT (link->data), iso);
    g_string_append_printf (out, "%s\"%s\"", link == sorted ? "" : ",", iso);
  }
  g_string_append_c (out, ']');
}

void
wuyou_calendar_write_json (const WuyouCalendar *calendar, GString *out)
{
  const char *separator = "";

  g_string_append (out, "\"weekly_hours\":[");
  for (int i = 0; i < DAYS_A_WEEK; i++) {
    Hours hours = calendar->weekly[i];

    if (hours.open == hours.close)
      continue;
    g_string_append_printf (out, "%s{\"weekday\":%d,\"open\":\"%02d:%02d\",\"close\":\"%02d:%02d\"}", separator, i + 1,
                            hours.open / 60, hours.open % 60, hours.close / 60, hours.close % 60);
    separator = ",";
  }
  g_string_append_c (out, ']');
  write_dates (out, "holidays", calendar->holidays);
  write_dates (out, "makeup_workdays", calendar->workdays);
}

static Hours
find_hours (const WuyouCalendar *calendar, WuyouDate date)
{
  Hours hours = calendar->weekly[wuyou_date_weekday (date) - 1];

  if (!g_hash_table_contains (calendar->workdays, GINT_TO_POINTER (date)))
    return g_hash_table_contains (calendar->holidays, GINT_TO_POINTER (date)) ? (Hours){ 0, 0 } : hours;
  for (int i = 0; i < DAYS_A_WEEK && hours.open == hours.close; i++)
    hours = calendar->weekly[i];
  return hours;
}

gboolean
wuyou_calendar_is_workday (const WuyouCalendar *calendar, WuyouDate date)
{
  Hours hours = find_hours (calendar, date);

  return hours.open != hours.close;
}

gboolean
wuyou_calendar_is_open (const WuyouCalendar *calendar, gint64 instant)
{
  Hours hours = find_hours (calendar, wuyou_date_of_instant (instant));
  int minute = wuyou_instant_minute_of_day (instant);

  return minute >= hours.open && minute < hours.close;
}

gint64
wuyou_calendar_next_opening (const WuyouCalendar *calendar, gint64 instant)
{
  WuyouDate today = wuyou_date_of_instant (instant);

  for (WuyouDate date = today; date <= today + OPENING_HORIZON; date++) {
    Hours hours = find_hours (calendar, date);
    gint64 opening = wuyou_date_start (date) + hours.open * G_TIME_SPAN_MINUTE;

    if (hours.open != hours.close && opening > instant)
      return opening;
  }
  return 0;
}

gint64
wuyou_calendar_closing (const WuyouCalendar *calendar, gint64 instant)
{
  WuyouDate date = wuyou_date_of_instant (instant);

  if (!wuyou_calendar_is_open (calendar, instant))
    return 0;
  return wuyou_date_start (date) + find_hours (calendar, date).close * G_TIME_SPAN_MINUTE;
}

WuyouDate
wuyou_calendar_add_workdays (const WuyouCalendar *calendar, WuyouDate date, int count)
{
  int step = count < 0 ? -1 : 1;
  WuyouDate result = date;

  for (int left = abs (count); left > 0;) {
    result += step;
    if (abs (result - date) > WORKDAY_HORIZON)
      return WUYOU_DATE_NONE;
    if (wuyou_calendar_is_workday (calendar, result))
      left--;
  }
  return result;
}

int
wuyou_calendar_count_workdays (const WuyouCalendar *calendar, WuyouDate after, WuyouDate up_to)
{
  int count = 0;

  for (WuyouDate date = after + 1; date <= up_to; date++)
    count += wuyou_calendar_is_workday (calendar, date);
  return count;
}
