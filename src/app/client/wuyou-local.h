/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "base/wuyou-clock.h"

G_BEGIN_DECLS

/* The sealed file of one account on this machine: drafts, outbox, cache. Values are XChaCha20-Poly1305 under the local
 * key, bound to kind and id. Reading is immediate; writing is ordered, done by one thread, and a reader sees what was
 * written before it. A draft or outbox entry survives kill -9 once its save returned, unless the disk refuses or hangs;
 * all survives a power cut a moment later. All calls from the main thread; without an open file reads give NULL and
 * writes FALSE. */
#define WUYOU_TYPE_LOCAL (wuyou_local_get_type ())
G_DECLARE_FINAL_TYPE (WuyouLocal, wuyou_local, WUYOU, LOCAL, GObject)

#define WUYOU_LOCAL_KEY_BYTES 32
#define WUYOU_LOCAL_CACHE_HOURS 72 /* cached personal data opens this long after the last contact (architecture 7) */

typedef enum {
  WUYOU_LOCAL_DRAFT,  /* what was typed; stays until sent or discarded */
  WUYOU_LOCAL_OUTBOX, /* what waits to be sent */
  WUYOU_LOCAL_CACHE,  /* what the server said; unreadable 72 hours after the last contact */
  WUYOU_LOCAL_STATE,  /* column widths and the like; no personal data, kept */
  WUYOU_LOCAL_UPLOAD, /* what is known of a file that waits to be sent; the file itself lies sealed beside */
  WUYOU_LOCAL_TEXT,   /* words of a record that are being written; stay until sent */
} WuyouLocalKind;

typedef struct {
  char *id;
  char *json;
  gint64 saved_at;
} WuyouLocalItem;
void wuyou_local_item_free (WuyouLocalItem *item);

WuyouLocal *wuyou_local_new (const char *dir, const WuyouClock *clock);

/* Where the files of @account on @server lie, open or not; owned. */
char *wuyou_local_dup_folder (WuyouLocal *self, const char *server, const char *account);
gboolean wuyou_local_is_open (WuyouLocal *self);
/* Where a file lies that waits to be sent, or with NULL the folder of all of them; NULL while closed. Owned. */
char *wuyou_local_dup_upload_path (WuyouLocal *self, const char *id);
/* Opens (creates) the file of @account on @server with @key; CORRUPT when the key does not fit;
 * then the file was put aside and the next try makes a new one. */
gboolean
wuyou_local_open (WuyouLocal *self, const char *server, const char *account, const guint8 *key, GError **error);
const guint8 *wuyou_local_get_key (WuyouLocal *self); /* to wrap it anew; borrowed, NULL while closed */
void wuyou_local_close (WuyouLocal *self);            /* waits for queued writes, forgets the key */

gboolean wuyou_local_save (WuyouLocal *self, WuyouLocalKind kind, const char *id, const char *json);
char *wuyou_local_load (WuyouLocal *self, WuyouLocalKind kind, const char *id);              /* owned, NULL: none */
JsonObject *wuyou_local_load_object (WuyouLocal *self, WuyouLocalKind kind, const char *id); /* owned */
GPtrArray *wuyou_local_list (WuyouLocal *self, WuyouLocalKind kind); /* WuyouLocalItem, oldest first; owned */
void wuyou_local_remove (WuyouLocal *self, WuyouLocalKind kind, const char *id);
void wuyou_local_flush (WuyouLocal *self); /* until all queued writes are in the file */
void wuyou_local_touch (WuyouLocal *self); /* contact with the server now: starts the 72 hours again */
void wuyou_local_wipe (WuyouLocal *self);  /* suspension, termination: closes and destroys every file of the account */
/* Signal "failed" (const GError *): a queued write did not reach the disk (STORAGE_FULL, CORRUPT). */

G_END_DECLS
