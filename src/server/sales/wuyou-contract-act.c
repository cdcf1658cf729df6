/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "wuyou-contract-store.h"
#include "sales/wuyou-contract-view.h"
#include "sales/wuyou-contract-write.h"
#include "wuyou-document-store.h"
#include "records/wuyou-job-service.h"
#include "wuyou-job-store.h"
#include "wuyou-ledger-store.h"
#include "records/wuyou-once.h"
#include "sales/wuyou-paper-service.h"
#include "engine/wuyou-request-members.h"

#define MAX_REASON 600
#define PAPER_WAIT (10 * G_TIME_SPAN_SECOND) /* by then the paper is there, or the server was not */

/* One step of the workflow: checked on what was read, prepared without a transaction, checked again inside it. */
typedef struct {
  WuyouServerContext *context;
  const WuyouCaller *caller; /* NULL: the system */
  WuyouActor actor;
  gint64 now;
  const char *id;
  const char *action;
  WuyouContractInput input;
  WuyouContractCase before;
  WuyouKey *key;
  const WuyouTransition *transition;
  WuyouContract *contract;
  WuyouContractDraft *draft;
  char *entry_id;
} Act;

static void
clear_act (Act *act)
{
  wuyou_contract_case_clear (&act->before);
  g_clear_pointer (&act->draft, wuyou_contract_draft_free);
  g_clear_pointer (&act->contract, wuyou_contract_free);
  g_clear_pointer (&act->key, wuyou_key_unref);
  g_clear_pointer (&act->entry_id, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Act, clear_act)

static gboolean
read_act (WuyouDbConn *conn, gpointer data, GError **error)
{
  Act *act = data;
  const char *scope = act->caller != NULL ? act->caller->scope : NULL;

  g_clear_pointer (&act->key, wuyou_key_unref);
  if (!wuyou_contract_case_load (&act->before, conn, act->context, act->id, scope, error))
    return FALSE;
  act->key = wuyou_record_load_key (conn, act->context->store, &wuyou_contract_type, act->id, error);
  return act->key != NULL || act->before.erased;
}

static gboolean
check_step (Act *act, GError **error)
{
  const WuyouContractFacts facts = wuyou_contract_case_get_facts (&act->before, act->caller, act->now);
  const WuyouStep step = { .record = act->before.contract, .context = &facts, .input = &act->input, .now = act->now };
  guint32 roles = act->caller != NULL ? act->caller->roles : 0;

  act->transition = wuyou_workflow_choose (&wuyou_contract_workflow, act->before.contract->state, act->action, roles,
                                           act->input.reason, &step, error);
  return act->transition != NULL;
}

/* Number and hash are part of what is sealed, searched and printed: they come before the draft. */
static gboolean
number_and_hash (Act *act, GError **error)
{
  WuyouContract *contract = act->contract;
  WuyouContractCase after;

  if (act->transition->from != WUYOU_CONTRACT_DRAFT || act->transition->to == WUYOU_CONTRACT_VOIDED)
    return TRUE;
  if (contract->number == NULL)
    contract->number
        = wuyou_contract_take_number (act->context->db, contract->id, wuyou_date_of_instant (act->now), error);
  if (contract->number == NULL)
    return FALSE;
  after = act->before;
  after.contract = contract;
  g_free (contract->content_sha256);
  contract->content_sha256 = wuyou_paper_service_hash (act->context, &after, error);
  return contract->content_sha256 != NULL;
}

static gboolean
prepare_act (Act *act, GError **error)
{
  const WuyouContractFacts facts = wuyou_contract_case_get_facts (&act->before, act->caller, act->now);

  act->contract = wuyou_contract_new ();
  wuyou_record_copy (&wuyou_contract_type, act->before.contract, act->contract);
  wuyou_contract_apply (act->contract, act->transition, &facts, &act->input, act->now);
  act->contract->updated_at = act->now;
  if (!number_and_hash (act, error))
    return FALSE;
  act->entry_id = wuyou_id_new (&act->context->ids);
  act->draft = wuyou_contract_draft_new (act->context->store, act->before.contract, act->contract, act->key,
                                         act->before.org->path, &act->actor, act->action, act->input.reason, error);
  return act->draft != NULL;
}

/* Documents and claims have versions of their own: what the guard saw of them is looked at once more inside the
 * transaction. */
static gboolean
check_again (WuyouDbConn *conn, Act *act, GError **error)
{
  g_autoptr (GPtrArray) documents = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_document_free);

  if (!wuyou_document_list (conn, act->context->store, act->id, documents, error))
    return FALSE;
  g_ptr_array_unref (act->before.documents);
  act->before.documents = g_steal_pointer (&documents);
  return wuyou_contract_case_load_claims (&act->before, conn, error) && check_step (act, error);
}

/* PAID posts the wholesale amount as receivable, or takes it from the prepaid balance (architecture 7, Selling). */
static gboolean
post_payment (WuyouDbConn *conn, Act *act, GError **error)
{
  const WuyouContract *contract = act->contract;
  const WuyouOrg *org = act->before.org;
  const char *debit = org->prepaid ? WUYOU_LEDGER_PREPAID : WUYOU_LEDGER_RECEIVABLE;
  const WuyouLedgerLine lines[] = {
    { debit, org->id, contract->wholesale_fen },
    { WUYOU_LEDGER_SALES, org->id, -contract->wholesale_fen },
  };
  const WuyouLedgerEntry entry = {
    .id = act->entry_id,
    .source = contract->id,
    .revision = contract->revision,
    .event = "payment",
    .org_id = org->id,
    .booked_on = wuyou_date_of_instant (act->now),
    .at = act->now,
    .lines = lines,
    .n_lines = G_N_ELEMENTS (lines),
  };
  gint64 balance;

  if (contract->wholesale_fen == 0)
    return TRUE;
  if (!wuyou_ledger_post (conn, &entry, error))
    return FALSE;
  if (!org->prepaid)
    return TRUE;
  if (!wuyou_ledger_get_balance (conn, WUYOU_LEDGER_PREPAID, org->id, &balance, error))
    return FALSE;
  if (balance <= 0)
    return TRUE;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_ILLEGAL_TRANSITION,
                       N_ ("The dealership’s prepaid balance does not cover this contract. Top it up first."));
  return FALSE;
}

/* What ends early gives back its part of the wholesale price: a second entry, the first stays as it is. */
static gboolean
post_credit (WuyouDbConn *conn, Act *act, GError **error)
{
  const WuyouContract *contract = act->contract;
  const WuyouLedgerEntry entry = {
    .id = act->entry_id,
    .source = contract->id,
    .revision = contract->revision,
    .event = "cancellation",
    .org_id = contract->org_id,
    .booked_on = wuyou_date_of_instant (act->now),
    .at = act->now,
  };

  return contract->credit_fen == 0 || wuyou_ledger_reverse (conn, &entry, "payment", contract->credit_fen, error);
}

static gboolean
post_entries (WuyouDbConn *conn, Act *act, GError **error)
{
  const WuyouTransition *transition = act->transition;

  if (transition->from == WUYOU_CONTRACT_AWAIT_PAYMENT && transition->to == WUYOU_CONTRACT_PAID)
    return post_payment (conn, act, error);
  if (transition->from != transition->to
      && (transition->to == WUYOU_CONTRACT_CANCELLED || transition->to == WUYOU_CONTRACT_REVOKED))
    return post_credit (conn, act, error);
  return TRUE;
}

/* A contract that goes on after a request to cancel was refused has its start or its end before it again. */
static gboolean
schedule_jobs (WuyouDbConn *conn, const Act *act, GError **error)
{
  const WuyouContract *contract = act->contract;

  switch (act->transition->to) {
  case WUYOU_CONTRACT_AWAIT_SIGN:
    return wuyou_job_put (conn, WUYOU_JOB_PAPER, contract->id, NULL, act->now + PAPER_WAIT, error);
  case WUYOU_CONTRACT_PAID:
    return wuyou_job_put (conn, WUYOU_JOB_START, contract->id, NULL, wuyou_date_start (contract->effective_on), error);
  case WUYOU_CONTRACT_ACTIVE:
    return wuyou_job_put (conn, WUYOU_JOB_EXPIRE, contract->id, NULL, wuyou_date_start (contract->ends_on + 1), error);
  default:
    return TRUE;
  }
}

static gboolean
write_act (WuyouDbConn *conn, gpointer data, GError **error)
{
  Act *act = data;

  if (!check_again (conn, act, error) || !wuyou_contract_save (conn, act->draft, error))
    return FALSE;
  return post_entries (conn, act, error) && schedule_jobs (conn, act, error);
}

static gboolean
refuse_input (GError **error, const char *field)
{
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_INVALID, N_ ("This value is not known here."));
  wuyou_error_set_field (*error, field, NULL);
  return FALSE;
}

static gboolean
read_day (JsonObject *body, const char *name, WuyouDate *ret_day, GError **error)
{
  const char *text = wuyou_json_get_string (body, name);

  *ret_day = wuyou_date_parse (text);
  return text == NULL || *ret_day != WUYOU_DATE_NONE || refuse_input (error, name);
}

static gboolean
read_days (JsonObject *body, WuyouContractInput *input, GError **error)
{
  return read_day (body, "signed_on", &input->signed_on, error) && read_day (body, "paid_on", &input->paid_on, error)
         && read_day (body, "cancel_requested_on", &input->cancel_requested_on, error)
         && read_day (body, "transferred_on", &input->transferred_on, error)
         && read_day (body, "revoke_notice_on", &input->revoke_notice_on, error)
         && read_day (body, "refunded_on", &input->refunded_on, error);
}

static gboolean
check_members (JsonObject *body, GError **error)
{
  const WuyouMember members[] = {
    { "reason", G_TYPE_STRING },           { "signed_on", G_TYPE_STRING },
    { "paid_on", G_TYPE_STRING },          { "paid_fen", G_TYPE_INT64 },
    { "payment_method", G_TYPE_STRING },   { "payment_reference", G_TYPE_STRING },
    { "content_sha256", G_TYPE_STRING },   { "cancel_requested_on", G_TYPE_STRING },
    { "transferred_on", G_TYPE_STRING },   { "revoke_notice_on", G_TYPE_STRING },
    { "refunded_on", G_TYPE_STRING },      { "refund_fen", G_TYPE_INT64 },
    { "refund_reference", G_TYPE_STRING },
  };

  return wuyou_request_check_members (body, members, G_N_ELEMENTS (members), error);
}

/* Strings are borrowed from @body. */
static gboolean
read_input (JsonObject *body, WuyouContractInput *input, GError **error)
{
  const char *method = wuyou_json_get_string (body, "payment_method");
  const WuyouEnum *row = wuyou_enum_find (wuyou_payment_methods, method);
  const char *reference = wuyou_json_get_string (body, "payment_reference");
  const char *refund = wuyou_json_get_string (body, "refund_reference");

  if (!check_members (body, error))
    return FALSE;
  if (method != NULL && row == NULL)
    return refuse_input (error, "payment_method");
  if (!wuyou_request_check_text (wuyou_json_get_string (body, "reason"), "reason", 0, MAX_REASON,
                                 N_ ("Please give a reason."), error)
      || !wuyou_request_check_text (reference, "payment_reference", 0, 60, N_ ("This value is not known here."), error)
      || !wuyou_request_check_text (refund, "refund_reference", 0, 60, N_ ("This value is not known here."), error))
    return FALSE;
  *input = (WuyouContractInput){
    .reason = wuyou_json_get_string (body, "reason"),
    .paid_fen = wuyou_json_get_int (body, "paid_fen"),
    .payment_method = row != NULL ? row->value : 0,
    .payment_reference = reference,
    .content_sha256 = wuyou_json_get_string (body, "content_sha256"),
    .refund_fen = wuyou_json_get_int (body, "refund_fen"),
    .refund_reference = refund,
  };
  return read_days (body, input, error);
}

/* The paper is fixed as soon as there is a number; should this fail, the job does it, or whoever asks for it first. */
static void
render_at_once (Act *act)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = NULL;
  WuyouContractCase after = act->before;

  if (act->transition->to != WUYOU_CONTRACT_AWAIT_SIGN)
    return;
  after.contract = act->contract;
  pdf = wuyou_paper_service_get (act->context, &after, wuyou_stored_paper_kinds[0], &error);
  if (pdf == NULL)
    g_warning ("paper not rendered: %s", error->message);
}

static gboolean
run_act (Act *act, WuyouRequest *request, GError **error)
{
  gboolean replayed = FALSE;

  /* In this order: what is not found here was not done before the read, so its version is right. */
  if (!wuyou_db_read (act->context->db, read_act, act, error))
    return FALSE;
  if (request != NULL && (!wuyou_once_find (act->context, request, &replayed, error) || replayed))
    return replayed;
  if (request != NULL && wuyou_request_get_if_match (request) != act->before.contract->version) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_STALE, "");
    return FALSE;
  }
  if (!check_step (act, error) || !prepare_act (act, error))
    return FALSE;
  if (request == NULL ? !wuyou_db_write (act->context->db, write_act, act, error)
                      : !wuyou_once_write (act->context, request, act->id, write_act, act, &replayed, error))
    return FALSE;
  if (replayed)
    return TRUE;
  render_at_once (act);
  wuyou_job_service_wake (act->context->jobs); /* a term may begin at once */
  return TRUE;
}

static WuyouReply *
act_on_contract (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  JsonObject *body = wuyou_request_get_json (request, error);
  g_auto (Act) act = {
    .context = context,
    .caller = wuyou_request_get_caller (request),
    .actor = wuyou_auth_get_actor (request),
    .now = wuyou_request_get_now (request),
    .action = wuyou_request_get_arg (request, 1),
  };

  if (body == NULL || !read_input (body, &act.input, error))
    return NULL;
  act.id = wuyou_request_get_id_arg (request, 0, error);
  if (act.id == NULL || !run_act (&act, request, error))
    return NULL;
  return wuyou_contract_view_reply (context, request, act.id, 200, error);
}

WuyouReply *
wuyou_contract_act (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  GError *local = NULL;
  WuyouReply *reply = act_on_contract (request, context, &local);

  return reply != NULL ? reply : wuyou_contract_refuse (context, request, local, error);
}

gboolean
wuyou_contract_act_by_system (WuyouServerContext *context, const char *id, const char *action, GError **error)
{
  gint64 now = wuyou_clock_now (context->clock);
  g_auto (Act) act = { .context = context, .actor = { .at = now }, .now = now, .id = id, .action = action };

  return run_act (&act, NULL, error);
}
