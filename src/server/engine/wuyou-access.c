/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "engine/wuyou-access.h"

#include <string.h>

#include "base/wuyou-error.h"
#include "engine/wuyou-request-private.h"
#include "engine/wuyou-server-context.h"

/* RFC 6750: the scheme in any case, then one token. */
static const char *
find_token (const WuyouRequest *request)
{
  const char *value = wuyou_request_get_header (request, "Authorization");

  if (value == NULL || g_ascii_strncasecmp (value, "Bearer ", 7) != 0)
    return NULL;
  value += 7;
  return *value != '\0' && strlen (value) <= 256 && strpbrk (value, " ,\"") == NULL ? value : NULL;
}

static gboolean
resolve_caller (WuyouServerContext *context, WuyouRequest *request, GError **error)
{
  const char *token = find_token (request);

  if (token == NULL || context->access.resolve == NULL) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_UNAUTHENTICATED, "");
    return FALSE;
  }
  wuyou_caller_clear (&request->caller);
  return context->access.resolve (context, request, token, &request->caller, error);
}

static gboolean
check_gate (WuyouServerContext *context, const WuyouAccessGate *gate, const WuyouRequest *request, GError **error)
{
  gboolean closed;

  if (!gate->is_closed (context, &request->caller, request->now, &closed, error))
    return FALSE;
  if (closed)
    g_set_error_literal (error, WUYOU_ERROR, gate->code, "");
  return !closed;
}

static gboolean
check_gates (WuyouServerContext *context, const WuyouRequest *request, GError **error)
{
  for (const WuyouAccessGate *gate = context->access.gates; gate != NULL && gate->is_closed != NULL; gate++)
    if ((request->route->flags & gate->allowed_by) == 0 && !check_gate (context, gate, request, error))
      return FALSE;
  return TRUE;
}

static gboolean
check_permission (const WuyouRequest *request, GError **error)
{
  if (wuyou_permission_check (request->caller.roles, request->route->object, request->route->verbs))
    return TRUE;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_FORBIDDEN, "");
  return FALSE;
}

static gboolean
check_step_up (const WuyouRequest *request, GError **error)
{
  if ((request->route->flags & WUYOU_ROUTE_NEEDS_STEP_UP) == 0 || request->caller.stepped_up_until > request->now)
    return TRUE;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_STEP_UP_REQUIRED, "");
  return FALSE;
}

static gboolean
check_client (WuyouServerContext *context, const WuyouRequest *request, GError **error)
{
  return (request->route->flags & WUYOU_ROUTE_ANY_CLIENT) != 0 || context->access.client == NULL
         || context->access.client (context, request, error);
}

static gboolean
check_limit (WuyouServerContext *context, const WuyouRequest *request, GError **error)
{
  return context->access.limit == NULL || context->access.limit (context, request, error);
}

static gboolean
check_needed_headers (const WuyouRequest *request, GError **error)
{
  if ((request->route->flags & WUYOU_ROUTE_IDEMPOTENT) != 0 && request->idempotency_key == NULL) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_MALFORMED, "Idempotency-Key is needed here");
    return FALSE;
  }
  if ((request->route->flags & WUYOU_ROUTE_IF_MATCH) != 0 && request->if_match == 0) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_PRECONDITION_REQUIRED, "If-Match is needed here");
    return FALSE;
  }
  return TRUE;
}

static gboolean
check_caller (WuyouServerContext *context, WuyouRequest *request, GError **error)
{
  GError *local = NULL;

  if (check_gates (context, request, &local) && check_permission (request, &local) && check_step_up (request, &local))
    return TRUE;
  if (context->access.refused != NULL)
    context->access.refused (context, request, local);
  g_propagate_error (error, local);
  return FALSE;
}

/* Before this the head was checked for framing and against the route (length and type of the body). Then, in this
 * order:
 *   0. whether the application is not too old (426);
 *   1. a public route: its rate limit by address, nothing else;
 *   2. who calls (401), so that nobody without a session learns anything more;
 *   3. the rate limit of that caller (429);
 *   4. gates in their order: initial password, agreements, one-time codes, … (403 with the gate's code);
 *   5. the permission of the route for the caller's roles (403);
 *   6. a recent step-up, where the route asks for one (403);
 *   7. Idempotency-Key (400) and If-Match (428), where the route asks for them.
 * Whether a record is the caller's to see is the handler's question (404), as only it knows the record. */
gboolean
wuyou_access_check (WuyouServerContext *context, WuyouRequest *request, GError **error)
{
  if (!check_client (context, request, error))
    return FALSE;
  if ((request->route->flags & WUYOU_ROUTE_PUBLIC) != 0)
    return check_limit (context, request, error);
  return resolve_caller (context, request, error) && check_limit (context, request, error)
         && check_caller (context, request, error) && check_needed_headers (request, error);
}

gboolean
wuyou_access_check_again (WuyouServerContext *context, WuyouRequest *request, GError **error)
{
  if ((request->route->flags & WUYOU_ROUTE_PUBLIC) != 0)
    return TRUE;
  return check_client (context, request, error) && resolve_caller (context, request, error)
         && check_caller (context, request, error);
}

gboolean
wuyou_gate_password (WuyouServerContext *context,
                     const WuyouCaller *caller,
                     gint64 now,
                     gboolean *ret_closed,
                     GError **error)
{
  *ret_closed = caller->must_change_password;
  return TRUE;
}

gboolean
wuyou_gate_codes (WuyouServerContext *context,
                  const WuyouCaller *caller,
                  gint64 now,
                  gboolean *ret_closed,
                  GError **error)
{
  *ret_closed = caller->must_set_up_codes;
  return TRUE;
}
