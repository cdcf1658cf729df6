/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "base/wuyou-record.h"
#include "widgets/wuyou-dossier-parts.h"
#include "wuyou-app-context.h"

G_BEGIN_DECLS

/* What stands in a form, as it was typed: sealed on this machine with every key, sent by the outbox a moment later as
 * far as it is right. A value that the server holds and shows masked is kept unless something is typed over it. */
#define WUYOU_TYPE_DRAFT (wuyou_draft_get_type ())
G_DECLARE_FINAL_TYPE (WuyouDraft, wuyou_draft, WUYOU, DRAFT, GObject)

typedef enum {
  WUYOU_DRAFT_LOCAL, /* on this machine only, as the server is away or nothing is right yet */
  WUYOU_DRAFT_SENDING,
  WUYOU_DRAFT_SAVED,
  WUYOU_DRAFT_REFUSED, /* get_problem says why */
} WuyouDraftState;

/* What a draft knows of its records; a constant. */
typedef struct {
  const WuyouRecordType *type; /* its name is also that of the record in an answer */
  WuyouRouteId create_route, put_route;
  const char *create, *save; /* kinds of its outbox items: the one that makes the record, and those that change it */
  char *(*dup_number) (gconstpointer record);     /* how it is called; translated */
  const char *(*get_subject) (const char *field); /* what a violation of @field is about; NULL: itself always */
} WuyouDraftKind;

typedef gboolean (*WuyouDraftCheck) (gconstpointer record, gconstpointer facts, GError **error);

/* @id NULL: a new one. Signals: "changed" (what is typed), "state-changed", "conflict" (JsonObject *current). */
WuyouDraft *wuyou_draft_new (WuyouAppContext *context, const WuyouDraftKind *kind, const char *id);
/* Into what is kept of the draft on this machine, when the form that sent @item may be gone. */
void wuyou_draft_keep_reply (WuyouAppContext *context,
                             const WuyouDraftKind *kind,
                             WuyouOutboxItem *item,
                             JsonObject *reply,
                             const char *etag);
const WuyouDraftKind *wuyou_draft_get_kind (WuyouDraft *self);
const char *wuyou_draft_get_id (WuyouDraft *self);
gboolean wuyou_draft_exists (WuyouDraft *self); /* at the server, as far as known */
WuyouDraftState wuyou_draft_get_state (WuyouDraft *self);
const GError *wuyou_draft_get_problem (WuyouDraft *self);

void wuyou_draft_set_text (WuyouDraft *self, const WuyouField *field, const char *text);
const char *wuyou_draft_get_text (WuyouDraft *self, const WuyouField *field); /* "" */
const GError *wuyou_draft_get_error (WuyouDraft *self, const WuyouField *field);
const char *wuyou_draft_get_kept (WuyouDraft *self, const WuyouField *field); /* masked, or NULL */
/* Typed here, and nobody else saved since: get_record has it in full, though the server may have it already. */
gboolean wuyou_draft_is_plain (WuyouDraft *self, const WuyouField *field);

/* Everything that is right, masked values among it; borrowed until the next change. */
gconstpointer wuyou_draft_get_record (WuyouDraft *self);
/* INVALID … with every violation, as the submission would say; those of kept values left out. */
gboolean wuyou_draft_check (WuyouDraft *self, WuyouDraftCheck check, gconstpointer facts, GError **error);

/* What the server says now; entries that were not typed here take its values. "conflict" when it is newer than what
 * others were typed on, and differs. */
void wuyou_draft_take (WuyouDraft *self, gconstpointer record);
/* What it said once, until it says more: only to be seen. */
void wuyou_draft_show_kept (WuyouDraft *self, gconstpointer record);
/* Typed here and not what @theirs says; of personal information that is masked there, nobody can say that it is. */
gboolean wuyou_draft_is_disputed (WuyouDraft *self, const WuyouField *field, gconstpointer theirs);
void wuyou_draft_take_theirs (WuyouDraft *self, const WuyouField *field, JsonObject *current);
void wuyou_draft_send_again (WuyouDraft *self, gint64 version); /* over @version */

void wuyou_draft_flush (WuyouDraft *self);          /* to the disk and the outbox, now */
void wuyou_draft_discard (WuyouDraft *self);        /* forgets what is sealed here */
gboolean wuyou_draft_is_settled (WuyouDraft *self); /* nothing waits to be sent */

G_END_DECLS
