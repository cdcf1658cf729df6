/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-db.h"

G_BEGIN_DECLS

/* How often something may be done, and how often it failed: counted by all server processes together. */

/* Counts a use of @key in windows of @seconds; RATE_LIMITED with retry_after beyond @allowed. */
gboolean wuyou_limit_use (WuyouDbConn *conn, const char *key, guint allowed, guint seconds, gint64 now, GError **error);

/* Failures are counted by a key: a keyed hash of the login, or of the address. What counts them, and for how long. */
typedef enum {
  WUYOU_FAILURE_SLIDING, /* until @seconds passed without one: somebody's secret is guessed */
  WUYOU_FAILURE_WINDOW,  /* those within @seconds of the first: many people share the key */
} WuyouFailureKind;

typedef struct {
  WuyouFailureKind kind;
  guint seconds;
  guint limit; /* from this one on the key is locked … */
  guint lock;  /* … for so many seconds, doubling with each further one, at most a day */
} WuyouFailureRule;

extern const WuyouFailureRule wuyou_failures_of_login, wuyou_failures_of_address;

gboolean
wuyou_failure_get (WuyouDbConn *conn, const char *key, guint *ret_count, gint64 *ret_locked_until, GError **error);
/* RATE_LIMITED with retry_after while @key is locked. */
gboolean wuyou_failure_check (WuyouDbConn *conn, const char *key, gint64 now, GError **error);
/* Counts one more, in whichever process it happened. */
gboolean
wuyou_failure_add (WuyouDbConn *conn, const char *key, const WuyouFailureRule *rule, gint64 now, GError **error);
gboolean wuyou_failure_clear (WuyouDbConn *conn, const char *key, GError **error);

G_END_DECLS
