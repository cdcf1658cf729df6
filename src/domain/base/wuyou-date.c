/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "base/wuyou-date.h"

#include <string.h>

#define EPOCH_JULIAN 719163 /* g_date_get_julian of 1970-01-01 */
#define SHANGHAI (8 * G_TIME_SPAN_HOUR)
/* Years of four digits in UTC: an offset may lead out of them. */
#define FIRST_INSTANT (-G_GINT64_CONSTANT (62135596800) * G_TIME_SPAN_SECOND)
#define LAST_INSTANT (G_GINT64_CONSTANT (253402300800) * G_TIME_SPAN_SECOND - 1)

WuyouDate
wuyou_date_new (int year, int month, int day)
{
  GDate date;

  if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1)
    return WUYOU_DATE_NONE;
  if (day > g_date_get_days_in_month (month, year))
    return WUYOU_DATE_NONE;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, day, month, year);
  return (WuyouDate) g_date_get_julian (&date) - EPOCH_JULIAN;
}

static int
parse_digits (const char *text, int count)
{
  int value = 0;

  for (int i = 0; i < count; i++) {
    if (!g_ascii_isdigit (text[i]))
      return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

WuyouDate
wuyou_date_parse (const char *iso)
{
  if (iso == NULL || strlen (iso) != 10 || iso[4] != '-' || iso[7] != '-')
    return WUYOU_DATE_NONE;
  return wuyou_date_new (parse_digits (iso, 4), parse_digits (iso + 5, 2), parse_digits (iso + 8, 2));
}

void
wuyou_date_split (WuyouDate date, int *year, int *month, int *day)
{
  GDate gdate;

  g_date_clear (&gdate, 1);
  g_date_set_julian (&gdate, (guint32) (date + EPOCH_JULIAN));
  *year = g_date_get_year (&gdate);
  *month = g_date_get_month (&gdate);
  *day = g_date_get_day (&gdate);
}

/* Lists write thousands of days and instants an answer: no printf. */
static char *
put_digits (char *at, guint value, int count)
{
  for (int i = count - 1; i >= 0; i--, value /= 10)
    at[i] = (char) ('0' + value % 10);
  return at + count;
}

static char *
put_day (char *at, WuyouDate date)
{
  int year, month, day;

  wuyou_date_split (date, &year, &month, &day);
  at = put_digits (at, (guint) year, 4);
  *at++ = '-';
  at = put_digits (at, (guint) month, 2);
  *at++ = '-';
  return put_digits (at, (guint) day, 2);
}

void
wuyou_date_format (WuyouDate date, char buffer[11])
{
  if (date != WUYOU_DATE_NONE)
    buffer = put_day (buffer, date);
  *buffer = '\0';
}

char *
wuyou_date_format_long (WuyouDate date)
{
  int year, month, day;

  if (date == WUYOU_DATE_NONE)
    return g_strdup ("");
  wuyou_date_split (date, &year, &month, &day);
  return g_strdup_printf ("%d年%d月%d日", year, month, day);
}

WuyouDate
wuyou_date_add_months (WuyouDate date, int months)
{
  int year, month, day, total;

  wuyou_date_split (date, &year, &month, &day);
  total = year * 12 + (month - 1) + months;
  year = total / 12;
  month = total % 12 + 1;
  if (year < 1900 || year > 2199)
    return WUYOU_DATE_NONE;
  return wuyou_date_new (year, month, MIN (day, g_date_get_days_in_month (month, year)));
}

int
wuyou_date_completed_months (WuyouDate from, WuyouDate to)
{
  int from_year, from_month, from_day, to_year, to_month, to_day, months;

  if (to < from)
    return 0;
  wuyou_date_split (from, &from_year, &from_month, &from_day);
  wuyou_date_split (to, &to_year, &to_month, &to_day);
  months = (to_year - from_year) * 12 + to_month - from_month;
  return wuyou_date_add_months (from, months) <= to ? months : months - 1;
}

int
wuyou_date_weekday (WuyouDate date)
{
  return ((date + 3) % 7 + 7) % 7 + 1; /* 1970-01-01 was a Thursday */
}

static gint64
floor_divide (gint64 value, gint64 by)
{
  return value >= 0 ? value / by : -((-value + by - 1) / by);
}

WuyouDate
wuyou_date_of_instant (gint64 instant)
{
  return (WuyouDate) floor_divide (instant + SHANGHAI, G_TIME_SPAN_DAY);
}

gint64
wuyou_date_start (WuyouDate date)
{
  return date * G_TIME_SPAN_DAY - SHANGHAI;
}

int
wuyou_instant_minute_of_day (gint64 instant)
{
  return (int) ((instant - wuyou_date_start (wuyou_date_of_instant (instant))) / G_TIME_SPAN_MINUTE);
}

void
wuyou_instant_format (gint64 instant, char buffer[28])
{
  gint64 day = floor_divide (instant, G_TIME_SPAN_DAY);
  gint64 rest = instant - day * G_TIME_SPAN_DAY;

  buffer = put_day (buffer, (WuyouDate) day);
  *buffer++ = 'T';
  buffer = put_digits (buffer, (guint) (rest / G_TIME_SPAN_HOUR), 2);
  *buffer++ = ':';
  buffer = put_digits (buffer, (guint) (rest / G_TIME_SPAN_MINUTE % 60), 2);
  *buffer++ = ':';
  buffer = put_digits (buffer, (guint) (rest / G_TIME_SPAN_SECOND % 60), 2);
  *buffer++ = '.';
  buffer = put_digits (buffer, (guint) (rest % G_TIME_SPAN_SECOND), 6);
  *buffer++ = 'Z';
  *buffer = '\0';
}

gint64
wuyou_instant_parse (const char *iso)
{
  g_autoptr (GDateTime) time = iso != NULL ? g_date_time_new_from_iso8601 (iso, NULL) : NULL;
  gint64 instant;

  if (time == NULL)
    return 0;
  instant = g_date_time_to_unix (time) * G_TIME_SPAN_SECOND + g_date_time_get_microsecond (time);
  return instant >= FIRST_INSTANT && instant <= LAST_INSTANT ? instant : 0;
}

char *
wuyou_instant_format_local (gint64 instant)
{
  char date[11];
  int minute = wuyou_instant_minute_of_day (instant);

  wuyou_date_format (wuyou_date_of_instant (instant), date);
  return g_strdup_printf ("%s %02d:%02d", date, minute / 60, minute % 60);
}
