/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "consent/wuyou-agreement-private.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "base/wuyou-error.h"

const WuyouEnum wuyou_agreement_kinds[] = {
  { WUYOU_AGREEMENT_USER, "USER_AGREEMENT", N_ ("User agreement") },
  { WUYOU_AGREEMENT_PRIVACY, "PRIVACY_AGREEMENT", N_ ("Privacy and processing agreement") },
  { WUYOU_AGREEMENT_ANNEX, "ANNEX", N_ ("Annex") },
  { WUYOU_AGREEMENT_OTHER, "OTHER_AGREEMENT", N_ ("Agreement") },
  { 0 },
};

static void
clear_agreement (WuyouAgreement *self)
{
  g_free (self->id);
  g_free (self->code);
  g_free (self->title);
  g_ptr_array_unref (self->aliases);
  g_free (self->version_label);
  g_free (self->language);
  g_bytes_unref (self->text);
  g_clear_pointer (&self->clauses, g_ptr_array_unref);
}

WuyouAgreement *
wuyou_agreement_ref (WuyouAgreement *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
wuyou_agreement_unref (WuyouAgreement *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) clear_agreement);
}

/* Version and date as the text itself states them. */
static void
read_version (WuyouAgreement *self, const char *text)
{
  g_autoptr (GRegex) label = g_regex_new ("第\\s*[0-9一二三四五六七八九十百]+\\s*版", 0, 0, NULL);
  g_autoptr (GRegex) date = g_regex_new ("(\\d{4})\\s*年\\s*(\\d{1,2})\\s*月\\s*(\\d{1,2})\\s*日", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL, day = NULL;

  if (g_regex_match (label, text, 0, &match))
    self->version_label = g_match_info_fetch (match, 0);
  if (g_regex_match (date, text, 0, &day)) {
    g_autofree char *y = g_match_info_fetch (day, 1), *m = g_match_info_fetch (day, 2),
                    *d = g_match_info_fetch (day, 3);

    self->effective_on = wuyou_date_new ((int) g_ascii_strtoll (y, NULL, 10), (int) g_ascii_strtoll (m, NULL, 10),
                                         (int) g_ascii_strtoll (d, NULL, 10));
  }
}

static void
read_versions (WuyouAgreement *self)
{
  for (guint i = 0; i < self->clauses->len && self->version_label == NULL; i++) {
    const WuyouClause *clause = wuyou_agreement_get_clause (self, i);
    g_autofree char *text = clause->kind == WUYOU_CLAUSE_VERSION ? wuyou_clause_dup_text (clause) : NULL;

    if (text != NULL)
      read_version (self, text);
  }
}

static gboolean
check_text (GBytes *bytes, GError **error)
{
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);

  if (length == 0)
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_INVALID, N_ ("The agreement is empty."));
  else if (!g_utf8_validate_len (text, length, NULL))
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_INVALID,
                         N_ ("The agreement is not text in UTF-8. Save it as UTF-8 and try again."));
  else
    return TRUE;
  return FALSE;
}

WuyouAgreement *
_wuyou_agreement_new_at (WuyouAgreementKind kind,
                         const char *code,
                         const char *title,
                         GBytes *text,
                         guint first_line,
                         GError **error)
{
  g_autoptr (WuyouAgreement) self = NULL;
  g_autoptr (WuyouSource) source = NULL;
  g_autofree char *copy = NULL, *hash = NULL;
  gsize length;

  if (!check_text (text, error))
    return NULL;
  self = g_atomic_rc_box_new0 (WuyouAgreement);
  self->kind = kind;
  self->code = g_strdup (code);
  self->title = g_strdup (title);
  self->aliases = g_ptr_array_new_with_free_func (g_free);
  self->language = g_strdup ("zh-CN");
  self->text = g_bytes_ref (text);
  hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, text);
  g_strlcpy (self->sha256, hash, sizeof self->sha256);
  length = g_bytes_get_size (text);
  copy = g_strndup (g_bytes_get_data (text, NULL), length);
  source = _wuyou_source_new (copy, length);
  self->clauses = _wuyou_clauses_parse (source, copy, first_line, code, error);
  if (self->clauses == NULL)
    return NULL;
  read_versions (self);
  return g_steal_pointer (&self);
}

WuyouAgreement *
wuyou_agreement_new (WuyouAgreementKind kind, const char *code, const char *title, GBytes *text, GError **error)
{
  return _wuyou_agreement_new_at (kind, code, title, text, 1, error);
}

gsize
wuyou_agreement_get_length (const WuyouAgreement *self)
{
  return g_bytes_get_size (self->text);
}

const WuyouClause *
wuyou_agreement_get_clause (const WuyouAgreement *self, guint index)
{
  g_return_val_if_fail (index < self->clauses->len, NULL);
  return self->clauses->pdata[index];
}

int
wuyou_agreement_find_clause (const WuyouAgreement *self, const char *id)
{
  for (guint i = 0; i < self->clauses->len; i++)
    if (g_strcmp0 (wuyou_agreement_get_clause (self, i)->id, id) == 0)
      return (int) i;
  return -1;
}

guint
wuyou_agreement_count_emphasis (const WuyouAgreement *self)
{
  guint count = 0;

  for (guint i = 0; i < self->clauses->len; i++) {
    const WuyouClause *clause = wuyou_agreement_get_clause (self, i);

    for (guint j = 0; j < clause->spans->len; j++) {
      const WuyouSpan *span = &g_array_index (clause->spans, WuyouSpan, j);

      count += span->bold || span->underline;
    }
  }
  return count;
}

char *
wuyou_clause_dup_text (const WuyouClause *clause)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < clause->spans->len; i++)
    g_string_append (text, g_array_index (clause->spans, WuyouSpan, i).text);
  return g_string_free (text, FALSE);
}

char *
wuyou_clause_dup_label (const WuyouClause *clause)
{
  g_autofree char *text = wuyou_clause_dup_text (clause);

  return *clause->number == '\0' ? g_steal_pointer (&text) : g_strdup_printf ("%s %s", clause->number, text);
}

char *
wuyou_agreement_dup_clause_ids (const WuyouAgreement *self)
{
  GString *out = g_string_new ("[");

  for (guint i = 0; i < self->clauses->len; i++)
    g_string_append_printf (out, "%s\"%s\"", i > 0 ? "," : "", wuyou_agreement_get_clause (self, i)->id);
  g_string_append_c (out, ']');
  return g_string_free (out, FALSE);
}

gboolean
_wuyou_clause_id_is_valid (const char *id, const char *code)
{
  gsize prefix = strlen (code);

  if (id == NULL || strlen (id) > 60 || strncmp (id, code, prefix) != 0 || id[prefix] != '-' || id[prefix + 1] == '\0')
    return FALSE;
  for (const char *c = id; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && *c != '-' && *c != '.')
      return FALSE;
  return TRUE;
}

static gboolean
check_ids (const WuyouAgreement *self, JsonArray *ids, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  if (json_array_get_length (ids) != self->clauses->len) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_INVALID,
                         N_ ("The clause ids do not fit the clauses of the text."));
    return FALSE;
  }
  for (guint i = 0; i < self->clauses->len; i++) {
    JsonNode *node = json_array_get_element (ids, i);
    const char *id = json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;

    if (!_wuyou_clause_id_is_valid (id, self->code) || !g_hash_table_add (seen, (gpointer) id)) {
      g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_INVALID,
                           N_ ("A clause id is not of this document or stands twice."));
      return FALSE;
    }
  }
  return TRUE;
}

gboolean
wuyou_agreement_set_clause_ids (WuyouAgreement *self, JsonArray *ids, GError **error)
{
  if (!check_ids (self, ids, error))
    return FALSE;
  for (guint i = 0; i < self->clauses->len; i++) {
    WuyouClause *clause = self->clauses->pdata[i];

    g_free (clause->id);
    clause->id = g_strdup (json_array_get_string_element (ids, i));
  }
  return TRUE;
}
