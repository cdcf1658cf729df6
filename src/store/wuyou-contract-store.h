/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "sales/wuyou-contract.h"
#include "wuyou-record-store.h"

G_BEGIN_DECLS

#define WUYOU_SEARCH_CONTRACTS "search_contracts"

/* A contract on its way to be written: record, search tokens, counters, reservation of the car. Made outside the
 * transaction. @key NULL: a new customer key, inserted with the record. */
typedef struct _WuyouContractDraft WuyouContractDraft;

WuyouContractDraft *wuyou_contract_draft_new (WuyouStore *store,
                                              const WuyouContract *old,
                                              WuyouContract *contract,
                                              WuyouKey *key,
                                              const char *scope,
                                              const WuyouActor *actor,
                                              const char *action,
                                              const char *reason,
                                              GError **error);
void wuyou_contract_draft_free (WuyouContractDraft *draft);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouContractDraft, wuyou_contract_draft_free)
gboolean wuyou_contract_draft_is_changed (WuyouContractDraft *draft);
/* All in one: CONFLICT, STALE as wuyou_record_save; DUPLICATE_VEHICLE when the car is reserved for an overlapping
 * term by another contract. */
gboolean wuyou_contract_save (WuyouDbConn *conn, WuyouContractDraft *draft, GError **error);

/* A new human number "WY-2026-0000481" for the contract; the same one when asked again. In a transaction of its own
 * before the draft is made, as it is part of what is sealed and searched. Owned. */
char *wuyou_contract_take_number (WuyouDb *db, const char *contract_id, WuyouDate today, GError **error);

/* Reservation alone, for a check while typing: TRUE when free (or reserved by @contract_id itself). */
gboolean wuyou_contract_check_vehicle (WuyouDbConn *conn,
                                       WuyouStore *store,
                                       const char *contract_id,
                                       const char *vin,
                                       WuyouDate from,
                                       WuyouDate until,
                                       gboolean *ret_free,
                                       GError **error);

/* What was typed, found among the newest first: at most @limit sequence numbers below @before (G_MAXINT64: all) that
 * @scope may see (of a scope with very many organisations: among the newest of the operator). */
gboolean wuyou_contract_search (WuyouDbConn *conn,
                                WuyouStore *store,
                                const char *typed,
                                const char *scope,
                                gint64 before,
                                guint limit,
                                GArray *ret_seqs,
                                GError **error);

/* FALSE: the scope has so many organisations that what a search finds must be looked at for its scope once more. */
gboolean wuyou_contract_search_is_exact (WuyouDbConn *conn, const char *scope, gboolean *ret_exact, GError **error);

/* Search tokens of a contract: for its organisation and for the operator. Element char *; owned. */
GPtrArray *wuyou_contract_dup_tokens (WuyouKeys *keys, const WuyouContract *contract);

/* Erases the customer: search tokens and key go, counters stay. The record stays with what is not personal. */
gboolean wuyou_contract_erase (WuyouStore *store,
                               const char *contract_id,
                               const WuyouActor *actor,
                               const char *reason,
                               GError **error);

G_END_DECLS
