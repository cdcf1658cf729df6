/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-blob.h"

G_BEGIN_DECLS

/* A file that grows. Its digest runs along, so that finishing need not read it again; one that is opened in its middle
 * is read for that when it is finished, as pieces that come to several processes in turn open it often. While it is
 * taken its file is locked against other processes; between two pieces it is not, so that the next may come to any of
 * them. */
typedef struct {
  char *id;
  gboolean busy;
  gboolean deleted;  /* meanwhile; then it is not kept */
  gint64 idle_since; /* monotonic */
  int fd;            /* -1: not opened yet */
  guint8 key[32];
  guint8 *buffer; /* a whole frame */
  gint64 size, end;
  GChecksum *digest; /* NULL: not from the beginning */
} WuyouBlobAppender;

GHashTable *_wuyou_blob_appenders_new (void);
/* BUSY when another has it. @create: make the file if there is none. OFFSET when there is none, or when it is finished
 * and nothing can be appended. */
WuyouBlobAppender *_wuyou_blob_take (WuyouBlobs *blobs,
                                     const char *id,
                                     const WuyouKey *key,
                                     GBytes *file_key,
                                     gboolean create,
                                     GError **error);
void _wuyou_blob_give_back (WuyouBlobs *blobs, WuyouBlobAppender *appender, gboolean keep);
/* Its file was deleted. */
void _wuyou_blob_forget (WuyouBlobs *blobs, const char *id);
/* Of what it has; owned. NULL with @error: CORRUPT. */
char *_wuyou_blob_dup_sha256 (WuyouBlobAppender *appender, GError **error);
gboolean _wuyou_blob_write_at (WuyouBlobAppender *appender, gsize length, GError **error);

G_END_DECLS
