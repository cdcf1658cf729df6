/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-claim-case.h"

#include "base/wuyou-error.h"
#include "wuyou-claim-store.h"
#include "wuyou-setting-store.h"

void
wuyou_claim_case_clear (WuyouClaimCase *self)
{
  g_clear_pointer (&self->claim, wuyou_claim_free);
  wuyou_contract_case_clear (&self->sale);
  g_clear_pointer (&self->insurer, wuyou_org_free);
  g_clear_pointer (&self->calendar, wuyou_calendar_free);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->evidence, g_ptr_array_unref);
  g_clear_pointer (&self->key, wuyou_key_unref);
  g_clear_error (&self->missing);
  g_clear_error (&self->unfilled);
}

gboolean
wuyou_caller_is_insurer (const WuyouCaller *caller)
{
  return caller != NULL && wuyou_roles_are_insurer (caller->roles);
}

gboolean
wuyou_caller_is_desk (const WuyouCaller *caller)
{
  const guint32 desk = WUYOU_ROLE_BIT (WUYOU_ROLE_OOPS);
  const guint32 others
      = WUYOU_ROLE_BIT (WUYOU_ROLE_OCLA) | WUYOU_ROLE_BIT (WUYOU_ROLE_OCLB) | WUYOU_ROLE_BIT (WUYOU_ROLE_OFIN);

  return (caller->roles & (desk | others)) == desk;
}

static gboolean
may_see (const WuyouClaimCase *self, const WuyouCaller *caller)
{
  if (caller == NULL)
    return TRUE;
  if (wuyou_caller_is_insurer (caller))
    return self->insurer != NULL && wuyou_scope_has (caller->scope, self->insurer->path);
  return wuyou_scope_has (caller->scope, self->sale.org->path);
}

static gboolean
load_insurer (WuyouClaimCase *self, WuyouDbConn *conn, WuyouStore *store, GError **error)
{
  const char *id = self->claim->insurer_org_id;

  if (id == NULL)
    return TRUE;
  self->insurer = wuyou_record_load (conn, store, &wuyou_org_type, id, NULL, NULL, error);
  return self->insurer != NULL;
}

static gboolean
read_rows (WuyouClaimCase *self, GError **error)
{
  const char *benefit = self->sale.product->benefit_json;
  g_autoptr (GPtrArray) later = NULL;

  self->rows = wuyou_checklist_read (benefit, WUYOU_PHASE_LOSS, self->claim->loss_type, error);
  later = self->rows != NULL ? wuyou_checklist_read (benefit, WUYOU_PHASE_REPLACEMENT, self->claim->loss_type, error)
                             : NULL;
  if (later == NULL)
    return FALSE;
  g_ptr_array_extend_and_steal (self->rows, g_steal_pointer (&later));
  return TRUE;
}

gboolean
wuyou_claim_case_read_evidence (WuyouClaimCase *self, WuyouDbConn *conn, WuyouServerContext *context, GError **error)
{
  const WuyouFilter filter = { .field = "claim_id", .op = WUYOU_FILTER_EQUAL, .text = self->claim->id };
  const WuyouRecordQuery query = { .filters = &filter, .n_filters = 1, .limit = WUYOU_EVIDENCE_MAX * 2 };
  const WuyouClaim *claim = self->claim;

  g_clear_pointer (&self->evidence, g_ptr_array_unref);
  g_clear_error (&self->missing);
  g_clear_error (&self->unfilled);
  self->evidence = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_evidence_free);
  if (!wuyou_record_list (conn, context->store, &wuyou_evidence_type, &query, self->evidence, error))
    return FALSE;
  wuyou_evidence_check_complete (self->evidence, self->rows, claim->phase != 0 ? claim->phase : WUYOU_PHASE_LOSS,
                                 claim->consent_sensitive, &self->missing);
  wuyou_evidence_check_request (self->evidence, claim->request_json, claim->phase, claim->requested_at,
                                &self->unfilled);
  return TRUE;
}

static gboolean
load_sale (WuyouClaimCase *self, WuyouDbConn *conn, WuyouServerContext *context, GError **error)
{
  if (!wuyou_contract_case_load (&self->sale, conn, context, self->claim->contract_id, NULL, error))
    return FALSE;
  if (self->sale.product != NULL) /* with its group a dealership may no longer act either */
    return wuyou_org_read_suspended (conn, self->sale.org->path, &self->sale.org->suspended, error);
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_CORRUPT, "product of a claim");
  return FALSE;
}

gboolean
wuyou_claim_case_load (WuyouClaimCase *self,
                       WuyouDbConn *conn,
                       WuyouServerContext *context,
                       const char *id,
                       const WuyouCaller *caller,
                       gint64 now,
                       GError **error)
{
  WuyouStore *store = context->store;
  GError *local = NULL;

  wuyou_claim_case_clear (self);
  self->claim = wuyou_record_load (conn, store, &wuyou_claim_type, id, NULL, &self->erased, error);
  if (self->claim == NULL || !load_sale (self, conn, context, error) || !load_insurer (self, conn, store, error))
    return FALSE;
  if (!may_see (self, caller)) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_NOT_FOUND, "scope");
    return FALSE;
  }
  self->key = wuyou_record_load_key (conn, store, &wuyou_claim_type, id, &local);
  if (local != NULL) {
    g_propagate_error (error, local);
    return FALSE;
  }
  wuyou_claim_clocks_read (self->sale.product->benefit_json, &self->clocks);
  self->calendar = wuyou_workdays_read (conn, wuyou_date_of_instant (now), error);
  return self->calendar != NULL && read_rows (self, error)
         && wuyou_claim_case_read_evidence (self, conn, context, error);
}

gboolean
wuyou_claim_case_check_current (const WuyouClaimCase *self,
                                WuyouDbConn *conn,
                                WuyouServerContext *context,
                                GError **error)
{
  gint64 version;

  if (!wuyou_record_read_version (conn, context->store, &wuyou_claim_type, self->claim->id, &version, error))
    return FALSE;
  if (version == self->claim->version)
    return TRUE;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_STALE, "");
  return FALSE;
}

gboolean
wuyou_caller_stands_in (const WuyouCaller *caller, const WuyouOrg *org)
{
  return org->suspended && wuyou_caller_is_desk (caller);
}

guint32
wuyou_caller_get_roles_for (const WuyouCaller *caller, const WuyouOrg *org)
{
  if (caller == NULL)
    return 0;
  return wuyou_caller_stands_in (caller, org) ? wuyou_roles_for_dealer (caller->roles) : caller->roles;
}

gboolean
wuyou_claim_case_shows_evidence (const WuyouClaimCase *self, const WuyouCaller *caller)
{
  return !wuyou_caller_is_insurer (caller)
         && wuyou_permission_check (wuyou_claim_case_get_roles (self, caller), WUYOU_OBJECT_CLAIM_DOCUMENT,
                                    WUYOU_VERB_READ);
}

gboolean
wuyou_claim_case_shows_slot (const WuyouClaimCase *self, const char *code, const WuyouCaller *caller)
{
  const WuyouClaimSlot *slot = wuyou_claim_slot_find (code);

  return wuyou_claim_case_shows_evidence (self, caller)
         || (slot != NULL
             && wuyou_permission_check (wuyou_claim_case_get_roles (self, caller), slot->object, slot->verbs));
}

guint32
wuyou_claim_case_get_roles (const WuyouClaimCase *self, const WuyouCaller *caller)
{
  return wuyou_caller_get_roles_for (caller, self->sale.org);
}

WuyouDate
wuyou_claim_case_get_kept_until (const WuyouClaimCase *self)
{
  gint64 touched = self->claim->updated_at;

  if (self->claim->state != WUYOU_CLAIM_DRAFT)
    return WUYOU_DATE_NONE;
  for (guint i = 0; i < self->evidence->len; i++)
    touched = MAX (touched, ((const WuyouEvidence *) self->evidence->pdata[i])->updated_at);
  return wuyou_date_of_instant (touched) + WUYOU_CLAIM_DRAFT_DAYS;
}

static gboolean
has_file (const WuyouClaimCase *self, const char *slot, int phase)
{
  return wuyou_evidence_slot_state (self->evidence, slot, phase) >= WUYOU_SLOT_FILLED;
}

WuyouClaimFacts
wuyou_claim_case_get_facts (const WuyouClaimCase *self, const WuyouCaller *caller, gint64 now)
{
  return (WuyouClaimFacts){
    .contract = self->sale.contract,
    .product = self->sale.product,
    .calendar = self->calendar,
    .clocks = self->clocks,
    .today = wuyou_date_of_instant (now),
    .actor_id = caller != NULL ? caller->account_id : NULL,
    .actor_is_insurer = wuyou_caller_is_insurer (caller),
    .missing = self->missing,
    .unfilled = self->unfilled,
    .determination_available = has_file (self, WUYOU_SLOT_DETERMINATION, WUYOU_PHASE_LOSS),
    .statement_available = has_file (self, WUYOU_SLOT_WITHDRAWAL, self->claim->phase),
    .proof_available = has_file (self, WUYOU_SLOT_PAYMENT_PROOF, self->claim->phase),
  };
}
