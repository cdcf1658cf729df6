/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <setjmp.h>
#include <string.h>

#include <png.h>

#include "wuyou-image.h"

#define MAX_CHUNK (1024 * 1024) /* bytes of one that is not the picture, inflated too */
#define MAX_CHUNKS 64

typedef struct {
  png_structp png;
  png_infop png_info;
  const guint8 *data;
  gsize size, at;
  WuyouRasterSink *sink;
  guint8 *rows, *rgb;
  gboolean interlaced;
} Reader;

static void
on_png_read_cb (png_structp png, png_bytep bytes, size_t length)
{
  Reader *reader = png_get_io_ptr (png);

  if (reader->size - reader->at < length)
    png_error (png, "cut off");
  memcpy (bytes, reader->data + reader->at, length);
  reader->at += length;
}

static void
on_png_error_cb (png_structp png, png_const_charp message)
{
  png_longjmp (png, 1);
}

static void
on_png_warning_cb (png_structp png, png_const_charp message)
{
}

/* Only what changes the pixels is looked at; text, profiles, times, EXIF are passed over unread. */
static void
set_limits (png_structp png)
{
  static const guint8 wanted[] = "tRNS";

  png_set_user_limits (png, WUYOU_DECODE_MAX_SIDE, WUYOU_DECODE_MAX_SIDE);
  png_set_chunk_malloc_max (png, MAX_CHUNK);
  png_set_chunk_cache_max (png, MAX_CHUNKS);
  png_set_keep_unknown_chunks (png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
  png_set_keep_unknown_chunks (png, PNG_HANDLE_CHUNK_AS_DEFAULT, wanted, 1);
}

/* To 8 bits and four channels whatever it was. */
static void
set_form (Reader *reader)
{
  png_set_expand (reader->png);
  png_set_scale_16 (reader->png);
  png_set_gray_to_rgb (reader->png);
  png_set_add_alpha (reader->png, 0xFF, PNG_FILLER_AFTER);
  png_read_update_info (reader->png, reader->png_info);
}

/* What is transparent lies on white paper. */
static void
lay_on_white (const guint8 *rgba, guint8 *rgb, guint width)
{
  for (guint i = 0; i < width; i++, rgba += 4, rgb += 3)
    for (int c = 0; c < 3; c++)
      rgb[c] = (guint8) ((rgba[c] * rgba[3] + 255 * (255 - rgba[3])) / 255);
}

static void
push_row (Reader *reader, const guint8 *row, guint width)
{
  lay_on_white (row, reader->rgb, width);
  wuyou_raster_sink_push (reader->sink, reader->rgb);
}

static void
read_rows (Reader *reader, guint width, guint height)
{
  gsize length = (gsize) width * 4;
  int passes = reader->interlaced ? png_set_interlace_handling (reader->png) : 1;

  set_form (reader);
  if (png_get_rowbytes (reader->png, reader->png_info) != length)
    png_error (reader->png, "form");
  reader->rgb = g_malloc_n (width, 3);
  reader->rows = g_malloc0_n (length, reader->interlaced ? height : 1);
  for (int pass = 0; pass < passes; pass++)
    for (guint y = 0; y < height; y++) {
      guint8 *row = reader->rows + (reader->interlaced ? y * length : 0);

      png_read_row (reader->png, row, NULL);
      if (pass == passes - 1)
        push_row (reader, row, width);
    }
  png_read_end (reader->png, NULL);
}

static gboolean
read_header (Reader *reader, WuyouImageInfo *info, GError **error)
{
  png_uint_32 width, height;
  int interlace;

  /* libpng's own limit would say that the file is broken. */
  if (reader->size < 33 || memcmp (reader->data + 12, "IHDR", 4) != 0)
    return wuyou_decode_refuse (error, WUYOU_DECODE_DAMAGED);
  if (!wuyou_image_check_size (png_get_uint_32 (reader->data + 16), png_get_uint_32 (reader->data + 20),
                               reader->data[28] != PNG_INTERLACE_NONE, error))
    return FALSE;
  set_limits (reader->png);
  png_read_info (reader->png, reader->png_info);
  png_get_IHDR (reader->png, reader->png_info, &width, &height, NULL, NULL, &interlace, NULL, NULL);
  info->width = (int) width;
  info->height = (int) height;
  reader->interlaced = interlace != PNG_INTERLACE_NONE;
  return TRUE;
}

static WuyouRaster *
read_picture (Reader *reader, WuyouImageInfo *info, GError **error)
{
  int width, height;

  if (setjmp (png_jmpbuf (reader->png)) != 0) {
    wuyou_decode_refuse (error, WUYOU_DECODE_DAMAGED);
    return NULL;
  }
  png_set_read_fn (reader->png, reader, on_png_read_cb);
  if (!read_header (reader, info, error))
    return NULL;
  wuyou_raster_fit (info->width, info->height, WUYOU_DECODE_PLAIN_SIDE, &width, &height);
  reader->sink = wuyou_raster_sink_new (info->width, info->height, width, height);
  read_rows (reader, (guint) info->width, (guint) info->height);
  return wuyou_raster_sink_finish (g_steal_pointer (&reader->sink));
}

WuyouRaster *
wuyou_png_read (GBytes *file, WuyouImageInfo *info, GError **error)
{
  Reader *reader = g_new0 (Reader, 1); /* not on the stack: it is read after a longjmp */
  WuyouRaster *raster;

  reader->data = g_bytes_get_data (file, &reader->size);
  reader->png = png_create_read_struct (PNG_LIBPNG_VER_STRING, NULL, on_png_error_cb, on_png_warning_cb);
  reader->png_info = png_create_info_struct (reader->png);
  raster = read_picture (reader, info, error);
  png_destroy_read_struct (&reader->png, &reader->png_info, NULL);
  wuyou_raster_sink_free (reader->sink);
  g_free (reader->rows);
  g_free (reader->rgb);
  g_free (reader);
  return raster;
}
