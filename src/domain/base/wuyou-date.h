/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A civil date as days since 1970-01-01; 0 means "not set" (no business date is that day).
 * Range 1900-01-01 to 2199-12-31. Business days are those of Asia/Shanghai, fixed +08:00. */
typedef gint32 WuyouDate;
#define WUYOU_DATE_NONE 0

WuyouDate wuyou_date_new (int year, int month, int day); /* NONE when there is no such day */
WuyouDate wuyou_date_parse (const char *iso);            /* "2026-11-22" exactly, else NONE */
void wuyou_date_split (WuyouDate date, int *year, int *month, int *day);
void wuyou_date_format (WuyouDate date, char buffer[11]);
char *wuyou_date_format_long (WuyouDate date); /* 2026年11月22日; owned */

/* @months may be negative; the day is clamped to the end of the month (requirements 9.4). */
WuyouDate wuyou_date_add_months (WuyouDate date, int months);
/* Largest n with add_months (from, n) <= to; 0 when @to is before a full month. */
int wuyou_date_completed_months (WuyouDate from, WuyouDate to);
int wuyou_date_weekday (WuyouDate date); /* 1 Monday … 7 Sunday */

WuyouDate wuyou_date_of_instant (gint64 instant);            /* the day in +08:00 */
gint64 wuyou_date_start (WuyouDate date);                    /* 00:00 +08:00 as an instant */
int wuyou_instant_minute_of_day (gint64 instant);            /* 0 … 1439 in +08:00 */
void wuyou_instant_format (gint64 instant, char buffer[28]); /* 2026-11-22T10:31:05.000123Z */
gint64 wuyou_instant_parse (const char *iso);                /* the same form, microseconds optional; 0 when wrong */
char *wuyou_instant_format_local (gint64 instant);           /* "2026-11-22 18:31" in +08:00; owned */

G_END_DECLS
