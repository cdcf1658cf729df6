/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "base/wuyou-record.h"

G_BEGIN_DECLS

/* A file that a claim rests on (requirements 6.8, 9.3). What was uploaded stays sealed for good; people look at the
 * renditions that the confined decoder makes of it. LOCAL states live in the desktop only. */
typedef enum {
  WUYOU_EVIDENCE_UPLOADING = 1,
  WUYOU_EVIDENCE_QUARANTINED,   /* received, hash right; waits for scanner and decoder */
  WUYOU_EVIDENCE_AVAILABLE,     /* clean, with its renditions */
  WUYOU_EVIDENCE_VERIFIED,      /* by the reviewer */
  WUYOU_EVIDENCE_RETURNED,      /* by the reviewer, for a reason: another is needed */
  WUYOU_EVIDENCE_SUPERSEDED,    /* it was returned, and another of its slot came; set by the server */
  WUYOU_EVIDENCE_INFECTED,      /* destroyed, hash kept */
  WUYOU_EVIDENCE_REJECTED_TYPE, /* destroyed, hash kept */
  WUYOU_EVIDENCE_WITHDRAWN,
} WuyouEvidenceState;

typedef enum {
  WUYOU_RETURN_BLURRED = 1,
  WUYOU_RETURN_MISSING_PAGE,
  WUYOU_RETURN_EXPIRED,
  WUYOU_RETURN_INCONSISTENT,
  WUYOU_RETURN_OTHER,
} WuyouReturnReason;

extern const WuyouEnum wuyou_evidence_states[], wuyou_return_reasons[];
extern const char wuyou_evidence_unmade_sentence[]; /* N_() */

typedef struct {
  char *id;
  gint64 seq, version;
  char *claim_id;
  char *org_id;
  char *slot; /* code of the product's checklist, or one of wuyou_claim_slots */
  int phase;  /* WuyouClaimPhase */
  char *file_name;
  gint64 size, received; /* announced; durable on the server */
  char *media_type;      /* found by content */
  char *sha256;
  int state; /* WuyouEvidenceState */
  char *state_reason;
  gboolean sensitive; /* under a key of its own */
  gint64 pages;
  char *edits_json; /* rotation, crop, redactions: wuyou-evidence-edits.h */
  gboolean unmade;  /* the decoder failed over these edits for good; what it made before stays */
  /* What the paper says, typed once and compared everywhere: wuyou-evidence-facts.h */
  char *vin, *plate, *owner_name, *new_vin;
  WuyouDate loss_on, delivered_on;
  gint64 payout_fen, sum_insured_fen, invoice_amount_fen, new_invoice_fen, new_tax_fen;
  int return_reason;
  char *judged_by;
  gint64 judged_at;
  char *created_by;
  gint64 created_at, updated_at;
} WuyouEvidence;

extern const WuyouRecordType wuyou_evidence_type;

WuyouEvidence *wuyou_evidence_new (void);
void wuyou_evidence_free (WuyouEvidence *evidence);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouEvidence, wuyou_evidence_free)

gboolean wuyou_evidence_is_destroyed (int state); /* nothing of its content may be left */
gboolean wuyou_evidence_is_judged (int state);    /* a reviewer may say what it is worth: now, or again */
gboolean wuyou_evidence_is_usable (int state);    /* clean and not returned: it fills its slot */

G_END_DECLS
