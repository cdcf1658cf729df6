/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "base/wuyou-json.h"

#include <string.h>

#include "base/wuyou-date.h"
#include "base/wuyou-error.h"
#include "base/wuyou-json-guard.h"

JsonNode *
wuyou_json_parse (const char *text, gsize length, GError **error)
{
  g_autoptr (JsonParser) parser = NULL;

  if (!wuyou_json_guard (text, length, error))
    return NULL;
  parser = json_parser_new_immutable ();
  if (!json_parser_load_from_data (parser, text, (gssize) length, NULL) || json_parser_get_root (parser) == NULL) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_MALFORMED, "not JSON");
    return NULL;
  }
  return json_parser_steal_root (parser);
}

JsonObject *
wuyou_json_parse_object (const char *text, gsize length, GError **error)
{
  g_autoptr (JsonNode) root = wuyou_json_parse (text, length, error);

  if (root == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (root)) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_MALFORMED, "not a JSON object");
    return NULL;
  }
  return json_node_dup_object (root);
}

static JsonNode *
get_value (JsonObject *object, const char *name, GType type)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type ? node : NULL;
}

const char *
wuyou_json_get_string (JsonObject *object, const char *name)
{
  JsonNode *node = get_value (object, name, G_TYPE_STRING);

  return node != NULL ? json_node_get_string (node) : NULL;
}

gint64
wuyou_json_get_int (JsonObject *object, const char *name)
{
  JsonNode *node = get_value (object, name, G_TYPE_INT64);

  return node != NULL ? json_node_get_int (node) : 0;
}

gboolean
wuyou_json_get_boolean (JsonObject *object, const char *name)
{
  JsonNode *node = get_value (object, name, G_TYPE_BOOLEAN);

  return node != NULL && json_node_get_boolean (node);
}

JsonObject *
wuyou_json_get_object (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

JsonArray *
wuyou_json_get_array (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

JsonObject *
wuyou_json_array_get_object (JsonArray *array, guint index)
{
  JsonNode *node = json_array_get_element (array, index);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static void
append_quoted (GString *out, const char *text)
{
  const char *plain = text; /* what is not written yet and needs nothing */

  g_string_append_c (out, '"');
  for (const char *p = text; *p != '\0'; p++) {
    guchar c = (guchar) *p;

    if (c >= 0x20 && c != '"' && c != '\\')
      continue;
    g_string_append_len (out, plain, p - plain);
    g_string_append_printf (out, c < 0x20 ? "\\u%04x" : "\\%c", c);
    plain = p + 1;
  }
  g_string_append (out, plain);
  g_string_append_c (out, '"');
}

static void
start_member (GString *out, const char *name)
{
  if (out->len > 0 && strchr ("{[:", out->str[out->len - 1]) == NULL)
    g_string_append_c (out, ',');
  if (name == NULL)
    return;
  append_quoted (out, name);
  g_string_append_c (out, ':');
}

void
wuyou_json_begin_object (GString *out, const char *name)
{
  start_member (out, name);
  g_string_append_c (out, '{');
}

void
wuyou_json_end_object (GString *out)
{
  g_string_append_c (out, '}');
}

void
wuyou_json_begin_array (GString *out, const char *name)
{
  start_member (out, name);
  g_string_append_c (out, '[');
}

void
wuyou_json_end_array (GString *out)
{
  g_string_append_c (out, ']');
}

void
wuyou_json_add_string (GString *out, const char *name, const char *value)
{
  if (value == NULL)
    return;
  start_member (out, name);
  append_quoted (out, value);
}

static void
append_int (GString *out, gint64 value)
{
  char digits[20];
  char *first = digits + sizeof digits;
  guint64 rest = value < 0 ? 0 - (guint64) value : (guint64) value;

  do
    *--first = (char) ('0' + rest % 10);
  while ((rest /= 10) != 0);
  if (value < 0)
    g_string_append_c (out, '-');
  g_string_append_len (out, first, digits + sizeof digits - first);
}

void
wuyou_json_add_int (GString *out, const char *name, gint64 value)
{
  start_member (out, name);
  append_int (out, value);
}

void
wuyou_json_add_boolean (GString *out, const char *name, gboolean value)
{
  start_member (out, name);
  g_string_append (out, value ? "true" : "false");
}

void
wuyou_json_add_instant (GString *out, const char *name, gint64 instant)
{
  char buffer[28];

  if (instant == 0)
    return;
  wuyou_instant_format (instant, buffer);
  wuyou_json_add_string (out, name, buffer);
}

void
wuyou_json_add_date (GString *out, const char *name, gint32 date)
{
  char buffer[11];

  if (date == WUYOU_DATE_NONE)
    return;
  wuyou_date_format (date, buffer);
  wuyou_json_add_string (out, name, buffer);
}

void
wuyou_json_add_raw (GString *out, const char *name, const char *json)
{
  if (json == NULL)
    return;
  start_member (out, name);
  g_string_append (out, json);
}

static void append_canonical (GString *out, JsonNode *node);

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (a, b);
}

static void
append_canonical_object (GString *out, JsonObject *object)
{
  g_autoptr (GList) names = g_list_sort (json_object_get_members (object), compare_names);

  g_string_append_c (out, '{');
  for (GList *l = names; l != NULL; l = l->next) {
    start_member (out, l->data);
    append_canonical (out, json_object_get_member (object, l->data));
  }
  g_string_append_c (out, '}');
}

static void
append_canonical_value (GString *out, JsonNode *node)
{
  GType type = json_node_get_value_type (node);

  if (type == G_TYPE_STRING)
    append_quoted (out, json_node_get_string (node));
  else if (type == G_TYPE_BOOLEAN)
    g_string_append (out, json_node_get_boolean (node) ? "true" : "false");
  else
    append_int (out, json_node_get_int (node));
}

static void
append_canonical (GString *out, JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node)) {
    append_canonical_object (out, json_node_get_object (node));
  } else if (JSON_NODE_HOLDS_ARRAY (node)) {
    JsonArray *array = json_node_get_array (node);

    g_string_append_c (out, '[');
    for (guint i = 0; i < json_array_get_length (array); i++) {
      start_member (out, NULL);
      append_canonical (out, json_array_get_element (array, i));
    }
    g_string_append_c (out, ']');
  } else if (JSON_NODE_HOLDS_NULL (node)) {
    g_string_append (out, "null");
  } else {
    append_canonical_value (out, node);
  }
}

char *
wuyou_json_canonical (JsonNode *node)
{
  GString *out = g_string_new (NULL);

  append_canonical (out, node);
  return g_string_free (out, FALSE);
}
