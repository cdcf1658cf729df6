/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "accounts/wuyou-client-policy.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "accounts/wuyou-account-policy.h"
#include "base/wuyou-error.h"
#include "base/wuyou-json.h"

#define VERSION_PARTS 3
#define PART_BITS 20

typedef enum { VERSION, NUMBER } Kind;

static const struct {
  const char *name;
  gsize offset;
  Kind kind;
  gint64 min, max; /* of a number */
} members[] = {
  { "supported_from", G_STRUCT_OFFSET (WuyouClientPolicy, supported_from), VERSION, 0, 0 },
  { "blocked_below", G_STRUCT_OFFSET (WuyouClientPolicy, blocked_below), VERSION, 0, 0 },
  { "idle_lock_minutes_max", G_STRUCT_OFFSET (WuyouClientPolicy, idle_lock_minutes_max), NUMBER, 1, 60 },
  { "desktops_max", G_STRUCT_OFFSET (WuyouClientPolicy, desktops_max), NUMBER, 1, 10 },
};

const WuyouClientPolicy wuyou_client_policy_default = { .desktops_max = WUYOU_POLICY_SESSIONS };

static gboolean
refuse (const char *name, GError **error)
{
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_INVALID, N_ ("This is no part of a client policy."));
  if (error != NULL)
    wuyou_error_set_field (*error, name, "6.1-01");
  return FALSE;
}

/* One part; *text moves past it. */
static gboolean
read_part (const char **text, gint64 *ret_part)
{
  char *end;
  guint64 part;

  if (!g_ascii_isdigit (**text))
    return FALSE;
  part = g_ascii_strtoull (*text, &end, 10);
  if (part >= (G_GUINT64_CONSTANT (1) << PART_BITS))
    return FALSE;
  *text = end;
  *ret_part = (gint64) part;
  return TRUE;
}

gint64
wuyou_version_parse (const char *text)
{
  gint64 version = 0, part;

  for (guint i = 0; i < VERSION_PARTS; i++) {
    part = 0;
    if (text != NULL && (i == 0 || *text == '.')) {
      text += i == 0 ? 0 : 1;
      if (!read_part (&text, &part))
        return 0;
    } else if (i == 0) {
      return 0;
    }
    version = version << PART_BITS | part;
  }
  return strchr ("-+ \t", *text) != NULL ? version : 0; /* also at the end of the text */
}

static gboolean
read_member (WuyouClientPolicy *policy, guint index, JsonNode *node, GError **error)
{
  gint64 *value = G_STRUCT_MEMBER_P (policy, members[index].offset);

  if (members[index].kind == VERSION) {
    *value = JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
                 ? wuyou_version_parse (json_node_get_string (node))
                 : 0;
    return *value > 0 || refuse (members[index].name, error);
  }
  *value
      = JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64 ? json_node_get_int (node) : 0;
  return (*value >= members[index].min && *value <= members[index].max) || refuse (members[index].name, error);
}

static int
find_member (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (g_str_equal (members[i].name, name))
      return (int) i;
  return -1;
}

gboolean
wuyou_client_policy_read_json (WuyouClientPolicy *policy, JsonObject *object, GError **error)
{
  WuyouClientPolicy read = wuyou_client_policy_default;
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  *policy = wuyou_client_policy_default;
  if (object == NULL)
    return TRUE;
  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &node)) {
    int index = find_member (name);

    if (index < 0)
      return refuse (name, error);
    if (!read_member (&read, (guint) index, node, error))
      return FALSE;
  }
  *policy = read;
  return TRUE;
}

static void
write_version (GString *out, const char *name, gint64 version)
{
  const gint64 mask = (G_GINT64_CONSTANT (1) << PART_BITS) - 1;
  g_autofree char *text
      = g_strdup_printf ("%" G_GINT64_FORMAT ".%" G_GINT64_FORMAT ".%" G_GINT64_FORMAT, version >> 2 * PART_BITS & mask,
                         version >> PART_BITS & mask, version & mask);

  wuyou_json_add_string (out, name, text);
}

void
wuyou_client_policy_write_json (const WuyouClientPolicy *policy, GString *out)
{
  wuyou_json_begin_object (out, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++) {
    gint64 value = G_STRUCT_MEMBER (gint64, policy, members[i].offset);

    if (value == 0)
      continue;
    if (members[i].kind == VERSION)
      write_version (out, members[i].name, value);
    else
      wuyou_json_add_int (out, members[i].name, value);
  }
  wuyou_json_end_object (out);
}

WuyouClientState
wuyou_client_policy_judge (const WuyouClientPolicy *policy, const char *agent)
{
  gint64 version = agent != NULL && g_str_has_prefix (agent, WUYOU_CLIENT_NAME)
                       ? wuyou_version_parse (agent + strlen (WUYOU_CLIENT_NAME))
                       : -1;

  if (version < 0)
    return WUYOU_CLIENT_SUPPORTED;
  if (version < policy->blocked_below)
    return WUYOU_CLIENT_BLOCKED;
  return version < policy->supported_from ? WUYOU_CLIENT_OUTDATED : WUYOU_CLIENT_SUPPORTED;
}
