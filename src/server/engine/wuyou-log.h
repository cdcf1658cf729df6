/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "engine/wuyou-request.h"

G_BEGIN_DECLS

/* One JSON object a line on standard error. Nothing that tells who a person is: the template of a path, not the
 * path; a digest of the account's id; no query, body or header. */
typedef enum {
  WUYOU_LOG_ERROR,
  WUYOU_LOG_WARNING,
  WUYOU_LOG_INFO,
  WUYOU_LOG_DEBUG,
} WuyouLogLevel;

/* Also sends GLib's messages this way. "error", "warning", "info" or "debug"; FALSE for anything else. */
gboolean wuyou_log_set_up (const char *level);
gboolean wuyou_log_is_on (WuyouLogLevel level);

void wuyou_log_request (const WuyouRequest *request, guint status, guint64 bytes, gint64 micros, gboolean complete);
/* The cause of an INTERNAL answer: stays here, with the request's id. */
void wuyou_log_failure (const WuyouRequest *request, const GError *error);
void wuyou_log_message (WuyouLogLevel level, const char *format, ...) G_GNUC_PRINTF (2, 3);

G_END_DECLS
