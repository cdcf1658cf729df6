/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-db.h"

G_BEGIN_DECLS

/* Master key (a file, or the systemd credential "wuyou-master-key") → key of a purpose domain → key of a customer
 * in it. Destroying a customer's key erases what it sealed. Everything here may be called from any thread. */
typedef struct _WuyouKeys WuyouKeys;

#define WUYOU_PURPOSE_USERS "users"
#define WUYOU_PURPOSE_SALES "sales"
#define WUYOU_PURPOSE_CLAIMS "claims"
#define WUYOU_PURPOSE_CLAIMS_SENSITIVE "claims-sensitive" /* identity, licence and bank papers (PIPL 28-30) */
gboolean wuyou_purpose_is_known (const char *purpose);

/* Creates master.key and signing.key with mode 0600 in @directory; CONFLICT when one is there already. */
gboolean wuyou_keys_init (const char *directory, GError **error);
/* Reads them and the domain keys in @db, creating those that are missing. Owned. */
WuyouKeys *wuyou_keys_open (const char *directory, WuyouDb *db, GError **error);
void wuyou_keys_close (WuyouKeys *keys);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouKeys, wuyou_keys_close)

/* A customer's key; wiped when the last reference goes. */
typedef struct _WuyouKey WuyouKey;

WuyouKey *wuyou_keys_create (WuyouKeys *keys, const char *purpose, const char *id); /* new; not yet stored */
gboolean wuyou_key_insert (WuyouDbConn *conn, const WuyouKey *key, GError **error); /* CONFLICT when it exists */
/* The same where another may come first: *@ret_taken FALSE when there is one already. */
gboolean wuyou_key_offer (WuyouDbConn *conn, const WuyouKey *key, gboolean *ret_taken, GError **error);
/* In the transaction that writes something under it: STALE when it was destroyed since it was read. */
gboolean wuyou_key_check (WuyouDbConn *conn, const WuyouKey *key, GError **error);
/* NULL without error when there is none: destroyed, or never made. */
WuyouKey *wuyou_keys_load (WuyouKeys *keys, WuyouDbConn *conn, const char *purpose, const char *id, GError **error);
WuyouKey *wuyou_keys_unwrap (WuyouKeys *keys,
                             const char *purpose,
                             const char *id,
                             gconstpointer wrapped,
                             gsize length,
                             GError **error);
/* Also writes the erasure list, which a restore replays. */
gboolean wuyou_keys_destroy (WuyouDbConn *conn, const char *purpose, const char *id, gint64 now, GError **error);
const char *wuyou_key_get_id (const WuyouKey *key);
const char *wuyou_key_get_purpose (const WuyouKey *key);
WuyouKey *wuyou_key_ref (WuyouKey *key);
void wuyou_key_unref (WuyouKey *key);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouKey, wuyou_key_unref)

/* XChaCha20-Poly1305. @context binds the text to its place ("contracts/ID"). Opening: CORRUPT. Owned. */
GBytes *wuyou_key_seal (const WuyouKey *key, const char *context, gconstpointer plain, gsize length);
GBytes *wuyou_key_unseal (const WuyouKey *key, const char *context, gconstpointer sealed, gsize length, GError **error);
/* The same with the key of the domain itself, for what belongs to no one: TOTP secrets, mail. */
GBytes *wuyou_keys_seal (WuyouKeys *keys, const char *purpose, const char *context, gconstpointer plain, gsize length);
GBytes *wuyou_keys_unseal (WuyouKeys *keys,
                           const char *purpose,
                           const char *context,
                           gconstpointer sealed,
                           gsize length,
                           GError **error);

/* Search token: keyed hash of (scope ‖ kind ‖ text), 16 hex digits. Owned. */
char *wuyou_keys_token (WuyouKeys *keys, const char *scope, const char *kind, const char *text);
/* Keyed hash of a short value (a VIN, an e-mail, an address in a log), 64 hex digits. Owned. */
char *wuyou_keys_digest (WuyouKeys *keys, const char *kind, const char *text);

/* Ed25519 with the server's signing key. */
void wuyou_keys_sign (WuyouKeys *keys, gconstpointer data, gsize length, guint8 ret_signature[64]);
const guint8 *wuyou_keys_get_public_key (WuyouKeys *keys);  /* 32 bytes */
const guint8 *wuyou_keys_get_signing_key (WuyouKeys *keys); /* libsodium's 64 bytes, for what signs itself */
gboolean
wuyou_signature_verify (const guint8 public_key[32], const guint8 signature[64], gconstpointer data, gsize length);

G_END_DECLS
