/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "engine/wuyou-request-members.h"

#include <glib/gi18n-lib.h>

#include "base/wuyou-error.h"
#include "base/wuyou-text.h"

static GType
get_type (JsonNode *node)
{
  if (JSON_NODE_HOLDS_VALUE (node))
    return json_node_get_value_type (node);
  return JSON_NODE_HOLDS_ARRAY (node) ? JSON_TYPE_ARRAY : JSON_TYPE_OBJECT;
}

static const char *
find_fault (const char *name, JsonNode *node, const WuyouMember *members, guint n_members)
{
  for (guint i = 0; i < n_members; i++) {
    if (!g_str_equal (members[i].name, name))
      continue;
    return JSON_NODE_HOLDS_NULL (node) || get_type (node) == members[i].type
               ? NULL
               : N_ ("A value of another kind is expected here.");
  }
  return N_ ("This field is not known here.");
}

gboolean
wuyou_request_check_members (JsonObject *body, const WuyouMember *members, guint n_members, GError **error)
{
  GError *all = NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, body);
  while (json_object_iter_next_ordered (&iter, &name, &node)) {
    const char *fault = find_fault (name, node, members, n_members);

    if (fault != NULL) {
      GError *one = g_error_new_literal (WUYOU_ERROR, WUYOU_ERROR_INVALID, fault);

      wuyou_error_set_field (one, name, NULL);
      wuyou_error_take_violation (&all, one);
    }
  }
  if (all == NULL)
    return TRUE;
  g_propagate_error (error, all);
  return FALSE;
}

gboolean
wuyou_request_check_text (const char *text,
                          const char *field,
                          gsize min,
                          gsize max,
                          const char *refusal,
                          GError **error)
{
  g_autofree char *visible = wuyou_text_normalise_lines (text);
  GError *local = NULL;

  if (text == NULL && min == 0)
    return TRUE;
  if (text != NULL && !wuyou_text_check_lines (text, &local)) {
    wuyou_error_set_field (local, field, NULL);
    g_propagate_error (error, local);
    return FALSE;
  }
  if (wuyou_text_length (visible) >= min && wuyou_text_length (text) <= max)
    return TRUE;
  local = g_error_new_literal (WUYOU_ERROR, WUYOU_ERROR_INVALID, refusal);
  wuyou_error_set_field (local, field, NULL);
  g_propagate_error (error, local);
  return FALSE;
}

gboolean
wuyou_request_refuse_query (GError **error, const char *name)
{
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_INVALID, "This list has no such parameter value.");
  if (error != NULL)
    wuyou_error_set_field (*error, name, NULL);
  return FALSE;
}
