/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "claims/wuyou-claim-letter.h"
#include "claims/wuyou-claim-mail.h"
#include "claims/wuyou-claim-remind.h"
#include "records/wuyou-job-service.h"
#include "wuyou-job-store.h"
#include "engine/wuyou-request-members.h"

#define MAX_REASON 2000
#define MAX_REQUESTED 60

/* One step of a claim's workflow, as of a contract: checked on what was read, prepared without a transaction, checked
 * again inside it. */
typedef struct {
  WuyouClaimWrite write; /* first: the transaction gets this */
  const char *action;
  WuyouClaimInput input;
  char *request_json;
  const WuyouTransition *transition;
  WuyouMailDraft *notice;   /* NULL: none */
  WuyouClaimLetter *letter; /* the same */
} Act;

static void
clear_act (Act *act)
{
  wuyou_claim_write_clear (&act->write);
  g_clear_pointer (&act->request_json, g_free);
  g_clear_pointer (&act->notice, wuyou_mail_draft_free);
  g_clear_pointer (&act->letter, wuyou_claim_letter_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Act, clear_act)

static gboolean
check_step (Act *act, GError **error)
{
  WuyouClaimWrite *write = &act->write;
  const WuyouClaim *claim = write->before.claim;
  const WuyouClaimFacts facts = wuyou_claim_case_get_facts (&write->before, write->caller, write->now);
  const WuyouStep step = { .record = claim, .context = &facts, .input = &act->input, .now = write->now };
  guint32 roles = wuyou_claim_case_get_roles (&write->before, write->caller);

  act->transition = wuyou_workflow_find (&wuyou_claim_workflow, claim->state, act->action, error);
  return act->transition != NULL && wuyou_workflow_check (act->transition, roles, act->input.reason, &step, error);
}

static gboolean
refuse_value (GError **error, const char *field)
{
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_INVALID, N_ ("This value is not known here."));
  wuyou_error_set_field (*error, field, NULL);
  return FALSE;
}

/* The slots that are asked for are those of the phase, and their titles go into the letter. */
static gboolean
add_requested (GString *out, const WuyouClaimCase *loss, JsonObject *row, GError **error)
{
  const char *slot = row != NULL ? wuyou_json_get_string (row, "slot") : NULL;
  const char *reason = row != NULL ? wuyou_json_get_string (row, "reason") : NULL;
  const WuyouChecklistRow *listed = slot != NULL ? wuyou_checklist_find (loss->rows, slot) : NULL;

  if (listed == NULL || listed->phase != loss->claim->phase) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_INVALID, N_ ("This claim has no such document."));
    wuyou_error_set_field (*error, "request", "C-02");
    return FALSE;
  }
  if (!wuyou_request_check_text (reason, "request", 2, 300, N_ ("Say for each document why it is needed."), error))
    return FALSE;
  wuyou_json_begin_object (out, NULL);
  wuyou_json_add_string (out, "slot", slot);
  wuyou_json_add_string (out, "title", listed->title);
  wuyou_json_add_string (out, "reason", reason);
  wuyou_json_end_object (out);
  return TRUE;
}

static gboolean
is_twice (JsonArray *request, guint i)
{
  JsonObject *row = wuyou_json_array_get_object (request, i);

  for (guint before = 0; before < i; before++)
    if (g_strcmp0 (wuyou_json_get_string (wuyou_json_array_get_object (request, before), "slot"),
                   wuyou_json_get_string (row, "slot"))
        == 0)
      return TRUE;
  return FALSE;
}

static gboolean
read_request (Act *act, JsonObject *body, GError **error)
{
  JsonArray *request = wuyou_json_get_array (body, "request");
  guint n = request != NULL ? json_array_get_length (request) : 0;
  g_autoptr (GString) out = NULL;

  if (n == 0)
    return TRUE;
  out = g_string_new (NULL);
  wuyou_json_begin_array (out, NULL);
  for (guint i = 0; i < n; i++) {
    if (!add_requested (out, &act->write.before, wuyou_json_array_get_object (request, i), error))
      return FALSE;
    if (i >= MAX_REQUESTED || is_twice (request, i))
      return refuse_value (error, "request");
  }
  if (!wuyou_evidence_check_asked (act->write.before.evidence, act->write.before.rows, request,
                                   act->write.before.claim->phase, error))
    return FALSE;
  wuyou_json_end_array (out);
  act->request_json = g_strdup (out->str);
  act->input.request_json = act->request_json;
  return TRUE;
}

static gboolean
read_day (JsonObject *body, const char *name, WuyouDate *ret_day, GError **error)
{
  const char *text = wuyou_json_get_string (body, name);

  *ret_day = wuyou_date_parse (text);
  return text == NULL || *ret_day != WUYOU_DATE_NONE || refuse_value (error, name);
}

static gboolean
read_enum (JsonObject *body, const char *name, const WuyouEnum *values, int *ret_value, GError **error)
{
  const char *id = wuyou_json_get_string (body, name);
  const WuyouEnum *row = id != NULL ? wuyou_enum_find (values, id) : NULL;

  *ret_value = row != NULL ? row->value : 0;
  return id == NULL || row != NULL || refuse_value (error, name);
}

static gboolean
check_members (JsonObject *body, GError **error)
{
  const WuyouMember members[] = {
    { "reason", G_TYPE_STRING },        { "determination", G_TYPE_STRING },
    { "determined_on", G_TYPE_STRING }, { "exclusion", G_TYPE_STRING },
    { "request", JSON_TYPE_ARRAY },     { "request_reason", G_TYPE_STRING },
    { "delivered_on", G_TYPE_STRING },  { "paid_on", G_TYPE_STRING },
    { "paid_fen", G_TYPE_INT64 },       { "payment_reference", G_TYPE_STRING },
  };

  return wuyou_request_check_members (body, members, G_N_ELEMENTS (members), error);
}

static gboolean
check_texts (const WuyouClaimInput *input, GError **error)
{
  return wuyou_request_check_text (input->reason, "reason", 0, MAX_REASON, N_ ("Please give a reason."), error)
         && wuyou_request_check_text (input->request_reason, "request_reason", 0, 300, N_ ("Please give a reason."),
                                      error)
         && wuyou_request_check_text (input->payment_reference, "payment_reference", 0, 60,
                                      N_ ("This value is not known here."), error);
}

/* Strings are borrowed from @body. */
static gboolean
read_input (Act *act, JsonObject *body, GError **error)
{
  WuyouClaimInput *input = &act->input;

  if (!check_members (body, error))
    return FALSE;
  *input = (WuyouClaimInput){
    .reason = wuyou_json_get_string (body, "reason"),
    .request_reason = wuyou_json_get_string (body, "request_reason"),
    .paid_fen = wuyou_json_get_int (body, "paid_fen"),
    .payment_reference = wuyou_json_get_string (body, "payment_reference"),
  };
  return check_texts (input, error)
         && read_enum (body, "determination", wuyou_determinations, &input->determination, error)
         && read_enum (body, "exclusion", wuyou_exclusions, &input->exclusion, error)
         && read_day (body, "determined_on", &input->determined_on, error)
         && read_day (body, "delivered_on", &input->delivered_on, error)
         && read_day (body, "paid_on", &input->paid_on, error) && read_request (act, body, error);
}

static gboolean
read_insurer (WuyouDbConn *conn, gpointer data, GError **error)
{
  WuyouClaimWrite *write = data;
  WuyouClaim *claim = write->claim;

  g_clear_pointer (&claim->insurer_org_id, g_free);
  g_clear_pointer (&write->before.insurer, wuyou_org_free);
  if (!wuyou_claim_find_insurer (conn, write->before.sale.contract, &claim->insurer_org_id, error))
    return FALSE;
  if (claim->insurer_org_id == NULL)
    return TRUE;
  write->before.insurer
      = wuyou_record_load (conn, write->context->store, &wuyou_org_type, claim->insurer_org_id, NULL, NULL, error);
  return write->before.insurer != NULL;
}

/* The insurer of the policy sees the claim from the report on, not what somebody began to write (1.2-02). */
static gboolean
tell_insurer (Act *act, GError **error)
{
  return act->transition->from != WUYOU_CLAIM_DRAFT || act->transition->to != WUYOU_CLAIM_REPORTED
         || wuyou_db_read (act->write.context->db, read_insurer, &act->write, error);
}

static gboolean
number_report (Act *act, GError **error)
{
  WuyouClaimWrite *write = &act->write;

  if (act->transition->to != WUYOU_CLAIM_REPORTED || write->claim->number != NULL)
    return TRUE;
  write->claim->number
      = wuyou_claim_take_number (write->context->db, write->id, wuyou_date_of_instant (write->now), error);
  return write->claim->number != NULL;
}

/* A letter tells of a decision; what the dealership itself records is none. */
static gboolean
draw_letter (Act *act, GError **error)
{
  WuyouClaimWrite *write = &act->write;

  return g_str_equal (act->action, WUYOU_CLAIM_REVOKE)
         || wuyou_claim_letter_new (write->context, &write->before, write->claim, write->now, &act->letter, error);
}

static gboolean
prepare_act (Act *act, GError **error)
{
  WuyouClaimWrite *write = &act->write;
  const WuyouClaimFacts facts = wuyou_claim_case_get_facts (&write->before, write->caller, write->now);

  wuyou_claim_apply (write->claim, act->transition, &facts, &act->input, write->now);
  return number_report (act, error) && tell_insurer (act, error)
         && wuyou_claim_write_prepare (write, act->action, act->input.reason, error)
         && wuyou_claim_mail_new (write, &act->notice, error) && draw_letter (act, error);
}

/* The first moment at which a request has lapsed. */
static gint64
compute_lapse (const WuyouClaimWrite *write)
{
  const WuyouClaimCase *loss = &write->before;

  return wuyou_date_start (
      wuyou_calendar_add_workdays (loss->calendar, write->claim->due_on, (int) loss->clocks.grace_days) + 1);
}

/* One claim that was paid ends its contract (requirements 9.1): in a job, since the contract has guards of its own. */
static gboolean
schedule_jobs (WuyouDbConn *conn, const Act *act, GError **error)
{
  const WuyouClaimWrite *write = &act->write;

  switch (act->transition->to) {
  case WUYOU_CLAIM_MORE_DOCS:
    return wuyou_job_put (conn, WUYOU_JOB_LAPSE, write->id, NULL, compute_lapse (write), error);
  case WUYOU_CLAIM_CLOSED_PAID:
    return wuyou_job_put (conn, WUYOU_JOB_FULFIL, write->claim->contract_id, NULL, write->now, error);
  default:
    /* The job that lapses a claim ends itself. */
    return act->transition->from != WUYOU_CLAIM_MORE_DOCS || write->request == NULL
           || wuyou_job_cancel (conn, WUYOU_JOB_LAPSE, write->id, error);
  }
}

/* Papers have versions of their own: what the guard saw of them is looked at once more. */
static gboolean
write_act (WuyouDbConn *conn, gpointer data, GError **error)
{
  Act *act = data;

  /* The contract may have been cancelled meanwhile. */
  return wuyou_contract_case_check_current (&act->write.before.sale, conn, act->write.context, error)
         && wuyou_claim_case_read_evidence (&act->write.before, conn, act->write.context, error)
         && check_step (act, error) && schedule_jobs (conn, act, error)
         && wuyou_claim_remind_schedule (conn, &act->write.before, act->write.claim, act->write.now, error)
         && wuyou_claim_letter_insert (conn, act->letter, error)
         && wuyou_mail_draft_insert (conn, act->notice, act->write.now, error);
}

static gboolean
run_act (Act *act, JsonObject *body, GError **error)
{
  gboolean replayed = FALSE;

  if (!wuyou_claim_write_begin (&act->write, &replayed, error))
    return FALSE;
  if (replayed)
    return TRUE;
  if ((body != NULL && !read_input (act, body, error)) || !check_step (act, error) || !prepare_act (act, error)
      || !wuyou_claim_write_save (&act->write, write_act, error))
    return FALSE;
  wuyou_claim_letter_keep (act->letter);
  if (act->notice != NULL)
    wuyou_mail_service_wake (act->write.context);
  return TRUE;
}

WuyouReply *
wuyou_claim_act (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  JsonObject *body = wuyou_request_get_json (request, error);
  g_auto (Act) act = { .action = wuyou_request_get_arg (request, 1) };
  GError *failure = NULL;
  gboolean done;

  if (body == NULL)
    return NULL;
  wuyou_claim_write_init (&act.write, request, context);
  act.write.id = wuyou_request_get_id_arg (request, 0, error);
  if (act.write.id == NULL)
    return NULL;
  done = run_act (&act, body, &failure);
  return wuyou_claim_write_answer (&act.write, done, failure, error);
}

gboolean
wuyou_claim_act_by_system (WuyouServerContext *context, const char *id, const char *action, GError **error)
{
  gint64 now = wuyou_clock_now (context->clock);
  g_auto (Act) act
      = { .write = { .context = context, .actor = { .at = now }, .now = now, .id = id }, .action = action };

  return run_act (&act, NULL, error);
}
