/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "demo/wuyou-demo-identity.h"

#include <string.h>

#include "sales/wuyou-credit-code.h"
#include "sales/wuyou-identity.h"
#include "sales/wuyou-vin.h"

#define VIN_LETTERS "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"
#define PLATE_LETTERS "ABCDEFGHJKLMNPQRSTUVWXYZ"
#define ORG_LETTERS "ABCDEFGHJKLMNPQRTUWXY"
#define YEAR_CODES "ABCDEFGHJKLMNPRSTVWXY123456789" /* 2010 … 2039 */
#define FIRST_YEAR 2010

static char
pick_letter (WuyouDemoRandom *random, const char *letters)
{
  return letters[wuyou_demo_random_below (random, strlen (letters))];
}

/* Five characters that belong to the model, so that cars of a kind look alike. */
static void
write_descriptor (const WuyouDemoModel *model, char out[5])
{
  guint hash = g_str_hash (model->name);

  for (guint i = 0; i < 5; i++) {
    out[i] = VIN_LETTERS[hash % strlen (VIN_LETTERS)];
    hash /= 7;
  }
}

char *
wuyou_demo_vin (WuyouDemoRandom *random, const WuyouDemoModel *model, int model_year, guint serial)
{
  char *vin = g_strnfill (WUYOU_VIN_LENGTH, '0');
  g_autofree char *tail = g_strdup_printf ("%06u", serial % 1000000);

  memcpy (vin, model->wmi, 3);
  write_descriptor (model, vin + 3);
  vin[9] = YEAR_CODES[CLAMP (model_year - FIRST_YEAR, 0, (int) strlen (YEAR_CODES) - 1)];
  vin[10] = pick_letter (random, "ABCDEFGKLMSTV");
  memcpy (vin + 11, tail, 6);
  vin[8] = wuyou_vin_compute_check_digit (vin);
  return vin;
}

char *
wuyou_demo_resident_id (WuyouDemoRandom *random, const char *region, WuyouDate today)
{
  WuyouDate birth = wuyou_date_add_months (today, -22 * 12) - wuyou_demo_random_below (random, 46 * 365);
  guint sequence = wuyou_demo_random_between (random, 1, 999);
  int year, month, day;
  g_autofree char *number = NULL;

  wuyou_date_split (birth, &year, &month, &day);
  number = g_strdup_printf ("%s%04d%02d%02d%03u0", region, year, month, day, sequence);
  number[17] = wuyou_identity_compute_check (number);
  return g_steal_pointer (&number);
}

/* GB 11714: weights 3 7 9 10 5 8 4 2, a letter counts 10 for A … 35 for Z. */
static char
compute_organisation_check (const char *code)
{
  static const int weights[] = { 3, 7, 9, 10, 5, 8, 4, 2 };
  int sum = 0;

  for (guint i = 0; i < G_N_ELEMENTS (weights); i++)
    sum += weights[i] * (g_ascii_isdigit (code[i]) ? code[i] - '0' : code[i] - 'A' + 10);
  sum = 11 - sum % 11;
  return sum == 10 ? 'X' : sum == 11 ? '0' : (char) ('0' + sum);
}

char *
wuyou_demo_credit_code (WuyouDemoRandom *random, const char *region)
{
  char *code = g_strdup_printf ("91%sMA6%c%04u00", region, pick_letter (random, ORG_LETTERS),
                                wuyou_demo_random_below (random, 10000));

  code[16] = compute_organisation_check (code + 8);
  code[17] = wuyou_credit_code_compute_check (code);
  return code;
}

char *
wuyou_demo_digits (WuyouDemoRandom *random, guint length)
{
  char *digits = g_strnfill (length, '0');

  for (guint i = 0; i < length; i++)
    digits[i]
        = (char) ('0' + (i == 0 ? 1 + wuyou_demo_random_below (random, 9) : wuyou_demo_random_below (random, 10)));
  return digits;
}

char *
wuyou_demo_mobile (WuyouDemoRandom *random, const WuyouDemoWords *words)
{
  const char *prefix = wuyou_demo_random_pick (random, words->mobile_prefixes);

  return g_strdup_printf ("%s%08u", prefix, wuyou_demo_random_below (random, 100000000));
}

/* GA 36: five characters, at most two of them letters; new energy six, the first tells the drive. */
char *
wuyou_demo_plate (WuyouDemoRandom *random, const char *start, int energy)
{
  GString *plate = g_string_new (start);
  guint letters = wuyou_demo_random_below (random, 3);

  if (energy != WUYOU_ENERGY_PETROL) {
    g_string_append_c (plate, energy == WUYOU_ENERGY_ELECTRIC ? pick_letter (random, "DDDA") : 'F');
    g_string_append_printf (plate, "%05u", wuyou_demo_random_below (random, 100000));
    return g_string_free (plate, FALSE);
  }
  for (guint i = 0; i < 5; i++)
    g_string_append_c (plate, i > 0 && i <= letters ? pick_letter (random, PLATE_LETTERS)
                                                    : (char) ('0' + wuyou_demo_random_below (random, 10)));
  return g_string_free (plate, FALSE);
}

char *
wuyou_demo_policy_no (WuyouDemoRandom *random, const WuyouDemoInsurer *insurer, const char *kind, WuyouDate from)
{
  int year, month, day;

  wuyou_date_split (from, &year, &month, &day);
  return g_strdup_printf ("%s%s%04d%02d%08u", insurer->prefix, kind, year, month,
                          wuyou_demo_random_below (random, 100000000));
}

char *
wuyou_demo_person_name (WuyouDemoRandom *random, const WuyouDemoWords *words)
{
  const char *surname = wuyou_demo_random_pick (random, words->surnames);
  const char *first = wuyou_demo_random_pick (random, words->given);
  const char *second = wuyou_demo_random_pick (random, words->given);

  return g_strconcat (surname, first, wuyou_demo_random_chance (random, 180) ? NULL : second, NULL);
}

char *
wuyou_demo_company_name (WuyouDemoRandom *random, const WuyouDemoWords *words)
{
  const char *city = wuyou_demo_random_pick (random, words->cities);
  const char *name = wuyou_demo_random_pick (random, words->company_names);
  const char *trade = wuyou_demo_random_pick (random, words->trades);

  return g_strconcat (city, name, trade, "有限公司", NULL);
}

char *
wuyou_demo_address (WuyouDemoRandom *random, const WuyouDemoWords *words, const WuyouDemoRegion *region)
{
  const char *street = wuyou_demo_random_pick (random, words->streets);
  const char *estate = wuyou_demo_random_pick (random, words->estates);
  guint house = 1 + wuyou_demo_random_below (random, 398);
  guint block = 1 + wuyou_demo_random_below (random, 28);
  guint flat = (1 + wuyou_demo_random_below (random, 32)) * 100 + 1 + wuyou_demo_random_below (random, 6);

  return g_strdup_printf ("%s%s %u 号%s %u 幢 %u 室", region->name, street, house, estate, block, flat);
}
