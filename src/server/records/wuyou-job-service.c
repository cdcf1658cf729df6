/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "records/wuyou-job-service.h"

#include "base/wuyou-error.h"
#include "claims/wuyou-claim-forget.h"
#include "records/wuyou-job-kinds.h"
#include "uploads/wuyou-upload-sweep.h"
#include "wuyou-claim-store.h"
#include "wuyou-contract-store.h"
#include "wuyou-db-search.h"
#include "wuyou-job-store.h"
#include "wuyou-trim-store.h"

#define IDLE_LOOK (5 * G_TIME_SPAN_SECOND) /* other processes put jobs too */
#define KEPT 3                             /* times in its length a lease is prolonged */
#define LONGEST (10 * G_TIME_SPAN_MINUTE)
#define FIRST_RETRY (5 * G_TIME_SPAN_SECOND)
#define LAST_RETRY (10 * G_TIME_SPAN_MINUTE)
#define UPKEEP_SECONDS 3600 /* from one look at what is to be kept up to the next */
#define TRIM "trim"         /* leases: of all processes one trims within the hour, and merges within the day */
#define MERGE "merge"
#define MERGE_SECONDS (24 * 3600)

/* The scanner is a service of its own and may hang, and decoders take long: they hold up their own kind only. So many
 * runners as a lane has work at one time. */
typedef enum { LANE_SCANS, LANE_EVIDENCE, LANE_OTHERS } Lane;
static const Lane lanes[] = { LANE_SCANS, LANE_EVIDENCE, LANE_EVIDENCE, LANE_OTHERS };
#define N_RUNNERS G_N_ELEMENTS (lanes)

static const struct {
  const char *name;
  const char *kind; /* turn by turn of the organisations; NULL: what is of none, all others */
} lane_jobs[] = {
  [LANE_SCANS] = { "scans", WUYOU_JOB_SCAN },
  [LANE_EVIDENCE] = { "evidence", WUYOU_JOB_EVIDENCE },
  [LANE_OTHERS] = { "jobs", NULL },
};

typedef struct {
  WuyouJobService *service;
  Lane lane;
  char *holder; /* its own: what was asked for again may be in another's hands before this one is through */
  gboolean wanted;
  gint64 seq;   /* of the job in its hands; 0: none */
  gint64 since; /* monotonic */
  GThread *thread;
} Runner;

struct _WuyouJobService {
  WuyouServerContext *context;
  GMutex lock;
  GCond woken;
  gboolean stopping, ended; /* ended: no runner is left whose leases were to be kept */
  GCancellable *stop;       /* of what a job in hand waits for outside of this process */
  gint64 upkeep_at;         /* monotonic; of the lane of the others */
  Runner runners[N_RUNNERS];
  GThread *keeper; /* of their leases */
};

typedef struct {
  const WuyouJob *job;
  const char *holder;
} Finish;

static gboolean
write_finish (WuyouDbConn *conn, gpointer data, GError **error)
{
  Finish *finish = data;

  return wuyou_job_finish (conn, finish->job, finish->holder, error);
}

/* What the workflow no longer knows is done: the contract went another way meanwhile. A guard that names its date
 * says "not yet": the clock was set back. */
static gboolean
is_settled (const GError *error)
{
  return (g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_ILLEGAL_TRANSITION) && wuyou_error_get_field (error) == NULL)
         || g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_NOT_FOUND);
}

static gint64
compute_retry (WuyouJobService *service, const WuyouJob *job)
{
  gint64 wait = MIN (FIRST_RETRY << MIN (job->attempts, 10), LAST_RETRY);

  return wuyou_clock_now (service->context->clock) + wait;
}

/* It will be done once more: because it was asked for again meanwhile, which is as it should be, or for its lease. */
static void
tell_unfinished (const WuyouJob *job, const GError *error)
{
  gboolean expected = g_error_matches (error, WUYOU_ERROR, WUYOU_ERROR_UNAVAILABLE);

  g_log (G_LOG_DOMAIN, expected ? G_LOG_LEVEL_INFO : G_LOG_LEVEL_WARNING, "job %s not finished: %s", job->kind,
         error->message);
}

static void
run_job (const Runner *runner, const WuyouJob *job)
{
  WuyouJobService *service = runner->service;
  Finish finish = { job, runner->holder };
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) lost = NULL;
  WuyouDb *db = service->context->db;

  if (wuyou_job_run (service->context, job, &error) || is_settled (error)) {
    if (!wuyou_db_write_full (db, WUYOU_DB_WRITE_MAINTENANCE, write_finish, &finish, &lost))
      tell_unfinished (job, lost);
    return;
  }
  g_info ("job %s will be tried again: %s", job->kind, error->message);
  if (!wuyou_job_fail (db, job, runner->holder, wuyou_error_info (error->domain == WUYOU_ERROR ? error->code : 0)->id,
                       compute_retry (service, job), &lost))
    g_warning ("job %s not put back: %s", job->kind, lost->message);
}

static gboolean
take_next (const Runner *runner, WuyouJob **ret_job, GError **error)
{
  WuyouJobService *service = runner->service;
  const char *kind = lane_jobs[runner->lane].kind;
  guint seconds = service->context->config->lease_seconds;
  gint64 now = wuyou_clock_now (service->context->clock);

  if (kind == NULL)
    return wuyou_job_take (service->context->db, runner->holder, now, seconds, ret_job, error);
  return wuyou_job_take_fair (service->context->db, kind, runner->holder, now, seconds, ret_job, error);
}

static void
set_in_hand (Runner *runner, gint64 seq)
{
  g_mutex_lock (&runner->service->lock);
  runner->seq = seq;
  runner->since = g_get_monotonic_time ();
  g_mutex_unlock (&runner->service->lock);
}

static gboolean
run_next (Runner *runner)
{
  g_autoptr (WuyouJob) job = NULL;
  g_autoptr (GError) error = NULL;

  if (!take_next (runner, &job, &error)) {
    g_warning ("jobs not read: %s", error->message);
    return FALSE;
  }
  if (job == NULL)
    return FALSE;
  set_in_hand (runner, job->seq);
  run_job (runner, job);
  set_in_hand (runner, 0);
  return TRUE;
}

/* The holder is new each time: a lease that runs is not prolonged, so the work is done once while it does. */
static gboolean
take_turn (WuyouDb *db, const char *lease, guint seconds, GError **error)
{
  g_autofree char *holder = wuyou_id_random_hex (8);
  gboolean taken = FALSE;

  return wuyou_lease_take (db, lease, holder, seconds - UPKEEP_SECONDS / 60, &taken, error) && taken;
}

static void
trim (WuyouServerContext *context, GError **error)
{
  gint64 now = wuyou_clock_now (context->clock);
  guint rows = 0, files = 0, drafts = 0;

  if (!take_turn (context->db, TRIM, UPKEEP_SECONDS, error) || !wuyou_trim (context->db, now, &rows, error)
      || !wuyou_claim_forget_drafts (context, now, &drafts, error) || !wuyou_upload_sweep (context, now, &files, error))
    return;
  if (rows + files + drafts > 0)
    g_info ("upkeep: %u rows, %u files and %u drafts of claims that were over are gone", rows, files, drafts);
}

static void
keep_up (WuyouServerContext *context)
{
  g_autoptr (GError) error = NULL;

  trim (context, &error);
  if (error == NULL && take_turn (context->db, MERGE, MERGE_SECONDS, &error))
    (void) (wuyou_db_search_merge (context->db, WUYOU_SEARCH_CONTRACTS, &error)
            && wuyou_db_search_merge (context->db, WUYOU_SEARCH_CLAIMS, &error));
  if (error != NULL)
    g_warning ("upkeep not done: %s", error->message);
}

static void
keep_up_when_due (Runner *runner)
{
  WuyouJobService *service = runner->service;

  if (runner->lane != LANE_OTHERS)
    return;
  wuyou_blobs_close_idle (service->context->blobs, g_get_monotonic_time ());
  if (g_get_monotonic_time () < service->upkeep_at)
    return;
  service->upkeep_at = g_get_monotonic_time () + UPKEEP_SECONDS * G_TIME_SPAN_SECOND;
  keep_up (service->context);
}

static gboolean
wait_for_work (Runner *runner)
{
  WuyouJobService *service = runner->service;
  gint64 until = g_get_monotonic_time () + IDLE_LOOK;
  gboolean stopping;

  g_mutex_lock (&service->lock);
  while (!runner->wanted && !service->stopping && g_cond_wait_until (&service->woken, &service->lock, until))
    ;
  runner->wanted = FALSE;
  stopping = service->stopping;
  g_mutex_unlock (&service->lock);
  return !stopping;
}

static gboolean
is_stopping (WuyouJobService *service)
{
  gboolean stopping;

  g_mutex_lock (&service->lock);
  stopping = service->stopping;
  g_mutex_unlock (&service->lock);
  return stopping;
}

static gpointer
run_lane (gpointer data)
{
  Runner *runner = data;

  do {
    keep_up_when_due (runner);
    while (!is_stopping (runner->service) && run_next (runner))
      ;
  } while (wait_for_work (runner));
  return NULL;
}

/* Those that are in work; what takes longer than any work should hangs, and is left for others. */
static guint
list_held (WuyouJobService *service, WuyouJobHeld *held)
{
  gint64 now = g_get_monotonic_time ();
  guint n = 0;

  g_mutex_lock (&service->lock);
  for (guint i = 0; i < N_RUNNERS; i++) {
    const Runner *runner = &service->runners[i];

    if (runner->seq != 0 && now - runner->since < LONGEST)
      held[n++] = (WuyouJobHeld){ runner->seq, runner->holder };
  }
  g_mutex_unlock (&service->lock);
  return n;
}

/* Work takes what it takes; a lease is short all the same, so that what a killed process had in its hands waits no
 * longer than that. */
static void
keep_leases (WuyouJobService *service)
{
  g_autoptr (GError) error = NULL;
  WuyouJobHeld held[N_RUNNERS];
  guint n = list_held (service, held);

  if (!wuyou_job_keep (service->context->db, held, n, service->context->config->lease_seconds, &error))
    g_warning ("leases of jobs not kept: %s", error->message);
}

static gboolean
wait_to_keep (WuyouJobService *service)
{
  gint64 until = g_get_monotonic_time () + service->context->config->lease_seconds * G_TIME_SPAN_SECOND / KEPT;
  gboolean ended;

  g_mutex_lock (&service->lock);
  while (!service->ended && g_cond_wait_until (&service->woken, &service->lock, until))
    ;
  ended = service->ended;
  g_mutex_unlock (&service->lock);
  return !ended;
}

static gpointer
run_keeper (gpointer data)
{
  while (wait_to_keep (data))
    keep_leases (data);
  return NULL;
}

WuyouJobService *
wuyou_job_service_start (WuyouServerContext *context)
{
  WuyouJobService *service = g_new0 (WuyouJobService, 1);

  service->context = context;
  service->stop = g_cancellable_new ();
  context->jobs = service; /* before the first job looks */
  g_mutex_init (&service->lock);
  g_cond_init (&service->woken);
  for (guint i = 0; i < N_RUNNERS; i++) {
    Runner *runner = &service->runners[i];

    runner->service = service;
    runner->lane = lanes[i];
    runner->holder = wuyou_id_random_hex (8);
    runner->thread = g_thread_new (lane_jobs[runner->lane].name, run_lane, runner);
  }
  service->keeper = g_thread_new ("leases", run_keeper, service);
  return service;
}

static void
wake (WuyouJobService *service, gboolean stop)
{
  g_mutex_lock (&service->lock);
  for (guint i = 0; i < N_RUNNERS; i++)
    service->runners[i].wanted = TRUE;
  service->stopping = service->stopping || stop;
  g_cond_broadcast (&service->woken);
  g_mutex_unlock (&service->lock);
}

void
wuyou_job_service_wake (WuyouJobService *service)
{
  if (service != NULL)
    wake (service, FALSE);
}

GCancellable *
wuyou_job_service_get_stop (WuyouJobService *service)
{
  return service != NULL ? service->stop : NULL;
}

static void
end_keeper (WuyouJobService *service)
{
  g_mutex_lock (&service->lock);
  service->ended = TRUE;
  g_cond_broadcast (&service->woken);
  g_mutex_unlock (&service->lock);
  g_thread_join (service->keeper);
}

void
wuyou_job_service_stop (WuyouJobService *service)
{
  wake (service, TRUE);
  g_cancellable_cancel (service->stop);
  for (guint i = 0; i < N_RUNNERS; i++)
    g_thread_join (service->runners[i].thread);
  end_keeper (service);
  for (guint i = 0; i < N_RUNNERS; i++)
    g_free (service->runners[i].holder);
  service->context->jobs = NULL; /* not before: jobs ask there whether they shall stop */
  g_mutex_clear (&service->lock);
  g_cond_clear (&service->woken);
  g_object_unref (service->stop);
  g_free (service);
}
