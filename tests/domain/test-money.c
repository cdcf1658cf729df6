/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "base/wuyou-money.h"
#include "hostile-text.h"
#include "wuyou-test.h"

static void
test_format (void)
{
  static const struct {
    gint64 fen;
    const char *text;
  } cases[] = {
    { 0, "0.00" },
    { 1, "0.01" },
    { -1, "-0.01" },
    { 99999, "999.99" },
    { 100000, "1,000.00" },
    { 41280000, "412,800.00" },
    { -123456789, "-1,234,567.89" },
    { WUYOU_MONEY_MAX, "90,000,000,000,000.00" },
    { G_MAXINT64, "92,233,720,368,547,758.07" },
    { G_MININT64, "-92,233,720,368,547,758.08" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = wuyou_money_format (cases[i].fen);

    g_assert_cmpstr (text, ==, cases[i].text);
  }
}

/* Requirements 8.8: the vectors, then our own choices and large groups. */
static void
test_uppercase (void)
{
  static const struct {
    gint64 fen;
    const char *text;
  } cases[] = {
    { 140950, "壹仟肆佰零玖元伍角" },
    { 600714, "陆仟零柒元壹角肆分" },
    { 168032, "壹仟陆佰捌拾元零叁角贰分" },
    { 1640902, "壹万陆仟肆佰零玖元零贰分" },
    { 32504, "叁佰贰拾伍元零肆分" },
    { 10700053, "壹拾万柒仟元零伍角叁分" },
    { 1, "壹分" },
    { 100, "壹元整" },
    { 5130000, "伍万壹仟叁佰元整" },
    { 3982301, "叁万玖仟捌佰贰拾叁元零壹分" },
    { 100000001, "壹佰万元零壹分" },
    { 1000100, "壹万零壹元整" },
    { 200000000000, "贰拾亿元整" },
    { 0, "零元整" },
    { -100, "负壹元整" },
    { 10, "壹角" },
    { 11, "壹角壹分" },
    { 1050, "壹拾元零伍角" },
    { 10000100000, "壹亿零壹仟元整" },
    { 10000000100, "壹亿零壹元整" },
    { 101000 * 100, "壹拾万壹仟元整" },
    { 100100 * 100, "壹拾万零壹佰元整" },
    { 41280000, "肆拾壹万贰仟捌佰元整" },
    { G_GINT64_CONSTANT (1000000000000) * 100, "壹万亿元整" },
    { G_GINT64_CONSTANT (1234500000000) * 100, "壹万贰仟叁佰肆拾伍亿元整" },
    { WUYOU_MONEY_MAX, "玖拾万亿元整" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = wuyou_money_format_uppercase (cases[i].fen);
    g_autofree char *expected = g_strconcat ("人民币", cases[i].text, NULL);

    g_assert_cmpstr (text, ==, expected);
  }
}

static void
test_parse (void)
{
  static const struct {
    const char *text;
    gint64 fen;
  } cases[] = {
    { "412,800.00", 41280000 },
    { "412800", 41280000 },
    { "412800.5", 41280050 },
    { " 412 800.50 ", 41280050 },
    { "４１２，８００．００", 41280000 },
    { "¥412,800", 41280000 },
    { "￥3980", 398000 },
    { "3980元", 398000 },
    { "人民币3980元", 398000 },
    { "41.28万", 41280000 },
    { "41.28万元", 41280000 },
    { "0.000001万", 1 },
    { "-12.30", -1230 },
    { "－12.30", -1230 },
    { "0", 0 },
    { "00012", 1200 },
    { "0.10000000", 10 },
    { "90,000,000,000,000.00", WUYOU_MONEY_MAX },
    { "-90000000000000", -WUYOU_MONEY_MAX },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    gint64 fen = 42;
    GError *error = NULL;

    wuyou_money_parse (cases[i].text, &fen, &error);
    g_assert_no_error (error);
    g_assert_cmpint (fen, ==, cases[i].fen);
  }
}

static gboolean
check_money (const char *text, GError **error)
{
  gint64 fen = 42;
  gboolean taken = wuyou_money_parse (text, &fen, error);

  if (!taken)
    g_assert_cmpint (fen, ==, 42);
  return taken;
}

static void
test_refuse (void)
{
  static const char *const texts[] = {
    NULL,
    "",
    "abc",
    "1,2",
    "12,34.00",
    "1,2345",
    ",100",
    "100,",
    "1,,000",
    "1234,567",
    ".5",
    "5.",
    "1.2.3",
    "1.005",
    "0.0000001万",
    "1e5",
    "0x10",
    "--1",
    "1-",
    "+1",
    "1.23.",
    "1万2",
    "万",
    "元",
    "¥",
    "1$",
    "90000000000000.01",
    "99999999999999999999999999999999999999",
    "NaN",
    "1/2",
    "９００００００００００００００",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    GError *error = NULL;

    if (check_money (texts[i], &error))
      g_error ("taken: %s", texts[i]);
    wuyou_test_expect_error (&error, WUYOU_ERROR_INVALID, NULL);
  }
  assert_refuses_long (check_money, "9");
  assert_refuses_long (check_money, "1,");
}

static void
test_hostile (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (hostile_texts); i++) {
    g_autofree char *text = g_strconcat ("100", hostile_texts[i], NULL);
    gboolean is_blank = i < 3; /* spaces around an amount are harmless */

    if (check_money (hostile_texts[i], NULL) || (!is_blank && check_money (text, NULL)))
      g_error ("taken: %s", text);
  }
}

static gint64
random_fen (void)
{
  guint64 wide = (guint64) (guint32) g_test_rand_int () << 32 | (guint32) g_test_rand_int ();

  return (gint64) wide % WUYOU_MONEY_MAX / (G_GINT64_CONSTANT (1) << g_test_rand_int_range (0, 50));
}

static void
test_round_trip (void)
{
  for (int i = 0; i < 20000; i++) {
    gint64 fen = random_fen (), back = 0;
    g_autofree char *text = wuyou_money_format (fen);
    g_autoptr (GError) error = NULL;

    wuyou_money_parse (text, &back, &error);
    g_assert_no_error (error);
    g_assert_cmpint (back, ==, fen);
  }
}

/* Uppercase text read back by the rule itself, digit by digit. */
static gint64
read_uppercase (const char *text)
{
  static const char digits[] = "零壹贰叁肆伍陆柒捌玖";
  gint64 total = 0, section = 0, digit = 0;

  for (const char *p = text + strlen ("人民币"); *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    const char *at = g_utf8_strchr (digits, -1, c);

    if (at != NULL) {
      digit = (at - digits) / 3;
      continue;
    }
    if (c == 0x62FE || c == 0x4F70 || c == 0x4EDF) { /* 拾佰仟 */
      section += digit * (c == 0x62FE ? 10 : c == 0x4F70 ? 100 : 1000);
    } else if (c == 0x4E07) { /* 万 */
      section = (section + digit) * 10000;
    } else if (c == 0x4EBF) { /* 亿 */
      total = (total + section + digit) * 100000000;
      section = 0;
    } else if (c == 0x5143) { /* 元 */
      total = (total + section + digit) * 100;
      section = 0;
    } else if (c == 0x89D2 || c == 0x5206) { /* 角分 */
      total += digit * (c == 0x89D2 ? 10 : 1);
    }
    digit = 0;
  }
  return total;
}

static void
test_uppercase_round_trip (void)
{
  for (int i = 0; i < 20000; i++) {
    gint64 random = random_fen (), fen = ABS (random);
    g_autofree char *text = wuyou_money_format_uppercase (fen);

    g_assert_null (strstr (text, "零零"));
    g_assert_cmpint (read_uppercase (text), ==, fen);
  }
}

/* Requirements 9.4. */
static void
test_scale_vectors (void)
{
  const gint64 invoice = 45000000, fee = 398000;

  g_assert_cmpint (wuyou_money_scale (invoice, 6 * 19, 1000), ==, 5130000);
  g_assert_cmpint (wuyou_money_scale (invoice, 10, 113), ==, 3982301);
  g_assert_cmpint (wuyou_money_scale (invoice, 15, 100), ==, 6750000);
  g_assert_cmpint (wuyou_money_scale (fee, 1095 - 172, 1095), ==, 335483);
  g_assert_cmpint (wuyou_money_scale (fee, 1095 - 173, 1095), ==, 335120);
}

static void
test_scale (void)
{
  g_assert_cmpint (wuyou_money_scale (1, 1, 2), ==, 1);
  g_assert_cmpint (wuyou_money_scale (-1, 1, 2), ==, -1);
  g_assert_cmpint (wuyou_money_scale (3, 1, 2), ==, 2);
  g_assert_cmpint (wuyou_money_scale (1, 1, 3), ==, 0);
  g_assert_cmpint (wuyou_money_scale (2, 1, 3), ==, 1);
  g_assert_cmpint (wuyou_money_scale (-2, 1, 3), ==, -1);
  g_assert_cmpint (wuyou_money_scale (4, 1, 3), ==, 1);
  g_assert_cmpint (wuyou_money_scale (WUYOU_MONEY_MAX, G_MAXINT64, G_MAXINT64), ==, WUYOU_MONEY_MAX);
  g_assert_cmpint (wuyou_money_scale (G_MININT64, G_MININT64, G_MAXINT64), ==, G_MAXINT64);
  g_assert_cmpint (wuyou_money_scale (G_MAXINT64, G_MAXINT64, 1), ==, G_MAXINT64);
  g_assert_cmpint (wuyou_money_scale (G_MININT64, G_MAXINT64, 1), ==, G_MININT64);
  g_assert_cmpint (wuyou_money_scale (0, G_MININT64, G_MAXINT64), ==, 0);
}

/* The true quotient is at most half a fen away; one beyond 64 bits is at its limit. */
static void
check_scale (gint64 fen, gint64 numerator, gint64 denominator, gint64 result)
{
  __int128 product = (__int128) fen * numerator;
  __int128 distance = (product - (__int128) result * denominator) * 2;

  if (result == G_MAXINT64)
    g_assert_true (distance >= -denominator);
  else if (result == G_MININT64)
    g_assert_true (distance <= denominator);
  else
    g_assert_true ((distance < 0 ? -distance : distance) <= denominator);
}

/* On every sign; more money never gives less. */
static void
test_scale_properties (void)
{
  for (int i = 0; i < 20000; i++) {
    gint64 fen = random_fen (), numerator = g_test_rand_int_range (-100000, 100000);
    gint64 denominator = g_test_rand_int_range (1, 100000);
    gint64 result = wuyou_money_scale (fen, numerator, denominator);

    check_scale (fen, numerator, denominator, result);
    if (result != G_MININT64 && result != G_MAXINT64) /* the limits are not each other's opposite */
      g_assert_cmpint (wuyou_money_scale (-fen, numerator, denominator), ==, -result);
    if (numerator > 0)
      g_assert_cmpint (wuyou_money_scale (fen + 1, numerator, denominator), >=, result);
  }
}

static void
test_add (void)
{
  gint64 sum = 7;

  g_assert_true (wuyou_money_add (1, -3, &sum));
  g_assert_cmpint (sum, ==, -2);
  g_assert_false (wuyou_money_add (WUYOU_MONEY_MAX, 1, &sum));
  g_assert_false (wuyou_money_add (G_MAXINT64, G_MAXINT64, &sum));
  g_assert_false (wuyou_money_add (G_MININT64, -1, &sum));
  g_assert_cmpint (sum, ==, -2);
}

int
main (int argc, char **argv)
{
  wuyou_test_init (&argc, &argv);
  g_test_add_func ("/base/money/format", test_format);
  g_test_add_func ("/base/money/uppercase", test_uppercase);
  g_test_add_func ("/base/money/uppercase/round-trip", test_uppercase_round_trip);
  g_test_add_func ("/base/money/parse", test_parse);
  g_test_add_func ("/base/money/parse/refuse", test_refuse);
  g_test_add_func ("/base/money/parse/hostile", test_hostile);
  g_test_add_func ("/base/money/round-trip", test_round_trip);
  g_test_add_func ("/base/money/scale", test_scale);
  g_test_add_func ("/base/money/scale/vectors", test_scale_vectors);
  g_test_add_func ("/base/money/scale/properties", test_scale_properties);
  g_test_add_func ("/base/money/add", test_add);
  return g_test_run ();
}
