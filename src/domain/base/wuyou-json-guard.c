/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "base/wuyou-json-guard.h"

#include <string.h>

#include "base/wuyou-error.h"

typedef struct {
  const char *start;
  const char *at;
  const char *end;
  const char *problem;
  int depth;
} Scan;

static gboolean scan_value (Scan *scan);

static gboolean
fail (Scan *scan, const char *problem)
{
  if (scan->problem == NULL)
    scan->problem = problem;
  return FALSE;
}

static void
skip_space (Scan *scan)
{
  while (scan->at < scan->end && strchr (" \t\r\n", *scan->at) != NULL)
    scan->at++;
}

static gboolean
take (Scan *scan, char c)
{
  if (scan->at >= scan->end || *scan->at != c)
    return FALSE;
  scan->at++;
  return TRUE;
}

static int
take_hex4 (Scan *scan)
{
  int value = 0;

  for (int i = 0; i < 4; i++) {
    if (scan->at >= scan->end || !g_ascii_isxdigit (*scan->at))
      return -1;
    value = value * 16 + g_ascii_xdigit_value (*scan->at++);
  }
  return value;
}

static gboolean
scan_unicode_escape (Scan *scan, GString *key)
{
  int unit = take_hex4 (scan);

  if (unit <= 0)
    return fail (scan, unit == 0 ? "NUL in a string" : "bad escape");
  if (unit >= 0xdc00 && unit <= 0xdfff)
    return fail (scan, "lone surrogate");
  if (unit >= 0xd800 && unit <= 0xdbff) {
    int low = take (scan, '\\') && take (scan, 'u') ? take_hex4 (scan) : -1;

    if (low < 0xdc00 || low > 0xdfff)
      return fail (scan, "lone surrogate");
    unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
  }
  if (key != NULL)
    g_string_append_unichar (key, (gunichar) unit);
  return TRUE;
}

static gboolean
scan_escape (Scan *scan, GString *key)
{
  static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
  const char *found;

  if (take (scan, 'u'))
    return scan_unicode_escape (scan, key);
  if (scan->at >= scan->end || *scan->at == '\0' || (found = strchr (from, *scan->at)) == NULL)
    return fail (scan, "bad escape");
  if (key != NULL)
    g_string_append_c (key, to[found - from]);
  scan->at++;
  return TRUE;
}

/* @key, when given, collects the decoded string: duplicates must not hide behind escapes. */
static gboolean
scan_string (Scan *scan, GString *key)
{
  if (!take (scan, '"'))
    return fail (scan, "string expected");
  while (scan->at < scan->end && *scan->at != '"') {
    char c = *scan->at++;

    if ((guchar) c < 0x20)
      return fail (scan, "control character in a string");
    if (c == '\\') {
      if (!scan_escape (scan, key))
        return FALSE;
    } else if (key != NULL) {
      g_string_append_c (key, c);
    }
  }
  return take (scan, '"') || fail (scan, "unfinished string");
}

static gboolean
scan_number (Scan *scan)
{
  const char *first;
  gsize digits;
  char buffer[21];

  take (scan, '-');
  first = scan->at;
  while (scan->at < scan->end && g_ascii_isdigit (*scan->at))
    scan->at++;
  digits = (gsize) (scan->at - first);
  if (digits == 0 || (digits > 1 && *first == '0') || digits > 19)
    return fail (scan, "bad number");
  if (scan->at < scan->end && strchr (".eE", *scan->at) != NULL)
    return fail (scan, "numbers are whole");
  memcpy (buffer, first, digits);
  buffer[digits] = '\0';
  return g_ascii_string_to_unsigned (buffer, 10, 0, G_MAXINT64, NULL, NULL) || fail (scan, "number too large");
}

static gboolean
scan_word (Scan *scan, const char *word)
{
  gsize length = strlen (word);

  if ((gsize) (scan->end - scan->at) < length || memcmp (scan->at, word, length) != 0)
    return fail (scan, "value expected");
  scan->at += length;
  return TRUE;
}

static gboolean
scan_member (Scan *scan, GHashTable *names)
{
  g_autoptr (GString) name = g_string_new (NULL);

  skip_space (scan);
  if (!scan_string (scan, name))
    return FALSE;
  if (!g_hash_table_add (names, g_strdup (name->str)))
    return fail (scan, "duplicate key");
  skip_space (scan);
  if (!take (scan, ':'))
    return fail (scan, "colon expected");
  return scan_value (scan);
}

static gboolean
scan_container (Scan *scan, char close)
{
  g_autoptr (GHashTable) names = NULL;

  if (++scan->depth > WUYOU_JSON_MAX_DEPTH)
    return fail (scan, "nested too deeply");
  if (close == '}')
    names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  scan->at++;
  skip_space (scan);
  if (!take (scan, close)) {
    do {
      if (!(names != NULL ? scan_member (scan, names) : scan_value (scan)))
        return FALSE;
      skip_space (scan);
    } while (take (scan, ','));
    if (!take (scan, close))
      return fail (scan, "comma or end expected");
  }
  scan->depth--;
  return TRUE;
}

static gboolean
scan_value (Scan *scan)
{
  skip_space (scan);
  if (scan->at >= scan->end)
    return fail (scan, "unexpected end");
  switch (*scan->at) {
  case '{':
    return scan_container (scan, '}');
  case '[':
    return scan_container (scan, ']');
  case '"':
    return scan_string (scan, NULL);
  case 't':
    return scan_word (scan, "true");
  case 'f':
    return scan_word (scan, "false");
  case 'n':
    return scan_word (scan, "null");
  default:
    return scan_number (scan);
  }
}

gboolean
wuyou_json_guard (const char *text, gsize length, GError **error)
{
  Scan scan = { text, text, text + length, NULL, 0 };

  if (length == 0 || !g_utf8_validate_len (text, length, NULL)) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_MALFORMED,
                         length == 0 ? "empty" : "not UTF-8 or contains NUL");
    return FALSE;
  }
  if (scan_value (&scan)) {
    skip_space (&scan);
    if (scan.at == scan.end)
      return TRUE;
    fail (&scan, "text after the end");
  }
  g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_MALFORMED, "%s at byte %" G_GSIZE_FORMAT, scan.problem,
               (gsize) (scan.at - scan.start));
  return FALSE;
}
