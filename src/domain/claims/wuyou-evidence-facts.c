/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "claims/wuyou-evidence-facts.h"

#include <glib/gi18n-lib.h>

#include "base/wuyou-error.h"
#include "base/wuyou-text.h"

#define MAX_FACTS 6

/* By slot; a product may have others, which say nothing that is compared. */
static const struct {
  const char *slot;
  const char *facts[MAX_FACTS];
} rows[] = {
  { "SERVICE_CONTRACT", { "vin", "owner_name" } },
  { "COMMERCIAL_POLICY", { "vin", "owner_name", "sum_insured_fen" } },
  { "COMPULSORY_POLICY", { "vin", "owner_name" } },
  { "LOSS_NOTICE", { "vin", "plate", "owner_name", "loss_on" } },
  { "DETERMINATION", { "vin", "owner_name", "loss_on" } },
  { "PAYOUT_SLIP", { "owner_name", "payout_fen" } },
  { "PAYOUT_CALCULATION", { "vin", "loss_on", "payout_fen", "sum_insured_fen" } },
  { "VEHICLE_LICENCE", { "vin", "plate", "owner_name" } },
  { "OWNER_IDENTITY", { "owner_name" } },
  { "FIRST_INVOICE", { "vin", "owner_name", "invoice_amount_fen" } },
  { "ACCIDENT_CERTIFICATE", { "plate", "loss_on" } },
  { "POLICE_FILING", { "vin", "plate", "loss_on" } },
  { "REGISTRATION_AND_KEYS", { "vin", "plate" } },
  { "FIRE_CERTIFICATE", { "plate", "loss_on" } },
  { "WEATHER_PROOF", { "loss_on" } },
  { "RIGHTS_TRANSFER", { "vin", "owner_name" } },
  { "CLAIM_CONFIRMATION", { "vin", "owner_name" } },
  { "NEW_PURCHASE_CONTRACT", { "owner_name", "new_vin" } },
  { "NEW_INVOICE", { "owner_name", "new_vin", "new_invoice_fen" } },
  { "NEW_TAX_CERTIFICATE", { "owner_name", "new_vin", "new_tax_fen" } },
  { "NEW_POLICIES", { "owner_name", "new_vin" } },
  { "NEW_SERVICE_CONTRACT", { "owner_name", "new_vin" } },
  { "DELIVERY_RECEIPT", { "owner_name", "new_vin", "delivered_on" } },
};

static const char *const nothing[] = { NULL };

const char *const *
wuyou_evidence_facts_of_slot (const char *slot)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_strcmp0 (rows[i].slot, slot) == 0)
      return rows[i].facts;
  return nothing;
}

static gboolean
is_fact (const WuyouField *field)
{
  return g_str_equal (field->section, "facts");
}

gboolean
wuyou_evidence_check_facts (const WuyouEvidence *evidence, GError **error)
{
  const char *const *facts = wuyou_evidence_facts_of_slot (evidence->slot);

  for (guint i = 0; i < wuyou_evidence_type.n_fields; i++) {
    const WuyouField *field = &wuyou_evidence_type.fields[i];

    if (!is_fact (field) || !wuyou_field_is_set (field, evidence) || g_strv_contains (facts, field->name))
      continue;
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_INVALID, N_ ("This kind of document does not say this."));
    if (error != NULL)
      wuyou_error_set_field (*error, field->name, field->authority);
    return FALSE;
  }
  return TRUE;
}

static void
free_value (WuyouFactValue *value)
{
  g_free (value->text);
  g_free (value->masked);
  g_free (value);
}

void
wuyou_contradiction_free (WuyouContradiction *contradiction)
{
  g_ptr_array_unref (contradiction->values);
  g_free (contradiction);
}

static void
add_value (GPtrArray *values,
           WuyouFactSource source,
           const WuyouEvidence *paper,
           const WuyouField *field,
           gconstpointer record)
{
  WuyouFactValue *value;

  if (!wuyou_field_is_set (field, record))
    return;
  value = g_new0 (WuyouFactValue, 1);
  *value = (WuyouFactValue){
    .source = source,
    .paper = paper,
    .text = wuyou_field_dup_display (field, record),
    .masked = wuyou_field_dup_masked (field, record),
  };
  g_ptr_array_add (values, value);
}

/* The claim knows the minute of the loss, papers its day. */
static void
add_reference (GPtrArray *values, const WuyouField *fact, const WuyouContract *contract, const WuyouClaim *claim)
{
  const WuyouField *of_claim = wuyou_record_type_find (&wuyou_claim_type, fact->name);
  const WuyouField *of_contract = wuyou_record_type_find (&wuyou_contract_type, fact->name);
  const WuyouEvidence day = { .loss_on = claim->loss_at != 0 ? wuyou_date_of_instant (claim->loss_at) : 0 };

  if (fact->offset == G_STRUCT_OFFSET (WuyouEvidence, loss_on))
    add_value (values, WUYOU_SAYS_CLAIM, NULL, fact, &day);
  else if (of_claim != NULL)
    add_value (values, WUYOU_SAYS_CLAIM, NULL, of_claim, claim);
  else if (of_contract != NULL)
    add_value (values, WUYOU_SAYS_CONTRACT, NULL, of_contract, contract);
}

/* Spaces and the width of letters are no contradiction. */
static gboolean
is_same (const WuyouFactValue *a, const WuyouFactValue *b)
{
  g_autofree char *left = wuyou_text_compact (a->text);
  g_autofree char *right = wuyou_text_compact (b->text);

  return g_str_equal (left, right);
}

static gboolean
agree (const GPtrArray *values)
{
  for (guint i = 1; i < values->len; i++)
    if (!is_same (values->pdata[0], values->pdata[i]))
      return FALSE;
  return TRUE;
}

static WuyouContradiction *
compare_fact (const WuyouField *fact, const WuyouContract *contract, const WuyouClaim *claim, const GPtrArray *evidence)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func ((GDestroyNotify) free_value);
  WuyouContradiction *contradiction;

  add_reference (values, fact, contract, claim);
  for (guint i = 0; i < evidence->len; i++) {
    const WuyouEvidence *paper = evidence->pdata[i];

    if (wuyou_evidence_is_usable (paper->state) || paper->state == WUYOU_EVIDENCE_QUARANTINED)
      add_value (values, WUYOU_SAYS_PAPER, paper, fact, paper);
  }
  if (agree (values))
    return NULL;
  contradiction = g_new0 (WuyouContradiction, 1);
  *contradiction = (WuyouContradiction){ fact, g_steal_pointer (&values) };
  return contradiction;
}

GPtrArray *
wuyou_evidence_compare (const WuyouContract *contract, const WuyouClaim *claim, const GPtrArray *evidence)
{
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_contradiction_free);

  for (guint i = 0; i < wuyou_evidence_type.n_fields; i++) {
    const WuyouField *field = &wuyou_evidence_type.fields[i];
    WuyouContradiction *contradiction = is_fact (field) ? compare_fact (field, contract, claim, evidence) : NULL;

    if (contradiction != NULL)
      g_ptr_array_add (found, contradiction);
  }
  return found;
}
