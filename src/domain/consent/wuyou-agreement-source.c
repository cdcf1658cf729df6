/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "consent/wuyou-agreement-private.h"

#include <string.h>

/* A sentence cut in two by a blank line was at least this long before the cut; shorter lines without a full stop
 * are headings and list entries. */
#define BROKEN_LINE_CHARACTERS 30
#define HEADING_CHARACTERS 40
#define ITEM_HEADING_CHARACTERS 30
#define TITLE_LOOKAHEAD 6

static void
clear_line (gpointer data)
{
  g_free (((WuyouSourceLine *) data)->plain);
}

static void
clear_block (gpointer data)
{
  WuyouSourceBlock *block = data;

  g_free (block->marker);
  g_free (block->number);
}

WuyouSourceBlock *
_wuyou_source_block (const WuyouSource *self, guint index)
{
  return index < self->blocks->len ? &g_array_index (self->blocks, WuyouSourceBlock, index) : NULL;
}

WuyouSourceLine *
_wuyou_source_line (const WuyouSource *self, guint index)
{
  return index < self->lines->len ? &g_array_index (self->lines, WuyouSourceLine, index) : NULL;
}

const char *
_wuyou_source_rest (const WuyouSource *self, const WuyouSourceBlock *block)
{
  return _wuyou_source_line (self, block->first)->plain + block->skip;
}

/* Without emphasis marks and without blanks (also full-width ones and a byte order mark) at both ends. */
static char *
strip_line (const char *text, gsize length)
{
  GString *plain = g_string_sized_new (length);
  const char *end = text + length;
  gsize used = 0;

  for (const char *c = text; c < end;) {
    const char *next = g_utf8_next_char (c);
    gunichar u = g_utf8_get_char (c);

    if (g_str_has_prefix (c, "**") && c + 2 <= end) {
      c += 2;
      continue;
    }
    if (g_str_has_prefix (c, "<u>") || g_str_has_prefix (c, "</u>")) {
      c = strchr (c, '>') + 1;
      continue;
    }
    if (!(g_unichar_isspace (u) || u == 0xfeff))
      used = plain->len + (gsize) (next - c);
    if (used > 0)
      g_string_append_len (plain, c, next - c);
    c = next;
  }
  g_string_truncate (plain, used);
  return g_string_free (plain, FALSE);
}

static void
read_lines (WuyouSource *self, const char *text, gsize length)
{
  gboolean after_blank = TRUE;
  guint number = 0;

  for (gsize start = 0; start < length;) {
    const char *newline = memchr (text + start, '\n', length - start);
    gsize end = newline != NULL ? (gsize) (newline - text) : length;
    WuyouSourceLine line = { start, end, strip_line (text + start, end - start), ++number, after_blank };

    after_blank = *line.plain == '\0';
    if (after_blank)
      g_free (line.plain);
    else
      g_array_append_val (self->lines, line);
    start = end + 1;
  }
}

static gunichar
get_last_char (const char *text)
{
  return *text != '\0' ? g_utf8_get_char (g_utf8_prev_char (text + strlen (text))) : 0;
}

WuyouJoin
_wuyou_source_join (const char *before, const char *after)
{
  if (_wuyou_shape_ends_sentence (before) || _wuyou_shape_is_label (after) || _wuyou_shape_is_known_heading (after))
    return WUYOU_JOIN_BREAK;
  return get_last_char (before) < 0x80 && g_utf8_get_char (after) < 0x80 ? WUYOU_JOIN_SPACE : WUYOU_JOIN_GLUE;
}

static gboolean
is_single_line_unit (const char *plain)
{
  return _wuyou_shape_is_annex (plain) || _wuyou_shape_is_version (plain) || _wuyou_shape_is_cover (plain)
         || _wuyou_shape_is_known_heading (plain);
}

/* Over a blank line only an evidently unfinished sentence goes on, and only into one that ends. */
static gboolean
continues_over_blank (const char *before, const char *after)
{
  static const char *const stops[] = { "。", "；", NULL };
  gunichar last = get_last_char (before);
  gboolean ends = FALSE;

  for (gsize i = 0; stops[i] != NULL; i++)
    ends |= g_str_has_suffix (after, stops[i]);
  return ends && g_unichar_isalnum (last) && g_utf8_strlen (before, -1) >= BROKEN_LINE_CHARACTERS
         && g_unichar_isalnum (g_utf8_get_char (after)) && !_wuyou_shape_is_label (after);
}

static gboolean
is_continuation (const WuyouSource *self, const WuyouSourceBlock *block, const WuyouSourceLine *line)
{
  const WuyouSourceLine *before = _wuyou_source_line (self, block->first + block->count - 1);

  if (block->kind == WUYOU_CLAUSE_HEADING && (block->count > 1 || block->marker[0] == '#'))
    return FALSE;
  if (is_single_line_unit (before->plain) || is_single_line_unit (line->plain))
    return FALSE;
  if (line->after_blank)
    return block->kind != WUYOU_CLAUSE_HEADING && continues_over_blank (before->plain, line->plain);
  if (block->kind == WUYOU_CLAUSE_HEADING)
    return g_utf8_strlen (before->plain, -1) > HEADING_CHARACTERS && !_wuyou_shape_ends_sentence (before->plain);
  return TRUE;
}

static void
group_lines (WuyouSource *self)
{
  for (guint i = 0; i < self->lines->len; i++) {
    const WuyouSourceLine *line = _wuyou_source_line (self, i);
    WuyouSourceBlock *open = self->blocks->len > 0 ? _wuyou_source_block (self, self->blocks->len - 1) : NULL;
    WuyouSourceBlock block;
    gboolean marked = _wuyou_shape_detect (line->plain, &block);

    if (!marked && open != NULL && is_continuation (self, open, line)) {
      open->count++;
      clear_block (&block);
      continue;
    }
    block.first = i;
    block.count = 1;
    block.title = FALSE;
    g_array_append_val (self->blocks, block);
  }
}

static gboolean
is_short (const char *text, glong characters)
{
  return g_utf8_strlen (text, -1) <= characters;
}

static gboolean
looks_like_heading (const char *rest, glong characters)
{
  return is_short (rest, characters) && strstr (rest, "。") == NULL
         && (!_wuyou_shape_ends_sentence (rest) || g_str_has_suffix (rest, "）") || g_str_has_suffix (rest, "》"));
}

static gboolean
starts_document (const WuyouSource *self, const WuyouSourceBlock *block)
{
  const char *plain = _wuyou_source_line (self, block->first)->plain;

  return _wuyou_shape_is_annex (plain) || _wuyou_shape_is_title (plain);
}

/* "2. 目的和范围" with text under it is a heading; a row of short entries is a list. */
static gboolean
heads_a_section (const WuyouSource *self, guint index)
{
  const WuyouSourceBlock *block = _wuyou_source_block (self, index);
  const WuyouSourceBlock *next = _wuyou_source_block (self, index + 1);
  const char *rest = _wuyou_source_rest (self, block);

  if (next == NULL || !is_short (rest, ITEM_HEADING_CHARACTERS) || block->count > 1
      || !_wuyou_source_line (self, block->first)->after_blank || starts_document (self, next))
    return FALSE;
  if (next->kind != WUYOU_CLAUSE_PARAGRAPH && !(next->kind == WUYOU_CLAUSE_ITEM && next->level > block->level))
    return FALSE;
  return looks_like_heading (rest, ITEM_HEADING_CHARACTERS) || g_str_has_suffix (rest, "：");
}

static void
settle_block (WuyouSource *self, guint index)
{
  WuyouSourceBlock *block = _wuyou_source_block (self, index);
  const char *plain = _wuyou_source_line (self, block->first)->plain;
  const char *rest = plain + block->skip;

  if (block->kind == WUYOU_CLAUSE_HEADING && *block->marker == '\0'
      && (block->count > 1 || !looks_like_heading (rest, HEADING_CHARACTERS)))
    block->kind = g_str_has_suffix (block->number, "、") ? WUYOU_CLAUSE_ITEM : WUYOU_CLAUSE_NUMBERED;
  else if (block->kind == WUYOU_CLAUSE_ITEM && block->level == 2 && heads_a_section (self, index))
    block->kind = WUYOU_CLAUSE_HEADING;
  else if (block->kind == WUYOU_CLAUSE_PARAGRAPH && block->count == 1 && _wuyou_shape_is_version (plain))
    block->kind = WUYOU_CLAUSE_VERSION;
  else if (block->kind == WUYOU_CLAUSE_PARAGRAPH && _wuyou_shape_is_known_heading (plain))
    block->kind = WUYOU_CLAUSE_HEADING;
  if (block->kind == WUYOU_CLAUSE_HEADING && block->number[0] == '\0' && block->marker[0] == '\0')
    block->level = 1;
}

static gboolean
has_agreement_below (const WuyouSource *self, guint index)
{
  for (guint i = index + 1; i <= index + TITLE_LOOKAHEAD && i < self->blocks->len; i++) {
    const WuyouSourceBlock *block = _wuyou_source_block (self, i);
    const char *plain = _wuyou_source_line (self, block->first)->plain;

    if (block->kind == WUYOU_CLAUSE_VERSION || block->kind == WUYOU_CLAUSE_HEADING
        || block->kind == WUYOU_CLAUSE_NUMBERED || g_str_has_prefix (plain, "甲方"))
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_title (const WuyouSource *self, guint index)
{
  const WuyouSourceBlock *block = _wuyou_source_block (self, index);
  const char *rest = _wuyou_source_rest (self, block);

  if (block->count > 1 || block->number[0] != '\0')
    return FALSE;
  if (_wuyou_shape_is_annex (rest) && (block->marker[0] == '#' || block->marker[0] == '\0'))
    return TRUE;
  if (g_str_equal (block->marker, "#"))
    return !_wuyou_shape_is_cover (rest);
  return block->marker[0] == '\0' && _wuyou_shape_is_title (rest) && has_agreement_below (self, index);
}

static void
set_title (WuyouSourceBlock *block, gboolean title)
{
  block->kind = WUYOU_CLAUSE_TITLE;
  block->level = 0;
  block->title = title;
}

static void
find_titles (WuyouSource *self)
{
  for (guint i = 0; i < self->blocks->len; i++) {
    WuyouSourceBlock *block = _wuyou_source_block (self, i), *next = _wuyou_source_block (self, i + 1);
    const char *rest = _wuyou_source_rest (self, block);

    if (i == 0 && block->count == 1 && _wuyou_shape_is_cover (rest)) {
      set_title (block, FALSE);
    } else if (is_title (self, i)) {
      set_title (block, TRUE);
      if (_wuyou_shape_is_annex (rest) && next != NULL && next->kind == WUYOU_CLAUSE_PARAGRAPH && next->count == 1
          && looks_like_heading (_wuyou_source_rest (self, next), ITEM_HEADING_CHARACTERS)) {
        set_title (next, FALSE);
        i++;
      }
    }
  }
}

WuyouSource *
_wuyou_source_new (const char *text, gsize length)
{
  WuyouSource *self = g_new0 (WuyouSource, 1);

  self->lines = g_array_new (FALSE, FALSE, sizeof (WuyouSourceLine));
  self->blocks = g_array_new (FALSE, FALSE, sizeof (WuyouSourceBlock));
  g_array_set_clear_func (self->lines, clear_line);
  g_array_set_clear_func (self->blocks, clear_block);
  read_lines (self, text, length);
  group_lines (self);
  for (guint i = self->blocks->len; i > 0; i--)
    settle_block (self, i - 1);
  find_titles (self);
  return self;
}

void
_wuyou_source_free (WuyouSource *self)
{
  g_array_unref (self->lines);
  g_array_unref (self->blocks);
  g_free (self);
}
