/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "base/wuyou-error.h"
#include "wuyou-document-store.h"
#include "wuyou-job-store.h"
#include "wuyou-ledger-store.h"
#include "wuyou-request-store.h"
#include "wuyou-limit-store.h"
#include "wuyou-session-store.h"
#include "wuyou-setting-store.h"
#include "wuyou-store-test.h"

#define NOW WUYOU_TEST_NOW

typedef gboolean (*Step) (WuyouDbConn *conn, gpointer data, GError **error);

static void
run (StoreFixture *fixture, Step step)
{
  g_autoptr (GError) error = NULL;

  wuyou_db_write (fixture->db, step, fixture, &error);
  g_assert_no_error (error);
}

static void
expect (StoreFixture *fixture, Step step, WuyouError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (wuyou_db_write (fixture->db, step, fixture, &error));
  wuyou_test_expect_error (&error, code, NULL);
}

static gboolean
insert_key (WuyouDbConn *conn, gpointer data, GError **error)
{
  return wuyou_idempotency_insert (conn, "me", "key", "print", 201, "record", NOW, error);
}

static gboolean
find_key (WuyouDbConn *conn, gpointer data, GError **error)
{
  g_autofree char *record_id = NULL;
  guint status;

  if (!wuyou_idempotency_find (conn, "me", "key", "print", NOW + 1, &status, &record_id, error))
    return FALSE;
  g_assert_cmpuint (status, ==, 201);
  g_assert_cmpstr (record_id, ==, "record");
  return TRUE;
}

static gboolean
find_other_print (WuyouDbConn *conn, gpointer data, GError **error)
{
  g_autofree char *record_id = NULL;
  guint status;

  return wuyou_idempotency_find (conn, "me", "key", "other", NOW, &status, &record_id, error);
}

static gboolean
find_nothing (WuyouDbConn *conn, gpointer data, GError **error)
{
  static const struct {
    const char *account, *key;
    gint64 at;
  } rows[] = { { "you", "key", NOW }, { "me", "other", NOW }, { "me", "key", NOW + 31 * G_TIME_SPAN_DAY } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *record_id = NULL;
    guint status = 1;

    g_assert_true (
        wuyou_idempotency_find (conn, rows[i].account, rows[i].key, "print", rows[i].at, &status, &record_id, error));
    g_assert_cmpuint (status, ==, 0);
  }
  return TRUE;
}

static void
test_idempotency (StoreFixture *fixture, gconstpointer data)
{
  run (fixture, insert_key);
  run (fixture, find_key);
  run (fixture, find_nothing);
  expect (fixture, find_other_print, WUYOU_ERROR_KEY_REUSED);
  expect (fixture, insert_key, WUYOU_ERROR_CONFLICT);
}

static gboolean
insert_sessions (WuyouDbConn *conn, gpointer data, GError **error)
{
  g_autoptr (GBytes) sealed = g_bytes_new_static ("sealed", 6);
  WuyouSession session = { .id = (char *) "s1",
                           .account_id = (char *) "me",
                           .sealed = sealed,
                           .created_at = NOW,
                           .seen_at = NOW,
                           .authenticated_at = NOW,
                           .expires_at = NOW + G_TIME_SPAN_DAY,
                           .idle_seconds = 600 };
  WuyouSession second = session;

  second.id = (char *) "s2";
  second.created_at = second.seen_at = NOW + 5;
  return wuyou_session_insert (conn, &session, "h1", error) && wuyou_session_insert (conn, &second, "h2", error);
}

static gboolean
check_sessions (WuyouDbConn *conn, gpointer data, GError **error)
{
  g_autoptr (WuyouSession) found = wuyou_session_find (conn, "h1", NOW + 10, error);
  g_autoptr (WuyouSession) session = NULL;
  g_autoptr (WuyouSession) before = NULL;
  g_autoptr (GPtrArray) list = wuyou_session_list (conn, "me", NOW + 10, error);

  g_assert_cmpstr (found->id, ==, "s1");
  g_assert_cmpuint (g_bytes_get_size (found->sealed), ==, 6);
  g_assert_cmpuint (list->len, ==, 2);
  g_assert_true (wuyou_session_load (conn, "me", "s2", &session, &before, error));
  g_assert_cmpstr (session->id, ==, "s2");
  g_assert_cmpstr (before->id, ==, "s1");
  return wuyou_session_touch (conn, "s1", NOW + 20, error)
         && wuyou_session_step_up (conn, "s1", NOW + 20, NOW + 50, error);
}

static gboolean
end_others (WuyouDbConn *conn, gpointer data, GError **error)
{
  guint ended = 0;

  if (!wuyou_session_end (conn, "me", NULL, "s1", "elsewhere", NOW + 30, &ended, error))
    return FALSE;
  g_assert_cmpuint (ended, ==, 1);
  return TRUE;
}

static gboolean
find_ended (WuyouDbConn *conn, gpointer data, GError **error)
{
  return wuyou_session_find (conn, "h2", NOW + 40, error) != NULL;
}

static gboolean
find_idle (WuyouDbConn *conn, gpointer data, GError **error)
{
  return wuyou_session_find (conn, "h1", NOW + 21 + 600 * G_TIME_SPAN_SECOND, error) != NULL;
}

static void
test_sessions (StoreFixture *fixture, gconstpointer data)
{
  run (fixture, insert_sessions);
  run (fixture, check_sessions);
  run (fixture, end_others);
  expect (fixture, find_ended, WUYOU_ERROR_UNAUTHENTICATED);
  expect (fixture, find_idle, WUYOU_ERROR_UNAUTHENTICATED);
  g_assert_cmpint (store_test_number (fixture, "SELECT count(*) FROM events WHERE account_id = 'me'"), ==, 1);
}

static const WuyouFailureRule sliding = { WUYOU_FAILURE_SLIDING, 3600, 5, 60 };
static const WuyouFailureRule window = { WUYOU_FAILURE_WINDOW, 3600, 5, 60 };

static gboolean
fail_often (WuyouDbConn *conn, gpointer data, GError **error)
{
  gint64 until;
  guint count;

  for (guint i = 1; i <= 7; i++) {
    if (!wuyou_failure_add (conn, "login", &sliding, NOW, error)
        || !wuyou_failure_get (conn, "login", &count, &until, error))
      return FALSE;
    g_assert_cmpuint (count, ==, i);
    g_assert_cmpint (until, ==, i < 5 ? 0 : NOW + ((60 * G_TIME_SPAN_SECOND) << (i - 5)));
  }
  return wuyou_failure_clear (conn, "login", error);
}

static guint
fail_at (WuyouDbConn *conn, const char *key, const WuyouFailureRule *rule, guint minutes)
{
  gint64 until;
  guint count = 0;

  wuyou_failure_add (conn, key, rule, NOW + minutes * G_TIME_SPAN_MINUTE, NULL);
  wuyou_failure_get (conn, key, &count, &until, NULL);
  return count;
}

/* A shop whose people mistype now and then, all year long, is never locked out; who guesses one secret slowly, is. */
static gboolean
fail_slowly (WuyouDbConn *conn, gpointer data, GError **error)
{
  g_autoptr (GError) locked = NULL;

  for (guint i = 0; i < 30; i++)
    g_assert_cmpuint (fail_at (conn, "shop", &window, 20 * i), ==, i % 3 + 1);
  for (guint i = 0; i < 5; i++)
    g_assert_cmpuint (fail_at (conn, "guess", &sliding, 50 * i), ==, i + 1);
  g_assert_false (wuyou_failure_check (conn, "guess", NOW + 200 * G_TIME_SPAN_MINUTE, &locked));
  g_assert_cmpuint (wuyou_error_get_retry_after (locked), >=, 60);
  g_assert_cmpuint (fail_at (conn, "guess", &sliding, 200 + 62), ==, 1);
  return wuyou_failure_check (conn, "guess", NOW + 262 * G_TIME_SPAN_MINUTE, error);
}

/* The lock of a window outlasts it. */
static gboolean
fail_past_window (WuyouDbConn *conn, gpointer data, GError **error)
{
  for (guint i = 0; i < 12; i++)
    g_assert_cmpuint (fail_at (conn, "many", &window, 0), ==, i + 1);
  return wuyou_failure_check (conn, "many", NOW + 61 * G_TIME_SPAN_MINUTE, error);
}

static gboolean
use_limit (WuyouDbConn *conn, gpointer data, GError **error)
{
  for (guint i = 0; i < 3; i++)
    if (!wuyou_limit_use (conn, "mail", 3, 60, NOW + i, error))
      return FALSE;
  return TRUE;
}

static gboolean
use_later (WuyouDbConn *conn, gpointer data, GError **error)
{
  return wuyou_limit_use (conn, "mail", 3, 60, NOW + 61 * G_TIME_SPAN_SECOND, error);
}

static void
test_limits (StoreFixture *fixture, gconstpointer data)
{
  run (fixture, fail_often);
  run (fixture, fail_slowly);
  expect (fixture, fail_past_window, WUYOU_ERROR_RATE_LIMITED);
  run (fixture, use_limit);
  expect (fixture, use_limit, WUYOU_ERROR_RATE_LIMITED);
  run (fixture, use_later);
}

static gboolean
insert_reset (WuyouDbConn *conn, gpointer data, GError **error)
{
  return wuyou_reset_insert (conn, "token", "me", NOW, NOW + 100, error);
}

static gboolean
use_reset (WuyouDbConn *conn, gpointer data, GError **error)
{
  g_autofree char *account = wuyou_reset_use (conn, "token", NOW + 50, error);

  return account != NULL;
}

static void
test_reset (StoreFixture *fixture, gconstpointer data)
{
  expect (fixture, use_reset, WUYOU_ERROR_BAD_CREDENTIALS);
  run (fixture, insert_reset);
  run (fixture, use_reset);
  expect (fixture, use_reset, WUYOU_ERROR_BAD_CREDENTIALS);
}

static gboolean
put_jobs (WuyouDbConn *conn, gpointer data, GError **error)
{
  for (guint i = 0; i < 20; i++) {
    g_autofree char *name = g_strdup_printf ("%u", i);

    if (!wuyou_job_put (conn, "activate", name, NULL, NOW + i, error))
      return FALSE;
  }
  return wuyou_job_put (conn, "activate", "late", NULL, NOW + G_TIME_SPAN_DAY, error);
}

typedef struct {
  StoreFixture *fixture;
  WuyouJob *job;
  char holder[8];
  guint done;
} Worker;

static gboolean
finish_job (WuyouDbConn *conn, gpointer data, GError **error)
{
  Worker *worker = data;

  return wuyou_job_finish (conn, worker->job, worker->holder, error);
}

static gpointer
run_worker (gpointer data)
{
  Worker *worker = data;

  while (TRUE) {
    g_autoptr (WuyouJob) job = NULL;
    g_autoptr (GError) error = NULL;

    wuyou_job_take (worker->fixture->db, worker->holder, NOW + 1000, 60, &job, &error);
    g_assert_no_error (error);
    if (job == NULL)
      return NULL;
    worker->job = job;
    wuyou_db_write (worker->fixture->db, finish_job, worker, &error);
    g_assert_no_error (error);
    worker->done++;
  }
}

static void
test_jobs_once (StoreFixture *fixture, gconstpointer data)
{
  GThread *threads[6];
  Worker workers[6];
  guint done = 0;

  run (fixture, put_jobs);
  for (guint i = 0; i < 6; i++) {
    workers[i] = (Worker){ fixture, NULL, "", 0 };
    g_snprintf (workers[i].holder, sizeof workers[i].holder, "w%u", i);
    threads[i] = g_thread_new ("worker", run_worker, &workers[i]);
  }
  for (guint i = 0; i < 6; i++) {
    g_thread_join (threads[i]);
    done += workers[i].done;
  }
  g_assert_cmpuint (done, ==, 20);
  g_assert_cmpint (store_test_number (fixture, "SELECT count(*) FROM jobs WHERE done_at = 0"), ==, 1);
}

static void
test_job_lease (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (WuyouJob) first = NULL;
  g_autoptr (WuyouJob) second = NULL;
  Worker worker = { fixture, NULL, "one", 0 };
  g_autoptr (GError) error = NULL;

  run (fixture, put_jobs);
  g_assert_true (wuyou_job_take (fixture->db, "one", NOW, 0, &first, &error));
  g_usleep (2000);
  g_assert_true (wuyou_job_take (fixture->db, "two", NOW, 60, &second, &error));
  g_assert_cmpstr (first->name, ==, second->name); /* the lease of the first had run out */
  worker.job = first;
  g_assert_false (wuyou_db_write (fixture->db, finish_job, &worker, &error));
  wuyou_test_expect_error (&error, WUYOU_ERROR_UNAVAILABLE, NULL);
  g_assert_true (wuyou_job_fail (fixture->db, second, "two", "no mail", NOW + 5000, &error));
}

static gint64
count_held (StoreFixture *fixture, const char *holder)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM jobs WHERE holder = '%s'", holder);

  return store_test_number (fixture, sql);
}

static gboolean
want_first (WuyouDbConn *conn, gpointer data, GError **error)
{
  return wuyou_job_want_for (conn, "activate", "0", "", NOW, error);
}

static void
keep (StoreFixture *fixture, const WuyouJob *job, const char *holder, guint seconds)
{
  const WuyouJobHeld held = { job->seq, holder };
  g_autoptr (GError) error = NULL;

  wuyou_job_keep (fixture->db, &held, 1, seconds, &error);
  g_assert_no_error (error);
  g_usleep (2000);
}

/* Work that goes on is kept by who does it, and nobody else's; who only waits for it does not take it away. */
static void
test_job_kept (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (WuyouJob) first = NULL;
  g_autoptr (WuyouJob) second = NULL;
  g_autoptr (GError) error = NULL;

  run (fixture, put_jobs);
  g_assert_true (wuyou_job_take (fixture->db, "one", NOW, 0, &first, &error));
  keep (fixture, first, "one", 60);
  keep (fixture, first, "two", 0);
  g_assert_true (wuyou_job_take (fixture->db, "two", NOW, 60, &second, &error));
  g_assert_null (second); /* nothing else is due */
  run (fixture, want_first);
  g_assert_cmpint (count_held (fixture, "one"), ==, 1);
  keep (fixture, first, "one", 0);
  g_assert_true (wuyou_job_take (fixture->db, "two", NOW, 60, &second, &error));
  g_assert_cmpstr (second->name, ==, first->name);
}

/* One that was tried and one that waits keep their turn however often they are wanted; one that is done is opened
 * again. */
static void
test_job_wanted (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (WuyouJob) job = NULL;
  g_autoptr (WuyouJob) again = NULL;
  Worker worker = { fixture, NULL, "one", 0 };

  run (fixture, want_first);
  g_assert_true (wuyou_job_take (fixture->db, "one", NOW, 60, &job, NULL));
  g_assert_true (wuyou_job_fail (fixture->db, job, "one", "no decoder", NOW + 5000, NULL));
  run (fixture, want_first);
  g_assert_true (wuyou_job_take (fixture->db, "one", NOW + 4999, 60, &again, NULL));
  g_assert_null (again);
  g_assert_true (wuyou_job_take (fixture->db, "one", NOW + 5000, 60, &again, NULL));
  g_assert_cmpuint (again->attempts, ==, 2);
  worker.job = again;
  g_assert_true (wuyou_db_write (fixture->db, finish_job, &worker, NULL));
  g_assert_cmpint (store_test_number (fixture, "SELECT count(*) FROM jobs WHERE done_at = 0"), ==, 0);
  run (fixture, want_first);
  g_assert_cmpint (store_test_number (fixture, "SELECT count(*) FROM jobs WHERE done_at = 0 AND attempts = 0"), ==, 1);
}

static void
test_lease (StoreFixture *fixture, gconstpointer data)
{
  gboolean taken = FALSE;

  g_assert_true (wuyou_lease_take (fixture->db, "scan", "one", 60, &taken, NULL));
  g_assert_true (taken);
  g_assert_true (wuyou_lease_take (fixture->db, "scan", "two", 60, &taken, NULL));
  g_assert_false (taken);
  g_assert_true (wuyou_lease_take (fixture->db, "scan", "one", 60, &taken, NULL));
  g_assert_true (taken);
  g_assert_true (wuyou_lease_release (fixture->db, "scan", "one", NULL));
  g_assert_true (wuyou_lease_take (fixture->db, "scan", "two", 60, &taken, NULL));
  g_assert_true (taken);
}

typedef struct {
  const WuyouMail *mail;
  GBytes *sealed;
} Posting;

static gboolean
insert_mail (WuyouDbConn *conn, gpointer data, GError **error)
{
  Posting *posting = data;

  return wuyou_mail_insert (conn, posting->mail, posting->sealed, NOW, error);
}

static void
test_mail (StoreFixture *fixture, gconstpointer data)
{
  const WuyouMail mail = { .id = (char *) "m1",
                           .kind = (char *) "reset",
                           .to = (char *) "lin@example.cn",
                           .subject = (char *) "重置密码",
                           .text = (char *) "您好" };
  g_autoptr (GBytes) sealed = wuyou_mail_seal (wuyou_store_get_keys (fixture->store), &mail);
  Posting posting = { &mail, sealed };
  g_autoptr (WuyouMail) taken = NULL;
  g_autoptr (WuyouMail) none = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (wuyou_db_write (fixture->db, insert_mail, &posting, NULL));
  wuyou_mail_take (fixture->store, NOW, 60, &taken, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (taken->subject, ==, "重置密码");
  g_assert_true (wuyou_mail_take (fixture->store, NOW, 60, &none, &error));
  g_assert_null (none);
  g_assert_true (wuyou_mail_finish (fixture->store, "m1", NOW, &error));
  g_assert_cmpint (store_test_number (fixture, "SELECT length(sealed) FROM mails"), ==, 0);
}

static gboolean
post (WuyouDbConn *conn, const char *id, gint64 debit, gint64 credit, GError **error)
{
  const WuyouLedgerLine lines[]
      = { { WUYOU_LEDGER_RECEIVABLE, TEST_DEALER, debit }, { WUYOU_LEDGER_SALES, TEST_DEALER, credit } };
  const WuyouLedgerEntry entry = { .id = id,
                                   .source = "contract",
                                   .revision = 1,
                                   .event = "payment",
                                   .org_id = TEST_DEALER,
                                   .booked_on = 20000,
                                   .at = NOW,
                                   .lines = lines,
                                   .n_lines = 2 };

  return wuyou_ledger_post (conn, &entry, error);
}

static gboolean
post_twice (WuyouDbConn *conn, gpointer data, GError **error)
{
  gint64 balance;

  if (!post (conn, "e1", 500000, -500000, error) || !post (conn, "e2", 500000, -500000, error)
      || !wuyou_ledger_get_balance (conn, WUYOU_LEDGER_RECEIVABLE, TEST_DEALER, &balance, error))
    return FALSE;
  g_assert_cmpint (balance, ==, 500000);
  return TRUE;
}

static gboolean
post_unbalanced (WuyouDbConn *conn, gpointer data, GError **error)
{
  return post (conn, "e3", 5, -4, error);
}

static void
test_ledger (StoreFixture *fixture, gconstpointer data)
{
  run (fixture, post_twice);
  expect (fixture, post_unbalanced, WUYOU_ERROR_INVALID);
  g_assert_cmpint (store_test_number (fixture, "SELECT count(*) FROM ledger_lines"), ==, 2);
}

static gboolean
print_papers (WuyouDbConn *conn, gpointer data, GError **error)
{
  const WuyouStoredPaper paper = { .id = (char *) "p1",
                                   .record_id = (char *) "c1",
                                   .kind = (char *) "contract",
                                   .revision = 1,
                                   .content_sha256 = (char *) "hash" };
  g_autoptr (WuyouStoredPaper) found = NULL;
  g_autoptr (WuyouStoredPaper) none = NULL;
  WuyouPrint prints[3] = { { .id = (char *) "a" }, { .id = (char *) "b" }, { .id = (char *) "a" } };
  static const gint64 numbers[] = { 1, 2, 1 };

  if (!wuyou_paper_insert (conn, &paper, error) || !wuyou_paper_find (conn, "c1", 1, "contract", &found, error)
      || !wuyou_paper_find (conn, "c1", 2, "contract", &none, error))
    return FALSE;
  g_assert_cmpstr (found->id, ==, "p1");
  g_assert_null (none);
  for (guint i = 0; i < 3; i++) {
    gboolean new;

    prints[i].paper_id = (char *) "p1";
    prints[i].account_id = (char *) "me";
    prints[i].at = NOW + i;
    if (!wuyou_print_reserve (conn, &prints[i], &new, error))
      return FALSE;
    g_assert_cmpint (prints[i].copy_number, ==, numbers[i]);
    g_assert_true (new == (i < 2));
  }
  g_assert_cmpint (prints[2].at, ==, NOW); /* when it was printed, not when it was asked for again */
  return TRUE;
}

/* The same id for another reason is another print. */
static gboolean
print_otherwise (WuyouDbConn *conn, gpointer data, GError **error)
{
  WuyouPrint print
      = { .id = (char *) "a", .paper_id = (char *) "p1", .account_id = (char *) "me", .reprint_reason = (char *) "x" };
  gboolean new;

  return wuyou_print_reserve (conn, &print, &new, error);
}

static void
test_prints (StoreFixture *fixture, gconstpointer data)
{
  run (fixture, print_papers);
  expect (fixture, print_otherwise, WUYOU_ERROR_CONFLICT);
}

static gboolean
keep_settings (WuyouDbConn *conn, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) days = NULL;
  g_autofree char *value = NULL;
  gint64 version;

  if (!wuyou_setting_set (conn, "support-profile", "{}", NOW, error)
      || !wuyou_setting_set (conn, "support-profile", "{\"tel\":\"1\"}", NOW, error)
      || !wuyou_holiday_set (conn, 20728, WUYOU_DAY_HOLIDAY, "国庆节", error)
      || !wuyou_holiday_set (conn, 20728, WUYOU_DAY_WORKDAY, "调休", error))
    return FALSE;
  value = wuyou_setting_get (conn, "support-profile", &version, error);
  g_assert_cmpstr (value, ==, "{\"tel\":\"1\"}");
  g_assert_cmpint (version, ==, 2);
  g_assert_null (wuyou_setting_get (conn, "nothing", NULL, error));
  days = wuyou_holiday_list (conn, 20000, 21000, error);
  g_assert_cmpuint (days->len, ==, 1);
  g_assert_cmpstr (((WuyouHoliday *) days->pdata[0])->label, ==, "调休");
  return TRUE;
}

static void
test_settings (StoreFixture *fixture, gconstpointer data)
{
  run (fixture, keep_settings);
}

static const StoreCase cases[] = {
  { "idempotency", test_idempotency },
  { "sessions", test_sessions },
  { "limits", test_limits },
  { "reset", test_reset },
  { "jobs-once", test_jobs_once },
  { "job-lease", test_job_lease },
  { "job-kept", test_job_kept },
  { "job-wanted", test_job_wanted },
  { "lease", test_lease },
  { "mail", test_mail },
  { "ledger", test_ledger },
  { "prints", test_prints },
  { "settings", test_settings },
};

int
main (int argc, char **argv)
{
  wuyou_test_init (&argc, &argv);
  store_test_add ("shared", cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
