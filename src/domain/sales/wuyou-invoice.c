/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "sales/wuyou-invoice.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wuyou-refusal.h"
#include "base/wuyou-text.h"

#define PAPER_CODE_LENGTH 12
#define PAPER_NUMBER_LENGTH 8
#define ELECTRONIC_LENGTH 20

char *
wuyou_invoice_normalise (const char *typed)
{
  return wuyou_text_compact (typed);
}

gboolean
wuyou_invoice_is_electronic (const char *number)
{
  return wuyou_text_is_digits (number) && strlen (number) == ELECTRONIC_LENGTH;
}

gboolean
wuyou_invoice_check (const char *code, const char *number, GError **error)
{
  gboolean has_code = code != NULL && *code != '\0';

  if (!wuyou_text_check (code, error) || !wuyou_text_check (number, error))
    return FALSE;
  if (wuyou_invoice_is_electronic (number)) {
    if (has_code)
      return wuyou_refuse (error, NULL, N_ ("An electronic invoice has a number of 20 digits and no code."));
    return TRUE;
  }
  if (!wuyou_text_is_digits (number) || strlen (number) != PAPER_NUMBER_LENGTH)
    return wuyou_refuse (
        error, NULL, N_ ("An invoice number has 8 digits on paper, with a code of 12, or 20 digits when electronic."));
  if (!has_code || !wuyou_text_is_digits (code) || strlen (code) != PAPER_CODE_LENGTH)
    return wuyou_refuse (error, NULL, N_ ("A paper invoice also has a code of 12 digits; enter it before the number."));
  return TRUE;
}
