/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "drafts/wuyou-draft.h"

G_BEGIN_DECLS

/* What the parts of the draft share: -.c holds what is typed and shown, -local.c what lies on the disk, -send.c the way
 * to the server, -answer.c what it says to it. */
struct _WuyouDraft {
  GObject parent_instance;
  WuyouAppContext *context;
  const WuyouDraftKind *kind;
  char *id;
  char **texts;    /* by position in the field table; NULL: not typed here */
  gint64 *bases;   /* by position: the version that was seen when the text was typed; 0: none */
  char **shown;    /* the server's values as text, as they were last asked for */
  GError **errors; /* by position too */
  gpointer server; /* as the server said last, masked; or NULL */
  gpointer said;   /* personal entries that were typed and saved here, as long as nobody else changed the record */
  gpointer merged;
  gboolean exists, dirty;
  gint64 version; /* the last that was seen of the server's; 0: none */
  WuyouDraftState state;
  GError *problem;
  guint send_timer;
};

/* -.c */
guint _wuyou_draft_position (WuyouDraft *self, const WuyouField *field);
void _wuyou_draft_set_state (WuyouDraft *self, WuyouDraftState state, const GError *problem);
/* The text of a field into @into when it is right; else its error is kept and the value left unset. */
void _wuyou_draft_parse_text (WuyouDraft *self, const WuyouField *field, gpointer into);
void _wuyou_draft_merge (WuyouDraft *self);

/* -local.c */
void _wuyou_draft_save (WuyouDraft *self);
void _wuyou_draft_load (WuyouDraft *self);

gboolean _wuyou_draft_is_kept (WuyouAppContext *context, const WuyouDraftKind *kind, const char *id);

/* -send.c */
/* Entries typed here: right ones with their value, emptied ones as null. Wrong ones stay here until they are right. */
JsonNode *_wuyou_draft_dup_changes (WuyouDraft *self);
gboolean _wuyou_draft_is_under_way (WuyouDraft *self); /* a write waits that the server did not refuse */
/* The outbox names the version that what is typed here was typed on. */
void _wuyou_draft_set_tag (WuyouDraft *self);
void _wuyou_draft_hold (WuyouDraft *self); /* unsent, until somebody decides or types on */
void _wuyou_draft_queue_send (WuyouDraft *self);
void _wuyou_draft_send_left_over (WuyouDraft *self);

/* -answer.c */
void _wuyou_draft_connect (WuyouDraft *self);
/* TRUE: what is typed on contradicts it. */
gboolean _wuyou_draft_take_reply (WuyouDraft *self, WuyouOutboxItem *item, JsonObject *reply, const char *etag);
/* What is neither unsent nor under way was answered, though the end came before that was written down. */
void _wuyou_draft_drop_answered (WuyouDraft *self);

G_END_DECLS
