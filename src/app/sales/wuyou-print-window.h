/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <adwaita.h>

#include "sales/wuyou-dossier.h"
#include "wuyou-app-context.h"
#include "wuyou-paper.h"

G_BEGIN_DECLS

/* The stored paper itself, with what a copy gets drawn over it; printed, or saved as PDF. A copy's number is reserved
 * at the server before a page is drawn; a reprint says so and asks why. @kind NULL: the contract. */
void
wuyou_print_window_present (WuyouAppContext *context, GtkWidget *owner, const WuyouDossier *dossier, const char *kind);
/* A paper made here, which has no number: a draft, the sheet of notices and consents. @paper is referenced. */
void
wuyou_print_window_present_paper (WuyouAppContext *context, GtkWidget *owner, const char *title, WuyouPaper *paper);
/* What @call answers, a PDF whose copies are not counted: letters and papers of claims. @number names the file. */
void wuyou_print_window_present_call (WuyouAppContext *context,
                                      GtkWidget *owner,
                                      const char *title,
                                      const char *number,
                                      const WuyouCall *call);
const char *wuyou_print_window_kind_label (const char *kind); /* translated */

G_END_DECLS
