/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-app-context.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Sets up one-time codes: a QR code to scan, the first code to prove that it worked. @done runs once they are on. */
void wuyou_totp_dialog_present (WuyouAppContext *context,
                                GtkWidget *parent,
                                void (*done) (gpointer data),
                                gpointer data,
                                GDestroyNotify destroy);

G_END_DECLS
