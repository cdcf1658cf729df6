/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "consent/wuyou-agreement-diff.h"

/* Beyond this many cells the middle of two long clauses is shown as replaced as a whole. */
#define MAX_CELLS (4 * 1000 * 1000)
/* An equal run this short between two changes is noise to a reader. */
#define NOISE_CHARACTERS 1

typedef struct {
  const char *text;
  gsize length;
} Token;

static gboolean
is_word (gunichar c)
{
  return c < 0x80 && g_ascii_isalnum ((char) c);
}

/* A Chinese character or sign for itself, Latin words and numbers whole. */
static GArray *
tokenise (const char *text)
{
  GArray *tokens = g_array_new (FALSE, FALSE, sizeof (Token));

  for (const char *c = text; *c != '\0';) {
    const char *next = g_utf8_next_char (c);
    Token token = { c, 0 };

    if (is_word (g_utf8_get_char (c)))
      while (is_word (g_utf8_get_char (next)))
        next++;
    token.length = (gsize) (next - c);
    g_array_append_val (tokens, token);
    c = next;
  }
  return tokens;
}

static const Token *
get_token (const GArray *tokens, guint index)
{
  return &g_array_index (tokens, Token, index);
}

static gboolean
same_token (const GArray *a, guint i, const GArray *b, guint j)
{
  const Token *x = get_token (a, i), *y = get_token (b, j);

  return x->length == y->length && memcmp (x->text, y->text, x->length) == 0;
}

static void
clear_segment (gpointer data)
{
  g_free (((WuyouSegment *) data)->text);
}

static void
append (GArray *segments, WuyouSegmentKind kind, const GArray *tokens, guint from, guint to)
{
  WuyouSegment *last = segments->len > 0 ? &g_array_index (segments, WuyouSegment, segments->len - 1) : NULL;
  g_autofree char *text = NULL;
  const Token *first, *end;

  if (from >= to)
    return;
  first = get_token (tokens, from);
  end = get_token (tokens, to - 1);
  text = g_strndup (first->text, (gsize) (end->text + end->length - first->text));
  if (last != NULL && last->kind == kind) {
    g_autofree char *head = last->text;

    last->text = g_strconcat (head, text, NULL);
  } else {
    WuyouSegment segment = { kind, g_steal_pointer (&text) };

    g_array_append_val (segments, segment);
  }
}

/* Lengths of the longest common tails of a[i…] and b[j…]. */
static guint16 *
fill_table (const GArray *a, const GArray *b, guint start, guint rows, guint columns)
{
  guint16 *table = g_new0 (guint16, (gsize) (rows + 1) * (columns + 1));
  gsize width = columns + 1;

  for (guint i = rows; i-- > 0;)
    for (guint j = columns; j-- > 0;) {
      guint16 *cell = &table[i * width + j];

      if (same_token (a, start + i, b, start + j))
        *cell = cell[width + 1] + 1;
      else
        *cell = MAX (cell[width], cell[1]);
    }
  return table;
}

static void
walk_table (GArray *segments, const GArray *a, const GArray *b, guint start, guint rows, guint columns)
{
  g_autofree guint16 *table = fill_table (a, b, start, rows, columns);
  gsize width = columns + 1;
  guint i = 0, j = 0;

  while (i < rows && j < columns)
    if (same_token (a, start + i, b, start + j)) {
      append (segments, WUYOU_SEGMENT_EQUAL, a, start + i, start + i + 1);
      i++, j++;
    } else if (table[(i + 1) * width + j] >= table[i * width + j + 1]) {
      append (segments, WUYOU_SEGMENT_DELETED, a, start + i, start + i + 1);
      i++;
    } else {
      append (segments, WUYOU_SEGMENT_INSERTED, b, start + j, start + j + 1);
      j++;
    }
  append (segments, WUYOU_SEGMENT_DELETED, a, start + i, start + rows);
  append (segments, WUYOU_SEGMENT_INSERTED, b, start + j, start + columns);
}

static void
push (GArray *segments, WuyouSegmentKind kind, GString *text)
{
  WuyouSegment segment = { kind, NULL };

  if (text->len == 0)
    return;
  segment.text = g_strdup (text->str);
  g_array_append_val (segments, segment);
  g_string_truncate (text, 0);
}

static gboolean
is_noise (const GArray *segments, guint index)
{
  const WuyouSegment *segment = &g_array_index (segments, WuyouSegment, index);

  return segment->kind == WUYOU_SEGMENT_EQUAL && index > 0 && index + 1 < segments->len
         && g_utf8_strlen (segment->text, -1) <= NOISE_CHARACTERS;
}

/* One deletion and one insertion between equal parts, in this order, is what people read with ease. */
static GArray *
tidy (const GArray *raw)
{
  GArray *segments = g_array_new (FALSE, FALSE, sizeof (WuyouSegment));
  g_autoptr (GString) gone = g_string_new (NULL), come = g_string_new (NULL), equal = g_string_new (NULL);

  g_array_set_clear_func (segments, clear_segment);
  for (guint i = 0; i < raw->len; i++) {
    const WuyouSegment *segment = &g_array_index (raw, WuyouSegment, i);

    if (segment->kind == WUYOU_SEGMENT_EQUAL && !is_noise (raw, i)) {
      push (segments, WUYOU_SEGMENT_DELETED, gone);
      push (segments, WUYOU_SEGMENT_INSERTED, come);
      g_string_assign (equal, segment->text);
      push (segments, WUYOU_SEGMENT_EQUAL, equal);
      continue;
    }
    if (segment->kind != WUYOU_SEGMENT_INSERTED)
      g_string_append (gone, segment->text);
    if (segment->kind != WUYOU_SEGMENT_DELETED)
      g_string_append (come, segment->text);
  }
  push (segments, WUYOU_SEGMENT_DELETED, gone);
  push (segments, WUYOU_SEGMENT_INSERTED, come);
  return segments;
}

GArray *
wuyou_diff_texts (const char *before, const char *after)
{
  g_autoptr (GArray) a = tokenise (before), b = tokenise (after);
  g_autoptr (GArray) raw = g_array_new (FALSE, FALSE, sizeof (WuyouSegment));
  guint start = 0, tail = 0, rows, columns;

  g_array_set_clear_func (raw, clear_segment);
  while (start < a->len && start < b->len && same_token (a, start, b, start))
    start++;
  while (tail < a->len - start && tail < b->len - start && same_token (a, a->len - 1 - tail, b, b->len - 1 - tail))
    tail++;
  rows = a->len - start - tail;
  columns = b->len - start - tail;
  append (raw, WUYOU_SEGMENT_EQUAL, a, 0, start);
  if (rows < G_MAXUINT16 && (guint64) rows * columns <= MAX_CELLS) {
    walk_table (raw, a, b, start, rows, columns);
  } else {
    append (raw, WUYOU_SEGMENT_DELETED, a, start, start + rows);
    append (raw, WUYOU_SEGMENT_INSERTED, b, start, start + columns);
  }
  append (raw, WUYOU_SEGMENT_EQUAL, a, a->len - tail, a->len);
  return tidy (raw);
}
