/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <gtk/gtk.h>

#include "consent/wuyou-agreement.h"
#include "wuyou-app-context.h"

G_BEGIN_DECLS

/* Asks once about what declining means (P-09), with the support line, a word to the operator and the text to keep.
 * @confirmed is called with @parent swapped. */
void
wuyou_decline_dialog_present (WuyouAppContext *context, GtkWidget *parent, WuyouBundle *bundle, GCallback confirmed);

G_END_DECLS
