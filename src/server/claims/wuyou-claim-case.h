/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "claims/wuyou-claim-rules.h"
#include "claims/wuyou-evidence-rules.h"
#include "sales/wuyou-contract-case.h"

G_BEGIN_DECLS

/* A claim with all that its workflow and its page look at. Read in one snapshot or inside the transaction that
 * decides. */
typedef struct {
  WuyouClaim *claim;
  WuyouContractCase sale; /* its contract, with product and dealership */
  WuyouOrg *insurer;      /* NULL: none of the insurers on the platform */
  WuyouCalendar *calendar;
  WuyouClaimClocks clocks;
  GPtrArray *rows;     /* WuyouChecklistRow of both phases */
  GPtrArray *evidence; /* WuyouEvidence, newest first */
  WuyouKey *key;       /* of the claim; NULL when erased */
  gboolean erased;
  GError *missing, *unfilled; /* as in WuyouClaimFacts */
} WuyouClaimCase;

void wuyou_claim_case_clear (WuyouClaimCase *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WuyouClaimCase, wuyou_claim_case_clear)

/* NOT_FOUND also for what the caller may not see: another dealership's, another insurer's. @caller NULL: the system. */
gboolean wuyou_claim_case_load (WuyouClaimCase *self,
                                WuyouDbConn *conn,
                                WuyouServerContext *context,
                                const char *id,
                                const WuyouCaller *caller,
                                gint64 now,
                                GError **error);
/* In the transaction that decides on what was read before it: STALE when the claim has changed since. */
gboolean wuyou_claim_case_check_current (const WuyouClaimCase *self,
                                         WuyouDbConn *conn,
                                         WuyouServerContext *context,
                                         GError **error);
/* Evidence has versions of its own: read once more inside the transaction, with what follows from it. */
gboolean
wuyou_claim_case_read_evidence (WuyouClaimCase *self, WuyouDbConn *conn, WuyouServerContext *context, GError **error);

/* Sees claims as an insurer, and nothing of review, money and prices (1.2-02). */
gboolean wuyou_caller_is_insurer (const WuyouCaller *caller);
/* Dealer operations, who act for dealerships that may no longer; not those who review or pay for the operator. */
gboolean wuyou_caller_is_desk (const WuyouCaller *caller);
gboolean wuyou_caller_stands_in (const WuyouCaller *caller, const WuyouOrg *org); /* and this is one of those */
/* What the caller is to this claim: where its dealership may no longer act, dealer operations do what its clerk would,
 * so that customers stay served (4.2.1). Mask of WUYOU_ROLE_BIT; 0 for the system. */
guint32 wuyou_caller_get_roles_for (const WuyouCaller *caller, const WuyouOrg *org); /* the same of an organisation */
guint32 wuyou_claim_case_get_roles (const WuyouClaimCase *self, const WuyouCaller *caller);
/* Reads the papers of claims. Who does not sees those that they send themselves: an insurer its determination, finance
 * the proof of payment. The others are not missing to them, and not there. */
gboolean wuyou_claim_case_shows_evidence (const WuyouClaimCase *self, const WuyouCaller *caller);
gboolean wuyou_claim_case_shows_slot (const WuyouClaimCase *self, const char *code, const WuyouCaller *caller);
/* The last day of a draft that nobody touches any more; NONE once it was reported. */
WuyouDate wuyou_claim_case_get_kept_until (const WuyouClaimCase *self);
/* Borrows from @self. @caller NULL: the system. */
WuyouClaimFacts wuyou_claim_case_get_facts (const WuyouClaimCase *self, const WuyouCaller *caller, gint64 now);
G_END_DECLS
