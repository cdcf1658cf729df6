/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <gtk/gtk.h>

#include "wuyou-app-context.h"
#include "wuyou-fake-server.h"

G_BEGIN_DECLS

/* What a test of a page stands on: a context that talks to a fake server, signed in when asked. Run with a display. */
typedef struct {
  WuyouFakeServer *server;
  GSettings *settings;
  WuyouAppContext *context;
  GtkWidget *window; /* around what is tested, NULL until shown */
} WuyouAppTest;

void wuyou_app_test_init (int *argc, char ***argv); /* also GTK */
void wuyou_app_test_set_up (WuyouAppTest *self);
void wuyou_app_test_sign_in (WuyouAppTest *self, const char *gates);   /* a session in the context; "[]" */
void wuyou_app_test_sign_in_as (WuyouAppTest *self, const char *role); /* after that: with this role instead */
void wuyou_app_test_show (WuyouAppTest *self, GtkWidget *widget);      /* in a window, until it is drawn */
/* Takes the widget away and proves that it died, then the context. */
void wuyou_app_test_tear_down (WuyouAppTest *self);

/* First descendant of @root of this type whose label, title or icon's name is @name; NULL for any. Asserts one. */
GtkWidget *wuyou_app_test_find (GtkWidget *root, GType type, const char *name);
GtkWidget *wuyou_app_test_find_dialog (WuyouAppTest *self);           /* over the window; asserts one */
gboolean wuyou_app_test_has_text (GtkWidget *root, const char *text); /* a visible label that contains it */
/* Every button, entry and switch below @root has an accessible name or text. */
void wuyou_app_test_assert_named (GtkWidget *root);
void wuyou_app_test_pump (guint ms);

#define WUYOU_APP_TEST_WAIT_FOR(condition)                                                                             \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    gint64 ends = g_get_monotonic_time () + 8 * G_USEC_PER_SEC;                                                        \
    while (!(condition) && g_get_monotonic_time () < ends)                                                             \
      wuyou_app_test_pump (5);                                                                                         \
    g_assert_true (condition);                                                                                         \
  }                                                                                                                    \
  G_STMT_END

G_END_DECLS
