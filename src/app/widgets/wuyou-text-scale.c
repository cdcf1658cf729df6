/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "widgets/wuyou-text-scale.h"

#define USUAL_DPI (96 * PANGO_SCALE)

int
wuyou_text_scale_px (GtkWidget *widget, int length)
{
  int dpi = -1;

  g_object_get (gtk_widget_get_settings (widget), "gtk-xft-dpi", &dpi, NULL);
  return dpi > 0 ? (int) ((gint64) length * dpi / USUAL_DPI) : length;
}

gboolean
wuyou_text_is_large (GtkWidget *widget)
{
  return wuyou_text_scale_px (widget, 100) >= 150;
}
