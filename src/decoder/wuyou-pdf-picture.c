/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <dlfcn.h>
#include <string.h>

#include "wuyou-image.h"
#include "wuyou-pdf.h"

typedef cairo_status_t (*SetMimeData) (cairo_surface_t *surface,
                                       const char *mime_type,
                                       const unsigned char *data,
                                       unsigned long length,
                                       cairo_destroy_func_t destroy,
                                       void *closure);

static SetMimeData
find_cairo (void)
{
  return (SetMimeData) dlsym (RTLD_NEXT, "cairo_surface_set_mime_data");
}

WuyouRaster *
wuyou_pdf_raster_from_surface (cairo_surface_t *surface)
{
  WuyouRaster *raster
      = wuyou_raster_new (cairo_image_surface_get_width (surface), cairo_image_surface_get_height (surface));
  const guint8 *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);
  guint8 *out = raster->rgb;

  cairo_surface_flush (surface);
  for (int y = 0; y < raster->height; y++)
    for (int x = 0; x < raster->width; x++) {
      guint32 pixel;

      memcpy (&pixel, data + (gsize) y * (gsize) stride + (gsize) x * 4, 4);
      *out++ = (guint8) (pixel >> 16);
      *out++ = (guint8) (pixel >> 8);
      *out++ = (guint8) pixel;
    }
  return raster;
}

cairo_surface_t *
wuyou_pdf_surface_from_raster (const WuyouRaster *raster)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, raster->width, raster->height);
  guint8 *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);
  const guint8 *in = raster->rgb;

  for (int y = 0; y < raster->height; y++)
    for (int x = 0; x < raster->width; x++, in += 3) {
      guint32 pixel = (guint32) in[0] << 16 | (guint32) in[1] << 8 | in[2];

      memcpy (data + (gsize) y * (gsize) stride + (gsize) x * 4, &pixel, 4);
    }
  cairo_surface_mark_dirty (surface);
  return surface;
}

static void
free_bytes (void *bytes)
{
  g_bytes_unref (bytes);
}

void
wuyou_pdf_attach_jpeg (cairo_surface_t *surface)
{
  g_autoptr (WuyouRaster) raster = wuyou_pdf_raster_from_surface (surface);
  GBytes *jpeg = wuyou_jpeg_write (raster);
  gsize size;
  const guint8 *data = g_bytes_get_data (jpeg, &size);

  if (find_cairo () (surface, CAIRO_MIME_TYPE_JPEG, data, size, free_bytes, jpeg) != CAIRO_STATUS_SUCCESS)
    g_bytes_unref (jpeg);
}

static gboolean
is_photo (cairo_surface_t *surface, const char *mime_type)
{
  return (g_str_equal (mime_type, CAIRO_MIME_TYPE_JPEG) || g_str_equal (mime_type, CAIRO_MIME_TYPE_JP2))
         && cairo_surface_get_type (surface) == CAIRO_SURFACE_TYPE_IMAGE
         && cairo_image_surface_get_format (surface) == CAIRO_FORMAT_RGB24;
}

/* Stands before cairo's own (the program comes first where symbols are looked up). Poppler hands the compressed bytes
 * of a picture through to the new file so that cairo need not compress them again; those are bytes of the original,
 * with its EXIF and whatever else they hold. A photograph is compressed again from its pixels instead; the rest goes
 * in as plain pixels. The name by which cairo knows a picture that comes twice is poppler's own and may pass. */
G_MODULE_EXPORT cairo_status_t
cairo_surface_set_mime_data (cairo_surface_t *surface,
                             const char *mime_type,
                             const unsigned char *data,
                             unsigned long length,
                             cairo_destroy_func_t destroy,
                             void *closure)
{
  if (g_str_equal (mime_type, CAIRO_MIME_TYPE_UNIQUE_ID))
    return find_cairo () (surface, mime_type, data, length, destroy, closure);
  if (is_photo (surface, mime_type))
    wuyou_pdf_attach_jpeg (surface);
  if (destroy != NULL)
    destroy (closure);
  return CAIRO_STATUS_SUCCESS;
}
