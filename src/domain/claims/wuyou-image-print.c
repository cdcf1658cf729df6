/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-image-print.h"

#include <stdlib.h>
#include <string.h>

#define SIDE WUYOU_IMAGE_PRINT_SIDE
#define LOW 8
#define LIGHT 150 /* paper is, in any room */
#define SHADE 24  /* of one paper, lit from one side */
#define FLAT 24   /* a term below this share of a gray step is noise of the encoder */

/* 16384 × cos (k π / 64). */
static const gint32 quarter[SIDE + 1] = {
  16384, 16364, 16305, 16207, 16069, 15893, 15679, 15426, 15137, 14811, 14449, 14053, 13623, 13160, 12665, 12140, 11585,
  11003, 10394, 9760,  9102,  8423,  7723,  7005,  6270,  5520,  4756,  3981,  3196,  2404,  1606,  804,   0,
};

static gint32
get_cosine (int k)
{
  k %= 4 * SIDE;
  if (k > 2 * SIDE)
    k = 4 * SIDE - k;
  return k <= SIDE ? quarter[k] : -quarter[2 * SIDE - k];
}

/* The terms 1 … 8 of a line, without the constant one, which is only the light. */
static void
transform (const gint64 *line, int step, gint64 *terms)
{
  for (int u = 0; u < LOW; u++) {
    gint64 sum = 0;

    for (int x = 0; x < SIDE; x++)
      sum += line[x * step] * get_cosine ((2 * x + 1) * (u + 1));
    terms[u] = sum / 16384;
  }
}

static int
compare (gconstpointer a, gconstpointer b)
{
  gint64 left = *(const gint64 *) a, right = *(const gint64 *) b;

  return (left > right) - (left < right);
}

static gint64
find_median (const gint64 *terms)
{
  gint64 sorted[LOW * LOW];

  memcpy (sorted, terms, sizeof sorted);
  qsort (sorted, LOW * LOW, sizeof *sorted, compare);
  return (sorted[LOW * LOW / 2 - 1] + sorted[LOW * LOW / 2]) / 2;
}

static gboolean
is_flat (const gint64 *terms)
{
  for (int i = 0; i < LOW * LOW; i++)
    if (ABS (terms[i]) > FLAT * SIDE)
      return FALSE;
  return TRUE;
}

guint64
wuyou_image_print (const guint8 *gray)
{
  gint64 pixels[SIDE * SIDE], rows[SIDE * LOW], columns[LOW], terms[LOW * LOW];
  guint64 print = 0;
  gint64 median;

  for (int i = 0; i < SIDE * SIDE; i++)
    pixels[i] = gray[i] * 16;
  for (int y = 0; y < SIDE; y++)
    transform (pixels + y * SIDE, 1, rows + y * LOW);
  for (int u = 0; u < LOW; u++) {
    transform (rows + u, LOW, columns);
    for (int v = 0; v < LOW; v++)
      terms[v * LOW + u] = columns[v];
  }
  if (is_flat (terms))
    return 0;
  median = find_median (terms);
  for (int i = 0; i < LOW * LOW; i++)
    print |= (guint64) (terms[i] > median) << i;
  return print;
}

gboolean
wuyou_image_is_paper (const guint8 *gray)
{
  guint shades[256] = { 0 }, most = 0;

  for (int i = 0; i < SIDE * SIDE; i++)
    shades[gray[i]]++;
  for (guint from = LIGHT; from + SHADE <= G_N_ELEMENTS (shades); from++) {
    guint n = 0;

    for (guint i = 0; i < SHADE; i++)
      n += shades[from + i];
    most = MAX (most, n);
  }
  return most * 2 >= SIDE * SIDE;
}

guint
wuyou_image_print_distance (guint64 a, guint64 b)
{
  return a == 0 || b == 0 ? 64 : (guint) __builtin_popcountll (a ^ b);
}
