/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "base/wuyou-workflow.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wuyou-error.h"
#include "base/wuyou-text.h"
#include "claims/wuyou-claim-rules.h"
#include "sales/wuyou-contract-rules.h"

const WuyouTransition *
wuyou_workflow_find (const WuyouWorkflow *workflow, int state, const char *action, GError **error)
{
  for (guint i = 0; i < workflow->n_transitions; i++) {
    const WuyouTransition *row = &workflow->transitions[i];

    if (row->from == state && g_strcmp0 (row->action, action) == 0)
      return row;
  }
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_ILLEGAL_TRANSITION,
                       N_ ("This step is not possible in the record’s present state."));
  return NULL;
}

static gboolean
check_reason (const WuyouTransition *transition, const char *reason, GError **error)
{
  g_autofree char *visible = NULL;

  if (!(transition->flags & WUYOU_TRANSITION_REASON))
    return TRUE;
  visible = wuyou_text_normalise_lines (reason);
  if (reason != NULL && wuyou_text_length (visible) >= 2 && strlen (reason) <= 2000)
    return TRUE;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_INVALID, N_ ("Please give a reason."));
  if (error != NULL)
    wuyou_error_set_field (*error, "reason", NULL);
  return FALSE;
}

gboolean
wuyou_workflow_check (const WuyouTransition *transition,
                      guint32 roles,
                      const char *reason,
                      const WuyouStep *step,
                      GError **error)
{
  gboolean system = (transition->flags & WUYOU_TRANSITION_SYSTEM) != 0;

  if (system ? roles != 0 : !wuyou_permission_check (roles, transition->object, transition->verbs)) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_FORBIDDEN, transition->action);
    return FALSE;
  }
  if (!check_reason (transition, reason, error))
    return FALSE;
  return transition->guard == NULL || transition->guard (step, error);
}

const WuyouTransition *
wuyou_workflow_choose (const WuyouWorkflow *workflow,
                       int state,
                       const char *action,
                       guint32 roles,
                       const char *reason,
                       const WuyouStep *step,
                       GError **error)
{
  const WuyouTransition *row = wuyou_workflow_find (workflow, state, action, error);
  const WuyouTransition *end = workflow->transitions + workflow->n_transitions;
  g_autoptr (GError) refusal = NULL;

  for (; row != NULL && row < end; row++) {
    if (row->from != state || !g_str_equal (row->action, action))
      continue;
    g_clear_error (&refusal);
    if (wuyou_workflow_check (row, roles, reason, step, &refusal))
      return row;
    if (!g_error_matches (refusal, WUYOU_ERROR, WUYOU_ERROR_ILLEGAL_TRANSITION))
      break;
  }
  if (refusal != NULL)
    g_propagate_error (error, g_steal_pointer (&refusal));
  return NULL;
}

char *
wuyou_workflow_to_dot (const WuyouWorkflow *workflow)
{
  GString *out = g_string_new (NULL);

  g_string_append_printf (out, "digraph \"%s\" {\n  rankdir=LR;\n  node [shape=box, style=rounded];\n", workflow->name);
  for (const WuyouEnum *state = workflow->states; state->id != NULL; state++)
    g_string_append_printf (out, "  %s;\n", state->id);
  for (guint i = 0; i < workflow->n_transitions; i++) {
    const WuyouTransition *row = &workflow->transitions[i];

    g_string_append_printf (out, "  %s -> %s [label=\"%s%s\"];\n", wuyou_enum_id (workflow->states, row->from),
                            wuyou_enum_id (workflow->states, row->to), row->action, row->guard != NULL ? " *" : "");
  }
  g_string_append (out, "}\n");
  return g_string_free (out, FALSE);
}

const WuyouWorkflow *
wuyou_workflow_by_name (const char *name)
{
  static const WuyouWorkflow *const all[] = { &wuyou_contract_workflow, &wuyou_claim_workflow };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (g_strcmp0 (all[i]->name, name) == 0)
      return all[i];
  return NULL;
}
