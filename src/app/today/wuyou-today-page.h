/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-page.h"

G_BEGIN_DECLS

/* What waits, in order of consequence: four short lists, each row opens its record. One request. */
#define WUYOU_TYPE_TODAY_PAGE (wuyou_today_page_get_type ())
G_DECLARE_FINAL_TYPE (WuyouTodayPage, wuyou_today_page, WUYOU, TODAY_PAGE, WuyouPage)

G_END_DECLS
