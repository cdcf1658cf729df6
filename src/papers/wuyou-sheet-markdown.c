/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-sheet.h"

#include <string.h>

#define LONGEST_HEADING 40 /* characters; a longer line that begins with 第N条 is a sentence about that article */

typedef enum {
  LINE_BLANK,
  LINE_HEADING_1,
  LINE_HEADING_2,
  LINE_HEADING_3,
  LINE_ITEM,
  LINE_TEXT,
} LineKind;

typedef struct {
  LineKind kind;
  int depth;
  char *marker;     /* of an item */
  const char *rest; /* behind what the kind says */
} Line;

static const char *
skip_digits (const char *text)
{
  while (g_ascii_isdigit (*text))
    text++;
  return text;
}

static const char *
skip_chinese_digits (const char *text)
{
  while (
      *text != '\0'
      && (g_utf8_strchr ("零〇一二三四五六七八九十百", -1, g_utf8_get_char (text)) != NULL || g_ascii_isdigit (*text)))
    text = g_utf8_next_char (text);
  return text;
}

/* "1.1 ", "2.10.3 ", "1. ", "1、": the end of the number, or NULL. */
static const char *
match_number (const char *text)
{
  const char *end = skip_digits (text);

  if (end == text)
    return NULL;
  while (*end == '.' && g_ascii_isdigit (end[1]))
    end = skip_digits (end + 1);
  if (g_str_has_prefix (end, "、"))
    return end + strlen ("、");
  if (*end == '.')
    end++;
  /* A bare figure is the beginning of a sentence: "2026 年…". */
  return memchr (text, '.', (gsize) (end - text)) != NULL && (*end == ' ' || g_str_has_prefix (end, "　")) ? end : NULL;
}

/* "（一）", "(1)": the end of the bracket, or NULL. */
static const char *
match_bracket (const char *text)
{
  gboolean wide = g_str_has_prefix (text, "（");
  const char *start = text + (wide ? strlen ("（") : 1);
  const char *end;

  if (!wide && *text != '(')
    return NULL;
  end = skip_chinese_digits (start);
  if (end == start || !g_str_has_prefix (end, wide ? "）" : ")"))
    return NULL;
  return end + (wide ? strlen ("）") : 1);
}

static gboolean
is_article (const char *text)
{
  const char *end;

  if (!g_str_has_prefix (text, "第"))
    return FALSE;
  end = skip_chinese_digits (text + strlen ("第"));
  return end > text + strlen ("第") && g_str_has_prefix (end, "条") && g_utf8_strlen (text, -1) <= LONGEST_HEADING
         && strstr (text, "。") == NULL;
}

static const char *
skip_spaces (const char *text)
{
  while (*text == ' ' || *text == '\t' || g_str_has_prefix (text, "　"))
    text = g_utf8_next_char (text);
  return text;
}

static gboolean
match_item (Line *line, const char *text)
{
  const char *end = NULL;

  if ((text[0] == '-' || text[0] == '*') && text[1] == ' ') {
    line->depth = 1;
    line->marker = g_strdup ("•");
    end = text + 1;
  } else if ((end = match_number (text)) != NULL) {
    line->depth = 0;
  } else if ((end = match_bracket (text)) != NULL) {
    line->depth = *text == '(' ? 2 : 1;
  } else {
    return FALSE;
  }
  if (line->marker == NULL)
    line->marker = g_strndup (text, (gsize) (end - text));
  line->kind = LINE_ITEM;
  line->rest = skip_spaces (end);
  return TRUE;
}

static Line
read_line (const char *raw)
{
  const char *text = skip_spaces (raw);
  Line line = { .kind = LINE_TEXT, .rest = text };

  if (*text == '\0' || (g_str_has_prefix (text, "<!--") && g_str_has_suffix (text, "-->"))) {
    line.kind = LINE_BLANK;
  } else if (*text == '#') {
    int level = 0;

    while (text[level] == '#')
      level++;
    line.kind = LINE_HEADING_1 + MIN (level, 3) - 1;
    line.rest = skip_spaces (text + level);
  } else if (is_article (text)) {
    line.kind = LINE_HEADING_3;
  } else {
    match_item (&line, text);
  }
  return line;
}

static void
set_flag (GArray *spans, WuyouPaperSpanFlags *flags, WuyouPaperSpanFlags next, guint *start, guint here)
{
  if (*flags != 0 && here > *start) {
    WuyouPaperSpan span = { *start, here, *flags };

    g_array_append_val (spans, span);
  }
  *flags = next;
  *start = here;
}

/* Markdown wants a space outside of ** where Chinese has none. */
static gboolean
is_mark_space (const GString *before, const char *space)
{
  const char *after = space + 1;
  gboolean closes = before->len > 0 && space[-1] == '*', opens = g_str_has_prefix (after, "**");

  if (opens)
    after += 2;
  return (closes || opens) && before->len > 0 && (guchar) before->str[before->len - 1] >= 0x80
         && (guchar) *after >= 0x80;
}

/* Takes the marks out of @text; what is left open ends with the block. */
static char *
parse_inline (const char *text, GArray *spans)
{
  GString *plain = g_string_new (NULL);
  WuyouPaperSpanFlags flags = 0;
  guint start = 0;

  while (*text != '\0') {
    if (g_str_has_prefix (text, "**")) {
      set_flag (spans, &flags, flags ^ WUYOU_PAPER_SPAN_BOLD, &start, (guint) plain->len);
      text += 2;
    } else if (g_str_has_prefix (text, "<u>")) {
      set_flag (spans, &flags, flags | WUYOU_PAPER_SPAN_UNDERLINE, &start, (guint) plain->len);
      text += 3;
    } else if (g_str_has_prefix (text, "</u>")) {
      set_flag (spans, &flags, flags & ~(guint) WUYOU_PAPER_SPAN_UNDERLINE, &start, (guint) plain->len);
      text += 4;
    } else {
      if (text[0] == '\\' && text[1] != '\0' && g_ascii_ispunct (text[1]))
        text++;
      if (*text != ' ' || !is_mark_space (plain, text))
        g_string_append_c (plain, *text);
      text++;
    }
  }
  set_flag (spans, &flags, 0, &start, (guint) plain->len);
  return g_string_free (plain, FALSE);
}

typedef struct {
  WuyouSheet *sheet;
  GString *text; /* block being read */
  Line head;     /* its first line; rest unused */
} Reader;

static void
flush (Reader *reader)
{
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (WuyouPaperSpan));
  g_autofree char *plain = parse_inline (reader->text->str, spans);
  const WuyouPaperSpan *data = (const WuyouPaperSpan *) (gpointer) spans->data;

  switch (reader->head.kind) {
  case LINE_HEADING_1:
    wuyou_sheet_break_page (reader->sheet);
    wuyou_sheet_add_heading (reader->sheet, 1, plain);
    break;
  case LINE_HEADING_2:
  case LINE_HEADING_3:
    wuyou_sheet_add_heading (reader->sheet, reader->head.kind == LINE_HEADING_2 ? 2 : 3, plain);
    break;
  case LINE_ITEM:
    wuyou_sheet_add_item (reader->sheet, reader->head.depth, reader->head.marker, plain, data, spans->len);
    break;
  case LINE_TEXT:
    wuyou_sheet_add_paragraph (reader->sheet, plain, data, spans->len);
    break;
  case LINE_BLANK:
  default:
    break;
  }
  g_clear_pointer (&reader->head.marker, g_free);
  reader->head.kind = LINE_BLANK;
  g_string_truncate (reader->text, 0);
}

/* Chinese lines join without a space; between Latin words one is needed. */
static void
append_line (GString *text, const char *line)
{
  if (text->len > 0 && g_ascii_isgraph (text->str[text->len - 1]) && g_ascii_isalnum (*line))
    g_string_append_c (text, ' ');
  g_string_append (text, line);
}

static void
take_line (Reader *reader, const char *raw)
{
  Line line = read_line (raw);
  gboolean continues = line.kind == LINE_TEXT && (reader->head.kind == LINE_TEXT || reader->head.kind == LINE_ITEM);

  if (!continues) {
    flush (reader);
    reader->head = line;
  }
  if (line.kind != LINE_BLANK)
    append_line (reader->text, line.rest);
  if (line.kind >= LINE_HEADING_1 && line.kind <= LINE_HEADING_3)
    flush (reader);
}

void
wuyou_sheet_add_markdown (WuyouSheet *sheet, const char *markdown)
{
  g_autofree char *valid = g_utf8_make_valid (markdown, -1);
  g_auto (GStrv) lines = g_strsplit (valid, "\n", -1);
  Reader reader = { .sheet = sheet, .text = g_string_new (NULL), .head = { .kind = LINE_BLANK } };

  for (char **line = lines; *line != NULL; line++)
    take_line (&reader, g_strchomp (*line));
  flush (&reader);
  g_string_free (reader.text, TRUE);
}
