/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/wuyou-error.h"
#include "base/wuyou-text.h"
#include "sales/wuyou-contract-end-rules.h"
#include "sales/wuyou-eligibility-rules.h"
#include "sales/wuyou-identity.h"
#include "sales/wuyou-invoice.h"
#include "sales/wuyou-price-rules.h"
#include "sales/wuyou-term-rules.h"
#include "sales/wuyou-vin.h"

static void
add_violation (GError **all, WuyouError code, const char *field, const char *authority, const char *sentence)
{
  GError *one = g_error_new_literal (WUYOU_ERROR, code, sentence);

  wuyou_error_set_field (one, field, authority);
  wuyou_error_take_violation (all, one);
}

/* Moves @one, or the violations it carries, into @all; @field names what it is about when it does not say so. */
static void
add_error (GError **all, GError *one, const char *field)
{
  const GPtrArray *parts = wuyou_error_get_violations (one);

  if (parts == NULL) {
    if (wuyou_error_get_field (one) == NULL) {
      g_autofree char *authority = g_strdup (wuyou_error_get_authority (one));

      wuyou_error_set_field (one, field, authority);
    }
    wuyou_error_take_violation (all, one);
    return;
  }
  for (guint i = 0; i < parts->len; i++)
    wuyou_error_take_violation (all, g_error_copy (parts->pdata[i]));
  g_error_free (one);
}

static void
check_vin_reason (const WuyouContract *c, GError **all)
{
  g_autofree char *caution = c->vin != NULL ? wuyou_vin_dup_caution (c->vin) : NULL;

  if (caution != NULL && c->vin_reason == NULL)
    add_violation (all, WUYOU_ERROR_INVALID, "vin_reason", "GB 16735", caution);
}

static void
check_invoice (const WuyouContract *c, GError **all)
{
  GError *one = NULL;

  if (c->invoice_no != NULL && !wuyou_invoice_check (c->invoice_code, c->invoice_no, &one))
    add_error (all, one, "invoice_no");
}

static void
check_price_given (const WuyouContract *c, GError **all)
{
  if (c->received_fen == 0 && !c->gift)
    add_violation (all, WUYOU_ERROR_INVALID, "received_fen", NULL, N_ ("What does the customer pay?"));
}

static void
check_company (const WuyouContract *c, GError **all)
{
  if (c->agent_name == NULL)
    add_violation (all, WUYOU_ERROR_INVALID, "agent_name", "1.6", N_ ("Who acts for the company?"));
  if (c->agent_mobile == NULL)
    add_violation (all, WUYOU_ERROR_INVALID, "agent_mobile", "1.6",
                   N_ ("How can the person acting for the company be reached?"));
  if (c->owner_id_type != 0 && c->owner_id_type != WUYOU_IDENTITY_CREDIT_CODE)
    add_violation (all, WUYOU_ERROR_INVALID, "owner_id_type", "GB 32100-2015",
                   N_ ("A company is identified by its credit code."));
}

static void
check_name (const char *name, const char *field, GError **all)
{
  GError *one = NULL;

  if (name != NULL && !wuyou_name_check (name, &one))
    add_error (all, one, field);
}

static void
check_owner (const WuyouContract *c, GError **all)
{
  GError *one = NULL;

  check_name (c->owner_name, "owner_name", all);
  check_name (c->agent_name, "agent_name", all);
  if (c->owner_kind == WUYOU_OWNER_COMPANY)
    check_company (c, all);
  else if (c->owner_id_type == WUYOU_IDENTITY_CREDIT_CODE)
    add_violation (all, WUYOU_ERROR_INVALID, "owner_id_type", NULL,
                   N_ ("A credit code belongs to a company, not to a person."));
  if (c->owner_id_type != 0 && c->owner_id_no != NULL && !wuyou_identity_check (c->owner_id_type, c->owner_id_no, &one))
    add_error (all, one, "owner_id_no");
}

static void
check_consents (const WuyouContract *c, const WuyouContractFacts *facts, GError **all)
{
  if (c->consent_on > facts->today)
    add_violation (all, WUYOU_ERROR_INVALID, "consent_on", "S-06", N_ ("The owner cannot have consented after today."));
}

static void
check_product (const WuyouContract *c, const WuyouContractFacts *facts, GError **all)
{
  WuyouPeriod term;
  GError *one = NULL;

  if (facts->product == NULL) {
    if (c->product_id != NULL)
      add_violation (all, WUYOU_ERROR_INVALID, "product_id", NULL,
                     N_ ("This product is not on sale today. Choose it again."));
    return;
  }
  if (!wuyou_eligibility_check (c, facts->product, facts->today, &one))
    add_error (all, g_steal_pointer (&one), "product_id");
  if (!wuyou_price_check (c, facts->product, &one))
    add_error (all, g_steal_pointer (&one), "received_fen");
  if (!wuyou_term_compute (c, facts->product, facts->today, facts->today, &term, &one))
    add_error (all, g_steal_pointer (&one), "term_months");
}

static void
check_documents (const WuyouContractFacts *facts, GError **all)
{
  static const char pending[] = N_ ("This document is still being checked.");

  if (!facts->invoice_available)
    add_violation (all, WUYOU_ERROR_INVALID, "INVOICE", "S-07",
                   facts->documents_pending ? pending : N_ ("The purchase invoice is missing."));
  if (!facts->policy_available)
    add_violation (all, WUYOU_ERROR_INVALID, "POLICY", "S-07",
                   facts->documents_pending ? pending : N_ ("The commercial motor policy is missing."));
}

gboolean
wuyou_contract_check (const WuyouContract *contract, const WuyouContractFacts *facts, GError **error)
{
  GError *all = NULL;
  GError *one = NULL;
  guint required = WUYOU_FIELD_REQUIRED | WUYOU_FIELD_ALWAYS;

  if (!wuyou_record_check (&wuyou_contract_type, contract, required, &one))
    add_error (&all, g_steal_pointer (&one), NULL);
  check_vin_reason (contract, &all);
  check_invoice (contract, &all);
  check_price_given (contract, &all);
  check_owner (contract, &all);
  check_consents (contract, facts, &all);
  check_product (contract, facts, &all);
  check_documents (facts, &all);
  if (all == NULL)
    return TRUE;
  g_propagate_error (error, all);
  return FALSE;
}

/* A new revision starts unsigned and unpaid; the number stays. */
static void
apply_correction (WuyouContract *c)
{
  c->signed_on = c->effective_on = c->ends_on = WUYOU_DATE_NONE;
  g_clear_pointer (&c->content_sha256, g_free);
  g_clear_pointer (&c->terms_sha256, g_free);
}

static void
apply_submission (WuyouContract *c, const WuyouContractFacts *facts, gint64 now)
{
  WuyouPeriod term;

  c->revision++;
  c->submitted_at = now;
  wuyou_price_apply (c, facts->product);
  wuyou_text_set (&c->terms_sha256, facts->product->terms_sha256);
  /* Planned, as if signed and paid today; settled with the payment. */
  if (wuyou_term_compute (c, facts->product, facts->today, facts->today, &term, NULL)) {
    c->effective_on = term.from;
    c->ends_on = term.to;
  }
}

static void
apply_payment (WuyouContract *c, const WuyouContractFacts *facts, const WuyouContractInput *input)
{
  WuyouPeriod term;

  c->paid_on = input->paid_on;
  c->paid_fen = input->paid_fen;
  c->payment_method = input->payment_method;
  wuyou_text_set (&c->payment_reference, input->payment_reference);
  if (facts->product != NULL && wuyou_term_compute (c, facts->product, c->signed_on, c->paid_on, &term, NULL)) {
    c->effective_on = term.from;
    c->ends_on = term.to;
  }
}

void
wuyou_contract_apply (WuyouContract *contract,
                      const WuyouTransition *transition,
                      const WuyouContractFacts *facts,
                      const WuyouContractInput *input,
                      gint64 now)
{
  contract->state = transition->to;
  /* What a cancellation was asked for stays said while it is approved and paid back. */
  if (input->reason != NULL || transition->to != WUYOU_CONTRACT_CANCELLED)
    wuyou_text_set (&contract->state_reason, input->reason);
  if (wuyou_contract_apply_end (contract, transition, facts, input, now))
    return;
  switch (transition->to) {
  case WUYOU_CONTRACT_DRAFT:
    apply_correction (contract);
    break;
  case WUYOU_CONTRACT_SUBMITTED:
  case WUYOU_CONTRACT_AWAIT_SIGN:
    if (transition->from == WUYOU_CONTRACT_DRAFT)
      apply_submission (contract, facts, now);
    break;
  case WUYOU_CONTRACT_AWAIT_PAYMENT:
    contract->signed_on = input->signed_on;
    break;
  case WUYOU_CONTRACT_PAID:
    apply_payment (contract, facts, input);
    break;
  default:
    break;
  }
}

/* What was not filled in yet names nobody. */
static gboolean
is_other_text (const char *before, const char *now)
{
  return before != NULL && g_strcmp0 (before, now) != 0;
}

static gboolean
is_other_owner (const WuyouContract *before, const WuyouContract *now)
{
  return (before->owner_kind != 0 && before->owner_kind != now->owner_kind)
         || (before->owner_id_type != 0 && before->owner_id_type != now->owner_id_type)
         || is_other_text (before->owner_name, now->owner_name)
         || is_other_text (before->owner_id_no, now->owner_id_no);
}

void
wuyou_contract_attest (WuyouContract *contract, const WuyouContract *before, const char *account_id, gint64 now)
{
  gboolean given;

  if (before != NULL && before->consent_attested_by != NULL && is_other_owner (before, contract)) {
    contract->consent_processing = contract->consent_sensitive = contract->consent_provision = FALSE;
    contract->consent_on = WUYOU_DATE_NONE;
  }
  given = contract->consent_processing && contract->consent_sensitive && contract->consent_provision;
  if (given == (contract->consent_attested_by != NULL))
    return;
  g_free (contract->consent_attested_by);
  contract->consent_attested_by = given ? g_strdup (account_id) : NULL;
  contract->consent_attested_at = given ? now : 0;
}
