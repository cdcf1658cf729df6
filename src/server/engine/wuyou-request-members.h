/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What a body that is no record may have. */
typedef struct {
  const char *name;
  GType type; /* G_TYPE_STRING, G_TYPE_INT64, G_TYPE_BOOLEAN, or JSON_TYPE_ARRAY, JSON_TYPE_OBJECT */
} WuyouMember;

/* INVALID with a violation for each member that is unknown or of another type; null is as good as absent. */
gboolean wuyou_request_check_members (JsonObject *body, const WuyouMember *members, guint n_members, GError **error);

/* FALSE; a list does not know that value of the parameter @name: INVALID. */
gboolean wuyou_request_refuse_query (GError **error, const char *name);

/* Free text beside a record: INVALID naming @field when it has fewer than @min visible characters, more than @max, or
 * characters that deceive. NULL counts as empty. */
gboolean wuyou_request_check_text (const char *text,
                                   const char *field,
                                   gsize min,
                                   gsize max,
                                   const char *refusal,
                                   GError **error);

G_END_DECLS
