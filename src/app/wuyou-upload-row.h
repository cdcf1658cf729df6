/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <gtk/gtk.h>

#include "wuyou-app-context.h"

G_BEGIN_DECLS

/* A file that needs a person: why, to try again where that is possible, and to dismiss it, for which is asked while
 * there is something to lose. @elsewhere: also of what it is, and the way there. */
GtkWidget *wuyou_upload_row_new (WuyouAppContext *context, WuyouUploadItem *item, gboolean elsewhere);

G_END_DECLS
