/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-image.h"

gboolean
wuyou_image_check_size (guint width, guint height, gboolean at_once, GError **error)
{
  guint64 most = at_once ? WUYOU_DECODE_MAX_PIXELS_AT_ONCE : WUYOU_DECODE_MAX_PIXELS;

  if (width == 0 || height == 0)
    return wuyou_decode_refuse (error, WUYOU_DECODE_DAMAGED);
  if (width > WUYOU_DECODE_MAX_SIDE || height > WUYOU_DECODE_MAX_SIDE || (guint64) width * height > most)
    return wuyou_decode_refuse (error, WUYOU_DECODE_PIXELS);
  return TRUE;
}

void
wuyou_image_look (const WuyouRaster *raster, WuyouDecoded *ret)
{
  g_autoptr (WuyouRaster) small = wuyou_raster_reduce (raster, WUYOU_DECODE_THUMB_SIDE);

  ret->print = wuyou_raster_print (small, &ret->paper);
  ret->thumb = wuyou_jpeg_write (small);
}

void
wuyou_image_look_edited (const WuyouRaster *raster, WuyouDecoded *ret)
{
  g_autoptr (WuyouRaster) small = wuyou_raster_reduce (raster, WUYOU_DECODE_THUMB_SIDE);

  g_bytes_unref (ret->thumb);
  ret->thumb = wuyou_jpeg_write (small);
}

static void
fill_numbers (const WuyouImageInfo *info, WuyouDecoded *ret)
{
  gboolean swapped = info->orientation >= 5;

  ret->pages = 1;
  ret->width = swapped ? info->height : info->width;
  ret->height = swapped ? info->width : info->height;
  ret->taken_at = info->taken_at;
}

gboolean
wuyou_image_decode (GBytes *file, const char *media_type, const WuyouEdits *edits, WuyouDecoded *ret, GError **error)
{
  const WuyouPageEdits *page = wuyou_edits_find (edits, 1);
  WuyouImageInfo info = { 0 };
  g_autoptr (WuyouRaster) raster = NULL;

  raster = g_str_equal (media_type, "image/jpeg") ? wuyou_jpeg_read (file, &info, error)
                                                  : wuyou_png_read (file, &info, error);
  ret->camera = info.camera;
  if (raster == NULL)
    return FALSE;
  raster = wuyou_raster_orient (raster, info.orientation);
  fill_numbers (&info, ret);
  wuyou_image_look (raster, ret);
  ret->plain = wuyou_jpeg_write (raster);
  ret->view = g_bytes_ref (ret->plain);
  if (page != NULL) {
    raster = wuyou_raster_edit (raster, page);
    wuyou_image_look_edited (raster, ret);
    g_bytes_unref (ret->view);
    ret->view = wuyou_jpeg_write (raster);
  }
  return TRUE;
}
