/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-app-context.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* A forgotten password: ask for a mail, then the code of the mail and a new password. Signal "done". */
#define WUYOU_TYPE_RESET_VIEW (wuyou_reset_view_get_type ())
G_DECLARE_FINAL_TYPE (WuyouResetView, wuyou_reset_view, WUYOU, RESET_VIEW, AdwBin)

GtkWidget *wuyou_reset_view_new (WuyouAppContext *context, const char *email);

G_END_DECLS
