/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-paper-subset.h"

#include <cairo-pdf.h>
#include <string.h>

#include "base/wuyou-date.h"
#include "base/wuyou-error.h"

static cairo_status_t
on_bytes_written_cb (gpointer closure, const guchar *data, guint length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
set_metadata (cairo_surface_t *surface, const WuyouPaperMetadata *metadata)
{
  char date[28];

  wuyou_instant_format (metadata->created_at, date);
  /* Whole seconds: PDF dates have no fraction. */
  date[19] = 'Z';
  date[20] = '\0';
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, date);
  if (metadata->title != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, metadata->title);
  if (metadata->author != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_AUTHOR, metadata->author);
  if (metadata->subject != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_SUBJECT, metadata->subject);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Wuyou " PACKAGE_VERSION);
}

static void
draw_pages (WuyouPaper *paper, cairo_t *cr)
{
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_set_font_options (cr, options);
  cairo_font_options_destroy (options);
  cairo_tag_begin (cr, "Document", "");
  for (guint page = 0; page < wuyou_paper_get_n_pages (paper); page++) {
    wuyou_paper_draw_page (paper, cr, page);
    cairo_show_page (cr);
  }
  cairo_tag_end (cr, "Document");
}

static gssize
find_last (const GByteArray *bytes, const char *needle)
{
  gsize length = strlen (needle);

  for (gsize at = bytes->len; at >= length; at--)
    if (memcmp (bytes->data + at - length, needle, length) == 0)
      return (gssize) (at - length);
  return -1;
}

/* cairo has no call for the language that a screen reader reads in, nor for showing the title instead of the file
 * name. The catalog is the last object it writes, so what is added there moves nothing but the table behind it. A
 * file of another shape is left as it is. */
static GByteArray *
add_language (const GByteArray *pdf)
{
  static const char entries[] = " /Lang (zh-CN)\n   /ViewerPreferences << /DisplayDocTitle true >>\n  ";
  gssize catalog = find_last (pdf, "/Type /Catalog"), table = find_last (pdf, "\nxref\n");
  gssize object = find_last (pdf, " obj\n"), start = find_last (pdf, "startxref\n");
  g_autofree char *offset = NULL;
  GByteArray *out;

  if (catalog < 0 || object > catalog || table < catalog || start < table)
    return NULL;
  offset = g_strdup_printf ("startxref\n%" G_GSIZE_FORMAT "\n%%%%EOF\n", (gsize) table + 1 + strlen (entries));
  out = g_byte_array_sized_new (pdf->len + sizeof entries);
  catalog += (gssize) strlen ("/Type /Catalog");
  g_byte_array_append (out, pdf->data, (guint) catalog);
  g_byte_array_append (out, (const guint8 *) entries, (guint) strlen (entries));
  g_byte_array_append (out, pdf->data + catalog, (guint) (start - catalog));
  return g_byte_array_append (out, (const guint8 *) offset, (guint) strlen (offset));
}

GBytes *
wuyou_paper_to_pdf (WuyouPaper *paper, const WuyouPaperMetadata *metadata, GError **error)
{
  static const WuyouPaperMetadata none = { 0 };
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t *surface
      = cairo_pdf_surface_create_for_stream (on_bytes_written_cb, bytes, WUYOU_PAPER_WIDTH, WUYOU_PAPER_HEIGHT);
  cairo_t *cr;
  cairo_status_t status;

  /* The first version with ActualText, so that two characters of one glyph are both found. */
  cairo_pdf_surface_restrict_to_version (surface, CAIRO_PDF_VERSION_1_5);
  set_metadata (surface, metadata != NULL ? metadata : &none);
  cr = cairo_create (surface);
  paper->subset = _wuyou_paper_subset_new (paper);
  draw_pages (paper, cr);
  g_clear_pointer (&paper->subset, _wuyou_paper_subset_free);
  status = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status == CAIRO_STATUS_SUCCESS) {
    GByteArray *complete = add_language (bytes);

    return g_byte_array_free_to_bytes (complete != NULL ? complete : g_steal_pointer (&bytes));
  }
  g_set_error (error, WUYOU_ERROR, WUYOU_ERROR_INTERNAL, "cairo: %s", cairo_status_to_string (status));
  return NULL;
}
