/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "claims/wuyou-settlement.h"
#include "wuyou-claim-paper.h"
#include "wuyou-paper-sample.h"

G_BEGIN_DECLS

/* A claim on the contract of the other sample, in the state of the paper wanted; all of it fictional. */
typedef struct {
  WuyouPaperSample *sale;
  WuyouClaim *claim;
  GPtrArray *checklist, *evidence;
  GArray *rows;
  WuyouClaimPaperData data;
} WuyouClaimSample;

WuyouClaimSample *wuyou_claim_sample_new (WuyouClaimState state, WuyouClaimPhase phase);
/* Another product of the demo: "depreciation", "invoice-gap", "replacement"; settles anew. */
void wuyou_claim_sample_set_product (WuyouClaimSample *sample, const char *product);
/* By a benefit of one's own. */
void wuyou_claim_sample_settle (WuyouClaimSample *sample, const char *benefit_json);
void wuyou_claim_sample_add_file (WuyouClaimSample *sample, const char *slot, int phase, const char *name, int state);
void wuyou_claim_sample_list (WuyouClaimSample *sample); /* the rows of the evidence list */
void wuyou_claim_sample_make_company (WuyouClaimSample *sample);
/* Prints, and keeps the PDF under that name when asked to look at it. NULL: not kept. Owned. */
GBytes *wuyou_claim_sample_print (const WuyouClaimSample *sample,
                                  const char *kind,
                                  WuyouContractPaperVariant variant,
                                  const char *keep);
char *wuyou_claim_sample_read (const WuyouClaimSample *sample,
                               const char *kind,
                               WuyouContractPaperVariant variant,
                               const char *keep); /* its text; owned */
void wuyou_claim_sample_free (WuyouClaimSample *sample);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouClaimSample, wuyou_claim_sample_free)

G_END_DECLS
