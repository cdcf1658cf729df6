/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "accounts/wuyou-account.h"
#include "engine/wuyou-server-context.h"
#include "wuyou-limit-store.h"
#include "wuyou-session-store.h"

G_BEGIN_DECLS

/* Passwords, tokens and one-time codes. Hashing is slow on purpose: never inside a transaction. */
#define WUYOU_TOKEN_BYTES 32

char *wuyou_auth_hash_password (const char *prepared);                        /* Argon2id; owned */
gboolean wuyou_auth_verify_password (const char *hash, const char *prepared); /* @hash NULL: as slow, FALSE */
char *wuyou_auth_hash_token (const char *token);                              /* SHA-256, hex; owned */
/* The code's time step, or 0 when it is wrong. @secret: raw bytes. */
gint64 wuyou_auth_check_totp (GBytes *secret, const char *code, gint64 now);
/* A place among the few requests that may wait for hashing at one time; BUSY when there is none. */
gboolean wuyou_auth_enter (GError **error);
void wuyou_auth_leave (void);

/* By e-mail, in any case; NULL without error when there is none. Owned. */
WuyouAccount *wuyou_auth_find_account (WuyouDbConn *conn, WuyouStore *store, const char *login, GError **error);
char *wuyou_auth_dup_email_key (WuyouKeys *keys, const char *email); /* owned */
/* The account's organisation; suspended also when one above it is. Owned. */
WuyouOrg *wuyou_auth_load_org (WuyouDbConn *conn, WuyouStore *store, const WuyouAccount *account, GError **error);

/* SUSPENDED when account, employment or organisation do not let the person in today. */
gboolean wuyou_auth_check_state (const WuyouAccount *account, const WuyouOrg *org, gint64 now, GError **error);

/* What account and organisation say of a caller; the session's part stays. */
void wuyou_auth_fill_caller (WuyouCaller *caller, const WuyouAccount *account, const WuyouOrg *org);

/* Who acts, for audit rows; borrows from @request. */
WuyouActor wuyou_auth_get_actor (const WuyouRequest *request);
/* Of a request whose caller need not be known: keyed digest of its network address; owned. */
char *wuyou_auth_dup_address_key (WuyouServerContext *context, const WuyouRequest *request);

/* The hooks of WuyouAccess: sessions, limits, refusals, gates. Caches for at most 3 s; a thread
 * follows the feed and forgets what a suspension, a changed account or new agreements concern. */
void wuyou_auth_install (WuyouServerContext *context);
void wuyou_auth_uninstall (WuyouServerContext *context);
/* Something of this account changed here: forget what is cached of it. NULL: everything. */
void wuyou_auth_forget (WuyouServerContext *context, const char *account_id);

G_END_DECLS
