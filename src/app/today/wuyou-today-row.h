/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <adwaita.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* One record that waits: number and masked title, its state, the next step and how long there is. @now: instant. */
GtkWidget *wuyou_today_row_new (JsonObject *item, gint64 now);
const char *wuyou_today_row_get_record (GtkWidget *row); /* borrowed */
const char *wuyou_today_row_get_page (GtkWidget *row);   /* its page's id; borrowed */

/* A figure of the month: amount over its name. */
GtkWidget *wuyou_today_figure_new (const char *value, const char *label);

G_END_DECLS
