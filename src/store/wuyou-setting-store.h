/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "base/wuyou-calendar.h"
#include "wuyou-store.h"

G_BEGIN_DECLS

/* Values the operator maintains, as JSON under a name: "support-profile", "operator-profile", "password-policy". */
char *wuyou_setting_get (WuyouDbConn *conn, const char *name, gint64 *ret_version, GError **error); /* NULL: not set */
gboolean wuyou_setting_read (WuyouDb *db, const char *name, char **ret_json, GError **error); /* owned; NULL: not set */
gboolean wuyou_setting_set (WuyouDbConn *conn, const char *name, const char *json, gint64 now, GError **error);

typedef enum { WUYOU_DAY_HOLIDAY = 1, WUYOU_DAY_WORKDAY } WuyouDayKind; /* WORKDAY: make-up workday 调休 */

typedef struct {
  WuyouDate day;
  int kind;
  char *label;
} WuyouHoliday;

void wuyou_holiday_free (WuyouHoliday *holiday);
gboolean wuyou_holiday_set (WuyouDbConn *conn, WuyouDate day, WuyouDayKind kind, const char *label, GError **error);
/* From @from to @until, in order; element WuyouHoliday; owned. */
GPtrArray *wuyou_holiday_list (WuyouDbConn *conn, WuyouDate from, WuyouDate until, GError **error);

void wuyou_holiday_add_all (const GPtrArray *days, WuyouCalendar *calendar);
/* Working days by the support profile's hours and the holidays around @today; Monday to Friday where it says none, so
 * that clocks run. INVALID when the profile is not right. Owned. */
WuyouCalendar *wuyou_workdays_read (WuyouDbConn *conn, WuyouDate today, GError **error);

/* What a person told the operator; sealed by the caller. CONFLICT for an id that is there. */
gboolean wuyou_feedback_insert (WuyouDbConn *conn,
                                const char *id,
                                const char *account_id,
                                const char *kind,
                                GBytes *sealed,
                                gint64 now,
                                GError **error);

G_END_DECLS
