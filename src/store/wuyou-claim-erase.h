/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "sales/wuyou-contract.h"
#include "wuyou-store.h"

G_BEGIN_DECLS

/* What claims on a contract know of its owner: the keys of both purposes, search tokens, the digests of numbers, the
 * prints of pictures. */
typedef struct {
  GPtrArray *claims; /* WuyouClaim */
  GPtrArray *tokens; /* of each of them: GPtrArray of char * */
} WuyouClaimErasure;

/* Who erases, whose it was, and why; borrowed. */
typedef struct {
  const WuyouActor *actor;
  const char *scope, *reason;
} WuyouErasing;

gboolean _wuyou_claim_erasure_read (WuyouClaimErasure *self,
                                    WuyouDbConn *conn,
                                    WuyouStore *store,
                                    const char *contract_id,
                                    GError **error);
/* Outside of transactions. */
void _wuyou_claim_erasure_prepare (WuyouClaimErasure *self, WuyouKeys *keys, const WuyouContract *contract);
/* In the transaction that erases the contract's customer. STALE when there are others than were read. */
gboolean _wuyou_claim_erasure_write (const WuyouClaimErasure *self,
                                     WuyouDbConn *conn,
                                     const char *contract_id,
                                     const WuyouErasing *by,
                                     GError **error);
void _wuyou_claim_erasure_clear (WuyouClaimErasure *self);

G_END_DECLS
