/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "base/wuyou-permission.h"

G_BEGIN_DECLS

/* Who is signed in, as the server said last. It holds no token (the client does) and makes no calls. */
#define WUYOU_TYPE_SESSION (wuyou_session_get_type ())
G_DECLARE_FINAL_TYPE (WuyouSession, wuyou_session, WUYOU, SESSION, GObject)

typedef enum {
  WUYOU_SESSION_SIGNED_OUT,
  WUYOU_SESSION_GATED, /* signed in, but something must be done first */
  WUYOU_SESSION_ACTIVE,
  WUYOU_SESSION_LOCKED, /* active behind the lock page */
} WuyouSessionState;

/* Signal "changed": anything below may be different. Property "state" notifies. Getters borrow; NULL when signed out.
 */
WuyouSession *wuyou_session_new (void);
WuyouSessionState wuyou_session_get_state (WuyouSession *self);
const char *wuyou_session_get_id (WuyouSession *self);
const char *wuyou_session_get_account_id (WuyouSession *self);
const char *wuyou_session_get_name (WuyouSession *self);
const char *wuyou_session_get_email (WuyouSession *self); /* masked */
const char *wuyou_session_get_phone (WuyouSession *self); /* masked */
const char *wuyou_session_get_org_id (WuyouSession *self);
const char *wuyou_session_get_org_name (WuyouSession *self);
guint32 wuyou_session_get_roles (WuyouSession *self);
/* The same of a record of which the server says "for_dealer": dealer operations take the steps of a dealership that may
 * no longer act (4.2.1). */
guint32 wuyou_session_get_roles_for (WuyouSession *self, gboolean for_dealer);
gint64 wuyou_session_get_last_sign_in_at (WuyouSession *self); /* instant, 0: first time */
const char *wuyou_session_get_last_sign_in_host (WuyouSession *self);
/* How long the window may stand open without input: the operator's limit, and the session's. 0: any. */
guint wuyou_session_get_lock_seconds (WuyouSession *self);
/* An update of the application is wanted, though it still works. */
gboolean wuyou_session_is_outdated (WuyouSession *self);
gboolean wuyou_session_has_totp (WuyouSession *self);
gboolean wuyou_session_has_gate (WuyouSession *self, const char *gate);
gboolean wuyou_session_can (WuyouSession *self, WuyouObject object, guint verbs);

/* Takes the body of POST /v1/sessions or GET /v1/session; MALFORMED when it is not one, then unchanged. */
gboolean wuyou_session_take_body (WuyouSession *self, JsonObject *body, GError **error);
char *wuyou_session_dup_body (WuyouSession *self); /* JSON for the cache, NULL when signed out; owned */
void wuyou_session_open_gate (WuyouSession *self, const char *gate); /* a reply said so, before the next resume */
void wuyou_session_set_locked (WuyouSession *self, gboolean locked);
void wuyou_session_clear (WuyouSession *self);

G_END_DECLS
