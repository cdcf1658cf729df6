/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "sales/wuyou-dossier.h"

#include <glib/gi18n.h>

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "sales/wuyou-contract-rules.h"
#include "sales/wuyou-document.h"

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

static void
free_copy (WuyouDossierCopy *copy)
{
  g_free (copy->actor);
  g_free (copy->reprint_reason);
  g_free (copy);
}

static void
free_paper (WuyouDossierPaper *paper)
{
  g_free (paper->kind);
  g_free (paper->content_sha256);
  g_ptr_array_unref (paper->copies);
  g_free (paper);
}

/* Reads every object of the array @name with @read into an array that frees with @free_one. */
static GPtrArray *
read_array (JsonObject *object, const char *name, gpointer (*read) (JsonObject *), gpointer free_one)
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

static char *
dup_string (JsonObject *object, const char *name)
{
  return object != NULL ? g_strdup (wuyou_json_get_string (object, name)) : NULL;
}

static gpointer
read_problem (JsonObject *object)
{
  WuyouDossierProblem *problem = g_new0 (WuyouDossierProblem, 1);
  const char *detail = wuyou_json_get_string (object, "detail");

  problem->field = dup_string (object, "field");
  problem->detail = g_strdup (detail != NULL && *detail != '\0' ? _ (detail) : "");
  return problem;
}

static gpointer
read_action (JsonObject *object)
{
  WuyouDossierAction *action = g_new0 (WuyouDossierAction, 1);
  JsonObject *problem = wuyou_json_get_object (object, "problem");
  const char *detail = problem != NULL ? wuyou_json_get_string (problem, "detail") : NULL;
  const WuyouEnum *to = wuyou_enum_find (wuyou_contract_states, wuyou_json_get_string (object, "to"));

  action->action = dup_string (object, "action");
  action->to = to != NULL ? to->value : 0;
  action->allowed = wuyou_json_get_boolean (object, "allowed");
  action->code = dup_string (problem, "code");
  action->detail = detail != NULL && *detail != '\0' ? g_strdup (_ (detail)) : NULL;
  action->field = dup_string (problem, "field");
  action->violations = problem != NULL ? read_array (problem, "violations", read_problem, free_problem)
                                       : g_ptr_array_new_with_free_func ((GDestroyNotify) free_problem);
  return action;
}

static gpointer
read_change (JsonObject *object)
{
  WuyouDossierChange *change = g_new0 (WuyouDossierChange, 1);

  change->field = dup_string (object, "field");
  change->old_value = dup_string (object, "old");
  change->new_value = dup_string (object, "new");
  return change;
}

static gpointer
read_entry (JsonObject *object)
{
  WuyouDossierEntry *entry = g_new0 (WuyouDossierEntry, 1);
  const char *at = wuyou_json_get_string (object, "at");

  entry->at = at != NULL ? wuyou_instant_parse (at) : 0;
  entry->action = dup_string (object, "action");
  entry->actor = dup_string (object, "actor");
  entry->reason = dup_string (object, "reason");
  entry->changes = read_array (object, "changes", read_change, free_change);
  return entry;
}

static gpointer
read_copy (JsonObject *object)
{
  WuyouDossierCopy *copy = g_new0 (WuyouDossierCopy, 1);
  const char *at = wuyou_json_get_string (object, "at");

  copy->copy_number = wuyou_json_get_int (object, "copy_number");
  copy->at = at != NULL ? wuyou_instant_parse (at) : 0;
  copy->actor = dup_string (object, "actor");
  copy->reprint_reason = dup_string (object, "reprint_reason");
  return copy;
}

static gpointer
read_paper (JsonObject *object)
{
  WuyouDossierPaper *paper = g_new0 (WuyouDossierPaper, 1);

  paper->kind = dup_string (object, "kind");
  paper->revision = wuyou_json_get_int (object, "revision");
  paper->pages = wuyou_json_get_int (object, "pages");
  paper->content_sha256 = dup_string (object, "content_sha256");
  paper->copies = read_array (object, "copies", read_copy, free_copy);
  return paper;
}

static gpointer
read_document (JsonObject *object)
{
  WuyouDocument *document = wuyou_document_new ();

  if (wuyou_record_read_json (&wuyou_document_type, document, object, WUYOU_CODEC_MASKED_INPUT, NULL))
    return document;
  wuyou_document_free (document);
  return NULL;
}

static void
find_transitions (WuyouDossier *self)
{
  for (guint i = 0; i < self->actions->len; i++) {
    WuyouDossierAction *action = self->actions->pdata[i];

    if (action->action != NULL)
      action->transition = wuyou_workflow_find (&wuyou_contract_workflow, self->contract->state, action->action, NULL);
  }
}

static char *
dup_benefit (JsonObject *product)
{
  JsonNode *rule = product != NULL ? json_object_get_member (product, "cancellation") : NULL;
  g_autofree char *text = rule != NULL ? json_to_string (rule, FALSE) : NULL;

  return text != NULL ? g_strdup_printf ("{\"cancellation\":%s}", text) : NULL;
}

static void
read_product (WuyouDossier *self, JsonObject *product)
{
  const char *code = product != NULL ? wuyou_json_get_string (product, "code") : NULL;
  const char *label = product != NULL ? wuyou_json_get_string (product, "label") : NULL;

  self->product_name = dup_string (product, "name");
  self->benefit_json = dup_benefit (product);
  if (code != NULL)
    self->product_label = g_strdup_printf ("%s · %s %s", self->product_name != NULL ? self->product_name : "", code,
                                           label != NULL ? label : "");
}

WuyouDossier *
wuyou_dossier_new (JsonObject *answer, const char *etag, GError **error)
{
  JsonObject *object = wuyou_json_get_object (answer, "contract");
  g_autoptr (WuyouDossier) self = g_new0 (WuyouDossier, 1);

  self->contract = wuyou_contract_new ();
  if (object == NULL
      || !wuyou_record_read_json (&wuyou_contract_type, self->contract, object, WUYOU_CODEC_MASKED_INPUT, NULL)) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_CORRUPT, "not a contract");
    return NULL;
  }
  self->etag = etag != NULL ? g_strdup (etag) : g_strdup_printf ("\"%" G_GINT64_FORMAT "\"", self->contract->version);
  self->org_name = dup_string (wuyou_json_get_object (answer, "org"), "name");
  read_product (self, wuyou_json_get_object (answer, "product"));
  self->documents = read_array (answer, "documents", read_document, wuyou_document_free);
  self->actions = read_array (answer, "actions", read_action, free_action);
  self->timeline = read_array (answer, "timeline", read_entry, free_entry);
  self->papers = read_array (answer, "papers", read_paper, free_paper);
  find_transitions (self);
  return g_steal_pointer (&self);
}

void
wuyou_dossier_free (WuyouDossier *self)
{
  g_clear_pointer (&self->contract, wuyou_contract_free);
  g_clear_pointer (&self->documents, g_ptr_array_unref);
  g_clear_pointer (&self->actions, g_ptr_array_unref);
  g_clear_pointer (&self->timeline, g_ptr_array_unref);
  g_clear_pointer (&self->papers, g_ptr_array_unref);
  g_free (self->etag);
  g_free (self->org_name);
  g_free (self->product_label);
  g_free (self->product_name);
  g_free (self->benefit_json);
  g_free (self);
}

void
wuyou_dossier_keep (WuyouLocal *local, JsonObject *answer)
{
  JsonObject *contract = wuyou_json_get_object (answer, "contract");
  const char *id = contract != NULL ? wuyou_json_get_string (contract, "id") : NULL;
  g_autofree char *cache_id = g_strconcat ("contract:", id, NULL);
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), answer);
  g_autofree char *text = json_to_string (node, FALSE);

  if (id != NULL)
    wuyou_local_save (local, WUYOU_LOCAL_CACHE, cache_id, text);
}

JsonObject *
wuyou_dossier_load_kept (WuyouLocal *local, const char *id)
{
  g_autofree char *cache_id = g_strconcat ("contract:", id, NULL);

  return wuyou_local_load_object (local, WUYOU_LOCAL_CACHE, cache_id);
}

const WuyouDossierAction *
wuyou_dossier_find_action (const WuyouDossier *self, const char *action)
{
  for (guint i = 0; i < self->actions->len; i++) {
    const WuyouDossierAction *one = self->actions->pdata[i];

    if (g_strcmp0 (one->action, action) == 0)
      return one;
  }
  return NULL;
}

static gboolean
is_for_people (const WuyouDossierAction *action)
{
  return action->transition != NULL && (action->transition->flags & WUYOU_TRANSITION_SYSTEM) == 0;
}

const WuyouDossierAction *
wuyou_dossier_get_next (const WuyouDossier *self)
{
  const WuyouDossierAction *next = NULL;

  for (guint i = 0; i < self->actions->len; i++) {
    const WuyouDossierAction *one = self->actions->pdata[i];

    if (is_for_people (one) && (one->transition->flags & WUYOU_TRANSITION_NEXT))
      next = one;
  }
  return next;
}

const WuyouDossierPaper *
wuyou_dossier_find_paper (const WuyouDossier *self, const char *kind)
{
  for (guint i = 0; i < self->papers->len; i++) {
    const WuyouDossierPaper *one = self->papers->pdata[i];

    if (g_strcmp0 (one->kind, kind) == 0)
      return one;
  }
  return NULL;
}

static gboolean
counts (const WuyouDossier *self, const WuyouDocument *document)
{
  if (document->state == WUYOU_DOCUMENT_SUPERSEDED || document->state == WUYOU_DOCUMENT_WITHDRAWN)
    return FALSE;
  return document->slot != WUYOU_SLOT_SIGNED_CONTRACT || document->revision == self->contract->revision;
}

const WuyouDocument *
wuyou_dossier_find_document (const WuyouDossier *self, int slot)
{
  for (guint i = 0; i < self->documents->len; i++) {
    const WuyouDocument *one = self->documents->pdata[i];

    if (one->slot == slot && counts (self, one))
      return one;
  }
  return NULL;
}
