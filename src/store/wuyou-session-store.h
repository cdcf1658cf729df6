/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-keys.h"

G_BEGIN_DECLS

/* Sessions, sign-in failures, one-time codes and reset tokens: shared by all server processes (architecture 7).
 * Tokens are stored as SHA-256 only. Instants; text owned by the structs. */
typedef struct {
  char *id, *account_id, *device_id, *client, *locale;
  char *device_label, *host; /* stored in the sealed part only */
  GBytes *sealed;
  gint64 created_at, seen_at, expires_at, authenticated_at, stepped_up_until, ended_at;
  gint64 idle_seconds;
  gboolean second_factor;
} WuyouSession;

void wuyou_session_free (WuyouSession *session);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouSession, wuyou_session_free)

/* Where it was opened from, under the account's key: sealed before the insert, unsealed where it is shown. With @key
 * NULL (erased) nothing is known of it any more. */
void wuyou_session_seal (WuyouSession *session, const WuyouKey *key);
gboolean wuyou_session_unseal (WuyouSession *session, const WuyouKey *key, GError **error);
gboolean wuyou_session_insert (WuyouDbConn *conn, const WuyouSession *session, const char *token_hash, GError **error);
/* NULL with UNAUTHENTICATED when there is none, it ended, expired or stood idle too long at @now. */
WuyouSession *wuyou_session_find (WuyouDbConn *conn, const char *token_hash, gint64 now, GError **error);
/* The session and the one of the account before it (NULL when there was none), whatever their state. Owned. */
gboolean wuyou_session_load (WuyouDbConn *conn,
                             const char *account_id,
                             const char *id,
                             WuyouSession **ret_session,
                             WuyouSession **ret_before,
                             GError **error);
/* Live ones of an account, newest first; element WuyouSession, owned. */
GPtrArray *wuyou_session_list (WuyouDbConn *conn, const char *account_id, gint64 now, GError **error);
gboolean wuyou_session_touch (WuyouDbConn *conn, const char *id, gint64 now, GError **error);
gboolean wuyou_session_step_up (WuyouDbConn *conn, const char *id, gint64 now, gint64 until, GError **error);
/* @id NULL: all of the account but @keep (may be NULL). *@ret_ended (may be NULL): how many. Tells the account's
 * feed, so that its desktops notice at once. */
gboolean wuyou_session_end (WuyouDbConn *conn,
                            const char *account_id,
                            const char *id,
                            const char *keep,
                            const char *reason,
                            gint64 now,
                            guint *ret_ended,
                            GError **error);

/* Hashes of earlier passwords, newest first, at most @limit; element char *, owned. */
GPtrArray *wuyou_password_history_list (WuyouDbConn *conn, const char *account_id, guint limit, GError **error);
gboolean
wuyou_password_history_add (WuyouDbConn *conn, const char *account_id, const char *hash, gint64 now, GError **error);

/* The secret is sealed by the caller. NULL without error when there is none. */
GBytes *wuyou_totp_get (WuyouDbConn *conn,
                        const char *account_id,
                        gboolean *ret_confirmed,
                        gint64 *ret_last_step,
                        GError **error);
gboolean wuyou_totp_put (WuyouDbConn *conn, const char *account_id, GBytes *sealed, gint64 now, GError **error);
gboolean wuyou_totp_confirm (WuyouDbConn *conn, const char *account_id, GError **error);
gboolean wuyou_totp_remove (WuyouDbConn *conn, const char *account_id, GError **error);
/* A step is used once; BAD_CREDENTIALS when @step is not above the last one. */
gboolean wuyou_totp_use_step (WuyouDbConn *conn, const char *account_id, gint64 step, GError **error);

gboolean wuyou_reset_insert (WuyouDbConn *conn,
                             const char *token_hash,
                             const char *account_id,
                             gint64 now,
                             gint64 expires_at,
                             GError **error);
/* The account of an unused token that has not expired; _use marks it used. BAD_CREDENTIALS otherwise. Owned. */
char *wuyou_reset_find (WuyouDbConn *conn, const char *token_hash, gint64 now, GError **error);
char *wuyou_reset_use (WuyouDbConn *conn, const char *token_hash, gint64 now, GError **error);

/* A new address, sealed by the caller, that waits for the code mailed to it; one at a time for each account. */
gboolean wuyou_email_change_put (WuyouDbConn *conn,
                                 const char *token_hash,
                                 const char *account_id,
                                 GBytes *sealed,
                                 gint64 now,
                                 gint64 expires_at,
                                 GError **error);
/* Owned; BAD_CREDENTIALS when there is none of this account or it expired. _use takes it away, once. */
GBytes *
wuyou_email_change_get (WuyouDbConn *conn, const char *token_hash, const char *account_id, gint64 now, GError **error);
gboolean wuyou_email_change_use (WuyouDbConn *conn, const char *token_hash, GError **error);
gboolean wuyou_email_change_drop (WuyouDbConn *conn, const char *account_id, GError **error);

G_END_DECLS
