/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Sealing of the local file: XChaCha20-Poly1305, a fresh nonce in front, bound to kind and id. Inside client/ only. */
#define WUYOU_SEAL_KEY_BYTES 32

GBytes *wuyou_seal (const guint8 *key, int kind, const char *id, const char *text); /* owned */
char *wuyou_unseal (const guint8 *key, int kind, const char *id, GBytes *sealed);   /* owned; NULL: not ours */
void wuyou_seal_new_key (guint8 key[WUYOU_SEAL_KEY_BYTES]);

/* Where there is no keyring: the key of @path, wrapped by Argon2id of the password, made when there is none. On a
 * thread. Finish gives the key (owned, WUYOU_SEAL_KEY_BYTES); BAD_CREDENTIALS when the password does not fit. */
void wuyou_seal_unwrap_async (const char *path,
                              const char *password,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
guint8 *wuyou_seal_unwrap_finish (GAsyncResult *result, GError **error);
/* Wraps @key anew, as after a changed password. */
void wuyou_seal_wrap_async (const char *path,
                            const char *password,
                            const guint8 *key,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean wuyou_seal_wrap_finish (GAsyncResult *result, GError **error);

G_END_DECLS
