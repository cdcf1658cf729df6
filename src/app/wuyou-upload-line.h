/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <gtk/gtk.h>

#include "wuyou-app-context.h"

G_BEGIN_DECLS

/* One line about all that is being uploaded: how many, how far, pause and go on; with @tells also of what was not
 * taken, and the way there. Takes no room when there is nothing. */
#define WUYOU_TYPE_UPLOAD_LINE (wuyou_upload_line_get_type ())
G_DECLARE_FINAL_TYPE (WuyouUploadLine, wuyou_upload_line, WUYOU, UPLOAD_LINE, GtkWidget)

GtkWidget *wuyou_upload_line_new (WuyouAppContext *context, gboolean tells);

G_END_DECLS
