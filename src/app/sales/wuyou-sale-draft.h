/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "sales/wuyou-contract-rules.h"
#include "sales/wuyou-dossier.h"
#include "sales/wuyou-products.h"
#include "wuyou-app-context.h"

G_BEGIN_DECLS

/* What stands in a form, as it was typed: sealed on this machine with every key, sent by the outbox a moment later as
 * far as it is right. A value that the server holds and shows masked is kept unless something is typed over it. */
#define WUYOU_TYPE_SALE_DRAFT (wuyou_sale_draft_get_type ())
G_DECLARE_FINAL_TYPE (WuyouSaleDraft, wuyou_sale_draft, WUYOU, SALE_DRAFT, GObject)

typedef enum {
  WUYOU_DRAFT_LOCAL, /* on this machine only, as the server is away or nothing is right yet */
  WUYOU_DRAFT_SENDING,
  WUYOU_DRAFT_SAVED,
  WUYOU_DRAFT_REFUSED, /* get_problem says why */
} WuyouDraftState;

#define WUYOU_SALE_DRAFT_CREATE "contract.create" /* the outbox item that makes the contract */

/* @id NULL: a new one. Signals: "changed" (what is typed), "state-changed", "conflict" (JsonObject *current). */
WuyouSaleDraft *wuyou_sale_draft_new (WuyouAppContext *context, const char *id);
/* Into what is kept of the draft on this machine, when the form that sent @item may be gone. */
void wuyou_sale_draft_keep_reply (WuyouAppContext *context, WuyouOutboxItem *item, JsonObject *reply, const char *etag);
const char *wuyou_sale_draft_get_id (WuyouSaleDraft *self);
gboolean wuyou_sale_draft_exists (WuyouSaleDraft *self); /* at the server, as far as known */
WuyouDraftState wuyou_sale_draft_get_state (WuyouSaleDraft *self);
const GError *wuyou_sale_draft_get_problem (WuyouSaleDraft *self);

void wuyou_sale_draft_set_text (WuyouSaleDraft *self, const WuyouField *field, const char *text);
const char *wuyou_sale_draft_get_text (WuyouSaleDraft *self, const WuyouField *field); /* "" */
const GError *wuyou_sale_draft_get_error (WuyouSaleDraft *self, const WuyouField *field);
const char *wuyou_sale_draft_get_kept (WuyouSaleDraft *self, const WuyouField *field); /* masked, or NULL */
/* Typed here, and nobody else saved since: get_contract has it in full, though the server may have it already. */
gboolean wuyou_sale_draft_is_plain (WuyouSaleDraft *self, const WuyouField *field);

/* Everything that is right, masked values among it; borrowed until the next change. */
const WuyouContract *wuyou_sale_draft_get_contract (WuyouSaleDraft *self);
/* INVALID … with every violation, as the submission would say; those of kept values left out. */
gboolean wuyou_sale_draft_check (WuyouSaleDraft *self, const WuyouContractFacts *facts, GError **error);

/* What the server says now; entries that were not typed here take its values. "conflict" when it is newer than what
 * others were typed on, and differs. */
void wuyou_sale_draft_take_dossier (WuyouSaleDraft *self, const WuyouDossier *dossier);
/* What it said once, until it says more: only to be seen. */
void wuyou_sale_draft_show_kept (WuyouSaleDraft *self, const WuyouDossier *dossier);
/* Typed here and not what @theirs says; of personal information that is masked there, nobody can say that it is. */
gboolean wuyou_sale_draft_is_disputed (WuyouSaleDraft *self, const WuyouField *field, const WuyouContract *theirs);
void wuyou_sale_draft_take_theirs (WuyouSaleDraft *self, const WuyouField *field, JsonObject *current);
void wuyou_sale_draft_send_again (WuyouSaleDraft *self, gint64 version); /* over @version */

/* Uploads under way, to go on with after a restart: document id → slot and path. */
void wuyou_sale_draft_set_upload (WuyouSaleDraft *self, int slot, const char *document_id, const char *path);
gboolean wuyou_sale_draft_get_upload (WuyouSaleDraft *self, int slot, char **ret_id, char **ret_path);

void wuyou_sale_draft_flush (WuyouSaleDraft *self);          /* to the disk and the outbox, now */
void wuyou_sale_draft_discard (WuyouSaleDraft *self);        /* forgets what is sealed here */
gboolean wuyou_sale_draft_is_settled (WuyouSaleDraft *self); /* nothing waits to be sent */

G_END_DECLS
