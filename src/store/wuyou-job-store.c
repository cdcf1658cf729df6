/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-job-store.h"

#include "base/wuyou-error.h"

void
wuyou_job_free (WuyouJob *job)
{
  if (job == NULL)
    return;
  g_free (job->kind);
  g_free (job->name);
  g_free (job->payload);
  g_free (job);
}

gboolean
wuyou_job_put (WuyouDbConn *conn,
               const char *kind,
               const char *name,
               const char *payload,
               gint64 due_at,
               GError **error)
{
  return wuyou_db_run (conn, error,
                       "INSERT INTO jobs (kind, name, payload, due_at) VALUES ($1, $2, $3, $4) "
                       "ON CONFLICT (kind, name) DO UPDATE SET payload = excluded.payload, due_at = excluded.due_at, "
                       "attempts = 0, done_at = 0, failure = NULL, holder = NULL, leased_until = 0",
                       "ttti", kind, name, payload, due_at);
}

static gboolean
set_party (WuyouDbConn *conn, const char *kind, const char *name, const char *party, GError **error)
{
  return wuyou_db_run (conn, error, "UPDATE jobs SET party = $3 WHERE kind = $1 AND name = $2 AND party <> $3", "ttt",
                       kind, name, party);
}

gboolean
wuyou_job_put_for (WuyouDbConn *conn,
                   const char *kind,
                   const char *name,
                   const char *party,
                   gint64 due_at,
                   GError **error)
{
  return wuyou_job_put (conn, kind, name, NULL, due_at, error) && set_party (conn, kind, name, party, error);
}

gboolean
wuyou_job_want_for (WuyouDbConn *conn,
                    const char *kind,
                    const char *name,
                    const char *party,
                    gint64 due_at,
                    GError **error)
{
  return wuyou_db_run (conn, error,
                       "INSERT INTO jobs (kind, name, due_at) VALUES ($1, $2, $3) ON CONFLICT (kind, name) DO UPDATE "
                       "SET payload = NULL, due_at = excluded.due_at, attempts = 0, done_at = 0, failure = NULL, "
                       "holder = NULL, leased_until = 0 WHERE jobs.done_at > 0",
                       "tti", kind, name, due_at)
         && set_party (conn, kind, name, party, error);
}

gboolean
wuyou_job_cancel (WuyouDbConn *conn, const char *kind, const char *name, GError **error)
{
  return wuyou_db_run (conn, error, "DELETE FROM jobs WHERE kind = $1 AND name = $2 AND done_at = 0", "tt", kind, name);
}

typedef struct {
  const char *kind; /* NULL: those of no party */
  const char *holder;
  gint64 now;
  guint lease_seconds;
  WuyouJob *job;
} Taking;

static WuyouJob *
read_job (WuyouDbStmt *stmt)
{
  WuyouJob *job = g_new0 (WuyouJob, 1);

  job->seq = wuyou_db_column_int (stmt, 0);
  job->kind = g_strdup (wuyou_db_column_text (stmt, 1));
  job->name = g_strdup (wuyou_db_column_text (stmt, 2));
  job->payload = g_strdup (wuyou_db_column_text (stmt, 3));
  job->due_at = wuyou_db_column_int (stmt, 4);
  job->attempts = (guint) wuyou_db_column_int (stmt, 5) + 1;
  return job;
}

#define JOB "j.seq, j.kind, j.name, j.payload, j.due_at, j.attempts"

static WuyouDbStmt *
find_next (WuyouDbConn *conn, const Taking *taking, gint64 clock, GError **error)
{
  return wuyou_db_query (conn, error,
                         "SELECT " JOB " FROM jobs j WHERE j.done_at = 0 AND j.party = '' AND j.due_at <= $1 "
                         "AND j.leased_until < $2 ORDER BY j.due_at, j.seq LIMIT 1",
                         "ii", taking->now, clock);
}

/* From party to party that has work, a few steps down an index for each, however much it is: what each would have done
 * next, and when it was its turn last. */
static WuyouDbStmt *
find_fair (WuyouDbConn *conn, const Taking *taking, gint64 clock, GError **error)
{
  return wuyou_db_query (
      conn, error,
      "WITH RECURSIVE parties (party) AS ("
      "SELECT (SELECT min(j.party) FROM jobs j WHERE j.done_at = 0 AND j.kind = $1) "
      "UNION ALL "
      "SELECT (SELECT min(j.party) FROM jobs j WHERE j.done_at = 0 AND j.kind = $1 AND j.party > p.party) "
      "FROM parties p WHERE p.party IS NOT NULL), "
      "turns (seq, taken_at) AS ("
      "SELECT (SELECT j.seq FROM jobs j WHERE j.done_at = 0 AND j.kind = $1 AND j.party = p.party "
      "AND j.due_at <= $2 AND j.leased_until < $3 ORDER BY j.due_at, j.seq LIMIT 1), "
      "coalesce((SELECT max(t.taken_at) FROM jobs t WHERE t.kind = $1 AND t.party = p.party AND t.taken_at > 0), 0) "
      "FROM parties p WHERE p.party IS NOT NULL) "
      "SELECT " JOB " FROM turns JOIN jobs j ON j.seq = turns.seq ORDER BY turns.taken_at, j.due_at, j.seq LIMIT 1",
      "tii", taking->kind, taking->now, clock);
}

static gboolean
take_job (WuyouDbConn *conn, gpointer data, GError **error)
{
  Taking *taking = data;
  WuyouDbResult result;
  WuyouDbStmt *stmt;
  gint64 clock;

  g_clear_pointer (&taking->job, wuyou_job_free);
  if (!wuyou_db_now (conn, &clock, error))
    return FALSE;
  stmt = taking->kind != NULL ? find_fair (conn, taking, clock, error) : find_next (conn, taking, clock, error);
  result = stmt != NULL ? wuyou_db_step (stmt, error) : WUYOU_DB_ERROR;
  if (result != WUYOU_DB_ROW)
    return result == WUYOU_DB_DONE;
  taking->job = read_job (stmt);
  return wuyou_db_run (
      conn, error,
      "UPDATE jobs SET holder = $2, leased_until = $3, taken_at = $4, attempts = attempts + 1 WHERE seq = $1", "itii",
      taking->job->seq, taking->holder, clock + taking->lease_seconds * G_TIME_SPAN_SECOND, clock);
}

static gboolean
take (WuyouDb *db, Taking *taking, WuyouJob **ret_job, GError **error)
{
  if (wuyou_db_write_full (db, WUYOU_DB_WRITE_MAINTENANCE, take_job, taking, error)) {
    *ret_job = taking->job;
    return TRUE;
  }
  wuyou_job_free (taking->job);
  return FALSE;
}

gboolean
wuyou_job_take (WuyouDb *db, const char *holder, gint64 now, guint lease_seconds, WuyouJob **ret_job, GError **error)
{
  Taking taking = { NULL, holder, now, lease_seconds, NULL };

  return take (db, &taking, ret_job, error);
}

gboolean
wuyou_job_take_fair (WuyouDb *db,
                     const char *kind,
                     const char *holder,
                     gint64 now,
                     guint lease_seconds,
                     WuyouJob **ret_job,
                     GError **error)
{
  Taking taking = { kind, holder, now, lease_seconds, NULL };

  return take (db, &taking, ret_job, error);
}

typedef struct {
  const WuyouJobHeld *held;
  guint n, lease_seconds;
} Keeping;

static gboolean
keep_jobs (WuyouDbConn *conn, gpointer data, GError **error)
{
  const Keeping *keeping = data;
  gint64 until;

  if (!wuyou_db_now (conn, &until, error))
    return FALSE;
  until += keeping->lease_seconds * G_TIME_SPAN_SECOND;
  for (guint i = 0; i < keeping->n; i++)
    if (!wuyou_db_run (conn, error, "UPDATE jobs SET leased_until = $3 WHERE seq = $1 AND holder = $2 AND done_at = 0",
                       "iti", keeping->held[i].seq, keeping->held[i].holder, until))
      return FALSE;
  return TRUE;
}

gboolean
wuyou_job_keep (WuyouDb *db, const WuyouJobHeld *held, guint n, guint lease_seconds, GError **error)
{
  Keeping keeping = { held, n, lease_seconds };

  return n == 0 || wuyou_db_write_full (db, WUYOU_DB_WRITE_MAINTENANCE, keep_jobs, &keeping, error);
}

static gboolean
check_held (WuyouDbConn *conn, GError **error)
{
  if (wuyou_db_changes (conn) == 1)
    return TRUE;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_UNAVAILABLE, "The lease of a job was lost");
  return FALSE;
}

gboolean
wuyou_job_finish (WuyouDbConn *conn, const WuyouJob *job, const char *holder, GError **error)
{
  gint64 clock;

  return wuyou_db_now (conn, &clock, error)
         && wuyou_db_run (conn, error,
                          "UPDATE jobs SET done_at = $3, holder = NULL, leased_until = 0, failure = NULL "
                          "WHERE seq = $1 AND holder = $2 AND done_at = 0",
                          "iti", job->seq, holder, clock)
         && check_held (conn, error);
}

typedef struct {
  const WuyouJob *job;
  const char *holder, *failure;
  gint64 retry_at;
} Failing;

static gboolean
fail_job (WuyouDbConn *conn, gpointer data, GError **error)
{
  Failing *failing = data;

  return wuyou_db_run (conn, error,
                       "UPDATE jobs SET due_at = $3, failure = $4, holder = NULL, leased_until = 0 "
                       "WHERE seq = $1 AND holder = $2",
                       "itit", failing->job->seq, failing->holder, failing->retry_at, failing->failure);
}

gboolean
wuyou_job_fail (WuyouDb *db,
                const WuyouJob *job,
                const char *holder,
                const char *failure,
                gint64 retry_at,
                GError **error)
{
  Failing failing = { job, holder, failure, retry_at };

  return wuyou_db_write_full (db, WUYOU_DB_WRITE_MAINTENANCE, fail_job, &failing, error);
}

typedef struct {
  const char *name, *holder;
  guint seconds;
  gboolean taken;
} Lease;

static gboolean
take_lease (WuyouDbConn *conn, gpointer data, GError **error)
{
  Lease *lease = data;
  gint64 now;

  if (!wuyou_db_now (conn, &now, error)
      || !wuyou_db_run (conn, error,
                        "INSERT INTO leases (name, holder, until) VALUES ($1, $2, $3) ON CONFLICT (name) DO UPDATE "
                        "SET holder = excluded.holder, until = excluded.until "
                        "WHERE leases.holder = excluded.holder OR leases.until < $4",
                        "ttii", lease->name, lease->holder, now + lease->seconds * G_TIME_SPAN_SECOND, now))
    return FALSE;
  lease->taken = wuyou_db_changes (conn) == 1;
  return TRUE;
}

gboolean
wuyou_lease_take (WuyouDb *db, const char *name, const char *holder, guint seconds, gboolean *ret_taken, GError **error)
{
  Lease lease = { name, holder, seconds, FALSE };

  if (!wuyou_db_write_full (db, WUYOU_DB_WRITE_MAINTENANCE, take_lease, &lease, error))
    return FALSE;
  *ret_taken = lease.taken;
  return TRUE;
}

static gboolean
release_lease (WuyouDbConn *conn, gpointer data, GError **error)
{
  Lease *lease = data;

  return wuyou_db_run (conn, error, "DELETE FROM leases WHERE name = $1 AND holder = $2", "tt", lease->name,
                       lease->holder);
}

gboolean
wuyou_lease_release (WuyouDb *db, const char *name, const char *holder, GError **error)
{
  Lease lease = { name, holder, 0, FALSE };

  return wuyou_db_write_full (db, WUYOU_DB_WRITE_MAINTENANCE, release_lease, &lease, error);
}
