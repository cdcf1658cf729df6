/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What a page is for and its first step, where a list would be; also a failed load with its way out. */
#define WUYOU_TYPE_EMPTY_STATE (wuyou_empty_state_get_type ())
G_DECLARE_FINAL_TYPE (WuyouEmptyState, wuyou_empty_state, WUYOU, EMPTY_STATE, AdwBin)

/* @button may be NULL; pressed: signal "pressed". */
GtkWidget *wuyou_empty_state_new (const char *icon, const char *title, const char *text, const char *button);
void wuyou_empty_state_set (WuyouEmptyState *self,
                            const char *icon,
                            const char *title,
                            const char *text,
                            const char *button);
void wuyou_empty_state_set_error (WuyouEmptyState *self, const GError *error); /* the button says "Try again" */

G_END_DECLS
