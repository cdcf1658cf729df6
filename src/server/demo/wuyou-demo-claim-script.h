/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "demo/wuyou-demo-claim.h"

G_BEGIN_DECLS

/* What happens in the life of a claim. */
typedef enum {
  WUYOU_BEAT_END,
  WUYOU_BEAT_CREATE,
  WUYOU_BEAT_REPORT,
  WUYOU_BEAT_DETERMINE,
  WUYOU_BEAT_PARTIAL, /* the insurer finds no total loss */
  WUYOU_BEAT_PAYOUT,  /* what the insurer paid is entered */
  WUYOU_BEAT_SUBMIT,
  WUYOU_BEAT_TAKE,
  WUYOU_BEAT_CHECK,
  WUYOU_BEAT_FAULT, /* one of the checks is not met */
  WUYOU_BEAT_REQUEST,
  WUYOU_BEAT_SUPPLY,
  WUYOU_BEAT_LAPSE,
  WUYOU_BEAT_APPROVE,
  WUYOU_BEAT_REJECT,
  WUYOU_BEAT_APPEAL,
  WUYOU_BEAT_REOPEN,
  WUYOU_BEAT_CONFIRM,
  WUYOU_BEAT_CAR, /* the new car is entered */
  WUYOU_BEAT_REPLACE,
  WUYOU_BEAT_COSTS, /* its invoice, taxes and handing over are entered */
  WUYOU_BEAT_AMOUNT,
  WUYOU_BEAT_OTHER_AMOUNT,
  WUYOU_BEAT_ENDORSE, /* where the amount is large; nothing otherwise */
  WUYOU_BEAT_SETTLE,
  WUYOU_BEAT_PAY,
  WUYOU_BEAT_WITHDRAW,
  WUYOU_BEAT_DISCARD,
} WuyouBeat;

#define WUYOU_SCRIPT_BEATS 24

typedef struct {
  int state;          /* in which it ends */
  guint fresh, stale; /* working days since the last beat, at least and at most */
  guint share;        /* weight among claims that are picked */
  guint further;      /* weight among further claims */
  WuyouBeat beats[WUYOU_SCRIPT_BEATS];
  gboolean twin; /* once in a demo, two claims have the same report number */
} WuyouScript;

extern const WuyouScript
    wuyou_scripts[]; /* ended by a row with state 0; the last one before it is of a contract that is fulfilled */
guint wuyou_script_count (void); /* without those of fulfilled contracts */
guint wuyou_script_pick (WuyouDemoRandom *random, gboolean further);

/* When each beat is: instants, in order, none after now. */
typedef struct {
  guint n;
  gint64 at[WUYOU_SCRIPT_BEATS];
  gint64 loss_at;
} WuyouSchedule;

/* Backwards from the last beat, which is a few working days ago, or just before @end (0: none). FALSE when the loss
 * would come before the contract is in force. @hurry: with the shortest pauses. */
gboolean wuyou_script_schedule (const WuyouDemoClaims *claims,
                                const WuyouContract *contract,
                                guint index,
                                const WuyouScript *script,
                                gint64 end,
                                gboolean hurry,
                                WuyouSchedule *ret);

G_END_DECLS
