/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "consent/wuyou-agreement-private.h"

#include <string.h>

#define DIGITS "0-9一二三四五六七八九十百零〇两"

typedef struct {
  const char *pattern; /* group 1 is the number as printed */
  WuyouClauseKind kind;
  guint level;
} Shape;

/* A number followed by 条, 款 or a unit belongs to the sentence ("3.5 元", "1.2 条款"). */
static const Shape shapes[] = {
  { "^(第[" DIGITS "]+[条章节])(?=[ \\t　：:、]|$)[：:、]?", WUYOU_CLAUSE_HEADING, 1 },
  { "^([0-9]{1,3}(?:\\.[0-9]{1,3})+[.、]?)(?=[ \\t　]|[^\\x00-\\x7f]|$)(?![ \\t　]*[条款倍元万])",
    WUYOU_CLAUSE_NUMBERED, 2 },
  { "^([0-9]{1,3}[.、)）])(?=[ \\t　]|[^\\x00-\\x7f]|$)", WUYOU_CLAUSE_ITEM, 2 },
  { "^([（(](?:[一二三四五六七八九十]{1,3}|[0-9]{1,2}|[a-z])[)）])", WUYOU_CLAUSE_ITEM, 3 },
  { "^([a-z][)）])", WUYOU_CLAUSE_ITEM, 3 },
  { "^([一二三四五六七八九十]{1,3}、)", WUYOU_CLAUSE_HEADING, 1 },
};

static GRegex *
compile (const char *pattern)
{
  g_autoptr (GError) error = NULL;
  GRegex *regex = g_regex_new (pattern, G_REGEX_OPTIMIZE, 0, &error);

  g_assert_no_error (error);
  return regex;
}

static GRegex *
get_regex (gsize index)
{
  static GRegex *regexes[G_N_ELEMENTS (shapes)];
  static gsize ready;

  if (g_once_init_enter (&ready)) {
    for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
      regexes[i] = compile (shapes[i].pattern);
    g_once_init_leave (&ready, 1);
  }
  return regexes[index];
}

static gboolean
is_blank (gunichar c)
{
  return g_unichar_isspace (c) || c == 0xfeff;
}

static gsize
skip_blanks (const char *text, gsize at)
{
  while (text[at] != '\0' && is_blank (g_utf8_get_char (text + at)))
    at = (gsize) (g_utf8_next_char (text + at) - text);
  return at;
}

static guint
count_dots (const char *number)
{
  guint dots = 0;

  for (const char *c = number; *c != '\0'; c++)
    dots += *c == '.' && g_ascii_isdigit (c[1]);
  return dots;
}

static gboolean
detect_number (const char *plain, WuyouSourceBlock *block)
{
  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++) {
    g_autoptr (GMatchInfo) match = NULL;
    int end;

    if (!g_regex_match (get_regex (i), plain + block->skip, 0, &match))
      continue;
    block->number = g_match_info_fetch (match, 1);
    g_match_info_fetch_pos (match, 1, NULL, &end);
    block->skip = skip_blanks (plain, block->skip + (gsize) end);
    block->kind = shapes[i].kind;
    block->level = block->kind == WUYOU_CLAUSE_NUMBERED ? MIN (count_dots (block->number) + 1, 3) : shapes[i].level;
    return TRUE;
  }
  return FALSE;
}

static gsize
count_marker (const char *plain)
{
  gsize n = strspn (plain, "#");

  if (n == 0 && *plain != '\0' && strchr ("-*+", *plain) != NULL)
    n = 1;
  else if (n == 0 && g_str_has_prefix (plain, "•"))
    n = strlen ("•");
  return n <= 6 && (plain[n] == ' ' || plain[n] == '\t') ? n : 0;
}

gboolean
_wuyou_shape_detect (const char *plain, WuyouSourceBlock *ret_block)
{
  WuyouSourceBlock block = { .kind = WUYOU_CLAUSE_PARAGRAPH, .level = 2 };
  gsize marker = count_marker (plain);
  gboolean numbered;

  block.skip = skip_blanks (plain, marker);
  block.marker = g_strndup (plain, marker);
  numbered = detect_number (plain, &block);
  if (!numbered)
    block.number = g_strdup ("");
  if (marker > 0 && *plain == '#') {
    block.kind = WUYOU_CLAUSE_HEADING;
    block.level = MIN ((guint) marker, 3);
  } else if (marker > 0) {
    block.kind = WUYOU_CLAUSE_ITEM;
    block.level = 3;
  }
  *ret_block = block;
  return numbered || marker > 0;
}

static gboolean
contains_any (const char *text, const char *characters)
{
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    if (g_utf8_strchr (characters, -1, g_utf8_get_char (c)) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
ends_with_any (const char *text, const char *const *endings)
{
  for (; *endings != NULL; endings++)
    if (g_str_has_suffix (text, *endings))
      return TRUE;
  return FALSE;
}

static gboolean
starts_with_any (const char *text, const char *const *starts)
{
  for (; *starts != NULL; starts++)
    if (g_str_has_prefix (text, *starts))
      return TRUE;
  return FALSE;
}

gboolean
_wuyou_shape_is_label (const char *plain)
{
  const char *colon = strstr (plain, "：");

  if (colon == NULL || colon == plain || g_utf8_strlen (plain, colon - plain) > 14)
    return FALSE;
  for (const char *c = plain; c < colon; c = g_utf8_next_char (c))
    if (!g_unichar_isalnum (g_utf8_get_char (c)) && *c != '/' && !g_str_has_prefix (c, "、"))
      return FALSE;
  return TRUE;
}

gboolean
_wuyou_shape_ends_sentence (const char *plain)
{
  static const char *const endings[]
      = { "。", "！", "？", "；", "：", "…", "”", "）", "》", ".", "!", "?", ";", ":", ")", "』", "」", NULL };

  return ends_with_any (plain, endings);
}

gboolean
_wuyou_shape_is_version (const char *plain)
{
  static gsize regex;

  if (g_once_init_enter (&regex))
    g_once_init_leave (&regex, (gsize) compile ("^[（(]?[ \\t　]*第[ \\t　]*[" DIGITS "]+[ \\t　]*版(?![本块])"));
  return g_utf8_strlen (plain, -1) <= 60 && g_regex_match ((GRegex *) regex, plain, 0, NULL);
}

gboolean
_wuyou_shape_is_annex (const char *plain)
{
  static gsize regex;

  if (g_once_init_enter (&regex))
    g_once_init_leave (&regex, (gsize) compile ("^(?:附件|附录)[ \\t　]*[" DIGITS "]*(?:[ \\t　：:].*)?$"));
  return g_utf8_strlen (plain, -1) <= 40 && !contains_any (plain, "，。；")
         && g_regex_match ((GRegex *) regex, plain, 0, NULL);
}

gboolean
_wuyou_shape_is_cover (const char *plain)
{
  const char *first = strstr (plain, "《");

  return first == plain && strstr (first + 3, "《") != NULL && g_str_has_suffix (plain, "》")
         && !contains_any (plain, "，。；");
}

gboolean
_wuyou_shape_is_title (const char *plain)
{
  static const char *const names[] = { "协议", "声明", "政策", "章程", "协议》", "声明》", "政策》", NULL };
  static const char *const prose[] = { "本", "双方", "甲方", "乙方", "您", "我", "如", "请", "各方", NULL };
  glong length = g_utf8_strlen (plain, -1);

  return length >= 4 && length <= 40 && ends_with_any (plain, names) && !starts_with_any (plain, prose)
         && !contains_any (plain, "，。；：？！“”,;:") && !_wuyou_shape_is_cover (plain)
         && g_str_has_prefix (plain, "《") == g_str_has_suffix (plain, "》");
}

gboolean
_wuyou_shape_is_known_heading (const char *plain)
{
  static const char *const words[] = { "前言", "引言", "序言", "鉴于", "总则", "附则", "特别提示", "重要提示", NULL };

  return g_strv_contains (words, plain);
}

static int
digit_value (gunichar c)
{
  static const char digits[] = "零一二三四五六七八九";

  if (c >= '0' && c <= '9')
    return (int) c - '0';
  if (c == g_utf8_get_char ("〇"))
    return 0;
  if (c == g_utf8_get_char ("两"))
    return 2;
  for (int i = 0; i < 10; i++)
    if (g_utf8_get_char (digits + 3 * i) == c)
      return i;
  return -1;
}

/* 十 and 百 count what stands before them; digits alone read as decimal. */
int
_wuyou_shape_number (const char *label)
{
  int total = 0, pending = -1;
  gboolean any = FALSE;

  for (const char *c = label; *c != '\0'; c = g_utf8_next_char (c)) {
    gunichar u = g_utf8_get_char (c);
    int unit = u == g_utf8_get_char ("十") ? 10 : u == g_utf8_get_char ("百") ? 100 : 0;
    int digit = digit_value (u);

    if (unit > 0) {
      total += (pending < 0 ? 1 : pending) * unit;
      pending = -1;
    } else if (digit >= 0) {
      pending = pending > 0 ? (pending * 10 + digit) % 100000 : digit;
    }
    any |= unit > 0 || digit >= 0;
  }
  return any ? total + MAX (pending, 0) : -1;
}
