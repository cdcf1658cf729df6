/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "uploads/wuyou-decode.h"
#include "wuyou-raster.h"
#include "wuyou-test.h"

G_BEGIN_DECLS

/* The defaults, with the decoder of the build folder. Owned. */
WuyouServerConfig *wuyou_decode_test_config (void);

/* Decodes in the real confined child and once more in this process, where the sanitizers watch, and asserts that both
 * say the same. */
gboolean wuyou_decode_test_run (GBytes *file, const char *type, const char *edits, WuyouDecoded *ret, GError **error);
/* Asserts that it is refused with this verdict; @name for the log. */
void wuyou_decode_test_refused (const char *name, GBytes *file, const char *type, WuyouDecodeVerdict verdict);
void wuyou_decode_test_taken (const char *name, GBytes *file, const char *type, const char *edits, WuyouDecoded *ret);

/* A scene that looks like a photograph, another for each seed, the same at each size. Owned. */
WuyouRaster *wuyou_decode_test_photo (guint seed, int width, int height);
const guint8 *wuyou_decode_test_pixel (const WuyouRaster *raster, int x, int y);
WuyouRaster *wuyou_decode_test_read_jpeg (GBytes *jpeg); /* owned */

/* The content of an APP1 segment with orientation, camera "Wuyou W1", 2026:11:23 10:00:00 and a place. Owned. */
GByteArray *wuyou_decode_test_exif (int orientation);
/* With a segment (marker FF xx) put in after the first; owned. */
GBytes *wuyou_decode_test_add_segment (GBytes *jpeg, guint8 marker, const GByteArray *content);
GBytes *wuyou_decode_test_cut (GBytes *bytes, gsize size);
GBytes *wuyou_decode_test_join (GBytes *bytes, gconstpointer more, gsize size);
gboolean wuyou_decode_test_contains (GBytes *bytes, const char *text);

/* A PNG of such a header; @rows: its pixel data before it is deflated, NULL for one that has only a few. Owned. */
GBytes *wuyou_decode_test_png (guint width, guint height, int interlace, const guint8 *rows, gsize size);
void wuyou_decode_test_add_chunk (GByteArray *png, const char *type, const guint8 *data, gsize size);

/* A PDF of these objects, of which the first is the catalogue; @trailer: more for its trailer or "". Owned. */
GBytes *wuyou_decode_test_pdf (const char *const *objects, const char *trailer);
/* The same with objects inside a compressed object stream, and a cross-reference stream. */
GBytes *wuyou_decode_test_packed_pdf (const char *const *objects);

G_END_DECLS
