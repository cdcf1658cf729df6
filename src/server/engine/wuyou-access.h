/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "base/wuyou-error.h"
#include "engine/wuyou-router.h"

G_BEGIN_DECLS

/* What stands between a signed-in account and its work: initial password, agreements, one-time codes, later training.
 * A row is computed on every request. */
typedef struct {
  WuyouError code;  /* what is answered while it is closed; its id stands in the session's gates */
  guint allowed_by; /* route flags that let a route pass a closed gate */
  gboolean (*is_closed) (WuyouServerContext *context,
                         const WuyouCaller *caller,
                         gint64 now,
                         gboolean *ret_closed,
                         GError **error);
} WuyouAccessGate;

/* Hooks filled in by those who own sessions, consent and limits; a NULL hook is left out, but for resolve:
 * without it every route that needs a session answers 401. */
typedef struct {
  /* UPGRADE_REQUIRED for an application that is too old, before all else; not asked for routes of any client. */
  gboolean (*client) (WuyouServerContext *context, const WuyouRequest *request, GError **error);
  /* Fills @caller (zeroed before) from the token; UNAUTHENTICATED, SUSPENDED. */
  gboolean (*resolve) (WuyouServerContext *context,
                       const WuyouRequest *request,
                       const char *token,
                       WuyouCaller *caller,
                       GError **error);
  /* RATE_LIMITED with retry_after. Called with the caller known, for public routes with the address only. */
  gboolean (*limit) (WuyouServerContext *context, const WuyouRequest *request, GError **error);
  /* A request was refused by gate, permission or step-up; for the audit log (rate-limited there). */
  void (*refused) (WuyouServerContext *context, const WuyouRequest *request, const GError *error);
  const WuyouAccessGate *gates; /* in order; ended by a row without a function */
} WuyouAccess;

/* The one place that says in which order a request is let in. */
gboolean wuyou_access_check (WuyouServerContext *context, WuyouRequest *request, GError **error);
/* Once more after a long poll woke: session, gates and permission may have changed meanwhile. */
gboolean wuyou_access_check_again (WuyouServerContext *context, WuyouRequest *request, GError **error);

/* Rows of the gate table that the caller alone decides: an initial password, one-time codes that are missing. */
gboolean wuyou_gate_password (WuyouServerContext *context,
                              const WuyouCaller *caller,
                              gint64 now,
                              gboolean *ret_closed,
                              GError **error);
gboolean wuyou_gate_codes (WuyouServerContext *context,
                           const WuyouCaller *caller,
                           gint64 now,
                           gboolean *ret_closed,
                           GError **error);

G_END_DECLS
