/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "claims/wuyou-decoded.h"
#include "wuyou-evidence-store.h"
#include "engine/wuyou-server-context.h"
#include "wuyou-document-store.h"

G_BEGIN_DECLS

/* What the decoder made of a file, sealed and on the disk, on its way into the database. */
typedef struct {
  WuyouServerContext *context;
  const char *evidence_id; /* borrowed, as the next */
  WuyouKey *key;
  char *edits_json; /* that it was made with */
  WuyouDecoded decoded;
  GPtrArray *made;     /* of files; private */
  GPtrArray *replaced; /* ids, of the last run of _write */
} WuyouRendering;

void wuyou_rendering_clear (WuyouRendering *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WuyouRendering, wuyou_rendering_clear)

/* Decodes the sealed file @file with the edits. As wuyou_decode; *@ret_blame FALSE when the file is not to blame. */
gboolean wuyou_rendering_decode (WuyouRendering *self,
                                 const WuyouFile *file,
                                 const char *media_type,
                                 gboolean *ret_blame,
                                 GError **error);
/* Seals the renditions, each under a key of its own, which is written down first. STALE: erased meanwhile. */
gboolean wuyou_rendering_seal (WuyouRendering *self, GError **error);
/* The same for who has no rows yet and writes all in one transaction, as demo data: the files first, and there _begin
 * before _write. A crash between leaves files without a row, which the upkeep takes away. */
gboolean wuyou_rendering_seal_first (WuyouRendering *self, GError **error);
gboolean wuyou_rendering_begin (WuyouRendering *self, WuyouDbConn *conn, GError **error);
/* In the transaction: their rows in place of those before. */
gboolean wuyou_rendering_write (WuyouRendering *self, WuyouDbConn *conn, gint64 now, GError **error);
/* After it: the files that nobody asks for any more. @written: those before, else those made here. */
void wuyou_rendering_finish (WuyouRendering *self, gboolean written);

G_END_DECLS
