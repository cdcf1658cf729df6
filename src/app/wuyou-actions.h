/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Every action a person can reach by keyboard or finder, once: accelerators, shortcuts window and Ctrl+K read this. */
typedef struct {
  const char *action; /* detailed name, "win.go::sales"; NULL: not the window's, shown in the shortcuts window only */
  const char *accel;  /* NULL: none */
  const char *group;  /* N_() */
  const char *label;  /* N_() */
  gboolean find;      /* offered by the finder */
} WuyouActionInfo;

const WuyouActionInfo *wuyou_actions_get (guint *ret_n);
/* Sets the accelerators of all actions and of the pages. */
void wuyou_actions_set_accels (GtkApplication *application);
GtkWindow *wuyou_actions_shortcuts_window (void); /* floating */

G_END_DECLS
