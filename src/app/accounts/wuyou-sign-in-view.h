/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-app-context.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Server, e-mail, password, code; a forgotten password; reporting misuse; the support line. */
#define WUYOU_TYPE_SIGN_IN_VIEW (wuyou_sign_in_view_get_type ())
G_DECLARE_FINAL_TYPE (WuyouSignInView, wuyou_sign_in_view, WUYOU, SIGN_IN_VIEW, AdwBin)

GtkWidget *wuyou_sign_in_view_new (WuyouAppContext *context);
void wuyou_sign_in_view_say (WuyouSignInView *self, const char *sentence); /* why one is here */

G_END_DECLS
