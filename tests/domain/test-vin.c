/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "hostile-text.h"
#include "sales/wuyou-vin.h"
#include "wuyou-test.h"

static const WuyouDate today = 20780; /* 2026-11-23 */

static void
test_check_digit (void)
{
  static const struct {
    const char *vin;
    char digit;
  } cases[] = {
    { "LBV6R4103MM111000", '3' },
    { "LATPAB071W1005301", '1' },
    { "1M8GDM9AXKP042788", 'X' },
    { "5GZCZ43D13S812715", '1' },
    { "1FTFW1ET5DFC10312", '9' },
    { "11111111111111111", '1' },
    { "WBA5R1109LFA00001", '9' },
    { "WBY7Z2109LFA00001", '9' },
    { "WMWXR3103LFA00001", '3' },
    { "LBV41CD06LFA00001", '6' },
    { "short", 0 },
    { "IIIIIIIIIIIIIIIII", 0 },
    { "", 0 },
    { "LBV6R4103MM1110000", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (wuyou_vin_compute_check_digit (cases[i].vin), ==, cases[i].digit);
  g_assert_cmpint (wuyou_vin_compute_check_digit (NULL), ==, 0);
}

static void
test_take (void)
{
  static const char *const vins[]
      = { "LBV6R4103MM111000", "LATPAB071W1005301", "WBA5R1109LFA00001", "WBY7Z2109LFA00001",
          "WMWXR3103LFA00001", "LBV41CD06LFA00001", "WBA5R1100LFA00001", "1M8GDM9AXKP042788" };

  for (guint i = 0; i < G_N_ELEMENTS (vins); i++) {
    GError *error = NULL;

    wuyou_vin_check (vins[i], &error);
    g_assert_no_error (error);
  }
}

static void
test_refuse (void)
{
  static const struct {
    const char *vin, *says;
  } cases[] = {
    { NULL, "17" },
    { "", "17" },
    { "LBV41CD06LFA0000", "this has 16" },
    { "LBV41CD06LFA000011", "this has 18" },
    { "LBV41CD06LFAO0001", "letter O (place 13)" },
    { "LBV4ICD06LFA00001", "Is it 1?" },
    { "LBV4QCD06LFA00001", "letter Q (place 5)" },
    { "lbv41cd06lfa00001", "place 1" },
    { "LBV41CD06LFA0000é", "place 17" },
    { "LBV41CD07LFA00001", "“6”" }, /* the check digit itself */
    { "LBV41CD06LFA00010", "“" },   /* two neighbours exchanged */
    { "11111111111111111", "repeats" },
    { "00000000000000000", "repeats" },
    { "WB10A5409FZ456789", "motorcycle" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    GError *error = NULL;

    g_assert_false (wuyou_vin_check (cases[i].vin, &error));
    if (strstr (error->message, cases[i].says) == NULL)
      g_error ("%s: %s", cases[i].vin, error->message);
    wuyou_test_expect_error (&error, WUYOU_ERROR_INVALID, NULL);
  }
}

static void
test_authority (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (wuyou_vin_check ("LBV41CD07LFA00001", &error));
  g_assert_cmpstr (wuyou_error_get_authority (error), ==, "GB 16735");
}

/* Every mistyped single character and every exchange of different neighbours of a China-built car is noticed,
 * except where ISO 3779 gives both characters the same digit. */
static void
test_noticed (void)
{
  static const char characters[] = "0123456789ABCDEFGHJKLMNPRSTUVWXYZ";
  const char *right = "LBV41CD06LFA00001";
  int noticed = 0, taken = 0;

  for (int i = 1; i < WUYOU_VIN_LENGTH; i++)
    for (const char *c = characters; *c != '\0'; c++) {
      g_autofree char *vin = g_strdup (right);

      vin[i] = *c;
      if (*c == right[i])
        continue;
      if (wuyou_vin_check (vin, NULL))
        taken++;
      else
        noticed++;
    }
  g_assert_cmpint (noticed, >, 400);
  g_assert_cmpint (taken, <, 50);
}

static void
test_examine (void)
{
  static const struct {
    const char *vin;
    int brand;
    gboolean needs_reason, right;
    int year;
  } cases[] = {
    { "LBV41CD06LFA00001", WUYOU_BRAND_BMW, FALSE, TRUE, 2020 },
    { "WBA5R1109LFA00001", WUYOU_BRAND_BMW, FALSE, TRUE, 2020 },
    { "WBA5R1100LFA00001", WUYOU_BRAND_BMW, TRUE, FALSE, 2020 },
    { "WMWXR3103LFA00001", WUYOU_BRAND_MINI, FALSE, TRUE, 2020 },
    { "LATPAB071W1005301", 0, TRUE, TRUE, 1998 }, /* W: 2028 is after next year */
    { "1M8GDM9AXKP042788", 0, TRUE, TRUE, 2019 },
    { "WBA5R1109", 0, FALSE, FALSE, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    WuyouVinFinding finding = wuyou_vin_examine (cases[i].vin, today);
    g_autofree char *caution = wuyou_vin_dup_caution (cases[i].vin);

    g_assert_cmpint (finding.brand, ==, cases[i].brand);
    g_assert_cmpint (finding.needs_reason, ==, cases[i].needs_reason);
    g_assert_cmpint (finding.check_digit_is_right, ==, cases[i].right);
    g_assert_cmpint (finding.model_year, ==, cases[i].year);
    g_assert_cmpint (caution != NULL, ==, cases[i].needs_reason);
  }
  g_assert_cmpint (wuyou_vin_examine (NULL, today).brand, ==, 0);
}

static void
test_model_year (void)
{
  static const struct {
    char code;
    int year, earlier;
  } cases[] = { { 'A', 2010, 1980 }, { 'H', 2017, 1987 }, { 'J', 2018, 1988 }, { 'T', 2026, 1996 },
                { 'V', 2027, 1997 }, { 'W', 1998, 0 },    { 'Y', 2000, 0 },    { '1', 2001, 0 },
                { '9', 2009, 0 },    { 'U', 0, 0 },       { 'Z', 0, 0 },       { '0', 0, 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *vin = g_strdup ("WBA5R1109LFA00001");
    WuyouVinFinding finding;

    vin[9] = cases[i].code;
    finding = wuyou_vin_examine (vin, today);
    g_assert_cmpint (finding.model_year, ==, cases[i].year);
    g_assert_cmpint (finding.earlier_model_year, ==, cases[i].earlier);
  }
}

static void
test_caution (void)
{
  g_autofree char *digit = wuyou_vin_dup_caution ("WBA5R1100LFA00001");
  g_autofree char *maker = wuyou_vin_dup_caution ("LATPAB071W1005301");

  g_assert_nonnull (strstr (digit, "“9”"));
  g_assert_nonnull (strstr (maker, "“LAT”"));
  g_assert_null (wuyou_vin_dup_caution (NULL));
}

static void
test_normalise (void)
{
  g_autofree char *vin = wuyou_vin_normalise (" ｌｂｖ41cd06　lfa-00001\n");

  g_assert_cmpstr (vin, ==, "LBV41CD06LFA00001");
}

static void
test_hostile (void)
{
  assert_refuses_hostile (wuyou_vin_check, "LBV41CD06LFA00001");
  assert_refuses_long (wuyou_vin_check, "LBV41CD06LFA00001");
}

int
main (int argc, char **argv)
{
  wuyou_test_init (&argc, &argv);
  g_test_add_func ("/sales/vin/check-digit", test_check_digit);
  g_test_add_func ("/sales/vin/take", test_take);
  g_test_add_func ("/sales/vin/refuse", test_refuse);
  g_test_add_func ("/sales/vin/refuse/authority", test_authority);
  g_test_add_func ("/sales/vin/refuse/noticed", test_noticed);
  g_test_add_func ("/sales/vin/examine", test_examine);
  g_test_add_func ("/sales/vin/model-year", test_model_year);
  g_test_add_func ("/sales/vin/caution", test_caution);
  g_test_add_func ("/sales/vin/normalise", test_normalise);
  g_test_add_func ("/sales/vin/hostile", test_hostile);
  return g_test_run ();
}
