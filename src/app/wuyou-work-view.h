/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <adwaita.h>

#include "wuyou-app-context.h"
#include "wuyou-page.h"

G_BEGIN_DECLS

/* Sidebar and pages; made when the work may begin, gone at sign-out. */
#define WUYOU_TYPE_WORK_VIEW (wuyou_work_view_get_type ())
G_DECLARE_FINAL_TYPE (WuyouWorkView, wuyou_work_view, WUYOU, WORK_VIEW, AdwBin)

WuyouWorkView *wuyou_work_view_new (WuyouAppContext *context);
/* FALSE when there is no such page for this account. Asks first when the present page would lose something. */
gboolean wuyou_work_view_go (WuyouWorkView *self, const char *page, const char *record);
/* The same, and what a record covers comes back when the page is on already. */
gboolean wuyou_work_view_go_by_key (WuyouWorkView *self, const char *page);
WuyouPage *wuyou_work_view_get_page (WuyouWorkView *self); /* borrowed; NULL only while empty */
const char *wuyou_work_view_get_page_id (WuyouWorkView *self);
/* The number beside an entry of the sidebar; 0 hides it. */
void wuyou_work_view_set_count (WuyouWorkView *self, const char *page, guint count);

G_END_DECLS
