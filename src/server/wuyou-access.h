/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-router.h"

G_BEGIN_DECLS

/* What stands between a signed-in account and its work: initial password, agreements, later training. A row
 * is computed on every request; its check returns FALSE with the gate's own error while the gate is closed. */
typedef struct {
  const char *name; /* "consent" */
  guint allowed_by; /* route flags that let a route pass a closed gate */
  gboolean (*check) (WuyouServerContext *context, const WuyouRequest *request, GError **error);
} WuyouAccessGate;

/* Hooks filled in by those who own sessions, consent and limits; a NULL hook is left out, but for resolve:
 * without it every route that needs a session answers 401. */
typedef struct {
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
  const WuyouAccessGate *gates; /* in order; ended by a row without a name */
} WuyouAccess;

/* The one place that says in which order a request is let in. */
gboolean wuyou_access_check (WuyouServerContext *context, WuyouRequest *request, GError **error);
/* Once more after a long poll woke: session, gates and permission may have changed meanwhile. */
gboolean wuyou_access_check_again (WuyouServerContext *context, WuyouRequest *request, GError **error);

/* Closed while the caller must change an initial password: the first row of every gate table. */
gboolean wuyou_gate_check_password (WuyouServerContext *context, const WuyouRequest *request, GError **error);

G_END_DECLS
