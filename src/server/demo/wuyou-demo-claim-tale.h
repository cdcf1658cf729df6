/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "demo/wuyou-demo-claim-script.h"

G_BEGIN_DECLS

/* A story while it is told. */
typedef struct {
  const WuyouDemoClaims *claims;
  const WuyouScript *script;
  WuyouDemoRandom random;
  gboolean whole, twin;
  guint person;        /* which of several reviewers has the case; another one after an appeal */
  JsonObject *refusal; /* why it is refused, when it is; borrowed */
  gint64 at;
  WuyouClaim *claim;
  WuyouClaimClocks clocks;
  WuyouDemoClaimStory *story;
} WuyouTale;

/* What is typed into the claim, as its clerk finds it. */
void wuyou_tale_fill_loss (WuyouTale *tale, gint64 loss_at);
void wuyou_tale_fill_payout (WuyouTale *tale);
void wuyou_tale_fill_car (WuyouTale *tale);
void wuyou_tale_fill_costs (WuyouTale *tale);

/* Words of data/demo/claims.json. */
const char *wuyou_tale_pick (WuyouTale *tale, JsonObject *object, const char *name);
JsonObject *wuyou_tale_pick_object (WuyouTale *tale, const char *name);
/* What both sides write after @action; elements WuyouClaimMessage, or NULL; owned. */
GPtrArray *wuyou_tale_write_messages (WuyouTale *tale, const char *action);

const WuyouDemoAccount *wuyou_tale_get_clerk (const WuyouTale *tale);
const WuyouDemoAccount *wuyou_tale_get_assessor (const WuyouTale *tale);
const WuyouDemoAccount *wuyou_tale_get_approver (const WuyouTale *tale);
const WuyouDemoAccount *wuyou_tale_get_endorser (const WuyouTale *tale); /* of a large amount: the other approver */
const WuyouDemoAccount *wuyou_tale_get_finance (const WuyouTale *tale);
const WuyouDemoAccount *wuyou_tale_get_insurer (const WuyouTale *tale); /* NULL: none on the platform */
char *wuyou_tale_create_id (WuyouTale *tale);                           /* owned */

G_END_DECLS
