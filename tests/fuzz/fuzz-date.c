/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "base/wuyou-calendar.h"
#include "base/wuyou-date.h"
#include "base/wuyou-json.h"
#include "fuzz.h"

static void
try_calendar (const char *text, gsize size)
{
  g_autoptr (JsonObject) object = wuyou_json_parse_object (text, size, NULL);
  g_autoptr (WuyouCalendar) calendar = object != NULL ? wuyou_calendar_new_from_json (object, NULL) : NULL;

  if (calendar != NULL)
    wuyou_calendar_next_opening (calendar, 0);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  WuyouDate date = wuyou_date_parse (text);
  gint64 instant = wuyou_instant_parse (text);
  char shown[11], instant_shown[28];

  if (date != WUYOU_DATE_NONE) {
    wuyou_date_format (date, shown);
    g_assert_cmpstr (shown, ==, text);
    wuyou_date_add_months (date, size > 0 ? data[0] : 0);
  }
  if (instant != 0) {
    wuyou_instant_format (instant, instant_shown);
    g_assert_cmpint (wuyou_instant_parse (instant_shown), ==, instant);
  }
  try_calendar (text, size);
  return 0;
}
