/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <json-glib/json-glib.h>

#include "base/wuyou-date.h"

G_BEGIN_DECLS

/* Weekly hours with public holidays and make-up workdays, as the operator maintains them (P-10). All times are
 * minutes of the day in +08:00; a day is open from the first minute up to, not including, the last. */
typedef struct _WuyouCalendar WuyouCalendar;

WuyouCalendar *wuyou_calendar_new (void); /* closed every day; owned */
void wuyou_calendar_free (WuyouCalendar *calendar);

void wuyou_calendar_set_hours (WuyouCalendar *calendar, int weekday, int open, int close); /* 1 Monday … 7 Sunday */
void wuyou_calendar_add_holiday (WuyouCalendar *calendar, WuyouDate date);
void wuyou_calendar_add_workday (WuyouCalendar *calendar, WuyouDate date); /* a make-up workday; wins over a holiday */

/* {"weekly_hours":[{"weekday":1,"open":"09:00","close":"18:00"},…],"holidays":["2026-10-01",…],
 * "makeup_workdays":["2026-10-10",…]}; other members are ignored. INVALID otherwise. Owned. */
WuyouCalendar *wuyou_calendar_new_from_json (JsonObject *object, GError **error);
void wuyou_calendar_write_json (const WuyouCalendar *calendar, GString *out); /* those three members, no braces */

/* A make-up day has the hours of its weekday, or where that is closed those of the first open weekday. */
gboolean wuyou_calendar_is_workday (const WuyouCalendar *calendar, WuyouDate date);
gboolean wuyou_calendar_is_open (const WuyouCalendar *calendar, gint64 instant);
gint64 wuyou_calendar_next_opening (const WuyouCalendar *calendar,
                                    gint64 instant);                           /* after @instant; 0: none in a year */
gint64 wuyou_calendar_closing (const WuyouCalendar *calendar, gint64 instant); /* when open; else 0 */

/* The @count-th workday after @date (before it when negative); @date itself for 0; NONE when there is none
 * within ten years of calendar days. */
WuyouDate wuyou_calendar_add_workdays (const WuyouCalendar *calendar, WuyouDate date, int count);
int
wuyou_calendar_count_workdays (const WuyouCalendar *calendar, WuyouDate after, WuyouDate up_to); /* (after, up_to] */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouCalendar, wuyou_calendar_free)

G_END_DECLS
