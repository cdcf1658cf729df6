/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "base/wuyou-json.h"
#include "claims/wuyou-claim-forget.h"
#include "records/wuyou-job-service.h"
#include "wuyou-claim-test.h"

#define REQUEST "{\"request\":[{\"slot\":\"LOSS_NOTICE\",\"reason\":\"模糊不清\"}]}"

static void
work (WuyouSale *sale)
{
  wuyou_job_service_wake (sale->site->context.jobs);
}

static void
wait_count (WuyouSale *sale, const char *sql, gint64 n)
{
  gint64 until = g_get_monotonic_time () + 10 * G_TIME_SPAN_SECOND;

  work (sale);
  while (wuyou_site_count (sale->site, sql) != n) {
    if (g_get_monotonic_time () > until)
      g_error ("%s: %d, not %d", sql, (int) wuyou_site_count (sale->site, sql), (int) n);
    g_usleep (20000);
  }
}

#define MAILS "SELECT count(*) FROM mails WHERE kind = 'claim-due'"
#define JOBS "SELECT count(*) FROM jobs WHERE kind = 'remind' AND done_at = 0"
#define NEXT "SELECT min(due_at) FROM jobs WHERE kind = 'remind' AND done_at = 0"

static char *
bring_to_more_documents (WuyouSale *sale)
{
  char *id = wuyou_claim_test_bring_to (sale, "ad", "PRE_REVIEW");

  wuyou_claim_test_act (sale, wuyou_sale_user (sale, "op", "OCLA"), id, "request", REQUEST, 200, NULL);
  return id;
}

/* Three working days before and one: a mail, an event and a line in the timeline each time, and once, also when the
 * job is done again. */
static void
test_reminders (WuyouSale *sale)
{
  const WuyouSaleUser *clerk = wuyou_sale_user (sale, "ad", "DCLM");
  g_autofree char *id = bring_to_more_documents (sale);
  gint64 first = wuyou_site_count (sale->site, NEXT), version = wuyou_claim_test_version (sale, clerk, id);

  g_assert_cmpint (wuyou_site_count (sale->site, JOBS), ==, 2);
  wuyou_test_set_now (first - 1);
  work (sale);
  g_usleep (100000);
  g_assert_cmpint (wuyou_site_count (sale->site, MAILS), ==, 0);
  wuyou_test_set_now (first);
  wait_count (sale, MAILS, 1);
  wait_count (sale, JOBS, 1);
  g_assert_cmpint (wuyou_claim_test_version (sale, clerk, id), ==, version + 1);
  g_assert_cmpint (wuyou_site_count (sale->site, "SELECT count(*) FROM audit WHERE action = 'remind'"), ==, 1);
  wuyou_sale_sql (sale, "UPDATE jobs SET done_at = 0 WHERE kind = 'remind'"); /* as if its process had died */
  wait_count (sale, JOBS, 1);
  g_assert_cmpint (wuyou_site_count (sale->site, MAILS), ==, 1);
  g_assert_cmpint (wuyou_claim_test_version (sale, clerk, id), ==, version + 1);
  wuyou_test_set_now (wuyou_site_count (sale->site, NEXT));
  wait_count (sale, MAILS, 2);
  wait_count (sale, JOBS, 0);
}

/* Who brings the documents in time is not reminded; nor is anybody of a day that is over. */
static void
test_no_reminders (WuyouSale *sale)
{
  const WuyouSaleUser *clerk = wuyou_sale_user (sale, "ad", "DCLM");
  g_autofree char *id = bring_to_more_documents (sale);
  gint64 first = wuyou_site_count (sale->site, NEXT);

  wuyou_test_set_now (wuyou_clock_now (wuyou_test_clock ()) + G_TIME_SPAN_MINUTE);
  g_free (wuyou_claim_test_file (sale, id, "LOSS_NOTICE", WUYOU_PHASE_LOSS));
  wuyou_claim_test_act (sale, clerk, id, "supply", NULL, 200, NULL);
  wuyou_test_set_now (first + 7 * G_TIME_SPAN_DAY);
  wait_count (sale, JOBS, 0);
  g_assert_cmpint (wuyou_site_count (sale->site, MAILS), ==, 0);
  g_assert_cmpint (wuyou_site_count (sale->site, "SELECT count(*) FROM claim_reminders"), ==, 0);
}

#define DAYS(n) ((n) *G_TIME_SPAN_DAY)

static guint
forget (WuyouSale *sale, gint64 now)
{
  g_autoptr (GError) error = NULL;
  guint n = 0;

  wuyou_test_set_now (now);
  wuyou_claim_forget_drafts (&sale->site->context, now, &n, &error);
  g_assert_no_error (error);
  return n;
}

static gint64
count_keys (WuyouSale *sale, const char *id)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM customer_keys WHERE id = '%s'", id);

  return wuyou_site_count (sale->site, sql);
}

/* The last second of the last day it is there; then keys, papers and what it could be found by are gone, and it says
 * so. One that was reported stays, and so does one that somebody touched. */
static void
test_drafts (WuyouSale *sale)
{
  const WuyouSaleUser *clerk = wuyou_sale_user (sale, "ad", "DCLM");
  g_autofree char *contract = wuyou_claim_test_contract (sale, "ad"), *other = wuyou_claim_test_contract (sale, "ad");
  g_autofree char *id = wuyou_claim_test_create (sale, clerk, contract, NULL);
  g_autofree char *reported = wuyou_claim_test_create (sale, clerk, other, NULL);
  g_autofree char *file = wuyou_claim_test_file (sale, id, "LOSS_NOTICE", WUYOU_PHASE_LOSS);
  gint64 start = wuyou_date_start (wuyou_date_of_instant (wuyou_clock_now (wuyou_test_clock ())));
  g_autoptr (WuyouSaleReply) view = wuyou_claim_test_get (sale, clerk, id), after = NULL;
  g_autofree char *until = g_strdup (wuyou_json_get_string (wuyou_json_get_object (view->json, "turn"), "kept_until"));
  char day[11];

  wuyou_date_format (wuyou_date_of_instant (start) + 30, day);
  g_assert_cmpstr (until, ==, day);
  wuyou_claim_test_act (sale, clerk, reported, "report", NULL, 200, NULL);
  g_assert_cmpuint (forget (sale, start + DAYS (31) - 1), ==, 0);
  g_assert_cmpint (count_keys (sale, id), >, 0);
  g_assert_cmpuint (forget (sale, start + DAYS (31)), ==, 1);
  g_assert_cmpuint (forget (sale, start + DAYS (31)), ==, 0);
  g_assert_cmpint (count_keys (sale, id), ==, 0);
  g_assert_cmpint (count_keys (sale, reported), >, 0);
  g_assert_cmpint (wuyou_site_count (sale->site, "SELECT count(*) FROM evidence WHERE state <> 'WITHDRAWN'"), ==, 0);
  g_assert_cmpint (wuyou_site_count (sale->site, "SELECT count(*) FROM audit WHERE action = 'forget'"), ==, 1);
  after = wuyou_claim_test_get (sale, wuyou_sale_add_user (sale, "ad", "DCLM"), id);
  g_assert_true (wuyou_json_get_boolean (after->json, "erased"));
  g_assert_cmpstr (wuyou_json_get_string (wuyou_json_get_object (after->json, "claim"), "state"), ==, "WITHDRAWN");
  g_assert_false (wuyou_sale_reply_has_bytes (after, "云岭高速"));
}

int
main (int argc, char *argv[])
{
  static const WuyouSaleCase cases[] = {
    { "reminders", test_reminders },
    { "no-reminders", test_no_reminders },
    { "drafts", test_drafts },
  };

  wuyou_test_init (&argc, &argv);
  wuyou_sale_add_tests ("claims-clocks", cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
