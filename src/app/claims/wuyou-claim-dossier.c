/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-claim-dossier.h"

#include <glib/gi18n.h>

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "claims/wuyou-red-flag.h"

static int
read_enum (JsonObject *object, const char *name, const WuyouEnum *values)
{
  const char *id = wuyou_json_get_string (object, name);
  const WuyouEnum *found = id != NULL ? wuyou_enum_find (values, id) : NULL;

  return found != NULL ? found->value : 0;
}

static gint64
read_instant (JsonObject *object, const char *name)
{
  const char *text = wuyou_json_get_string (object, name);

  return text != NULL ? wuyou_instant_parse (text) : 0;
}

static void
free_slot (WuyouClaimSlotRow *row)
{
  g_free (row->slot);
  g_free (row->title);
  g_free (row->request_reason);
  g_free (row->when);
  g_free (row);
}

static gpointer
read_slot (JsonObject *object)
{
  WuyouClaimSlotRow *row = g_new0 (WuyouClaimSlotRow, 1);

  row->slot = wuyou_dossier_dup_string (object, "slot");
  row->title = wuyou_dossier_dup_string (object, "title");
  row->request_reason = wuyou_dossier_dup_string (object, "request_reason");
  row->when = wuyou_dossier_dup_string (object, "when");
  row->phase = read_enum (object, "phase", wuyou_claim_phases);
  row->form = read_enum (object, "form", wuyou_document_forms);
  row->state = read_enum (object, "state", wuyou_slot_states);
  row->required = wuyou_json_get_boolean (object, "required");
  row->sensitive = wuyou_json_get_boolean (object, "sensitive");
  row->requested = wuyou_json_get_boolean (object, "requested");
  return row;
}

static void
free_note (WuyouClaimNote *note)
{
  g_free (note->id);
  g_free (note->actor);
  g_free (note->side);
  g_free (note->text);
  g_free (note);
}

static gpointer
read_note (JsonObject *object)
{
  WuyouClaimNote *note = g_new0 (WuyouClaimNote, 1);

  note->id = wuyou_dossier_dup_string (object, "id");
  note->actor = wuyou_dossier_dup_string (object, "actor");
  note->side = wuyou_dossier_dup_string (object, "side");
  note->text = wuyou_dossier_dup_string (object, "text");
  note->at = read_instant (object, "at");
  return note;
}

static void
free_paper (WuyouClaimPaper *paper)
{
  g_free (paper->kind);
  g_free (paper);
}

static gpointer
read_paper (JsonObject *object)
{
  WuyouClaimPaper *paper = g_new0 (WuyouClaimPaper, 1);

  paper->kind = wuyou_dossier_dup_string (object, "kind");
  paper->revision = wuyou_json_get_int (object, "revision");
  paper->pages = wuyou_json_get_int (object, "pages");
  paper->at = read_instant (object, "at");
  return paper;
}

static void
free_flag (WuyouClaimFlag *flag)
{
  char *const texts[] = { flag->id, flag->code, flag->severity, flag->note, flag->evidence_id, flag->fact };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_free (flag);
}

static gpointer
read_flag (JsonObject *object)
{
  WuyouClaimFlag *flag = g_new0 (WuyouClaimFlag, 1);

  flag->id = wuyou_dossier_dup_string (object, "id");
  flag->code = wuyou_dossier_dup_string (object, "code");
  flag->severity = wuyou_dossier_dup_string (object, "severity");
  flag->state = read_enum (object, "state", wuyou_flag_states);
  flag->note = wuyou_dossier_dup_string (object, "note");
  flag->evidence_id = wuyou_dossier_dup_string (object, "evidence_id");
  flag->fact = wuyou_dossier_dup_string (object, "fact");
  flag->at = read_instant (object, "at");
  return flag;
}

static void
read_clocks (WuyouClaimDossier *self, JsonObject *clocks)
{
  if (clocks == NULL)
    return;
  self->clocks = (WuyouClaimClocks){
    .notify_days = wuyou_json_get_int (clocks, "notify_days"),
    .review_days = wuyou_json_get_int (clocks, "review_days"),
    .decision_days = wuyou_json_get_int (clocks, "decision_days"),
    .supplement_days = wuyou_json_get_int (clocks, "supplement_days"),
    .grace_days = wuyou_json_get_int (clocks, "grace_days"),
    .appeal_days = wuyou_json_get_int (clocks, "appeal_days"),
    .order_days = wuyou_json_get_int (clocks, "order_days"),
    .file_days = wuyou_json_get_int (clocks, "file_days"),
    .notify_from_determination = wuyou_json_get_boolean (clocks, "notify_from_determination"),
  };
}

static void
read_turn (WuyouClaimDossier *self, JsonObject *turn)
{
  self->holder = WUYOU_TURN_NOBODY;
  if (turn == NULL)
    return;
  self->holder = read_enum (turn, "holder", wuyou_turns);
  self->due_on = wuyou_date_parse (wuyou_json_get_string (turn, "due_on"));
  self->kept_until = wuyou_date_parse (wuyou_json_get_string (turn, "kept_until"));
  self->appeal_until = wuyou_date_parse (wuyou_json_get_string (turn, "appeal_until"));
  self->workdays_left = wuyou_json_get_int (turn, "workdays_left");
  self->paused = wuyou_json_get_boolean (turn, "paused");
}

static void
read_product (WuyouClaimDossier *self, JsonObject *product)
{
  const char *label = product != NULL ? wuyou_json_get_string (product, "label") : NULL;
  const char *code = product != NULL ? wuyou_json_get_string (product, "code") : NULL;
  const char *name = product != NULL ? wuyou_json_get_string (product, "name") : NULL;

  self->benefit_json = wuyou_dossier_dup_string (product, "benefit_json");
  if (code != NULL)
    self->product_label = g_strdup_printf ("%s · %s %s", name != NULL ? name : "", code, label != NULL ? label : "");
}

static char **
read_sections (JsonArray *array)
{
  g_autoptr (GStrvBuilder) sections = g_strv_builder_new ();

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    if (JSON_NODE_HOLDS_VALUE (json_array_get_element (array, i)))
      g_strv_builder_add (sections, json_array_get_string_element (array, i));
  return g_strv_builder_end (sections);
}

static gboolean
read_records (WuyouClaimDossier *self, JsonObject *answer)
{
  JsonObject *claim = wuyou_json_get_object (answer, "claim");
  JsonObject *contract = wuyou_json_get_object (answer, "contract");

  self->claim = wuyou_claim_new ();
  self->contract = wuyou_contract_new ();
  if (claim == NULL || !wuyou_record_read_json (&wuyou_claim_type, self->claim, claim, WUYOU_CODEC_MASKED_INPUT, NULL))
    return FALSE;
  return contract == NULL
         || wuyou_record_read_json (&wuyou_contract_type, self->contract, contract, WUYOU_CODEC_MASKED_INPUT, NULL);
}

/* The wire names the paper in its English sentence; here the row does, and the sentence says what is the matter. */
static void
name_problem (const WuyouClaimDossier *self, WuyouDossierProblem *problem)
{
  const WuyouClaimSlotRow *row = wuyou_claim_dossier_find_slot (self, problem->field);
  const char *state = row != NULL ? _ (wuyou_enum_label (wuyou_slot_states, row->state)) : NULL;

  if (state == NULL)
    return;
  g_free (problem->detail);
  problem->detail
      = row->request_reason != NULL ? g_strdup_printf (_ ("%s: %s"), state, row->request_reason) : g_strdup (state);
}

static void
name_problems (WuyouClaimDossier *self)
{
  for (guint i = 0; i < self->actions->len; i++) {
    const WuyouDossierAction *action = self->actions->pdata[i];

    for (guint j = 0; j < action->violations->len; j++)
      name_problem (self, action->violations->pdata[j]);
  }
}

WuyouClaimDossier *
wuyou_claim_dossier_new (JsonObject *answer, const char *etag, GError **error)
{
  g_autoptr (WuyouClaimDossier) self = g_new0 (WuyouClaimDossier, 1);

  if (!read_records (self, answer)) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_CORRUPT, "not a claim");
    return NULL;
  }
  self->answer = json_object_ref (answer);
  self->etag = etag != NULL ? g_strdup (etag) : g_strdup_printf ("\"%" G_GINT64_FORMAT "\"", self->claim->version);
  self->org_name = wuyou_dossier_dup_string (wuyou_json_get_object (answer, "org"), "name");
  self->insurer_name = wuyou_dossier_dup_string (wuyou_json_get_object (answer, "insurer"), "name");
  self->for_dealer = wuyou_json_get_boolean (answer, "for_dealer");
  read_product (self, wuyou_json_get_object (answer, "product"));
  read_clocks (self, wuyou_json_get_object (answer, "clocks"));
  read_turn (self, wuyou_json_get_object (answer, "turn"));
  self->checklist = wuyou_dossier_read_array (answer, "checklist", read_slot, (GDestroyNotify) free_slot);
  self->actions = wuyou_dossier_read_actions (answer, &wuyou_claim_workflow, self->claim->state);
  name_problems (self);
  self->timeline = wuyou_dossier_read_timeline (answer);
  self->notes = wuyou_dossier_read_array (answer, "messages", read_note, (GDestroyNotify) free_note);
  self->papers = wuyou_dossier_read_array (answer, "papers", read_paper, (GDestroyNotify) free_paper);
  if (wuyou_json_get_array (answer, "flags") != NULL)
    self->flags = wuyou_dossier_read_array (answer, "flags", read_flag, (GDestroyNotify) free_flag);
  self->open_sections = read_sections (wuyou_json_get_array (answer, "open_sections"));
  return g_steal_pointer (&self);
}

void
wuyou_claim_dossier_free (WuyouClaimDossier *self)
{
  GPtrArray *const arrays[]
      = { self->checklist, self->actions, self->timeline, self->notes, self->papers, self->flags };
  char *const texts[] = { self->etag, self->org_name, self->insurer_name, self->product_label, self->benefit_json };

  g_clear_pointer (&self->claim, wuyou_claim_free);
  g_clear_pointer (&self->contract, wuyou_contract_free);
  for (guint i = 0; i < G_N_ELEMENTS (arrays); i++)
    if (arrays[i] != NULL)
      g_ptr_array_unref (arrays[i]);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_strfreev (self->open_sections);
  g_clear_pointer (&self->answer, json_object_unref);
  g_free (self);
}

gboolean
wuyou_claim_dossier_is_open (const WuyouClaimDossier *self, const char *section)
{
  return g_strv_contains ((const char *const *) self->open_sections, section);
}

const char *
wuyou_claim_dossier_get_clause (const WuyouClaimDossier *self, int exclusion)
{
  JsonObject *product = wuyou_json_get_object (self->answer, "product");
  JsonObject *clauses = product != NULL ? wuyou_json_get_object (product, "clauses") : NULL;

  return clauses != NULL ? wuyou_json_get_string (clauses, wuyou_enum_id (wuyou_exclusions, exclusion)) : NULL;
}

const char *
wuyou_claim_dossier_get_person (const WuyouClaimDossier *self, const char *account_id)
{
  JsonObject *people = wuyou_json_get_object (self->answer, "people");
  const char *name = people != NULL && account_id != NULL ? wuyou_json_get_string (people, account_id) : NULL;

  return name != NULL ? name : "";
}

/* Better steps have higher ranks; 0: not to be suggested. */
static int
rank_action (const WuyouClaimDossier *self, const WuyouDossierAction *action)
{
  guint flags = action->transition != NULL ? action->transition->flags : 0;
  gboolean lacks = g_strcmp0 (action->code, "INVALID") == 0 || g_strcmp0 (action->code, "DOCUMENT_PENDING") == 0
                   || g_strcmp0 (action->code, "NOT_ELIGIBLE") == 0;

  if (!wuyou_dossier_action_is_for_people (action) || (flags & (WUYOU_TRANSITION_DESTRUCTIVE | WUYOU_TRANSITION_ASIDE)))
    return 0;
  /* Once it is recorded it can be recorded anew, but what it was for comes first. */
  if (g_str_equal (action->action, "determine") && self->claim->determination != 0)
    return 1;
  if (action->allowed)
    return flags & WUYOU_TRANSITION_NEXT ? 4 : 3;
  return !lacks ? 0 : flags & WUYOU_TRANSITION_NEXT ? 2 : 1;
}

const WuyouDossierAction *
wuyou_claim_dossier_get_next (const WuyouClaimDossier *self)
{
  const WuyouDossierAction *next = NULL;
  int best = 0;

  for (guint i = 0; i < self->actions->len; i++)
    if (rank_action (self, self->actions->pdata[i]) > best) {
      next = self->actions->pdata[i];
      best = rank_action (self, next);
    }
  return next;
}

const WuyouClaimSlotRow *
wuyou_claim_dossier_find_slot (const WuyouClaimDossier *self, const char *slot)
{
  for (guint i = 0; i < self->checklist->len; i++) {
    const WuyouClaimSlotRow *row = self->checklist->pdata[i];

    if (g_strcmp0 (row->slot, slot) == 0)
      return row;
  }
  return NULL;
}
