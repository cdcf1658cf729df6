/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "base/wuyou-error.h"
#include "engine/wuyou-reply.h"

G_BEGIN_DECLS

/* Any GError as application/problem+json (RFC 9457): status and code from the table of errors, detail, field,
 * authority, violations, Retry-After. Errors of other domains become INTERNAL without their text. */
WuyouReply *wuyou_error_response_new (const GError *error);
/* The same without the reply, for batches; appends one JSON object to @out. */
void wuyou_error_response_write (const GError *error, GString *out);

G_END_DECLS
