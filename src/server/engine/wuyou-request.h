/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <json-glib/json-glib.h>

#include "base/wuyou-route.h"

G_BEGIN_DECLS

/* One request as a handler sees it: complete, checked for framing, its caller known. Everything a getter
 * returns is borrowed until the request ends; NULL when absent. */
typedef struct _WuyouRequest WuyouRequest;

/* Who calls, filled in by WuyouAccess.resolve from the bearer token. */
typedef struct {
  char account_id[40];
  char session_id[40];
  char device_id[40];
  char organisation_id[40];
  char *scope;             /* path of organisations the account sees, "/op/group/dealer/"; owned */
  guint32 roles;           /* WUYOU_ROLE_BIT */
  gint64 authenticated_at; /* instant of the password or TOTP */
  gint64 stepped_up_until; /* instant, 0: never */
  gint64 epoch;            /* of the account; a change means resync */
  gboolean must_change_password;
  gboolean must_set_up_codes; /* of the operator, and without one-time codes */
} WuyouCaller;

void wuyou_caller_clear (WuyouCaller *caller);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WuyouCaller, wuyou_caller_clear)

const WuyouRoute *wuyou_request_get_route (const WuyouRequest *request);
const WuyouCaller *wuyou_request_get_caller (const WuyouRequest *request);
const char *wuyou_request_get_id (const WuyouRequest *request);      /* 16 hex digits, in logs and X-Request-Id */
const char *wuyou_request_get_address (const WuyouRequest *request); /* client's, past a trusted proxy */
gint64 wuyou_request_get_now (const WuyouRequest *request);          /* the clock when a worker took it */

const char *wuyou_request_get_arg (const WuyouRequest *request, guint index); /* {…} of the path, decoded */
/* An argument that must be an id; NULL and NOT_FOUND otherwise. */
const char *wuyou_request_get_id_arg (const WuyouRequest *request, guint index, GError **error);
const char *wuyou_request_get_query (const WuyouRequest *request, const char *name); /* decoded UTF-8 */
/* INVALID naming a parameter that the route does not have. */
gboolean wuyou_request_check_query (const WuyouRequest *request, GError **error);
/* FALSE and INVALID naming the parameter when it is no number between @min and @max. */
gboolean wuyou_request_get_query_int (const WuyouRequest *request,
                                      const char *name,
                                      gint64 min,
                                      gint64 max,
                                      gint64 fallback,
                                      gint64 *ret_value,
                                      GError **error);
const char *wuyou_request_get_header (const WuyouRequest *request, const char *name); /* any case */
gint64 wuyou_request_get_if_match (const WuyouRequest *request); /* revision; 0 when there is none */
const char *wuyou_request_get_idempotency_key (const WuyouRequest *request);
/* SHA-256 (hex) of method, path, query and body, for idempotency. */
const char *wuyou_request_get_fingerprint (WuyouRequest *request);

/* The body; NUL follows the last byte. For streamed routes empty, see WuyouUpload. */
const char *wuyou_request_get_body (const WuyouRequest *request, gsize *ret_length);
gint64 wuyou_request_get_body_length (const WuyouRequest *request); /* as declared, before it arrived */
/* The body as a JSON object, parsed once; MALFORMED otherwise. */
JsonObject *wuyou_request_get_json (WuyouRequest *request, GError **error);

/* Long polls: TRUE when the wait is over (time, or the server stops) and the handler must answer now. */
gboolean wuyou_request_is_over (const WuyouRequest *request);
/* A note a handler leaves itself between two runs of one long poll, or for its reply; owned by the request. */
void wuyou_request_set_note (WuyouRequest *request, gpointer note, GDestroyNotify destroy);
gpointer wuyou_request_get_note (const WuyouRequest *request);

G_END_DECLS
