/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-page.h"

G_BEGIN_DECLS

/* Personal settings (3.1-01): own data, password, one-time codes, sessions. */
#define WUYOU_TYPE_ACCOUNT_PAGE (wuyou_account_page_get_type ())
G_DECLARE_FINAL_TYPE (WuyouAccountPage, wuyou_account_page, WUYOU, ACCOUNT_PAGE, WuyouPage)

G_END_DECLS
