/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A narrow column in the middle of its surroundings, scrolling when they are low: a title, a sentence and what is
 * appended below. For what fills the window with one question. Floating; append to *ret_column. */
GtkWidget *wuyou_form_box_new (const char *icon, const char *title, const char *text, GtkBox **ret_column);

G_END_DECLS
