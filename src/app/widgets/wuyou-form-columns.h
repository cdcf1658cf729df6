/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Three columns as far as there is room: what there is at the left, the form in the middle, the paper at the right.
 * The form is always there. */
#define WUYOU_TYPE_FORM_COLUMNS (wuyou_form_columns_get_type ())
G_DECLARE_FINAL_TYPE (WuyouFormColumns, wuyou_form_columns, WUYOU, FORM_COLUMNS, GtkWidget)

GtkWidget *wuyou_form_columns_new (GtkWidget *start, GtkWidget *middle, GtkWidget *end);
gboolean wuyou_form_columns_shows_end (WuyouFormColumns *self);

G_END_DECLS
