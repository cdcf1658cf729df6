/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "claims/wuyou-claim.h"
#include "sales/wuyou-contract.h"
#include "wuyou-record-store.h"

G_BEGIN_DECLS

#define WUYOU_SEARCH_CLAIMS "search_claims"
#define WUYOU_COUNTER_CLAIM "claim"                 /* by state, of the dealership */
#define WUYOU_COUNTER_CLAIM_TURN "claim-turn"       /* by turn, of the dealership */
#define WUYOU_COUNTER_CLAIM_INSURER "claim-insurer" /* by state, of the insurer */

/* A claim on its way to be written: record, search tokens, counters, the contract's one open claim, the marks that
 * fraud would repeat. Made outside the transaction. */
typedef struct _WuyouClaimDraft WuyouClaimDraft;

typedef struct {
  const WuyouClaim *old; /* NULL: a new one */
  WuyouClaim *claim;     /* its turn is set here */
  const WuyouContract *contract;
  WuyouKey *key; /* NULL with a new one: made, and inserted with the record */
  const char *scope;
  const char *insurer_scope; /* path of the insurer's organisation, which hears of it too; NULL: none */
  const WuyouActor *actor;
  const char *action, *reason;
} WuyouClaimChange;

WuyouClaimDraft *wuyou_claim_draft_new (WuyouStore *store, const WuyouClaimChange *change, GError **error);
void wuyou_claim_draft_free (WuyouClaimDraft *draft);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouClaimDraft, wuyou_claim_draft_free)
/* CONFLICT, STALE as wuyou_record_save; CLAIM_OPEN when the contract has another claim that is not over. */
gboolean wuyou_claim_save (WuyouDbConn *conn, WuyouClaimDraft *draft, GError **error);

/* "LP-2026-0000012", the same one when asked again; in a transaction of its own, before the draft. Owned. */
char *wuyou_claim_take_number (WuyouDb *db, const char *claim_id, WuyouDate today, GError **error);

/* The insurer of the contract's policy, when it is on the platform: its organisation's id, owned, or NULL. */
gboolean wuyou_claim_find_insurer (WuyouDbConn *conn, const WuyouContract *contract, char **ret_org_id, GError **error);

/* Organisations at and below @scope, at most @limit: element char *. Owned. */
GPtrArray *wuyou_scope_list_orgs (WuyouDbConn *conn, const char *scope, guint limit, GError **error);
/* Those that may no longer act, themselves or with what they belong to: the same. */
GPtrArray *wuyou_org_list_suspended (WuyouDbConn *conn, guint limit, GError **error);
gboolean wuyou_org_read_suspended (WuyouDbConn *conn, const char *path, gboolean *ret_suspended, GError **error);

/* A claim that is neither a draft nor over without payment stands in the way of ending the contract (6.1, S-10). */
gboolean wuyou_claim_blocks_end (WuyouDbConn *conn, const char *contract_id, gboolean *ret_blocks, GError **error);

/* What is known of the owner goes from a claim that is over: keys, search tokens (wuyou_claim_dup_tokens), digests,
 * prints; its evidence is marked as taken back, so that the files go too. */
gboolean wuyou_claim_forget (WuyouDbConn *conn, const WuyouClaim *claim, GPtrArray *tokens, gint64 at, GError **error);

/* The dealership was reminded @workdays before @due_on. *@ret_first FALSE: it was before, and nothing is written. */
gboolean wuyou_claim_reminder_put (WuyouDbConn *conn,
                                   const char *claim_id,
                                   WuyouDate due_on,
                                   gint64 workdays,
                                   gint64 at,
                                   gboolean *ret_first,
                                   GError **error);

gboolean wuyou_claim_search (WuyouDbConn *conn,
                             WuyouStore *store,
                             const char *typed,
                             const char *scope,
                             guint limit,
                             GArray *ret_seqs,
                             GError **error);
/* For the organisations of dealership and insurer and for the operator. Element char *; owned. */
GPtrArray *wuyou_claim_dup_tokens (WuyouKeys *keys, const WuyouClaim *claim, const WuyouContract *contract);

/* What both sides write to each other about a claim. */
typedef struct {
  char *id, *account_id, *side, *text; /* side: "DEALER", "OPERATOR" */
  gint64 at;
} WuyouClaimMessage;

void wuyou_claim_message_free (WuyouClaimMessage *message);
/* @sealed: the text under the claim's key, wuyou_claim_message_seal. CONFLICT for an id that is there. */
gboolean wuyou_claim_message_insert (WuyouDbConn *conn,
                                     const char *claim_id,
                                     const WuyouClaimMessage *message,
                                     GBytes *sealed,
                                     GError **error);
GBytes *wuyou_claim_message_seal (const WuyouKey *key, const WuyouClaimMessage *message);
/* Oldest first, the last @limit; element WuyouClaimMessage; text NULL when @key is gone. Owned. */
GPtrArray *
wuyou_claim_message_list (WuyouDbConn *conn, const char *claim_id, const WuyouKey *key, guint limit, GError **error);

G_END_DECLS
