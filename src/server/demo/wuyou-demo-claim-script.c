/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "demo/wuyou-demo-claim-script.h"

#define MINUTE (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)
#define HOUR (60 * MINUTE)
#define OPENS (9 * 60)
#define LATEST (16 * 60 + 30) /* what begins later is done the next day */
#define STREAM_SCHEDULES (G_GUINT64_CONSTANT (1) << 44)

#define B(beat) WUYOU_BEAT_##beat
#define REPORTED B (CREATE), B (REPORT)
#define DETERMINED REPORTED, B (DETERMINE), B (PAYOUT)
#define SUBMITTED DETERMINED, B (SUBMIT)
#define APPROVED_FIRST SUBMITTED, B (TAKE), B (CHECK), B (APPROVE)
#define REFUSED SUBMITTED, B (TAKE), B (FAULT), B (REJECT)
#define REPLACING APPROVED_FIRST, B (CAR), B (REPLACE)
#define SUBMITTED_FINAL REPLACING, B (COSTS), B (SUBMIT)
#define APPROVED SUBMITTED_FINAL, B (TAKE), B (AMOUNT), B (CHECK), B (ENDORSE), B (APPROVE)

/* Reviews take three working days, more documents ten and five: whether a claim is due, overdue or at rest follows from
 * how long its last beat is ago. Most further claims are over, as in years of business. */
/* clang-format off */
const WuyouScript wuyou_scripts[] = {
  { WUYOU_CLAIM_DRAFT, 0, 1, 2, 6, { B (CREATE) } },
  { WUYOU_CLAIM_REPORTED, 1, 4, 3, 10, { REPORTED } },
  { WUYOU_CLAIM_REPORTED, 1, 2, 2, 8, { REPORTED, B (DETERMINE) } },
  { WUYOU_CLAIM_REPORTED, 1, 3, 1, 2, { REPORTED, B (PARTIAL) } },
  { WUYOU_CLAIM_PRE_SUBMITTED, 1, 1, 2, 6, { SUBMITTED } },
  { WUYOU_CLAIM_PRE_SUBMITTED, 3, 3, 0, 3, { SUBMITTED } },
  { WUYOU_CLAIM_PRE_SUBMITTED, 5, 5, 0, 1, { SUBMITTED } },
  { WUYOU_CLAIM_PRE_REVIEW, 1, 1, 2, 8, { SUBMITTED, B (TAKE) }, TRUE },
  { WUYOU_CLAIM_PRE_REVIEW, 1, 1, 1, 4, { SUBMITTED, B (TAKE), B (CHECK) } },
  { WUYOU_CLAIM_PRE_REVIEW, 4, 4, 0, 1, { SUBMITTED, B (TAKE), B (CHECK) } },
  { WUYOU_CLAIM_MORE_DOCS, 3, 3, 1, 6, { SUBMITTED, B (TAKE), B (REQUEST) } },
  { WUYOU_CLAIM_MORE_DOCS, 12, 13, 0, 2, { SUBMITTED, B (TAKE), B (REQUEST) } },
  { WUYOU_CLAIM_MORE_DOCS, 2, 2, 0, 2, { SUBMITTED_FINAL, B (TAKE), B (REQUEST) } },
  { WUYOU_CLAIM_PRE_REVIEW, 1, 1, 1, 2, { SUBMITTED, B (TAKE), B (REQUEST), B (SUPPLY) } },
  { WUYOU_CLAIM_PRE_APPROVED, 3, 8, 2, 14, { APPROVED_FIRST } },
  { WUYOU_CLAIM_PRE_REJECTED, 2, 4, 1, 200, { REFUSED } },
  { WUYOU_CLAIM_REPLACING, 4, 9, 2, 12, { REPLACING } },
  { WUYOU_CLAIM_FINAL_SUBMITTED, 1, 1, 1, 4, { SUBMITTED_FINAL } },
  { WUYOU_CLAIM_FINAL_REVIEW, 1, 1, 1, 4, { SUBMITTED_FINAL, B (TAKE) } },
  { WUYOU_CLAIM_FINAL_REVIEW, 1, 1, 0, 2, { SUBMITTED_FINAL, B (TAKE), B (OTHER_AMOUNT), B (CHECK) } },
  { WUYOU_CLAIM_APPROVED, 1, 1, 1, 3, { APPROVED } },
  { WUYOU_CLAIM_REJECTED, 3, 5, 0, 90, { SUBMITTED_FINAL, B (TAKE), B (AMOUNT), B (FAULT), B (REJECT) } },
  { WUYOU_CLAIM_SETTLING, 1, 1, 1, 3, { APPROVED, B (SETTLE) } },
  { WUYOU_CLAIM_CLOSED_UNPAID, 1, 4, 1, 250, { SUBMITTED, B (TAKE), B (REQUEST), B (LAPSE) } },
  { WUYOU_CLAIM_CLOSED_UNPAID, 4, 9, 0, 60, { REFUSED, B (APPEAL), B (CONFIRM) } },
  { WUYOU_CLAIM_WITHDRAWN, 3, 20, 1, 120, { B (CREATE), B (DISCARD) } },
  { WUYOU_CLAIM_WITHDRAWN, 2, 15, 2, 170, { REPORTED, B (DETERMINE), B (WITHDRAW) }, TRUE },
  { WUYOU_CLAIM_APPEAL, 1, 1, 0, 4, { REFUSED, B (APPEAL) } },
  { WUYOU_CLAIM_PRE_APPROVED, 2, 4, 0, 3, { REFUSED, B (APPEAL), B (REOPEN), B (CHECK), B (APPROVE) } },
  { WUYOU_CLAIM_CLOSED_PAID, 0, 0, 0, 0, { APPROVED, B (SETTLE), B (PAY) } },
  { 0 },
};
/* clang-format on */

/* Working days after the beat before. */
static const struct {
  guint8 least, most;
} pauses[] = {
  [WUYOU_BEAT_DETERMINE] = { 6, 12 }, [WUYOU_BEAT_PARTIAL] = { 5, 9 },      [WUYOU_BEAT_PAYOUT] = { 1, 4 },
  [WUYOU_BEAT_SUBMIT] = { 0, 1 },     [WUYOU_BEAT_TAKE] = { 0, 1 },         [WUYOU_BEAT_CHECK] = { 0, 1 },
  [WUYOU_BEAT_FAULT] = { 0, 1 },      [WUYOU_BEAT_REQUEST] = { 0, 1 },      [WUYOU_BEAT_SUPPLY] = { 2, 7 },
  [WUYOU_BEAT_LAPSE] = { 16, 16 },    [WUYOU_BEAT_APPROVE] = { 0, 1 },      [WUYOU_BEAT_REJECT] = { 0, 1 },
  [WUYOU_BEAT_APPEAL] = { 2, 6 },     [WUYOU_BEAT_REOPEN] = { 0, 1 },       [WUYOU_BEAT_CONFIRM] = { 1, 3 },
  [WUYOU_BEAT_CAR] = { 3, 9 },        [WUYOU_BEAT_COSTS] = { 7, 14 },       [WUYOU_BEAT_AMOUNT] = { 0, 1 },
  [WUYOU_BEAT_SETTLE] = { 0, 2 },     [WUYOU_BEAT_OTHER_AMOUNT] = { 0, 1 }, [WUYOU_BEAT_PAY] = { 1, 3 },
  [WUYOU_BEAT_WITHDRAW] = { 1, 5 },   [WUYOU_BEAT_DISCARD] = { 0, 2 },      [WUYOU_BEAT_ENDORSE] = { 0, 1 },
};

guint
wuyou_script_count (void)
{
  guint n = 0;

  while (wuyou_scripts[n].state != WUYOU_CLAIM_CLOSED_PAID)
    n++;
  return n;
}

static guint
get_weight (const WuyouScript *script, gboolean further)
{
  return further ? script->further : script->share;
}

guint
wuyou_script_pick (WuyouDemoRandom *random, gboolean further)
{
  guint n = wuyou_script_count (), total = 0, at;

  for (guint i = 0; i < n; i++)
    total += get_weight (&wuyou_scripts[i], further);
  at = wuyou_demo_random_below (random, total);
  for (guint i = 0; i < n; i++) {
    if (at < get_weight (&wuyou_scripts[i], further))
      return i;
    at -= get_weight (&wuyou_scripts[i], further);
  }
  return 0;
}

/* The day of the last beat: @days working days before today. Nothing is done before the day has begun. */
static WuyouDate
find_last_day (const WuyouDemoClaims *claims, guint days)
{
  WuyouDate today = wuyou_date_of_instant (claims->plan.now);
  gboolean works = wuyou_calendar_is_workday (claims->calendar, today)
                   && wuyou_instant_minute_of_day (claims->plan.now) >= OPENS + 60;

  if (days == 0 && works)
    return today;
  return wuyou_calendar_add_workdays (claims->calendar, today, -(int) MAX (days, 1));
}

/* Beats of one day follow one another within the hour. */
static void
set_times (WuyouSchedule *schedule, const WuyouDate *days, WuyouDemoRandom *random, gint64 limit)
{
  gint64 before = 0;

  for (guint i = 0; i < schedule->n; i++) {
    gboolean same_day = i > 0 && days[i] == days[i - 1];
    gint64 minute = wuyou_demo_random_between (random, OPENS, LATEST);
    gint64 lag = wuyou_demo_random_between (random, 4, 35);
    gint64 at = same_day ? before + lag * MINUTE : wuyou_date_start (days[i]) + minute * MINUTE;

    schedule->at[i] = before = MIN (at, limit - (gint64) (schedule->n - i) * G_USEC_PER_SEC);
  }
  schedule->loss_at = schedule->at[0] - wuyou_demo_random_between (random, 3 * 60, 40 * 60) * MINUTE;
}

gboolean
wuyou_script_schedule (const WuyouDemoClaims *claims,
                       const WuyouContract *contract,
                       guint index,
                       const WuyouScript *script,
                       gint64 end,
                       gboolean hurry,
                       WuyouSchedule *ret)
{
  WuyouDemoRandom random = wuyou_demo_random (claims->plan.seed, STREAM_SCHEDULES + index);
  WuyouDate days[WUYOU_SCRIPT_BEATS];

  ret->n = 0;
  while (script->beats[ret->n] != WUYOU_BEAT_END)
    ret->n++;
  days[ret->n - 1]
      = end != 0 ? wuyou_date_of_instant (end)
                 : find_last_day (claims, (guint) wuyou_demo_random_between (&random, script->fresh, script->stale));
  for (guint i = ret->n - 1; i > 0; i--) {
    WuyouBeat beat = script->beats[i];
    int pause
        = (int) wuyou_demo_random_between (&random, pauses[beat].least, hurry ? pauses[beat].least : pauses[beat].most);

    days[i - 1] = wuyou_calendar_add_workdays (claims->calendar, days[i], -pause);
  }
  set_times (ret, days, &random, end != 0 ? end : claims->plan.now);
  return wuyou_date_of_instant (ret->loss_at) >= contract->effective_on;
}
