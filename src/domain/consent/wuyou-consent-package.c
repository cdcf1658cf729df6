/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "consent/wuyou-consent-package.h"

#include <sodium.h>
#include <string.h>
#include <glib/gi18n-lib.h>

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "consent/wuyou-consent-package-private.h"

static const char *const readme[] = {
  "This file proves that a person read and accepted (or declined) the agreements it contains.",
  "Check it with: wuyouctl consent verify FILE. No server and no database is needed.",
  "By hand: every document's content, decoded from base64, has the SHA-256 that the records name; a record's hash is",
  "SHA-256 of the line \"wuyou-consent-1\" and the record as canonical JSON (keys sorted, no blanks) without its hash",
  "and signature; its signature is Ed25519 over the same bytes; package_signature is Ed25519 over the line",
  "\"wuyou-consent-package-1\" and this file as canonical JSON without package_signature.",
  "Compare key_fingerprint (SHA-256 of the public key) with the one the operator publishes.",
  "本文件证明某人已阅读并同意（或不同意）其中所载的协议，可用 wuyouctl consent verify 离线核验；"
  "请将 key_fingerprint 与运营者公布的指纹核对。",
};

char *
_wuyou_package_dup_message (JsonObject *package)
{
  g_autoptr (JsonObject) copy = json_object_new ();
  g_autoptr (JsonNode) node = json_node_alloc ();
  g_autofree char *canonical = NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  json_object_iter_init (&iter, package);
  while (json_object_iter_next (&iter, &name, &member))
    if (!g_str_equal (name, "package_signature"))
      json_object_set_member (copy, name, json_node_ref (member));
  json_node_init_object (node, copy);
  canonical = wuyou_json_canonical (node);
  return g_strconcat (WUYOU_PACKAGE_FORMAT "\n", canonical, NULL);
}

static void
write_document (const WuyouAgreement *document, GString *out)
{
  gsize length;
  const guchar *bytes = g_bytes_get_data (document->text, &length);
  g_autofree char *content = g_base64_encode (bytes, length);
  g_autofree char *ids = wuyou_agreement_dup_clause_ids (document);

  wuyou_json_begin_object (out, NULL);
  wuyou_json_add_string (out, "id", document->id);
  wuyou_json_add_string (out, "kind", wuyou_enum_id (wuyou_agreement_kinds, (int) document->kind));
  wuyou_json_add_string (out, "code", document->code);
  wuyou_json_add_string (out, "title", document->title);
  wuyou_json_add_string (out, "version_label", document->version_label);
  wuyou_json_add_date (out, "effective_on", document->effective_on);
  wuyou_json_add_string (out, "language", document->language);
  wuyou_json_add_string (out, "sha256", document->sha256);
  wuyou_json_add_int (out, "length", (gint64) length);
  wuyou_json_add_raw (out, "clause_ids", ids);
  wuyou_json_add_string (out, "content", content);
  wuyou_json_end_object (out);
}

static void
write_key (const guint8 *secret, GString *out)
{
  const guint8 *public_key = secret + WUYOU_SIGN_SECRET_BYTES - WUYOU_SIGN_PUBLIC_BYTES;
  g_autofree char *fingerprint = wuyou_consent_dup_fingerprint (public_key);
  char hex[2 * WUYOU_SIGN_PUBLIC_BYTES + 1];

  wuyou_json_add_string (out, "public_key", sodium_bin2hex (hex, sizeof hex, public_key, WUYOU_SIGN_PUBLIC_BYTES));
  wuyou_json_add_string (out, "key_fingerprint", fingerprint);
}

static void
write_contents (const GPtrArray *records, const WuyouBundle *bundle, const char *audit_json, GString *out)
{
  wuyou_json_begin_array (out, "documents");
  for (guint i = 0; i < bundle->documents->len; i++)
    write_document (wuyou_bundle_get_document (bundle, i), out);
  wuyou_json_end_array (out);
  wuyou_json_begin_array (out, "records");
  for (guint i = 0; i < records->len; i++) {
    g_autoptr (GString) record = g_string_new (NULL);

    wuyou_record_write_json (&wuyou_consent_type, records->pdata[i], WUYOU_CODEC_DEFAULT, record);
    wuyou_json_add_raw (out, NULL, record->str);
  }
  wuyou_json_end_array (out);
  wuyou_json_add_raw (out, "audit", audit_json != NULL ? audit_json : "[]");
}

static gboolean
sign (GString *out, const guint8 *secret, GError **error)
{
  g_autofree char *closed = g_strconcat (out->str, "}", NULL), *message = NULL;
  g_autoptr (JsonObject) package = wuyou_json_parse_object (closed, strlen (closed), error);
  guint8 signature[crypto_sign_BYTES];
  char hex[2 * crypto_sign_BYTES + 1];

  if (package == NULL)
    return FALSE;
  message = _wuyou_package_dup_message (package);
  crypto_sign_detached (signature, NULL, (const guint8 *) message, strlen (message), secret);
  wuyou_json_add_string (out, "package_signature", sodium_bin2hex (hex, sizeof hex, signature, sizeof signature));
  wuyou_json_end_object (out);
  return TRUE;
}

static gboolean
check_records (const GPtrArray *records, const WuyouBundle *bundle, GError **error)
{
  g_autofree char *hash = wuyou_bundle_dup_hash (bundle);
  gboolean fits = records->len > 0;

  for (guint i = 0; i < records->len; i++) {
    const WuyouConsent *record = records->pdata[i];

    fits = fits && g_strcmp0 (record->bundle_hash, hash) == 0 && record->signature != NULL;
  }
  if (!fits)
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_INVALID,
                         N_ ("These records are not about these agreements, or are not signed."));
  return fits;
}

GBytes *
wuyou_consent_package_write (const GPtrArray *records,
                             const WuyouBundle *bundle,
                             const char *audit_json,
                             const guint8 *secret,
                             gint64 now,
                             GError **error)
{
  g_autoptr (GString) out = g_string_new (NULL);

  if (!check_records (records, bundle, error) || sodium_init () < 0)
    return NULL;
  wuyou_json_begin_object (out, NULL);
  wuyou_json_add_string (out, "format", WUYOU_PACKAGE_FORMAT);
  wuyou_json_begin_array (out, "readme");
  for (gsize i = 0; i < G_N_ELEMENTS (readme); i++)
    wuyou_json_add_string (out, NULL, readme[i]);
  wuyou_json_end_array (out);
  wuyou_json_add_instant (out, "exported_at", now);
  write_key (secret, out);
  write_contents (records, bundle, audit_json, out);
  if (!sign (out, secret, error))
    return NULL;
  g_string_append_c (out, '\n');
  return g_string_free_to_bytes (g_steal_pointer (&out));
}
