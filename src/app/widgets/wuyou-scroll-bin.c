/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "widgets/wuyou-scroll-bin.h"

static GtkSizeRequestMode
get_mode (GtkWidget *bin)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* The scrollbar is all that a scrolled window without a least height of its own asks for. */
static void
measure (GtkWidget *bin,
         GtkOrientation orientation,
         int for_size,
         int *minimum,
         int *natural,
         int *minimum_baseline,
         int *natural_baseline)
{
  GtkWidget *scroller = adw_bin_get_child (ADW_BIN (bin));

  if (orientation == GTK_ORIENTATION_VERTICAL)
    scroller = gtk_scrolled_window_get_vscrollbar (GTK_SCROLLED_WINDOW (scroller));
  gtk_widget_measure (scroller, orientation, -1, minimum, natural, NULL, NULL);
}

static void
allocate (GtkWidget *bin, int width, int height, int baseline)
{
  gtk_widget_size_allocate (adw_bin_get_child (ADW_BIN (bin)), &(GtkAllocation){ 0, 0, width, height }, baseline);
}

GtkWidget *
wuyou_scroll_bin_new (GtkScrolledWindow *scroller)
{
  return g_object_new (ADW_TYPE_BIN, "child", scroller, "vexpand", TRUE, "layout-manager",
                       gtk_custom_layout_new (get_mode, measure, allocate), NULL);
}
