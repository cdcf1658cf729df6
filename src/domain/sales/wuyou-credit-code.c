/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "sales/wuyou-credit-code.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wuyou-refusal.h"
#include "base/wuyou-text.h"

#define LENGTH 18
#define AUTHORITY "GB 32100-2015"

static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY"; /* without I, O, S, V, Z */

char *
wuyou_credit_code_normalise (const char *typed)
{
  return wuyou_text_compact (typed);
}

static int
find_value (char c)
{
  const char *at = c != '\0' ? strchr (alphabet, c) : NULL;

  return at != NULL ? (int) (at - alphabet) : -1;
}

char
wuyou_credit_code_compute_check (const char *code)
{
  static const int weights[] = { 1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28 };
  int sum = 0;

  for (guint i = 0; i < G_N_ELEMENTS (weights); i++) {
    int value = code != NULL ? find_value (code[i]) : -1;

    if (value < 0)
      return 0;
    sum += value * weights[i];
  }
  return alphabet[(31 - sum % 31) % 31]; /* a sum that divides evenly gives 0, not place 31 */
}

gboolean
wuyou_credit_code_has_right_organisation_code (const char *code)
{
  static const int weights[] = { 3, 7, 9, 10, 5, 8, 4, 2 };
  int sum = 0;

  if (code == NULL || strlen (code) != LENGTH)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (weights); i++) {
    char c = code[8 + i];

    if (!g_ascii_isdigit (c) && !g_ascii_isupper (c))
      return FALSE;
    sum += (g_ascii_isdigit (c) ? c - '0' : c - 'A' + 10) * weights[i];
  }
  return code[16] == "0X987654321"[sum % 11];
}

gboolean
wuyou_credit_code_check (const char *code, GError **error)
{
  gsize length = wuyou_text_length (code);
  char expected;

  if (!wuyou_text_check (code, error))
    return FALSE;
  if (length != LENGTH)
    return wuyou_refuse_take (
        error, AUTHORITY,
        g_strdup_printf (_ ("A unified social credit code has 18 characters; this has %d."), (int) length));
  for (gsize i = 0; i < LENGTH; i++)
    if (find_value (code[i]) < 0)
      return wuyou_refuse_take (
          error, AUTHORITY,
          g_strdup_printf (_ ("A unified social credit code has digits and capital letters without I, O, S, V and Z; "
                              "look at place %d."),
                           (int) i + 1));
  expected = wuyou_credit_code_compute_check (code);
  if (code[LENGTH - 1] == expected)
    return TRUE;
  return wuyou_refuse_take (
      error, AUTHORITY,
      g_strdup_printf (_ ("One character is mistyped: for the others the last one would be “%c”. Compare the code with "
                          "the business licence."),
                       expected));
}
