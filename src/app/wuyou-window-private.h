/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include "wuyou-gate.h"
#include "wuyou-window.h"
#include "wuyou-work-view.h"

G_BEGIN_DECLS

struct _WuyouWindow {
  AdwApplicationWindow parent_instance;
  WuyouAppContext *context;
  GCancellable *cancellable;
  AdwToastOverlay *toasts;
  GtkStack *stack;
  GtkSpinner *start_spinner;
  GtkWidget *sign_in; /* each of these NULL while not on */
  WuyouGate *gate;
  WuyouWorkView *work;
  GtkWidget *lock;
  const char *gate_id;
  gint64 last_input; /* monotonic */
  guint idle_timer;
  guint start_timer;
  gboolean asking; /* GET /v1/session is under way */
  gboolean greeted, warned;
};

void _wuyou_window_install_actions (WuyouWindowClass *klass);
void _wuyou_window_update_actions (WuyouWindow *self);
void _wuyou_window_ask_session (WuyouWindow *self);

G_END_DECLS
