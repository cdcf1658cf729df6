/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "base/wuyou-record.h"
#include "claims/wuyou-exclusion.h"

G_BEGIN_DECLS

/* A claim: one loss of a car under contract, from the notice to the new car (requirements 6.2, 7). */

typedef enum {
  WUYOU_CLAIM_DRAFT = 1,
  WUYOU_CLAIM_REPORTED,
  WUYOU_CLAIM_PRE_SUBMITTED,
  WUYOU_CLAIM_PRE_REVIEW,
  WUYOU_CLAIM_MORE_DOCS,
  WUYOU_CLAIM_PRE_APPROVED,
  WUYOU_CLAIM_PRE_REJECTED,
  WUYOU_CLAIM_REPLACING,
  WUYOU_CLAIM_FINAL_SUBMITTED,
  WUYOU_CLAIM_FINAL_REVIEW,
  WUYOU_CLAIM_APPROVED,
  WUYOU_CLAIM_REJECTED,
  WUYOU_CLAIM_SETTLING,
  WUYOU_CLAIM_CLOSED_PAID,
  WUYOU_CLAIM_CLOSED_UNPAID,
  WUYOU_CLAIM_WITHDRAWN,
  WUYOU_CLAIM_APPEAL,
} WuyouClaimState;

typedef enum { WUYOU_PHASE_LOSS = 1, WUYOU_PHASE_REPLACEMENT } WuyouClaimPhase;

typedef enum {
  WUYOU_LOSS_COLLISION = 1,
  WUYOU_LOSS_THEFT,
  WUYOU_LOSS_FIRE,
  WUYOU_LOSS_FLOOD,
  WUYOU_LOSS_OTHER,
} WuyouLossType;

/* The insurer decides, nobody here computes it (requirements 9.1). */
typedef enum {
  WUYOU_DETERMINATION_ACTUAL = 1,
  WUYOU_DETERMINATION_CONSTRUCTIVE,
  WUYOU_DETERMINATION_PARTIAL, /* no total loss: nothing to claim */
} WuyouDetermination;

/* One of the four questions of a review. */
typedef enum { WUYOU_CHECK_MET = 1, WUYOU_CHECK_NOT_MET } WuyouCheck;

typedef struct {
  char *id;
  gint64 seq, version;
  char *number; /* LP-2026-0000012, given with the report */
  int state;    /* WuyouClaimState */
  int phase;    /* WuyouClaimPhase, where more documents and appeals lead back to */
  char *contract_id, *org_id, *insurer_org_id;
  char *created_by;
  gint64 created_at, updated_at, reported_at;

  gint64 loss_at;
  int loss_type;
  char *loss_place, *loss_cause;
  char *insurer_report_no, *police_report_no;
  char *informant_name, *informant_mobile;
  gboolean reported_late; /* later than the product's notice; a warning, not a refusal (C-01) */

  int determination;
  WuyouDate determined_on;
  char *determined_by; /* account: of the dealership or of the insurer */
  gint64 sum_insured_fen, payout_fen;

  int check_contract, check_insurance, check_cause, check_exclusions; /* WuyouCheck, of this phase's review */
  char *assessor_id, *approver_id;
  char *previous_approver_id; /* who decided what is appealed against */
  int exclusion;
  char *decision_reason;

  gint64 submitted_at; /* into the review of this phase */
  gint64 clock_used;   /* working days of the review before the last pause */
  WuyouDate due_on;    /* of whoever holds the ball */
  gint64 requests;     /* for more documents, in this phase */
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

extern const WuyouRecordType wuyou_claim_type;
extern const WuyouEnum wuyou_claim_states[], wuyou_claim_phases[], wuyou_loss_types[], wuyou_determinations[],
    wuyou_checks[];

WuyouClaim *wuyou_claim_new (void);
void wuyou_claim_free (WuyouClaim *claim);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouClaim, wuyou_claim_free)

G_END_DECLS
