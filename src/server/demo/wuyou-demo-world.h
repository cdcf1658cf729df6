/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "accounts/wuyou-account.h"
#include "demo/wuyou-demo-contract.h"

G_BEGIN_DECLS

/* What a demo account is for: an account that just works, or one that waits for a person to act. */
typedef enum {
  WUYOU_DEMO_READY = 1,
  WUYOU_DEMO_TOTP_NEEDED,
  WUYOU_DEMO_INVITED,
  WUYOU_DEMO_INITIAL_PASSWORD,
  WUYOU_DEMO_NOT_CONSENTED,
  WUYOU_DEMO_LOCKED,
  WUYOU_DEMO_SUSPENDED,
  WUYOU_DEMO_CLOSED,
} WuyouDemoAccountState;

extern const WuyouEnum wuyou_demo_account_states[];

typedef struct {
  WuyouAccount *account; /* owned; no password yet */
  WuyouOrg *org;         /* borrowed */
  int state;             /* WuyouDemoAccountState */
  const char *note;      /* borrowed, may be NULL */
  guint sales_weight;
} WuyouDemoAccount;

/* Organisations, accounts and product versions of data/demo as records, and the plan of the contracts. Ids and dates
 * follow from seed and now. */
typedef struct {
  WuyouDemoWords *words;
  GPtrArray *orgs;     /* WuyouOrg, parents first */
  GPtrArray *accounts; /* WuyouDemoAccount */
  GPtrArray *products; /* WuyouProduct, parsed */
  GPtrArray *sellers;  /* WuyouDemoSeller */
  char *password;      /* of every account that has one */
  JsonObject *accounts_json;
  WuyouDemoPlan plan;
  guint8 *states; /* WuyouContractState in which each contract was written; NULL before */
} WuyouDemoWorld;

WuyouDemoWorld *wuyou_demo_world_new (guint64 seed, gint64 now, guint contracts, GError **error);
void wuyou_demo_world_free (WuyouDemoWorld *world);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouDemoWorld, wuyou_demo_world_free)

WuyouOrg *wuyou_demo_world_find_org (const WuyouDemoWorld *world, const char *id);            /* borrowed or NULL */
WuyouDemoAccount *wuyou_demo_world_find_person (const WuyouDemoWorld *world, const char *id); /* borrowed or NULL */
/* An account of @role that just works, of @org (NULL: any); borrowed or NULL. */
WuyouDemoAccount *wuyou_demo_world_find_account (const WuyouDemoWorld *world, WuyouRole role, const WuyouOrg *org);
/* A deterministic id: made at @at, told apart by @stream. Owned. */
char *wuyou_demo_world_create_id (const WuyouDemoWorld *world, gint64 at, guint64 stream);

G_END_DECLS
