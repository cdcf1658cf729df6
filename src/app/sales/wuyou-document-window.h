/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <adwaita.h>

#include "sales/wuyou-document.h"
#include "wuyou-app-context.h"

G_BEGIN_DECLS

/* Shows an uploaded picture or PDF in a window of ours: it never becomes a file on this machine. */
void wuyou_document_window_present (WuyouAppContext *context, GtkWidget *owner, const WuyouDocument *document);
/* The same of whatever @call answers with. */
void wuyou_document_window_present_call (WuyouAppContext *context,
                                         GtkWidget *owner,
                                         const char *title,
                                         const char *subtitle,
                                         const WuyouCall *call);

G_END_DECLS
