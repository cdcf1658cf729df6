/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "claims/wuyou-evidence-edits.h"

G_BEGIN_DECLS

/* Pixels of a picture, 3 bytes each, red first, rows without a gap. */
typedef struct {
  int width, height;
  guint8 *rgb;
} WuyouRaster;

WuyouRaster *wuyou_raster_new (int width, int height); /* content undefined; owned */
void wuyou_raster_free (WuyouRaster *raster);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouRaster, wuyou_raster_free)
WuyouRaster *wuyou_raster_copy (const WuyouRaster *raster);

/* Upright from an EXIF orientation (1 … 8; others are 1). @raster is taken; owned. */
WuyouRaster *wuyou_raster_orient (WuyouRaster *raster, int orientation);
/* Turned, blackened, cut: in this order. @raster is taken; owned. */
WuyouRaster *wuyou_raster_edit (WuyouRaster *raster, const WuyouPageEdits *edits);
/* Reduced so that the longer side has at most @side pixels; a copy when it is not longer. */
WuyouRaster *wuyou_raster_reduce (const WuyouRaster *raster, int side);
guint64 wuyou_raster_print (const WuyouRaster *raster, gboolean *ret_paper); /* wuyou-image-print.h */

/* Takes rows from the top and averages them into a smaller picture, so that the large one is never held. */
typedef struct _WuyouRasterSink WuyouRasterSink;
WuyouRasterSink *wuyou_raster_sink_new (int width, int height, int to_width, int to_height); /* not larger; owned */
void wuyou_raster_sink_push (WuyouRasterSink *sink, const guint8 *row);
WuyouRaster *wuyou_raster_sink_finish (WuyouRasterSink *sink); /* after the last row; sink is freed; owned */
void wuyou_raster_sink_free (WuyouRasterSink *sink);
/* The size with a longer side of at most @side. */
void wuyou_raster_fit (int width, int height, int side, int *ret_width, int *ret_height);

G_END_DECLS
