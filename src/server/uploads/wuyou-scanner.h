/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <gio/gio.h>

#include "wuyou-blob.h"

G_BEGIN_DECLS

typedef enum {
  WUYOU_VERDICT_CLEAN = 1,
  WUYOU_VERDICT_INFECTED,
} WuyouVerdict;

/* Asks clamd (INSTREAM over its unix socket) about a file. Anything that is not a clear verdict is UNAVAILABLE: no
 * scanner, one that hangs or takes longer than @seconds, its own limits, or @stop. *@ret_name: what was found; owned.
 */
gboolean wuyou_scanner_scan (const char *socket_path,
                             guint seconds,
                             WuyouBlobReader *reader,
                             GCancellable *stop,
                             WuyouVerdict *ret_verdict,
                             char **ret_name,
                             GError **error);

G_END_DECLS
