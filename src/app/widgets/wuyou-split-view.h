/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Two columns that become one with a way back when there is no room. Stands for AdwNavigationSplitView (1.4).
 * Properties: "sidebar", "content" (GtkWidget), "show-content", "folded" (read only). Action "split.back". */
#define WUYOU_TYPE_SPLIT_VIEW (wuyou_split_view_get_type ())
G_DECLARE_FINAL_TYPE (WuyouSplitView, wuyou_split_view, WUYOU, SPLIT_VIEW, GtkWidget)

GtkWidget *wuyou_split_view_new (void);
void wuyou_split_view_set_sidebar (WuyouSplitView *self, GtkWidget *sidebar);
void wuyou_split_view_set_content (WuyouSplitView *self, GtkWidget *content);
gboolean wuyou_split_view_get_folded (WuyouSplitView *self);
void wuyou_split_view_set_show_content (WuyouSplitView *self, gboolean show);
/* A button for the content's header bar, to be seen only while the nearest split view around it is folded. */
GtkWidget *wuyou_split_view_back_button_new (void);

G_END_DECLS
