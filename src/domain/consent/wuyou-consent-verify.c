/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <sodium.h>
#include <string.h>
#include <glib/gi18n-lib.h>

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"
#include "consent/wuyou-consent-package-private.h"
#include "consent/wuyou-consent-private.h"

typedef struct {
  JsonObject *json;
  guint8 key[WUYOU_SIGN_PUBLIC_BYTES];
  WuyouBundle *bundle;
  GPtrArray *records; /* WuyouConsent */
  GError *faults;
} Package;

static gboolean
read_hex (const char *hex, guint8 *bytes, gsize size)
{
  gsize length = 0;

  return hex != NULL && sodium_hex2bin (bytes, size, hex, strlen (hex), NULL, &length, NULL) == 0 && length == size;
}

static gboolean
fail_malformed (GError **error, const char *message)
{
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_MALFORMED, message);
  return FALSE;
}

static gboolean
open_package (Package *self, GBytes *bytes, GError **error)
{
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);

  if (length == 0 || length > WUYOU_PACKAGE_MAX_BYTES || sodium_init () < 0)
    return fail_malformed (error, "not a consent package");
  self->json = wuyou_json_parse_object (text, length, error);
  if (self->json == NULL)
    return FALSE;
  if (g_strcmp0 (wuyou_json_get_string (self->json, "format"), WUYOU_PACKAGE_FORMAT) != 0)
    return fail_malformed (error, "not a consent package of a known format");
  if (!read_hex (wuyou_json_get_string (self->json, "public_key"), self->key, sizeof self->key))
    return fail_malformed (error, "the package has no public key");
  return TRUE;
}

static void
check_key (Package *self, const char *expected)
{
  g_autofree char *fingerprint = wuyou_consent_dup_fingerprint (self->key);

  if (g_strcmp0 (fingerprint, wuyou_json_get_string (self->json, "key_fingerprint")) != 0)
    _wuyou_consent_refuse (&self->faults, "key_fingerprint", NULL,
                           N_ ("The key in the package does not have the fingerprint that the package names."));
  if (expected != NULL && g_ascii_strcasecmp (fingerprint, expected) != 0)
    _wuyou_consent_refuse (&self->faults, "key_fingerprint", NULL,
                           N_ ("The key in the package is not the operator's."));
}

static void
check_signature (Package *self)
{
  g_autofree char *message = _wuyou_package_dup_message (self->json);
  guint8 signature[crypto_sign_BYTES];

  if (!read_hex (wuyou_json_get_string (self->json, "package_signature"), signature, sizeof signature)
      || crypto_sign_verify_detached (signature, (const guint8 *) message, strlen (message), self->key) != 0)
    _wuyou_consent_refuse (&self->faults, "package_signature", NULL,
                           N_ ("The package was changed after it was written: its signature is wrong."));
}

static WuyouAgreement *
read_document (JsonObject *object)
{
  const char *kind_id = wuyou_json_get_string (object, "kind"), *code = wuyou_json_get_string (object, "code");
  const char *title = wuyou_json_get_string (object, "title"), *content = wuyou_json_get_string (object, "content");
  const WuyouEnum *kind = kind_id != NULL ? wuyou_enum_find (wuyou_agreement_kinds, kind_id) : NULL;
  const char *language = wuyou_json_get_string (object, "language");
  g_autoptr (GBytes) bytes = NULL;
  WuyouAgreement *document;
  guchar *data;
  gsize length;

  if (kind == NULL || code == NULL || title == NULL || content == NULL)
    return NULL;
  data = g_base64_decode (content, &length);
  bytes = g_bytes_new_take (data, length);
  document = wuyou_agreement_new ((WuyouAgreementKind) kind->value, code, title, bytes, NULL);
  if (document == NULL)
    return NULL;
  g_free (document->version_label);
  document->version_label = g_strdup (wuyou_json_get_string (object, "version_label"));
  document->effective_on = wuyou_date_parse (wuyou_json_get_string (object, "effective_on"));
  if (language != NULL) {
    g_free (document->language);
    document->language = g_strdup (language);
  }
  return document;
}

static void
read_documents (Package *self)
{
  JsonArray *documents = wuyou_json_get_array (self->json, "documents");

  self->bundle = wuyou_bundle_new ();
  for (guint i = 0; documents != NULL && i < json_array_get_length (documents); i++) {
    JsonObject *object = wuyou_json_array_get_object (documents, i);
    g_autoptr (WuyouAgreement) document = object != NULL ? read_document (object) : NULL;

    if (document != NULL)
      wuyou_bundle_add (self->bundle, document);
    else
      _wuyou_consent_refuse (&self->faults, "documents", NULL, N_ ("A document in the package cannot be read."));
  }
}

static void
read_records (Package *self)
{
  JsonArray *records = wuyou_json_get_array (self->json, "records");

  self->records = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_consent_free);
  for (guint i = 0; records != NULL && i < json_array_get_length (records); i++) {
    JsonObject *object = wuyou_json_array_get_object (records, i);
    g_autoptr (WuyouConsent) record = wuyou_consent_new ();

    if (object != NULL && wuyou_record_read_json (&wuyou_consent_type, record, object, WUYOU_CODEC_DEFAULT, NULL))
      g_ptr_array_add (self->records, g_steal_pointer (&record));
    else
      _wuyou_consent_refuse (&self->faults, "records", NULL, N_ ("A record in the package cannot be read."));
  }
  if (self->records->len == 0)
    _wuyou_consent_refuse (&self->faults, "records", NULL, N_ ("The package has no record of a consent."));
}

/* The texts in the package against what the record says was shown. */
static void
check_documents (Package *self, const WuyouConsent *record)
{
  g_autoptr (JsonNode) root
      = record->documents != NULL ? wuyou_json_parse (record->documents, strlen (record->documents), NULL) : NULL;
  JsonArray *named = root != NULL && JSON_NODE_HOLDS_ARRAY (root) ? json_node_get_array (root) : NULL;

  if (named == NULL || json_array_get_length (named) == 0)
    _wuyou_consent_refuse (&self->faults, "documents", "P-01",
                           N_ ("The record does not say which documents were shown."));
  for (guint i = 0; named != NULL && i < json_array_get_length (named); i++) {
    JsonObject *object = wuyou_json_array_get_object (named, i);
    const char *code = wuyou_json_get_string (object, "code");
    const WuyouAgreement *document = code != NULL ? wuyou_bundle_find_document (self->bundle, code) : NULL;
    g_autofree char *field = g_strconcat ("documents.", code != NULL ? code : "?", NULL);

    if (document == NULL)
      _wuyou_consent_refuse (&self->faults, field, "P-01", N_ ("A document that was agreed to is not in the package."));
    else if (g_strcmp0 (document->sha256, wuyou_json_get_string (object, "sha256")) != 0)
      _wuyou_consent_refuse (&self->faults, field, "P-01",
                             N_ ("The text of this document is not the one that was agreed to."));
  }
}

static void
take_faults (Package *self, GError *error)
{
  const GPtrArray *violations = wuyou_error_get_violations (error);

  for (guint i = 0; violations != NULL && i < violations->len; i++)
    wuyou_error_take_violation (&self->faults, g_error_copy (violations->pdata[i]));
  if (violations != NULL)
    g_error_free (error);
  else
    wuyou_error_take_violation (&self->faults, error);
}

static const WuyouConsent *
find_record (const Package *self, const char *id)
{
  for (guint i = 0; i < self->records->len; i++) {
    const WuyouConsent *record = self->records->pdata[i];

    if (g_strcmp0 (record->id, id) == 0)
      return record;
  }
  return NULL;
}

static void
check_link (Package *self, const WuyouConsent *record)
{
  const WuyouConsent *other = find_record (self, record->linked_id);

  if (record->linked_id == NULL || record->decision != WUYOU_DECISION_ACCEPTED)
    return;
  if (other == NULL)
    _wuyou_consent_refuse (&self->faults, "linked_id", "P-04",
                           N_ ("The record in the other capacity is not in the package."));
  else if (g_strcmp0 (other->linked_id, record->id) != 0 || other->capacity == record->capacity
           || g_strcmp0 (other->person_id, record->person_id) != 0
           || g_strcmp0 (other->bundle_hash, record->bundle_hash) != 0)
    _wuyou_consent_refuse (&self->faults, "linked_id", "P-04", N_ ("The two records do not belong together."));
}

static void
check_record (Package *self, const WuyouConsent *record)
{
  GError *error = NULL;

  if (!wuyou_consent_verify (record, self->key, &error))
    take_faults (self, g_steal_pointer (&error));
  if (!wuyou_consent_check (record, self->bundle, &error))
    take_faults (self, error);
  check_documents (self, record);
  check_link (self, record);
}

static void
add_line (GString *out, const char *label, const char *value)
{
  if (value != NULL && *value != '\0')
    g_string_append_printf (out, "%s: %s\n", label, value);
}

static void
summarise_record (GString *out, const WuyouConsent *record)
{
  g_autofree char *received = wuyou_instant_format_local (record->received_at);
  g_autofree char *dwell = g_strdup_printf ("%" G_GINT64_FORMAT " s", record->dwell_seconds);

  add_line (out, _ ("Record"), record->id);
  add_line (out, _ ("Decision"), _ (wuyou_enum_label (wuyou_decisions, record->decision)));
  add_line (out, _ ("Capacity"), _ (wuyou_enum_label (wuyou_capacities, record->capacity)));
  add_line (out, _ ("Person"), record->person_name);
  add_line (out, _ ("Organisation"), record->organisation_name);
  add_line (out, _ ("Cooperation agreement"), record->cooperation_agreement);
  add_line (out, _ ("Received"), received);
  add_line (out, _ ("Time of reading"), dwell);
  add_line (out, _ ("Label of the button"), record->button_label);
  add_line (out, _ ("Hash"), record->hash);
}

static char *
summarise (const Package *self)
{
  GString *out = g_string_new (NULL);
  g_autofree char *fingerprint = wuyou_consent_dup_fingerprint (self->key);

  for (guint i = 0; i < self->bundle->documents->len; i++) {
    const WuyouAgreement *document = wuyou_bundle_get_document (self->bundle, i);

    g_string_append_printf (out, "%s: %s %s, SHA-256 %s\n", _ ("Document"), document->title,
                            document->version_label != NULL ? document->version_label : "", document->sha256);
  }
  for (guint i = 0; i < self->records->len; i++)
    summarise_record (out, self->records->pdata[i]);
  add_line (out, _ ("Fingerprint of the key"), fingerprint);
  return g_string_free (out, FALSE);
}

static void
clear_package (Package *self)
{
  g_clear_pointer (&self->json, json_object_unref);
  g_clear_pointer (&self->bundle, wuyou_bundle_unref);
  g_clear_pointer (&self->records, g_ptr_array_unref);
}

gboolean
wuyou_consent_package_verify (GBytes *package, const char *fingerprint, char **ret_summary, GError **error)
{
  Package self = { NULL };
  gboolean right = open_package (&self, package, error);

  if (right) {
    check_key (&self, fingerprint);
    check_signature (&self);
    read_documents (&self);
    read_records (&self);
    for (guint i = 0; i < self.records->len; i++)
      check_record (&self, self.records->pdata[i]);
    right = self.faults == NULL;
    if (!right)
      g_propagate_error (error, self.faults);
    else if (ret_summary != NULL)
      *ret_summary = summarise (&self);
  }
  clear_package (&self);
  return right;
}
