/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <gio/gio.h>
#include <string.h>

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "demo/wuyou-demo-words.h"

#include "wuyou-demo-resources.h"

#define PREFIX "/org/wuyou/demo/"

GBytes *
wuyou_demo_file (const char *name, GError **error)
{
  g_autofree char *path = g_strconcat (PREFIX, name, NULL);
  GBytes *bytes = g_resource_lookup_data (wuyou_demo_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  if (bytes == NULL)
    g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_NOT_FOUND, "demo file %s", name);
  return bytes;
}

JsonObject *
wuyou_demo_file_object (const char *name, GError **error)
{
  g_autoptr (GBytes) bytes = wuyou_demo_file (name, error);
  JsonObject *object;
  gsize length;
  const char *text;

  if (bytes == NULL)
    return NULL;
  text = g_bytes_get_data (bytes, &length);
  object = wuyou_json_parse_object (text, length, error);
  g_prefix_error (error, "%s: ", name);
  return object;
}

static const char *
skip_comments (const char *text)
{
  const char *end;

  while (g_str_has_prefix (text, "<!--") && (end = strstr (text, "-->")) != NULL) {
    text = end + strlen ("-->");
    while (*text == '\n')
      text++;
  }
  return text;
}

char *
wuyou_demo_file_text (const char *name, GError **error)
{
  g_autoptr (GBytes) bytes = wuyou_demo_file (name, error);
  g_autofree char *text = NULL;

  if (bytes == NULL)
    return NULL;
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  return g_strdup (skip_comments (text));
}
