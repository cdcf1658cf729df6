/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <string.h>

#include "base/wuyou-money.h"
#include "fuzz.h"

/* What is taken comes back the same, and has an uppercase form. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  gint64 fen = 0, back = 0;

  if (wuyou_money_parse (text, &fen, NULL)) {
    g_autofree char *shown = wuyou_money_format (fen);
    g_autofree char *uppercase = wuyou_money_format_uppercase (fen);

    g_assert_true (wuyou_money_parse (shown, &back, NULL));
    g_assert_cmpint (fen, ==, back);
    g_assert_true (fen >= -WUYOU_MONEY_MAX && fen <= WUYOU_MONEY_MAX);
    g_assert_true (g_str_has_prefix (uppercase, "人民币"));
  }
  if (size >= 3 * sizeof (gint64)) {
    gint64 numbers[3];

    memcpy (numbers, data, sizeof numbers);
    wuyou_money_scale (numbers[0], numbers[1], numbers[2] > 0 ? numbers[2] : 1);
    g_free (wuyou_money_format (numbers[0]));
    g_free (wuyou_money_format_uppercase (numbers[1]));
  }
  return 0;
}
