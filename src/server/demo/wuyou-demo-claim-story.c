/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "base/wuyou-json.h"
#include "base/wuyou-text.h"
#include "claims/wuyou-claim-checklist.h"
#include "claims/wuyou-claim-settlement.h"
#include "demo/wuyou-demo-claim-tale.h"
#include "demo/wuyou-demo-identity.h"

#define STREAM_STORIES (G_GUINT64_CONSTANT (1) << 45)
#define STREAM_SCRIPTS (G_GUINT64_CONSTANT (1) << 46)
#define OTHER_FEN 26000

static void
free_step (gpointer data)
{
  WuyouDemoClaimStep *step = data;

  wuyou_claim_free (step->claim);
  g_clear_pointer (&step->messages, g_ptr_array_unref);
  g_free (step->reason);
  g_free (step);
}

void
wuyou_demo_claim_story_free (WuyouDemoClaimStory *story)
{
  g_clear_pointer (&story->contract, wuyou_contract_free);
  g_ptr_array_unref (story->steps);
  g_free (story);
}

/* --- steps --- */

static void
add_step (WuyouTale *tale, const char *action, const WuyouDemoAccount *actor, const char *reason)
{
  WuyouDemoClaimStep *step = g_new0 (WuyouDemoClaimStep, 1);

  if (!tale->whole)
    g_ptr_array_set_size (tale->story->steps, 0);
  tale->claim->updated_at = tale->at;
  wuyou_claim_place (tale->claim);
  step->action = action;
  step->actor = actor;
  step->reason = g_strdup (reason);
  step->at = tale->at;
  step->claim = wuyou_claim_new ();
  wuyou_record_copy (&wuyou_claim_type, tale->claim, step->claim);
  if (tale->whole)
    step->messages = wuyou_tale_write_messages (tale, action);
  g_ptr_array_add (tale->story->steps, step);
}

/* A step of the workflow, with its own guard. The papers that it wants are taken to be there. */
static gboolean
act (WuyouTale *tale, const char *action, const WuyouDemoAccount *actor, const WuyouClaimInput *input)
{
  const WuyouTransition *transition = wuyou_workflow_find (&wuyou_claim_workflow, tale->claim->state, action, NULL);
  const WuyouClaimFacts facts = {
    .contract = tale->story->contract,
    .product = tale->story->product,
    .calendar = tale->claims->calendar,
    .clocks = tale->clocks,
    .today = wuyou_date_of_instant (tale->at),
    .actor_id = actor != NULL ? actor->account->id : NULL,
    .determination_available = TRUE,
    .statement_available = TRUE,
    .proof_available = TRUE,
  };
  const WuyouStep step = { .record = tale->claim, .context = &facts, .input = input, .now = tale->at };
  guint32 roles = actor != NULL ? wuyou_account_get_roles (actor->account) : 0;
  g_autoptr (GError) error = NULL;

  if (transition == NULL || !wuyou_workflow_check (transition, roles, input->reason, &step, &error)) {
    g_debug ("demo: %s: %s", action, error != NULL ? error->message : "no such step");
    return FALSE;
  }
  wuyou_claim_apply (tale->claim, transition, &facts, input, tale->at);
  add_step (tale, action, actor, input->reason);
  return TRUE;
}

static gboolean
act_plainly (WuyouTale *tale, const char *action, const WuyouDemoAccount *actor)
{
  const WuyouClaimInput input = { 0 };

  return act (tale, action, actor, &input);
}

/* --- the dealership --- */

static void
copy_contract (WuyouTale *tale)
{
  const WuyouContract *contract = tale->story->contract;
  WuyouClaim *claim = tale->claim;

  claim->contract_id = g_strdup (contract->id);
  claim->org_id = g_strdup (contract->org_id);
  claim->contract_number = g_strdup (contract->number);
  claim->contract_owner_name = g_strdup (contract->owner_name);
  claim->contract_vin = g_strdup (contract->vin);
  claim->contract_model = g_strdup (contract->model);
}

static gboolean
create (WuyouTale *tale, gint64 loss_at)
{
  const WuyouDemoAccount *clerk = wuyou_tale_get_clerk (tale);
  WuyouClaim *claim = tale->claim;

  claim->id = wuyou_tale_create_id (tale);
  claim->state = WUYOU_CLAIM_DRAFT;
  claim->phase = WUYOU_PHASE_LOSS;
  claim->created_by = g_strdup (clerk->account->id);
  claim->created_at = tale->at;
  copy_contract (tale);
  wuyou_tale_fill_loss (tale, loss_at);
  add_step (tale, "create", clerk, NULL);
  return TRUE;
}

static gboolean
determine (WuyouTale *tale, int determination)
{
  const WuyouDemoAccount *insurer = wuyou_tale_get_insurer (tale);
  WuyouDate today = wuyou_date_of_instant (tale->at);
  const WuyouClaimInput input = {
    .determination = determination,
    .determined_on = MAX (wuyou_date_of_instant (tale->claim->loss_at),
                          today - (WuyouDate) wuyou_demo_random_below (&tale->random, 2)),
  };

  return act (tale, "determine", insurer != NULL ? insurer : wuyou_tale_get_clerk (tale), &input);
}

static gboolean
update (WuyouTale *tale, void (*fill) (WuyouTale *tale))
{
  fill (tale);
  add_step (tale, "update", wuyou_tale_get_clerk (tale), NULL);
  return TRUE;
}

static gboolean
act_with (WuyouTale *tale, const char *action, const WuyouDemoAccount *actor, const char *reason)
{
  const WuyouClaimInput input = { .reason = reason };

  return act (tale, action, actor, &input);
}

static gboolean
supply (WuyouTale *tale)
{
  gboolean later = tale->claim->phase == WUYOU_PHASE_REPLACEMENT;

  return act_plainly (tale, later ? "supply-final" : "supply", wuyou_tale_get_clerk (tale));
}

/* --- the review --- */

static void
write_request_row (GString *out, const WuyouChecklistRow *row, const char *reason)
{
  wuyou_json_begin_object (out, NULL);
  wuyou_json_add_string (out, "slot", row->slot);
  wuyou_json_add_string (out, "title", row->title);
  wuyou_json_add_string (out, "reason", reason);
  wuyou_json_end_object (out);
}

/* Two of the papers that the words have a reason for. */
static char *
write_request (WuyouTale *tale)
{
  JsonObject *reasons = wuyou_json_get_object (tale->claims->words, "requests");
  g_autoptr (GPtrArray) rows
      = wuyou_checklist_read (tale->story->product->benefit_json, tale->claim->phase, tale->claim->loss_type, NULL);
  GString *out = g_string_new (NULL);
  guint n = 0;

  wuyou_json_begin_array (out, NULL);
  for (guint i = 0; rows != NULL && i < rows->len && n < 2; i++) {
    const WuyouChecklistRow *row = rows->pdata[i];
    const char *reason = wuyou_json_get_string (reasons, row->slot);

    if (reason == NULL || wuyou_demo_random_chance (&tale->random, 300))
      continue;
    write_request_row (out, row, reason);
    n++;
  }
  if (n == 0 && rows != NULL && rows->len > 0)
    write_request_row (out, rows->pdata[rows->len - 1], wuyou_json_get_string (reasons, "RIGHTS_TRANSFER"));
  wuyou_json_end_array (out);
  return g_string_free (out, FALSE);
}

static gboolean
request (WuyouTale *tale)
{
  g_autofree char *json = write_request (tale);
  const WuyouClaimInput input = { .request_json = json };

  return act (tale, "request", wuyou_tale_get_assessor (tale), &input);
}

static const char *const checks[] = { "check_contract", "check_insurance", "check_cause", "check_exclusions" };

static gboolean
check (WuyouTale *tale, JsonObject *fault)
{
  JsonObject *notes = wuyou_json_get_object (tale->claims->words, "notes");
  const char *failed = fault != NULL ? wuyou_json_get_string (fault, "check") : NULL;
  g_autoptr (GString) out = g_string_new (NULL);

  wuyou_json_begin_object (out, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (checks); i++) {
    const WuyouField *field = wuyou_record_type_find (&wuyou_claim_type, checks[i]);
    gboolean met = g_strcmp0 (checks[i], failed) != 0;
    const char *note = met ? wuyou_tale_pick (tale, notes, checks[i]) : wuyou_json_get_string (fault, "note");

    wuyou_field_set_int (field, tale->claim, met ? WUYOU_CHECK_MET : WUYOU_CHECK_NOT_MET);
    wuyou_json_add_string (out, checks[i], note);
  }
  wuyou_json_end_object (out);
  wuyou_text_set (&tale->claim->check_notes_json, out->str);
  tale->refusal = fault;
  add_step (tale, "check", wuyou_tale_get_assessor (tale), NULL);
  return TRUE;
}

static gboolean
find_fault (WuyouTale *tale)
{
  gboolean final = tale->claim->phase == WUYOU_PHASE_REPLACEMENT;

  return check (tale, wuyou_tale_pick_object (tale, final ? "final_refusals" : "refusals"));
}

static gboolean
reject (WuyouTale *tale)
{
  const WuyouClaimInput input = {
    .reason = wuyou_json_get_string (tale->refusal, "reason"),
    .exclusion = wuyou_enum_find (wuyou_exclusions, wuyou_json_get_string (tale->refusal, "exclusion"))->value,
  };

  return act (tale, "reject", wuyou_tale_get_approver (tale), &input);
}

static gboolean
approve (WuyouTale *tale)
{
  gboolean appealed = tale->claim->previous_approver_id != NULL;
  JsonObject *words = tale->claims->words;
  const char *reason
      = appealed ? wuyou_json_get_string (words, "reopened") : wuyou_tale_pick (tale, words, "approvals");

  return act_with (tale, "approve", wuyou_tale_get_approver (tale), reason);
}

/* Only where the product wants it; by the approver who does not decide. */
static gboolean
endorse (WuyouTale *tale)
{
  gint64 over = wuyou_claim_endorsement_over (tale->story->product->benefit_json);

  return over == 0 || wuyou_claim_amount (tale->claim) <= over
         || act_plainly (tale, "endorse", wuyou_tale_get_endorser (tale));
}

static gboolean
set_amount (WuyouTale *tale, gboolean other)
{
  const WuyouDemoAccount *assessor = wuyou_tale_get_assessor (tale);
  WuyouClaim *claim = tale->claim;
  g_autoptr (GError) error = NULL;

  if (!wuyou_claim_settle (claim, tale->story->contract, tale->story->product->benefit_json, &error)) {
    g_debug ("demo: settlement: %s", error->message);
    return FALSE;
  }
  if (other) {
    claim->override_fen = MAX (claim->settled_fen - OTHER_FEN, 0);
    wuyou_text_set (&claim->override_reason, wuyou_tale_pick (tale, tale->claims->words, "overrides"));
    wuyou_text_set (&claim->override_by, assessor->account->id);
  }
  add_step (tale, "settle-amount", assessor, claim->override_reason);
  return TRUE;
}

/* By itself, in the night after the last day. */
static gboolean
lapse (WuyouTale *tale)
{
  WuyouDate last
      = wuyou_calendar_add_workdays (tale->claims->calendar, tale->claim->due_on, (int) tale->clocks.grace_days);

  tale->at = wuyou_date_start (last + 1);
  return act_plainly (tale, "lapse", NULL);
}

/* --- the payment --- */

static gboolean
pay (WuyouTale *tale)
{
  g_autofree char *digits = wuyou_demo_digits (&tale->random, 10);
  g_autofree char *reference = g_strconcat ("LPZF", digits, NULL);
  const WuyouClaimInput input = {
    .paid_on = wuyou_date_of_instant (tale->at),
    .paid_fen = wuyou_claim_amount (tale->claim),
    .payment_reference = reference,
  };

  return act (tale, "pay", wuyou_tale_get_finance (tale), &input);
}

/* --- a story --- */

/* From then on it is its insurer's to see. */
static gboolean
report (WuyouTale *tale, const WuyouDemoAccount *clerk)
{
  const WuyouOrg *insurer = tale->claims->insurer->org;

  if (g_strcmp0 (insurer->name, tale->story->contract->commercial_insurer) == 0)
    tale->claim->insurer_org_id = g_strdup (insurer->id);
  return act_plainly (tale, "report", clerk);
}

static gboolean
take_beat (WuyouTale *tale, WuyouBeat beat, gint64 loss_at)
{
  const WuyouDemoAccount *clerk = wuyou_tale_get_clerk (tale), *assessor = wuyou_tale_get_assessor (tale);
  JsonObject *words = tale->claims->words;
  gboolean later = tale->claim->phase == WUYOU_PHASE_REPLACEMENT;

  switch (beat) {
  case WUYOU_BEAT_CREATE:
    return create (tale, loss_at);
  case WUYOU_BEAT_REPORT:
    return report (tale, clerk);
  case WUYOU_BEAT_DETERMINE:
    return determine (tale, wuyou_demo_random_chance (&tale->random, 700) ? WUYOU_DETERMINATION_CONSTRUCTIVE
                                                                          : WUYOU_DETERMINATION_ACTUAL);
  case WUYOU_BEAT_PARTIAL:
    return determine (tale, WUYOU_DETERMINATION_PARTIAL);
  case WUYOU_BEAT_PAYOUT:
    return update (tale, wuyou_tale_fill_payout);
  case WUYOU_BEAT_SUBMIT:
    return act_plainly (tale, "submit", clerk);
  case WUYOU_BEAT_TAKE:
    return act_plainly (tale, "take", assessor);
  case WUYOU_BEAT_CHECK:
    return check (tale, NULL);
  case WUYOU_BEAT_FAULT:
    return find_fault (tale);
  case WUYOU_BEAT_REQUEST:
    return request (tale);
  case WUYOU_BEAT_SUPPLY:
    return supply (tale);
  case WUYOU_BEAT_LAPSE:
    return lapse (tale);
  case WUYOU_BEAT_APPROVE:
    return approve (tale);
  case WUYOU_BEAT_REJECT:
    return reject (tale);
  case WUYOU_BEAT_APPEAL:
    return act_with (tale, "appeal", clerk, wuyou_json_get_string (tale->refusal, "appeal"));
  case WUYOU_BEAT_REOPEN:
    return act_plainly (tale, later ? "reopen-final" : "reopen", assessor);
  case WUYOU_BEAT_CONFIRM:
    return act_with (tale, "confirm", wuyou_tale_get_approver (tale), wuyou_json_get_string (words, "confirms"));
  case WUYOU_BEAT_CAR:
    return update (tale, wuyou_tale_fill_car);
  case WUYOU_BEAT_REPLACE:
    return act_plainly (tale, "replace", clerk);
  case WUYOU_BEAT_COSTS:
    return update (tale, wuyou_tale_fill_costs);
  case WUYOU_BEAT_AMOUNT:
    return set_amount (tale, FALSE);
  case WUYOU_BEAT_OTHER_AMOUNT:
    return set_amount (tale, TRUE);
  case WUYOU_BEAT_ENDORSE:
    return endorse (tale);
  case WUYOU_BEAT_SETTLE:
    return act_plainly (tale, "settle", wuyou_tale_get_finance (tale));
  case WUYOU_BEAT_PAY:
    return pay (tale);
  case WUYOU_BEAT_WITHDRAW:
    return act_with (tale, "withdraw", clerk, wuyou_tale_pick (tale, words, "withdrawals"));
  case WUYOU_BEAT_DISCARD:
    return act_with (tale, "discard", clerk, wuyou_tale_pick (tale, words, "discards"));
  default:
    return FALSE;
  }
}

/* With the report, as the server gives it. */
static void
set_number (WuyouTale *tale, guint n)
{
  int year = wuyou_demo_year (wuyou_date_of_instant (tale->at));

  tale->claim->number = g_strdup_printf ("LP-%04d-%07u", year, n + 1);
}

static void
tell (WuyouTale *tale, const WuyouSchedule *schedule, guint n)
{
  for (guint i = 0; i < schedule->n; i++) {
    WuyouBeat beat = tale->script->beats[i];

    tale->at = schedule->at[i];
    if (beat == WUYOU_BEAT_REPORT)
      set_number (tale, n);
    if (!take_beat (tale, beat, schedule->loss_at))
      return;
  }
}

/* What cannot have happened yet on a young contract is at its beginning instead. */
static const WuyouScript *
pick_script (const WuyouDemoClaims *claims, const WuyouContract *contract, guint index, WuyouSchedule *ret)
{
  WuyouDemoRandom random = wuyou_demo_random (claims->plan.seed, STREAM_SCRIPTS + index);
  const WuyouScript *script = &wuyou_scripts[wuyou_script_pick (&random, TRUE)];

  if (wuyou_script_schedule (claims, contract, index, script, 0, FALSE, ret)
      || wuyou_script_schedule (claims, contract, index, script, 0, TRUE, ret))
    return script;
  script = &wuyou_scripts[0];
  if (!wuyou_script_schedule (claims, contract, index, script, 0, TRUE, ret))
    ret->loss_at = ret->at[0] = MIN (MAX (wuyou_date_start (contract->effective_on), ret->at[0]), claims->plan.now);
  return script;
}

static const WuyouProduct *
find_product (const WuyouDemoPlan *plan, const char *id)
{
  for (guint i = 0; i < plan->products->len; i++)
    if (g_strcmp0 (((WuyouProduct *) plan->products->pdata[i])->id, id) == 0)
      return plan->products->pdata[i];
  return NULL;
}

WuyouDemoClaimStory *
wuyou_demo_claim_story_new (const WuyouDemoClaims *claims, guint n)
{
  const WuyouDemoClaimRow *row = &g_array_index (claims->rows, WuyouDemoClaimRow, n);
  g_autoptr (WuyouClaim) claim = wuyou_claim_new ();
  WuyouDemoClaimStory *story = g_new0 (WuyouDemoClaimStory, 1);
  WuyouTale tale = { .claims = claims, .whole = row->whole, .twin = row->twin, .claim = claim, .story = story };
  WuyouSchedule schedule;
  gint64 end = 0;

  story->contract = wuyou_demo_claim_find_contract (&claims->plan, row->index, &end);
  story->product = find_product (&claims->plan, story->contract->product_id);
  story->seller = wuyou_demo_contract_seller (&claims->plan, row->index);
  story->steps = g_ptr_array_new_with_free_func (free_step);
  tale.random = wuyou_demo_random (claims->plan.seed, STREAM_STORIES + row->index);
  tale.person = wuyou_demo_random_below (&tale.random, 1000);
  wuyou_claim_clocks_read (story->product->benefit_json, &tale.clocks);
  if (row->script == WUYOU_DEMO_CLAIM_FURTHER)
    tale.script = pick_script (claims, story->contract, row->index, &schedule);
  else {
    tale.script = &wuyou_scripts[row->script];
    if (!wuyou_script_schedule (claims, story->contract, row->index, tale.script, end, FALSE, &schedule))
      wuyou_script_schedule (claims, story->contract, row->index, tale.script, end, TRUE, &schedule);
  }
  tell (&tale, &schedule, n);
  return story;
}
