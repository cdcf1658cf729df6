/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "demo/wuyou-demo-claim.h"
#include "wuyou-store.h"

G_BEGIN_DECLS

/* Up to so many contracts every step of their lives is kept as history; above, only how they stand now. */
#define WUYOU_DEMO_WHOLE_STORIES 5000

/* Each writes its part of @world into a store that has nothing of it yet; in this order. */
gboolean wuyou_demo_write_people (WuyouStore *store, WuyouDemoWorld *world, GError **error);
gboolean wuyou_demo_write_support (WuyouStore *store, WuyouDemoWorld *world, GError **error);
gboolean wuyou_demo_write_agreements (WuyouStore *store, WuyouDemoWorld *world, GError **error);
/* @progress may be NULL; called on this thread. */
gboolean wuyou_demo_write_contracts (WuyouStore *store,
                                     WuyouDemoWorld *world,
                                     void (*progress) (guint done, guint n),
                                     GError **error);
/* After the contracts. */
gboolean wuyou_demo_write_claims (WuyouStore *store,
                                  const WuyouDemoClaims *claims,
                                  void (*progress) (guint done, guint n),
                                  GError **error);
/* Chains what was written into the audit log. */
gboolean wuyou_demo_seal (WuyouStore *store, GError **error);

/* Raw bytes of the one-time code secret of a demo account of the operator; owned. */
GBytes *wuyou_demo_totp_secret (const WuyouDemoWorld *world, const WuyouDemoAccount *demo);
/* Table of the accounts for people; owned. */
char *wuyou_demo_accounts_table (const WuyouDemoWorld *world);

G_END_DECLS
