/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include <cairo-pdf.h>
#include <math.h>

#include "wuyou-pdf.h"

#define MAX_OUTPUT (100u * 1024 * 1024)
#define DOTS (200.0 / 72)

static cairo_status_t
on_pdf_write_cb (void *closure, const unsigned char *data, unsigned int length)
{
  GByteArray *out = closure;

  if (length > MAX_OUTPUT || out->len > MAX_OUTPUT - length)
    return CAIRO_STATUS_WRITE_ERROR;
  g_byte_array_append (out, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* As printed: with its stamps and filled fields, and with pictures as fine as they are. */
static void
render (PopplerPage *page, cairo_t *cr)
{
  poppler_page_render_for_printing_with_options (page, cr, POPPLER_PRINT_ALL);
}

WuyouRaster *
wuyou_pdf_draw_page (PopplerPage *page, double scale)
{
  double width, height;
  cairo_surface_t *surface;
  cairo_t *cr;
  WuyouRaster *raster;

  poppler_page_get_size (page, &width, &height);
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) MAX (ceil (width * scale), 1),
                                        (int) MAX (ceil (height * scale), 1));
  cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  render (page, cr);
  cairo_destroy (cr);
  raster = wuyou_pdf_raster_from_surface (surface);
  cairo_surface_destroy (surface);
  return raster;
}

/* The page as lines and letters, turned. */
static void
draw_lines (PopplerPage *page, int rotate, cairo_surface_t *pdf, cairo_t *cr)
{
  double width, height;
  gboolean lying = rotate == 90 || rotate == 270;

  poppler_page_get_size (page, &width, &height);
  cairo_pdf_surface_set_size (pdf, lying ? height : width, lying ? width : height);
  cairo_save (cr);
  if (rotate == 90)
    cairo_translate (cr, height, 0);
  else if (rotate == 180)
    cairo_translate (cr, width, height);
  else if (rotate == 270)
    cairo_translate (cr, 0, width);
  cairo_rotate (cr, rotate * G_PI / 180);
  render (page, cr);
  cairo_restore (cr);
}

/* The page as a picture: what lies under a black bar or outside the part that is kept is in the file no more. */
static void
draw_pixels (PopplerPage *page, const WuyouPageEdits *edits, cairo_surface_t *pdf, cairo_t *cr)
{
  g_autoptr (WuyouRaster) raster = NULL;
  cairo_surface_t *surface;
  double width, height, across, down;

  poppler_page_get_size (page, &width, &height);
  raster = wuyou_pdf_draw_page (page, MIN (DOTS, WUYOU_DECODE_PLAIN_SIDE / MAX (width, height)));
  across = width / raster->width; /* points of a pixel */
  down = height / raster->height;
  if (edits->rotate == 90 || edits->rotate == 270) {
    double swap = across;

    across = down;
    down = swap;
  }
  raster = wuyou_raster_edit (raster, edits);
  surface = wuyou_pdf_surface_from_raster (raster);
  wuyou_pdf_attach_jpeg (surface);
  cairo_pdf_surface_set_size (pdf, raster->width * across, raster->height * down);
  cairo_save (cr);
  cairo_scale (cr, across, down);
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_paint (cr);
  cairo_restore (cr);
  cairo_surface_destroy (surface);
}

static void
draw_page (PopplerDocument *document, int number, const WuyouPageEdits *edits, cairo_surface_t *pdf, cairo_t *cr)
{
  g_autoptr (PdfPage) page = poppler_document_get_page (document, number);

  if (edits != NULL && (edits->redactions->len > 0 || edits->crop.width > 0))
    draw_pixels (page, edits, pdf, cr);
  else
    draw_lines (page, edits != NULL ? edits->rotate : 0, pdf, cr);
  cairo_show_page (cr);
}

GBytes *
wuyou_pdf_redraw (PopplerDocument *document, const WuyouEdits *edits, GError **error)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  cairo_surface_t *pdf = cairo_pdf_surface_create_for_stream (on_pdf_write_cb, out, 100, 100);
  cairo_t *cr = cairo_create (pdf);
  int pages = poppler_document_get_n_pages (document);
  cairo_status_t status;

  cairo_pdf_surface_restrict_to_version (pdf, CAIRO_PDF_VERSION_1_5);
  for (int i = 0; i < pages && cairo_status (cr) == CAIRO_STATUS_SUCCESS; i++)
    draw_page (document, i, edits != NULL ? wuyou_edits_find (edits, (guint) i + 1) : NULL, pdf, cr);
  status = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_finish (pdf);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (pdf);
  cairo_surface_destroy (pdf);
  if (status == CAIRO_STATUS_SUCCESS)
    return g_byte_array_free_to_bytes (g_steal_pointer (&out));
  wuyou_decode_refuse (error, status == CAIRO_STATUS_WRITE_ERROR ? WUYOU_DECODE_OUTPUT : WUYOU_DECODE_DAMAGED);
  return NULL;
}
