/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Holds a real answer against the API document: the route is there, the type of the content, every member of the
 * schema. @path as requested, without the query; @type may be NULL for an answer without a body. FALSE and INVALID
 * with the place and the reason. */
gboolean wuyou_openapi_check_reply (const char *method,
                                    const char *path,
                                    guint status,
                                    const char *type,
                                    const char *body,
                                    gsize length,
                                    GError **error);

G_END_DECLS
