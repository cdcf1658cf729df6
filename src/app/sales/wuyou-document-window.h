/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <adwaita.h>

#include "sales/wuyou-document.h"
#include "wuyou-app-context.h"

G_BEGIN_DECLS

/* Shows an uploaded picture or PDF in a window of ours: it never becomes a file on this machine. */
void wuyou_document_window_present (WuyouAppContext *context, GtkWidget *owner, const WuyouDocument *document);

G_END_DECLS
