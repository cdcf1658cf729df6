/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-raster.h"

#include <string.h>

#include "claims/wuyou-image-print.h"

#define SAMPLES 3 /* each way, that are averaged to one pixel of a much smaller picture */
#define BLOCK 32  /* a turn walks in squares, which stay in the cache */

WuyouRaster *
wuyou_raster_new (int width, int height)
{
  WuyouRaster *raster = g_new (WuyouRaster, 1);

  *raster = (WuyouRaster){ width, height, g_malloc_n ((gsize) width * (gsize) height, 3) };
  return raster;
}

void
wuyou_raster_free (WuyouRaster *raster)
{
  if (raster == NULL)
    return;
  g_free (raster->rgb);
  g_free (raster);
}

WuyouRaster *
wuyou_raster_copy (const WuyouRaster *raster)
{
  WuyouRaster *copy = wuyou_raster_new (raster->width, raster->height);

  memcpy (copy->rgb, raster->rgb, (gsize) raster->width * (gsize) raster->height * 3);
  return copy;
}

static guint8 *
get_pixel (const WuyouRaster *raster, int x, int y)
{
  return raster->rgb + ((gsize) y * (gsize) raster->width + (gsize) x) * 3;
}

static void
copy_pixel (const WuyouRaster *from, WuyouRaster *to, int x, int y, int orientation)
{
  gboolean swap = orientation >= 5;
  int tx = swap ? y : x;
  int ty = swap ? x : y;

  if (orientation == 2 || orientation == 3 || orientation == 6 || orientation == 7)
    tx = to->width - 1 - tx;
  if (orientation == 3 || orientation == 4 || orientation == 7 || orientation == 8)
    ty = to->height - 1 - ty;
  memcpy (get_pixel (to, tx, ty), get_pixel (from, x, y), 3);
}

static void
copy_block (const WuyouRaster *from, WuyouRaster *to, int left, int top, int orientation)
{
  for (int y = top; y < MIN (top + BLOCK, from->height); y++)
    for (int x = left; x < MIN (left + BLOCK, from->width); x++)
      copy_pixel (from, to, x, y, orientation);
}

WuyouRaster *
wuyou_raster_orient (WuyouRaster *raster, int orientation)
{
  gboolean swap = orientation >= 5;
  WuyouRaster *upright;

  if (orientation < 2 || orientation > 8)
    return raster;
  upright = wuyou_raster_new (swap ? raster->height : raster->width, swap ? raster->width : raster->height);
  for (int y = 0; y < raster->height; y += BLOCK)
    for (int x = 0; x < raster->width; x += BLOCK)
      copy_block (raster, upright, x, y, orientation);
  wuyou_raster_free (raster);
  return upright;
}

static void
blacken (WuyouRaster *raster, const WuyouEditsBox *part)
{
  WuyouEditsBox box;

  wuyou_edits_box_place (part, raster->width, raster->height, &box);
  for (int y = box.y; y < box.y + box.height; y++)
    memset (get_pixel (raster, box.x, y), 0, (gsize) box.width * 3);
}

static WuyouRaster *
cut (WuyouRaster *raster, const WuyouEditsBox *part)
{
  WuyouEditsBox box;
  WuyouRaster *rest;

  wuyou_edits_box_place (part, raster->width, raster->height, &box);
  rest = wuyou_raster_new (box.width, box.height);
  for (int y = 0; y < box.height; y++)
    memcpy (get_pixel (rest, 0, y), get_pixel (raster, box.x, box.y + y), (gsize) box.width * 3);
  wuyou_raster_free (raster);
  return rest;
}

WuyouRaster *
wuyou_raster_edit (WuyouRaster *raster, const WuyouPageEdits *edits)
{
  static const int orientations[] = { 1, 6, 3, 8 }; /* that are mended by this many quarter turns */

  raster = wuyou_raster_orient (raster, orientations[edits->rotate / 90]);
  for (guint i = 0; i < edits->redactions->len; i++)
    blacken (raster, &g_array_index (edits->redactions, WuyouEditsBox, i));
  return edits->crop.width != 0 ? cut (raster, &edits->crop) : raster;
}

void
wuyou_raster_fit (int width, int height, int side, int *ret_width, int *ret_height)
{
  int longer = MAX (MAX (width, height), side);

  *ret_width = MAX ((int) ((gint64) width * side / longer), 1);
  *ret_height = MAX ((int) ((gint64) height * side / longer), 1);
}

/* Every so manyth pixel: what is averaged afterwards need not read them all. */
static WuyouRaster *
sample (const WuyouRaster *raster, int width, int height)
{
  WuyouRaster *rest = wuyou_raster_new (width, height);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      memcpy (get_pixel (rest, x, y),
              get_pixel (raster, (int) ((2 * (gint64) x + 1) * raster->width / (2 * width)),
                         (int) ((2 * (gint64) y + 1) * raster->height / (2 * height))),
              3);
  return rest;
}

static WuyouRaster *
average (const WuyouRaster *raster, int width, int height)
{
  WuyouRasterSink *sink = wuyou_raster_sink_new (raster->width, raster->height, width, height);

  for (int y = 0; y < raster->height; y++)
    wuyou_raster_sink_push (sink, get_pixel (raster, 0, y));
  return wuyou_raster_sink_finish (sink);
}

WuyouRaster *
wuyou_raster_reduce (const WuyouRaster *raster, int side)
{
  g_autoptr (WuyouRaster) some = NULL;
  int width, height, some_width, some_height;

  if (MAX (raster->width, raster->height) <= side)
    return wuyou_raster_copy (raster);
  wuyou_raster_fit (raster->width, raster->height, side, &width, &height);
  wuyou_raster_fit (raster->width, raster->height, SAMPLES * side, &some_width, &some_height);
  some = sample (raster, some_width, some_height);
  return average (some, width, height);
}

guint64
wuyou_raster_print (const WuyouRaster *raster, gboolean *ret_paper)
{
  const int side = WUYOU_IMAGE_PRINT_SIDE;
  g_autoptr (WuyouRaster) some = wuyou_raster_reduce (raster, 256);
  g_autoptr (WuyouRaster) wide = NULL;
  g_autoptr (WuyouRaster) square = NULL;
  guint8 gray[WUYOU_IMAGE_PRINT_SIDE * WUYOU_IMAGE_PRINT_SIDE];

  wide = sample (some, MAX (some->width, side), MAX (some->height, side)); /* a sink only makes smaller */
  square = average (wide, side, side);
  for (int i = 0; i < side * side; i++) {
    const guint8 *pixel = square->rgb + i * 3;

    gray[i] = (guint8) ((pixel[0] * 77 + pixel[1] * 150 + pixel[2] * 29) >> 8);
  }
  *ret_paper = wuyou_image_is_paper (gray);
  return wuyou_image_print (gray);
}
