/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-claim-sections.h"

#include <string.h>

#include "base/wuyou-json.h"
#include "claims/wuyou-evidence-facts.h"
#include "records/wuyou-record-view.h"

static void
write_clocks (GString *out, const WuyouClaimClocks *clocks)
{
  wuyou_json_begin_object (out, "clocks");
  wuyou_json_add_int (out, "notify_days", clocks->notify_days);
  wuyou_json_add_int (out, "review_days", clocks->review_days);
  wuyou_json_add_int (out, "decision_days", clocks->decision_days);
  wuyou_json_add_int (out, "supplement_days", clocks->supplement_days);
  wuyou_json_add_int (out, "grace_days", clocks->grace_days);
  wuyou_json_add_int (out, "appeal_days", clocks->appeal_days);
  wuyou_json_add_int (out, "order_days", clocks->order_days);
  wuyou_json_add_int (out, "file_days", clocks->file_days);
  wuyou_json_add_boolean (out, "notify_from_determination", clocks->notify_from_determination);
  wuyou_json_end_object (out);
}

/* Negative once it is over. */
static gint64
count_left (const WuyouClaimCase *loss, WuyouDate today)
{
  WuyouDate due = loss->claim->due_on;

  return due >= today ? wuyou_calendar_count_workdays (loss->calendar, today, due)
                      : -wuyou_calendar_count_workdays (loss->calendar, due, today);
}

static void
write_turn (GString *out, const WuyouClaimCase *loss, gint64 now)
{
  const WuyouClaim *claim = loss->claim;
  WuyouDate kept_until = wuyou_claim_case_get_kept_until (loss);
  WuyouDate appeal_until = wuyou_claim_get_appeal_until (claim);

  wuyou_json_begin_object (out, "turn");
  wuyou_json_add_string (out, "holder", wuyou_enum_id (wuyou_turns, wuyou_claim_get_turn (claim)));
  if (claim->due_on != WUYOU_DATE_NONE) {
    wuyou_json_add_date (out, "due_on", claim->due_on);
    wuyou_json_add_int (out, "workdays_left", count_left (loss, wuyou_date_of_instant (now)));
  }
  if (kept_until != WUYOU_DATE_NONE)
    wuyou_json_add_date (out, "kept_until", kept_until);
  if (appeal_until != WUYOU_DATE_NONE)
    wuyou_json_add_date (out, "appeal_until", appeal_until);
  wuyou_json_add_boolean (out, "paused", claim->state == WUYOU_CLAIM_MORE_DOCS);
  wuyou_json_end_object (out);
}

static JsonObject *
find_requested (JsonArray *request, const char *slot)
{
  for (guint i = 0; request != NULL && i < json_array_get_length (request); i++) {
    JsonObject *row = wuyou_json_array_get_object (request, i);

    if (row != NULL && g_strcmp0 (wuyou_json_get_string (row, "slot"), slot) == 0)
      return row;
  }
  return NULL;
}

static void
write_row (GString *out, const WuyouClaimCase *loss, const WuyouChecklistRow *row, JsonArray *request)
{
  JsonObject *requested = loss->claim->phase == row->phase ? find_requested (request, row->slot) : NULL;
  WuyouSlotState state = wuyou_evidence_slot_state (loss->evidence, row->slot, row->phase);

  wuyou_json_begin_object (out, NULL);
  wuyou_json_add_string (out, "slot", row->slot);
  wuyou_json_add_string (out, "title", row->title);
  wuyou_json_add_string (out, "phase", wuyou_enum_id (wuyou_claim_phases, row->phase));
  wuyou_json_add_string (out, "form", wuyou_enum_id (wuyou_document_forms, row->form));
  wuyou_json_add_boolean (out, "required", row->required);
  if (row->when != NULL)
    wuyou_json_add_string (out, "when", row->when);
  wuyou_json_add_boolean (out, "sensitive", row->sensitive);
  wuyou_json_add_string (out, "state", wuyou_enum_id (wuyou_slot_states, (int) state));
  wuyou_json_add_boolean (out, "requested", requested != NULL);
  if (requested != NULL)
    wuyou_json_add_string (out, "request_reason", wuyou_json_get_string (requested, "reason"));
  wuyou_json_end_object (out);
}

static void
write_checklist (GString *out, const WuyouClaimCase *loss, const WuyouCaller *caller)
{
  gboolean asked = loss->claim->state == WUYOU_CLAIM_MORE_DOCS && !wuyou_caller_is_insurer (caller);
  const char *json = asked ? loss->claim->request_json : NULL;
  g_autoptr (JsonNode) node = json != NULL ? wuyou_json_parse (json, strlen (json), NULL) : NULL;
  JsonArray *request = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  wuyou_json_begin_array (out, "checklist");
  for (guint i = 0; i < loss->rows->len; i++) {
    const WuyouChecklistRow *row = loss->rows->pdata[i];

    if (wuyou_claim_case_shows_slot (loss, row->slot, caller))
      write_row (out, loss, row, request);
  }
  wuyou_json_end_array (out);
}

static void
write_evidence (GString *out, const WuyouClaimCase *loss, const WuyouCaller *caller)
{
  wuyou_json_begin_array (out, "evidence");
  for (guint i = 0; i < loss->evidence->len; i++) {
    const WuyouEvidence *one = loss->evidence->pdata[i];

    if (wuyou_claim_case_shows_slot (loss, one->slot, caller))
      wuyou_record_write_json (&wuyou_evidence_type, one, WUYOU_CODEC_MASK_PI, out);
  }
  wuyou_json_end_array (out);
}

static void
write_value (GString *out, const WuyouFactValue *value)
{
  static const char *const sources[] = { [WUYOU_SAYS_CONTRACT] = "contract", [WUYOU_SAYS_CLAIM] = "claim" };

  wuyou_json_begin_object (out, NULL);
  wuyou_json_add_string (out, "source", value->paper != NULL ? value->paper->id : sources[value->source]);
  if (value->paper != NULL)
    wuyou_json_add_string (out, "slot", value->paper->slot);
  wuyou_json_add_string (out, "value", value->masked);
  wuyou_json_end_object (out);
}

static void
write_contradictions (GString *out, const WuyouClaimCase *loss)
{
  g_autoptr (GPtrArray) found = wuyou_evidence_compare (loss->sale.contract, loss->claim, loss->evidence);

  wuyou_json_begin_array (out, "contradictions");
  for (guint i = 0; i < found->len; i++) {
    const WuyouContradiction *contradiction = found->pdata[i];

    wuyou_json_begin_object (out, NULL);
    wuyou_json_add_string (out, "fact", contradiction->fact->name);
    wuyou_json_begin_array (out, "values");
    for (guint v = 0; v < contradiction->values->len; v++)
      write_value (out, contradiction->values->pdata[v]);
    wuyou_json_end_array (out);
    wuyou_json_end_object (out);
  }
  wuyou_json_end_array (out);
}

static void
write_open_sections (GString *out, const WuyouClaimCase *loss, const WuyouCaller *caller)
{
  guint32 roles = wuyou_claim_case_get_roles (loss, caller);
  const char *last = NULL;

  wuyou_json_begin_array (out, "open_sections");
  for (guint i = 0; i < wuyou_claim_type.n_fields; i++) {
    const char *section = wuyou_claim_type.fields[i].section;

    if (g_strcmp0 (section, last) == 0)
      continue;
    last = section;
    if (wuyou_claim_section_is_open (loss->claim, section)
        && wuyou_permission_check (roles, WUYOU_OBJECT_CLAIM, WUYOU_VERB_SUBMIT))
      wuyou_json_add_string (out, NULL, section);
  }
  wuyou_json_end_array (out);
}

static int
find_exclusion (const char *benefit_json)
{
  const WuyouEnum *row = wuyou_exclusions;

  while (row->id != NULL && !wuyou_exclusion_is_listed (benefit_json, row->value))
    row++;
  return row->value;
}

/* Input with which only what is stored can fail. */
static WuyouClaimInput
assume_input (const WuyouClaimCase *loss, gint64 now)
{
  WuyouDate today = wuyou_date_of_instant (now);

  return (WuyouClaimInput){
    .reason = "—  —",
    .determination = WUYOU_DETERMINATION_ACTUAL,
    .determined_on = today,
    .exclusion = find_exclusion (loss->sale.product->benefit_json),
    .request_json = "[{\"slot\":\"\"}]",
    .request_reason = "—",
    .delivered_on = today,
    .paid_on = today,
    .paid_fen = wuyou_claim_amount (loss->claim),
    .payment_reference = "—",
  };
}

static void
write_actions (GString *out, const WuyouClaimCase *loss, const WuyouCaller *caller, gint64 now)
{
  const WuyouClaimFacts facts = wuyou_claim_case_get_facts (loss, caller, now);
  const WuyouClaimInput input = assume_input (loss, now);
  const WuyouStep step = { .record = loss->claim, .context = &facts, .input = &input, .now = now };

  wuyou_actions_write (out, &wuyou_claim_workflow, loss->claim->state, &step,
                       wuyou_claim_case_get_roles (loss, caller));
}

void
wuyou_claim_sections_write (const WuyouClaimCase *loss, const WuyouCaller *caller, gint64 now, GString *out)
{
  write_clocks (out, &loss->clocks);
  write_turn (out, loss, now);
  write_checklist (out, loss, caller);
  write_evidence (out, loss, caller);
  if (wuyou_claim_case_shows_evidence (loss, caller))
    write_contradictions (out, loss);
  write_actions (out, loss, caller, now);
  write_open_sections (out, loss, caller);
}
