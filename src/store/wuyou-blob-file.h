/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-blob.h"

G_BEGIN_DECLS

/* The file: 8 bytes of magic, then frames: length of the plain text (4 bytes, little endian), nonce, sealed text.
 * The frame after the last has the length WUYOU_BLOB_END and seals the total size. */
#define WUYOU_BLOB_MAGIC "WYBLOB1\n"
#define WUYOU_BLOB_HEAD ((gint64) sizeof WUYOU_BLOB_MAGIC - 1)
#define WUYOU_BLOB_END G_MAXUINT32
#define WUYOU_BLOB_OVERHEAD (4 + 24 + 16)

typedef struct {
  gint64 file_offset, plain_offset;
  guint32 length; /* plain */
} WuyouBlobFrame;

typedef struct {
  GArray *frames; /* WuyouBlobFrame */
  gint64 size;    /* plain bytes */
  gint64 end;     /* of the last whole frame in the file */
  gboolean finished;
} WuyouBlobIndex;

/* Directory of folders by the last two digits of the id. Owned. */
char *_wuyou_blob_path (const char *directory, const char *id, gboolean finished);
void _wuyou_blob_set_error (GError **error, const char *what, int saved_errno);

/* Reads the lengths of all frames; what is cut at the end is left out. */
gboolean _wuyou_blob_index_read (int fd, WuyouBlobIndex *ret_index, GError **error);
void _wuyou_blob_index_clear (WuyouBlobIndex *index);
/* The total sealed in the end frame at @offset, or -1. */
gint64 _wuyou_blob_read_total (int fd, const guint8 *key, const char *id, gint64 offset);

/* @buffer holds a whole frame of the largest size. Sealing returns the frame's length in the file. */
gsize _wuyou_blob_frame_seal (const guint8 *key,
                              const char *id,
                              gint64 offset,
                              gconstpointer plain,
                              guint32 length,
                              guint8 *buffer);
gsize _wuyou_blob_end_seal (const guint8 *key, const char *id, gint64 total, guint8 *buffer);
gboolean _wuyou_blob_frame_read (int fd,
                                 const guint8 *key,
                                 const char *id,
                                 const WuyouBlobFrame *frame,
                                 guint8 *buffer,
                                 guint8 *ret_plain);

/* Opens the key sealed by wuyou_blob_create_key. */
gboolean
_wuyou_blob_open_key (const WuyouKey *key, const char *id, GBytes *file_key, guint8 ret_key[32], GError **error);

G_END_DECLS
