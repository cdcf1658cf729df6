/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "claims/wuyou-claim.h"
#include "wuyou-sale-test.h"

G_BEGIN_DECLS

/* Claims over a sale: a contract in force, its claim, and the papers put there as if uploaded and checked. The loss is
 * on the second day of cover; the clock stands ten days later. */

char *wuyou_claim_test_contract (WuyouSale *sale, const char *org); /* ACTIVE; id, owned */
/* Everything the report needs; @more as in wuyou_sale_dup_body. Id, owned. */
char *wuyou_claim_test_create (WuyouSale *sale, const WuyouSaleUser *user, const char *contract_id, const char *more);
char *wuyou_claim_test_dup_body (const char *id, const char *contract_id, const char *more);
/* A file of the slot, AVAILABLE; id, owned. */
char *wuyou_claim_test_file (WuyouSale *sale, const char *claim_id, const char *slot, int phase);
void wuyou_claim_test_fill (WuyouSale *sale, const char *claim_id, int phase); /* all required slots */

WuyouSaleReply *wuyou_claim_test_get (WuyouSale *sale, const WuyouSaleUser *user, const char *id);
gint64 wuyou_claim_test_version (WuyouSale *sale, const WuyouSaleUser *user, const char *id);
char *wuyou_claim_test_dup (WuyouSale *sale, const WuyouSaleUser *user, const char *id, const char *member);
#define wuyou_claim_test_act(sale, user, id, action, body, status, code)                                               \
  wuyou_claim_test_act_at (G_STRLOC, sale, user, id, action, body, status, code)
void wuyou_claim_test_act_at (const char *where,
                              WuyouSale *sale,
                              const WuyouSaleUser *user,
                              const char *id,
                              const char *action,
                              const char *body,
                              guint status,
                              const char *code);
void wuyou_claim_test_put (WuyouSale *sale, const WuyouSaleUser *user, const char *id, const char *body);
void wuyou_claim_test_checks (WuyouSale *sale, const WuyouSaleUser *user, const char *id);
/* A new claim of a new contract of @org brought to @state by the usual people: REPORTED, PRE_SUBMITTED, PRE_REVIEW,
 * PRE_APPROVED, REPLACING, FINAL_REVIEW, APPROVED, SETTLING. Id, owned. */
char *wuyou_claim_test_bring_to (WuyouSale *sale, const char *org, const char *state);

G_END_DECLS
