/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* One sentence across the top of its surroundings, with at most one button. Stands for AdwBanner (1.3).
 * Properties: "title", "button-label", "revealed". Signals "pressed", "dismissed". Announced as an alert. */
#define WUYOU_TYPE_BANNER (wuyou_banner_get_type ())
G_DECLARE_FINAL_TYPE (WuyouBanner, wuyou_banner, WUYOU, BANNER, GtkWidget)

typedef enum {
  WUYOU_BANNER_NOTE,
  WUYOU_BANNER_WARNING,
  WUYOU_BANNER_ERROR,
} WuyouBannerKind;

GtkWidget *wuyou_banner_new (void);
/* NULL hides it. */
void wuyou_banner_show (WuyouBanner *self, WuyouBannerKind kind, const char *title, const char *button);
/* The sentence of @error; NULL or CANCELLED hides it. */
void wuyou_banner_show_error (WuyouBanner *self, const GError *error);
/* The same of what was not done and is not kept for later either, as signing in. */
void wuyou_banner_show_undone (WuyouBanner *self, const GError *error);
/* With a button that hides it; "dismissed" follows. */
void wuyou_banner_set_dismissible (WuyouBanner *self, gboolean dismissible);
void wuyou_banner_hide (WuyouBanner *self);

G_END_DECLS
