/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* JSON in: depth (at most 32), duplicate keys, UTF-8 and NUL are checked before json-glib parses, which takes
 * the last duplicate and crashes on deep nesting. MALFORMED otherwise. Owned. */
JsonNode *wuyou_json_parse (const char *text, gsize length, GError **error);
JsonObject *wuyou_json_parse_object (const char *text, gsize length, GError **error); /* owned */

/* Members with a type check that never warns: NULL or 0 when absent or of another type. Borrowed. */
const char *wuyou_json_get_string (JsonObject *object, const char *name);
gint64 wuyou_json_get_int (JsonObject *object, const char *name);
gboolean wuyou_json_get_boolean (JsonObject *object, const char *name);
JsonObject *wuyou_json_get_object (JsonObject *object, const char *name);
JsonArray *wuyou_json_get_array (JsonObject *object, const char *name);
JsonObject *wuyou_json_array_get_object (JsonArray *array, guint index);

/* JSON out: appends to a GString; commas are placed by looking at what stands before. @name NULL inside arrays. */
void wuyou_json_begin_object (GString *out, const char *name);
void wuyou_json_end_object (GString *out);
void wuyou_json_begin_array (GString *out, const char *name);
void wuyou_json_end_array (GString *out);
void wuyou_json_add_string (GString *out, const char *name, const char *value); /* NULL: member left out */
void wuyou_json_add_int (GString *out, const char *name, gint64 value);
void wuyou_json_add_boolean (GString *out, const char *name, gboolean value);
void wuyou_json_add_instant (GString *out, const char *name, gint64 instant); /* 0: left out */
void wuyou_json_add_date (GString *out, const char *name, gint32 date);       /* NONE: left out */
void wuyou_json_add_raw (GString *out, const char *name, const char *json);   /* already JSON; NULL: left out */

/* Canonical form (RFC 8785 for what we use: objects sorted by key, integers only, no spaces), for hashes. Owned. */
char *wuyou_json_canonical (JsonNode *node);

G_END_DECLS
