/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-qr.h"

#include <glib/gi18n-lib.h>
#include <qrencode.h>
#include <string.h>

#include "base/wuyou-error.h"

#define QUIET 4 /* modules, ISO/IEC 18004 */

struct _WuyouQr {
  QRcode *code;
};

WuyouQr *
wuyou_qr_new (const char *text, GError **error)
{
  QRcode *code = NULL;
  WuyouQr *qr;

  if (text != NULL && *text != '\0')
    code = QRcode_encodeData ((int) strlen (text), (const guchar *) text, 0, QR_ECLEVEL_M);
  if (code == NULL) {
    g_set_error_literal (error, WUYOU_ERROR, WUYOU_ERROR_INVALID, N_ ("This text does not fit a QR code."));
    return NULL;
  }
  qr = g_new (WuyouQr, 1);
  qr->code = code;
  return qr;
}

void
wuyou_qr_free (WuyouQr *qr)
{
  QRcode_free (qr->code);
  g_free (qr);
}

guint
wuyou_qr_get_width (const WuyouQr *qr)
{
  return (guint) qr->code->width;
}

gboolean
wuyou_qr_is_dark (const WuyouQr *qr, guint column, guint row)
{
  return qr->code->data[row * wuyou_qr_get_width (qr) + column] & 1;
}

/* One rectangle for each run of dark modules, so that no renderer leaves hair lines between neighbours. */
static void
add_row_path (const WuyouQr *qr, cairo_t *cr, guint row, double x, double y, double module)
{
  guint width = wuyou_qr_get_width (qr);

  for (guint column = 0; column < width; column++) {
    guint end = column;

    while (end < width && wuyou_qr_is_dark (qr, end, row))
      end++;
    if (end > column)
      cairo_rectangle (cr, x + column * module, y, (end - column) * module, module);
    column = end;
  }
}

void
wuyou_qr_draw (const WuyouQr *qr, cairo_t *cr, double x, double y, double size)
{
  guint width = wuyou_qr_get_width (qr);
  double module = size / (width + 2 * QUIET);

  cairo_new_path (cr);
  for (guint row = 0; row < width; row++)
    add_row_path (qr, cr, row, x + QUIET * module, y + (row + QUIET) * module, module);
  cairo_fill (cr);
}
