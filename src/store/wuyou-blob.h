/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-keys.h"

G_BEGIN_DECLS

/* Files sealed in frames of at most 1 MiB (XChaCha20-Poly1305, bound to file and place) in a folder; memory stays
 * constant whatever the size. A blob has a key of its own, sealed by its customer's key and kept in the document's row.
 */
typedef struct _WuyouBlobs WuyouBlobs;
typedef struct _WuyouBlobReader WuyouBlobReader;

#define WUYOU_BLOB_FRAME (1024 * 1024)

WuyouBlobs *wuyou_blobs_open (const char *directory, GError **error);
void wuyou_blobs_close (WuyouBlobs *blobs);
/* Closes begun files that nobody appended to for a minute. @now: monotonic. */
void wuyou_blobs_close_idle (WuyouBlobs *blobs, gint64 now);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouBlobs, wuyou_blobs_close)

/* A new key for blob @id, sealed by @key; owned. */
GBytes *wuyou_blob_create_key (const WuyouKey *key, const char *id);

/* The same key sealed by another customer's key, without a look at the file; owned. CORRUPT. */
GBytes *
wuyou_blob_reseal_key (const WuyouKey *from, const WuyouKey *to, const char *id, GBytes *file_key, GError **error);

/* Appends at @offset, which must be the present size (OFFSET otherwise; *@ret_size then says where to go on). On
 * the disk for sure after _sync or _finish. One at a time, in whichever process; a second gets BUSY. STORAGE_FULL. */
gboolean wuyou_blob_append (WuyouBlobs *blobs,
                            const char *id,
                            const WuyouKey *key,
                            GBytes *file_key,
                            gint64 offset,
                            gconstpointer data,
                            gsize length,
                            gint64 *ret_size,
                            GError **error);
gboolean wuyou_blob_sync (WuyouBlobs *blobs, const char *id, GError **error);
/* Bytes received so far; 0 for a new one. */
gboolean wuyou_blob_get_size (WuyouBlobs *blobs, const char *id, gint64 *ret_size, GError **error);
/* Seals the end, so that a cut file is noticed. INVALID when the whole is not @sha256 (lower-case hex): then nothing of
 * it is kept, and it begins again at 0. CONFLICT when it was finished before with another. */
gboolean wuyou_blob_finish (WuyouBlobs *blobs,
                            const char *id,
                            const WuyouKey *key,
                            GBytes *file_key,
                            const char *sha256,
                            GError **error);
/* All at once, for what the server made itself. @ret_sha256: owned, may be NULL. */
gboolean wuyou_blob_put (WuyouBlobs *blobs,
                         const char *id,
                         const WuyouKey *key,
                         GBytes *file_key,
                         GBytes *content,
                         char **ret_sha256,
                         GError **error);

/* Only finished blobs. CORRUPT when a frame does not open or the end is missing. */
WuyouBlobReader *
wuyou_blob_open (WuyouBlobs *blobs, const char *id, const WuyouKey *key, GBytes *file_key, GError **error);
gint64 wuyou_blob_reader_get_size (WuyouBlobReader *reader);
gboolean wuyou_blob_reader_seek (WuyouBlobReader *reader, gint64 offset, GError **error);
gssize wuyou_blob_reader_read (WuyouBlobReader *reader, gpointer buffer, gsize length, GError **error); /* 0: end */
void wuyou_blob_reader_close (WuyouBlobReader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouBlobReader, wuyou_blob_reader_close)
GBytes *wuyou_blob_read_all (WuyouBlobs *blobs,
                             const char *id,
                             const WuyouKey *key,
                             GBytes *file_key,
                             gsize limit,
                             GError **error);

/* Files on the disk, folder by folder, so that a look at all of them comes in small pieces. */
#define WUYOU_BLOB_FOLDERS 256

typedef struct {
  char *id;
  gboolean finished;
  gint64 written_at; /* instant, of the disk's clock */
} WuyouBlobEntry;

/* Element WuyouBlobEntry; owned. One that is gone meanwhile is left out. */
GPtrArray *wuyou_blobs_list (WuyouBlobs *blobs, guint folder, GError **error);

/* Whole or not, and also while somebody appends: the bytes then go nowhere. TRUE also when there is none. */
gboolean wuyou_blob_delete (WuyouBlobs *blobs, const char *id, GError **error);

G_END_DECLS
