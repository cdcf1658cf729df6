/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <cairo.h>
#include <poppler.h>

#include "wuyou-decoder.h"
#include "wuyou-raster.h"

G_BEGIN_DECLS

/* Names of ours for g_autoptr, as only some versions of poppler declare it for theirs. */
typedef PopplerDocument PdfDocument;
typedef PopplerPage PdfPage;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdfDocument, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdfPage, g_object_unref)

gboolean wuyou_pdf_decode (GBytes *file, const WuyouEdits *edits, WuyouDecoded *ret, GError **error);

/* Draws a small page of ours with the fonts that PDF files need not bring along, so that all that poppler, fontconfig
 * and FreeType read at first use is in memory before the confinement. To be kept until the end. */
PopplerDocument *wuyou_pdf_warm_up (void);

/* Opens the file and refuses what is broken, locked, active or endless: looks at bytes, at what object streams hold,
 * and at the objects as poppler sees them. Owned; NULL with WUYOU_DECODE_ERROR. */
PopplerDocument *wuyou_pdf_open (GBytes *file, GError **error);

/* The pages drawn again into a file of our own; with @edits, those that are named there as they say. Owned. */
GBytes *wuyou_pdf_redraw (PopplerDocument *document, const WuyouEdits *edits, GError **error);
WuyouRaster *wuyou_pdf_draw_page (PopplerPage *page, double scale);

/* Makes cairo embed the pixels of the surface as a JPEG of our making. */
void wuyou_pdf_attach_jpeg (cairo_surface_t *surface);
WuyouRaster *wuyou_pdf_raster_from_surface (cairo_surface_t *surface); /* RGB24; owned */
cairo_surface_t *wuyou_pdf_surface_from_raster (const WuyouRaster *raster);

G_END_DECLS
