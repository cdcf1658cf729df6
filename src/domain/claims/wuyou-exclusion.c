/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-exclusion.h"

#include <string.h>

#include "base/wuyou-json.h"

/* NULL: @benefit, which may be NULL, does not list it. */
static JsonObject *
find_term (JsonObject *benefit, int exclusion)
{
  const char *code = wuyou_enum_id (wuyou_exclusions, exclusion);
  JsonArray *terms = wuyou_json_get_array (benefit, "exclusions");

  for (guint i = 0; code != NULL && terms != NULL && i < json_array_get_length (terms); i++) {
    JsonObject *term = wuyou_json_array_get_object (terms, i);

    if (g_strcmp0 (wuyou_json_get_string (term, "code"), code) == 0)
      return term;
  }
  return NULL;
}

void
wuyou_exclusion_read (const char *benefit_json, int exclusion, char **ret_title, char **ret_clause)
{
  g_autoptr (JsonObject) benefit = wuyou_json_parse_object (benefit_json, strlen (benefit_json), NULL);

  *ret_title = g_strdup (wuyou_json_get_string (find_term (benefit, exclusion), "title"));
  *ret_clause = g_strdup (wuyou_exclusion_find_clause (benefit, exclusion));
}

const char *
wuyou_exclusion_find_clause (JsonObject *benefit, int exclusion)
{
  return wuyou_json_get_string (find_term (benefit, exclusion), "clause");
}

gboolean
wuyou_exclusion_is_listed (const char *benefit_json, int exclusion)
{
  g_autoptr (JsonObject) benefit = wuyou_json_parse_object (benefit_json, strlen (benefit_json), NULL);

  return find_term (benefit, exclusion) != NULL;
}
