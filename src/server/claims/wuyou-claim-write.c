/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-claim-write.h"

#include <glib/gi18n-lib.h>

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "base/wuyou-text.h"
#include "claims/wuyou-claim-view.h"
#include "records/wuyou-job-service.h"
#include "records/wuyou-once.h"

void
wuyou_claim_write_clear (WuyouClaimWrite *self)
{
  wuyou_claim_case_clear (&self->before);
  g_clear_pointer (&self->draft, wuyou_claim_draft_free);
  g_clear_pointer (&self->claim, wuyou_claim_free);
}

void
wuyou_claim_write_init (WuyouClaimWrite *self, WuyouRequest *request, WuyouServerContext *context)
{
  self->context = context;
  self->request = request;
  self->caller = wuyou_request_get_caller (request);
  self->actor = wuyou_auth_get_actor (request);
  self->now = wuyou_request_get_now (request);
}

static gboolean
read_before (WuyouDbConn *conn, gpointer data, GError **error)
{
  WuyouClaimWrite *self = data;

  if (!wuyou_claim_case_load (&self->before, conn, self->context, self->id, self->caller, self->now, error))
    return FALSE;
  if (self->before.key != NULL)
    return TRUE;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_ILLEGAL_TRANSITION, N_ ("The customer’s data were erased."));
  return FALSE;
}

/* In this order: what is not found here was not done before the read, so its version is right. */
gboolean
wuyou_claim_write_begin (WuyouClaimWrite *self, gboolean *ret_replayed, GError **error)
{
  *ret_replayed = FALSE;
  if (!wuyou_db_read (self->context->db, read_before, self, error))
    return FALSE;
  if (self->request != NULL && !wuyou_once_find (self->context, self->request, ret_replayed, error))
    return FALSE;
  if (*ret_replayed)
    return TRUE;
  if (self->request != NULL && (wuyou_request_get_route (self->request)->flags & WUYOU_ROUTE_IF_MATCH) != 0
      && wuyou_request_get_if_match (self->request) != self->before.claim->version) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_STALE, "");
    return FALSE;
  }
  self->claim = wuyou_claim_new ();
  wuyou_record_copy (&wuyou_claim_type, self->before.claim, self->claim);
  self->claim->updated_at = self->now;
  return TRUE;
}

gboolean
wuyou_claim_write_prepare (WuyouClaimWrite *self, const char *action, const char *reason, GError **error)
{
  const WuyouClaimChange change = {
    .old = self->before.claim,
    .claim = self->claim,
    .contract = self->before.sale.contract,
    .key = self->before.key,
    .scope = self->before.sale.org->path,
    .insurer_scope = self->before.insurer != NULL ? self->before.insurer->path : NULL,
    .actor = &self->actor,
    .action = action,
    .reason = reason,
  };

  self->draft = wuyou_claim_draft_new (self->context->store, &change, error);
  return self->draft != NULL;
}

typedef struct {
  WuyouClaimWrite *write;
  WuyouDbFunc also;
} Saving;

static gboolean
save_claim (WuyouDbConn *conn, gpointer data, GError **error)
{
  Saving *saving = data;

  return wuyou_claim_save (conn, saving->write->draft, error)
         && (saving->also == NULL || saving->also (conn, saving->write, error));
}

gboolean
wuyou_claim_write_save (WuyouClaimWrite *self, WuyouDbFunc also, GError **error)
{
  Saving saving = { self, also };
  gboolean replayed;

  if (self->request == NULL)
    return wuyou_db_write (self->context->db, save_claim, &saving, error);
  return wuyou_once_write (self->context, self->request, self->id, save_claim, &saving, &replayed, error);
}

WuyouReply *
wuyou_claim_write_answer (WuyouClaimWrite *self, gboolean done, GError *failure, GError **error)
{
  if (!done)
    return wuyou_claim_refuse (self->context, self->request, failure, error);
  wuyou_job_service_wake (self->context->jobs);
  return wuyou_claim_view_reply (self->context, self->request, self->id, 200, error);
}

/* --- a new claim --- */

typedef struct {
  WuyouClaimWrite write;
  WuyouContractCase sale;
} Creation;

static void
clear_creation (Creation *c)
{
  wuyou_claim_write_clear (&c->write);
  wuyou_contract_case_clear (&c->sale);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Creation, clear_creation)

/* The consent is attested by who enters it, and again when it is changed. */
static void
attest (WuyouClaim *claim, const WuyouClaim *before, const char *account_id, gint64 now)
{
  gboolean was = before != NULL && before->consent_sensitive;

  if (!claim->consent_sensitive) {
    g_clear_pointer (&claim->consent_attested_by, g_free);
    claim->consent_attested_at = 0;
  } else if (!was || before->consent_on != claim->consent_on) {
    wuyou_text_set (&claim->consent_attested_by, account_id);
    claim->consent_attested_at = now;
  }
}

static gboolean
check_consent (const WuyouClaim *claim, gint64 now, GError **error)
{
  if (!claim->consent_sensitive)
    return TRUE;
  if (claim->consent_on != WUYOU_DATE_NONE && claim->consent_on <= wuyou_date_of_instant (now))
    return TRUE;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_INVALID, N_ ("On which day, up to today, was it given?"));
  if (error != NULL)
    wuyou_error_set_field (*error, "consent_on", "PIPL 28-30");
  return FALSE;
}

static WuyouClaim *
read_new_claim (WuyouClaimWrite *self, GError **error)
{
  JsonObject *body = wuyou_request_get_json (self->request, error);
  g_autoptr (WuyouClaim) claim = wuyou_claim_new ();

  if (body == NULL || !wuyou_record_read_json (&wuyou_claim_type, claim, body, WUYOU_CODEC_CLIENT, error)
      || !wuyou_record_check (&wuyou_claim_type, claim, WUYOU_FIELD_ALWAYS, error)
      || !check_consent (claim, self->now, error))
    return NULL;
  claim->state = WUYOU_CLAIM_DRAFT;
  claim->phase = WUYOU_PHASE_LOSS;
  claim->created_by = g_strdup (self->caller->account_id);
  claim->created_at = claim->updated_at = self->now;
  attest (claim, NULL, self->caller->account_id, self->now);
  return g_steal_pointer (&claim);
}

static gboolean
read_sale (WuyouDbConn *conn, gpointer data, GError **error)
{
  Creation *c = data;
  WuyouClaimWrite *self = &c->write;

  return wuyou_contract_case_load (&c->sale, conn, self->context, self->claim->contract_id, self->caller->scope, error)
         && wuyou_org_read_suspended (conn, c->sale.org->path, &c->sale.org->suspended, error);
}

/* The route lets in who reads claims; whoever acts for the dealership begins them. */
static gboolean
check_creator (const Creation *c, GError **error)
{
  const WuyouCaller *caller = c->write.caller;
  guint32 roles = wuyou_caller_get_roles_for (caller, c->sale.org);

  if (wuyou_permission_check (roles, WUYOU_OBJECT_CLAIM, WUYOU_VERB_CREATE))
    return TRUE;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_FORBIDDEN, "claim");
  return FALSE;
}

/* A contract that was never in force has no loss to claim; which day is judged with the report. */
static gboolean
check_sale (const Creation *c, GError **error)
{
  const WuyouContract *contract = c->sale.contract;

  if (!c->sale.erased && c->sale.product != NULL && contract->effective_on != WUYOU_DATE_NONE
      && wuyou_claim_is_covered (contract, contract->effective_on))
    return TRUE;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_ILLEGAL_TRANSITION,
                       N_ ("Only a contract that is or was in force has claims."));
  return FALSE;
}

static gboolean
is_same_creation (const WuyouClaim *stored, const WuyouClaim *sent)
{
  if (g_strcmp0 (stored->created_by, sent->created_by) != 0)
    return FALSE;
  for (guint i = 0; i < wuyou_claim_type.n_fields; i++) {
    const WuyouField *field = &wuyou_claim_type.fields[i];

    if (!(field->flags & WUYOU_FIELD_SERVER) && !wuyou_field_equal (field, stored, sent))
      return FALSE;
  }
  return TRUE;
}

/* As for contracts: the same again is no conflict, anything else is one, also for a foreign id. */
static gboolean
settle_conflict (WuyouClaimWrite *self, GError *conflict, GError **error)
{
  g_autoptr (GError) refused = conflict;

  if (g_error_matches (refused, WUYOU_ERROR, WUYOU_ERROR_CONFLICT)
      && wuyou_db_read (self->context->db, read_before, self, NULL)
      && is_same_creation (self->before.claim, self->claim))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&refused));
  return FALSE;
}

static void
copy_contract (WuyouClaim *claim, const WuyouContract *contract)
{
  claim->org_id = g_strdup (contract->org_id);
  claim->contract_number = g_strdup (contract->number);
  claim->contract_owner_name = g_strdup (contract->owner_name);
  claim->contract_vin = g_strdup (contract->vin);
  claim->contract_model = g_strdup (contract->model);
}

static gboolean
prepare_creation (Creation *c, GError **error)
{
  WuyouClaimWrite *self = &c->write;
  const WuyouClaimChange change = {
    .claim = self->claim,
    .contract = c->sale.contract,
    .scope = c->sale.org->path,
    .actor = &self->actor,
    .action = "create",
  };

  copy_contract (self->claim, c->sale.contract);
  self->draft = wuyou_claim_draft_new (self->context->store, &change, error);
  return self->draft != NULL;
}

WuyouReply *
wuyou_claim_create (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  g_auto (Creation) c = { 0 };
  WuyouClaimWrite *self = &c.write;
  GError *conflict = NULL;

  wuyou_claim_write_init (self, request, context);
  self->claim = read_new_claim (self, error);
  if (self->claim == NULL || !wuyou_db_read (context->db, read_sale, &c, error) || !check_creator (&c, error)
      || !check_sale (&c, error) || !prepare_creation (&c, error))
    return NULL;
  self->id = self->claim->id;
  if (!wuyou_claim_write_save (self, NULL, &conflict) && !settle_conflict (self, conflict, error))
    return NULL;
  return wuyou_claim_view_reply (context, request, self->id, 201, error);
}

/* --- the sections that are open --- */

static gboolean
check_sections (const WuyouClaimWrite *self, GError **error)
{
  for (guint i = 0; i < wuyou_claim_type.n_fields; i++) {
    const WuyouField *field = &wuyou_claim_type.fields[i];

    if ((field->flags & WUYOU_FIELD_SERVER) || wuyou_field_equal (field, self->before.claim, self->claim))
      continue;
    if (!(field->flags & WUYOU_FIELD_IMMUTABLE) && wuyou_claim_section_is_open (self->before.claim, field->section))
      continue;
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_ILLEGAL_TRANSITION,
                         N_ ("This part of the claim cannot be changed in its present state."));
    if (error != NULL)
      wuyou_error_set_field (*error, field->name, field->authority);
    return FALSE;
  }
  return TRUE;
}

/* The route lets in who reads claims; whoever acts for the dealership changes them. */
static gboolean
check_editor (const WuyouClaimWrite *self, GError **error)
{
  guint32 roles = wuyou_claim_case_get_roles (&self->before, self->caller);

  if (wuyou_permission_check (roles, WUYOU_OBJECT_CLAIM, WUYOU_VERB_EDIT | WUYOU_VERB_SUBMIT))
    return TRUE;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_FORBIDDEN, "claim");
  return FALSE;
}

static gboolean
change_claim (WuyouClaimWrite *self, GError **error)
{
  JsonObject *body = wuyou_request_get_json (self->request, error);

  if (body == NULL || !check_editor (self, error)
      || !wuyou_record_read_json (&wuyou_claim_type, self->claim, body, WUYOU_CODEC_CLIENT, error)
      || !check_sections (self, error) || !check_consent (self->claim, self->now, error))
    return FALSE;
  attest (self->claim, self->before.claim, self->caller->account_id, self->now);
  if (self->claim->reported_at != 0) /* what it is judged by may have been corrected */
    self->claim->reported_late = wuyou_claim_is_late (self->claim, &self->before.clocks, self->before.calendar);
  return TRUE;
}

WuyouReply *
wuyou_claim_put (WuyouRequest *request, WuyouServerContext *context, GError **error)
{
  g_auto (WuyouClaimWrite) write = { 0 };
  gboolean replayed = FALSE;
  GError *failure = NULL;
  gboolean done;

  wuyou_claim_write_init (&write, request, context);
  if (wuyou_request_get_json (request, error) == NULL)
    return NULL;
  write.id = wuyou_request_get_id_arg (request, 0, error);
  if (write.id == NULL)
    return NULL;
  done = wuyou_claim_write_begin (&write, &replayed, &failure)
         && (replayed
             || (change_claim (&write, &failure) && wuyou_claim_write_prepare (&write, "update", NULL, &failure)
                 && wuyou_claim_write_save (&write, NULL, &failure)));
  return wuyou_claim_write_answer (&write, done, failure, error);
}
