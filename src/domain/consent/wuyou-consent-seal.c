/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <sodium.h>
#include <string.h>
#include <glib/gi18n-lib.h>

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "consent/wuyou-consent-private.h"

/* Hashed and signed in front of the record, so that no other signed text of ours can pass for a consent. */
#define PREFIX "wuyou-consent-1\n"

static char *
dup_message (const WuyouConsent *self)
{
  g_autofree char *canonical = wuyou_consent_dup_canonical (self);

  return g_strconcat (PREFIX, canonical, NULL);
}

char *
wuyou_consent_dup_canonical (const WuyouConsent *self)
{
  g_autoptr (WuyouConsent) copy = wuyou_consent_new ();
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (JsonNode) node = NULL;

  wuyou_record_copy (&wuyou_consent_type, self, copy);
  g_clear_pointer (&copy->hash, g_free);
  g_clear_pointer (&copy->signature, g_free);
  wuyou_record_write_json (&wuyou_consent_type, copy, WUYOU_CODEC_DEFAULT, out);
  node = wuyou_json_parse (out->str, out->len, NULL);
  g_return_val_if_fail (node != NULL, g_strdup (""));
  return wuyou_json_canonical (node);
}

char *
wuyou_consent_dup_fingerprint (const guint8 *public_key)
{
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, public_key, WUYOU_SIGN_PUBLIC_BYTES);
}

static void
replace_text (char **to, char *value)
{
  g_free (*to);
  *to = value;
}

/* An Ed25519 secret of libsodium ends with its public key. */
void
wuyou_consent_seal (WuyouConsent *self, const char *previous_hash, const guint8 *secret)
{
  guint8 signature[crypto_sign_BYTES];
  char hex[2 * crypto_sign_BYTES + 1];
  g_autofree char *message = NULL;

  g_return_if_fail (sodium_init () >= 0);
  replace_text (&self->previous_hash, g_strdup (previous_hash != NULL ? previous_hash : WUYOU_CONSENT_FIRST_HASH));
  replace_text (&self->key_fingerprint,
                wuyou_consent_dup_fingerprint (secret + WUYOU_SIGN_SECRET_BYTES - WUYOU_SIGN_PUBLIC_BYTES));
  message = dup_message (self);
  crypto_sign_detached (signature, NULL, (const guint8 *) message, strlen (message), secret);
  replace_text (&self->hash, g_compute_checksum_for_string (G_CHECKSUM_SHA256, message, -1));
  replace_text (&self->signature, g_strdup (sodium_bin2hex (hex, sizeof hex, signature, sizeof signature)));
}

static gboolean
verify_signature (const char *message, const char *hex, const guint8 *public_key)
{
  guint8 signature[crypto_sign_BYTES];
  gsize length = 0;

  return hex != NULL && sodium_init () >= 0
         && sodium_hex2bin (signature, sizeof signature, hex, strlen (hex), NULL, &length, NULL) == 0
         && length == sizeof signature
         && crypto_sign_verify_detached (signature, (const guint8 *) message, strlen (message), public_key) == 0;
}

gboolean
wuyou_consent_verify (const WuyouConsent *self, const guint8 *public_key, GError **error)
{
  g_autofree char *message = dup_message (self), *fingerprint = wuyou_consent_dup_fingerprint (public_key);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, message, -1);
  GError *all = NULL;

  if (g_strcmp0 (hash, self->hash) != 0)
    _wuyou_consent_refuse (&all, "hash", NULL, N_ ("The record was changed: its hash does not fit its contents."));
  if (g_strcmp0 (fingerprint, self->key_fingerprint) != 0)
    _wuyou_consent_refuse (&all, "key_fingerprint", NULL,
                           N_ ("The record names another key than the one it is checked with."));
  if (!verify_signature (message, self->signature, public_key))
    _wuyou_consent_refuse (&all, "signature", NULL, N_ ("The signature of the record is wrong."));
  if (all == NULL)
    return TRUE;
  g_propagate_error (error, all);
  return FALSE;
}
