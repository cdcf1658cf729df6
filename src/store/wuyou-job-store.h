/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-store.h"

G_BEGIN_DECLS

/* Work to be done once, at its time, by whichever process takes it first. Leases use the database's clock; @due_at is
 * business time. Each call is one transaction of its own unless it takes a connection. */
typedef struct {
  gint64 seq;
  char *kind;    /* "activate" */
  char *name;    /* what it is for, unique in its kind: a record id, a day */
  char *payload; /* JSON or NULL */
  gint64 due_at;
  guint attempts;
} WuyouJob;

void wuyou_job_free (WuyouJob *job);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouJob, wuyou_job_free)

/* A job of the same kind and name that is not done gets the new time and payload; one that is done is opened again. One
 * that is being done loses its lease and is done once more: what it is asked for now may have come too late for it. */
gboolean wuyou_job_put (WuyouDbConn *conn,
                        const char *kind,
                        const char *name,
                        const char *payload,
                        gint64 due_at,
                        GError **error);
/* The same for work of a party, as an organisation is, that shares those who do it with other parties. */
gboolean wuyou_job_put_for (WuyouDbConn *conn,
                            const char *kind,
                            const char *name,
                            const char *party,
                            gint64 due_at,
                            GError **error);
/* The same, but one that is not done is left as it is, in its turn, tried or in work: nothing is new, it is waited for.
 */
gboolean wuyou_job_want_for (WuyouDbConn *conn,
                             const char *kind,
                             const char *name,
                             const char *party,
                             gint64 due_at,
                             GError **error);
gboolean wuyou_job_cancel (WuyouDbConn *conn, const char *kind, const char *name, GError **error);
/* The next one due at @now that nobody holds, of no party; *@ret_job NULL when there is none. Others may take it after
 * @lease_seconds. */
gboolean
wuyou_job_take (WuyouDb *db, const char *holder, gint64 now, guint lease_seconds, WuyouJob **ret_job, GError **error);
/* Of the jobs of @kind the next one of the party whose turn was longest ago: who has two hundred holds up nobody. */
gboolean wuyou_job_take_fair (WuyouDb *db,
                              const char *kind,
                              const char *holder,
                              gint64 now,
                              guint lease_seconds,
                              WuyouJob **ret_job,
                              GError **error);
/* What is in somebody's hands: the job and who holds it, borrowed. */
typedef struct {
  gint64 seq;
  const char *holder;
} WuyouJobHeld;

/* For @lease_seconds more from now, those that their holders still have. */
gboolean wuyou_job_keep (WuyouDb *db, const WuyouJobHeld *held, guint n, guint lease_seconds, GError **error);
/* In the transaction that does the work: it is undone when the lease was lost (UNAVAILABLE). */
gboolean wuyou_job_finish (WuyouDbConn *conn, const WuyouJob *job, const char *holder, GError **error);
/* Tried again at @retry_at. */
gboolean wuyou_job_fail (WuyouDb *db,
                         const WuyouJob *job,
                         const char *holder,
                         const char *failure,
                         gint64 retry_at,
                         GError **error);

/* A lease by name, taken or prolonged. *@ret_taken FALSE when another holds it. */
gboolean wuyou_lease_take (WuyouDb *db,
                           const char *name,
                           const char *holder,
                           guint seconds,
                           gboolean *ret_taken,
                           GError **error);
gboolean wuyou_lease_release (WuyouDb *db, const char *name, const char *holder, GError **error);

/* Outgoing mail: a sealed row in the transaction that causes it, sent later. */
typedef struct {
  char *id, *kind, *account_id;
  char *to, *subject, *text; /* sealed at rest; text is plain UTF-8 */
  guint attempts;
} WuyouMail;

void wuyou_mail_free (WuyouMail *mail);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouMail, wuyou_mail_free)

/* Outside of the transaction; owned. */
GBytes *wuyou_mail_seal (WuyouKeys *keys, const WuyouMail *mail);
gboolean wuyou_mail_insert (WuyouDbConn *conn, const WuyouMail *mail, GBytes *sealed, gint64 now, GError **error);
gboolean wuyou_mail_take (WuyouStore *store, gint64 now, guint lease_seconds, WuyouMail **ret_mail, GError **error);
gboolean wuyou_mail_finish (WuyouStore *store, const char *id, gint64 now, GError **error); /* content is wiped */
gboolean wuyou_mail_fail (WuyouStore *store, const char *id, const char *failure, gint64 retry_at, GError **error);

G_END_DECLS
