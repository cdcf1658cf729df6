/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "consent/wuyou-agreement-private.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "base/wuyou-error.h"
#include "base/wuyou-text.h"

/* Emphasis lives on over the border of lines and clauses until it is closed. */
typedef struct {
  const char *text;
  guint first_line;
  gboolean bold, underline;
  guint bold_line, underline_line;
  GArray *spans;
  GString *run;
  guint stray_line; /* a </u> that closes nothing; 0 when all is well */
} Reader;

static void
clear_span (gpointer data)
{
  g_free (((WuyouSpan *) data)->text);
}

void
_wuyou_clause_free (WuyouClause *clause)
{
  g_free (clause->id);
  g_free (clause->number);
  g_free (clause->marker);
  g_array_unref (clause->spans);
  g_free (clause);
}

static void
flush_run (Reader *reader)
{
  WuyouSpan *last = reader->spans->len > 0 ? &g_array_index (reader->spans, WuyouSpan, reader->spans->len - 1) : NULL;
  WuyouSpan span = { NULL, reader->bold, reader->underline };

  if (reader->run->len == 0)
    return;
  if (last != NULL && last->bold == span.bold && last->underline == span.underline) {
    g_autofree char *head = last->text;

    last->text = g_strconcat (head, reader->run->str, NULL);
  } else {
    span.text = g_strdup (reader->run->str);
    g_array_append_val (reader->spans, span);
  }
  g_string_truncate (reader->run, 0);
}

/* Consumes one emphasis mark; 0 when there is none. */
static gsize
read_mark (Reader *reader, const char *at, guint line)
{
  if (g_str_has_prefix (at, "**")) {
    flush_run (reader);
    reader->bold = !reader->bold;
    reader->bold_line = line;
    return 2;
  }
  if (g_str_has_prefix (at, "<u>")) {
    flush_run (reader);
    reader->underline = TRUE;
    reader->underline_line = line;
    return 3;
  }
  if (g_str_has_prefix (at, "</u>")) {
    flush_run (reader);
    if (!reader->underline && reader->stray_line == 0)
      reader->stray_line = line;
    reader->underline = FALSE;
    return 4;
  }
  return 0;
}

/* @skip bytes of visible text at the beginning are marker and number, kept elsewhere. */
static void
read_line (Reader *reader, const WuyouSourceLine *line, gsize skip)
{
  gsize left = strlen (line->plain), seen = 0;
  gboolean begun = FALSE;

  for (gsize at = line->start; at < line->end;) {
    gsize mark = read_mark (reader, reader->text + at, reader->first_line + line->number - 1);
    const char *c = reader->text + at;
    gsize length = (gsize) (g_utf8_next_char (c) - c);
    gunichar u = g_utf8_get_char (c);

    if (mark > 0) {
      at += mark;
      continue;
    }
    at += length;
    begun |= !(g_unichar_isspace (u) || u == 0xfeff);
    if (!begun || seen >= left)
      continue;
    if (seen >= skip)
      g_string_append_len (reader->run, c, (gssize) length);
    seen += length;
  }
}

static void
join_lines (Reader *reader, const WuyouSourceLine *before, const WuyouSourceLine *line)
{
  switch (_wuyou_source_join (before->plain, line->plain)) {
  case WUYOU_JOIN_SPACE:
    g_string_append_c (reader->run, ' ');
    break;
  case WUYOU_JOIN_BREAK:
    g_string_append_c (reader->run, '\n');
    break;
  case WUYOU_JOIN_GLUE:
    break;
  }
}

static gboolean
is_key (const WuyouClause *clause)
{
  if (clause->kind == WUYOU_CLAUSE_TITLE || clause->kind == WUYOU_CLAUSE_HEADING
      || clause->kind == WUYOU_CLAUSE_VERSION)
    return FALSE;
  for (guint i = 0; i < clause->spans->len; i++) {
    const WuyouSpan *span = &g_array_index (clause->spans, WuyouSpan, i);

    if (span->bold || span->underline)
      return TRUE;
  }
  return FALSE;
}

static WuyouClause *
read_block (Reader *reader, const WuyouSource *source, const WuyouSourceBlock *block)
{
  WuyouClause *clause = g_new0 (WuyouClause, 1);

  reader->spans = g_array_new (FALSE, FALSE, sizeof (WuyouSpan));
  g_array_set_clear_func (reader->spans, clear_span);
  for (guint i = 0; i < block->count; i++) {
    const WuyouSourceLine *line = _wuyou_source_line (source, block->first + i);

    if (i > 0)
      join_lines (reader, _wuyou_source_line (source, block->first + i - 1), line);
    read_line (reader, line, i == 0 ? block->skip : 0);
    clause->end = line->end;
  }
  flush_run (reader);
  clause->number = g_strdup (block->number);
  clause->marker = g_strdup (block->marker);
  clause->kind = block->kind;
  clause->level = block->level;
  clause->spans = reader->spans;
  clause->start = _wuyou_source_line (source, block->first)->start;
  clause->key = is_key (clause);
  return clause;
}

static gboolean
check_closed (const Reader *reader, GError **error)
{
  g_autofree char *where = NULL;
  guint line = reader->bold ? reader->bold_line : reader->underline ? reader->underline_line : reader->stray_line;

  if (line == 0)
    return TRUE;
  g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_INVALID,
                       reader->bold ? N_ ("Bold text that begins with ** is never closed in its document.")
                       : reader->underline
                           ? N_ ("Underlined text that begins with <u> is never closed in its document.")
                           : N_ ("Underlining is closed with </u> where none was begun."));
  where = g_strdup_printf ("line %u", line);
  if (error != NULL)
    wuyou_error_set_field (*error, where, NULL);
  return FALSE;
}

GPtrArray *
_wuyou_clauses_parse (const WuyouSource *source, const char *text, guint first_line, const char *code, GError **error)
{
  g_autoptr (GPtrArray) clauses = g_ptr_array_new_with_free_func ((GDestroyNotify) _wuyou_clause_free);
  g_autoptr (GString) run = g_string_new (NULL);
  Reader reader = { .text = text, .first_line = first_line, .run = run };

  for (guint i = 0; i < source->blocks->len; i++)
    g_ptr_array_add (clauses, read_block (&reader, source, _wuyou_source_block (source, i)));
  if (!check_closed (&reader, error))
    return NULL;
  _wuyou_clauses_name (clauses, code);
  return g_steal_pointer (&clauses);
}

/* Natural ids: "UA-3", "UA-3.5", "PA-14.1.a", "PA-13.p2"; where text repeats a number, "UA-3.5a" and "UA-3.5b". */
typedef struct {
  const char *code;
  char *holder; /* id of the last 第N条 or 3.5: numbers 1. 2. 3. below belong to it */
  char *anchor; /* paragraphs below belong to it */
  char *list;   /* letters below belong to it */
  GHashTable *counts;
  guint headings;
} Namer;

static guint
count_under (Namer *namer, const char *kind, const char *parent)
{
  char *key = g_strconcat (kind, parent, NULL);
  guint count = GPOINTER_TO_UINT (g_hash_table_lookup (namer->counts, key)) + 1;

  g_hash_table_replace (namer->counts, key, GUINT_TO_POINTER (count));
  return count;
}

static char *
name_heading (Namer *namer, const WuyouClause *clause)
{
  int number = _wuyou_shape_number (clause->number);
  char *id;

  if (number < 0)
    id = g_strdup_printf ("%s-h%u", namer->code, ++namer->headings);
  else if (clause->level == 1 || namer->holder == NULL)
    id = g_strdup_printf ("%s-%d", namer->code, number);
  else
    id = g_strdup_printf ("%s.%d", namer->holder, number);
  if (clause->level == 1)
    wuyou_text_set (&namer->holder, id);
  wuyou_text_set (&namer->anchor, id);
  wuyou_text_set (&namer->list, id);
  return id;
}

static char *
name_numbered (Namer *namer, const WuyouClause *clause)
{
  gsize digits = strspn (clause->number, "0123456789.");
  g_autofree char *number = g_strndup (clause->number, digits);
  char *id;

  if (g_str_has_suffix (number, "."))
    number[digits - 1] = '\0';
  if (digits == 0)
    id = g_strdup_printf ("%s-%d", namer->code, _wuyou_shape_number (clause->number));
  else
    id = g_strdup_printf ("%s-%s", namer->code, number);
  wuyou_text_set (&namer->holder, id);
  wuyou_text_set (&namer->anchor, id);
  wuyou_text_set (&namer->list, id);
  return id;
}

static char *
name_item (Namer *namer, const WuyouClause *clause)
{
  int number = _wuyou_shape_number (clause->number);
  const char *parent = clause->level == 2 ? namer->holder : namer->list;
  const char *letter = clause->number;
  char *id;

  if (parent == NULL)
    parent = namer->code;
  while (*letter != '\0' && !g_ascii_isalpha (*letter))
    letter++;
  if (number >= 0)
    id = g_strdup_printf ("%s%s%d", parent, strchr (parent, '-') != NULL ? "." : "-", number);
  else if (*letter != '\0')
    id = g_strdup_printf ("%s%s%c", parent, strchr (parent, '-') != NULL ? "." : "-", *letter);
  else
    id = g_strdup_printf ("%s%sb%u", parent, strchr (parent, '-') != NULL ? "." : "-",
                          count_under (namer, "item ", parent));
  if (clause->level == 2) {
    wuyou_text_set (&namer->list, id);
    wuyou_text_set (&namer->anchor, namer->holder != NULL ? namer->holder : id);
  }
  return id;
}

static char *
name_clause (Namer *namer, const WuyouClause *clause)
{
  g_autofree char *preamble = NULL;
  const char *parent;

  switch (clause->kind) {
  case WUYOU_CLAUSE_TITLE:
    return g_strconcat (namer->code, "-T", NULL);
  case WUYOU_CLAUSE_VERSION:
    return g_strconcat (namer->code, "-V", NULL);
  case WUYOU_CLAUSE_HEADING:
    return name_heading (namer, clause);
  case WUYOU_CLAUSE_NUMBERED:
    return name_numbered (namer, clause);
  case WUYOU_CLAUSE_ITEM:
    return name_item (namer, clause);
  case WUYOU_CLAUSE_PARAGRAPH:
    break;
  }
  preamble = g_strconcat (namer->code, "-0", NULL);
  parent = namer->anchor != NULL ? namer->anchor : preamble;
  return g_strdup_printf ("%s.p%u", parent, count_under (namer, "paragraph ", parent));
}

static char *
add_ordinal (const char *id, guint ordinal)
{
  if (g_ascii_isdigit (id[strlen (id) - 1]) && ordinal <= 26)
    return g_strdup_printf ("%s%c", id, 'a' + (int) ordinal - 1);
  return ordinal == 1 ? g_strdup (id) : g_strdup_printf ("%s-%u", id, ordinal);
}

/* Second pass, as the first of two equal numbers gets its letter only when the second turns up. */
static void
tell_apart (GPtrArray *clauses)
{
  g_autoptr (GHashTable) totals = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < clauses->len; i++) {
    const char *id = ((WuyouClause *) clauses->pdata[i])->id;
    guint count = GPOINTER_TO_UINT (g_hash_table_lookup (totals, id));

    g_hash_table_replace (totals, g_strdup (id), GUINT_TO_POINTER (count + 1));
  }
  for (guint i = 0; i < clauses->len; i++) {
    WuyouClause *clause = clauses->pdata[i];
    g_autofree char *id = clause->id;
    guint ordinal = GPOINTER_TO_UINT (g_hash_table_lookup (seen, id)) + 1;

    g_hash_table_replace (seen, g_strdup (id), GUINT_TO_POINTER (ordinal));
    clause->id = GPOINTER_TO_UINT (g_hash_table_lookup (totals, id)) == 1 ? g_strdup (id) : add_ordinal (id, ordinal);
  }
}

void
_wuyou_clauses_name (GPtrArray *clauses, const char *code)
{
  Namer namer = { .code = code };

  namer.counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < clauses->len; i++) {
    WuyouClause *clause = clauses->pdata[i];

    clause->id = name_clause (&namer, clause);
  }
  tell_apart (clauses);
  g_hash_table_unref (namer.counts);
  g_free (namer.holder);
  g_free (namer.anchor);
  g_free (namer.list);
}
