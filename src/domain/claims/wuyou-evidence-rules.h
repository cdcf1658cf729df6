/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <json-glib/json-glib.h>

#include "base/wuyou-permission.h"
#include "claims/wuyou-claim-checklist.h"
#include "claims/wuyou-evidence.h"

G_BEGIN_DECLS

/* Slots that every claim has beside the checklist of its product. */
#define WUYOU_SLOT_DETERMINATION "DETERMINATION" /* in every checklist; also from the insurer's own user */
#define WUYOU_SLOT_WITHDRAWAL "WITHDRAWAL_STATEMENT"
#define WUYOU_SLOT_APPEAL "APPEAL_STATEMENT"
#define WUYOU_SLOT_PAYMENT_PROOF "PAYMENT_PROOF"

#define WUYOU_EVIDENCE_MAX 400 /* files of one claim */

typedef struct {
  const char *slot;
  const char *title; /* N_() */
  const char *need;  /* N_(), what it is brought for; NULL: as the checklist says */
  int phase;         /* 0: of either */
  WuyouObject object;
  guint verbs;  /* who adds and changes files */
  guint states; /* mask of 1 << WuyouClaimState */
  /* What else must hold today, or NULL. */
  gboolean (*check) (const WuyouClaim *claim, WuyouDate today, GError **error);
} WuyouClaimSlot;

extern const WuyouClaimSlot wuyou_claim_slots[]; /* ended by a row with slot NULL */
const WuyouClaimSlot *wuyou_claim_slot_find (const char *slot);

/* May somebody with @roles add, change or take back a file of this slot @today? @rows: checklist of both phases.
 * FORBIDDEN, ILLEGAL_TRANSITION, INVALID for a slot that is not listed, CUSTOMER_CONSENT_REQUIRED for a sensitive one.
 */
gboolean wuyou_evidence_check_slot (const WuyouClaim *claim,
                                    const GPtrArray *rows,
                                    const char *slot,
                                    int phase,
                                    guint32 roles,
                                    WuyouDate today,
                                    GError **error);

/* What a slot's files are to the checklist. */
typedef enum {
  WUYOU_SLOT_MISSING = 1,
  WUYOU_SLOT_CHECKING, /* uploading, or with scanner and decoder */
  WUYOU_SLOT_RETURNED,
  WUYOU_SLOT_FILLED,
  WUYOU_SLOT_VERIFIED,
} WuyouSlotState;
extern const WuyouEnum wuyou_slot_states[];

/* @evidence: elements WuyouEvidence. The best of a slot's files counts; once one was returned, the best of those that
 * came after that. */
WuyouSlotState wuyou_evidence_slot_state (const GPtrArray *evidence, const char *slot, int phase);
/* Whether @file came since @returned was returned, and so takes its place (6.8). What came with it does not. */
gboolean wuyou_evidence_replaces (const WuyouEvidence *file, const WuyouEvidence *returned);
/* Whether it may go to another slot: ILLEGAL_TRANSITION once it was returned where it is. */
gboolean wuyou_evidence_check_move (const WuyouEvidence *evidence, GError **error);
/* Required rows of the phase that are not there, or are sensitive and closed as there is no @consent: violations named
 * by their slot, INVALID, or DOCUMENT_PENDING when all that is missing is still being checked. */
gboolean wuyou_evidence_check_complete (const GPtrArray *evidence,
                                        const GPtrArray *rows,
                                        int phase,
                                        gboolean consent,
                                        GError **error);
/* The same for the slots of a request for more documents: each needs a file that came after @since. */
gboolean wuyou_evidence_check_request (const GPtrArray *evidence,
                                       const char *request_json,
                                       int phase,
                                       gint64 since,
                                       GError **error);

/* Required papers that were returned are asked for with the others: the dealership could not go on without them, and
 * would not know (C-04). @request: objects with a "slot". INVALID, of "request". */
gboolean wuyou_evidence_check_asked (const GPtrArray *evidence,
                                     const GPtrArray *rows,
                                     JsonArray *request,
                                     int phase,
                                     GError **error);

G_END_DECLS
