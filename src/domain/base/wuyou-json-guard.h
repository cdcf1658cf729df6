/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define WUYOU_JSON_MAX_DEPTH 32

/* One pass over untrusted bytes before a parser sees them: UTF-8, strict JSON grammar, no NUL (also not as an
 * escape), no lone surrogate, depth, duplicate keys, numbers that are integers of 64 bits. MALFORMED with the
 * byte offset otherwise. */
gboolean wuyou_json_guard (const char *text, gsize length, GError **error);

G_END_DECLS
