/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "widgets/wuyou-qr-picture.h"

#include <qrencode.h>
#include <string.h>

#define QUIET 4 /* modules of white around, as ISO/IEC 18004 asks */
#define SCALE 8

static void
fill_module (guint8 *pixels, gsize stride, int column, int row)
{
  for (int y = 0; y < SCALE; y++)
    memset (pixels + ((row + QUIET) * SCALE + y) * stride + (column + QUIET) * SCALE * 3, 0, SCALE * 3);
}

static GdkTexture *
texture_new (const QRcode *code)
{
  int side = (code->width + 2 * QUIET) * SCALE;
  gsize stride = side * 3;
  guint8 *pixels = g_malloc (stride * side);
  g_autoptr (GBytes) bytes = NULL;

  memset (pixels, 0xff, stride * side);
  for (int i = 0; i < code->width * code->width; i++)
    if (code->data[i] & 1)
      fill_module (pixels, stride, i % code->width, i / code->width);
  bytes = g_bytes_new_take (pixels, stride * side);
  return gdk_memory_texture_new (side, side, GDK_MEMORY_R8G8B8, bytes, stride);
}

GtkWidget *
wuyou_qr_picture_new (const char *text, const char *name, int size)
{
  QRcode *code = QRcode_encodeString8bit (text, 0, QR_ECLEVEL_M);
  g_autoptr (GdkTexture) texture = NULL;
  GtkWidget *picture;

  if (code == NULL)
    return NULL;
  texture = texture_new (code);
  QRcode_free (code);
  picture = gtk_picture_new_for_paintable (GDK_PAINTABLE (texture));
  gtk_picture_set_alternative_text (GTK_PICTURE (picture), name);
  gtk_widget_set_size_request (picture, size, size);
  gtk_widget_set_halign (picture, GTK_ALIGN_CENTER);
  return picture;
}
