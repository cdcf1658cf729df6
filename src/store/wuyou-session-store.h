/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-store.h"

G_BEGIN_DECLS

/* Sessions, failed tries, one-time codes, earlier passwords and mailed tokens: in the database, so that any process
 * serves any request (architecture 7, Shared state). */
typedef struct {
  char *id, *account_id;
  char *device_id, *device_label, *client, *locale, *host;
  gint64 created_at, seen_at, authenticated_at, stepped_up_until, expires_at, idle_seconds;
  gboolean second_factor;
  gint64 ended_at; /* 0: not ended */
  char *end_reason;
} WuyouSession;

void wuyou_session_free (WuyouSession *session);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouSession, wuyou_session_free)

gboolean wuyou_session_insert (WuyouDbConn *conn, const WuyouSession *session, const char *token_hash, GError **error);
/* UNAUTHENTICATED when unknown, ended, expired or idle for too long at @now. Owned. */
WuyouSession *wuyou_session_find (WuyouDbConn *conn, const char *token_hash, gint64 now, GError **error);
/* The session and the one of the account before it (NULL when there was none), whatever their state. */
gboolean wuyou_session_load (WuyouDbConn *conn,
                             const char *account_id,
                             const char *session_id,
                             WuyouSession **ret_session,
                             WuyouSession **ret_before,
                             GError **error);
/* Those still open at @now, newest first; element WuyouSession, owned. */
GPtrArray *wuyou_session_list (WuyouDbConn *conn, const char *account_id, gint64 now, GError **error);
gboolean wuyou_session_touch (WuyouDbConn *conn, const char *id, gint64 now, GError **error);
gboolean
wuyou_session_step_up (WuyouDbConn *conn, const char *id, gint64 until, gint64 authenticated_at, GError **error);
/* Ends @session_id, or with NULL all of the account but @keep (may be NULL). Tells the account's feed. */
gboolean wuyou_session_end (WuyouDbConn *conn,
                            const char *account_id,
                            const char *session_id,
                            const char *keep,
                            const char *reason,
                            gint64 now,
                            guint *ret_ended,
                            GError **error);
gboolean wuyou_session_trim (WuyouDbConn *conn, gint64 before, GError **error); /* forgets what ended before */

/* Failed tries under @name (a keyed digest of e-mail or address). After @allowed of them the name is locked for
 * @lock_seconds, doubled with every further one, a day at most; forgotten a day after the last. */
gboolean
wuyou_failure_get (WuyouDbConn *conn, const char *name, guint *ret_count, gint64 *ret_locked_until, GError **error);
gboolean
wuyou_failure_add (WuyouDbConn *conn, const char *name, guint allowed, guint lock_seconds, gint64 now, GError **error);
gboolean wuyou_failure_clear (WuyouDbConn *conn, const char *name, GError **error);
/* Counts a use of @name in windows of @window_seconds; RATE_LIMITED with retry_after beyond @allowed. */
gboolean
wuyou_limit_use (WuyouDbConn *conn, const char *name, guint allowed, guint window_seconds, gint64 now, GError **error);
gboolean wuyou_limit_trim (WuyouDbConn *conn, gint64 now, GError **error);

/* Secrets of one-time codes, sealed by the caller. NULL without error when there is none. */
GBytes *wuyou_totp_get (WuyouDbConn *conn,
                        const char *account_id,
                        gboolean *ret_confirmed,
                        gint64 *ret_last_step,
                        GError **error);
gboolean wuyou_totp_set (WuyouDbConn *conn, const char *account_id, GBytes *sealed, GError **error); /* unconfirmed */
gboolean wuyou_totp_confirm (WuyouDbConn *conn, const char *account_id, gint64 step, GError **error);
/* BAD_CREDENTIALS when this step or a later one was used already. */
gboolean wuyou_totp_use_step (WuyouDbConn *conn, const char *account_id, gint64 step, GError **error);
gboolean wuyou_totp_remove (WuyouDbConn *conn, const char *account_id, GError **error);

/* Hashes of earlier passwords; keeps the newest @keep. List: element char *, newest first; owned. */
gboolean wuyou_password_history_add (WuyouDbConn *conn,
                                     const char *account_id,
                                     const char *hash,
                                     guint keep,
                                     gint64 now,
                                     GError **error);
GPtrArray *wuyou_password_history_list (WuyouDbConn *conn, const char *account_id, GError **error);

/* Single-use tokens that are mailed: @purpose "RESET" or "INVITE". A new one voids the older of its purpose. */
gboolean wuyou_account_token_insert (WuyouDbConn *conn,
                                     const char *token_hash,
                                     const char *account_id,
                                     const char *purpose,
                                     gint64 expires_at,
                                     GError **error);
/* The account, and the token is used up; owned. BAD_CREDENTIALS when unknown, used or expired. */
char *
wuyou_account_token_use (WuyouDbConn *conn, const char *token_hash, const char *purpose, gint64 now, GError **error);

G_END_DECLS
