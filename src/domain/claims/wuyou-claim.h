/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "claims/wuyou-claim-words.h"
#include "claims/wuyou-exclusion.h"

G_BEGIN_DECLS

/* A claim: one loss of a car under contract, from the notice to the new car (requirements 6.2, 7). */

typedef struct {
  char *id;
  gint64 seq, version;
  char *number; /* LP-2026-0000012, given with the report */
  int state;    /* WuyouClaimState */
  int phase;    /* WuyouClaimPhase, where more documents and appeals lead back to */
  char *contract_id, *org_id, *insurer_org_id;
  char *created_by;
  gint64 created_at, updated_at, reported_at;
  char *contract_number, *contract_owner_name, *contract_vin, *contract_model; /* as in the contract; for lists */

  gint64 loss_at;
  int loss_type;
  char *loss_place, *loss_cause;
  char *insurer_report_no, *police_report_no;
  char *informant_name, *informant_mobile;
  gboolean reported_late; /* later than the product's notice; a warning, not a refusal (C-01) */

  gboolean consent_sensitive; /* to identity, licence and bank papers, the owner's separate consent (PIPL 28-30) */
  WuyouDate consent_on;
  char *consent_attested_by; /* account */
  gint64 consent_attested_at;

  int determination;
  WuyouDate determined_on;
  char *determined_by; /* account: of the dealership or of the insurer */
  gboolean determined_by_insurer;
  gint64 sum_insured_fen, payout_fen;

  int check_contract, check_insurance, check_cause, check_exclusions; /* WuyouCheck, of this phase's review */
  char *check_notes_json;                                             /* {"check_contract":"…"} */
  char *assessor_id, *approver_id;
  char *endorsed_by;          /* who confirmed an amount of that size, before another person decides */
  char *previous_approver_id; /* who decided what is appealed against */
  char *previous_assessor_id; /* and who assessed it */
  int exclusion;
  char *decision_reason;

  gint64 submitted_at; /* into the review of this phase */
  gint64 clock_used;   /* working days of the review before the last pause */
  WuyouDate due_on;    /* of whoever holds the ball */
  WuyouDate decide_by; /* the last day of the review as a whole, without what the dealership took */
  WuyouDate queue_on;  /* the same, and far away when there is none, so that what has no day comes last */
  int turn;            /* WuyouTurn: who that is; follows from the rest, kept for the queues */
  gint64 requests;     /* for more documents, in this phase */
  gint64 requested_at; /* the standing request */
  char *request_json;  /* slots and reasons of the standing request */
  char *request_reason;

  int new_brand;
  char *new_series, *new_model, *new_vin, *new_invoice_no;
  gint64 new_msrp_fen, new_invoice_fen;
  WuyouDate new_ordered_on, delivered_on;
  gint64 old_tax_fen, new_tax_fen, old_delivery_fen, new_delivery_fen;
  gint64 old_registration_fen, new_registration_fen, old_policy_fen, new_policy_fen;

  char *settlement_json; /* canonical: inputs, steps, total */
  gint64 settled_fen, override_fen;
  char *override_reason, *override_by;
  gint64 paid_fen;
  WuyouDate paid_on;
  char *payment_reference;
  char *state_reason;
} WuyouClaim;

#define WUYOU_CLAIM_SOME_DAY 84005 /* 2199-12-31, the last one there is */
#define WUYOU_CLAIM_NUMBER_PREFIX "LP-"

extern const WuyouRecordType wuyou_claim_type;

WuyouClaim *wuyou_claim_new (void);
void wuyou_claim_free (WuyouClaim *claim);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouClaim, wuyou_claim_free)

G_END_DECLS
