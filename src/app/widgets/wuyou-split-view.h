/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Two columns that become one with a way back when there is no room. Stands for AdwNavigationSplitView (1.4).
 * Properties: "sidebar", "content" (GtkWidget), "show-content" (which one, once folded), "folded" (read only), "alone"
 * (the content folds it although there is room; ends with the way back). When made, in pixels at the usual size of
 * text: "sidebar-min", "sidebar-max", "content-min"; and "sidebar-share" of the width. Action "split.back". */
#define WUYOU_TYPE_SPLIT_VIEW (wuyou_split_view_get_type ())
G_DECLARE_FINAL_TYPE (WuyouSplitView, wuyou_split_view, WUYOU, SPLIT_VIEW, GtkWidget)

void wuyou_split_view_set_sidebar (WuyouSplitView *self, GtkWidget *sidebar);
void wuyou_split_view_set_content (WuyouSplitView *self, GtkWidget *content);
gboolean wuyou_split_view_get_folded (WuyouSplitView *self);
gboolean wuyou_split_view_get_show_content (WuyouSplitView *self);
void wuyou_split_view_set_show_content (WuyouSplitView *self, gboolean show);
void wuyou_split_view_set_alone (WuyouSplitView *self, gboolean alone);

G_END_DECLS
