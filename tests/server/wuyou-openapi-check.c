/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-openapi-check.h"

#include <string.h>

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "base/wuyou-route.h"
#include "engine/wuyou-openapi.h"

#define SCHEMAS "#/components/schemas/"

/* As much of JSON Schema 2020-12 as the document uses. */
typedef struct {
  JsonObject *schemas;
  GString *where;
  GError **error;
} Checker;

static gboolean check_node (Checker *self, JsonObject *schema, JsonNode *node);

static gboolean
refuse (Checker *self, const char *reason)
{
  g_set_error (self->error, WUYOU_ERROR, WUYOU_ERROR_INVALID, "%s: %s", self->where->str, reason);
  return FALSE;
}

static gboolean
has_type (JsonNode *node, const char *type)
{
  if (g_str_equal (type, "object"))
    return JSON_NODE_HOLDS_OBJECT (node);
  if (g_str_equal (type, "array"))
    return JSON_NODE_HOLDS_ARRAY (node);
  if (!JSON_NODE_HOLDS_VALUE (node))
    return FALSE;
  if (g_str_equal (type, "integer"))
    return json_node_get_value_type (node) == G_TYPE_INT64;
  if (g_str_equal (type, "boolean"))
    return json_node_get_value_type (node) == G_TYPE_BOOLEAN;
  return g_str_equal (type, "string") && json_node_get_value_type (node) == G_TYPE_STRING;
}

static gboolean
check_string (Checker *self, JsonObject *schema, const char *text)
{
  JsonArray *values = wuyou_json_get_array (schema, "enum");
  const char *pattern = wuyou_json_get_string (schema, "pattern");
  gint64 max = wuyou_json_get_int (schema, "maxLength");
  gboolean listed = values == NULL;

  for (guint i = 0; values != NULL && i < json_array_get_length (values); i++)
    listed = listed || g_str_equal (json_array_get_string_element (values, i), text);
  if (!listed)
    return refuse (self, "not one of the values listed");
  if (pattern != NULL && !g_regex_match_simple (pattern, text, 0, 0))
    return refuse (self, "does not match the pattern");
  if (max > 0 && g_utf8_strlen (text, -1) > max)
    return refuse (self, "longer than it may be");
  return TRUE;
}

static gboolean
check_integer (Checker *self, JsonObject *schema, gint64 value)
{
  if (json_object_has_member (schema, "minimum") && value < wuyou_json_get_int (schema, "minimum"))
    return refuse (self, "below its minimum");
  if (json_object_has_member (schema, "maximum") && value > wuyou_json_get_int (schema, "maximum"))
    return refuse (self, "above its maximum");
  return TRUE;
}

static gboolean
check_member (Checker *self, JsonObject *schema, const char *name, JsonNode *node)
{
  JsonObject *property = wuyou_json_get_object (wuyou_json_get_object (schema, "properties"), name);
  gsize length = self->where->len;
  gboolean right = TRUE;

  g_string_append_printf (self->where, "/%s", name);
  if (property != NULL)
    right = check_node (self, property, node);
  else if (json_object_has_member (schema, "additionalProperties"))
    right = refuse (self, "not in the document");
  g_string_truncate (self->where, length);
  return right;
}

static gboolean
check_object (Checker *self, JsonObject *schema, JsonObject *object)
{
  JsonArray *required = wuyou_json_get_array (schema, "required");
  g_autoptr (GList) names = json_object_get_members (object);

  for (guint i = 0; required != NULL && i < json_array_get_length (required); i++)
    if (!json_object_has_member (object, json_array_get_string_element (required, i)))
      return refuse (self, json_array_get_string_element (required, i));
  for (GList *l = names; l != NULL; l = l->next)
    if (!check_member (self, schema, l->data, json_object_get_member (object, l->data)))
      return FALSE;
  return TRUE;
}

static gboolean
check_array (Checker *self, JsonObject *schema, JsonArray *array)
{
  JsonObject *items = wuyou_json_get_object (schema, "items");
  gsize length = self->where->len;

  for (guint i = 0; items != NULL && i < json_array_get_length (array); i++) {
    g_string_append_printf (self->where, "/%u", i);
    if (!check_node (self, items, json_array_get_element (array, i)))
      return FALSE;
    g_string_truncate (self->where, length);
  }
  return TRUE;
}

static gboolean
check_node (Checker *self, JsonObject *schema, JsonNode *node)
{
  const char *reference = wuyou_json_get_string (schema, "$ref");
  const char *type;

  if (reference != NULL)
    schema = wuyou_json_get_object (self->schemas, reference + strlen (SCHEMAS));
  if (schema == NULL)
    return refuse (self, "a reference to nowhere");
  type = wuyou_json_get_string (schema, "type");
  if (type == NULL)
    return TRUE;
  if (!has_type (node, type))
    return refuse (self, "of another type");
  if (g_str_equal (type, "object"))
    return check_object (self, schema, json_node_get_object (node));
  if (g_str_equal (type, "array"))
    return check_array (self, schema, json_node_get_array (node));
  if (g_str_equal (type, "string"))
    return check_string (self, schema, json_node_get_string (node));
  return !g_str_equal (type, "integer") || check_integer (self, schema, json_node_get_int (node));
}

static gpointer
read_document (gpointer data G_GNUC_UNUSED)
{
  g_autoptr (GString) out = g_string_new (NULL);

  wuyou_openapi_write (out);
  return wuyou_json_parse_object (out->str, out->len, NULL);
}

/* Read once: every reply of every test is held against it. */
static JsonObject *
get_document (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, read_document, NULL);
}

static JsonObject *
find_content (JsonObject *document, const char *method, const char *path, guint status)
{
  char *args[2] = { NULL, NULL };
  const WuyouRoute *route = wuyou_route_match (method, path, args, NULL);
  g_autofree char *lower = g_ascii_strdown (method, -1);
  g_autofree char *class = g_strdup_printf ("%uXX", status / 100);
  JsonObject *paths = wuyou_json_get_object (document, "paths");
  JsonObject *operation
      = route != NULL ? wuyou_json_get_object (wuyou_json_get_object (paths, route->path), lower) : NULL;
  JsonObject *response = wuyou_json_get_object (wuyou_json_get_object (operation, "responses"), class);

  g_free (args[0]);
  g_free (args[1]);
  return wuyou_json_get_object (response, "content");
}

gboolean
wuyou_openapi_check_reply (const char *method,
                           const char *path,
                           guint status,
                           const char *type,
                           const char *body,
                           gsize length,
                           GError **error)
{
  JsonObject *document = get_document ();
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GString) where = g_string_new (method);
  Checker self = { wuyou_json_get_object (wuyou_json_get_object (document, "components"), "schemas"), where, error };
  JsonObject *content = find_content (document, method, path, status);
  JsonObject *media;

  g_string_append_printf (where, " %s %u", path, status);
  if (content == NULL)
    return refuse (&self, "no such answer in the document");
  if (type == NULL || json_object_has_member (content, "*/*"))
    return length == 0 || type != NULL || refuse (&self, "a body without a type");
  media = wuyou_json_get_object (content, type);
  if (media == NULL)
    return refuse (&self, "content of another type");
  node = wuyou_json_parse (body, length, error);
  return node != NULL && check_node (&self, wuyou_json_get_object (media, "schema"), node);
}
