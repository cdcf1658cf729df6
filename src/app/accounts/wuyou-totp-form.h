/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-app-context.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* A QR code to scan and the first code to prove that it worked: in the gate and in personal settings. Signals: "begun"
 * once there is something to scan, "failed" (GError) when there will not be, "confirmed". */
#define WUYOU_TYPE_TOTP_FORM (wuyou_totp_form_get_type ())
G_DECLARE_FINAL_TYPE (WuyouTotpForm, wuyou_totp_form, WUYOU, TOTP_FORM, AdwBin)

GtkWidget *wuyou_totp_form_new (WuyouAppContext *context);
/* Asks the server for a secret; where it wants to know who asks, over @parent. Again after a failure. */
void wuyou_totp_form_begin (WuyouTotpForm *self, GtkWidget *parent);

G_END_DECLS
