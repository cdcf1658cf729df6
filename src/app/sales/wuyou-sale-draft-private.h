/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "sales/wuyou-sale-draft.h"

G_BEGIN_DECLS

/* What the parts of the draft share: -.c holds what is typed and shown, -local.c what lies on the disk, -send.c the way
 * to the server, -answer.c what it says to it. */
struct _WuyouSaleDraft {
  GObject parent_instance;
  WuyouAppContext *context;
  char *id;
  char **texts;          /* by position in the field table; NULL: not typed here */
  gint64 *bases;         /* by position: the version that was seen when the text was typed; 0: none */
  char **shown;          /* the server's values as text, as they were last asked for */
  GError **errors;       /* by position too */
  WuyouContract *server; /* as the server said last, masked; or NULL */
  WuyouContract *said; /* personal entries that were typed and saved here, as long as nobody else changed the record */
  WuyouContract *merged;
  gboolean exists, dirty;
  gint64 version; /* the last that was seen of the server's; 0: none */
  WuyouDraftState state;
  GError *problem;
  char *upload_ids[WUYOU_SLOT_VOUCHER + 1], *upload_paths[WUYOU_SLOT_VOUCHER + 1];
  guint send_timer;
};

/* -.c */
guint _wuyou_sale_draft_position (const WuyouField *field);
void _wuyou_sale_draft_set_state (WuyouSaleDraft *self, WuyouDraftState state, const GError *problem);
/* The text of a field into @into when it is right; else its error is kept and the value left unset. */
void _wuyou_sale_draft_parse_text (WuyouSaleDraft *self, const WuyouField *field, WuyouContract *into);
void _wuyou_sale_draft_merge (WuyouSaleDraft *self);

/* -local.c */
void _wuyou_sale_draft_save (WuyouSaleDraft *self);
void _wuyou_sale_draft_load (WuyouSaleDraft *self);

gboolean _wuyou_sale_draft_is_kept (WuyouAppContext *context, const char *id);

/* -send.c */
/* Entries typed here: right ones with their value, emptied ones as null. Wrong ones stay here until they are right. */
JsonNode *_wuyou_sale_draft_dup_changes (WuyouSaleDraft *self);
gboolean _wuyou_sale_draft_is_under_way (WuyouSaleDraft *self); /* a write waits that the server did not refuse */
/* The outbox names the version that what is typed here was typed on. */
void _wuyou_sale_draft_set_tag (WuyouSaleDraft *self);
void _wuyou_sale_draft_hold (WuyouSaleDraft *self); /* unsent, until somebody decides or types on */
void _wuyou_sale_draft_queue_send (WuyouSaleDraft *self);
void _wuyou_sale_draft_send_left_over (WuyouSaleDraft *self);

/* -answer.c */
void _wuyou_sale_draft_connect (WuyouSaleDraft *self);
/* TRUE: what is typed on contradicts it. */
gboolean
_wuyou_sale_draft_take_reply (WuyouSaleDraft *self, WuyouOutboxItem *item, JsonObject *reply, const char *etag);
/* What is neither unsent nor under way was answered, though the end came before that was written down. */
void _wuyou_sale_draft_drop_answered (WuyouSaleDraft *self);

G_END_DECLS
