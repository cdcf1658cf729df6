/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "consent/wuyou-agreement-import.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "base/wuyou-error.h"
#include "consent/wuyou-agreement-private.h"

#define MAX_CLAUSES 4000

static WuyouAgreementKind
guess_kind (const char *name)
{
  if (_wuyou_shape_is_annex (name))
    return WUYOU_AGREEMENT_ANNEX;
  if (strstr (name, "隐私") != NULL || strstr (name, "个人信息") != NULL)
    return WUYOU_AGREEMENT_PRIVACY;
  if (strstr (name, "用户") != NULL || strstr (name, "服务") != NULL || strstr (name, "使用") != NULL)
    return WUYOU_AGREEMENT_USER;
  return WUYOU_AGREEMENT_OTHER;
}

static guint
count_kind (const WuyouBundle *bundle, WuyouAgreementKind kind)
{
  guint count = 0;

  for (guint i = 0; i < bundle->documents->len; i++)
    count += wuyou_bundle_get_document (bundle, i)->kind == kind;
  return count;
}

/* UA, PA, X1: the same in every version, as it follows from kind and order alone. */
static char *
choose_code (const WuyouBundle *bundle, WuyouAgreementKind kind)
{
  static const char *const prefixes[] = {
    [WUYOU_AGREEMENT_USER] = "UA",
    [WUYOU_AGREEMENT_PRIVACY] = "PA",
    [WUYOU_AGREEMENT_ANNEX] = "X",
    [WUYOU_AGREEMENT_OTHER] = "OA",
  };
  guint ordinal = count_kind (bundle, kind) + 1;

  if (kind != WUYOU_AGREEMENT_ANNEX && ordinal == 1)
    return g_strdup (prefixes[kind]);
  return g_strdup_printf ("%s%u", prefixes[kind], ordinal);
}

static char *
strip_quotes (const char *title)
{
  if (g_str_has_prefix (title, "《") && g_str_has_suffix (title, "》"))
    return g_strndup (title + 3, strlen (title) - 6);
  return g_strdup (title);
}

/* The annex's own title often stands on the line below "附件 1". */
static char *
dup_title (const WuyouSource *source, guint index)
{
  const char *title = _wuyou_source_rest (source, _wuyou_source_block (source, index));
  const WuyouSourceBlock *next = _wuyou_source_block (source, index + 1);

  if (next != NULL && next->kind == WUYOU_CLAUSE_TITLE && !next->title)
    return g_strdup_printf ("%s %s", title, _wuyou_source_rest (source, next));
  return strip_quotes (title);
}

static gboolean
add_document (WuyouBundle *bundle,
              const WuyouSource *source,
              guint index,
              GBytes *file,
              gsize start,
              gsize end,
              GError **error)
{
  const WuyouSourceBlock *block = _wuyou_source_block (source, index);
  guint line = start == 0 ? 1 : _wuyou_source_line (source, block->first)->number;
  g_autofree char *title = dup_title (source, index);
  WuyouAgreementKind kind = guess_kind (_wuyou_source_rest (source, block));
  g_autofree char *code = choose_code (bundle, kind);
  g_autoptr (GBytes) text = g_bytes_new_from_bytes (file, start, end - start);
  g_autoptr (WuyouAgreement) document = _wuyou_agreement_new_at (kind, code, title, text, line, error);

  if (document == NULL)
    return FALSE;
  if (document->clauses->len > MAX_CLAUSES) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_INVALID, N_ ("The agreement has too many clauses."));
    return FALSE;
  }
  wuyou_bundle_add (bundle, document);
  return TRUE;
}

static GArray *
find_starts (const WuyouSource *source)
{
  GArray *starts = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < source->blocks->len; i++)
    if (_wuyou_source_block (source, i)->title)
      g_array_append_val (starts, i);
  return starts;
}

/* What stands above the first title belongs to the first document: no byte of the file is left out. */
static gboolean
split (WuyouBundle *bundle, const WuyouSource *source, GBytes *file, GError **error)
{
  g_autoptr (GArray) starts = find_starts (source);
  gsize start = 0;

  if (starts->len == 0) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_INVALID,
                         N_ ("No title was found. A document begins with its title on a line of its own."));
    return FALSE;
  }
  for (guint i = 0; i < starts->len; i++) {
    gsize end = g_bytes_get_size (file);

    if (i + 1 < starts->len) {
      const WuyouSourceBlock *next = _wuyou_source_block (source, g_array_index (starts, guint, i + 1));

      end = _wuyou_source_line (source, next->first)->start;
    }
    if (!add_document (bundle, source, g_array_index (starts, guint, i), file, start, end, error))
      return FALSE;
    start = end;
  }
  return TRUE;
}

static void
add_alias (WuyouBundle *bundle, guint first, const char *name)
{
  WuyouAgreementKind kind = guess_kind (name);
  gboolean user = strstr (name, "用户") != NULL && g_str_has_suffix (name, "协议");

  if (!_wuyou_shape_is_title (name) || (kind == WUYOU_AGREEMENT_USER && !user) || kind == WUYOU_AGREEMENT_OTHER)
    return;
  for (guint i = first; i < bundle->documents->len; i++) {
    WuyouAgreement *document = wuyou_bundle_get_document (bundle, i);

    if (document->kind != kind)
      continue;
    if (!g_str_equal (document->title, name)
        && !g_ptr_array_find_with_equal_func (document->aliases, name, g_str_equal, NULL))
      g_ptr_array_add (document->aliases, g_strdup (name));
    return;
  }
}

/* The text calls one document by several names (Z3); each 《…》 that is one of ours is kept as an alias. */
static void
find_aliases (WuyouBundle *bundle, guint first, const char *text)
{
  for (const char *open = strstr (text, "《"); open != NULL; open = strstr (open + 3, "《")) {
    const char *close = strstr (open, "》");
    g_autofree char *name = close != NULL ? g_strndup (open + 3, (gsize) (close - open) - 3) : NULL;

    if (name != NULL && g_utf8_strlen (name, -1) <= 40)
      add_alias (bundle, first, name);
  }
}

/* Documents that name no version of their own have that of the bundle, which is that of the first that names one. */
static void
inherit_version (WuyouBundle *bundle)
{
  for (guint i = 0; i < bundle->documents->len && bundle->version_label == NULL; i++) {
    const WuyouAgreement *document = wuyou_bundle_get_document (bundle, i);

    if (document->version_label == NULL)
      continue;
    bundle->version_label = g_strdup (document->version_label);
    bundle->effective_on = document->effective_on;
  }
  for (guint i = 0; i < bundle->documents->len; i++) {
    WuyouAgreement *document = wuyou_bundle_get_document (bundle, i);

    if (document->version_label != NULL || bundle->version_label == NULL)
      continue;
    document->version_label = g_strdup (bundle->version_label);
    document->effective_on = bundle->effective_on;
  }
  if (bundle->language == NULL)
    bundle->language = g_strdup (wuyou_bundle_get_document (bundle, 0)->language);
}

static gboolean
check_file (GBytes *file, GError **error)
{
  gsize length;
  const char *text = g_bytes_get_data (file, &length);

  if (length == 0)
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_INVALID, N_ ("The agreement is empty."));
  else if (length > WUYOU_AGREEMENT_MAX_BYTES)
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_INVALID,
                         N_ ("The agreement is too large; 4 MB is the limit."));
  else if (!g_utf8_validate_len (text, length, NULL))
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_INVALID,
                         N_ ("The agreement is not text in UTF-8. Save it as UTF-8 and try again."));
  else
    return TRUE;
  return FALSE;
}

gboolean
wuyou_agreement_import (WuyouBundle *bundle, GBytes *file, GError **error)
{
  guint first = bundle->documents->len;
  g_autoptr (WuyouSource) source = NULL;
  g_autofree char *text = NULL;

  if (!check_file (file, error))
    return FALSE;
  text = g_strndup (g_bytes_get_data (file, NULL), g_bytes_get_size (file));
  source = _wuyou_source_new (text, g_bytes_get_size (file));
  if (source->lines->len == 0) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_INVALID, N_ ("The agreement is empty."));
    return FALSE;
  }
  if (!split (bundle, source, file, error)) {
    g_ptr_array_set_size (bundle->documents, (int) first);
    return FALSE;
  }
  find_aliases (bundle, first, text);
  inherit_version (bundle);
  return TRUE;
}

static const WuyouClause *
find_unusable (const WuyouAgreement *document)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < document->clauses->len; i++) {
    const WuyouClause *clause = wuyou_agreement_get_clause (document, i);

    if (!_wuyou_clause_id_is_valid (clause->id, document->code) || !g_hash_table_add (seen, clause->id))
      return clause;
  }
  return NULL;
}

const WuyouClause *
wuyou_bundle_find_unusable_clause (const WuyouBundle *bundle)
{
  const WuyouClause *found = NULL;

  for (guint i = 0; i < bundle->documents->len && found == NULL; i++)
    found = find_unusable (wuyou_bundle_get_document (bundle, i));
  return found;
}

/* Else its day is lent by another document. */
static gboolean
names_version (const WuyouAgreement *document)
{
  for (guint i = 0; i < document->clauses->len; i++)
    if (wuyou_agreement_get_clause (document, i)->kind == WUYOU_CLAUSE_VERSION)
      return TRUE;
  return FALSE;
}

const WuyouAgreement *
wuyou_bundle_find_other_date (const WuyouBundle *bundle, WuyouDate date)
{
  for (guint i = 0; i < bundle->documents->len; i++) {
    const WuyouAgreement *document = wuyou_bundle_get_document (bundle, i);

    if (document->effective_on != WUYOU_DATE_NONE && document->effective_on != date && names_version (document))
      return document;
  }
  return NULL;
}
