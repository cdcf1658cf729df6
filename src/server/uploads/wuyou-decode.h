/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <gio/gio.h>

#include "claims/wuyou-decoded.h"
#include "engine/wuyou-server-config.h"

G_BEGIN_DECLS

/* Reads an uploaded file in a confined child (wuyou-decoder) and makes what may be shown of it. @fd: a memfd or a pipe
 * of its bytes, read from its beginning where it has one; stays open. @media_type: as wuyou_document_sniff () found
 * it. @edits_json may be NULL. Blocks for at most decode_seconds. UNSUPPORTED_TYPE with a sentence for people (N_())
 * for what is refused for good; UNAVAILABLE when the child crashed, ran out of time or memory, or talked nonsense: that
 * may be chance once, and is the file's doing when it happens again and *@ret_blame is set. It is not when the child
 * was not ready, was killed by others, or by us when @cancellable said so: that says nothing about the file. */
gboolean wuyou_decode (const WuyouServerConfig *config,
                       int fd,
                       const char *media_type,
                       const char *edits_json,
                       GCancellable *cancellable,
                       WuyouDecoded *ret,
                       gboolean *ret_blame,
                       GError **error);

/* A memfd that nobody can change any more, for the above; -1 with an error. To be closed. */
int wuyou_decode_seal (const guint8 *data, gsize size, GError **error);

/* Where the program is, for a start that should fail early: UNAVAILABLE when it is nowhere. Owned. */
char *wuyou_decode_find_program (const WuyouServerConfig *config, GError **error);

G_END_DECLS
