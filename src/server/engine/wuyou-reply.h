/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a handler returns. Handed over to the engine, which frees it. */
typedef struct _WuyouReply WuyouReply;

/* Bytes of an answer that are made while they are sent. read () runs on a worker: fills up to @length bytes
 * and returns how many (0 only at the end), or -1 with an error, which closes the connection. */
typedef struct {
  gssize (*read) (gpointer data, guint8 *buffer, gsize length, GError **error);
  void (*free) (gpointer data);
} WuyouReplySource;

WuyouReply *wuyou_reply_new (guint status);                                        /* no body */
WuyouReply *wuyou_reply_new_json (guint status, GString *json);                    /* takes @json */
WuyouReply *wuyou_reply_new_bytes (guint status, const char *type, GBytes *bytes); /* refs @bytes */
WuyouReply *wuyou_reply_new_stream (guint status,
                                    const char *type,
                                    guint64 length,
                                    const WuyouReplySource *source,
                                    gpointer data); /* takes @data */
/* No answer yet: keep the request without a worker until wuyou_server_wake () at or below @scope, or until @until
 * (an instant); then the handler runs again. @scope NULL: woken by anything. */
WuyouReply *wuyou_reply_new_wait (const char *scope, gint64 until);
void wuyou_reply_free (WuyouReply *reply);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouReply, wuyou_reply_free)

void wuyou_reply_set_header (WuyouReply *reply, const char *name, const char *value);
void wuyou_reply_set_revision (WuyouReply *reply, gint64 revision);   /* ETag: "7" */
void wuyou_reply_set_file_name (WuyouReply *reply, const char *name); /* Content-Disposition, RFC 6266 */
guint wuyou_reply_get_status (const WuyouReply *reply);

G_END_DECLS
