/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "base/wuyou-record.h"

G_BEGIN_DECLS

/* The words a claim is told in: states, phases, kinds of loss, whose turn it is (requirements 6.2, 7). */

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

/* Who is to act (C-05, requirements 11.5). */
typedef enum {
  WUYOU_TURN_NOBODY = 1,
  WUYOU_TURN_CLERK,
  WUYOU_TURN_ASSESSOR,
  WUYOU_TURN_APPROVER,
  WUYOU_TURN_FINANCE,
  WUYOU_TURN_INSURER,
} WuyouTurn;

extern const WuyouEnum wuyou_claim_states[], wuyou_claim_phases[], wuyou_loss_types[], wuyou_determinations[],
    wuyou_checks[], wuyou_turns[];

G_END_DECLS
