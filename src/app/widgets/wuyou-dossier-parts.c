/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "widgets/wuyou-dossier-parts.h"

#include <glib/gi18n.h>

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"

static void
free_problem (WuyouDossierProblem *problem)
{
  g_free (problem->field);
  g_free (problem->detail);
  g_free (problem);
}

static void
free_action (WuyouDossierAction *action)
{
  g_free (action->action);
  g_free (action->code);
  g_free (action->detail);
  g_free (action->field);
  g_ptr_array_unref (action->violations);
  g_free (action);
}

static void
free_change (WuyouDossierChange *change)
{
  g_free (change->field);
  g_free (change->old_value);
  g_free (change->new_value);
  g_free (change);
}

static void
free_entry (WuyouDossierEntry *entry)
{
  g_free (entry->action);
  g_free (entry->actor);
  g_free (entry->reason);
  g_ptr_array_unref (entry->changes);
  g_free (entry);
}

GPtrArray *
wuyou_dossier_read_array (JsonObject *object,
                          const char *name,
                          gpointer (*read) (JsonObject *),
                          GDestroyNotify free_one)
{
  GPtrArray *result = g_ptr_array_new_with_free_func (free_one);
  JsonArray *array = wuyou_json_get_array (object, name);
  guint length = array != NULL ? json_array_get_length (array) : 0;

  for (guint i = 0; i < length; i++) {
    JsonObject *member = wuyou_json_array_get_object (array, i);
    gpointer one = member != NULL ? read (member) : NULL;

    if (one != NULL)
      g_ptr_array_add (result, one);
  }
  return result;
}

char *
wuyou_dossier_dup_string (JsonObject *object, const char *name)
{
  return object != NULL ? g_strdup (wuyou_json_get_string (object, name)) : NULL;
}

static gpointer
read_problem (JsonObject *object)
{
  WuyouDossierProblem *problem = g_new0 (WuyouDossierProblem, 1);
  const char *detail = wuyou_json_get_string (object, "detail");

  problem->field = wuyou_dossier_dup_string (object, "field");
  problem->detail = g_strdup (detail != NULL && *detail != '\0' ? _ (detail) : "");
  return problem;
}

static gpointer
read_action (JsonObject *object)
{
  WuyouDossierAction *action = g_new0 (WuyouDossierAction, 1);
  JsonObject *problem = wuyou_json_get_object (object, "problem");
  const char *detail = problem != NULL ? wuyou_json_get_string (problem, "detail") : NULL;

  action->action = wuyou_dossier_dup_string (object, "action");
  action->allowed = wuyou_json_get_boolean (object, "allowed");
  action->code = wuyou_dossier_dup_string (problem, "code");
  action->detail = detail != NULL && *detail != '\0' ? g_strdup (_ (detail)) : NULL;
  action->field = wuyou_dossier_dup_string (problem, "field");
  action->violations
      = problem != NULL ? wuyou_dossier_read_array (problem, "violations", read_problem, (GDestroyNotify) free_problem)
                        : g_ptr_array_new_with_free_func ((GDestroyNotify) free_problem);
  return action;
}

static gpointer
read_change (JsonObject *object)
{
  WuyouDossierChange *change = g_new0 (WuyouDossierChange, 1);

  change->field = wuyou_dossier_dup_string (object, "field");
  change->old_value = wuyou_dossier_dup_string (object, "old");
  change->new_value = wuyou_dossier_dup_string (object, "new");
  return change;
}

static gpointer
read_entry (JsonObject *object)
{
  WuyouDossierEntry *entry = g_new0 (WuyouDossierEntry, 1);
  const char *at = wuyou_json_get_string (object, "at");

  entry->at = at != NULL ? wuyou_instant_parse (at) : 0;
  entry->action = wuyou_dossier_dup_string (object, "action");
  entry->actor = wuyou_dossier_dup_string (object, "actor");
  entry->unnamed = wuyou_json_get_boolean (object, "unnamed");
  entry->reason = wuyou_dossier_dup_string (object, "reason");
  entry->changes = wuyou_dossier_read_array (object, "changes", read_change, (GDestroyNotify) free_change);
  return entry;
}

static void
find_transitions (GPtrArray *actions, const WuyouWorkflow *workflow, int state)
{
  for (guint i = 0; i < actions->len; i++) {
    WuyouDossierAction *action = actions->pdata[i];

    if (action->action != NULL)
      action->transition = wuyou_workflow_find (workflow, state, action->action, NULL);
    if (action->transition != NULL)
      action->to = action->transition->to;
  }
}

GPtrArray *
wuyou_dossier_read_actions (JsonObject *answer, const WuyouWorkflow *workflow, int state)
{
  GPtrArray *actions = wuyou_dossier_read_array (answer, "actions", read_action, (GDestroyNotify) free_action);

  find_transitions (actions, workflow, state);
  return actions;
}

GPtrArray *
wuyou_dossier_read_timeline (JsonObject *answer)
{
  return wuyou_dossier_read_array (answer, "timeline", read_entry, (GDestroyNotify) free_entry);
}

const WuyouDossierAction *
wuyou_dossier_actions_find (const GPtrArray *actions, const char *action)
{
  for (guint i = 0; i < actions->len; i++) {
    const WuyouDossierAction *one = actions->pdata[i];

    if (g_strcmp0 (one->action, action) == 0)
      return one;
  }
  return NULL;
}

gboolean
wuyou_dossier_action_is_for_people (const WuyouDossierAction *action)
{
  return action->transition != NULL && (action->transition->flags & WUYOU_TRANSITION_SYSTEM) == 0;
}

const WuyouDossierAction *
wuyou_dossier_actions_get_next (const GPtrArray *actions)
{
  const WuyouDossierAction *next = NULL;

  for (guint i = 0; i < actions->len; i++) {
    const WuyouDossierAction *one = actions->pdata[i];

    if (one->transition != NULL && (one->transition->flags & WUYOU_TRANSITION_SYSTEM) == 0
        && (one->transition->flags & WUYOU_TRANSITION_NEXT))
      next = one;
  }
  return next;
}

char *
wuyou_dossier_action_dup_refusal (const WuyouDossierAction *action, const char *(*get_name) (const char *field))
{
  if (action->allowed)
    return NULL;
  if (action->violations->len > 1)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u entry is missing or wrong.",
                                         "%u entries are missing or wrong.", action->violations->len),
                            action->violations->len);
  if (action->violations->len == 1) {
    const WuyouDossierProblem *one = action->violations->pdata[0];

    return g_strdup_printf (_ ("%s: %s"), get_name (one->field), one->detail);
  }
  if (g_strcmp0 (action->code, "FORBIDDEN") == 0 || action->detail == NULL)
    return g_strdup (_ (wuyou_error_info (wuyou_error_from_id (action->code))->sentence));
  return g_strdup (action->detail);
}

static char *
dup_cache_id (const WuyouRecordType *type, const char *id)
{
  return g_strconcat (type->name, ":", id, NULL);
}

void
wuyou_dossier_keep_answer (WuyouLocal *local, const WuyouRecordType *type, JsonObject *answer)
{
  JsonObject *record = wuyou_json_get_object (answer, type->name);
  const char *id = record != NULL ? wuyou_json_get_string (record, "id") : NULL;
  g_autofree char *cache_id = dup_cache_id (type, id);
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), answer);
  g_autofree char *text = json_to_string (node, FALSE);

  if (id != NULL)
    wuyou_local_save (local, WUYOU_LOCAL_CACHE, cache_id, text);
}

JsonObject *
wuyou_dossier_load_answer (WuyouLocal *local, const WuyouRecordType *type, const char *id)
{
  g_autofree char *cache_id = dup_cache_id (type, id);

  return wuyou_local_load_object (local, WUYOU_LOCAL_CACHE, cache_id);
}
