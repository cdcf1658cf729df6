/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "engine/wuyou-request-private.h"

G_BEGIN_DECLS

/* What the head of a request must be before anything else looks at it (RFC 9112): one Host, at most one
 * Content-Length, no Transfer-Encoding, clean names and values, no header twice that we act on. A body comes
 * with its length, so there is one way to find the end of a request and nobody to disagree about it. MALFORMED. */
gboolean wuyou_http_guard_check (WuyouRequest *request, const char *version, GError **error);

/* Against the route: length of the body, type of its content, form of If-Match and Idempotency-Key. TOO_LARGE,
 * MALFORMED. */
gboolean wuyou_http_guard_check_route (WuyouRequest *request, GError **error);

G_END_DECLS
