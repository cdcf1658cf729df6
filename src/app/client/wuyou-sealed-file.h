/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A file that waits on this machine, sealed in frames under the local key; a frame is bound to the file's id and its
 * place, so that none can be exchanged. All work is done on threads. Inside client/ only. */
#define WUYOU_SEALED_FRAME (1024 * 1024)

typedef struct {
  char *path, *id;
  GFile *file; /* or: */
  GBytes *bytes;
  gint64 most; /* bytes: what grows beyond it while it is copied is refused too */
  /* Looks at size and first bytes before anything is copied. */
  gboolean (*check) (gint64 size, const guint8 *head, gsize head_length, GError **error);
} WuyouSealedSource;

typedef struct {
  gint64 size;
  char *sha256;
  GBytes *thumbnail; /* JPEG, NULL for what is no picture */
} WuyouSealedSummary;
void wuyou_sealed_summary_free (WuyouSealedSummary *summary);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouSealedSummary, wuyou_sealed_summary_free)

/* @source and its strings are copied. INVALID: it cannot be read; STORAGE_FULL; what @check says. */
void wuyou_sealed_file_write_async (const WuyouSealedSource *source,
                                    const guint8 *key,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
WuyouSealedSummary *wuyou_sealed_file_write_finish (GAsyncResult *result, GError **error); /* owned */

/* Frame @number of the file of @size bytes, from 0. CORRUPT when it is not what was written. */
void wuyou_sealed_file_read_async (const char *path,
                                   const char *id,
                                   const guint8 *key,
                                   gint64 size,
                                   guint number,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
GBytes *wuyou_sealed_file_read_finish (GAsyncResult *result, GError **error); /* owned */

G_END_DECLS
