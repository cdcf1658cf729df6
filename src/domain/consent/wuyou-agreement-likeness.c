/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "consent/wuyou-agreement-diff.h"
#include "consent/wuyou-agreement-private.h"

char *
_wuyou_text_normalise (const char *text)
{
  g_autofree char *folded = g_utf8_normalize (text, -1, G_NORMALIZE_NFKC);
  GString *out = g_string_new (NULL);

  for (const char *c = folded != NULL ? folded : text; *c != '\0'; c = g_utf8_next_char (c))
    if (!g_unichar_isspace (g_utf8_get_char (c)))
      g_string_append_unichar (out, g_utf8_get_char (c));
  return g_string_free (out, FALSE);
}

static int
compare_pairs (gconstpointer a, gconstpointer b)
{
  guint64 x = *(const guint64 *) a, y = *(const guint64 *) b;

  return (x > y) - (x < y);
}

GArray *
_wuyou_text_pairs (const char *normalised)
{
  GArray *pairs = g_array_new (FALSE, FALSE, sizeof (guint64));
  guint64 before = 0;

  for (const char *c = normalised; *c != '\0'; c = g_utf8_next_char (c)) {
    guint64 pair = before << 32 | g_utf8_get_char (c);

    before = g_utf8_get_char (c);
    g_array_append_val (pairs, pair);
  }
  g_array_sort (pairs, compare_pairs);
  return pairs;
}

/* Dice's coefficient: twice what both have over what each has. */
guint
_wuyou_pairs_likeness (const GArray *a, const GArray *b)
{
  guint common = 0;

  if (a->len + b->len == 0)
    return 100;
  for (guint i = 0, j = 0; i < a->len && j < b->len;) {
    guint64 x = g_array_index (a, guint64, i), y = g_array_index (b, guint64, j);

    common += x == y;
    i += x <= y;
    j += y <= x;
  }
  return 200 * common / (a->len + b->len);
}

guint
wuyou_diff_likeness (const char *a, const char *b)
{
  g_autofree char *x = _wuyou_text_normalise (a), *y = _wuyou_text_normalise (b);
  g_autoptr (GArray) p = _wuyou_text_pairs (x), q = _wuyou_text_pairs (y);

  return _wuyou_pairs_likeness (p, q);
}
