/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-document-store.h"
#include "engine/wuyou-router.h"
#include "engine/wuyou-server-context.h"

G_BEGIN_DECLS

/* Files that come in pieces, whatever record they belong to: bytes are appended at Upload-Offset, sealed and on the
 * disk chunk by chunk in constant memory, and finished with the hash of the whole. */

typedef enum {
  WUYOU_UPLOAD_OPEN = 1, /* takes bytes */
  WUYOU_UPLOAD_DONE,     /* finished */
  WUYOU_UPLOAD_GONE,     /* taken back or refused: nothing of it may be left */
} WuyouUploadStand;

/* Borrowed from the record's case. */
typedef struct {
  const char *id;
  gint64 size; /* announced */
  WuyouUploadStand stand;
  const WuyouFile *file;
  const WuyouKey *key;
} WuyouUploadFile;

/* What differs between the kinds of records that have files. A case is the record with all that is looked at, as the
 * caller may see it. */
typedef struct {
  gpointer (*load) (WuyouServerContext *context, WuyouRequest *request, const char *id, GError **error); /* NOT_FOUND */
  void (*free) (gpointer file_case);
  gboolean (*check) (gpointer file_case, GError **error); /* may the caller add to it now? */
  void (*describe) (gpointer file_case, WuyouUploadFile *ret_file);
  gboolean (*read_stand) (WuyouDbConn *conn, const char *id, WuyouUploadStand *ret_stand, GError **error);
} WuyouUploadKind;

/* The parts of a WuyouUpload; begin () of a kind calls the first with its kind. */
gpointer
wuyou_upload_begin (const WuyouUploadKind *kind, WuyouRequest *request, WuyouServerContext *context, GError **error);
gboolean wuyou_upload_take (gpointer upload, const guint8 *bytes, gsize length, GError **error);
WuyouReply *wuyou_upload_finish (gpointer upload, GError **error);
void wuyou_upload_free (gpointer upload);

/* The hash in the body of the request that finishes; borrowed. INVALID for what is no hash: it says nothing about the
 * file, and must not cost it. */
const char *wuyou_upload_read_sha256 (WuyouRequest *request, GError **error);
/* All bytes are there and are these, and nothing can be appended any more. CONFLICT, OFFSET, INVALID. */
gboolean
wuyou_upload_seal (WuyouServerContext *context, const WuyouUploadFile *file, const char *sha256, GError **error);

G_END_DECLS
