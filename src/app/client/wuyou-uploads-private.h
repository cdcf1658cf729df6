/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "client/wuyou-uploads.h"

G_BEGIN_DECLS

struct _WuyouUploadItem {
  GObject parent_instance;
  char *id, *record, *slot, *name, *sha256;
  WuyouUploadOf of;
  int phase;
  gint64 size, received;
  WuyouUploadItemState state;
  GBytes *thumbnail;
  gboolean announced, paused;
  gboolean has_copy;
  gboolean sent_again; /* it arrived damaged once */
  GError *error;       /* why it waits or was refused */
  GCancellable *cancellable;
  guint timer, wait; /* seconds */
};

struct _WuyouUploads {
  GObject parent_instance;
  WuyouClient *client;
  WuyouLocal *local;
  WuyouSession *session;
  WuyouClock clock;
  GPtrArray *items;
  gint64 done; /* bytes of what left the queue since it was empty */
  guint n_copying;
  GQueue to_copy; /* Source */
  gboolean held;
};

WuyouUploadItem *_wuyou_upload_item_new (const char *id, const char *record, const char *name);
char *_wuyou_upload_item_to_json (WuyouUploadItem *self);                         /* owned */
WuyouUploadItem *_wuyou_upload_item_from_json (const char *id, const char *json); /* owned; NULL: not readable */
/* Takes @error, which may be NULL. */
void _wuyou_upload_item_set_state (WuyouUploadItem *self, WuyouUploadItemState state, GError *error);
void _wuyou_upload_item_set_received (WuyouUploadItem *self, gint64 received);
void _wuyou_upload_item_stop (WuyouUploadItem *self); /* what is under way for it */

gboolean _wuyou_uploads_has (WuyouUploads *self, WuyouUploadItem *item); /* FALSE once forgotten with its account */
void _wuyou_uploads_keep (WuyouUploads *self, WuyouUploadItem *item);
void _wuyou_uploads_drop (WuyouUploads *self, WuyouUploadItem *item);
void _wuyou_uploads_drop_copy (WuyouUploads *self, WuyouUploadItem *item);
void _wuyou_uploads_pump (WuyouUploads *self);
void _wuyou_uploads_arrived (WuyouUploads *self, WuyouUploadItem *item);
void _wuyou_uploads_refuse (WuyouUploads *self, WuyouUploadItem *item, GError *error); /* takes @error */

/* wuyou-uploads-send.c: one file to the server, from where the server has it. */
void _wuyou_uploads_send (WuyouUploads *self, WuyouUploadItem *item);
void _wuyou_uploads_take_back (WuyouUploads *self, WuyouUploadItem *item); /* nobody waits for the answer */
void _wuyou_uploads_watch (WuyouUploads *self, WuyouUploadItem *item);     /* asks until it was checked */

G_END_DECLS
