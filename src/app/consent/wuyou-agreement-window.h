/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <gtk/gtk.h>

#include "consent/wuyou-agreement.h"
#include "wuyou-app-context.h"

G_BEGIN_DECLS

/* Agreements to read once more over @parent, as they were decided on (P-03): contents, search, a copy to save.
 * @footer: who decided and when, for the copy. */
void
wuyou_agreement_window_present (WuyouAppContext *context, GtkWidget *parent, WuyouBundle *bundle, const char *footer);

G_END_DECLS
