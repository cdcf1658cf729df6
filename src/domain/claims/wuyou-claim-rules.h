/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "base/wuyou-calendar.h"
#include "base/wuyou-workflow.h"
#include "claims/wuyou-claim.h"
#include "sales/wuyou-contract.h"

G_BEGIN_DECLS

extern const WuyouWorkflow wuyou_claim_workflow;
/* The owner takes the consent to sensitive papers back while others have the case: a review goes back to the
 * dealership, what was decided stays decided (PIPL 15). */
#define WUYOU_CLAIM_REVOKE "revoke-consent"

/* Clocks of a claim from the product version, in days. */
typedef struct {
  gint64 notify_days;                 /* to report a loss; later is recorded as late */
  gint64 review_days;                 /* working days of a review */
  gint64 decision_days;               /* of the whole review, however complex; not while the dealership has the ball */
  gint64 supplement_days;             /* working days to bring more documents */
  gint64 grace_days;                  /* working days after that, before the case is closed */
  gint64 appeal_days;                 /* to appeal */
  gint64 order_days;                  /* to order the new car, from the determination */
  gint64 file_days;                   /* to claim, from the loss; later is recorded as late; 0: as long as it takes */
  gboolean notify_from_determination; /* counted from there, not from the loss */
} WuyouClaimClocks;

/* What the guards look at beside the claim; members are borrowed. */
typedef struct {
  const WuyouContract *contract;
  const WuyouProduct *product;
  const WuyouCalendar *calendar;
  WuyouClaimClocks clocks;
  WuyouDate today;
  const char *actor_id; /* who acts; NULL for the system */
  gboolean actor_is_insurer;
  const GError *missing;  /* violations of the checklist of the phase, or NULL when complete and clean */
  const GError *unfilled; /* of the slots of the standing request, or NULL */
  gboolean determination_available, statement_available, proof_available; /* their documents, scanned clean */
} WuyouClaimFacts;

/* What comes with an action. */
typedef struct {
  const char *reason;
  int determination;
  WuyouDate determined_on;
  int exclusion;
  const char *request_json;   /* [{"slot":…,"reason":…},…] */
  const char *request_reason; /* of a second request */
  gint64 amount_fen;          /* other than the one computed; 0: that one */
  WuyouDate delivered_on, paid_on;
  gint64 paid_fen;
  const char *payment_reference;
} WuyouClaimInput;

void wuyou_claim_clocks_read (const char *benefit_json, WuyouClaimClocks *ret_clocks);
/* Cover is judged by the dates of the term, so a contract that has expired since still answers for its losses. */
gboolean wuyou_claim_is_covered (const WuyouContract *contract, WuyouDate loss_on);
gboolean wuyou_claim_is_open (const WuyouClaim *claim); /* neither closed nor withdrawn nor refused */
/* Cancelling the contract stays possible (6.1). */
gboolean wuyou_claim_allows_cancellation (const WuyouClaim *claim);
/* Above this amount a second approver endorses it first (C-08), by the product version; 0: never. */
gint64 wuyou_claim_endorsement_over (const char *benefit_json);
void wuyou_claim_clear_endorsement (WuyouClaim *claim); /* what was endorsed is another now */
gint64 wuyou_claim_amount (const WuyouClaim *claim);    /* to pay: the one settled, or the one put in its place */

/* Which sections of the record the dealership may change in its present state. */
gboolean wuyou_claim_section_is_open (const WuyouClaim *claim, const char *section);

/* Whether the report came late, by what is known now of loss and determination (C-01). */
gboolean wuyou_claim_is_late (const WuyouClaim *claim, const WuyouClaimClocks *clocks, const WuyouCalendar *calendar);
/* What must be filled in of a section before its step: INVALID with a violation for each. */
gboolean wuyou_claim_check_section (const WuyouClaim *claim, const char *section, GError **error);

WuyouTurn wuyou_claim_get_turn (const WuyouClaim *claim);
/* The last day on which the dealership may appeal against what was decided, also when it is over; NONE: it may not. */
WuyouDate wuyou_claim_get_appeal_until (const WuyouClaim *claim);
/* ILLEGAL_TRANSITION when it may not @today. */
gboolean wuyou_claim_check_appeal (const WuyouClaim *claim, WuyouDate today, GError **error);
/* Puts it into the queue of whoever that is: turn and queue_on. */
void wuyou_claim_place (WuyouClaim *claim);
/* Whose turn means work for whom: what these roles may do of it, by the permission table. */
gboolean wuyou_claim_turn_is_for (WuyouTurn turn, guint32 roles);

/* A day ends on which the dealership may still do something: bring documents, order the new car, appeal. */
gboolean wuyou_claim_awaits_dealer (const WuyouClaim *claim);
/* Working days before such a day on which it is reminded, the first first; ended by 0. */
extern const gint64 wuyou_claim_reminders[];

/* A draft that is never reported goes after so many days without a change (10.4). */
#define WUYOU_CLAIM_DRAFT_DAYS 30

void wuyou_claim_apply (WuyouClaim *claim,
                        const WuyouTransition *transition,
                        const WuyouClaimFacts *facts,
                        const WuyouClaimInput *input,
                        gint64 now);

G_END_DECLS
