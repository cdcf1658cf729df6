/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "claims/wuyou-claim-rules.h"
#include "wuyou-claim-store.h"
#include "demo/wuyou-demo-world.h"

G_BEGIN_DECLS

/* Claims on contracts of the demo data, at most one on each. As the stories of the contracts, they follow from seed,
 * now and the contract's index. */

#define WUYOU_DEMO_CLAIM_FURTHER G_MAXUINT /* the script is picked when the story is told */

/* One claim: on contract @index, told by a row of the table of scripts. */
typedef struct {
  guint index, script;
  gboolean whole; /* with every step; else only as it stands now */
  gboolean twin;  /* the insurer's report number is that of another claim */
  gint64 created_at;
} WuyouDemoClaimRow;

typedef struct {
  const WuyouDemoWorld *world; /* borrowed */
  WuyouDemoPlan plan;          /* that of the world, without its papers */
  WuyouCalendar *calendar;
  JsonObject *words;                          /* data/demo/claims.json */
  GHashTable *clerks;                         /* id of an organisation → WuyouDemoAccount that files its claims */
  GPtrArray *assessors, *approvers, *finance; /* WuyouDemoAccount, borrowed */
  WuyouDemoAccount *insurer;                  /* borrowed */
  GArray *rows;                               /* WuyouDemoClaimRow, oldest first */
} WuyouDemoClaims;

/* @states: as which state (WuyouContractState) each contract of the world stands; NULL: found out. @further: so many
 * claims more, each on a contract in force; INVALID when there are not so many. */
WuyouDemoClaims *
wuyou_demo_claims_new (const WuyouDemoWorld *world, const guint8 *states, guint further, GError **error);
void wuyou_demo_claims_free (WuyouDemoClaims *claims);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouDemoClaims, wuyou_demo_claims_free)

/* One step, with the claim as it was after it. */
typedef struct {
  const char *action;
  const WuyouDemoAccount *actor; /* NULL: the system */
  char *reason;                  /* owned, or NULL */
  gint64 at;
  WuyouClaim *claim;   /* owned */
  GPtrArray *messages; /* WuyouClaimMessage, written after it; NULL: none */
} WuyouDemoClaimStep;

typedef struct {
  WuyouContract *contract; /* owned; as it was in force */
  const WuyouProduct *product;
  const WuyouDemoSeller *seller;
  GPtrArray *steps; /* WuyouDemoClaimStep; of a row that is not whole the last one alone */
} WuyouDemoClaimStory;

/* Story of row @n. Thread-safe. */
WuyouDemoClaimStory *wuyou_demo_claim_story_new (const WuyouDemoClaims *claims, guint n);
void wuyou_demo_claim_story_free (WuyouDemoClaimStory *story);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouDemoClaimStory, wuyou_demo_claim_story_free)

/* The contract as it was in force, or NULL when it never was; with the instant at which it was fulfilled, or 0. */
WuyouContract *wuyou_demo_claim_find_contract (const WuyouDemoPlan *plan, guint index, gint64 *ret_fulfilled_at);

G_END_DECLS
