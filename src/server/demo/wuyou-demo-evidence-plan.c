/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "base/wuyou-json.h"
#include "base/wuyou-text.h"
#include "claims/wuyou-evidence-facts.h"
#include "claims/wuyou-evidence-rules.h"
#include "demo/wuyou-demo-evidence.h"

#define SECOND ((gint64) G_USEC_PER_SEC)
#define BETWEEN (45 * SECOND) /* one file and the next */
#define STREAM_EVIDENCE (G_GUINT64_CONSTANT (1) << 48)
#define WRONG_FEN 500000 /* by so much a paper differs where one shall */

typedef struct {
  const WuyouDemoClaims *claims;
  const WuyouDemoClaimStory *story;
  const WuyouClaim *last; /* as it stands now */
  WuyouDemoEvidencePlan *plan;
} Planning;

static void
free_file (gpointer data)
{
  WuyouDemoEvidenceFile *file = data;

  wuyou_evidence_free (file->added);
  g_clear_pointer (&file->judged, wuyou_evidence_free);
  g_clear_pointer (&file->replaced, wuyou_evidence_free);
  g_free (file);
}

const WuyouEvidence *
wuyou_demo_evidence_file_at (const WuyouDemoEvidenceFile *file, gint64 at)
{
  const WuyouEvidence *const steps[] = { file->replaced, file->judged, file->added };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (steps[i] != NULL && steps[i]->updated_at <= at)
      return steps[i];
  return NULL;
}

void
wuyou_demo_evidence_plan_free (WuyouDemoEvidencePlan *plan)
{
  g_ptr_array_unref (plan->files);
  g_clear_pointer (&plan->rows, g_ptr_array_unref);
  g_free (plan);
}

/* --- what a paper says --- */

static void
copy_fact (WuyouEvidence *evidence, const WuyouField *to, const WuyouField *from, gconstpointer record)
{
  if (wuyou_field_is_text (to))
    wuyou_field_set_text (to, evidence, wuyou_field_get_text (from, record));
  else
    wuyou_field_set_int (to, evidence, wuyou_field_get_int (from, record));
}

static void
set_facts (const Planning *planning, WuyouEvidence *evidence)
{
  const char *const *facts = wuyou_evidence_facts_of_slot (evidence->slot);

  for (guint i = 0; facts[i] != NULL; i++) {
    const WuyouField *to = wuyou_record_type_find (&wuyou_evidence_type, facts[i]);
    const WuyouField *of_claim = wuyou_record_type_find (&wuyou_claim_type, facts[i]);
    const WuyouField *of_contract = wuyou_record_type_find (&wuyou_contract_type, facts[i]);

    if (of_claim != NULL)
      copy_fact (evidence, to, of_claim, planning->last);
    else if (of_contract != NULL)
      copy_fact (evidence, to, of_contract, planning->story->contract);
    else
      evidence->loss_on = wuyou_date_of_instant (planning->last->loss_at);
  }
}

/* Where a review has just begun, the reviewer finds two papers that do not agree. */
static void
contradict (const Planning *planning, WuyouEvidence *evidence)
{
  gboolean begun = planning->last->state == WUYOU_CLAIM_PRE_REVIEW && planning->last->check_contract == 0
                   && planning->last->requests == 0;

  if (begun && g_str_equal (evidence->slot, "PAYOUT_SLIP") && evidence->payout_fen > WRONG_FEN)
    evidence->payout_fen -= WRONG_FEN;
}

/* --- files --- */

static char *
name_file (const char *slot, const char *title)
{
  return g_strconcat (title, wuyou_demo_evidence_is_photo (slot) ? ".jpg" : ".pdf", NULL);
}

static void
add_file (Planning *planning,
          const WuyouDemoClaimStep *step,
          const WuyouDemoAccount *adder,
          const char *slot,
          const char *title,
          gboolean sensitive,
          gint64 at)
{
  WuyouDemoEvidenceFile *file = g_new0 (WuyouDemoEvidenceFile, 1);
  const WuyouClaim *claim = step->claim;
  WuyouEvidence *evidence = file->added = wuyou_evidence_new ();
  guint64 stream = STREAM_EVIDENCE + g_str_hash (claim->id) * 512ull + planning->plan->files->len;

  file->adder = adder;
  file->title = title;
  evidence->id = wuyou_demo_world_create_id (planning->claims->world, at, stream);
  evidence->claim_id = g_strdup (claim->id);
  evidence->org_id = g_strdup (claim->org_id);
  evidence->slot = g_strdup (slot);
  evidence->phase = claim->phase;
  evidence->file_name = name_file (slot, title);
  evidence->media_type = g_strdup (wuyou_demo_evidence_is_photo (slot) ? "image/jpeg" : "application/pdf");
  evidence->state = WUYOU_EVIDENCE_AVAILABLE;
  evidence->sensitive = sensitive;
  evidence->pages = 1;
  evidence->created_by = g_strdup (adder->account->id);
  evidence->created_at = evidence->updated_at = at;
  set_facts (planning, evidence);
  contradict (planning, evidence);
  g_ptr_array_add (planning->plan->files, file);
}

static gboolean
has_file (const Planning *planning, const char *slot, int phase)
{
  for (guint i = 0; i < planning->plan->files->len; i++) {
    const WuyouEvidence *evidence = ((WuyouDemoEvidenceFile *) planning->plan->files->pdata[i])->added;

    if (evidence->phase == phase && g_str_equal (evidence->slot, slot))
      return TRUE;
  }
  return FALSE;
}

/* Required papers of the phase that are not there yet, at most @most; just before the step. */
static void
add_rows (Planning *planning, const WuyouDemoClaimStep *step, const WuyouDemoAccount *adder, guint most, gint64 at)
{
  const GPtrArray *rows = planning->plan->rows;
  gint64 begin = at - (gint64) (rows->len + 1) * BETWEEN;

  for (guint i = 0; i < rows->len && most > 0; i++) {
    const WuyouChecklistRow *row = rows->pdata[i];

    if (row->phase != step->claim->phase || !row->required || has_file (planning, row->slot, row->phase)
        || g_str_equal (row->slot, WUYOU_SLOT_DETERMINATION))
      continue;
    add_file (planning, step, adder, row->slot, row->title, row->sensitive, begin + i * BETWEEN);
    most--;
  }
}

static void
add_single (Planning *planning, const WuyouDemoClaimStep *step, const char *slot, const char *title)
{
  add_file (planning, step, step->actor, slot, title, FALSE, step->at - BETWEEN);
}

static void
add_determination (Planning *planning, const WuyouDemoClaimStep *step)
{
  const WuyouChecklistRow *row = wuyou_checklist_find (planning->plan->rows, WUYOU_SLOT_DETERMINATION);

  add_single (planning, step, WUYOU_SLOT_DETERMINATION, row->title);
}

/* --- a request for more, and what comes --- */

static JsonNode *
parse_request (const WuyouClaim *claim)
{
  JsonNode *node
      = claim->request_json != NULL ? wuyou_json_parse (claim->request_json, strlen (claim->request_json), NULL) : NULL;

  g_return_val_if_fail (node != NULL && JSON_NODE_HOLDS_ARRAY (node), NULL);
  return node;
}

/* What was returned is replaced once another of its slot was looked at, as the server does it (6.8). */
static void
replace_returned (Planning *planning, const char *slot, int phase, gint64 at)
{
  for (guint i = 0; i < planning->plan->files->len; i++) {
    WuyouDemoEvidenceFile *file = planning->plan->files->pdata[i];

    if (file->judged == NULL || file->judged->state != WUYOU_EVIDENCE_RETURNED || file->replaced != NULL
        || file->added->phase != phase || !g_str_equal (file->added->slot, slot))
      continue;
    file->replaced = wuyou_evidence_new ();
    wuyou_record_copy (&wuyou_evidence_type, file->judged, file->replaced);
    file->replaced->state = WUYOU_EVIDENCE_SUPERSEDED;
    file->replaced->updated_at = at;
  }
}

static void
add_requested (Planning *planning, const WuyouDemoClaimStep *step)
{
  g_autoptr (JsonNode) node = parse_request (step->claim);
  JsonArray *wanted = json_node_get_array (node);

  for (guint i = 0; i < json_array_get_length (wanted); i++) {
    const char *slot = wuyou_json_get_string (wuyou_json_array_get_object (wanted, i), "slot");
    const WuyouChecklistRow *row = wuyou_checklist_find (planning->plan->rows, slot);

    add_file (planning, step, step->actor, slot, row->title, row->sensitive, step->at - (i + 1) * BETWEEN);
    replace_returned (planning, slot, step->claim->phase, step->at - (i + 1) * BETWEEN + SECOND);
  }
}

static void
judge (WuyouDemoEvidenceFile *file, const WuyouDemoAccount *judge, int state, gint64 at)
{
  WuyouEvidence *judged = wuyou_evidence_new ();

  wuyou_record_copy (&wuyou_evidence_type, file->added, judged);
  judged->state = state;
  judged->return_reason = state != WUYOU_EVIDENCE_RETURNED            ? 0
                          : g_str_equal (judged->slot, "PAYOUT_SLIP") ? WUYOU_RETURN_BLURRED
                          : g_str_equal (judged->slot, "NEW_INVOICE") ? WUYOU_RETURN_BLURRED
                                                                      : WUYOU_RETURN_MISSING_PAGE;
  judged->judged_by = g_strdup (judge->account->id);
  judged->judged_at = judged->updated_at = at;
  g_clear_pointer (&file->judged, wuyou_evidence_free);
  file->judged = judged;
  file->judge = judge;
}

static gboolean
is_open (const WuyouDemoEvidenceFile *file, int phase)
{
  return file->judged == NULL && file->added->phase == phase;
}

static void
return_requested (Planning *planning, const WuyouDemoClaimStep *step)
{
  g_autoptr (JsonNode) node = parse_request (step->claim);
  JsonArray *wanted = json_node_get_array (node);

  for (guint i = 0; i < json_array_get_length (wanted); i++) {
    const char *slot = wuyou_json_get_string (wuyou_json_array_get_object (wanted, i), "slot");

    for (guint j = 0; j < planning->plan->files->len; j++) {
      WuyouDemoEvidenceFile *file = planning->plan->files->pdata[j];

      if (is_open (file, step->claim->phase) && g_str_equal (file->added->slot, slot))
        judge (file, step->actor, WUYOU_EVIDENCE_RETURNED, step->at - BETWEEN);
    }
  }
}

static void
verify_all (Planning *planning, const WuyouDemoClaimStep *step)
{
  for (guint i = 0; i < planning->plan->files->len; i++) {
    WuyouDemoEvidenceFile *file = planning->plan->files->pdata[i];

    if (is_open (file, step->claim->phase))
      judge (file, step->actor, WUYOU_EVIDENCE_VERIFIED, step->at - BETWEEN);
  }
}

/* --- a story --- */

static const struct {
  const char *action, *slot, *title;
} singles[] = {
  { "appeal", WUYOU_SLOT_APPEAL, "申诉书" },
  { "withdraw", WUYOU_SLOT_WITHDRAWAL, "车主撤回声明" },
  { "pay", WUYOU_SLOT_PAYMENT_PROOF, "付款回单" },
};

static void
take_step (Planning *planning, const WuyouDemoClaimStep *step)
{
  for (guint i = 0; i < G_N_ELEMENTS (singles); i++)
    if (g_str_equal (step->action, singles[i].action))
      add_single (planning, step, singles[i].slot, singles[i].title);
  if (g_str_equal (step->action, "determine"))
    add_determination (planning, step);
  else if (g_str_equal (step->action, "submit"))
    add_rows (planning, step, step->actor, G_MAXUINT, step->at);
  else if (g_str_has_prefix (step->action, "supply"))
    add_requested (planning, step);
  else if (g_str_equal (step->action, "request"))
    return_requested (planning, step);
  else if (g_str_equal (step->action, "check"))
    verify_all (planning, step);
}

/* What is still being gathered is half there. */
static void
add_begun (Planning *planning)
{
  const WuyouDemoClaimStep *last = planning->story->steps->pdata[planning->story->steps->len - 1];
  const WuyouDemoAccount *clerk = g_hash_table_lookup (planning->claims->clerks, last->claim->org_id);

  if (last->claim->state == WUYOU_CLAIM_REPORTED)
    add_rows (planning, last, clerk, 7, last->at);
  else if (last->claim->state == WUYOU_CLAIM_REPLACING)
    add_rows (planning, last, clerk, 2, last->at);
}

WuyouDemoEvidencePlan *
wuyou_demo_evidence_plan_new (const WuyouDemoClaims *claims, const WuyouDemoClaimStory *story, GError **error)
{
  const WuyouClaim *last = ((WuyouDemoClaimStep *) story->steps->pdata[story->steps->len - 1])->claim;
  g_autoptr (WuyouDemoEvidencePlan) plan = g_new0 (WuyouDemoEvidencePlan, 1);
  Planning planning = { claims, story, last, plan };
  const char *benefit = story->product->benefit_json;
  GPtrArray *later;

  plan->files = g_ptr_array_new_with_free_func (free_file);
  plan->rows = wuyou_checklist_read (benefit, WUYOU_PHASE_LOSS, last->loss_type, error);
  later = plan->rows != NULL ? wuyou_checklist_read (benefit, WUYOU_PHASE_REPLACEMENT, last->loss_type, error) : NULL;
  if (later == NULL)
    return NULL;
  g_ptr_array_extend_and_steal (plan->rows, later);
  for (guint i = 0; i < story->steps->len; i++)
    take_step (&planning, story->steps->pdata[i]);
  add_begun (&planning);
  return g_steal_pointer (&plan);
}
