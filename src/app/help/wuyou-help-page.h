/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-page.h"

G_BEGIN_DECLS

/* What each page is for, the support line, feedback. Opened at a topic by F1. */
#define WUYOU_TYPE_HELP_PAGE (wuyou_help_page_get_type ())
G_DECLARE_FINAL_TYPE (WuyouHelpPage, wuyou_help_page, WUYOU, HELP_PAGE, WuyouPage)

G_END_DECLS
