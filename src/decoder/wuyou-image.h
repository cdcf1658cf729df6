/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-decoder.h"
#include "wuyou-raster.h"

G_BEGIN_DECLS

/* What a picture says besides its pixels. */
typedef struct {
  int width, height; /* as stored, before it is turned */
  int orientation;   /* EXIF, 1 … 8; 0 when absent */
  gint64 taken_at;
  char *camera; /* owned */
} WuyouImageInfo;

/* The readers look at the size before they ask for memory, and reduce what is larger than a rendition while they read.
 * Owned; NULL with WUYOU_DECODE_ERROR. */
WuyouRaster *wuyou_jpeg_read (GBytes *file, WuyouImageInfo *info, GError **error);
WuyouRaster *wuyou_png_read (GBytes *file, WuyouImageInfo *info, GError **error);
gboolean wuyou_image_check_size (guint width, guint height, gboolean at_once, GError **error);

/* The content of an EXIF segment, as it stands in the file ("Exif", two zeros, TIFF). */
void wuyou_exif_read (const guint8 *data, gsize size, WuyouImageInfo *info);

/* Pixels and nothing else: 4:2:0, quality 85. */
GBytes *wuyou_jpeg_write (const WuyouRaster *raster);

gboolean
wuyou_image_decode (GBytes *file, const char *media_type, const WuyouEdits *edits, WuyouDecoded *ret, GError **error);
/* Print and thumbnail, of the first page of whatever kind; then the thumbnail once more, of what the edits left. */
void wuyou_image_look (const WuyouRaster *raster, WuyouDecoded *ret);
void wuyou_image_look_edited (const WuyouRaster *raster, WuyouDecoded *ret);

G_END_DECLS
