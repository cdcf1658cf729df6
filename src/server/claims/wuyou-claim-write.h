/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "claims/wuyou-claim-case.h"
#include "wuyou-claim-store.h"
#include "engine/wuyou-router.h"

G_BEGIN_DECLS

/* A change of a claim: what stood before, what shall stand, and the draft between them. Used by everything that
 * writes one. */
typedef struct {
  WuyouServerContext *context;
  WuyouRequest *request; /* NULL: the system */
  const WuyouCaller *caller;
  WuyouActor actor;
  gint64 now;
  const char *id;
  WuyouClaimCase before;
  WuyouClaim *claim; /* a copy of before, to be changed */
  WuyouClaimDraft *draft;
} WuyouClaimWrite;

void wuyou_claim_write_clear (WuyouClaimWrite *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WuyouClaimWrite, wuyou_claim_write_clear)

void wuyou_claim_write_init (WuyouClaimWrite *self, WuyouRequest *request, WuyouServerContext *context);
/* Reads the case and copies the claim. *@ret_replayed: this very request was carried out before. STALE by If-Match. */
gboolean wuyou_claim_write_begin (WuyouClaimWrite *self, gboolean *ret_replayed, GError **error);
gboolean wuyou_claim_write_prepare (WuyouClaimWrite *self, const char *action, const char *reason, GError **error);
/* Writes the draft and what @also adds in the same transaction (NULL: nothing), once. */
gboolean wuyou_claim_write_save (WuyouClaimWrite *self, WuyouDbFunc also, GError **error);
/* The answer of a write that may have failed, with what stands now for a stale one. Takes @failure. */
WuyouReply *wuyou_claim_write_answer (WuyouClaimWrite *self, gboolean done, GError *failure, GError **error);

/* Handlers of the routes of the same name. */
WuyouReply *wuyou_claim_create (WuyouRequest *request, WuyouServerContext *context, GError **error);
WuyouReply *wuyou_claim_put (WuyouRequest *request, WuyouServerContext *context, GError **error);
WuyouReply *wuyou_claim_act (WuyouRequest *request, WuyouServerContext *context, GError **error);
WuyouReply *wuyou_claim_checks (WuyouRequest *request, WuyouServerContext *context, GError **error);
WuyouReply *wuyou_claim_settle_put (WuyouRequest *request, WuyouServerContext *context, GError **error);
WuyouReply *wuyou_claim_message_post (WuyouRequest *request, WuyouServerContext *context, GError **error);
WuyouReply *wuyou_claim_list_get (WuyouRequest *request, WuyouServerContext *context, GError **error);

/* A step that time takes: "lapse". ILLEGAL_TRANSITION when it is not (any longer) due. */
gboolean wuyou_claim_act_by_system (WuyouServerContext *context, const char *id, const char *action, GError **error);

G_END_DECLS
