/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-claim-remind.h"

#include <string.h>

#include "base/wuyou-error.h"
#include "claims/wuyou-claim-mail.h"
#include "records/wuyou-job-service.h"
#include "wuyou-job-store.h"

#define HOUR 9 /* of the day, when people come to work */
#define ID_LENGTH 36

static gint64
compute_time (const WuyouClaimCase *loss, WuyouDate due_on, gint64 workdays)
{
  return wuyou_date_start (wuyou_calendar_add_workdays (loss->calendar, due_on, -(int) workdays))
         + HOUR * G_TIME_SPAN_HOUR;
}

gboolean
wuyou_claim_remind_schedule (WuyouDbConn *conn,
                             const WuyouClaimCase *loss,
                             const WuyouClaim *claim,
                             gint64 now,
                             GError **error)
{
  char day[11];

  if (!wuyou_claim_awaits_dealer (claim))
    return TRUE;
  wuyou_date_format (claim->due_on, day);
  for (const gint64 *workdays = wuyou_claim_reminders; *workdays != 0; workdays++) {
    g_autofree char *name = g_strdup_printf ("%s %d", claim->id, (int) *workdays);
    gint64 at = compute_time (loss, claim->due_on, *workdays);

    if (at > now && !wuyou_job_put (conn, WUYOU_JOB_REMIND, name, day, at, error))
      return FALSE;
  }
  return TRUE;
}

typedef struct {
  WuyouClaimWrite write; /* first: the transaction gets this */
  gint64 workdays;
  WuyouDate due_on;
  WuyouMailDraft *mail; /* NULL: nobody to write to */
} Reminder;

static void
clear_reminder (Reminder *reminder)
{
  wuyou_claim_write_clear (&reminder->write);
  g_clear_pointer (&reminder->mail, wuyou_mail_draft_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reminder, clear_reminder)

/* Done before, by a process that then lost its job: the claim is as that one left it. */
static gboolean
write_reminder (WuyouDbConn *conn, gpointer data, GError **error)
{
  Reminder *reminder = data;
  const WuyouClaimWrite *write = &reminder->write;
  gboolean first;

  if (!wuyou_claim_reminder_put (conn, write->id, reminder->due_on, reminder->workdays, write->now, &first, error))
    return FALSE;
  if (!first) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_ILLEGAL_TRANSITION, "reminded before");
    return FALSE;
  }
  return wuyou_mail_draft_insert (conn, reminder->mail, write->now, error);
}

static gboolean
is_wanted (const Reminder *reminder)
{
  const WuyouClaim *claim = reminder->write.claim;

  return wuyou_claim_awaits_dealer (claim) && claim->due_on == reminder->due_on
         && wuyou_date_of_instant (reminder->write.now) <= claim->due_on;
}

static gboolean
remind (Reminder *reminder, const char *day, GError **error)
{
  WuyouClaimWrite *write = &reminder->write;
  gboolean replayed;

  if (!wuyou_claim_write_begin (write, &replayed, error))
    return FALSE;
  if (!is_wanted (reminder))
    return TRUE;
  if (!wuyou_claim_mail_new_due (write, &reminder->mail, error)
      || !wuyou_claim_write_prepare (write, "remind", day, error)
      || !wuyou_claim_write_save (write, write_reminder, error))
    return FALSE;
  if (reminder->mail != NULL)
    wuyou_mail_service_wake (write->context);
  return TRUE;
}

gboolean
wuyou_claim_remind (WuyouServerContext *context, const char *name, const char *payload, GError **error)
{
  gint64 now = wuyou_clock_now (context->clock);
  g_autofree char *id = g_strndup (name, ID_LENGTH);
  g_auto (Reminder) reminder = {
    .write = { .context = context, .actor = { .at = now }, .now = now, .id = id },
    .workdays = strlen (name) > ID_LENGTH ? g_ascii_strtoll (name + ID_LENGTH, NULL, 10) : 0,
    .due_on = wuyou_date_parse (payload),
  };

  return remind (&reminder, payload, error);
}
