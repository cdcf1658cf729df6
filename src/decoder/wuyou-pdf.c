/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-pdf.h"

#include <math.h>

#include "wuyou-image.h"

#define LOOK 1024 /* pixels of the first page's longer side for thumbnail and print */

static WuyouRaster *
draw_first (PopplerPage *page, WuyouDecoded *ret)
{
  double width, height;

  poppler_page_get_size (page, &width, &height);
  ret->width = (int) MAX (lround (width), 1);
  ret->height = (int) MAX (lround (height), 1);
  return wuyou_pdf_draw_page (page, LOOK / MAX (width, height));
}

gboolean
wuyou_pdf_decode (GBytes *file, const WuyouEdits *edits, WuyouDecoded *ret, GError **error)
{
  g_autoptr (PdfDocument) document = wuyou_pdf_open (file, error);
  const WuyouPageEdits *first = wuyou_edits_find (edits, 1);
  g_autoptr (PdfPage) page = NULL;
  g_autoptr (WuyouRaster) raster = NULL;

  if (document == NULL)
    return FALSE;
  ret->pages = (guint) poppler_document_get_n_pages (document);
  page = poppler_document_get_page (document, 0);
  raster = draw_first (page, ret);
  wuyou_image_look (raster, ret);
  if (first != NULL) {
    raster = wuyou_raster_edit (raster, first);
    wuyou_image_look_edited (raster, ret);
  }
  ret->plain = wuyou_pdf_redraw (document, NULL, error);
  if (ret->plain == NULL)
    return FALSE;
  ret->view = edits->pages->len > 0 ? wuyou_pdf_redraw (document, edits, error) : g_bytes_ref (ret->plain);
  return ret->view != NULL;
}

/* Not well-formed, which poppler forgives: it has no table of its objects. Latin only: what Chinese letters need is on
 * the shelf, and the font that has them is as large as all else together. */
static const char warm_up_page[]
    = "%PDF-1.4\n"
      "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
      "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
      "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</Font<</A 5 0 R>>>>>>endobj\n"
      "4 0 obj<</Length 38>>stream\n"
      "BT /A 12 Tf 10 100 Td (Wuyou) Tj ET   \n"
      "endstream endobj\n"
      "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
      "trailer<</Root 1 0 R/Size 6>>\n%%EOF\n";

PopplerDocument *
wuyou_pdf_warm_up (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (warm_up_page, sizeof warm_up_page - 1);
  PopplerDocument *document = poppler_document_new_from_bytes (bytes, NULL, NULL);
  g_autoptr (PdfPage) page = document != NULL ? poppler_document_get_page (document, 0) : NULL;
  g_autoptr (GBytes) drawn = NULL;

  if (page == NULL)
    return document;
  wuyou_raster_free (wuyou_pdf_draw_page (page, 1));
  drawn = wuyou_pdf_redraw (document, NULL, NULL);
  return document;
}
