/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <gtk/gtk.h>

#include "wuyou-app-context.h"

G_BEGIN_DECLS

/* Of which contract? Search and choose. @chosen gets its id; nothing when it is closed, or @owner gone by then. */
void wuyou_claim_choose_present (WuyouAppContext *context,
                                 GtkWidget *owner,
                                 void (*chosen) (const char *contract_id, gpointer data),
                                 gpointer data);

G_END_DECLS
