/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "base/wuyou-money.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wuyou-refusal.h"
#include "base/wuyou-text.h"

static guint64
magnitude (gint64 value)
{
  return value < 0 ? -(guint64) value : (guint64) value;
}

char *
wuyou_money_format (gint64 fen)
{
  guint64 rest = magnitude (fen);
  char digits[24];
  GString *text = g_string_new (fen < 0 ? "-" : NULL);
  int length = g_snprintf (digits, sizeof digits, "%" G_GUINT64_FORMAT, rest / 100);

  for (int i = 0; i < length; i++) {
    if (i > 0 && (length - i) % 3 == 0)
      g_string_append_c (text, ',');
    g_string_append_c (text, digits[i]);
  }
  g_string_append_printf (text, ".%02u", (guint) (rest % 100));
  return g_string_free (text, FALSE);
}

static const char *const uppercase_digits[] = { "零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖" };
static const char *const uppercase_units[] = { "", "拾", "佰", "仟" };
static const char *const uppercase_groups[] = { "", "万", "亿", "万亿", "亿亿" };

/* One group of four digits. @pending says that a zero was passed since the last digit written. */
static void
append_group (GString *text, guint group, gboolean *pending)
{
  for (int place = 3, power = 1000; place >= 0; place--, power /= 10) {
    guint digit = group / (guint) power % 10;

    if (digit == 0) {
      *pending = TRUE;
      continue;
    }
    if (*pending && text->len > 0)
      g_string_append (text, "零");
    *pending = FALSE;
    g_string_append (text, uppercase_digits[digit]);
    g_string_append (text, uppercase_units[place]);
  }
}

/* A group keeps its 亿 for the lower groups of 亿 that follow: 壹万贰仟叁佰亿, but 壹万亿. */
static const char *
choose_unit (const guint groups[5], int i)
{
  if (i == 3 && groups[2] != 0)
    return "万";
  if (i == 4 && (groups[3] != 0 || groups[2] != 0))
    return "亿";
  return uppercase_groups[i];
}

static void
append_yuan (GString *text, guint64 yuan)
{
  gboolean pending = FALSE;
  guint groups[5];

  for (int i = 0; i < 5; i++, yuan /= 10000)
    groups[i] = (guint) (yuan % 10000);
  for (int i = 4; i >= 0; i--) {
    if (groups[i] == 0) {
      pending = TRUE;
      continue;
    }
    append_group (text, groups[i], &pending);
    g_string_append (text, choose_unit (groups, i));
    pending = FALSE; /* zeros at the end of a group are not read before the next: 壹拾万柒仟 */
  }
}

static void
append_cents (GString *text, guint64 yuan, guint jiao, guint fen)
{
  if (jiao == 0 && fen == 0) {
    g_string_append (text, "整");
    return;
  }
  if (yuan != 0 && (jiao == 0 || yuan % 10 == 0))
    g_string_append (text, "零");
  if (jiao != 0)
    g_string_append_printf (text, "%s角", uppercase_digits[jiao]);
  if (fen != 0)
    g_string_append_printf (text, "%s分", uppercase_digits[fen]);
}

char *
wuyou_money_format_uppercase (gint64 fen)
{
  guint64 rest = magnitude (fen);
  g_autoptr (GString) amount = g_string_new (NULL);

  if (rest >= 100) {
    append_yuan (amount, rest / 100);
    g_string_append (amount, "元");
  } else if (rest == 0) {
    g_string_append (amount, "零元");
  }
  append_cents (amount, rest / 100, rest / 10 % 10, rest % 10);
  return g_strconcat ("人民币", fen < 0 ? "负" : "", amount->str, NULL);
}

/* Full-width forms to ASCII, spaces dropped, dashes to '-', the yuan signs and words around the number removed. */
static char *
simplify (const char *text)
{
  GString *simple = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (c >= 0xFF01 && c <= 0xFF5E)
      c = c - 0xFF01 + '!';
    if (c == 0x2212 || c == 0x2013 || c == 0x2014)
      c = '-';
    if (c == 0xFFE5)
      c = 0x00A5;
    if (c != ' ' && c != 0x3000 && c != 0x00A0 && c != 0x202F && c != 0x2009)
      g_string_append_unichar (simple, c);
  }
  return g_string_free (simple, FALSE);
}

static gboolean
skip_prefix (const char **text, const char *prefix)
{
  if (!g_str_has_prefix (*text, prefix))
    return FALSE;
  *text += strlen (prefix);
  return TRUE;
}

/* Reads the whole part with correct separators or none; -1 when it is not one. */
static gint64
read_whole (const char **text)
{
  const char *start = *text;
  gint64 value = 0;
  int group = 0;
  gboolean separated = FALSE;

  for (; g_ascii_isdigit (**text) || **text == ','; (*text)++) {
    if (**text == ',') {
      if (group < 1 || group > 3 || (separated && group != 3))
        return -1;
      separated = TRUE;
      group = 0;
      continue;
    }
    group++;
    if (value <= WUYOU_MONEY_MAX) /* beyond, the number is too large whatever follows */
      value = value * 10 + (**text - '0');
  }
  return *text == start || (separated && group != 3) ? -1 : value;
}

#define NO_DECIMALS -1
#define TOO_FINE -2

/* Decimals as a count of millionths. */
static gint64
read_decimals (const char **text)
{
  gint64 value = 0, place = 100000;
  gboolean fine = FALSE;

  if (**text != '.')
    return 0;
  if (!g_ascii_isdigit (*++(*text)))
    return NO_DECIMALS;
  for (; g_ascii_isdigit (**text); (*text)++, place /= 10) {
    value += place * (**text - '0');
    fine = fine || (place == 0 && **text != '0');
  }
  return fine ? TOO_FINE : value;
}

static gboolean
combine (gint64 whole, gint64 millionths, gboolean ten_thousands, gint64 *ret_fen, GError **error)
{
  gint64 fen_per_unit = ten_thousands ? 1000000 : 100;
  __int128 fen;

  if (millionths == TOO_FINE || millionths * fen_per_unit % 1000000 != 0)
    return wuyou_refuse (error, NULL, N_ ("An amount has at most two decimals."));
  fen = (__int128) whole * fen_per_unit + millionths * fen_per_unit / 1000000;
  if (fen > WUYOU_MONEY_MAX)
    return wuyou_refuse (error, NULL, N_ ("This amount is too large."));
  *ret_fen = (gint64) fen;
  return TRUE;
}

gboolean
wuyou_money_parse (const char *text, gint64 *ret_fen, GError **error)
{
  g_autofree char *simple = NULL;
  const char *p;
  gboolean negative, ten_thousands;
  gint64 whole, millionths, fen = 0;

  if (text == NULL || !g_utf8_validate (text, -1, NULL))
    return wuyou_refuse (error, NULL, N_ ("Please enter an amount such as 412,800.00."));
  p = simple = simplify (text);
  negative = skip_prefix (&p, "-");
  if (!skip_prefix (&p, "\302\245")) /* ¥ */
    skip_prefix (&p, "人民币");
  whole = read_whole (&p);
  millionths = whole < 0 ? NO_DECIMALS : read_decimals (&p);
  ten_thousands = skip_prefix (&p, "万");
  skip_prefix (&p, "元");
  if (whole < 0 || millionths == NO_DECIMALS || *p != '\0')
    return wuyou_refuse (error, NULL, N_ ("Please enter an amount such as 412,800.00."));
  if (!combine (whole, millionths, ten_thousands, &fen, error))
    return FALSE;
  *ret_fen = negative ? -fen : fen;
  return TRUE;
}

gint64
wuyou_money_scale (gint64 fen, gint64 numerator, gint64 denominator)
{
  __int128 product = (__int128) fen * numerator, quotient, rest;

  g_return_val_if_fail (denominator > 0, 0);
  quotient = product / denominator;
  rest = product % denominator;
  if (2 * (rest < 0 ? -rest : rest) >= denominator)
    quotient += product < 0 ? -1 : 1;
  return (gint64) CLAMP (quotient, (__int128) G_MININT64, (__int128) G_MAXINT64);
}

gboolean
wuyou_money_add (gint64 a, gint64 b, gint64 *ret_sum)
{
  gint64 sum;

  if (__builtin_add_overflow (a, b, &sum) || sum > WUYOU_MONEY_MAX || sum < -WUYOU_MONEY_MAX)
    return FALSE;
  *ret_sum = sum;
  return TRUE;
}
