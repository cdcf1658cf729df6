/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <adwaita.h>

#include "widgets/wuyou-banner.h"
#include "wuyou-app-context.h"

G_BEGIN_DECLS

/* One step of a record in a window of its own: entries that scroll, a button that stays in sight, and what went wrong.
 * What was typed stays until the server took it. */
#define WUYOU_TYPE_STEP_WINDOW (wuyou_step_window_get_type ())
G_DECLARE_FINAL_TYPE (WuyouStepWindow, wuyou_step_window, WUYOU, STEP_WINDOW, AdwWindow)

typedef struct {
  void (*pressed) (gpointer data);                          /* checks the entries, then wuyou_step_window_send() */
  gboolean (*refused) (const GError *error, gpointer data); /* TRUE: said beside an entry; NULL: none can */
  void (*done) (JsonObject *answer, const char *etag, gpointer data); /* once; both NULL: closed without an answer */
  GDestroyNotify free;                                                /* of @data, with the window */
} WuyouStepWindowCalls;

/* Over @owner's window; @owner lives as long. @button with a mnemonic, both translated. @etag of the record as shown,
 * @calls static. */
WuyouStepWindow *wuyou_step_window_new (WuyouAppContext *context,
                                        GtkWidget *owner,
                                        const char *title,
                                        const char *button,
                                        const char *etag,
                                        const WuyouStepWindowCalls *calls,
                                        gpointer data);
void wuyou_step_window_set_destructive (WuyouStepWindow *self);
void wuyou_step_window_append (WuyouStepWindow *self, GtkWidget *widget);
void wuyou_step_window_warn (WuyouStepWindow *self, const char *sentence);

/* The same once more is the same request, which the server does once. */
void wuyou_step_window_send (WuyouStepWindow *self, WuyouRouteId route, const char *const *args, const char *body);

G_END_DECLS
