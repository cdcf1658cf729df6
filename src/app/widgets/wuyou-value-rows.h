/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Groups of values to be read: a title at the left, the value at the right. Texts are translated and copied. */
AdwPreferencesGroup *wuyou_value_group_new (const char *title);
void wuyou_value_group_add (AdwPreferencesGroup *group, const char *title, const char *value);
/* The same with a style class on the value, and an icon before it unless NULL. */
void wuyou_value_group_add_marked (AdwPreferencesGroup *group,
                                   const char *title,
                                   const char *value,
                                   const char *icon,
                                   const char *style);
void wuyou_value_group_add_nothing (AdwPreferencesGroup *group, const char *text);
/* A title with a text under it, both plain; borrowed. */
AdwActionRow *wuyou_value_group_add_text (AdwPreferencesGroup *group, const char *title, const char *text);
/* A flat button with an icon at the end of @row, named @name; @data is kept with it as "wuyou-id". Borrowed. */
GtkWidget *wuyou_value_row_add_button (AdwActionRow *row, const char *icon, const char *name, const char *data);

G_END_DECLS
