/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "consent/wuyou-agreement.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "base/wuyou-error.h"
#include "base/wuyou-json.h"

static void
clear_bundle (WuyouBundle *self)
{
  g_free (self->id);
  g_free (self->audience);
  g_free (self->version_label);
  g_free (self->language);
  g_free (self->change_summary);
  g_free (self->previous_id);
  g_ptr_array_unref (self->documents);
}

WuyouBundle *
wuyou_bundle_new (void)
{
  WuyouBundle *self = g_atomic_rc_box_new0 (WuyouBundle);

  self->documents = g_ptr_array_new_with_free_func ((GDestroyNotify) wuyou_agreement_unref);
  return self;
}

WuyouBundle *
wuyou_bundle_ref (WuyouBundle *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
wuyou_bundle_unref (WuyouBundle *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) clear_bundle);
}

void
wuyou_bundle_add (WuyouBundle *self, WuyouAgreement *document)
{
  g_ptr_array_add (self->documents, wuyou_agreement_ref (document));
}

WuyouAgreement *
wuyou_bundle_get_document (const WuyouBundle *self, guint index)
{
  g_return_val_if_fail (index < self->documents->len, NULL);
  return self->documents->pdata[index];
}

WuyouAgreement *
wuyou_bundle_find_document (const WuyouBundle *self, const char *code)
{
  for (guint i = 0; i < self->documents->len; i++)
    if (g_strcmp0 (wuyou_bundle_get_document (self, i)->code, code) == 0)
      return wuyou_bundle_get_document (self, i);
  return NULL;
}

guint
wuyou_bundle_count_emphasis (const WuyouBundle *self)
{
  guint count = 0;

  for (guint i = 0; i < self->documents->len; i++)
    count += wuyou_agreement_count_emphasis (wuyou_bundle_get_document (self, i));
  return count;
}

/* One line a document, the version label last as the only member of free words. */
char *
wuyou_bundle_dup_hash (const WuyouBundle *self)
{
  g_autoptr (GString) text = g_string_new ("wuyou-bundle-1\n");

  for (guint i = 0; i < self->documents->len; i++) {
    const WuyouAgreement *document = wuyou_bundle_get_document (self, i);
    const char *version = document->version_label != NULL ? document->version_label : "";
    char date[11];

    wuyou_date_format (document->effective_on, date);
    g_string_append_printf (text, "%s|%s|%s|%" G_GSIZE_FORMAT "|%s|%s|%s\n",
                            wuyou_enum_id (wuyou_agreement_kinds, (int) document->kind), document->code, date,
                            wuyou_agreement_get_length (document), document->sha256, document->language, version);
  }
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) text->str, text->len);
}

void
wuyou_bundle_set_effective (WuyouBundle *self, WuyouDate date)
{
  self->effective_on = date;
  for (guint i = 0; i < self->documents->len; i++)
    wuyou_bundle_get_document (self, i)->effective_on = date;
}

gboolean
wuyou_bundle_check_complete (const WuyouBundle *self, GError **error)
{
  static const struct {
    WuyouAgreementKind kind;
    const char *sentence;
  } needed[] = {
    { WUYOU_AGREEMENT_USER, N_ ("The user agreement is missing, so nothing can be agreed to.") },
    { WUYOU_AGREEMENT_PRIVACY, N_ ("The privacy and processing agreement is missing, so nothing can be agreed to.") },
    { WUYOU_AGREEMENT_ANNEX, N_ ("The annex is missing, so nothing can be agreed to.") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (needed); i++) {
    gboolean found = FALSE;

    for (guint j = 0; j < self->documents->len; j++)
      found |= wuyou_bundle_get_document (self, j)->kind == needed[i].kind;
    if (!found) {
      g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_INVALID, needed[i].sentence);
      return FALSE;
    }
  }
  return TRUE;
}

static void
write_document (const WuyouAgreement *document, GString *out)
{
  g_autofree char *ids = wuyou_agreement_dup_clause_ids (document);
  gsize length = wuyou_agreement_get_length (document);
  g_autofree char *text = g_strndup (g_bytes_get_data (document->text, NULL), length);

  wuyou_json_begin_object (out, NULL);
  wuyou_json_add_string (out, "id", document->id);
  wuyou_json_add_string (out, "kind", wuyou_enum_id (wuyou_agreement_kinds, (int) document->kind));
  wuyou_json_add_string (out, "code", document->code);
  wuyou_json_add_string (out, "title", document->title);
  wuyou_json_begin_array (out, "aliases");
  for (guint i = 0; i < document->aliases->len; i++)
    wuyou_json_add_string (out, NULL, document->aliases->pdata[i]);
  wuyou_json_end_array (out);
  wuyou_json_add_string (out, "version_label", document->version_label);
  wuyou_json_add_date (out, "effective_on", document->effective_on);
  wuyou_json_add_string (out, "language", document->language);
  wuyou_json_add_string (out, "sha256", document->sha256);
  wuyou_json_add_int (out, "length", (gint64) length);
  wuyou_json_add_raw (out, "clause_ids", ids);
  wuyou_json_add_string (out, "text", text);
  wuyou_json_end_object (out);
}

void
wuyou_bundle_write_json (const WuyouBundle *self, GString *out)
{
  g_autofree char *hash = wuyou_bundle_dup_hash (self);

  wuyou_json_begin_object (out, NULL);
  wuyou_json_add_string (out, "id", self->id);
  wuyou_json_add_string (out, "hash", hash);
  wuyou_json_add_string (out, "audience", self->audience);
  wuyou_json_add_string (out, "version_label", self->version_label);
  wuyou_json_add_string (out, "language", self->language);
  wuyou_json_add_date (out, "effective_on", self->effective_on);
  wuyou_json_add_instant (out, "published_at", self->published_at);
  wuyou_json_add_boolean (out, "material", self->material);
  wuyou_json_add_string (out, "change_summary", self->change_summary);
  wuyou_json_add_string (out, "previous_id", self->previous_id);
  wuyou_json_begin_array (out, "documents");
  for (guint i = 0; i < self->documents->len; i++)
    write_document (wuyou_bundle_get_document (self, i), out);
  wuyou_json_end_array (out);
  wuyou_json_end_object (out);
}

static void
replace_text (char **to, const char *value)
{
  g_free (*to);
  *to = g_strdup (value);
}

static void
read_aliases (WuyouAgreement *document, JsonArray *aliases)
{
  for (guint i = 0; aliases != NULL && i < json_array_get_length (aliases); i++) {
    JsonNode *node = json_array_get_element (aliases, i);

    if (json_node_get_value_type (node) == G_TYPE_STRING)
      g_ptr_array_add (document->aliases, json_node_dup_string (node));
  }
}

static WuyouAgreement *
read_document (JsonObject *object, GError **error)
{
  const char *text = wuyou_json_get_string (object, "text");
  const WuyouEnum *kind = wuyou_enum_find (wuyou_agreement_kinds, wuyou_json_get_string (object, "kind"));
  const char *code = wuyou_json_get_string (object, "code"), *title = wuyou_json_get_string (object, "title");
  JsonArray *ids = wuyou_json_get_array (object, "clause_ids");
  g_autoptr (WuyouAgreement) document = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (text == NULL || kind == NULL || code == NULL || title == NULL || ids == NULL) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_MALFORMED, "document of a bundle is incomplete");
    return NULL;
  }
  bytes = g_bytes_new (text, strlen (text));
  document = wuyou_agreement_new ((WuyouAgreementKind) kind->value, code, title, bytes, error);
  if (document == NULL || !wuyou_agreement_set_clause_ids (document, ids, error))
    return NULL;
  if (g_strcmp0 (document->sha256, wuyou_json_get_string (object, "sha256")) != 0) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_CORRUPT, "text of an agreement does not match its hash");
    return NULL;
  }
  document->id = g_strdup (wuyou_json_get_string (object, "id"));
  replace_text (&document->version_label, wuyou_json_get_string (object, "version_label"));
  if (wuyou_json_get_string (object, "language") != NULL)
    replace_text (&document->language, wuyou_json_get_string (object, "language"));
  document->effective_on = wuyou_date_parse (wuyou_json_get_string (object, "effective_on"));
  read_aliases (document, wuyou_json_get_array (object, "aliases"));
  return g_steal_pointer (&document);
}

static gboolean
read_documents (WuyouBundle *self, JsonArray *documents, GError **error)
{
  for (guint i = 0; documents != NULL && i < json_array_get_length (documents); i++) {
    JsonObject *object = wuyou_json_array_get_object (documents, i);
    g_autoptr (WuyouAgreement) document = NULL;

    if (object == NULL) {
      g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_MALFORMED, "documents of a bundle are objects");
      return FALSE;
    }
    document = read_document (object, error);
    if (document == NULL)
      return FALSE;
    wuyou_bundle_add (self, document);
  }
  return TRUE;
}

WuyouBundle *
wuyou_bundle_read_json (JsonObject *object, GError **error)
{
  g_autoptr (WuyouBundle) self = wuyou_bundle_new ();
  g_autofree char *hash = NULL;

  if (!read_documents (self, wuyou_json_get_array (object, "documents"), error))
    return NULL;
  self->id = g_strdup (wuyou_json_get_string (object, "id"));
  self->audience = g_strdup (wuyou_json_get_string (object, "audience"));
  self->version_label = g_strdup (wuyou_json_get_string (object, "version_label"));
  self->language = g_strdup (wuyou_json_get_string (object, "language"));
  self->effective_on = wuyou_date_parse (wuyou_json_get_string (object, "effective_on"));
  self->published_at = wuyou_instant_parse (wuyou_json_get_string (object, "published_at"));
  self->material = wuyou_json_get_boolean (object, "material");
  self->change_summary = g_strdup (wuyou_json_get_string (object, "change_summary"));
  self->previous_id = g_strdup (wuyou_json_get_string (object, "previous_id"));
  hash = wuyou_bundle_dup_hash (self);
  if (g_strcmp0 (hash, wuyou_json_get_string (object, "hash")) != 0) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_CORRUPT, "bundle does not match its hash");
    return NULL;
  }
  return g_steal_pointer (&self);
}
