/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "consent/wuyou-agreement.h"

G_BEGIN_DECLS

/* Markdown as agreements are really written: title lines, 第N条, numbers that repeat or skip, lists, bold that
 * crosses clauses, lines broken in the middle of a sentence. */

#define WUYOU_AGREEMENT_MAX_BYTES (4 * 1024 * 1024)

/* Splits one file into its documents at title lines and 附件; their texts together are the file, byte for byte.
 * Adds to @bundle. Several files: call once for each. INVALID: not UTF-8, empty, no title, unclosed bold. */
gboolean wuyou_agreement_import (WuyouBundle *bundle, GBytes *file, GError **error);

/* Where a proposed clause id comes from. */
typedef enum {
  WUYOU_PROPOSAL_NEW,     /* nothing like it before: a fresh id */
  WUYOU_PROPOSAL_SAME,    /* same words */
  WUYOU_PROPOSAL_SIMILAR, /* nearly the same words */
  WUYOU_PROPOSAL_NUMBER,  /* other words under the same number: please look */
  WUYOU_PROPOSAL_PERSON,  /* set by hand */
} WuyouProposalBasis;

typedef struct {
  WuyouAgreement *document; /* borrowed from the bundle */
  guint clause;             /* index in @document */
  WuyouProposalBasis basis;
  guint percent; /* likeness to the old clause, 0 for NEW */
  char *old_id;  /* clause of the previous version it continues, or NULL */
} WuyouProposalRow;

typedef struct {
  WuyouBundle *bundle;
  WuyouBundle *previous; /* or NULL */
  GArray *rows;          /* WuyouProposalRow, in reading order; the id itself is the clause's */
  GPtrArray *removed;    /* char *: ids of the previous version that end here */
} WuyouProposal;

/* Gives every clause of @bundle its id: that of the clause it continues in @previous (NULL for a first version),
 * by likeness of words, then by number; others get ids never used before. @retired: ids of older versions that
 * may not come back, or NULL. */
WuyouProposal *wuyou_agreement_propose (WuyouBundle *bundle, WuyouBundle *previous, const GPtrArray *retired);
void wuyou_proposal_free (WuyouProposal *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouProposal, wuyou_proposal_free)

/* A person overrules row @row: @id must be of the document ("UA-…") and not used by another clause. INVALID. */
gboolean wuyou_proposal_set_id (WuyouProposal *self, guint row, const char *id, GError **error);

/* The first clause whose id could be stored but not read again (numbered with very many levels), or NULL; borrowed. */
const WuyouClause *wuyou_bundle_find_unusable_clause (const WuyouBundle *bundle);
/* The first document whose own words name another day than @date, or NULL; borrowed (P-11). */
const WuyouAgreement *wuyou_bundle_find_other_date (const WuyouBundle *bundle, WuyouDate date);

G_END_DECLS
