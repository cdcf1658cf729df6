/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "base/wuyou-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wuyou-refusal.h"

#define NAME_MAX_CHARACTERS 100

static gunichar
fold_full_width (gunichar c)
{
  if (c >= 0xFF01 && c <= 0xFF5E)
    return c - 0xFF01 + '!';
  return c;
}

static gunichar
fold_alphanumeric (gunichar c)
{
  gunichar folded = fold_full_width (c);

  return folded < 0x80 && g_ascii_isalnum (folded) ? folded : c;
}

static gboolean
is_space (gunichar c)
{
  return c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f' || g_unichar_isspace (c);
}

static void
trim_end (GString *text)
{
  while (text->len > 0 && (text->str[text->len - 1] == ' ' || text->str[text->len - 1] == '\n'))
    g_string_truncate (text, text->len - 1);
}

static void
append_space (GString *text, gunichar space, gboolean lines)
{
  char last = text->len > 0 ? text->str[text->len - 1] : '\n';

  if (lines && space == '\n') {
    while (text->len > 0 && text->str[text->len - 1] == ' ')
      g_string_truncate (text, text->len - 1);
    if (text->len > 0)
      g_string_append_c (text, '\n');
  } else if (last != ' ' && last != '\n') {
    g_string_append_c (text, ' ');
  }
}

static char *
normalise (const char *typed, gboolean lines)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (typed == NULL)
    return NULL;
  if (!g_utf8_validate (typed, -1, NULL))
    return g_strdup ("");
  for (const char *p = typed; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (is_space (c))
      append_space (text, c, lines);
    else
      g_string_append_unichar (text, fold_alphanumeric (c));
  }
  trim_end (text);
  return g_utf8_normalize (text->str, -1, G_NORMALIZE_DEFAULT_COMPOSE);
}

char *
wuyou_text_normalise (const char *typed)
{
  return normalise (typed, FALSE);
}

char *
wuyou_text_normalise_lines (const char *typed)
{
  return normalise (typed, TRUE);
}

/* What people put between the groups of a number: dots in the middle and at the foot, every kind of dash. */
static gboolean
is_separator (gunichar c)
{
  switch (c) {
  case '-':
  case '.':
  case 0x00B7:
  case 0x2022:
  case 0x2027:
  case 0x2212:
  case 0x3002:
  case 0x30FB:
  case 0xFE63:
    return TRUE;
  default:
    return is_space (c) || g_unichar_type (c) == G_UNICODE_DASH_PUNCTUATION;
  }
}

char *
wuyou_text_compact (const char *typed)
{
  GString *text;

  if (typed == NULL)
    return NULL;
  text = g_string_new (NULL);
  if (!g_utf8_validate (typed, -1, NULL))
    return g_string_free (text, FALSE);
  for (const char *p = typed; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = fold_full_width (g_utf8_get_char (p));

    if (!is_separator (c))
      g_string_append_unichar (text, c < 0x80 ? (gunichar) g_ascii_toupper ((char) c) : c);
  }
  return g_string_free (text, FALSE);
}

/* Format characters are invisible or turn the direction of writing, so that a paper would not show what is stored.
 * The zero-width joiner is among what is refused; Chinese text needs none. */
static gboolean
is_visible (gunichar c)
{
  switch (g_unichar_type (c)) {
  case G_UNICODE_CONTROL:
  case G_UNICODE_FORMAT:
  case G_UNICODE_UNASSIGNED:
  case G_UNICODE_PRIVATE_USE:
  case G_UNICODE_SURROGATE:
  case G_UNICODE_LINE_SEPARATOR:
  case G_UNICODE_PARAGRAPH_SEPARATOR:
    return FALSE;
  default:
    /* Hangul fillers and the braille blank are letters and symbols by class, yet nothing is seen. */
    return c != 0x115F && c != 0x1160 && c != 0x3164 && c != 0xFFA0 && c != 0x2800 && c != 0xFFFC && c != 0xFFFD;
  }
}

static gboolean
check (const char *text, gboolean lines, GError **error)
{
  if (text == NULL)
    return TRUE;
  if (!g_utf8_validate (text, -1, NULL))
    return wuyou_refuse (error, NULL, N_ ("This text is not readable (it is not UTF-8)."));
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (lines && (c == '\n' || c == '\t'))
      continue;
    if (!is_visible (c))
      return wuyou_refuse (error, NULL, N_ ("This text has an invisible or control character. Please type it anew."));
  }
  return TRUE;
}

gboolean
wuyou_text_check (const char *text, GError **error)
{
  return check (text, FALSE, error);
}

gboolean
wuyou_text_check_lines (const char *text, GError **error)
{
  return check (text, TRUE, error);
}

/* Variation selectors and enclosing marks make emoji of plain digits. */
static gboolean
is_emoji_mark (gunichar c)
{
  return (c >= 0xFE00 && c <= 0xFE0F) || c >= 0xE0100 || g_unichar_type (c) == G_UNICODE_ENCLOSING_MARK;
}

static gboolean
is_name_sign (gunichar c)
{
  static const gunichar signs[] = { ' ',    '-',    '\'',   '.',    '&',    ',',    '(',    ')',    '/',   0x00B7,
                                    0x2019, 0x2022, 0x30FB, 0x3001, 0x3007, 0xFF08, 0xFF09, 0xFF0C, 0xFF0D };

  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    if (signs[i] == c)
      return TRUE;
  return g_unichar_isdigit (c) || (g_unichar_ismark (c) && !is_emoji_mark (c));
}

gboolean
wuyou_name_check (const char *name, GError **error)
{
  gboolean has_letter = FALSE;

  if (!wuyou_text_check (name, error))
    return FALSE;
  for (const char *p = name; p != NULL && *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    has_letter = has_letter || g_unichar_isalpha (c);
    if (!g_unichar_isalpha (c) && !is_name_sign (c))
      return wuyou_refuse (error, NULL, N_ ("A name has letters, digits, spaces and the signs · - ' . & ( ) only."));
  }
  if (!has_letter)
    return wuyou_refuse (error, NULL, N_ ("Please enter the name."));
  if (wuyou_text_length (name) > NAME_MAX_CHARACTERS)
    return wuyou_refuse (error, NULL, N_ ("A name has at most 100 characters."));
  return TRUE;
}

gboolean
wuyou_text_is_digits (const char *text)
{
  if (text == NULL || *text == '\0')
    return FALSE;
  return strspn (text, "0123456789") == strlen (text);
}

gsize
wuyou_text_length (const char *text)
{
  if (text == NULL || !g_utf8_validate (text, -1, NULL))
    return 0;
  return (gsize) g_utf8_strlen (text, -1);
}

void
wuyou_text_set (char **member, const char *value)
{
  char *before = *member; /* which @value may be */

  *member = g_strdup (value);
  g_free (before);
}
