/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "sales/wuyou-contract-rules.h"
#include "sales/wuyou-document.h"
#include "accounts/wuyou-auth.h"
#include "wuyou-record-store.h"

G_BEGIN_DECLS

/* A contract with all that its workflow and its page look at: product, documents, organisation. Read in one
 * snapshot or inside the transaction that decides. */
typedef struct {
  WuyouContract *contract;
  WuyouOrg *org;
  const WuyouProduct *product; /* parsed, of the server's cache; NULL when none was chosen */
  GPtrArray *documents;        /* WuyouDocument, newest first */
  gboolean claims_block;       /* a claim stands against ending it */
  gboolean erased;             /* the customer's key is gone */
} WuyouContractCase;

/* NOT_FOUND also for what the caller's scope does not hold. */
gboolean wuyou_contract_case_load (WuyouContractCase *self,
                                   WuyouDbConn *conn,
                                   WuyouServerContext *context,
                                   const char *id,
                                   const char *scope,
                                   GError **error);
/* In the transaction that decides on what was read before it: STALE when the contract has changed since. */
gboolean wuyou_contract_case_check_current (const WuyouContractCase *self,
                                            WuyouDbConn *conn,
                                            WuyouServerContext *context,
                                            GError **error);
/* What its claims say now: they change without it. */
gboolean wuyou_contract_case_load_claims (WuyouContractCase *self, WuyouDbConn *conn, GError **error);
void wuyou_contract_case_clear (WuyouContractCase *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WuyouContractCase, wuyou_contract_case_clear)

/* Borrows from @self. @caller NULL: the system. */
WuyouContractFacts wuyou_contract_case_get_facts (const WuyouContractCase *self, const WuyouCaller *caller, gint64 now);
/* Which fields the caller sees: WuyouCodecFlags. */
guint wuyou_contract_codec_for (guint32 roles);

/* The steps that the table knows from here, each with whether it is possible and why not: a JSON array. */
void
wuyou_contract_case_write_actions (const WuyouContractCase *self, const WuyouCaller *caller, gint64 now, GString *out);
void wuyou_contract_case_write_documents (const WuyouContractCase *self, GString *out);

G_END_DECLS
