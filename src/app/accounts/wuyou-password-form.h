/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-app-context.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Present password, new password twice, one button: in the gate and in personal settings. Signal "changed-password". */
#define WUYOU_TYPE_PASSWORD_FORM (wuyou_password_form_get_type ())
G_DECLARE_FINAL_TYPE (WuyouPasswordForm, wuyou_password_form, WUYOU, PASSWORD_FORM, AdwBin)

GtkWidget *wuyou_password_form_new (WuyouAppContext *context);

G_END_DECLS
