/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "accounts/wuyou-password-rules.h"
#include "base/wuyou-text.h"
#include "fuzz.h"
#include "sales/wuyou-contact.h"
#include "sales/wuyou-credit-code.h"
#include "sales/wuyou-identity.h"
#include "sales/wuyou-invoice.h"
#include "sales/wuyou-search-fragments.h"
#include "sales/wuyou-vin.h"

typedef struct {
  char *(*normalise) (const char *typed);
  gboolean (*check) (const char *text, GError **error);
} Number;

/* A refusal has a sentence; a right number is its own normal form. */
static void
try_number (const Number *number, const char *text)
{
  g_autofree char *normal = number->normalise (text);
  g_autofree char *again = number->normalise (normal);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (normal, ==, again);
  if (number->check (normal, &error))
    g_assert_true (g_utf8_validate (normal, -1, NULL));
  else
    g_assert_cmpuint (strlen (error->message), >, 0);
  number->check (text, NULL);
}

static void
try_vin (const char *text)
{
  WuyouVinFinding finding = wuyou_vin_examine (text, 20780);

  g_free (wuyou_vin_dup_caution (text));
  if (wuyou_vin_check (text, NULL)) {
    g_assert_cmpuint (strlen (text), ==, WUYOU_VIN_LENGTH);
    g_assert_true (finding.expected_check_digit != 0);
  }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const Number numbers[] = {
    { wuyou_vin_normalise, wuyou_vin_check },       { wuyou_credit_code_normalise, wuyou_credit_code_check },
    { wuyou_mobile_normalise, wuyou_mobile_check }, { wuyou_email_normalise, wuyou_email_check },
    { wuyou_plate_normalise, wuyou_plate_check },   { wuyou_text_normalise, wuyou_name_check },
  };
  g_autofree char *text = g_strndup ((const char *) data, size);
  const char *words[] = { text, NULL };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    try_number (&numbers[i], text);
  for (int type = 0; type <= WUYOU_IDENTITY_CREDIT_CODE + 1; type++) {
    wuyou_identity_check (type, text, NULL);
    wuyou_identity_is_adult (type, text, 20780);
  }
  wuyou_invoice_check (text, text, NULL);
  try_vin (text);
  g_ptr_array_unref (wuyou_search_fragments_of_query (text));
  wuyou_password_strength (text, words);
  return 0;
}
