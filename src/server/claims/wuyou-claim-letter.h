/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "claims/wuyou-claim-case.h"
#include "wuyou-claim-paper.h"

G_BEGIN_DECLS

/* What every paper of a claim says beside the claim: read before it is drawn, signed with the server's key. */
GBytes *wuyou_claim_draw (WuyouServerContext *context,
                          const WuyouClaimCase *loss,
                          const WuyouClaim *claim,
                          const WuyouClaimPaperKind *kind,
                          WuyouContractPaperVariant variant,
                          gint64 issued_at,
                          guint *ret_pages,
                          char **ret_hash,
                          GError **error);

/* The letter of a step: drawn and put on the disk before the transaction, its rows written with the step, so that
 * nothing is decided without it. */
typedef struct _WuyouClaimLetter WuyouClaimLetter;

/* @claim: as it stands after the step. *@ret_letter NULL when the step has none; owned. */
gboolean wuyou_claim_letter_new (WuyouServerContext *context,
                                 const WuyouClaimCase *loss,
                                 const WuyouClaim *claim,
                                 gint64 now,
                                 WuyouClaimLetter **ret_letter,
                                 GError **error);
gboolean wuyou_claim_letter_insert (WuyouDbConn *conn, const WuyouClaimLetter *letter, GError **error); /* NULL: fine */
void wuyou_claim_letter_keep (WuyouClaimLetter *letter); /* it was written; NULL is fine */
void wuyou_claim_letter_free (WuyouClaimLetter *letter); /* takes its file away unless kept */

G_END_DECLS
