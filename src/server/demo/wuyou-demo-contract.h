/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "sales/wuyou-contract.h"
#include "demo/wuyou-demo-random.h"
#include "demo/wuyou-demo-words.h"

G_BEGIN_DECLS

/* Who sells: a dealership or branch with the people who work there. Borrowed. */
typedef struct {
  const char *org_id, *path;
  const char *seller_id, *manager_id, *cashier_id;
} WuyouDemoSeller;

/* Everything a story depends on; the same plan gives the same stories. Borrowed. */
typedef struct {
  const WuyouDemoWords *words;
  GPtrArray *products;                              /* WuyouProduct, parsed */
  GPtrArray *sellers;                               /* WuyouDemoSeller, as often as it weighs */
  const char *reviewer_id, *approver_id, *payer_id; /* of the operator */
  guint64 seed;
  gint64 now;
  guint contracts;
  guint first_number; /* number of the first contract */
  /* Hash of what the paper of a contract says, set when it is submitted; owned text. NULL: none. */
  char *(*hash) (const WuyouContract *contract, const WuyouProduct *product, gconstpointer hash_data);
  gconstpointer hash_data;
} WuyouDemoPlan;

/* One step in the life of a contract, with the contract as it was after it. */
typedef struct {
  const char *action;
  const char *account_id; /* NULL: the system */
  const char *reason;     /* or NULL */
  gint64 at;
  WuyouContract *contract; /* owned */
} WuyouDemoStep;

#define WUYOU_DEMO_MONTHS 24 /* the oldest contract */

/* Steps of contract @index (0 … contracts - 1) up to the plan's now, in order; element WuyouDemoStep, owned. Contracts
 * are in order of their creation. Thread-safe. */
GPtrArray *wuyou_demo_contract_story (const WuyouDemoPlan *plan, guint index);
const WuyouDemoSeller *wuyou_demo_contract_seller (const WuyouDemoPlan *plan, guint index);
/* First day on which a contract of the plan may have been made. */
WuyouDate wuyou_demo_plan_first_day (gint64 now);
int wuyou_demo_year (WuyouDate date);

/* Fills vehicle, owner, policies, price and consents of a draft made at @contract->created_at. */
void wuyou_demo_contract_fill (const WuyouDemoPlan *plan,
                               guint index,
                               const WuyouProduct *product,
                               WuyouDemoRandom *random,
                               WuyouContract *contract);
/* As somebody left it who was called away. */
void wuyou_demo_contract_forget (WuyouDemoRandom *random, WuyouContract *contract);

G_END_DECLS
