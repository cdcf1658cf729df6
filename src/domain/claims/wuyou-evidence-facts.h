/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "claims/wuyou-claim.h"
#include "claims/wuyou-evidence.h"
#include "sales/wuyou-contract.h"

G_BEGIN_DECLS

/* What a paper says (fields of the section "facts" of wuyou_evidence_type), and where it must agree: with the field of
 * the same name of contract or claim, and with every other paper. */

/* Facts that papers of a slot carry: NULL-terminated names, empty for a slot without any. Borrowed. */
const char *const *wuyou_evidence_facts_of_slot (const char *slot);
/* Only facts of its slot are set. INVALID, named by the field. */
gboolean wuyou_evidence_check_facts (const WuyouEvidence *evidence, GError **error);

typedef enum { WUYOU_SAYS_CONTRACT = 1, WUYOU_SAYS_CLAIM, WUYOU_SAYS_PAPER } WuyouFactSource;

typedef struct {
  WuyouFactSource source;
  const WuyouEvidence *paper; /* borrowed; NULL for the others */
  char *text;                 /* as people write it */
  char *masked;
} WuyouFactValue;

typedef struct {
  const WuyouField *fact; /* of wuyou_evidence_type */
  GPtrArray *values;      /* WuyouFactValue, contract or claim first */
} WuyouContradiction;

void wuyou_contradiction_free (WuyouContradiction *contradiction);

/* Facts on which usable papers of @evidence (WuyouEvidence), claim and contract do not agree. Elements
 * WuyouContradiction; owned. */
GPtrArray *wuyou_evidence_compare (const WuyouContract *contract, const WuyouClaim *claim, const GPtrArray *evidence);

G_END_DECLS
