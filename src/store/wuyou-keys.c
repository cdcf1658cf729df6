/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-keys.h"

#include <sodium.h>
#include <string.h>

#include "base/wuyou-error.h"
#include "wuyou-key-file.h"
#include "wuyou-keys-private.h"

#define NONCE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG crypto_aead_xchacha20poly1305_ietf_ABYTES
#define WRAPPED (NONCE + WUYOU_KEY_BYTES + TAG)

enum { PURPOSE_SEARCH, PURPOSE_DIGEST }; /* first in the table */
static const char *const purposes[] = {
  [PURPOSE_SEARCH] = "search", [PURPOSE_DIGEST] = "digest",    WUYOU_PURPOSE_USERS, WUYOU_PURPOSE_SALES,
  WUYOU_PURPOSE_CLAIMS,        WUYOU_PURPOSE_CLAIMS_SENSITIVE, "billing",           "mail",
};
#define N_PURPOSES G_N_ELEMENTS (purposes)

typedef struct {
  guint8 master[WUYOU_KEY_BYTES];
  guint8 domains[N_PURPOSES][WUYOU_KEY_BYTES];
  guint8 signing[crypto_sign_SECRETKEYBYTES];
  guint8 verifying[crypto_sign_PUBLICKEYBYTES];
} Secrets;

struct _WuyouKeys {
  Secrets *secrets; /* not swapped, guarded */
};

struct _WuyouKey {
  gatomicrefcount refs;
  char *purpose, *id;
  guint8 bytes[WUYOU_KEY_BYTES];
  guint8 wrapped[WRAPPED];
};

static void
seal (const guint8 *key, const char *context, gconstpointer plain, gsize length, guint8 *out)
{
  randombytes_buf (out, NONCE);
  crypto_aead_xchacha20poly1305_ietf_encrypt (out + NONCE, NULL, plain, length, (const guint8 *) context,
                                              strlen (context), NULL, out, key);
}

static gboolean
unseal (const guint8 *key, const char *context, const guint8 *sealed, gsize length, guint8 *out)
{
  if (length < NONCE + TAG)
    return FALSE;
  return crypto_aead_xchacha20poly1305_ietf_decrypt (out, NULL, NULL, sealed + NONCE, length - NONCE,
                                                     (const guint8 *) context, strlen (context), sealed, key)
         == 0;
}

static GBytes *
seal_bytes (const guint8 *key, const char *context, gconstpointer plain, gsize length)
{
  guint8 *out = g_malloc (NONCE + length + TAG);

  seal (key, context, plain, length, out);
  return g_bytes_new_take (out, NONCE + length + TAG);
}

static GBytes *
unseal_bytes (const guint8 *key, const char *context, gconstpointer sealed, gsize length, GError **error)
{
  gsize plain_length = length < NONCE + TAG ? 0 : length - NONCE - TAG;
  g_autofree guint8 *plain = g_malloc (plain_length + 1);

  if (unseal (key, context, sealed, length, plain))
    return g_bytes_new_take (g_steal_pointer (&plain), plain_length);
  g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_CORRUPT, "What was sealed for %s does not open", context);
  return NULL;
}

gboolean
wuyou_keys_init (const char *directory, GError **error)
{
  return sodium_init () >= 0 && _wuyou_key_file_create (directory, "master.key", error)
         && _wuyou_key_file_create (directory, "signing.key", error);
}

static gboolean
insert_domains (WuyouDbConn *conn, gpointer data, GError **error)
{
  GBytes **wrapped = data;

  for (guint i = 0; i < N_PURPOSES; i++)
    if (!wuyou_db_run (conn, error,
                       "INSERT INTO domain_keys (purpose, wrapped) VALUES ($1, $2) ON CONFLICT (purpose) DO NOTHING",
                       "tb", purposes[i], wrapped[i]))
      return FALSE;
  return TRUE;
}

/* A candidate for every domain; the first process to insert wins. */
static gboolean
create_domains (Secrets *secrets, WuyouDb *db, GError **error)
{
  GBytes *wrapped[N_PURPOSES];
  guint8 key[WUYOU_KEY_BYTES];
  gboolean ok;

  for (guint i = 0; i < N_PURPOSES; i++) {
    randombytes_buf (key, sizeof key);
    wrapped[i] = seal_bytes (secrets->master, purposes[i], key, sizeof key);
  }
  sodium_memzero (key, sizeof key);
  ok = wuyou_db_write (db, insert_domains, wrapped, error);
  for (guint i = 0; i < N_PURPOSES; i++)
    g_bytes_unref (wrapped[i]);
  return ok;
}

static gboolean
take_domain (Secrets *secrets, const char *purpose, gconstpointer wrapped, gsize length)
{
  for (guint i = 0; i < N_PURPOSES; i++)
    if (g_str_equal (purposes[i], purpose))
      return length == WRAPPED && unseal (secrets->master, purpose, wrapped, length, secrets->domains[i]);
  return TRUE;
}

static gboolean
read_domains (WuyouDbConn *conn, gpointer data, GError **error)
{
  WuyouDbStmt *stmt = wuyou_db_query (conn, error, "SELECT purpose, wrapped FROM domain_keys", "");
  WuyouDbResult result;

  if (stmt == NULL)
    return FALSE;
  while ((result = wuyou_db_step (stmt, error)) == WUYOU_DB_ROW) {
    gsize length;
    gconstpointer wrapped = wuyou_db_column_blob (stmt, 1, &length);

    if (take_domain (data, wuyou_db_column_text (stmt, 0), wrapped, length))
      continue;
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_CORRUPT, "The master key does not belong to this database");
    return FALSE;
  }
  return result == WUYOU_DB_DONE;
}

static gboolean
read_secrets (Secrets *secrets, const char *directory, WuyouDb *db, GError **error)
{
  guint8 seed[WUYOU_KEY_BYTES];

  if (!_wuyou_key_file_read (directory, "master.key", secrets->master, error)
      || !_wuyou_key_file_read (directory, "signing.key", seed, error))
    return FALSE;
  crypto_sign_seed_keypair (secrets->verifying, secrets->signing, seed);
  sodium_memzero (seed, sizeof seed);
  return create_domains (secrets, db, error) && wuyou_db_read (db, read_domains, secrets, error);
}

WuyouKeys *
wuyou_keys_open (const char *directory, WuyouDb *db, GError **error)
{
  WuyouKeys *keys;

  if (sodium_init () < 0) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_UNAVAILABLE, "libsodium does not start");
    return NULL;
  }
  keys = g_new0 (WuyouKeys, 1);
  keys->secrets = sodium_malloc (sizeof (Secrets));
  if (keys->secrets != NULL && read_secrets (keys->secrets, directory, db, error)) {
    sodium_mprotect_readonly (keys->secrets);
    return keys;
  }
  wuyou_keys_close (keys);
  return NULL;
}

void
wuyou_keys_close (WuyouKeys *keys)
{
  sodium_free (keys->secrets);
  g_free (keys);
}

gboolean
wuyou_purpose_is_known (const char *purpose)
{
  for (guint i = 0; i < N_PURPOSES; i++)
    if (g_str_equal (purposes[i], purpose))
      return TRUE;
  return FALSE;
}

static const guint8 *
get_domain (WuyouKeys *keys, const char *purpose)
{
  for (guint i = 0; i < N_PURPOSES; i++)
    if (g_str_equal (purposes[i], purpose))
      return keys->secrets->domains[i];
  g_error ("No purpose domain %s", purpose);
}

static WuyouKey *
new_key (const char *purpose, const char *id)
{
  WuyouKey *key = g_new0 (WuyouKey, 1);

  g_atomic_ref_count_init (&key->refs);
  key->purpose = g_strdup (purpose);
  key->id = g_strdup (id);
  return key;
}

WuyouKey *
wuyou_keys_create (WuyouKeys *keys, const char *purpose, const char *id)
{
  WuyouKey *key = new_key (purpose, id);

  randombytes_buf (key->bytes, sizeof key->bytes);
  seal (get_domain (keys, purpose), id, key->bytes, sizeof key->bytes, key->wrapped);
  return key;
}

gboolean
wuyou_key_insert (WuyouDbConn *conn, const WuyouKey *key, GError **error)
{
  WuyouDbStmt *stmt
      = wuyou_db_prepare (conn, "INSERT INTO customer_keys (purpose, id, wrapped) VALUES ($1, $2, $3)", error);

  if (stmt == NULL)
    return FALSE;
  wuyou_db_bind_text (stmt, 1, key->purpose);
  wuyou_db_bind_text (stmt, 2, key->id);
  wuyou_db_bind_blob (stmt, 3, key->wrapped, sizeof key->wrapped);
  return wuyou_db_step (stmt, error) == WUYOU_DB_DONE;
}

gboolean
wuyou_key_offer (WuyouDbConn *conn, const WuyouKey *key, gboolean *ret_taken, GError **error)
{
  WuyouDbStmt *stmt = wuyou_db_prepare (conn,
                                        "INSERT INTO customer_keys (purpose, id, wrapped) VALUES ($1, $2, $3) "
                                        "ON CONFLICT (purpose, id) DO NOTHING",
                                        error);

  if (stmt == NULL)
    return FALSE;
  wuyou_db_bind_text (stmt, 1, key->purpose);
  wuyou_db_bind_text (stmt, 2, key->id);
  wuyou_db_bind_blob (stmt, 3, key->wrapped, sizeof key->wrapped);
  if (wuyou_db_step (stmt, error) != WUYOU_DB_DONE)
    return FALSE;
  *ret_taken = wuyou_db_changes (conn) == 1;
  return TRUE;
}

gboolean
wuyou_key_check (WuyouDbConn *conn, const WuyouKey *key, GError **error)
{
  WuyouDbStmt *stmt = wuyou_db_query (conn, error, "SELECT 1 FROM customer_keys WHERE purpose = $1 AND id = $2", "tt",
                                      key->purpose, key->id);
  WuyouDbResult result = stmt != NULL ? wuyou_db_step (stmt, error) : WUYOU_DB_ERROR;

  if (result == WUYOU_DB_DONE)
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_STALE, "erased meanwhile");
  return result == WUYOU_DB_ROW;
}

WuyouKey *
wuyou_keys_unwrap (WuyouKeys *keys,
                   const char *purpose,
                   const char *id,
                   gconstpointer wrapped,
                   gsize length,
                   GError **error)
{
  WuyouKey *key = new_key (purpose, id);

  if (length == WRAPPED && unseal (get_domain (keys, purpose), id, wrapped, length, key->bytes)) {
    memcpy (key->wrapped, wrapped, WRAPPED);
    return key;
  }
  wuyou_key_unref (key);
  g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_CORRUPT, "The key %s/%s does not open", purpose, id);
  return NULL;
}

gboolean
_wuyou_keys_open_row (WuyouKeys *keys,
                      const char *purpose,
                      const char *id,
                      gconstpointer wrapped,
                      gsize wrapped_length,
                      const char *context,
                      gconstpointer sealed,
                      gsize *length,
                      guint8 *plain,
                      GError **error)
{
  guint8 key[WUYOU_KEY_BYTES];
  gboolean ok = wrapped_length == WRAPPED && unseal (get_domain (keys, purpose), id, wrapped, wrapped_length, key)
                && unseal (key, context, sealed, *length, plain);

  sodium_memzero (key, sizeof key);
  if (ok)
    *length -= NONCE + TAG;
  else
    g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_CORRUPT, "What was sealed for %s does not open", context);
  return ok;
}

WuyouKey *
wuyou_keys_load (WuyouKeys *keys, WuyouDbConn *conn, const char *purpose, const char *id, GError **error)
{
  WuyouDbStmt *stmt = wuyou_db_query (conn, error, "SELECT wrapped FROM customer_keys WHERE purpose = $1 AND id = $2",
                                      "tt", purpose, id);
  gconstpointer wrapped;
  gsize length;

  if (stmt == NULL || wuyou_db_step (stmt, error) != WUYOU_DB_ROW)
    return NULL;
  wrapped = wuyou_db_column_blob (stmt, 0, &length);
  return wuyou_keys_unwrap (keys, purpose, id, wrapped, length, error);
}

gboolean
wuyou_keys_destroy (WuyouDbConn *conn, const char *purpose, const char *id, gint64 now, GError **error)
{
  return wuyou_db_run (conn, error, "DELETE FROM customer_keys WHERE purpose = $1 AND id = $2", "tt", purpose, id)
         && wuyou_db_run (conn, error, "INSERT INTO erasures (purpose, id, erased_at) VALUES ($1, $2, $3)", "tti",
                          purpose, id, now);
}

const char *
wuyou_key_get_id (const WuyouKey *key)
{
  return key->id;
}

const char *
wuyou_key_get_purpose (const WuyouKey *key)
{
  return key->purpose;
}

WuyouKey *
wuyou_key_ref (WuyouKey *key)
{
  g_atomic_ref_count_inc (&key->refs);
  return key;
}

void
wuyou_key_unref (WuyouKey *key)
{
  if (!g_atomic_ref_count_dec (&key->refs))
    return;
  sodium_memzero (key->bytes, sizeof key->bytes);
  g_free (key->purpose);
  g_free (key->id);
  g_free (key);
}

GBytes *
wuyou_key_seal (const WuyouKey *key, const char *context, gconstpointer plain, gsize length)
{
  return seal_bytes (key->bytes, context, plain, length);
}

GBytes *
wuyou_key_unseal (const WuyouKey *key, const char *context, gconstpointer sealed, gsize length, GError **error)
{
  return unseal_bytes (key->bytes, context, sealed, length, error);
}

GBytes *
wuyou_keys_seal (WuyouKeys *keys, const char *purpose, const char *context, gconstpointer plain, gsize length)
{
  return seal_bytes (get_domain (keys, purpose), context, plain, length);
}

GBytes *
wuyou_keys_unseal (WuyouKeys *keys,
                   const char *purpose,
                   const char *context,
                   gconstpointer sealed,
                   gsize length,
                   GError **error)
{
  return unseal_bytes (get_domain (keys, purpose), context, sealed, length, error);
}

/* Parts are ended by NUL, so that "ab"+"c" is not "a"+"bc". */
static void
hash_parts (const guint8 *key, const char *const *parts, guint n_parts, guint8 *out, gsize length)
{
  crypto_generichash_state state;

  crypto_generichash_init (&state, key, WUYOU_KEY_BYTES, length);
  for (guint i = 0; i < n_parts; i++)
    crypto_generichash_update (&state, (const guint8 *) parts[i], strlen (parts[i]) + 1);
  crypto_generichash_final (&state, out, length);
}

char *
wuyou_keys_token (WuyouKeys *keys, const char *scope, const char *kind, const char *text)
{
  const char *const parts[] = { scope, kind, text };
  char *hex = g_malloc (17);
  guint8 hash[crypto_generichash_BYTES_MIN];

  hash_parts (keys->secrets->domains[PURPOSE_SEARCH], parts, 3, hash, sizeof hash);
  return sodium_bin2hex (hex, 17, hash, 8);
}

char *
wuyou_keys_digest (WuyouKeys *keys, const char *kind, const char *text)
{
  const char *const parts[] = { kind, text };
  char *hex = g_malloc (65);
  guint8 hash[32];

  hash_parts (keys->secrets->domains[PURPOSE_DIGEST], parts, 2, hash, sizeof hash);
  return sodium_bin2hex (hex, 65, hash, sizeof hash);
}

void
wuyou_keys_sign (WuyouKeys *keys, gconstpointer data, gsize length, guint8 ret_signature[64])
{
  crypto_sign_detached (ret_signature, NULL, data, length, keys->secrets->signing);
}

const guint8 *
wuyou_keys_get_public_key (WuyouKeys *keys)
{
  return keys->secrets->verifying;
}

const guint8 *
wuyou_keys_get_signing_key (WuyouKeys *keys)
{
  return keys->secrets->signing;
}

gboolean
wuyou_signature_verify (const guint8 public_key[32], const guint8 signature[64], gconstpointer data, gsize length)
{
  return crypto_sign_verify_detached (signature, data, length, public_key) == 0;
}
