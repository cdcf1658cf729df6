/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/* A QR code (ISO/IEC 18004), level M, as vector squares. */
typedef struct _WuyouQr WuyouQr;

WuyouQr *wuyou_qr_new (const char *text, GError **error); /* INVALID when empty or too long for a code */
void wuyou_qr_free (WuyouQr *qr);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WuyouQr, wuyou_qr_free)

guint wuyou_qr_get_width (const WuyouQr *qr); /* modules a side, without the quiet zone */
gboolean wuyou_qr_is_dark (const WuyouQr *qr, guint column, guint row);
/* A square of @size with its quiet zone of four modules inside, in the current source. */
void wuyou_qr_draw (const WuyouQr *qr, cairo_t *cr, double x, double y, double size);

G_END_DECLS
