/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-app-context.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* Is this copy genuine and current? The text of its code is typed, pasted or put in by a scanner; the server says. */
void wuyou_verify_dialog_present (WuyouAppContext *context, GtkWidget *owner);

G_END_DECLS
