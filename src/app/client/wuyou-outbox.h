/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "client/wuyou-client.h"
#include "client/wuyou-local.h"
#include "client/wuyou-session.h"

G_BEGIN_DECLS

/* One idempotent write that waits for its turn. */
#define WUYOU_TYPE_OUTBOX_ITEM (wuyou_outbox_item_get_type ())
G_DECLARE_FINAL_TYPE (WuyouOutboxItem, wuyou_outbox_item, WUYOU, OUTBOX_ITEM, GObject)

typedef enum {
  WUYOU_OUTBOX_QUEUED,
  WUYOU_OUTBOX_SENDING,
  WUYOU_OUTBOX_WAITING, /* a failure that may pass; tried again with back-off */
  WUYOU_OUTBOX_REFUSED, /* the server said no; the person decides: change, or discard */
} WuyouOutboxState;

const char *wuyou_outbox_item_get_id (WuyouOutboxItem *self); /* also its idempotency key */
const char *wuyou_outbox_item_get_record (WuyouOutboxItem *self);
const char *wuyou_outbox_item_get_kind (WuyouOutboxItem *self);
const char *wuyou_outbox_item_get_label (WuyouOutboxItem *self);
const char *wuyou_outbox_item_get_body (WuyouOutboxItem *self);
WuyouOutboxState wuyou_outbox_item_get_state (WuyouOutboxItem *self);
gboolean wuyou_outbox_item_was_tried (WuyouOutboxItem *self);      /* may have reached the server: stays as it is */
const GError *wuyou_outbox_item_get_error (WuyouOutboxItem *self); /* why it waits or was refused, or NULL */

typedef struct {
  WuyouCall call;      /* copied; a missing idempotency key is made */
  const char *kind;    /* "contract.save": the feature's own name, to tell its items apart after a restart */
  const char *record;  /* writes to one record keep their order, and a refused one holds only that record */
  const char *label;   /* translated, for the outbox view: "Save WY-2026-000481" */
  gboolean coalesce;   /* takes the place of the record's last write when that has the same kind and was not tried */
  gboolean follow_tag; /* If-Match is the tag of the last reply for this record, else call.if_match */
} WuyouWrite;

/* GListModel of WuyouOutboxItem. Signals:
 *   "sent" (WuyouOutboxItem *, JsonObject *reply, const char *etag)
 *   "refused" (WuyouOutboxItem *, const GError *, JsonObject *problem)   problem may be NULL
 *   "delayed" (WuyouOutboxItem *, const GError *)   it waits, and is tried again
 *   "restored" ()   what an earlier run left is here, nothing of it was sent yet
 * Properties "n-waiting" (guint) and "held" (gboolean, a gate is closed or signed out) notify. */
#define WUYOU_TYPE_OUTBOX (wuyou_outbox_get_type ())
G_DECLARE_FINAL_TYPE (WuyouOutbox, wuyou_outbox, WUYOU, OUTBOX, GObject)

WuyouOutbox *wuyou_outbox_new (WuyouClient *client, WuyouLocal *local, WuyouSession *session);
/* On the disk (as far as the local file is open) before it is sent. Borrowed. */
WuyouOutboxItem *wuyou_outbox_add (WuyouOutbox *self, const WuyouWrite *write);
WuyouOutboxItem *wuyou_outbox_find (WuyouOutbox *self, const char *record); /* newest for the record; borrowed, NULL */
void wuyou_outbox_discard (WuyouOutbox *self, WuyouOutboxItem *item);
void wuyou_outbox_retry (WuyouOutbox *self); /* now: a person asked, or the network is back */
void wuyou_outbox_set_tag (WuyouOutbox *self, const char *record, const char *etag); /* a page loaded a newer version */
guint wuyou_outbox_get_n_waiting (WuyouOutbox *self);
void wuyou_outbox_restore (WuyouOutbox *self); /* reads what an earlier run left; the context calls it */
void wuyou_outbox_forget (WuyouOutbox *self);  /* at sign-out: what waits stays sealed on the disk */

G_END_DECLS
