/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "sales/wuyou-vin.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wuyou-refusal.h"
#include "base/wuyou-text.h"

#define AUTHORITY "GB 16735"
#define CHECK_PLACE 8
#define YEAR_PLACE 9
#define YEAR_CYCLE 30
#define MIN_DIFFERENT 4 /* a real VIN has more different characters; 11111111111111111 passes the checksum */

typedef struct {
  char code[4];
  WuyouBrand brand;
  const char *maker;
  gboolean is_motorcycle;
  gboolean is_doubtful; /* use not confirmed: taken with a reason */
} Maker;

static const Maker makers[] = {
  { "WBA", WUYOU_BRAND_BMW, N_ ("BMW AG, passenger car") },
  { "WBS", WUYOU_BRAND_BMW, N_ ("BMW M GmbH") },
  { "WBX", WUYOU_BRAND_BMW, N_ ("BMW AG, X model") },
  { "WBY", WUYOU_BRAND_BMW, N_ ("BMW i, electric") },
  { "WB1", WUYOU_BRAND_BMW, N_ ("BMW motorcycle"), TRUE },
  { "WB3", WUYOU_BRAND_BMW, N_ ("BMW AG"), FALSE, TRUE },
  { "WB5", WUYOU_BRAND_BMW, N_ ("BMW AG") },
  { "4US", WUYOU_BRAND_BMW, N_ ("BMW, United States, passenger car") },
  { "5UX", WUYOU_BRAND_BMW, N_ ("BMW, United States, X model") },
  { "5YM", WUYOU_BRAND_BMW, N_ ("BMW M, United States") },
  { "3MW", WUYOU_BRAND_BMW, N_ ("BMW, Mexico") },
  { "3MF", WUYOU_BRAND_BMW, N_ ("BMW M, Mexico") },
  { "98M", WUYOU_BRAND_BMW, N_ ("BMW, Brazil") },
  { "ABM", WUYOU_BRAND_BMW, N_ ("BMW, South Africa") },
  { "NC0", WUYOU_BRAND_BMW, N_ ("BMW, South Africa") },
  { "LBV", WUYOU_BRAND_BMW, N_ ("BMW Brilliance, Shenyang") },
  { "WMW", WUYOU_BRAND_MINI, N_ ("MINI") },
  { "WMZ", WUYOU_BRAND_MINI, N_ ("MINI") },
};

static const Maker *
find_maker (const char *vin)
{
  for (guint i = 0; i < G_N_ELEMENTS (makers); i++)
    if (strncmp (vin, makers[i].code, 3) == 0)
      return &makers[i];
  return NULL;
}

/* ISO 3779 gives each letter a digit; -1 for what a VIN does not have. */
static int
transliterate (char c)
{
  static const char letters[] = "ABCDEFGHJKLMNPRSTUVWXYZ";
  static const char values[] = "12345678123457923456789";
  const char *at;

  if (g_ascii_isdigit (c))
    return c - '0';
  at = c != '\0' ? strchr (letters, c) : NULL;
  return at != NULL ? values[at - letters] - '0' : -1;
}

char
wuyou_vin_compute_check_digit (const char *vin)
{
  static const int weights[WUYOU_VIN_LENGTH] = { 8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2 };
  int sum = 0;

  if (vin == NULL || strlen (vin) != WUYOU_VIN_LENGTH)
    return 0;
  for (int i = 0; i < WUYOU_VIN_LENGTH; i++) {
    int value = i == CHECK_PLACE ? 0 : transliterate (vin[i]);

    if (value < 0)
      return 0;
    sum += value * weights[i];
  }
  return "0123456789X"[sum % 11];
}

char *
wuyou_vin_normalise (const char *typed)
{
  return wuyou_text_compact (typed);
}

static gboolean
refuse_character (const char *vin, gsize place, GError **error)
{
  char c = vin[place];

  if (c == 'I' || c == 'O' || c == 'Q')
    return wuyou_refuse_take (error, AUTHORITY,
                              g_strdup_printf (_ ("A VIN never has the letter %c (place %d). Is it %c?"), c,
                                               (int) place + 1, c == 'I' ? '1' : '0'));
  return wuyou_refuse_take (
      error, AUTHORITY,
      g_strdup_printf (_ ("A VIN has capital letters and digits only; place %d has another character."),
                       (int) place + 1));
}

static gboolean
check_form (const char *vin, GError **error)
{
  gsize length;

  if (!wuyou_text_check (vin, error))
    return FALSE;
  length = wuyou_text_length (vin);
  if (length != WUYOU_VIN_LENGTH)
    return wuyou_refuse_take (error, AUTHORITY,
                              g_strdup_printf (_ ("The VIN has 17 characters; this has %d."), (int) length));
  for (gsize i = 0; i < WUYOU_VIN_LENGTH; i++)
    if (transliterate (vin[i]) < 0)
      return refuse_character (vin, i, error);
  return TRUE;
}

static int
count_different (const char *vin)
{
  int count = 0;

  for (int i = 0; i < WUYOU_VIN_LENGTH; i++)
    count += memchr (vin, vin[i], (gsize) i) == NULL;
  return count;
}

gboolean
wuyou_vin_check (const char *vin, GError **error)
{
  const Maker *maker;
  char expected;

  if (!check_form (vin, error))
    return FALSE;
  if (count_different (vin) < MIN_DIFFERENT)
    return wuyou_refuse (error, AUTHORITY, N_ ("This is not the VIN of a car: it repeats the same few characters."));
  maker = find_maker (vin);
  if (maker != NULL && maker->is_motorcycle)
    return wuyou_refuse (error, NULL, N_ ("This is the VIN of a motorcycle; only passenger cars are covered."));
  expected = wuyou_vin_compute_check_digit (vin);
  if (vin[0] == 'L' && vin[CHECK_PLACE] != expected)
    return wuyou_refuse_take (
        error, AUTHORITY,
        g_strdup_printf (_ ("One character is mistyped: for the others the ninth character would be “%c”. Compare the "
                            "VIN with the vehicle licence."),
                         expected));
  return TRUE;
}

static void
fill_model_years (WuyouVinFinding *finding, char code, WuyouDate today)
{
  static const char codes[] = "ABCDEFGHJKLMNPRSTVWXY123456789"; /* 1980 to 2009, then again */
  const char *at = strchr (codes, code);
  int year, month, day;

  if (at == NULL || today == WUYOU_DATE_NONE)
    return;
  wuyou_date_split (today, &year, &month, &day);
  for (int candidate = 1980 + (int) (at - codes); candidate <= year + 1; candidate += YEAR_CYCLE) {
    finding->earlier_model_year = finding->model_year;
    finding->model_year = candidate;
  }
}

WuyouVinFinding
wuyou_vin_examine (const char *vin, WuyouDate today)
{
  WuyouVinFinding finding = { 0 };
  const Maker *maker;

  if (vin == NULL || !check_form (vin, NULL))
    return finding;
  maker = find_maker (vin);
  finding.brand = maker != NULL ? maker->brand : 0;
  finding.maker = maker != NULL ? maker->maker : NULL;
  finding.is_china_built = vin[0] == 'L';
  finding.expected_check_digit = wuyou_vin_compute_check_digit (vin);
  finding.check_digit_is_right = vin[CHECK_PLACE] == finding.expected_check_digit;
  finding.needs_reason
      = maker == NULL || maker->is_doubtful || (!finding.is_china_built && !finding.check_digit_is_right);
  fill_model_years (&finding, vin[YEAR_PLACE], today);
  return finding;
}

char *
wuyou_vin_dup_caution (const char *vin)
{
  WuyouVinFinding finding = wuyou_vin_examine (vin, WUYOU_DATE_NONE);

  if (!finding.needs_reason)
    return NULL;
  if (!finding.check_digit_is_right)
    return g_strdup_printf (_ ("The ninth character would be “%c” by the check rule. Imported cars may differ: compare "
                               "the VIN with the invoice and the vehicle licence, and give the reason."),
                            finding.expected_check_digit);
  return g_strdup_printf (_ ("“%.3s” is not a known maker’s code of BMW or MINI. Compare the VIN with the vehicle "
                             "licence, and give the reason."),
                          vin);
}
