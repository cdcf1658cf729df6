/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "claims/wuyou-claim.h"
#include "wuyou-contract-paper.h"

G_BEGIN_DECLS

/* The papers of a claim (PR-07, C-04, C-07, C-09, C-12): the kind is their name in addresses and in the store. */
typedef enum {
  WUYOU_CLAIM_PAPER_FORM = 1,
  WUYOU_CLAIM_PAPER_EVIDENCE,
  WUYOU_CLAIM_PAPER_REQUEST,
  WUYOU_CLAIM_PAPER_PRE_APPROVAL,
  WUYOU_CLAIM_PAPER_PRE_REFUSAL,
  WUYOU_CLAIM_PAPER_APPROVAL,
  WUYOU_CLAIM_PAPER_REFUSAL,
  WUYOU_CLAIM_PAPER_SETTLEMENT,
  WUYOU_CLAIM_PAPER_HAND_OVER,
} WuyouClaimPaperId;

typedef struct {
  WuyouClaimPaperId id;
  const char *kind;  /* "claim-form" */
  const char *title; /* as printed */
  const char *label; /* N_(), for the screen */
  guint states;      /* mask of 1 << WuyouClaimState in which it can be drawn */
  int phase;         /* only in this phase of the claim; 0: of either */
  gboolean letter;   /* drawn once, when the claim comes into one of the states, and kept; else drawn on demand */
} WuyouClaimPaperKind;

extern const WuyouClaimPaperKind wuyou_claim_paper_kinds[];           /* ended by a row with kind NULL */
const WuyouClaimPaperKind *wuyou_claim_paper_find (const char *kind); /* NULL when there is none */
gboolean wuyou_claim_paper_is_open (const WuyouClaimPaperKind *kind, const WuyouClaim *claim);
/* The letter that belongs to the state the claim just came into, or NULL. */
const WuyouClaimPaperKind *wuyou_claim_paper_get_letter (const WuyouClaim *claim);

/* A file in its slot, or a slot without any; borrowed. */
typedef struct {
  const char *title; /* of the slot, in Chinese */
  int phase;         /* WuyouClaimPhase; 0: of either */
  int form;          /* WuyouDocumentForm; 0 where none is asked for */
  gboolean required;
  const char *when;      /* it is needed; NULL: no condition */
  const char *file_name; /* NULL: nothing is there */
  gint64 pages;          /* 0: not known */
  const char *sha256;
  int state;         /* WuyouEvidenceState */
  int return_reason; /* WuyouReturnReason */
  WuyouDate received_on;
} WuyouClaimPaperEvidence;

/* Rows for the list: slots of the checklist (WuyouChecklistRow of both phases) in their order with their files
 * (WuyouEvidence), then the claim's own slots. Everything in it is borrowed from the two. Owned. */
GArray *wuyou_claim_paper_evidence_new (const GPtrArray *checklist, const GPtrArray *evidence);

/* Everything a paper of a claim says; all borrowed. */
typedef struct {
  const WuyouClaim *claim;       /* with personal data unsealed */
  const WuyouContract *contract; /* the same */
  const WuyouProduct *product;   /* the version bound to the contract; NULL leaves out what it says */
  WuyouPaperParty dealer;
  WuyouPaperParty operator;
  const WuyouClaimPaperEvidence *evidence; /* of the evidence list; else unused */
  guint n_evidence;
  const char *assessor_office, *approver_office; /* offices, not people; NULL leaves them out */
  const char *override_office;                   /* of whoever proposed another amount */
  gint64 limit_fen;                              /* of a preliminary approval: wuyou_settlement_compute_limit() */
  gint64 issued_at;    /* of the decision, or of the last change for what is drawn on demand */
  const char *payload; /* signed text of the QR code, or NULL */
} WuyouClaimPaperData;

/* INVALID when the claim's state has no such paper or it has no number yet (but for a draft), CORRUPT when the
 * settlement cannot be read; else as wuyou_sheet_lay_out(). The internal variant masks the owner. */
WuyouPaper *wuyou_claim_paper_new (const WuyouClaimPaperKind *kind,
                                   const WuyouClaimPaperData *data,
                                   WuyouContractPaperVariant variant,
                                   GError **error);
/* SHA-256 as hex over what the legal variant says, the claim's version and the layout; not the payload. NULL, with the
 * error, where there is no such paper. Owned. */
char *wuyou_claim_paper_hash (const WuyouClaimPaperKind *kind, const WuyouClaimPaperData *data, GError **error);
char *wuyou_claim_paper_dup_title (const WuyouClaimPaperKind *kind, const WuyouClaimPaperData *data); /* owned */
/* The PDF, laid out and drawn by the press: blocks. BUSY as wuyou_paper_press_run(). @ret_pages may be NULL. Owned. */
GBytes *wuyou_claim_paper_print (const WuyouClaimPaperKind *kind,
                                 const WuyouClaimPaperData *data,
                                 WuyouContractPaperVariant variant,
                                 guint *ret_pages,
                                 GError **error);

G_END_DECLS
