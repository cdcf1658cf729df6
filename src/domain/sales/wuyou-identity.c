/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "sales/wuyou-identity.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wuyou-refusal.h"
#include "base/wuyou-text.h"
#include "sales/wuyou-credit-code.h"

#define RESIDENT_LENGTH 18
#define RESIDENT_AUTHORITY "GB 11643-1999"
#define ADULT_MONTHS (18 * 12)

const WuyouEnum wuyou_identity_types[] = {
  { WUYOU_IDENTITY_RESIDENT, "RESIDENT", N_ ("Resident identity card") },
  { WUYOU_IDENTITY_RESIDENCE_PERMIT, "RESIDENCE_PERMIT", N_ ("Residence permit, Hong Kong, Macau, Taiwan") },
  { WUYOU_IDENTITY_HK_MACAU_PERMIT, "HK_MACAU_PERMIT", N_ ("Mainland travel permit, Hong Kong and Macau") },
  { WUYOU_IDENTITY_TAIWAN_PERMIT, "TAIWAN_PERMIT", N_ ("Mainland travel permit, Taiwan") },
  { WUYOU_IDENTITY_FOREIGN_RESIDENCE, "FOREIGN_RESIDENCE", N_ ("Foreigner’s permanent residence card") },
  { WUYOU_IDENTITY_PASSPORT, "PASSPORT", N_ ("Passport") },
  { WUYOU_IDENTITY_CREDIT_CODE, "CREDIT_CODE", N_ ("Unified social credit code") },
  { 0 },
};

char *
wuyou_identity_normalise (const char *typed)
{
  return wuyou_text_compact (typed);
}

char
wuyou_identity_compute_check (const char *number)
{
  static const int weights[] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
  int sum = 0;

  for (guint i = 0; i < G_N_ELEMENTS (weights); i++) {
    if (number == NULL || !g_ascii_isdigit (number[i]))
      return 0;
    sum += (number[i] - '0') * weights[i];
  }
  return "10X98765432"[sum % 11];
}

static int
read_number (const char *digits, int count)
{
  int value = 0;

  for (int i = 0; i < count; i++)
    value = value * 10 + (digits[i] - '0');
  return value;
}

static gboolean
has_birth_date (const char *number)
{
  int month = read_number (number + 10, 2);

  return month >= G_DATE_JANUARY && month <= G_DATE_DECEMBER
         && g_date_valid_dmy ((GDateDay) read_number (number + 12, 2), (GDateMonth) month,
                              (GDateYear) read_number (number + 6, 4));
}

static gboolean
check_last_character (const char *number, GError **error)
{
  char expected = wuyou_identity_compute_check (number);

  if (number[RESIDENT_LENGTH - 1] == expected)
    return TRUE;
  return wuyou_refuse_take (
      error, RESIDENT_AUTHORITY,
      g_strdup_printf (_ ("One digit is mistyped: for the others the last character would be “%c”. Compare the number "
                          "with the card."),
                       expected));
}

/* Region codes are not looked up: old ones stay in use after a region is renamed. */
static gboolean
check_resident (const char *number, GError **error)
{
  gsize length = strlen (number);

  if (length == 15 && wuyou_text_is_digits (number))
    return wuyou_refuse (error, RESIDENT_AUTHORITY,
                         N_ ("Numbers of 15 digits are no longer valid. Enter the 18 characters of the present card."));
  if (length != RESIDENT_LENGTH)
    return wuyou_refuse_take (
        error, RESIDENT_AUTHORITY,
        g_strdup_printf (_ ("The number has 18 characters; this has %d."), (int) wuyou_text_length (number)));
  if (wuyou_identity_compute_check (number) == 0 || number[0] == '0'
      || (!g_ascii_isdigit (number[17]) && number[17] != 'X'))
    return wuyou_refuse (error, RESIDENT_AUTHORITY, N_ ("The number has 17 digits and then a digit or X."));
  if (!has_birth_date (number))
    return wuyou_refuse (error, RESIDENT_AUTHORITY,
                         N_ ("Places 7 to 14 are the date of birth, and there is no such day."));
  return check_last_character (number, error);
}

static gboolean
check_residence_permit (const char *number, GError **error)
{
  if (!check_resident (number, error))
    return FALSE;
  if (number[0] != '8' || number[1] < '1' || number[1] > '3')
    return wuyou_refuse (error, NULL, N_ ("The number of a residence permit begins with 81, 82 or 83."));
  return TRUE;
}

static gboolean
check_hk_macau_permit (const char *number, GError **error)
{
  gsize length = strlen (number);

  if ((number[0] == 'H' || number[0] == 'M') && (length == 9 || length == 11) && wuyou_text_is_digits (number + 1))
    return TRUE;
  return wuyou_refuse (error, NULL, N_ ("The number of this permit is H or M and 8 digits, such as H12345678."));
}

static gboolean
check_taiwan_permit (const char *number, GError **error)
{
  gsize digits = strspn (number, "0123456789"), rest = strlen (number) - digits;

  if (rest == 0 && (digits == 8 || digits == 10))
    return TRUE;
  if (digits == 10 && rest == 1 && g_ascii_isupper (number[10]))
    return TRUE;
  return wuyou_refuse (error, NULL, N_ ("The number of this permit has 8 digits; on older cards 10 digits."));
}

static gboolean
check_foreign_residence (const char *number, GError **error)
{
  gsize length = strlen (number);

  if (length == 15 && g_ascii_isupper (number[0]) && g_ascii_isupper (number[1]) && g_ascii_isupper (number[2])
      && wuyou_text_is_digits (number + 3))
    return TRUE;
  if (length == RESIDENT_LENGTH && number[0] == '9' && wuyou_identity_compute_check (number) != 0)
    return check_last_character (number, error);
  return wuyou_refuse (error, NULL,
                       N_ ("The number of this card is 3 letters and 12 digits, or 18 digits that begin with 9."));
}

static gboolean
check_passport (const char *number, GError **error)
{
  gsize length = strlen (number);

  if (length >= 5 && length <= 20 && strspn (number, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == length
      && strpbrk (number, "0123456789") != NULL)
    return TRUE;
  return wuyou_refuse (error, NULL, N_ ("A passport number has 5 to 20 capital letters and digits."));
}

gboolean
wuyou_identity_check (WuyouIdentityType type, const char *number, GError **error)
{
  static gboolean (*const checks[]) (const char *number, GError **error) = {
    [WUYOU_IDENTITY_RESIDENT] = check_resident,
    [WUYOU_IDENTITY_RESIDENCE_PERMIT] = check_residence_permit,
    [WUYOU_IDENTITY_HK_MACAU_PERMIT] = check_hk_macau_permit,
    [WUYOU_IDENTITY_TAIWAN_PERMIT] = check_taiwan_permit,
    [WUYOU_IDENTITY_FOREIGN_RESIDENCE] = check_foreign_residence,
    [WUYOU_IDENTITY_PASSPORT] = check_passport,
    [WUYOU_IDENTITY_CREDIT_CODE] = wuyou_credit_code_check,
  };

  if ((guint) type >= G_N_ELEMENTS (checks) || checks[type] == NULL)
    return wuyou_refuse (error, NULL, N_ ("Please choose the kind of identity document first."));
  if (number == NULL || *number == '\0')
    return wuyou_refuse (error, NULL, N_ ("Please enter the number."));
  return wuyou_text_check (number, error) && checks[type](number, error);
}

gboolean
wuyou_identity_is_adult (WuyouIdentityType type, const char *number, WuyouDate today)
{
  WuyouDate born_on;

  if (type != WUYOU_IDENTITY_RESIDENT && type != WUYOU_IDENTITY_RESIDENCE_PERMIT)
    return TRUE;
  if (!wuyou_identity_check (type, number, NULL))
    return TRUE;
  born_on = wuyou_date_new (read_number (number + 6, 4), read_number (number + 10, 2), read_number (number + 12, 2));
  return born_on == WUYOU_DATE_NONE ? number[6] == '1' : born_on <= wuyou_date_add_months (today, -ADULT_MONTHS);
}
