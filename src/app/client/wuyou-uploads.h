/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "client/wuyou-client.h"
#include "client/wuyou-local.h"
#include "client/wuyou-session.h"
#include "client/wuyou-upload-kind.h"

G_BEGIN_DECLS

/* One file on its way to a claim or contract. Properties "state" and "progress" notify; the rest changes with the
 * state. */
#define WUYOU_TYPE_UPLOAD_ITEM (wuyou_upload_item_get_type ())
G_DECLARE_FINAL_TYPE (WuyouUploadItem, wuyou_upload_item, WUYOU, UPLOAD_ITEM, GObject)

typedef enum {
  WUYOU_UPLOAD_ITEM_COPYING,    /* sealed into this machine's folder; its original may not go yet */
  WUYOU_UPLOAD_ITEM_UNASSIGNED, /* waits for a person to say what it is */
  WUYOU_UPLOAD_ITEM_QUEUED,
  WUYOU_UPLOAD_ITEM_SENDING,
  WUYOU_UPLOAD_ITEM_WAITING, /* a failure that may pass; tried again with back-off */
  WUYOU_UPLOAD_ITEM_PAUSED,
  WUYOU_UPLOAD_ITEM_CHECKING, /* received; scanner and decoder have it */
  WUYOU_UPLOAD_ITEM_REFUSED,  /* the person decides: try again where that is possible, or discard */
} WuyouUploadItemState;

const char *wuyou_upload_item_get_id (WuyouUploadItem *self); /* of the evidence or document it becomes */
WuyouUploadOf wuyou_upload_item_get_of (WuyouUploadItem *self);
const char *wuyou_upload_item_get_record (WuyouUploadItem *self); /* the claim or contract */
const char *wuyou_upload_item_get_slot (WuyouUploadItem *self);   /* NULL: not assigned */
int wuyou_upload_item_get_phase (WuyouUploadItem *self);
const char *wuyou_upload_item_get_name (WuyouUploadItem *self);
gint64 wuyou_upload_item_get_size (WuyouUploadItem *self); /* 0 while it is copied */
double wuyou_upload_item_get_progress (WuyouUploadItem *self);
WuyouUploadItemState wuyou_upload_item_get_state (WuyouUploadItem *self);
gboolean wuyou_upload_item_was_announced (WuyouUploadItem *self); /* the server knows it: its slot is the server's */
gboolean wuyou_upload_item_has_copy (WuyouUploadItem *self);      /* sealed on this computer */
gboolean wuyou_upload_item_can_retry (WuyouUploadItem *self);     /* refused, and its copy is still here */
char *wuyou_upload_item_dup_sentence (WuyouUploadItem *self);     /* what happens to it, translated; owned */
GBytes *wuyou_upload_item_get_thumbnail (WuyouUploadItem *self);  /* JPEG, NULL for what is no picture */

typedef struct {
  GFile *file;   /* or: */
  GBytes *bytes; /* what was pasted, called @name */
  const char *name;
  WuyouUploadOf of;
  const char *record, *slot; /* slot NULL: to be assigned */
  int phase;                 /* of what has phases */
} WuyouUploadFile;

/* Every file of every claim and contract that is not at the server yet, as a GListModel of WuyouUploadItem. A file is
 * first sealed into the local folder, so its original may go; the queue survives the end of the program, of the session
 * and of the connection. At most two are sent at a time. Signals: "arrived" (WuyouUploadItem *): the server has it and
 * it left the queue; "refused" (WuyouUploadItem *). Property "progress" (0 … 1 of all that is to be sent) notifies. */
#define WUYOU_TYPE_UPLOADS (wuyou_uploads_get_type ())
G_DECLARE_FINAL_TYPE (WuyouUploads, wuyou_uploads, WUYOU, UPLOADS, GObject)

WuyouUploads *
wuyou_uploads_new (WuyouClient *client, WuyouLocal *local, WuyouSession *session, const WuyouClock *clock);
WuyouUploadItem *wuyou_uploads_add (WuyouUploads *self, const WuyouUploadFile *file); /* borrowed */
/* Says what it is, or something else; FALSE once the server may have heard of it. */
gboolean wuyou_uploads_assign (WuyouUploads *self, WuyouUploadItem *item, const char *slot, int phase);
void wuyou_uploads_pause (WuyouUploads *self, WuyouUploadItem *item, gboolean paused); /* item NULL: all */
void wuyou_uploads_try_again (WuyouUploads *self, WuyouUploadItem *item);              /* item NULL: all that wait */
/* Its copy goes too; what the server has of it is taken back there. */
void wuyou_uploads_discard (WuyouUploads *self, WuyouUploadItem *item);
WuyouUploadItem *wuyou_uploads_find (WuyouUploads *self, const char *id); /* borrowed, or NULL */
/* The last one for that place; borrowed, or NULL. */
WuyouUploadItem *wuyou_uploads_find_last (WuyouUploads *self, WuyouUploadOf of, const char *record, const char *slot);

guint wuyou_uploads_get_n_waiting (WuyouUploads *self); /* still to be sent, paused ones too */
guint wuyou_uploads_get_n_copying (WuyouUploads *self); /* not sealed yet */
/* Until what was added is sealed, for that long at most: the program is about to end. Runs the main context. */
void wuyou_uploads_finish_copying (WuyouUploads *self, guint seconds);
guint wuyou_uploads_get_n_refused (WuyouUploads *self);
double wuyou_uploads_get_progress (WuyouUploads *self);
gboolean wuyou_uploads_get_paused (WuyouUploads *self); /* there are some, and all of them are */
void wuyou_uploads_restore (WuyouUploads *self);        /* reads what an earlier run left; the context calls it */
void wuyou_uploads_forget (WuyouUploads *self);         /* at sign-out: all stays sealed on the disk */

G_END_DECLS
