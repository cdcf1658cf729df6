/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define WUYOU_IMAGE_PRINT_SIDE 32

/* Prints this many bits apart or nearer are of one picture; different pictures are about 32 bits apart. */
#define WUYOU_IMAGE_PRINT_NEAR 6
/* Of paper: of two of the same form with other words on them one pair in forty is 4 to 6 bits apart, one in some
 * hundreds nearer. */
#define WUYOU_IMAGE_PRINT_NEAR_PAPER 3

/* What a picture looks like, in 64 bits: the signs of its lowest 8 × 8 frequencies against their median (pHash). Taken
 * instead of the differences of neighbours (dHash), as each bit here stands on the whole picture: scaling, encoding
 * again, light and a small crop move few of them, where a crop moves every edge that dHash looks at. Whole numbers
 * only, so that every machine makes the same print. @gray: 32 rows of 32. 0 for a picture without any content,
 * which is like no other. */
guint64 wuyou_image_print (const guint8 *gray);
/* Mostly one light shade, as a scan of a form; from the same rows. */
gboolean wuyou_image_is_paper (const guint8 *gray);
guint wuyou_image_print_distance (guint64 a, guint64 b); /* bits that differ; 64 when one of them is 0 */

G_END_DECLS
